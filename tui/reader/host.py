"""Host: what the screens may ask of the application. `app.py` does it; the screens know no more of it than this."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.briefing.proof import Reading
from tui.library.state import State
from tui.reader.keys.action import Key
from tui.reader.path.place import Place
from tui.reader.terminal.display import DisplayedApp

if TYPE_CHECKING:
    from tui.library.shelves import Library


class Host(DisplayedApp):
    paths: list[Path]
    """The briefings that are open, in order."""
    at: int
    """The number of the one that is read."""
    begin_at: str
    """The item at which the first one is to be opened; "" for its beginning."""
    from_shelf: bool
    """Whether what is read was opened from the shelf."""
    kiosk: Path | None
    """At a shared reading account: where its reader's notes are."""
    keys: Mapping[str, str]
    """The keys that a person has set, by id."""
    state: State
    library_made: Library | None
    """The library if it was made already: a briefing by itself has none."""
    dossiers: dict[Path, Reading]

    @property
    def library(self) -> Library | None:
        """Return the library, made when first asked for; None if there is none."""
        raise NotImplementedError

    def every_key(self) -> Iterator[Key]:
        """Yield every key of every screen, as the person has set them."""
        raise NotImplementedError

    def has(self, action: str) -> bool:
        """Return whether an action may be done: at a shared reading account, only one that says so."""
        raise NotImplementedError

    def next_theme(self) -> str:
        """Change to the next theme; return its name."""
        raise NotImplementedError

    def aside(self, work: Callable[[], None]) -> None:
        """Do work that takes its time in a thread, in place of what was done there before."""
        raise NotImplementedError

    def read_behind(self, waiting: Reading) -> None:
        """Read a long document in a thread, and show it in the place of the reading that waits for it."""
        raise NotImplementedError

    def watch_files(self, reading: Reading, since: float) -> None:
        """Watch the files that a reading comes from. `since`: seconds since 1970 when they were read, or earlier."""
        raise NotImplementedError

    def told_apart(self, reading: Reading) -> str:
        """Return where the file of a reading is, if the shelf or the command line has another that looks the same; else ""."""
        raise NotImplementedError

    # -- which briefing, which screen ---------------------------------------------------------------------------------

    def open_path(self, path: Path, place: Place | None = None, as_left: bool = False) -> None:
        """Read a briefing: from a place, as it was left the last time, or from its beginning."""
        raise NotImplementedError

    def open_linked(self, origin: Path, file: str, item: str) -> bool:
        """Follow a link from the briefing `origin` to an item of another file. Say why and return False if it leads nowhere."""
        raise NotImplementedError

    def open_origin(self, path: Path, item: str) -> None:
        """Go to an item of another briefing."""
        raise NotImplementedError

    def open_from_shelf(self, path: Path, item: str, paths: Sequence[Path]) -> None:
        """Read a file of the library. `item`: where to begin, "" for as it was left; `paths`: what J and K step through."""
        raise NotImplementedError

    def step(self, step: int, places: Mapping[Path, Place]) -> None:
        """Read the briefing `step` further on, from its place in `places` if it has one."""
        raise NotImplementedError

    def show_shelf(self, query: str | None = None) -> None:
        """Turn to the shelf, with `query` filled in."""
        raise NotImplementedError

    def back_to_shelf(self) -> bool:
        """Turn to the shelf if what is read was opened from it; return whether it was."""
        raise NotImplementedError

    def back_to_reading(self) -> bool:
        """Turn to what was read; return whether anything was."""
        raise NotImplementedError
