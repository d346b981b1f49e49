"""The application: which briefings are open, the theme, the terminal. Everything about reading one is `reading.py`'s."""

from __future__ import annotations

import gc
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.actions import ActionParseResult
from textual.color import Color
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.keys import key_to_character

from tui.briefing.files import Unreadable, locate, read_text, real
from tui.briefing.problem import Problem
from tui.briefing.proof import Reading
from tui.library.state import State
from tui.reader import failing, themes
from tui.reader.drawing.lines import guarded
from tui.reader.drawing.opening import DEFAULT_THEME
from tui.reader.host import Host
from tui.reader.keys.action import Key
from tui.reader.loading import load
from tui.reader.path import moves
from tui.reader.path.place import Place
from tui.reader.path.trail import Trail
from tui.reader.reading import way
from tui.reader.reading.screen import ReadingScreen
from tui.reader.screen import LinesScreen
from tui.reader.terminal import capabilities as terminal
from tui.reader.terminal.driver import ReaderDriver, shell_waits
from tui.reader.terminal.first_words import FirstWords
from tui.reader.watching import Watched, Watching
from tui.settings import state_folder

if TYPE_CHECKING:
    from tui.library.shelves import Library
    from tui.reader.shelf.screen import ShelfScreen


class Guard(LineFilter):
    """The last guard before the terminal: only printable characters pass, whoever drew them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control or segment.text.isprintable() else Segment(guarded(segment.text), segment.style)
            for segment in segments
        ]


class ReaderApp(Host, inherit_css=False):
    CSS_PATH = "reader.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []
    TITLE = "Readout"

    def __init__(
        self,
        paths: Sequence[Path],
        roots: Sequence[Path] = (),
        *,
        theme: str = "",
        said: Sequence[Problem] = (),
        at: str = "",
        keys: Mapping[str, str] | None = None,
        words: FirstWords | None = None,
        kiosk: Path | None = None,
        library: Callable[[State], Library] | None = None,
    ) -> None:
        """Begin on the first of `paths`; without any, on the shelf. `at`: the item to begin at; `keys`: id of an
        action → its keys, by Textual's names; `words`: what is on the terminal already; `kiosk`: at a shared reading
        account, where its reader's notes are; `library`: makes the library when it is first needed."""
        super().__init__(driver_class=ReaderDriver if os.name == "posix" and not os.environ.get("TEXTUAL_DRIVER") else None)
        self.animation_level = "none"
        self.paths, self.roots = list(paths), tuple(roots)
        self.at = 0
        self._problems = list(said)
        known, failed = themes.load()
        self._problems += failed
        self.themes = [each.name for each in known]
        for each in known:
            self.register_theme(each.theme)
        if theme and theme not in self.themes:
            self._problems.append(
                Problem("theme", "error", f"there is no theme {theme!r}", "readout themes lists them")
            )
        self.theme = theme if theme in self.themes else DEFAULT_THEME if DEFAULT_THEME in self.themes else "textual-dark"
        self.stylesheet.set_variables(self.get_css_variables())
        self._coloured = self.current_theme
        self.begin_at = at
        self.watching = Watching(lambda path: load(path, self.roots), self._changed, self._gone, self._themed)
        self.kiosk = kiosk
        self.keys = dict(keys or {})
        if keys:
            self.set_keymap(keys)
            bound = (key for each in keys.values() for key in each.split(",") if key.startswith("alt+"))
            self.alt_keys = frozenset(key_to_character(key.removeprefix("alt+")) or "" for key in bound)
        if words:
            self.picture, self.attributes_before = words.picture, words.attributes
        self.state = State(self.kiosk or state_folder() / "state.db")
        self._make_library, self.library_made = library, None
        self.dossiers: dict[Path, Reading] = {}
        self._told_apart: tuple[Path | None, str] = (None, "")
        self.shelf: ShelfScreen | None = None
        self.failure = ""
        """What is to be said of an unexpected error that ended the program."""
        self.unsaved = ""
        """What is to be said of a note that could not be saved where notes are."""
        self._reader: ReadingScreen | None = None
        self.from_shelf = False
        """Whether what is read was opened from the shelf."""
        self.opened = load(self.paths[0], self.roots, words.reading if words else None, later=True) if self.paths else None

    def get_default_screen(self) -> LinesScreen:
        if self.opened:
            self._reader = ReadingScreen(self.opened, self.state)
            self.install_screen(self._reader, "reader")
            return self._reader
        self.shelf = self._make_shelf()
        assert self.shelf
        return self.shelf

    @property
    def library(self) -> Library | None:
        if self.library_made is None and self._make_library:
            self.library_made = self._make_library(self.state)
        return self.library_made

    def every_key(self) -> Iterator[Key]:
        from tui.reader import all_keys

        return all_keys.table(self.keys)

    def _make_shelf(self) -> ShelfScreen | None:
        if self.library is None:
            return None
        from tui.reader.shelf.screen import ShelfScreen

        shelf = ShelfScreen(self.library)
        self.install_screen(shelf, "shelf")
        return shelf

    def refresh_css(self, animate: bool = True) -> None:
        """Skip the theme that the stylesheet was read with: Textual would read it twice at each start."""
        if self._coloured != self.current_theme:
            self._coloured = self.current_theme
            super().refresh_css(animate)

    def on_mount(self) -> None:
        if not self.is_headless:
            threading.excepthook = lambda raised: self.fail(raised.exc_value) if raised.exc_value else None
        screen = self.front
        if self._problems:
            said = str(self._problems[0]) + (f" (and {len(self._problems) - 1} more)" if len(self._problems) > 1 else "")
            screen.call_after_refresh(screen.say, said)
        elif not terminal.of().unicode and not self.is_headless:
            screen.call_after_refresh(screen.say, "not a UTF-8 locale: marks and letters are shown in ASCII")
        self.call_after_refresh(_collect)
        self.app_resume_signal.subscribe(self, lambda _: self.repaint())

    def told_to_end(self, code: int) -> None:
        """Save everything and exit, after a signal or when the terminal is gone."""
        if unsaved := self._keep_all():
            self.unsaved = failing.rescue(unsaved, state_folder())
        self.exit(return_code=code)

    def _keep_all(self) -> str:
        """Save everything that can be; the text of a note that could not."""
        unsaved = ""
        for screen in (self._reader, self.shelf):
            try:
                unsaved += screen.keep_all() if screen else ""
            except Exception as error:  # the other one is still to be saved
                writing = self._reader is not None and screen is self._reader and self._reader.editor.open
                unsaved += self._reader.editor.buffer.text if writing and self._reader else ""
                self.fail(error)
        return unsaved

    def action_help_quit(self) -> None:
        """Handle ^C: say which key quits."""
        writing = self._reader is not None and self._reader.editor.open
        self.front.say("^q saves the note and quits" if writing else f"{self.front.called('quit') or 'Q'} quits")

    def _handle_exception(self, error: Exception) -> None:
        """End after an unexpected error, wherever it was raised. Notes are saved first, and the details written."""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """End the program after an unexpected error. May be called from any thread."""
        if self.failure:
            return
        self.failure = failing.line(error, None if self.kiosk else failing.write(error, state_folder()))
        if isinstance(self._driver, ReaderDriver):
            self._driver.end(failing.CODE)

    def action_suspend_process(self) -> None:
        if shell_waits():
            super().action_suspend_process()
        else:
            self.front.say("no shell waits here that could bring it back")

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, if it is allowed here. Every key and command goes through this."""
        if self.kiosk and not self.has(action if isinstance(action, str) else action[1]):
            self.front.say("not available in kiosk mode")
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def has(self, action: str) -> bool:
        """Return whether an action may be done: at a shared reading account, only one that says so."""
        if not self.kiosk:
            return True
        from tui.reader.all_keys import in_kiosk

        return action.partition("(")[0].rpartition(".")[2] in in_kiosk()

    async def action_quit(self) -> None:
        if not self._keep_all():  # else it is still open, and the reason is in the status line
            self.exit()

    def on_unmount(self) -> None:
        self.watching.stop()
        if self.shelf:
            self.shelf.stop()

    # -- what changes on disk -----------------------------------------------------------------------------------------

    def watch_files(self, reading: Reading, since: float) -> None:
        """Have the files that this comes from watched, and one's own themes; `since`: they were read at this time or later.
        The bundled themes are opened by everybody who begins to read here, which would wake all who are reading."""
        self.watching.watch(Watched(reading, themes.folders()[1:], since))

    def _changed(self, old: Reading, new: Reading, news: str) -> None:
        self.call_from_thread(self.reader.proving.reload, new, news)

    def _gone(self, old: Reading, why: str) -> None:
        self.call_from_thread(self.reader.proving.doubt, old, why)

    def _themed(self) -> None:
        self.call_from_thread(self.read_themes)

    def read_themes(self) -> None:
        """Read the themes again after one of their files changed. A broken one is reported, and its colours stay."""
        known, failed = themes.load()
        for each in known:
            self.register_theme(each.theme)
            if each.name not in self.themes:
                self.themes.append(each.name)
        if failed:
            self.front.say(str(failed[0]))
        else:
            theme = self.theme
            self.theme = next(name for name in (*self.themes, "textual-dark") if name != theme)
            self.theme = theme
            self.front.say(f"reloaded theme {theme}")

    async def on_key(self, event: events.Key) -> None:
        """Give a key to what is being typed. Keys are letters then; this is asked last, so that keys typed ahead are
        too."""
        if event.key == "ctrl+q":
            event.stop()
            event.prevent_default()
            await self.action_quit()
        elif self.front.take(event):
            event.stop()
            event.prevent_default()

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Say why a key that is bound to nothing here does nothing."""
        if priority and key == "ctrl+q":  # in its turn, after the keys that were typed before it
            return False
        found = await super()._check_bindings(key, priority)
        if not found and not priority:
            self.front.unbound(key)
        return found

    def on_paste(self, event: events.Paste) -> None:
        self.front.paste(event.text)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), Guard()]

    @property
    def reader(self) -> ReadingScreen:
        """Return the reading screen. It exists from the first briefing on that was opened."""
        return self._reader or next(screen for screen in self.screen_stack if isinstance(screen, ReadingScreen))

    @property
    def front(self) -> LinesScreen:
        """Return the screen that is visible."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, LinesScreen))

    # -- shelf and reading --------------------------------------------------------------------------------------------

    def _turn_to(self, name: str) -> None:
        """Turn to one of the two screens. The other is never further away than just below it."""
        if self.front is (self.shelf if name == "shelf" else self._reader):
            return
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.push_screen(name)

    def show_shelf(self, query: str | None = None) -> None:
        """Turn to the shelf, with `query` filled in as its search."""
        if self.shelf is None:
            self.shelf = self._make_shelf()
        if self.shelf is None:
            self.front.say("there is no library here")
            return
        self._turn_to("shelf")
        if query is not None:
            self.shelf.ask_for(query)

    def back_to_shelf(self) -> bool:
        """Turn to the shelf if what is read was opened from it; return whether it was."""
        if self.shelf is None or not self.from_shelf:
            return False
        self._turn_to("shelf")
        return True

    def back_to_reading(self) -> bool:
        if self._reader is None:
            return False
        self._turn_to("reader")
        return True

    def open_from_shelf(self, path: Path, item: str, paths: Sequence[Path]) -> None:
        """Read a file of the library, from an item on where one was found. `paths`: what can be stepped through."""
        known = {real(each): each for each in self.paths}
        self.paths = list(paths) if path in paths else [known.get(path, path)]
        self.at = self.paths.index(path) if path in self.paths else 0
        self.from_shelf = True
        reading = load(path, self.roots, later=True)
        self.begin_at = item
        if self._reader is None:
            self._reader = ReadingScreen(reading, self.state)
            self.install_screen(self._reader, "reader")
        else:
            self.reader.trail = Trail()
            self.reader.open(reading, as_left=not item)
            self._begin_at(item)
        self._turn_to("reader")

    def read_behind(self, waiting: Reading) -> None:
        """Read a long document in a thread, and show it in the place of the reading that waits for it. The program may
        end meanwhile."""

        def read() -> None:
            new = load(waiting.path, self.roots)
            with suppress(RuntimeError):  # the program has ended
                self.call_from_thread(self._arrived, waiting, new)

        threading.Thread(target=read, daemon=True).start()

    def _arrived(self, waiting: Reading, new: Reading) -> None:
        if self.reader.reading is waiting:
            self.reader.open(new, as_left=not self.begin_at)
            self._begin_at(self.begin_at)

    def _begin_at(self, item: str) -> None:
        """Go to an item as the beginning of the way."""
        if item and not self.reader.reading.waiting:
            self.reader.following.show_item(item)
            self.reader.trail = Trail()

    def aside(self, work: Callable[[], None]) -> None:
        """Do what takes its time in a thread, in place of what was done there before."""

        def done() -> None:
            try:
                work()
            except sqlite3.DatabaseError:  # damaged, and thrown away
                self.call_from_thread(self.front.say, self.library.index.said if self.library else "")

        self.run_worker(done, thread=True, exclusive=True, group="library")

    # -- which briefing -----------------------------------------------------------------------------------------------

    def open_origin(self, path: Path, item: str) -> None:
        """Go to an item of another briefing; the way back has been left."""
        known = {real(each): each for each in self.paths}
        path = known.get(real(path), path)
        if path not in self.paths:
            self.paths.insert(self.at + 1, path)
        self.open_path(path)
        if item:
            kept = self.reader.trail.behind[:]
            self.reader.following.show_item(item)
            self.reader.trail.behind[:] = kept

    def open_path(self, path: Path, place: Place | None = None, as_left: bool = False) -> None:
        if path in self.paths:
            self.at = self.paths.index(path)
        self.reader.open(self.dossiers.get(path) or load(path, self.roots), place, as_left)

    def step(self, step: int, places: Mapping[Path, Place]) -> None:
        path = moves.next_briefing(self.paths, self.paths[self.at], step)
        if isinstance(path, moves.Said):
            self.reader.say(path.words)
            return
        way.leave(self.reader)
        self.open_path(path, places.get(path), as_left=path not in places)

    def open_linked(self, origin: Path, file: str, item: str) -> bool:
        """Follow a link into another briefing; False, and said why, where it leads nowhere."""
        try:
            path = locate(origin, file, self.roots)
            read_text(path)
        except Unreadable as refusal:
            self.reader.say(f"{file}: {refusal.message}; {refusal.hint}")
            return False
        known = next((each for each in self.paths if real(each) == path), None)
        if known is None:
            self.paths.insert(self.at + 1, path)
        self.open_path(known or path)
        if item in self.reader.reading.briefing.by_id:
            self.reader.following.show_item(item)
        else:
            self.reader.say(f"{file} has no item {item}")
        return True

    def told_apart(self, reading: Reading) -> str:
        path = reading.path
        if self._told_apart[0] != path:
            library = self.library_made
            file = library.file_at(path) if library and not reading.origins else None
            alike = library is not None and file is not None and (file.title, file.date) in library.namesakes()
            alike = alike or sum(each.name == path.name for each in self.paths) > 1
            place = library.place(file) if library and file else str(path)
            self._told_apart = (path, place if alike else "")
        return self._told_apart[1]

    def next_theme(self) -> str:
        self.theme = (
            self.themes[(self.themes.index(self.theme) + 1) % len(self.themes)] if self.theme in self.themes else self.themes[0]
        )
        return self.theme


def _collect() -> None:
    """Exempt what was loaded from garbage collection, which runs again from here on."""
    gc.freeze()
    gc.enable()
