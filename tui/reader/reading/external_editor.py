"""The person's own editor (`e`): the file is opened at the line of an item, and shown as it is once the editor has ended."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tui.briefing.document import Event, Quote
from tui.briefing.files import there
from tui.reader.path.plan import SUMMARY
from tui.reader.reading import way

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk


def edit(screen: Desk) -> None:
    reading = screen.reading
    if reading.origins:
        screen.say(f"a dossier has no file; {screen.called('follow')} goes to the briefing")
        return
    path, line = reading.path, _line(screen)
    try:
        words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError as error:
        screen.say(f"$EDITOR cannot be read ({str(error).lower()}); this is {path}, line {line}")
        return
    if not words:
        screen.say(f"$EDITOR is not set; this is {path}, line {line}")
        return
    if not there(path):
        screen.say(f"file moved or deleted: {path.name}")
        return
    place = way.place(screen)
    path = path.absolute()  # a name that begins with - or + must not be taken for an option
    at = ["-g", f"{path}:{line}"] if Path(words[0]).name in ("code", "codium") else [f"+{line}", str(path)]
    code, wrong = 0, ""
    with screen.app.suspend():  # nothing may be raised in here: Textual would not take the terminal back
        try:
            code = subprocess.run([*words, *at]).returncode
        except (OSError, ValueError) as error:
            wrong = str(getattr(error, "strerror", "") or error).lower()
    if wrong or not there(path):
        screen.say(f"{words[0]} cannot be started: {wrong}" if wrong else f"file moved or deleted: {path.name}")
        return
    screen.app.open_path(path, place)
    screen.app.repaint()
    screen.say(f"{words[0]} exited with status {code}" if code else f"reloaded {path.name}")


def _line(screen: Desk) -> int:
    """Return the line of the file that has what the cursor is on."""
    reading, pane = screen.reading, screen.room.pane(screen.room.here)
    items, places = reading.briefing.by_id, reading.parsed.places
    item = items.get(pane.ref) or items.get(screen.subject)
    if reading.made:  # the file is the article: the words of the item, or where one is in it
        text = reading.text("s1")
        spans = reading.anchor(item).spans if isinstance(item, (Quote, Event)) else ()
        return text.text.count("\n", 0, spans[0].start) + 1 if text and spans else 1
    if not reading.drafted:
        return 1
    if pane.name_of_pane == SUMMARY:
        return places.at(places.summary_start).line
    return places.of(item).line if item else 1
