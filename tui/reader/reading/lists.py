"""What is listed over the panes (`i ! ; ?`): details of a row, problems of the file, rows related to the subject, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.reader import cards, loading
from tui.reader.drawing.lines import one_line
from tui.reader.path.place import words_for
from tui.reader.path.plan import SOURCE
from tui.reader.widgets.sheet import Entry

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk


def details(desk: Desk) -> None:
    """List all that is known of the row's item; in the source, of the subject."""
    pane = desk.room.pane(desk.room.here)
    targets = pane.targets(pane.spot.row) if pane.rows else ()
    target = next((target for target in targets if ":" not in target), desk.subject)
    if ":" in target or pane.name_of_pane == SOURCE:
        target = desk.subject
    title, entries = cards.card(desk.shown, target)
    if entries:
        desk.present(title, lambda: cards.card(desk.shown, target)[1], about=target)
    else:
        desk.say("no details for this row; choose an actor, a quote or an event")


def problems(desk: Desk) -> None:
    reading = desk.reading
    if reading.anchors is None and reading.parsed.readable:
        desk.say("still checking the words")
        return
    if reading.origins:
        desk.say("a dossier has no file; run readout check on its briefings")
        return

    def found() -> Sequence[Entry]:
        return cards.problems(*loading.problems(desk.reading))

    desk.present("Problems", found, f"{loading.NO_PROBLEMS[:1].upper()}{loading.NO_PROBLEMS[1:]}.")


def related(desk: Desk) -> None:
    """List what is related to the subject."""
    subject = desk.subject
    if not subject:
        desk.say("choose a row first")
        return
    name = words_for(desk.reading, subject) or subject
    empty = f"Nothing here is related to {name}."
    desk.present(f"Related to {name}", lambda: cards.related(desk.shown, subject), empty)


def keys(desk: Desk) -> None:
    """List every key, and what every glyph means."""
    desk.present("Keys", lambda: [*cards.keys(desk.app.every_key()), *cards.legend()])


def quotes_about(desk: Desk, speaker: str, subject: str) -> None:
    """List what one actor says about another."""
    briefing = desk.reading.briefing
    title = f"{one_line(briefing.name(speaker))} on {one_line(briefing.name(subject))}"
    desk.present(title, lambda: cards.quotes_about(desk.shown, speaker, subject))
