"""The shelf: every briefing of a library, to be looked through, searched and opened, while its index is brought up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.widget import Widget

from tui.briefing.document import strictest
from tui.library.schema import Progress
from tui.library.shelves import Library, Listing
from tui.library.state import Unkept
from tui.reader.drawing import opening
from tui.reader.drawing.lines import Line, Piece, cut, one_line, width
from tui.reader.keys.action import EVERY_PANE, SHEET, SHELF, Action
from tui.reader.screen import COMMON, LinesScreen
from tui.reader.shelf.files import Files, Preview
from tui.reader.shelf.searching import PAGE, Searching
from tui.reader.widgets import bars
from tui.reader.widgets.bars import Bar
from tui.reader.widgets.messages import Choose, Go, Message, Say, Show
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.sheet import Entry, Sheet

if TYPE_CHECKING:
    from tui.library.search import Hit
    from tui.library.update import Apart

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
        Action("slash,s", "search", "search the library", id="shelf.search", kiosk=True),
        Action("ampersand", "only", "only files with matches", id="shelf.only", kiosk=True),
        Action("ctrl+r", "rank", "sort: newest / best match", id="shelf.rank", kiosk=True),
        Action("S", "order", "sort: newest, oldest, title, most quotes, most in doubt", id="shelf.order", kiosk=True),
        Action("L", "group", "group: month, tag, source, none", id="shelf.group", kiosk=True),
        Action("semicolon", "saved", "saved searches", id="shelf.saved", kiosk=True),
        Action("u", "unread", "mark as read or unread", id="shelf.unread", kiosk=True),
        Action("escape", "undo", "clear the last filter", id="undo", kiosk=True),
        Action("exclamation_mark", "problems", "problems of the file", id="problems", kiosk=True),
        Action("o,backspace", "reading", "back to the briefing", id="shelf.back", kiosk=True),
        Action("right_square_bracket", "reading", "forward, to the briefing", id="trail.forward", kiosk=True),
        Action("R", "refresh", "rescan files", id="shelf.refresh"),
        Action("q", "leave", "close the top layer, then quit", id="leave", kiosk=True),
        *COMMON,
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self._update: Apart | None = None
        self.files = Files(library)
        self.files.answer, self.files.called = self.answer, self.called
        self.preview = Preview(library)
        self.preview.answer = self.answer
        self.files.stood = self._look_in
        self.searching = Searching(self)
        self._doing = Progress("", 0, 0)
        self._looking = False
        """Whether the files are being looked at."""
        self.ended = False
        """Whether the program is at its end, and waits for no thread."""

    def compose(self) -> ComposeResult:
        yield Bar(self._head, "head")
        with Widget(id="shelf"):
            yield self.files
            yield self.preview
            yield self.sheet
        yield self.prompt

    def on_mount(self) -> None:
        self.library.look_again()
        self.files.nothing = ("Scanning files …",)
        with suppress(sqlite3.DatabaseError):  # listed again below
            self.files.list_files(self.library.listed(limit=PAGE), f"{self.library.index.count():,}")
        self.lay_out()
        self.focus_here()
        self.call_after_refresh(self._begin)

    def damaged(self) -> None:
        """Begin again after the index was damaged and thrown away."""
        self.searching.drop()
        self.files.list_files(Listing(()), "")
        self.say(self.library.index.said)
        self.look_at_files()

    def _begin(self) -> None:
        self.look_at_files()
        self.searching.list_again()
        if news := self.app.state.news():
            self.say(news)
        elif self.library.problems:
            self.say(str(self.library.problems[0]))

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.library.look_again()
            if self.searching.stale:
                self.searching.again()
            else:
                self.files.draw_again()
            self.bar("head", "foot")

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

    def answer(self, message: Message) -> None:
        self.said = ""
        if isinstance(message, Choose):
            if not self._looking and self.searching.stale:  # another Readout has changed it
                self.library.look_again()
                self.searching.again()
            self.shown()
        elif isinstance(message, Say):
            self.say(message.words)
        elif isinstance(message, (Go, Show)):
            self.open_here()

    def _look_in(self) -> None:
        if self.preview.display:
            row = self.files.spot.row
            file = self.files.file_at(row) if self.files.rows else None
            self.preview.show(file, self.files.hit_at(row) if self.files.rows else None, self.files.asked)

    def shown(self) -> None:
        """Update the preview, header and status line after the list or the cursor has changed."""
        self._look_in()
        self.bar("head", "foot")

    @property
    def looking(self) -> bool:
        """Return whether the files are being scanned."""
        return self._looking

    def search_aside(self, work: Callable[[], None]) -> None:
        """Do work of a search in a thread, in place of that of an earlier one."""
        self.run_worker(work, thread=True, exclusive=True, group="search")

    def nothing(self) -> Sequence[str]:
        """Say why there is no file."""
        if self._looking:
            return ("Scanning files …",)
        if unread := self.library.unread():
            return (f"{unread[:1].upper()}{unread[1:]}",)
        where = ", ".join(map(str, self.library.index.roots))
        begin = "readout new SOURCE begins a briefing, readout draft ARTICLE drafts one."
        return (f"There is no briefing and no text in {where}.", begin)

    def paths(self) -> list[Path]:
        """List the files in the order shown, to be stepped through."""
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
            if not self.ended:
                self.app.call_from_thread(self._told, progress)

        from tui.library.update import Apart  # 20 ms that the first frame does not wait for

        self._update = Apart(self.library.index)
        if self.ended:
            return
        self._update.refresh(tell)
        if not self.ended:
            self.app.call_from_thread(self._refreshed)

    def _told(self, progress: Progress) -> None:
        listed_more = progress.changed != self._doing.changed or progress.doing != self._doing.doing
        self._doing = progress
        if listed_more:
            self.library.look_again()
            self.searching.again()
        elif progress.doing == "proving":
            self.library.look_again()
            self.files.draw_again()
        self.bar("head")

    def _refreshed(self) -> None:
        self._looking = False
        self._doing = Progress("", 0, 0)
        self.library.look_again()
        self.searching.again()
        if said := self.library.index.said or self.library.unread():
            self.say(said)
        self.bar("head")

    def stop(self) -> None:
        self.ended = True
        if self._update:
            self._update.end()

    def keep_all(self) -> str:
        self.stop()
        return ""

    # -- searching ----------------------------------------------------------------------------------------------------

    def ask_for(self, query: str) -> None:
        self.searching.ask(query)

    def action_search(self) -> None:
        self.searching.ask()

    def action_only(self) -> None:
        self.searching.ask_only()

    def action_rank(self) -> None:
        self.searching.next_rank()

    def action_saved(self) -> None:
        self.searching.ask_saved()

    def action_undo(self) -> None:
        self.searching.undo()

    def action_order(self) -> None:
        self.searching.next_order()

    def action_group(self) -> None:
        self.searching.next_group()

    # -- the list -----------------------------------------------------------------------------------------------------

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
        self.say("marked as read" if read else "marked as unread")

    def action_problems(self) -> None:
        file = self.files.file_at(self.files.spot.row)
        if not file:
            return
        found = [file.why] if file.why else []
        if file.lost:
            found.append(f"{file.lost:,} not found in the source: {', '.join(file.unproven[:20])}")
        if file.errors and not file.why:
            found.append(f"{file.errors:,} error{'s' if file.errors > 1 else ''}; readout check {file.path} says more")
        none = "Its quotes and events are not checked yet." if file.lost is None else "No problems found."
        if file.kind == "text":
            none = "A raw article, not a briefing: it has no quotes and events to check."
        self.present("Problems of the file", lambda: [Entry(one_line(each), style="error") for each in found], none)

    def action_refresh(self) -> None:
        if self._looking:
            self.say("already scanning files")
        else:
            self.look_at_files()
            self.say("rescanning files")

    def open_here(self) -> None:
        hit: Hit | None = self.files.hit_at(self.files.spot.row)
        file = self.files.file_at(self.files.spot.row)
        if file:
            self.app.open_from_shelf(file.path, hit.ref if hit else "", self.paths())

    def action_reading(self) -> None:
        if not self.app.back_to_reading():
            self.say(f"no briefing is open; {self.called('follow')} opens one")

    # -- keys ---------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.said and not self.prompt.asking:
            self.say("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow, while a list is open, only actions that concern the whole screen."""
        return not self.sheet.open or action in ("theme", "repaint", "quit", "suspend_process") or action not in _OWN

    @classmethod
    def key_places(cls) -> list[tuple[str, type]]:
        return [(SHELF, cls), (EVERY_PANE, Pane), (SHEET, Sheet)]

    def action_commands(self) -> None:
        from tui.reader import commands

        commands.ask(self)

    def action_keys(self) -> None:
        from tui.reader import cards

        self.present("Keys", lambda: [*cards.keys(self.key_table()), *cards.legend()])

    def action_leave(self) -> None:
        self.app.exit()

    # -- the lines above and below --------------------------------------------------------------------------------------

    def _head(self, cells: int) -> Line:
        """Draw the name of the library, what is being done to its index, and the strictest marking visible."""
        right = opening.marked(strictest(file.marking for file in self.files.in_sight()), cells)
        root = self.library.index.roots
        name = one_line(root[0].name if len(root) == 1 else f"{len(root)} folders") if root else ""
        left = f" {name or 'Library'}"
        doing = self._doing
        said = f"{doing.doing} {doing.done:,}{f' of {doing.of:,}' if doing.of else ''}" if doing.doing else ""
        room = cells - width(right) - 1
        said = cut(said, room - 2 - min(width(left), 12))
        left = cut(left, room - width(said) - 3)
        gap = " " * max(1, room - width(left) - width(said))
        return (Piece(left, "strong"), Piece(gap), Piece(said, "quiet"), Piece(" "), Piece(right, "marking"))

    def _foot(self, cells: int) -> Line:
        if self.sheet.open:
            return bars.foot(self.said, (), "", self.sheet.hints_here, (), cells)
        typed, only = self.searching.typed, self.searching.only
        held = [f"search: {typed}"] if typed else []  # of all files: a filter is of the list that lies below
        held += [f"only files with {only.text.strip()}"] if only and not held else []
        if held and self.files.bare:  # no head says it
            held.append(self.files.headed)
        return bars.foot(self.said, held, self.called("undo"), self._hints(HINTS), (), cells)


_OWN = {each.action.partition("(")[0] for each in ShelfScreen.BINDINGS if isinstance(each, Action)}
