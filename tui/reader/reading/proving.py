"""Proving: have the words of what is read looked for, in a thread, and keep up with its file as long as it is read."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any, Protocol

from textual.timer import Timer
from textual.worker import Worker

from tui.briefing.links import Relations
from tui.briefing.proof import Reading, prove
from tui.reader.path.filters import pins, unpinned
from tui.reader.reading.desk import Desk
from tui.reader.widgets.pane import Shown

SETTLED = 1.0
"""Seconds after the beginning until the files are watched."""
AGO = 5.0
"""Seconds: what changed no longer ago than this is looked at again when its watch begins."""


class Proved(Desk, Protocol):
    """The reading screen, as far as this asks."""

    shown: Shown

    def find_again(self) -> None: ...
    def read_notes(self) -> None: ...
    def drop_labels(self) -> None: ...
    def bar(self, *names: str) -> None: ...
    def call_after_refresh(self, callback: Callable[..., Any], *args: Any) -> bool: ...
    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...
    def run_worker(self, work: Callable[[], None], *, group: str, thread: bool, exclusive: bool) -> Worker[None]: ...


class Proving:
    def __init__(self, screen: Proved) -> None:
        self.screen = screen
        self.errors = 0
        """Errors that the checker names."""
        self.news = ""
        """What changed in the file, in words, until the next key."""
        self.why = ""
        """Why what is shown may be so no longer; "" if nothing speaks against it."""
        self._since = 0.0
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Look for the words where that is still to be done, and for errors, once there is something to read meanwhile."""
        screen, reading = self.screen, self.screen.reading
        self.errors = 0
        self._since = time() - AGO
        if self._timer:
            self._timer.stop()
        if reading.waiting:
            screen.call_after_refresh(screen.app.read_behind, reading)
        if reading.origins or reading.waiting:
            return
        self._timer = screen.set_timer(SETTLED, self.watch)
        if reading.parsed.readable and reading.drafted:
            screen.call_after_refresh(self._look, reading)

    def _look(self, reading: Reading) -> None:
        from tui.briefing.check import errors

        def look() -> None:
            proved, relations = reading, None
            if reading.anchors is None:
                proved = prove(reading)
                relations = Relations(proved)
                relations.work_out()  # off the keys' way
            self.screen.app.call_from_thread(self._found, reading, proved, relations, errors(proved))

        self.screen.run_worker(look, group="words", thread=True, exclusive=True)

    def _found(self, asked: Reading, proved: Reading, relations: Relations | None, errors: int) -> None:
        screen, panes = self.screen, self.screen.room.panes
        if screen.reading is not asked:
            return
        self.errors = errors
        if relations:
            spots = [pane.spot for pane in panes]
            screen.shown = Shown(proved, relations)
            for pane, spot in zip(panes, spots):
                pane.stand(spot)
            screen.find_again()
            if screen.room.sheet.open:
                screen.room.sheet.make_again()
            screen.run_worker(screen.room.warm, group="warm", thread=True, exclusive=False)
            self.watch()
        if relations or errors:
            screen.bar("head", "tabs")

    def watch(self) -> None:
        self.screen.app.watch_files(self.screen.reading, self._since)

    def doubt(self, reading: Reading, why: str) -> None:
        """Say in the head line why what is shown may be so no longer, until it is read again."""
        if self.screen.reading.path == reading.path:
            self.news, self.why = "", why
            self.screen.bar("head")

    def key_pressed(self) -> None:
        """Stop saying what changed."""
        if self.news:
            self.news = ""
            self.screen.bar("head")

    def reload(self, new: Reading, news: str) -> None:
        """Show the same briefing as its file is now. Cursor, pins and view stay on the items that they were on."""
        screen, briefing = self.screen, new.briefing
        if screen.reading.path != new.path:
            return
        screen.drop_labels()
        held = screen.room.held()
        screen.shown = Shown(new, Relations(new))
        if screen.source not in briefing.source:
            screen.source = next(iter(briefing.source), "")
        screen.room.hold(held)
        if screen.subject not in briefing.by_id and ":" not in screen.subject:
            screen.subject = ""
        gone = [pin for pin in pins(screen.narrowed) if pin not in briefing.actor]
        screen.narrow(unpinned(screen.narrowed, gone))
        if screen.room.sheet.open:
            screen.room.sheet.make_again()
        self.news, self.why = news, ""
        screen.bar("head")
        screen.read_notes()
        self.begin()
