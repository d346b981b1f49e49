"""Desk: what a feature of the reading screen may ask of it. The screen imports the features, and no feature the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from tui.briefing.proof import Reading
from tui.reader.host import Host
from tui.reader.path.filters import Narrowed
from tui.reader.path.place import Place
from tui.reader.path.plan import PaneName
from tui.reader.path.trail import Trail
from tui.reader.reading.room import Room
from tui.reader.widgets.pane import Pane, Shown
from tui.reader.widgets.prompt import Asking
from tui.reader.widgets.sheet import Entry


class Desk(Protocol):
    app: Host
    subject: str
    """The item or passage that the panes show relations to, "" for none."""
    source: str
    """The id of the source that the Source pane shows."""
    narrowed: Narrowed
    room: Room
    trail: Trail[Place]

    @property
    def reading(self) -> Reading: ...
    @property
    def shown(self) -> Shown: ...

    def go(self, name: PaneName) -> Pane: ...
    def narrow(self, narrowed: Narrowed) -> None: ...
    def turn_over(self) -> None: ...
    def say(self, words: str) -> None: ...
    def ask(self, asking: Asking) -> None: ...
    def present(
        self,
        title: str,
        make: Callable[[], Sequence[Entry]],
        empty: str = "",
        chosen: Callable[[str], None] | None = None,
        does: str = "goes there",
        about: str = "",
    ) -> None: ...
    def called(self, id: str) -> str: ...
