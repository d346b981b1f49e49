"""What the shelf's list shows: the files, all or those in which something is found (`&`), in an order and in groups; and, laid
over them until it is taken away, what was searched for (`/`). The list then stands as it stood.

What is found soon is shown at once; where that is not all, a thread goes on, and is dropped once something else is asked.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Literal, Protocol, TypeVar

from tui.library.query import BadQuery, Query, parse
from tui.library.search import RANKED, Found, Order, rows
from tui.library.shelves import GROUPS, ORDERS, Library, Listing
from tui.reader.drawing.lines import cut, one_line
from tui.reader.host import Host
from tui.reader.path.place import Spot
from tui.reader.shelf.files import Files
from tui.reader.widgets.line_buffer import Buffer
from tui.reader.widgets.prompt import Asking, Prompt
from tui.reader.widgets.sheet import Entry

PAGE = 200
"""Results, and files, that are there at once; the rest comes when they are on the screen."""
WAIT = 0.1
"""Seconds that a letter typed waits for its results."""

Answer = TypeVar("Answer", Found, Listing)
Stop = Callable[[], bool]


def _as_seen(text: str) -> str:
    """Return the query that finds on Enter what was found while it was typed: if its last word may go on, it gets a
    star."""
    with suppress(BadQuery):
        seen = parse(text, typing=True).alternatives
        if seen != parse(text).alternatives and seen == parse(f"{text}*").alternatives:
            return f"{text}*"
    return text


class Shelf(Protocol):
    """What the search may ask of the shelf's screen."""

    app: Host
    library: Library
    files: Files
    prompt: Prompt
    ended: bool

    @property
    def looking(self) -> bool: ...

    def say(self, words: str) -> None: ...
    def ask(self, asking: Asking) -> None: ...
    def present(
        self, title: str, make: Callable[[], Sequence[Entry]], empty: str = "",
        chosen: Callable[[str], None] = lambda target: None, does: str = "goes there", about: str = "",
    ) -> None: ...  # fmt: skip
    def called(self, id: str) -> str: ...
    def shown(self) -> None: ...
    def nothing(self) -> Sequence[str]: ...
    def damaged(self) -> None: ...
    def look_at_files(self) -> None: ...
    def search_aside(self, work: Callable[[], None]) -> None: ...


class Searching:
    def __init__(self, screen: Shelf) -> None:
        self.screen = screen
        self.typed = ""
        """The query whose results are shown; "" where files are listed."""
        self.only: Query | None = None
        """What files are listed for."""
        self._rank: Order = "newest"
        self._order, self._group = "newest", ""
        self._typing: Literal["", "search", "only"] = ""
        """What is being typed."""
        self._under: tuple[Spot, str] | None = None
        """Where the list of files stood when the results were laid over it."""
        self._histories: dict[str, list[str]] = {"/": [], "&": []}
        self._version: tuple[object, int] | None = None
        """Of the index, when it was last listed or searched."""
        self._number = 0
        """Of the question, so that what is still found for an earlier one is dropped."""

    # -- questions and answers ------------------------------------------------------------------------------------------

    def _ask_index(
        self, ask: Callable[[int | None, Stop], Answer], limit: int | None, show: Callable[[Answer, bool], None]
    ) -> None:
        """`ask` takes how many are wanted at the most, None for all, and what ends it; `show` an answer, and whether it is the
        first to this question."""
        self._number += 1
        before, self._version = self._version, self._seen()
        number, until = self._number, time.monotonic() + WAIT

        def over() -> bool:
            return self.screen.ended or number != self._number

        def rest() -> None:
            then: Callable[[], object] = self.screen.damaged
            with suppress(sqlite3.DatabaseError):
                then = partial(show, ask(None, over), False)
            if not over():
                self.screen.app.call_from_thread(lambda: over() or then())

        try:
            soon = ask(limit, lambda: time.monotonic() > until)
            show(soon, True)
        except sqlite3.DatabaseError:
            self.screen.damaged()
            return
        if before and self._version and before[0] != self._version[0]:  # deleted, and to be made anew
            self.screen.look_at_files()
        if not soon.whole:
            self.screen.search_aside(rest)

    def _seen(self) -> tuple[object, int] | None:
        """Return the version of the index, which a look at a single file may have changed."""
        with suppress(sqlite3.DatabaseError):
            return self.screen.library.index.version()
        return None

    @property
    def stale(self) -> bool:
        return self._version != self._seen()

    def again(self) -> None:
        """Search again at the same place, after a file was read again and has other rows in the index."""
        if not self.typed:
            self.list_again()
        else:
            spot = self.screen.files.spot
            self.search(self.typed, self._typing == "search", spot.row + 1)
            self.screen.files.stand(spot)

    # -- files ----------------------------------------------------------------------------------------------------------

    def list_again(self) -> None:
        """List the files in the chosen order; if results are shown, they stay."""
        library, only = self.screen.library, self.only
        if self.typed:
            self.screen.shown()
        else:
            self._ask_index(
                lambda limit, stop: library.listed(self._order, self._group, only, limit, stop),
                PAGE if only else None,
                self._list,
            )

    def _list(self, listing: Listing, first: bool) -> None:
        files = self.screen.files
        counted = f"{listing.files:,}{'' if listing.whole else ' so far, still looking'}"
        files.nothing = self.screen.nothing()
        if self.only:
            undo = self.screen.called("undo") or "A key"
            files.nothing = (f"No file has {one_line(self.only.text)!r}.", f"{undo} clears the filter.")
        counted = "" if self.screen.looking and not listing.files else counted
        files.list_files(listing, f"{counted}{'' if self._order == 'newest' else f' · {self._order}'}")
        if self._typing == "only":
            self.screen.prompt.say_beside(counted)
        self.screen.shown()

    def next_order(self) -> None:
        names = list(ORDERS)
        self._order = names[(names.index(self._order) + 1) % len(names)]
        self.drop()
        self.list_again()
        self.screen.say(f"order: {self._order}")

    def next_group(self) -> None:
        self._group = GROUPS[(GROUPS.index(self._group) + 1) % len(GROUPS)]
        self.drop()
        self.list_again()
        self.screen.say(f"grouped by {self._group}" if self._group else "not grouped")

    def ask_only(self) -> None:
        files = self.screen.files
        before = (self.only, self.typed, files.spot, self._under)

        def typed(text: str) -> None:
            self._narrow(text, typing=True)

        def ended(text: str | None) -> None:
            self._typing = ""
            if text is None or not self._narrow(_as_seen(text)):
                self.only, self._under = before[0], before[3]
                self.list_again()
                self.search(before[1], least=before[2].row + 1)
                files.stand(before[2])
            else:
                self._under = None

        self.screen.ask(Asking("only files with: ", typed, ended, history=self._histories["&"]))
        self._typing = "only"

    def _narrow(self, text: str, typing: bool = False) -> bool:
        """List only the files that match this; return False if it is not a query."""
        query = self._read(text, typing)
        if query is None:
            return False
        self.only, self.typed = query if query.alternatives else None, ""
        self.list_again()
        return True

    # -- what is found --------------------------------------------------------------------------------------------------

    def ask(self, text: str = "") -> None:
        """Ask for a query, with this one filled in and its results already shown."""
        files = self.screen.files
        before = (self.typed, files.spot)

        def typed(text: str) -> None:
            self.search(text, typing=True)

        def ended(text: str | None) -> None:
            self._typing = ""
            if text is None:
                self.search(before[0], least=before[1].row + 1)
                files.stand(before[1])
            else:
                self.search(_as_seen(text))

        buffer = Buffer(text, len(text))
        self.screen.ask(Asking("search: ", typed, ended, buffer=buffer, history=self._histories["/"]))
        self._typing = "search"
        if text:
            typed(text)

    def ask_saved(self) -> None:
        searches = self.screen.library.searches
        empty = 'None yet: [searches] in settings.toml or readout.toml holds them, name = "query".'
        self.screen.present(
            "Saved searches", lambda: [Entry(query, name, name) for name, query in searches.items()], empty,
            lambda name: self.search(searches[name]), "shows what it finds",
        )  # fmt: skip

    def _read(self, text: str, typing: bool) -> Query | None:
        """Parse a query. If it is none, say so and return None; without alternatives there is nothing to search for
        yet."""
        try:
            return parse(text, typing) if text.strip() else Query(())
        except BadQuery as error:
            said = f"{error}; character {error.at + 1}"
            if typing:
                self.screen.prompt.say_beside(said, wrong=True)
            else:
                self.screen.say(f"{cut(one_line(text), 30)}: {said}")
            self._number += 1  # nothing that is still found for the query before is shown
            self.screen.files.nothing = (f"{said}.",)
            self.screen.files.list_found((), Query(()), "", anew=True)
            return None

    def search(self, text: str, typing: bool = False, least: int = 0) -> None:
        """Search and show the results. `least`: so many of them are there at once, if that is quick."""
        query = self._read(text, typing)
        if query is None:
            return
        if not query.alternatives:
            if typing:
                self.screen.prompt.say_beside("")
            if self.typed and not text.strip():
                self._take_away()
            return
        if not self.typed and not self._under:
            self._under = (self.screen.files.spot, self.screen.files.ref)
        self.typed = text
        library, rank = self.screen.library, self._rank

        def ask(limit: int | None, stop: Stop) -> Found:
            return rows(library.index, query, library.kept, limit, rank, stop)

        def show(found: Found, first: bool) -> None:
            count = f"{len(found.rows):,} found" + ("" if found.whole else " so far, still counting")
            if rank == "best":
                count += f" · best of the newest {RANKED:,}" if found.capped else " · sorted by relevance"
            self.screen.files.nothing = (f"Nothing here has {one_line(text)!r}.",)
            self.screen.files.list_found(found.rows, query, count, anew=first)
            if self._typing == "search":
                self.screen.prompt.say_beside(count)
            self.screen.shown()

        self._ask_index(ask, max(PAGE, least), show)

    def next_rank(self) -> None:
        self._rank = "best" if self._rank == "newest" else "newest"
        if self.typed:
            self.search(self.typed)
        else:
            self.screen.say("sorted by relevance" if self._rank == "best" else "sorted by date")

    # -- taking away ----------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        if self.typed:
            self._take_away()
        elif self.only:
            self.only = None
            self.list_again()
        else:
            self.screen.say("no filter is set")

    def _take_away(self) -> None:
        """Remove the results, so that the files are as they were."""
        files = self.screen.files
        self.typed = ""
        self.list_again()
        if self._under:
            spot, ref = self._under
            row = files.row_of(ref)
            files.stand(spot if row == spot.row or row is None else Spot(row, 0, (row, 0)))
            self._under = None
        self.screen.shown()

    def drop(self) -> None:
        """Forget the results: the list below them will be different."""
        self.typed, self._under = "", None
