"""`readout PATH…`: what is named is found, what is certain of its first screen is shown, and the reader is loaded and run; with
--plain, the reader in lines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tui import settings
from tui.briefing.files import briefings_named, real, spelled, there, unread
from tui.briefing.problem import Problem, Refused
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from tui.library.shelves import Library
    from tui.library.state import State
    from tui.reader.terminal.first_words import FirstWords

QUICK = 300_000
"""Bytes of a briefing whose first words are sooner there than the reader."""


WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""Set by textual-serve, which has no terminal."""


class Paths(NamedTuple):
    """The arguments of `read` where all of them are paths."""

    path: Sequence[str]
    theme: str = ""
    no_mouse: bool = False
    kiosk: bool = False
    reader: str = ""
    plain: bool = False


def run(options: Namespace | Paths, put: Callable[[str], None], say: Callable[[str], None]) -> int:
    """Open what the paths hold. Raises Refused. `put` takes what goes to stdout, `say` a line for stderr; only plain
    mode uses them."""
    if options.plain:
        if options.theme or options.no_mouse:
            option = "--theme" if options.theme else "--no-mouse"
            raise Refused(f"{option} would have no effect: --plain has no colours and no mouse")
        return _plain(options, put, say)
    _need_terminal()
    import gc

    gc.disable()  # until the first frame: collecting while modules load costs 20-90 ms
    from tui.reader.terminal import capabilities as terminal

    kiosk = _kiosk(options)
    chosen, problems = (settings.Settings(), []) if kiosk else settings.load()
    named = settings.named(options.path, chosen)
    paths, item = _at_item(named)
    if any(map(_is_folder, paths)):
        library = settings.library(paths)
        found = [spelled(name) for name in paths if not _is_folder(name)] if item else []
        roots = tuple(path for path in library if there(path) == "folder")
    else:
        found, roots, item = _to_read(named)
        library = settings.library(paths) if kiosk else _around(found[0], chosen)
    _own_environment()
    if not terminal.of().colours:
        os.environ["NO_COLOR"] = "1"  # what colour would say, weight and line are to say
    state = kiosk or settings.state_folder() / "state.db"
    words = _first_words(found, roots, options.theme or chosen.theme, item, state) if found else None
    os.environ["TEXTUAL_FPS"] = "1000"  # a frame is drawn when there is cause, not when the next of 60 ticks comes
    os.environ.setdefault("ESCDELAY", "350")  # an escape sequence that a slow line tears apart is still one key
    try:
        from tui.reader.terminal.spared import spared

        with spared():
            from tui.reader import failing
            from tui.reader.app import ReaderApp
        keys, clashes = _keys(chosen)
        said = [*problems, *clashes]
        app = ReaderApp(
            found, roots, theme=options.theme or chosen.theme, said=said, at=item, keys=keys, words=words, kiosk=kiosk,
            library=lambda kept: _shelf(library, kept, chosen, bool(kiosk)),
        )  # fmt: skip
    except BaseException:
        if words:
            words.give_back()
        raise
    try:
        app.run(mouse=chosen.mouse and not options.no_mouse)
    except Exception as error:  # before it could be handled
        app.fail(error)
    if app.unsaved:
        say(app.unsaved)
    if app.failure:
        say(app.failure)
        return failing.CODE
    return app.return_code or 0


def _need_terminal() -> None:
    """Raise Refused where there is no terminal that can show the reader."""
    instead = "readout --plain reads in lines, readout export FILE writes text"
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__)):
        raise Refused(f"the reader needs a terminal; {instead}")
    if os.environ.get("TERM", "dumb") in ("dumb", ""):
        raise Refused(f"TERM=dumb cannot show the reader; {instead}")


def _keys(chosen: settings.Settings) -> tuple[dict[str, str], list[Problem]]:
    """Return the keys that the person has set, and what is wrong with them. The shelf is loaded only if there are any."""
    if not chosen.keys:
        return {}, []
    from tui.reader.all_keys import bound
    from tui.reader.keys.keymap import keymap

    return keymap(chosen, list(bound()))


def _own_environment() -> None:
    """Take out of the environment what would have Textual or Rich size, colour or drive the screen otherwise than the terminal
    and the settings say: COLUMNS and LINES stay as they were at a login, and a value that Textual cannot read ends it."""
    for name in list(os.environ):
        web = name == "TEXTUAL_DRIVER" and os.environ[name] == WEB_DRIVER
        if name in ("COLUMNS", "LINES", "UNICODE_VERSION", "FORCE_COLOR") or (name.startswith("TEXTUAL_") and not web):
            del os.environ[name]


def _is_folder(name: str) -> bool:
    return there(spelled(name)) == "folder"


def _around(path: Path, chosen: settings.Settings) -> list[Path]:
    """Return the library that a briefing opened by itself belongs to: the folders of settings.toml, else its own."""
    from tui.briefing.files import library_of

    folder = real(path).parent
    return [real(each) for each in chosen.folders if there(each) == "folder"] or [library_of(folder) or folder]


def _shelf(roots: Sequence[Path], kept: State, chosen: settings.Settings, kiosk: bool) -> Library:
    """Make what the shelf shows. At a shared reading account its index is in memory: only notes are written there."""
    from tui.library.charter import charter
    from tui.library.index import Index
    from tui.library.shelves import Library

    said, problems = charter(roots)
    return Library(Index(None if kiosk else settings.cache_folder(), roots), kept, said, chosen.searches, problems)


def _to_read(named: Sequence[str], shut: list[str] | None = None) -> tuple[list[Path], tuple[Path, ...], str]:
    """Return the files to read, the folders named (as roots), and the item to begin at. Unreadable folders are added
    to `shut`. Raises Refused."""
    paths, item = _at_item(named)
    shut = [] if shut is None else shut
    found, roots = briefings_named(paths, shut=shut)
    if not found:
        raise Refused(f"there is no briefing in {', '.join(paths)}; {unread(shut) or 'readout new SOURCE begins one'}")
    return found, roots, item


def _plain(options: Namespace | Paths, put: Callable[[str], None], say: Callable[[str], None]) -> int:
    """Read in plain mode, on any input and output."""
    if sys.stdin is None:
        raise Refused("there is no standard input to read commands from")
    import io
    import shutil

    from tui.reader.loading import load
    from tui.reader.plain import lines as plain
    from tui.reader.plain.conversation import Conversation

    chosen, problems = (settings.Settings(), []) if _kiosk(options) else settings.load()
    shut: list[str] = []
    found, roots, item = _to_read(settings.named(options.path, chosen), shut)
    for problem in problems:
        say(str(problem))
    if shut:
        say(unread(shut))
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if on_terminal and load(found[0], roots, later=True).waiting:
        say(f"reading {found[0].name}")  # takes seconds, of a long document
    reading = load(found[0], roots)
    if not reading.parsed.readable and len(found) == 1:
        raise Refused(str(reading.parsed.problems[0]))
    columns = shutil.get_terminal_size().columns
    width = min(plain.MOST, max(plain.LEAST, columns)) if on_terminal else 0
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    prompt = "> " if on_terminal and sys.stdin.isatty() else ""
    if reading.anchors is None and prompt:
        say("looking for the words in their sources")  # takes seconds, of a large briefing
    plain.converse(Conversation(found, roots, reading), item, sys.stdin, put, width, prompt)
    return 0


def _kiosk(options: Namespace | Paths) -> Path | None:
    """Return where the notes of a shared account's reader are saved; None for any other reader."""
    if not options.kiosk:
        if options.reader:
            raise Refused("--as names the reader of a shared account; it goes with --kiosk")
        return None
    import re

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", options.reader or ""):
        raise Refused("--kiosk needs --as NAME, of letters, digits and . _ -: whose marks and notes these are")
    if not options.path:
        raise Refused("--kiosk needs a PATH: what may be read")
    return settings.state_folder() / "kiosk" / f"{options.reader}.db"


def _first_words(found: Sequence[Path], roots: Sequence[Path], theme: str, item: str, store: Path) -> FirstWords | None:
    """Draw what is certain of the first briefing's screen. None if nothing is, or if it takes too long to tell."""
    from tui.briefing.files import Unreadable, means_briefing, read_text
    from tui.briefing.proof import open_briefing

    try:
        if item or found[0].stat().st_size > QUICK:
            return None
        reading = open_briefing(found[0], roots) if means_briefing(read_text(found[0])) else None
    except (Unreadable, OSError, ValueError):
        return None
    if not reading or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from tui.reader.drawing.opening import DEFAULT_THEME
    from tui.reader.terminal import first_words

    place: dict[str, Any] = {}
    if there(store):
        from tui.library.state import State

        place = State(store, checks=False).last_place(found[0])
    return first_words.show(reading, theme or DEFAULT_THEME, 0, len(found), place)


def _at_item(paths: Sequence[str]) -> tuple[list[str], str]:
    """Return the paths without `#item` (those with one first) and the first one's item. A file whose name has a # is
    itself."""
    plain: list[str] = []
    at: dict[str, str] = {}
    for name in paths:
        file, mark, item = name.rpartition("#")
        if mark and not _there(name) and _there(file):
            at.setdefault(file, item)
        else:
            plain.append(name)
    return [*at, *plain], next(iter(at.values()), "")


def _there(name: str) -> bool:
    return bool(name) and bool(there(spelled(name)))
