"""The shelf: every briefing of a library, to be looked through, searched and opened. What is found lies over the list of files
until it is taken away; the list then stands as it stood."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container

from tui.briefing.document import strictest
from tui.library.index import Progress
from tui.library.query import BadQuery, Query, parse
from tui.library.search import RANKED, Found, Order, rows
from tui.library.shelves import GROUPS, ORDERS, Library, Listing
from tui.library.state import Unkept
from tui.reader import bars, opening
from tui.reader.action import Action
from tui.reader.bars import Bar
from tui.reader.browse import Files, Preview
from tui.reader.buffer import Buffer
from tui.reader.lines import Line, Piece, cut, one_line, width
from tui.reader.pane import Follow, Pane, Spot
from tui.reader.prompt import Asking
from tui.reader.screen import COMMON, LinesScreen
from tui.reader.sheet import Entry

if TYPE_CHECKING:
    from tui.library.search import Hit
    from tui.reader.keys import Key

PAGE = 200
"""Results, and files, that are there at once; the rest comes when they are on the screen."""
WAIT = 0.1
"""Seconds that a letter typed waits for its results."""
HINTS = (
    ("follow", "opens it"),
    ("shelf.search", "search"),
    ("shelf.only", "only with"),
    ("shelf.order", "order"),
    ("shelf.group", "group"),
    ("shelf.saved", "saved"),
    ("keys", "keys"),
)


class ShelfScreen(LinesScreen):
    BINDINGS = [
        Action("slash,s", "search", "search all of the library", id="shelf.search", kiosk=True),
        Action("ampersand", "only", "only files in which something is found", id="shelf.only", kiosk=True),
        Action("ctrl+r", "rank", "the newest first, the best first", id="shelf.rank", kiosk=True),
        Action("S", "order", "next order: newest, oldest, title, most quotes, most in doubt", id="shelf.order", kiosk=True),
        Action("L", "group", "group by month, tag, source, not at all", id="shelf.group", kiosk=True),
        Action("semicolon", "saved", "saved searches", id="shelf.saved", kiosk=True),
        Action("u", "unread", "read, or unread again", id="shelf.unread", kiosk=True),
        Action("escape", "undo", "take away what was set last", id="undo", kiosk=True),
        Action("exclamation_mark", "problems", "what is wrong with the file", id="problems", kiosk=True),
        Action("o,backspace", "reading", "back to what was read", id="shelf.back", kiosk=True),
        Action("R", "refresh", "look at the files again", id="shelf.refresh"),
        Action("q", "leave", "close the top layer, then quit", id="leave", kiosk=True),
        *COMMON,
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.files = Files(library)
        self.files.answer, self.files.called = self.answer, self.called
        self.preview = Preview(library)
        self.preview.answer = self.answer
        self.order, self.group = "newest", ""
        self.only: Query | None = None
        """What files are listed for."""
        self.typed = ""
        """The query whose results are shown; "" where files are listed."""
        self.rank: Order = "newest"
        self._typing: Literal["", "search", "only"] = ""
        """What is being typed."""
        self._under: tuple[Spot, str] | None = None
        """Where the list of files stood when the results were laid over it."""
        self._histories: dict[str, list[str]] = {"/": [], "&": []}
        self._doing = Progress("", 0, 0)
        self._looking = False
        """Whether the files are being looked at."""
        self._ended = False
        self._version: object = None
        """Of the index, when it was last listed or searched."""
        self._number = 0
        """Of the search, so that what an earlier one still finds is dropped."""

    def compose(self) -> ComposeResult:
        yield Bar(self._head, "head")
        with Container(id="shelf"):
            yield self.files
            yield self.preview
            yield self.sheet
        yield self.prompt

    def on_mount(self) -> None:
        self.library.look_again()
        self.files.nothing = ("Looking at the files …",)
        with suppress(sqlite3.DatabaseError):  # listed again below
            self.files.list_files(self.library.listed(limit=PAGE), f"{self.library.index.count():,}")
        self.lay_out()
        self.focus_here()
        self.call_after_refresh(self._begin)

    def _damaged(self) -> None:
        """The index has been thrown away, and is made anew."""
        self._drop_found()
        self.files.list_files(Listing(()), "")
        self.say(self.library.index.said)
        self.look_at_files()

    def _begin(self) -> None:
        self.list_again()
        self.look_at_files()
        if self.library.problems:
            self.say(str(self.library.problems[0]))

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.library.look_again()
            if self._version != self._seen():
                self._list_or_search_again()
            else:
                self.files.draw_again()
            self.bar("head", "foot")

    def _seen(self) -> object:
        """What the index is now, which a look at a single file may have changed."""
        with suppress(sqlite3.DatabaseError):
            return self.library.index.version()
        return None

    # -- layout -------------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        wide = opening.layout(*self.size) != "one"
        over = self.sheet.open
        self.files.bare = self.size.height < opening.LOW
        self.files.display = not over
        self.preview.display = wide and not over
        self.query_one("#shelf").set_class(wide and not over, "wide")
        self._look_in()

    def on_resize(self) -> None:
        self.lay_out()

    @property
    def at(self) -> Pane:
        return self.sheet if self.sheet.open else self.files

    def focus_here(self) -> None:
        target = self.at
        if self.focused is not target:
            self.focused = target
            for pane in (self.files, self.sheet):
                pane.turn(pane is target)

    def answer(self, message: Follow) -> None:
        self.said = ""
        if message.how == "choose":
            self._look_in()
            self.bar("head", "foot")
        elif message.how == "say":
            self.say(message.target)
        elif message.how in ("go", "show"):
            self.open_here()

    def _look_in(self) -> None:
        if self.preview.display:
            self.preview.show(self.files.file_at(self.files.spot.row) if self.files.rows else None)

    # -- what is listed -----------------------------------------------------------------------------------------------

    def list_again(self) -> None:
        """The files, in the order that is set; where results are shown, they stay. Of files that meet a query, those that are
        found soon, and then the rest."""
        if not self.typed:
            self._number += 1
            self._version = self._seen()
            until = time.monotonic() + WAIT
            limit = PAGE if self.only else None
            try:
                listing = self.library.listed(self.order, self.group, self.only, limit, lambda: time.monotonic() > until)
            except sqlite3.DatabaseError:
                self._damaged()
                return
            self._list(listing, self._number)
            if not listing.whole:
                self._list_all(self._number)
        self._look_in()
        self.bar("head", "foot")

    def _list(self, listing: Listing, number: int) -> None:
        if number == self._number:
            counted = f"{listing.files:,}{'' if listing.whole else ' so far, still looking'}"
            self.files.nothing = self._nothing()
            self.files.list_files(listing, f"{counted}{'' if self.order == 'newest' else f' · {self.order}'}")
            if self._typing == "only":
                self.prompt.say_beside(counted)

    @work(thread=True, exclusive=True, group="search")
    def _list_all(self, number: int) -> None:
        def stop() -> bool:
            return self._ended or number != self._number

        try:
            listing = self.library.listed(self.order, self.group, self.only, stop=stop)
        except sqlite3.DatabaseError:
            if not stop():
                self.app.call_from_thread(self._damaged)
            return
        if not stop():
            self.app.call_from_thread(self._list, listing, number)

    def _nothing(self) -> Sequence[str]:
        if self.only:
            return (f"No file has {one_line(self.only.text)!r}.", f"{self.called('undo') or 'A key'} takes the filter away.")
        if self._doing.doing:
            return ("Looking at the files …",)
        where = ", ".join(map(str, self.library.index.roots))
        begin = "readout new SOURCE begins a briefing, readout draft ARTICLE drafts one."
        return (f"There is no briefing and no text in {where}.", begin)

    def paths(self) -> list[Path]:
        """The files as they are listed now, to be stepped through."""
        rows = range(len(self.files.rows)) if len(self.files.rows) <= 2000 else ()
        found = (self.files.file_at(row) for row in rows if self.files.selectable(row))
        return list(dict.fromkeys(file.path for file in found if file))

    # -- bringing the index up to date --------------------------------------------------------------------------------

    def look_at_files(self) -> None:
        if not self._looking:
            self._looking = True
            self._look()

    @work(thread=True, group="refresh")
    def _look(self) -> None:
        last = 0.0

        def tell(progress: Progress) -> None:
            nonlocal last
            if progress.doing and time.monotonic() - last < 0.5:
                return
            last = time.monotonic()
            if not self._ended:
                self.app.call_from_thread(self._told, progress)

        self.library.index.refresh_apart(tell)
        if not self._ended:
            self.app.call_from_thread(self._refreshed)

    def _told(self, progress: Progress) -> None:
        listed_more = progress.changed != self._doing.changed or progress.doing != self._doing.doing
        self._doing = progress
        if listed_more:
            self.library.look_again()
            self._list_or_search_again()
        elif progress.doing == "proving":
            self.library.look_again()
            self.files.draw_again()
        self.bar("head")

    def _refreshed(self) -> None:
        self._looking = False
        self._doing = Progress("", 0, 0)
        self.library.look_again()
        self._list_or_search_again()
        if self.library.index.said:
            self.say(self.library.index.said)
        self.bar("head")

    def _list_or_search_again(self) -> None:
        """A file that is read again has other rows in the index: what was found is looked for again, at the same place."""
        if not self.typed:
            self.list_again()
        else:
            spot = self.files.spot
            self._search(self.typed, typing=self._typing == "search", least=spot.row + 1)
            self.files.stand(spot)

    def stop(self) -> None:
        self._ended = True
        self.library.index.end_apart()

    def keep_all(self) -> None:
        self.stop()

    # -- searching ----------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        before = (self.typed, self.files.spot)

        def typed(text: str) -> None:
            self._search(text, typing=True)

        def ended(text: str | None) -> None:
            self._typing = ""
            if text is None:
                self._search(before[0], least=before[1].row + 1)
                self.files.stand(before[1])
            else:
                self._search(text)

        self.ask(Asking("search: ", typed, ended, history=self._histories["/"]))
        self._typing = "search"

    def ask_for(self, text: str) -> None:
        """Ask for a query with this one filled in, its results there already."""
        self.action_search()
        asking = self.prompt.asking
        if asking and text:
            asking.buffer = Buffer(text, len(text))
            self._search(text, typing=True)

    def _asked(self, text: str, typing: bool) -> Query | None:
        """None where that is no query, which is said; without alternatives where there is nothing to look for yet."""
        try:
            return parse(text, typing) if text.strip() else Query(())
        except BadQuery as error:
            said = f"character {error.at + 1}: {error}"
            if typing:
                self.prompt.say_beside(said, wrong=True)
            else:
                self.say(said)
            return None

    def _search(self, text: str, typing: bool = False, least: int = 0) -> None:
        """`least`: so many results are there at once, where that is quick."""
        query = self._asked(text, typing)
        if query is None:
            return
        if not query.alternatives:
            if typing:
                self.prompt.say_beside("")
            if self.typed and not text.strip():
                self._take_away()
            return
        if not self.typed and not self._under:
            self._under = (self.files.spot, self.files.ref)
        self._number += 1
        self._version = self._seen()
        self.typed = text
        until = time.monotonic() + WAIT
        try:
            limit = max(PAGE, least)
            found = rows(self.library.index, query, self.library.kept, limit, self.rank, lambda: time.monotonic() > until)
            self._show_found(found, query, anew=True)
        except sqlite3.DatabaseError:
            self._damaged()
            return
        if not found.whole:
            self._find_all(query, self._number)

    def _show_found(self, found: Found, query: Query, anew: bool) -> None:
        count = f"{len(found.rows):,} found" + ("" if found.whole else " so far, still counting")
        if self.rank == "best":
            count += f" · the best of the newest {RANKED:,}" if found.capped else " · the best first"
        self.files.nothing = (f"Nothing here has {one_line(self.typed)!r}.",)
        self.files.list_found(found.rows, query, count, anew)
        if self._typing == "search":
            self.prompt.say_beside(count)
        self._look_in()
        self.bar("head", "foot")

    @work(thread=True, exclusive=True, group="search")
    def _find_all(self, query: Query, number: int) -> None:
        def stop() -> bool:
            return self._ended or number != self._number

        try:
            found = rows(self.library.index, query, self.library.kept, None, self.rank, stop)
        except sqlite3.DatabaseError:
            if not stop():
                self.app.call_from_thread(self._damaged)
            return
        if not stop():
            self.app.call_from_thread(self._found_all, found, query, number)

    def _found_all(self, found: Found, query: Query, number: int) -> None:
        if number == self._number:
            self._show_found(found, query, anew=False)

    def _take_away(self) -> None:
        """The results, so that the files stand as they stood."""
        self.typed = ""
        self._number += 1
        self.list_again()
        if self._under:
            spot, ref = self._under
            row = self.files.row_of(ref)
            self.files.stand(spot if row == spot.row or row is None else Spot(row, 0, (row, 0)))
            self._under = None
        self._look_in()

    def _drop_found(self) -> None:
        """Results, for a list that will not be as it was below them."""
        self.typed, self._under = "", None

    def action_only(self) -> None:
        before = (self.only, self.typed, self.files.spot, self._under)

        def typed(text: str) -> None:
            self._narrow(text, typing=True)

        def ended(text: str | None) -> None:
            self._typing = ""
            if text is None or not self._narrow(text):
                self.only, self._under = before[0], before[3]
                self.list_again()
                self._search(before[1], least=before[2].row + 1)
                self.files.stand(before[2])
            else:
                self._under = None

        self.ask(Asking("only files with: ", typed, ended, history=self._histories["&"]))
        self._typing = "only"

    def _narrow(self, text: str, typing: bool = False) -> bool:
        """List the files in which this is met alone; False where it is no query."""
        query = self._asked(text, typing)
        if query is None:
            return False
        self.only, self.typed = query if query.alternatives else None, ""
        self.list_again()
        return True

    def action_rank(self) -> None:
        self.rank = "best" if self.rank == "newest" else "newest"
        if self.typed:
            self._search(self.typed)
        else:
            self.say(f"what is found stands {'the best' if self.rank == 'best' else 'the newest'} first")

    def action_saved(self) -> None:
        searches = self.library.searches
        empty = 'None yet: [searches] in settings.toml or readout.toml holds them, name = "query".'
        self.present(
            "Saved searches", lambda: [Entry(query, name, name) for name, query in searches.items()], empty,
            lambda name: self._search(searches[name]), "shows what it finds",
        )  # fmt: skip

    def action_undo(self) -> None:
        if self.typed:
            self._take_away()
        elif self.only:
            self.only = None
            self.list_again()
        else:
            self.say("nothing is set")

    # -- the list -----------------------------------------------------------------------------------------------------

    def action_order(self) -> None:
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self._drop_found()
        self.list_again()
        self.say(f"order: {self.order}")

    def action_group(self) -> None:
        self.group = GROUPS[(GROUPS.index(self.group) + 1) % len(GROUPS)]
        self._drop_found()
        self.list_again()
        self.say(f"in groups by {self.group}" if self.group else "not in groups")

    def action_unread(self) -> None:
        file = self.files.file_at(self.files.spot.row)
        if not file:
            return
        read = file.path not in self.library.read
        try:
            self.library.state.set_read(file.path, read)
        except Unkept as error:
            self.say(str(error))
            return
        (self.library.read.add if read else self.library.read.discard)(file.path)
        self.files.draw_again()
        self.say("read" if read else "unread again")

    def action_problems(self) -> None:
        file = self.files.file_at(self.files.spot.row)
        if not file:
            return
        found = [file.why] if file.why else []
        if file.lost:
            found.append(f"{file.lost:,} not found in the source: {', '.join(file.unproven[:20])}")
        if file.errors and not file.why:
            found.append(f"{file.errors:,} errors; readout check {file.path} names them")
        self.present(
            "What is wrong with it", lambda: [Entry(one_line(each), style="error") for each in found], "Nothing is known to be."
        )

    def action_refresh(self) -> None:
        if self._looking:
            self.say("the files are being looked at")
        else:
            self.look_at_files()
            self.say("looking at the files again")

    def open_here(self) -> None:
        hit: Hit | None = self.files.hit_at(self.files.spot.row)
        file = self.files.file_at(self.files.spot.row)
        if file:
            self.app.open_from_shelf(file.path, hit.ref if hit else "", self.paths())

    def action_reading(self) -> None:
        if not self.app.back_to_reading():
            self.say("nothing was read yet; Enter opens a briefing")

    # -- keys ---------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.said and not self.prompt.asking:
            self.say("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a sheet is open, only what concerns the whole screen goes past it."""
        return not self.sheet.open or action in ("theme", "repaint", "quit", "suspend_process") or action not in _OWN

    def key_table(self) -> Iterator[Key]:
        from tui.reader import keys

        return keys.on_shelf(self.app.keys)

    def action_keys(self) -> None:
        from tui.reader import cards

        self.present("Keys", lambda: cards.keys(self.key_table()))

    def action_leave(self) -> None:
        self.app.exit()

    # -- the lines above and below --------------------------------------------------------------------------------------

    def _head(self, cells: int) -> Line:
        """What the library is, what is being done to its index, and the strictest marking in sight."""
        marking = one_line(strictest(file.marking for file in self.files.in_sight()))
        right = f" {cut(marking, cells // 2)} " if marking else ""
        root = self.library.index.roots
        name = one_line(root[0].name if len(root) == 1 else f"{len(root)} folders") if root else ""
        left = f" {name or 'Library'}"
        doing = self._doing
        said = f"{doing.doing} {doing.done:,}{f' of {doing.of:,}' if doing.of else ''}" if doing.doing else ""
        room = cells - width(right) - 1
        left = cut(left, room - width(said) - 3)
        gap = " " * max(1, room - width(left) - width(said))
        return (Piece(left, "strong"), Piece(gap), Piece(said, "quiet"), Piece(" "), Piece(right, "marking"))

    def _foot(self, cells: int) -> Line:
        if self.sheet.open:
            return bars.foot(self.said, (), "", (self.sheet.hint,), (), cells)
        held = [f"search: {self.typed}"] if self.typed else []  # of all files: a filter is of the list that lies below
        held += [f"only files with {self.only.text.strip()}"] if self.only and not held else []
        if held and self.files.bare:  # no head says it
            held.append(self.files.headed)
        return bars.foot(self.said, held, self.called("undo"), self._hints(HINTS), (), cells)


_OWN = {each.action.partition("(")[0] for each in ShelfScreen.BINDINGS if isinstance(each, Action)}
