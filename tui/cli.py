"""The door: a function a command. Its docstring is its help; only `read` imports the reader, and Textual with it.

Data goes to stdout, words about it to stderr. Exit codes: 0 done, 1 problems found, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from tui import __version__
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any, NoReturn

    from tui.library.shelves import Library
    from tui.library.state import State
    from tui.reader.first_words import FirstWords
    from tui.settings import Settings

DONE, PROBLEMS, WRONG = 0, 1, 2
QUICK = 300_000
"""Bytes of a briefing whose first words are sooner there than the reader."""


class Wrong(Exception):
    """Wrong use or unreadable input, in one line; ends the program with exit code 2."""


def command() -> None:
    """The program `readout`: `main`, but that a short command does not wait for the interpreter to be taken apart, nor for
    garbage to be looked for while modules load (20-30 ms)."""
    words = sys.argv[1:]
    if words[:1] == ["read"] or not _named(words):
        sys.exit(main(words))
    import gc

    gc.set_threshold(50_000)
    try:
        code: Any = main(words)
    except SystemExit as end:  # argparse's way to end
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # main has said what could not be written
            stream.flush()
    os._exit(code if isinstance(code, int) else DONE)


def _named(words: Sequence[str]) -> bool:
    return bool(words) and (words[0] in COMMANDS or words[0] in ("-h", "--help", "--version"))


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        words = words if _named(words) else ["read", *words]
        if words[0] == "read" and not any(word.startswith("-") for word in words):
            return read(Paths(words[1:]))
        options = _parser(words[0]).parse_args(words)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except Wrong as wrong:
        _say(str(wrong))
        return WRONG
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        return DONE
    except KeyboardInterrupt:
        return 130


def _say(line: str) -> None:
    from tui.briefing.problem import printable

    _tell(f"readout: {printable(line)}\n")


def _tell(words: str) -> None:
    """To stderr; nobody listening there is no reason to stop."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(words)


def _put(text: str) -> None:
    """To stdout, all of it, in the encoding that is set for it; what that has not is written as JSON's escapes, which are no
    loss there and can be read elsewhere. Raises Wrong where it cannot be written, and BrokenPipeError."""
    if sys.stdout is None:
        raise Wrong("there is no standard output to write to")
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        import json

        encoding = sys.stdout.encoding
        text = text.translate({ord(each): json.dumps(each)[1:-1] for each in set(text) if not each.encode(encoding, "ignore")})
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still held back has nowhere to go
        if isinstance(error, BrokenPipeError):
            raise
        raise Wrong(f"standard output cannot be written: {(error.strerror or str(error)).lower()}") from None


# -- reading ------------------------------------------------------------------------------------------------------------


class Paths(NamedTuple):
    """The arguments of `read` where all of them are paths."""

    path: Sequence[str]
    theme: str = ""
    no_mouse: bool = False
    kiosk: bool = False
    reader: str = ""
    plain: bool = False


def read(options: argparse.Namespace | Paths) -> int:
    """Open the reader on briefings or raw articles; of folders, the shelf with all that is in them; with none named, the shelf
    of the folders of settings.toml, else of the bundled library."""
    if options.plain:
        return _plain(options)
    instead = "readout --plain reads in lines, readout export FILE writes text"
    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__)):
        raise Wrong(f"the reader needs a terminal; {instead}")
    if os.environ.get("TERM", "dumb") in ("dumb", ""):
        raise Wrong(f"TERM=dumb cannot show the reader; {instead}")
    import gc

    gc.disable()  # until the first frame: collecting while modules load costs 20-90 ms
    from tui import settings
    from tui.reader import terminal

    kiosk = _kiosk(options)
    chosen, problems = (settings.Settings(), []) if kiosk else settings.load()
    named = options.path or [str(folder) for folder in chosen.folders] or [str(settings.bundled() / "briefings")]
    shelved = any(_is_folder(name) for name in named)
    if shelved:
        library = _library(named)
        found, item = list[Path](), ""
        roots = tuple(path for path in library if path.is_dir())
    else:
        found, roots, item = _to_read(options, chosen)
        library = _library(options.path) if kiosk else _around(found[0], chosen)
    if not terminal.of().colours:
        os.environ["NO_COLOR"] = "1"  # what colour would say, weight and line are to say
    state = kiosk or settings.state_folder() / "state.db"
    words = _first_words(found, roots, options.theme or chosen.theme, item, state) if found else None
    os.environ.setdefault("TEXTUAL_FPS", "1000")  # a frame is drawn when there is cause, not when the next of 60 ticks comes
    os.environ.setdefault("ESCDELAY", "350")  # an escape sequence that a slow line tears apart is still one key
    try:
        from tui.reader.spared import spared

        with spared():
            from tui.reader.app import ReaderApp
        from tui.reader.keys import keymap

        keys, clashes = keymap(chosen) if chosen.keys else ({}, [])
        said = [*problems, *clashes]
        app = ReaderApp(
            found, roots, theme=options.theme or chosen.theme, said=said, at=item, keys=keys, words=words, kiosk=kiosk,
            library=lambda kept: _shelf(library, kept, chosen, bool(kiosk)),
        )  # fmt: skip
    except BaseException:
        if words:
            words.give_back()
        raise
    app.run(mouse=chosen.mouse and not options.no_mouse)
    return app.return_code or DONE


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _around(path: Path, chosen: Settings) -> list[Path]:
    """The library that a briefing opened by itself belongs to: the folders of settings.toml, else the one that it lies in."""
    from tui.briefing.files import library_of

    folder = path.resolve().parent
    return [each.resolve() for each in chosen.folders if each.is_dir()] or [library_of(folder) or folder]


def _shelf(roots: Sequence[Path], kept: State, chosen: Settings, kiosk: bool) -> Library:
    """What the shelf shows. At a shared reading account its index is kept in memory: nothing is written there but marks and
    notes."""
    from tui import settings
    from tui.library.charter import charter
    from tui.library.index import Index
    from tui.library.shelves import Library

    said, problems = charter(roots)
    return Library(Index(None if kiosk else settings.cache_folder(), roots), kept, said, chosen.searches, problems)


def _to_read(options: argparse.Namespace | Paths, chosen: Settings) -> tuple[list[Path], tuple[Path, ...], str]:
    """The files to read, the folders named, as roots, and the item to begin at."""
    from tui import settings

    paths = options.path or [str(folder) for folder in chosen.folders] or [str(settings.bundled() / "briefings")]
    paths, item = _at_item(paths)
    found, roots = _briefings(paths)
    if not found:
        raise Wrong(f"there is no briefing in {', '.join(map(str, paths))}; readout new SOURCE begins one")
    return found, roots, item


def _plain(options: argparse.Namespace | Paths) -> int:
    """The reader in lines, on any input and output."""
    if sys.stdin is None:
        raise Wrong("there is no standard input to read commands from")
    from tui import settings
    from tui.reader import plain
    from tui.reader.conversation import Conversation
    from tui.reader.loading import load

    chosen, problems = (settings.Settings(), []) if _kiosk(options) else settings.load()
    found, roots, item = _to_read(options, chosen)
    for problem in problems:
        _say(str(problem))
    reading = load(found[0], roots)
    if not reading.parsed.readable:
        raise Wrong(str(reading.parsed.problems[0]))
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = min(plain.MOST, max(plain.LEAST, _columns())) if on_terminal else 0
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    prompt = "> " if on_terminal and sys.stdin.isatty() else ""
    if reading.anchors is None and prompt:
        _say("looking for the words in their sources")  # takes seconds, of a large briefing
    plain.converse(Conversation(found, roots, reading), item, sys.stdin, _put, width, prompt)
    return DONE


def _kiosk(options: argparse.Namespace | Paths) -> Path | None:
    """Where the marks and notes of a shared account's reader are kept; None where this is none. What the environment could
    change of how Readout works is left out of it."""
    if not options.kiosk:
        if options.reader:
            raise Wrong("--as names the reader of a shared account; it goes with --kiosk")
        return None
    import re

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", options.reader or ""):
        raise Wrong("--kiosk needs --as NAME, of letters, digits and . _ -: whose marks and notes these are")
    if not options.path:
        raise Wrong("--kiosk needs a PATH: what may be read")
    for name in list(os.environ):
        if name.startswith(("TEXTUAL", "PYTHON", "READOUT")) or name in ("EDITOR", "VISUAL", "PAGER", "ESCDELAY"):
            del os.environ[name]
    from tui.settings import state_folder

    return state_folder() / "kiosk" / f"{options.reader}.db"


def _first_words(found: Sequence[Path], roots: Sequence[Path], theme: str, item: str, store: Path) -> FirstWords | None:
    """What is certain of the first briefing's screen, on the terminal; None where that is nothing, or not quick to tell."""
    from tui.briefing.files import Unreadable, means_briefing, read_text
    from tui.briefing.proof import open_briefing

    try:
        if item or found[0].stat().st_size > QUICK:
            return None
        reading = open_briefing(found[0], roots) if means_briefing(read_text(found[0])) else None
    except (Unreadable, OSError):
        return None
    if not reading or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from tui.reader import first_words
    from tui.reader.opening import DEFAULT_THEME

    place: dict[str, Any] = {}
    if store.exists():
        from tui.library.state import State

        place = State(store).last_place(found[0])
    return first_words.show(reading, theme or DEFAULT_THEME, 0, len(found), place)


def _at_item(paths: Sequence[str]) -> tuple[list[str], str]:
    """The paths without `#item`, those that have one first, and the first one's item. A file whose own name has a # is
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
    try:
        return bool(name) and Path(name).exists()
    except (OSError, ValueError):
        return False


def _briefings(paths: Sequence[str]) -> tuple[list[Path], tuple[Path, ...]]:
    """The files that the paths name, folders searched for briefings, and the folders named, as roots."""
    from tui.briefing.files import briefings_in

    found: list[Path] = []
    roots: list[Path] = []
    for name in paths:
        path = Path(name)
        try:
            folder = path.is_dir()
            if not folder and not path.exists():
                raise Wrong(f"{name}: there is no such file or folder")
        except (OSError, ValueError) as error:
            raise Wrong(f"{name!r}: {error}") from None
        if folder:
            roots.append(path.resolve())
            found += briefings_in(path)
        else:
            found.append(path)
    return list(dict.fromkeys(found)), tuple(roots)


# -- check --------------------------------------------------------------------------------------------------------------


def check(options: argparse.Namespace) -> int:
    """Check briefings, or all in a folder: syntax, links, dates, and that every quote and event stands in its source.
    Ends with 1 where there is an error (with --strict, a warning)."""
    from tui.briefing import check as checking
    from tui.briefing.files import Unreadable
    from tui.briefing.problem import Problem
    from tui.briefing.proof import Reading, open_briefing, prove
    from tui.briefing.report import REPORTS

    if options.explain:
        rule = next((rule for rule in checking.RULES if checking.name(rule) == options.explain), None)
        if not rule:
            raise Wrong(f"there is no rule {options.explain}; they are {', '.join(map(checking.name, checking.RULES))}")
        _put(f"{checking.name(rule)}: {checking.explain(rule)}\n")
        return DONE
    if not options.path:
        raise Wrong("check needs a briefing or a folder; readout check --help")
    paths, roots = _briefings(options.path)
    if not paths:
        raise Wrong(f"there is no briefing in {', '.join(options.path)}")
    problems: list[Problem] = []
    unread = 0
    names = {path.resolve(): path for path in paths}

    @lru_cache(64)  # of a small library, each is read once; of a large one, not all are held
    def opened(path: Path) -> Reading:
        return open_briefing(names.get(path, path), roots)

    for path in paths:
        try:
            real = path.resolve()
            reading = opened(real) if names[real] is path else open_briefing(path, roots)  # one file by two names
            problems += checking.check(prove(reading), opened)
        except Unreadable as refusal:
            unread += 1
            problems.append(Problem("syntax", "error", refusal.message, refusal.hint, str(path)))
    _put(REPORTS[options.format](problems))
    counts = [(sum(problem.severity == kind for problem in problems), kind) for kind in ("error", "warning", "note")]
    said = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for number, kind in counts if number) or "no problems"
    read = len(paths) - unread
    tail = f"; {unread} file{'' if unread == 1 else 's'} could not be read" if unread else ""
    _say(f"{read} briefing{'' if read == 1 else 's'}: {said}{tail}")
    bad = counts[0][0] or (options.strict and counts[1][0])
    return WRONG if unread else PROBLEMS if bad else DONE


# -- export -------------------------------------------------------------------------------------------------------------


def export(options: argparse.Namespace) -> int:
    """Write a briefing as linear text (for pipes, paper and screen readers), Markdown, JSON or CSV."""
    import shutil

    from tui.briefing.export import FORMATS, Options
    from tui.briefing.files import Unreadable
    from tui.briefing.proof import open_briefing, prove

    try:
        reading = open_briefing(Path(options.file))
    except Unreadable as refusal:
        raise Wrong(f"{options.file}: {refusal.message}; {refusal.hint}") from None
    if not reading.parsed.readable:
        raise Wrong(str(reading.parsed.problems[0]))
    reading = prove(reading)
    width = shutil.get_terminal_size((80, 24)).columns if options.width is None else options.width
    text = FORMATS[options.format](reading, Options(min(width, 100) if options.width is None else width, options.table))
    if options.output:
        save(Path(options.output), text, force=options.force)
        _say(f"{options.output}: written, {len(text):,} characters")
    else:
        _put(text)
    _, fine = reading.proof()
    if not fine or any(problem.severity != "note" for problem in reading.parsed.problems):
        _say(f"{options.file} has problems; readout check {options.file} lists them")
    return DONE


def save(path: Path, text: str | bytes, *, force: bool = False, mode: int | None = None) -> None:
    """Write a file whole or not at all. Raises Wrong where one is there already and `force` is not set, and where it cannot
    be written."""
    from tui.briefing import files

    try:
        files.save(path, text, force=force, mode=mode)
    except FileExistsError:
        raise Wrong(f"{path} is there already; --force overwrites it") from None
    except files.Unwritten as error:
        raise Wrong(str(error)) from None


# -- new, stamp ---------------------------------------------------------------------------------------------------------


def new(options: argparse.Namespace) -> int:
    """Begin a briefing: print (or write with -o) an empty one with its sources filled in and stamped."""
    from tui.briefing.document import Briefing, Source
    from tui.briefing.files import Unreadable, name_for, read_source
    from tui.briefing.write import write

    output = Path(options.output) if options.output else Path("briefing.md")
    sources = []
    for number, name in enumerate(options.source, 1):
        path = Path(name)
        try:
            read = read_source(path)
        except Unreadable as refusal:
            raise Wrong(f"{name}: {refusal.message}; {refusal.hint}") from None
        if read.lossy:
            raise Wrong(f"{name}: {read.lossy.message}; {read.lossy.hint}")
        relative, outside = name_for(output, path)
        if outside:
            _say(f"{name}: {outside.message}; {outside.hint}")
        sources.append(Source(id=f"s{number}", path=relative, sha256=read.sha256))
    title = options.title or f"Briefing on {', '.join(Path(name).stem for name in options.source)}"
    if not "".join((title, *(source.path for source in sources))).isascii():
        try:
            "".join((title, *(source.path for source in sources))).encode()
        except UnicodeEncodeError:
            raise Wrong("a name that is no UTF-8 cannot be written into a briefing; rename the source or its folder") from None
    from datetime import date

    text = write(Briefing(title=title, date=date.today().isoformat(), sources=tuple(sources)))
    if options.output:
        save(output, text, force=options.force)
        _say(f"{output}: written; readout stamp brings its sha256 up to date when a source changes")
    else:
        _put(text)
    return DONE


# -- draft --------------------------------------------------------------------------------------------------------------


def draft(options: argparse.Namespace) -> int:
    """Draft a briefing from a raw article, transcript or statement: print it (or write it with -o, never over a file), every
    quote and event anchored in the source. Of a folder, draft every text in it."""
    from tui.drafting import command

    try:
        return command.run(options, put=_put, say=_say)
    except command.Refused as refusal:
        raise Wrong(str(refusal)) from None


def stamp(options: argparse.Namespace) -> int:
    """Write the sha256 of every source into a briefing, and change nothing else in it."""
    from tui.briefing.files import SourceText, Unreadable
    from tui.briefing.proof import open_briefing, read_sources
    from tui.briefing.write import stamped

    for name in options.file:
        path = Path(name)
        try:
            reading = read_sources(open_briefing(path))
        except Unreadable as refusal:
            raise Wrong(f"{name}: {refusal.message}; {refusal.hint}") from None
        broken = next((problem for problem in reading.parsed.problems if problem.severity == "error"), None)
        if broken:
            raise Wrong(str(broken))
        for source in reading.briefing.sources:
            read = reading.sources[source.id]
            refusal_ = read.lossy if isinstance(read, SourceText) else read
            if refusal_:
                raise Wrong(f"{name}: source {source.id}: {refusal_.message}; {refusal_.hint}")
        hashes = {id: read.sha256 for id, read in reading.sources.items() if isinstance(read, SourceText)}
        changed = [source.id for source in reading.briefing.sources if source.sha256 != hashes[source.id]]
        if changed:
            try:
                data = stamped(path.read_bytes(), hashes)
            except (ValueError, OSError) as error:
                raise Wrong(f"{name}: {error}") from None
            save(path.resolve(), data, force=True, mode=path.stat().st_mode & 0o7777)
        _say(f"{name}: {'stamped ' + ', '.join(changed) if changed else 'up to date'}")
    return DONE


# -- search -------------------------------------------------------------------------------------------------------------


def search(options: argparse.Namespace) -> int:
    """Search all briefings of a library, and their sources: words, "phrases", -not, OR, treas*, and fields such as
    speaker:petro after:2025-11 in:quotes (docs/library.md). The newest first."""
    from tui import settings
    from tui.library import command
    from tui.library.index import Index
    from tui.library.state import Unkept

    index = Index(settings.cache_folder(), _library(options.path))
    try:
        return command.run(options, index, settings.state_folder() / "state.db", put=_put, say=_say)
    except (command.Refused, Unkept) as refusal:
        raise Wrong(str(refusal)) from None


def _library(paths: Sequence[str]) -> list[Path]:
    """The folders and files that a library is, as real paths: those named, else those of settings.toml, else the bundled."""
    from tui import settings

    if not paths:
        chosen, problems = settings.load()
        for problem in problems:
            _say(str(problem))
        paths = [str(folder) for folder in chosen.folders] or [str(settings.bundled() / "briefings")]
    found = []
    for name in paths:
        try:
            found.append(Path(name).resolve(strict=True))
        except (OSError, ValueError, RuntimeError):
            hint = "put a query of several words in quotation marks"
            raise Wrong(f"{name}: there is no such file or folder; {hint}") from None
    return list(dict.fromkeys(found))


# -- notes ---------------------------------------------------------------------------------------------------------------


def notes(options: argparse.Namespace) -> int:
    """List your notes and bookmarks, all or those of the briefings and folders named, and whether what they were made on is
    still there. Ends with 1 where something is not."""
    from tui.library.listing import FORMS, entries
    from tui.library.state import Kept, State, Unkept
    from tui.settings import state_folder

    state = State(state_folder() / "state.db")
    try:
        kept: list[Kept] = [*state.notes(), *state.marks()]
    except Unkept as refusal:
        raise Wrong(str(refusal)) from None
    finally:
        state.close()
    if options.path:
        try:
            below = [Path(name).resolve() for name in options.path]
        except (OSError, ValueError, RuntimeError) as error:
            raise Wrong(str(error)) from None
        kept = [each for each in kept if any(each.briefing.is_relative_to(path) for path in below)]
    found = list(entries(kept))
    _put(FORMS[options.format](found))
    counts = [(sum(each.kind == kind for each in found), kind) for kind in ("note", "bookmark")]
    _say(", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for number, kind in counts))
    return PROBLEMS if any(each.doubt for each in found) else DONE


# -- keys, themes --------------------------------------------------------------------------------------------------------


def keys(options: argparse.Namespace) -> int:
    """List the keys as your settings have them, with the ids that settings.toml knows them by."""
    from tui import settings
    from tui.reader.keys import keymap, table

    chosen, problems = settings.load()
    changed, clashes = keymap(chosen)
    rows = list(table(changed))
    if options.format == "json":
        import json

        _put(json.dumps([row._asdict() | {"keys": row.keys.split()} for row in rows], indent=2) + "\n")
    elif options.format == "markdown":
        cells = ((row.keys.replace("|", "\\|"), row.words, row.where, row.id) for row in rows)
        lines = (f"| `{keys}` | {words} | {where} | `{id}` |\n" for keys, words, where, id in cells)
        _put("| keys | what they do | where | id |\n|---|---|---|---|\n" + "".join(lines))
    else:
        widths = [max(map(len, column)) for column in zip(*((row.keys, row.id, row.where) for row in rows))]
        lines = (f"{row.keys:{widths[0]}}  {row.id:{widths[1]}}  {row.where:{widths[2]}}  {row.words}\n" for row in rows)
        _put("".join(lines))
    for problem in (*problems, *clashes):
        _say(str(problem))
    return PROBLEMS if problems or clashes else DONE


def themes(options: argparse.Namespace) -> int:
    """List the themes, the bundled ones and those of the config folder, and what is wrong with any of them."""
    from tui.reader import themes as known

    loaded, failed = known.load()
    _put("".join(f"{theme.name}\t{theme.words}\n" for theme in loaded))
    for problem in failed:
        _say(str(problem))
    return PROBLEMS if failed else DONE


# -- doctor --------------------------------------------------------------------------------------------------------------


def doctor(options: argparse.Namespace) -> int:
    """Say what is slow or missing here: byte code, colours, UTF-8, the clipboard, tmux's settings, where notes are kept. Ends
    with 1 where something wants a look."""
    from tui.briefing.problem import printable
    from tui.doctor import findings

    found = findings()
    if options.format == "json":
        import json

        _put(json.dumps([finding._asdict() for finding in found], indent=2) + "\n")
    else:
        _put("".join(f"{printable(str(finding))}\n" for finding in found))
    return DONE if all(finding.well for finding in found) else PROBLEMS


# -- the table ----------------------------------------------------------------------------------------------------------


def _read_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="*", metavar="PATH", help="a briefing (FILE#ITEM at one of its items), a folder, an article"
    )
    parser.add_argument("--theme", metavar="NAME", help="one of readout themes")
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument("--plain", action="store_true", help="in lines, for screen readers, braille displays and slow lines")
    parser.add_argument("--kiosk", action="store_true", help="for a shared reading account: nothing but reading (docs/ssh.md)")
    parser.add_argument("--as", dest="reader", metavar="NAME", help="with --kiosk: whose marks and notes these are")


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="*", metavar="PATH", help="a briefing or a folder of them")
    parser.add_argument("--format", choices=("text", "json", "github", "sarif"), default="text", help="default: text")
    parser.add_argument("--strict", action="store_true", help="warnings end with 1 too")
    parser.add_argument("--explain", metavar="RULE", help="say what a rule is for, and end")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--format", choices=("text", "markdown", "json", "csv"), default="text", help="default: text")
    parser.add_argument("--width", type=int, help="columns of the text form, 0 for lines without end")
    parser.add_argument("--table", choices=("quotes", "events"), default="quotes", help="what the CSV form holds")
    _output_arguments(parser)


def _output_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to stdout")
    parser.add_argument("--force", action="store_true", help="overwrite FILE")


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE")
    parser.add_argument("--title")
    _output_arguments(parser)


def _draft_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", metavar="ARTICLE", help="a text, Markdown or HTML file, or a folder of them")
    parser.add_argument(
        "--published", metavar="DATE", default="", help="when it was published (EDTF): dates are counted from it"
    )
    parser.add_argument("--title", default="")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write there, never over a file; of a folder, the folder to write to"
    )
    parser.add_argument("--format", choices=("toml", "json"), default="toml", help="default: toml, a briefing file")
    parser.add_argument("--keep", metavar="FILE", help="an earlier draft, reviewed: its items and ids are kept")
    parser.add_argument("--why", action="store_true", help="list the marked words that are no quotes, each with the reason")
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="of a folder: so many at once (default: one a processor)"
    )


def _stamp_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="+", metavar="FILE")


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="in quotation marks where it has several words")
    parser.add_argument("path", nargs="*", metavar="PATH", help="the library; default: the folders of settings.toml")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="default: text")
    parser.add_argument("--refresh", action="store_true", help="bring the index up to date first")
    parser.add_argument("--best", action="store_true", help="the best first, by rank")
    parser.add_argument("--limit", type=int, metavar="N", help="so many at the most; 0 for all (text: 100)")


def _notes_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="*", metavar="PATH", help="a briefing or a folder of them; all without")
    _form_argument(parser)


def _form_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="default: text")


def _doctor_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    pass


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], Callable[[argparse.ArgumentParser], None]]] = {
    "read": (read, _read_arguments),
    "check": (check, _check_arguments),
    "export": (export, _export_arguments),
    "new": (new, _new_arguments),
    "draft": (draft, _draft_arguments),
    "search": (search, _search_arguments),
    "stamp": (stamp, _stamp_arguments),
    "notes": (notes, _notes_arguments),
    "keys": (keys, _form_argument),
    "themes": (themes, _no_arguments),
    "doctor": (doctor, _doctor_arguments),
}


def _columns() -> int:
    set_by_hand = os.environ.get("COLUMNS", "")
    if set_by_hand.isdecimal() and int(set_by_hand):
        return int(set_by_hand)
    with contextlib.suppress(OSError, ValueError):
        return os.get_terminal_size().columns or 80
    return 80


def _parser(command: str = "") -> argparse.ArgumentParser:
    """Of one command alone, where it is known which. argparse, 10 ms to load, is loaded here, and not for plain paths."""
    import argparse

    from tui.briefing.problem import printable

    class Parser(argparse.ArgumentParser):
        """One whose words reach the terminal as all others do."""

        def __init__(self, **settings: Any) -> None:
            # Left to itself, the formatter imports shutil to ask for the width.
            width = _columns() - 2
            super().__init__(**settings, formatter_class=lambda prog: argparse.HelpFormatter(prog, width=width))

        def error(self, message: str) -> NoReturn:
            _tell(self.format_usage())
            _tell(f"{self.prog}: error: {printable(message)}\n")
            sys.exit(WRONG)

        def _print_message(self, message: str, file: Any = None) -> None:
            _put(message)  # help and version; `error` has its own way

    parser = Parser(
        prog="readout",
        description="A terminal reader for briefings. readout PATH… is short for readout read PATH….",
        epilog="Exit codes: 0 done, 1 problems found, 2 wrong use or unreadable input.",
    )
    parser.add_argument("--version", action="version", version=f"readout {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in [command] if command in COMMANDS else COMMANDS:
        run, arguments = COMMANDS[name]
        words = " ".join((run.__doc__ or "").split())
        each = commands.add_parser(name, help=words, description=words)
        arguments(each)
        each.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    command()
