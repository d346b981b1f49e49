"""How a briefing is read: Textual lives here and nowhere else."""
