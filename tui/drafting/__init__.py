"""From an article to a briefing: every quote, actor and event with the words of the source that it rests on. No network, no
model, nothing random: the same text always gives the same draft."""
