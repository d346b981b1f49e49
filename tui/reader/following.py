"""Following: from a row, link or mark to what it leads to, in whichever pane can show it; and from pane to pane along what is
related. What hides a row that is gone to is taken away first, and said by the foot.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.briefing.document import Actor, Event, Quote
from tui.briefing.document import Source as SourceItem
from tui.briefing.summary import target_of
from tui.reader.desk import Desk
from tui.reader.lines import one_line
from tui.reader.narrowing import Narrowing, unpinned, without
from tui.reader.pane import Pane
from tui.reader.panes.source import Source


class Following:
    def __init__(self, screen: Desk) -> None:
        self.screen = screen

    def follow(self, target: str, how: str) -> None:
        """To an item's own row ("show"), or where Enter leads from one ("go")."""
        screen = self.screen
        if not screen.shown:
            return
        elsewhere = target_of(target)
        if elsewhere:
            screen.trail.leave(screen.place())
            if not screen.app.open_linked(screen.reading.path, *elsewhere):
                screen.trail.behind.pop()
            return
        origin = screen.shown.reading.origins.get(target)
        item = screen.shown.reading.briefing.by_id.get(target)
        if origin and how == "go" and screen.here != 0 and isinstance(item, (Quote, Event)):
            screen.trail.leave(screen.place())
            screen.app.open_origin(origin.path, origin.item)
            return
        if item is None and ":" not in target:
            screen.say(f"{target} leads to nothing here; ! lists the problems" if target else "this row leads nowhere")
            return
        from_summary = screen.here == 0
        screen.trail.leave(screen.place())
        if isinstance(item, Actor) and how == "go" and not from_summary:
            screen.narrow((*without(screen.narrowed, "pins"), Narrowing("pins", (item.id,))))
            screen.subject = item.id
            pane = screen.go(2)
            pane.put(pane.nearest_row(0, 1))
        elif isinstance(item, (Actor, Quote, Event)) and (how == "show" or from_summary):
            self.show(item)
        elif isinstance(item, (Quote, Event)):
            self._to_words(item)
        elif isinstance(item, SourceItem):
            screen.subject = screen.source = item.id
            screen.go(4)
        else:
            self._to_passage(target)
        screen.bar("tabs", "foot")

    def show(self, item: Actor | Quote | Event) -> None:
        """To the item's own row."""
        screen = self.screen
        number = {Actor: 1, Quote: 2, Event: 3}[type(item)]
        self._reveal(screen.panes[number], item.id)
        screen.subject = item.id
        pane = screen.go(number)
        row = pane.row_of(item.id)
        if row is not None:
            pane.put(row)

    def _reveal(self, pane: Pane, ref: str) -> None:
        """Take away what hides a row that is gone to: what only that pane's rows must hold, then the pins."""
        screen = self.screen
        before = screen.narrowed
        if pane.row_of(ref) is None:
            screen.narrow(without(screen.narrowed, "rows", pane.TITLE))
        if pane.row_of(ref) is None and pane is not screen.panes[4]:
            screen.narrow(without(screen.narrowed, "pins"))
        if screen.narrowed != before:
            gone = " and ".join(
                dict.fromkeys({"pins": "pin", "rows": "filter"}[each.what] for each in before if each not in screen.narrowed)
            )
            screen.say(f"what hid this row was taken away: the {gone}")

    def _to_words(self, item: Quote | Event) -> None:
        """To the very words of a quote or event, in the source that it cites."""
        screen = self.screen
        assert screen.shown
        anchor = screen.shown.reading.anchor(item)
        screen.subject = item.id
        if anchor.source:
            screen.source = anchor.source
        pane = screen.go(4)
        assert isinstance(pane, Source)
        if anchor.found and pane.text:
            self._reveal(pane, f"{anchor.source}:{pane.text.paragraph_of(anchor.spans[0].start)}")
            pane.show_span(anchor.spans[0])
            if not pane.size.height:
                pane.call_after_refresh(pane.show_span, anchor.spans[0])
        elif screen.shown.reading.anchors is None:
            screen.say("checking: the words are still being looked for")
        else:
            from tui.briefing import export

            screen.say(f"{export.standing(screen.shown.reading, item)}; {screen.called('card') or 'the card'} says more")

    def _to_passage(self, passage: str) -> None:
        screen = self.screen
        screen.source = passage.partition(":")[0]
        screen.subject = passage
        pane = screen.go(4)
        self._reveal(pane, passage)
        row = pane.row_of(passage)
        if row is not None:
            pane.put(row, context=3)

    def list_quotes(self, speaker: str, subject: str) -> None:
        """What one actor says about another."""
        screen = self.screen
        if screen.shown:
            from tui.reader import cards

            briefing = screen.shown.reading.briefing
            title = f"{one_line(briefing.name(speaker))} on {one_line(briefing.name(subject))}"
            screen.present(title, lambda: cards.quotes_about(screen.shown, speaker, subject) if screen.shown else ())

    def pin(self, target: str) -> None:
        """Pin the actors of a row too; take their pins away where all of them are pinned."""
        screen = self.screen
        item = screen.shown.reading.briefing.by_id.get(target) if screen.shown else None
        actors: Sequence[str] = ()
        if isinstance(item, Actor):
            actors = (item.id,)
        elif isinstance(item, Quote):
            actors = (item.speaker,) if item.speaker else ()
        elif isinstance(item, Event):
            actors = item.actors
        more = tuple(actor for actor in actors if actor and actor not in screen.pins)
        if more:
            screen.narrow((*screen.narrowed, Narrowing("pins", more)))
        elif any(actors):
            screen.narrow(unpinned(screen.narrowed, actors))
        else:
            screen.say("nobody to pin in this row")

    def to_pane(self, number: int) -> None:
        """To the pane, on its first row related to the subject; the subject stays."""
        screen = self.screen
        if number == 4 and screen.shown and screen.shown.reading.origins:
            screen.say("a dossier has no source of its own: Enter on a row goes to its briefing")
            return
        if number == 4 and screen.shown:
            item = screen.shown.reading.briefing.by_id.get(screen.subject)
            if isinstance(item, (Quote, Event)):
                self._to_words(item)
                return
            passages = [ref for ref in screen.shown.relations.of(screen.subject) if ":" in ref] if item else []
            if passages and not any(ref.startswith(f"{screen.source}:") for ref in passages):
                screen.source = passages[0].partition(":")[0]
        pane = screen.go(number)
        rows = pane.related_rows()
        own = pane.row_of(screen.subject)
        if own is not None or rows:
            pane.put(own if own is not None else rows[0])
        elif pane.rows and not screen.subject:
            pane.choose(pane.spot.row, pane.spot.part)

    def step(self, step: int) -> None:
        """To the next related row of the pane, the strongest relation first."""
        screen = self.screen
        pane = screen.panes[screen.here]
        rows = pane.related_by_strength()
        if not rows:
            subject = screen.words_for(screen.subject) or "a subject"
            screen.say(f"nothing here is related to {subject}" if screen.subject else "choose a row first")
            return
        at = next((number for number, (row, _) in enumerate(rows) if row == pane.spot.row), None)
        at = (at + step) % len(rows) if at is not None else 0 if step > 0 else len(rows) - 1
        row, relation = rows[at]
        pane.put(row)
        same = [each for each, other in rows if other.words == relation.words]
        screen.say(f"{relation.words} {same.index(row) + 1}/{len(same)}")
