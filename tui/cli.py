"""The door: a function a command. Its docstring is its help; only `read` imports the reader, and Textual with it.

Data goes to stdout, words about it to stderr. Exit codes: 0 done, 1 problems found, 2 wrong use or unreadable input.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tui import __version__
from tui.briefing.problem import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any, NoReturn

    from tui.reader.keys.action import Key


DONE, PROBLEMS, WRONG = 0, 1, 2


def command() -> None:
    """Run the program `readout`: `main`, but a short command does not wait for the interpreter to be taken apart, nor
    for garbage to be looked for while modules load (20-30 ms)."""
    words = sys.argv[1:]
    if "--kiosk" in words:
        from tui import kiosk

        kiosk.start_alone(words)
    elif words[:1] == ["read"] or not _named(words):
        sys.exit(main(words))
    import gc

    gc.set_threshold(1_000_000)
    try:
        code: Any = main(words)
    except SystemExit as end:  # argparse's way to end
        code = end.code
    except Exception as error:
        if "--kiosk" not in words:
            raise
        code = f"stopped after an error of its own ({type(error).__name__})"
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # main has said what could not be written
            stream.flush()
    if isinstance(code, str):
        _say(code)
    os._exit(code if isinstance(code, int) else PROBLEMS if code else DONE)  # no way leads into the interpreter


def _named(words: Sequence[str]) -> bool:
    return bool(words) and (words[0] in COMMANDS or words[0] in ("-h", "--help", "--version"))


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        words = words if _named(words) else ["read", *words]
        if words[0] == "read" and not any(word.startswith("-") for word in words):
            from tui.reader import command

            _refuse_empty(words[1:])
            return command.run(command.Paths(words[1:]), put=_put, say=_say)
        options = _parsed(words)
        for name in ("path", "file", "source", "article", "output", "keep"):
            value = getattr(options, name, None)
            _refuse_empty(value if isinstance(value, list) else [value])
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except Refused as refusal:
        _say(str(refusal))
        return WRONG
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        return DONE
    except KeyboardInterrupt:
        return 130


def _refuse_empty(paths: Sequence[str | None]) -> None:
    """Raise Refused for an empty path, which pathlib takes for the current folder."""
    if "" in paths:
        raise Refused("a path is empty; the current folder is .")


def _say(line: str) -> None:
    from tui.briefing.problem import printable

    _tell(f"readout: {printable(line)}\n")


def _tell(words: str) -> None:
    """Write to stderr. It is no reason to stop if nobody reads it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(words)


def _put(text: str) -> None:
    """Write all of it to stdout, in the encoding that is set for it. Characters that the encoding lacks are written
    as JSON's escapes, which are no loss there and can be read elsewhere. Raises Refused if it cannot be written, and
    BrokenPipeError."""
    if sys.stdout is None:
        raise Refused("there is no standard output to write to")
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
        raise Refused(f"standard output cannot be written: {(error.strerror or str(error)).lower()}") from None


# -- reading ------------------------------------------------------------------------------------------------------------


def read(options: argparse.Namespace) -> int:
    """Open the reader on briefings or raw articles; of folders, the shelf with all that is in them; with none named, the shelf
    of the folders of settings.toml, else of the bundled library."""
    from tui.reader import command

    return command.run(options, put=_put, say=_say)


# -- check --------------------------------------------------------------------------------------------------------------


def check(options: argparse.Namespace) -> int:
    """Check briefings, or all in a folder: syntax, links, dates, and that every quote and event is in its source.
    Ends with 1 where there is an error (with --strict, a warning)."""
    from unicodedata import unidata_version

    from tui.briefing import check as checking
    from tui.briefing.case import Compare, compare_hash
    from tui.briefing.files import Unreadable, briefings_named, real, unread
    from tui.briefing.problem import Problem
    from tui.briefing.proof import Reading, open_briefing, prove
    from tui.briefing.report import REPORTS

    if options.explain is not None:
        return _explain(options)
    if not options.path:
        raise Refused("check needs a briefing or a folder; readout check --help")
    left: list[str] = []
    shut: list[str] = []
    paths, roots = briefings_named(options.path, left, shut)
    links = f"{len(left)} link{'' if len(left) == 1 else 's'} left out: {left[0]} leads outside" if left else ""
    if not paths:
        raise Refused("; ".join(filter(None, (f"there is no briefing in {', '.join(options.path)}", links, unread(shut)))))
    problems: list[Problem] = []
    failed = 0
    names = {real(path): path for path in paths}

    compare: Compare = compare_hash
    if options.originals:
        from tui.documents.source import compare_fresh

        compare = lru_cache(1024)(compare_fresh)

    @lru_cache(64)  # of a small library, each is read once; of a large one, not all are held
    def opened(path: Path) -> Reading:
        return open_briefing(names.get(path, path), roots)

    for path in paths:
        try:
            place = real(path)
            reading = opened(place) if names[place] is path else open_briefing(path, roots)  # one file by two names
            problems += checking.check(prove(reading), opened, compare)
        except Unreadable as refusal:
            failed += 1
            problems.append(refusal.of(path))
    _put(REPORTS[options.format or "text"](problems))
    counts = [(sum(problem.severity == kind for problem in problems), kind) for kind in ("error", "warning", "note")]
    said = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for number, kind in counts if number) or "no problems"
    read = len(paths) - failed
    tail = f"; {failed} file{'' if failed == 1 else 's'} could not be read" if failed else ""
    tail += f"; {unread(shut)}" if shut else ""
    tail += f"; {links}" if links else ""
    if options.format == "json":
        tail += f"; Unicode {unidata_version}"
    _say(f"{read} briefing{'' if read == 1 else 's'}: {said}{tail}")
    bad = counts[0][0] or (options.strict and counts[1][0])
    return WRONG if failed or shut else PROBLEMS if bad else DONE


def _explain(options: argparse.Namespace) -> int:
    """Print what a rule of the checker is about."""
    from tui.briefing import check as checking

    given_too = (options.path, options.format, options.strict, options.originals)
    for option, given in zip(("PATH", "--format", "--strict", "--originals"), given_too):
        _refuse_unused(option, given, "--explain describes a rule and checks nothing")
    rule = next((rule for rule in checking.RULES if checking.name(rule) == options.explain), None)
    if not rule:
        raise Refused(f"there is no rule {options.explain}; they are {', '.join(map(checking.name, checking.RULES))}")
    _put(f"{checking.name(rule)}: {checking.explain(rule)}\n")
    return DONE


# -- export -------------------------------------------------------------------------------------------------------------


def export(options: argparse.Namespace) -> int:
    """Write a briefing as linear text (for pipes, paper and screen readers), Markdown, JSON or CSV."""
    import shutil

    from tui.briefing.export import CSV_TABLES, FORMATS, SUFFIXES, Options
    from tui.briefing.files import SourceText, Unreadable, form_for, spelled
    from tui.briefing.proof import open_briefing, prove

    form = form_for(options.output, options.format, SUFFIXES, "text")
    _refuse_unused("--table", options.table and form != "csv", "it is for the CSV form; add --format csv")
    _refuse_unused("--width", options.width is not None and form != "text", "only the text form has columns")
    _refuse_unused("--force", options.force and not options.output, "there is no -o FILE to overwrite")
    try:
        reading = open_briefing(spelled(options.file))
    except Unreadable as refusal:
        raise Refused(f"{options.file}: {refusal.message}; {refusal.hint}") from None
    if not reading.parsed.readable:
        raise Refused(str(reading.parsed.problems[0]))
    reading = prove(reading)
    width = shutil.get_terminal_size((80, 24)).columns if options.width is None else options.width
    text = FORMATS[form](reading, Options(min(width, 100) if options.width is None else width, options.table or CSV_TABLES[0]))
    if options.output:
        used = (reading.path, *(read.path for read in reading.sources.values() if isinstance(read, SourceText)))
        save(Path(options.output), text, force=options.force, used=used)
        _say(f"{options.output}: written, {len(text):,} characters")
    else:
        _put(text)
    _, fine = reading.proof()
    if not fine or any(problem.severity != "note" for problem in reading.parsed.problems):
        _say(f"{options.file} has problems; readout check {options.file} lists them")
    return DONE


def _refuse_unused(option: str, given: object, why: str) -> None:
    """Raise Refused if an option is given that would be ignored."""
    if given:
        raise Refused(f"{option} would have no effect: {why}")


def save(
    path: Path, text: str | bytes, *, force: bool = False, mode: int | None = None, used: Iterable[Path] = ()
) -> None:
    """Write a file whole or not at all. Raises Refused if it is one of those `used` to make the text, by whatever name, if one
    is there already and `force` is not set, and if it cannot be written."""
    from tui.briefing import files

    files.refuse_own_input(path, used)
    try:
        files.save(path, text, force=force, mode=mode)
    except FileExistsError:
        raise Refused(f"{path} is there already; --force overwrites it") from None
    except files.Unwritten as error:
        raise Refused(str(error)) from None


# -- new, stamp ---------------------------------------------------------------------------------------------------------


def new(options: argparse.Namespace) -> int:
    """Begin a briefing: print (or write with -o) an empty one with its sources filled in and stamped. The text of a PDF, a
    Word file, a mail … is written beside it as NAME.txt, and is the source."""
    from tui.briefing.document import Briefing
    from tui.briefing.files import Unreadable, form_for, name_for, read_source, real, spelled
    from tui.briefing.write import write
    from tui.documents.source import take

    form_for(options.output, None, {".md": "briefing"}, "briefing")
    _refuse_unused("--force", options.force and not options.output, "there is no -o FILE to overwrite")
    output = Path(options.output) if options.output else Path("briefing.md")
    given = [spelled(name) for name in options.source]
    _refuse_output(output if options.output else None, options.force, given)
    for number, path in enumerate(given):
        if real(path) in map(real, given[:number]):
            raise Refused(f"{options.source[number]} is given twice; a briefing has each source once")
    sources = []
    for number, (name, path) in enumerate(zip(options.source, given), 1):
        taken = take(path, output if options.output else None, options.charset or "")
        if taken.path != path:
            _say(taken.words())
        try:
            read = read_source(taken.path)
        except Unreadable as refusal:
            raise Refused(f"{name}: {refusal.message}; {refusal.hint}") from None
        relative, outside = name_for(output, taken.path)
        if outside:
            _say(f"{name}: {outside.message}; {outside.hint}")
        sources.append(taken.source(f"s{number}", relative, read.sha256))
    title = options.title or f"Briefing on {', '.join(Path(name).stem for name in options.source)}"
    if not "".join((title, *(source.path for source in sources))).isascii():
        try:
            "".join((title, *(source.path for source in sources))).encode()
        except UnicodeEncodeError:
            hint = "rename the source or its folder"
            raise Refused(f"a name that is no UTF-8 cannot be written into a briefing; {hint}") from None
    from datetime import date

    text = write(Briefing(title=title, date=date.today().isoformat(), sources=tuple(sources)))
    if options.output:
        save(output, text, force=options.force, used=given)
        _say(f"{output}: written; readout stamp brings its sha256 up to date when a source changes")
    else:
        _put(text)
    return DONE


def _refuse_output(output: Path | None, force: bool, used: Iterable[Path]) -> None:
    """Raise Refused before any text is written if the file to write is there already, or is one of those used."""
    from tui.briefing import files

    if output:
        files.refuse_own_input(output, used)
        if files.there(output) and not force:
            raise Refused(f"{output} is there already; --force overwrites it")


# -- draft --------------------------------------------------------------------------------------------------------------


def draft(options: argparse.Namespace) -> int:
    """Draft a briefing from an article, a transcript or a statement: print it (or write it with -o, never over a file), every
    quote and event anchored in the source. The text of a PDF, a Word file, a mail … is written beside it as NAME.txt. Of a
    folder, draft every document in it. Ends with 1 if some cannot be read, with 2 if none can."""
    from tui.briefing.files import form_for, spelled, there
    from tui.drafting import command

    folder = there(spelled(options.article)) == "folder"
    _refuse_unused("--jobs", options.jobs is not None and not folder, "it is for a folder; this is one article")
    for option, given in (("-o", options.output), ("--format", options.format)):
        _refuse_unused(option, given and options.why and not folder, "--why lists marked words and writes no draft")
    file = None if folder else options.output
    options.format = form_for(file, options.format, {".md": "toml", ".json": "json"}, "toml")
    return command.run(options, put=_put, say=_say)


def stamp(options: argparse.Namespace) -> int:
    """Write the sha256 of every source into a briefing, and change nothing else in it. A text that was taken from a document
    gets the document's new hash if that still gives the same text."""
    from tui.briefing.files import SourceText, Unreadable, real, spelled
    from tui.briefing.proof import open_briefing, read_sources
    from tui.briefing.write import stamped

    for name in options.file:
        path = spelled(name)
        try:
            reading = read_sources(open_briefing(path))
        except Unreadable as refusal:
            raise Refused(f"{name}: {refusal.message}; {refusal.hint}") from None
        broken = next((problem for problem in reading.parsed.problems if problem.severity == "error"), None)
        if broken:
            raise Refused(str(broken))
        for source in reading.briefing.sources:
            read = reading.sources[source.id]
            refusal_ = read.lossy if isinstance(read, SourceText) else read
            if refusal_:
                raise Refused(f"{name}: source {source.id}: {refusal_.message}; {refusal_.hint}")
        for read in reading.sources.values():
            if isinstance(read, SourceText) and _stamp_original(read.path, read.text.text):
                _say(f"{name}: {read.path.name} names its original's new sha256")
        reading = read_sources(reading)
        hashes = {id: read.sha256 for id, read in reading.sources.items() if isinstance(read, SourceText)}
        changed = [source.id for source in reading.briefing.sources if source.sha256 != hashes[source.id]]
        if changed:
            try:
                data, mode = stamped(path.read_bytes(), hashes), path.stat().st_mode & 0o7777
            except (ValueError, OSError) as error:
                raise Refused(f"{name}: {error}") from None
            save(real(path), data, force=True, mode=mode)
        _say(f"{name}: {'stamped ' + ', '.join(changed) if changed else 'up to date'}")
    return DONE


def _stamp_original(path: Path, text: str) -> bool:
    """Renew the hash of the document that a text was taken from, if that changed and still gives this text. Return whether it
    was renewed. Raises Refused with the first difference if it gives another text."""
    from tui.briefing.original import original_of

    original = original_of(text)
    place = path.parent / original.path if original else path
    if not original or not place.is_file():
        return False
    import hashlib

    from tui.briefing.files import Unreadable, read_bytes

    try:
        sha256 = hashlib.sha256(read_bytes(place)).hexdigest()
    except Unreadable as refusal:
        raise Refused(f"{place}: {refusal.message}; {refusal.hint}") from None
    if sha256 == original.sha256:
        return False
    from tui.documents.source import compare, restamped

    found = compare(path, text)
    if found.status != "same":
        raise Refused(f"{path}: {place.name} changed and gives another text: {found.detail}; take the text again")
    save(path, restamped(text, sha256), force=True, mode=path.stat().st_mode & 0o7777)
    return True


# -- search -------------------------------------------------------------------------------------------------------------


def search(options: argparse.Namespace) -> int:
    """Search all briefings of a library, and their sources: words, "phrases", -not, OR, treas*, and fields such as
    speaker:petro after:2025-11 in:quotes (docs/library.md). The newest first."""
    from tui import settings
    from tui.library import command
    from tui.library.index import Index

    chosen, problems = (settings.Settings(), []) if options.path else settings.load()
    for problem in problems:
        _say(str(problem))
    hint = "put a query of several words in quotation marks" if options.path else "see folders in settings.toml"
    index = Index(settings.cache_folder(), settings.library(settings.named(options.path, chosen), hint))
    return command.run(options, index, settings.state_folder() / "state.db", put=_put, say=_say)


# -- notes ---------------------------------------------------------------------------------------------------------------


def notes(options: argparse.Namespace) -> int:
    """List your notes and bookmarks, all or those of the briefings and folders named, and whether what they were made on is
    still there. Ends with 1 where something is not."""
    from tui.briefing.files import real, spelled, there
    from tui.library.listing import FORMS, entries
    from tui.library.state import Kept, State
    from tui.settings import state_folder

    state = State(state_folder() / "state.db")
    try:
        kept: list[Kept] = [*state.notes()]
        damaged = state.damaged
        kept += state.marks()
        damaged += state.damaged
    finally:
        state.close()
    if news := state.news():
        _say(news)
    if damaged:
        _say(f"{state.path}: {damaged:,} damaged row{'' if damaged == 1 else 's'} left out")
    if options.path:
        below = {name: real(spelled(name)) for name in options.path}
        for name, path in below.items():  # notes on a file that is gone are still there
            if not there(path) and not any(each.briefing.is_relative_to(path) for each in kept):
                raise Refused(f"{name}: there is no such file or folder, and there are no notes on one")
        kept = [each for each in kept if any(map(each.briefing.is_relative_to, below.values()))]
    found = list(entries(kept))
    _put(FORMS[options.format](found))
    counts = [(sum(each.kind == kind for each in found), kind) for kind in ("note", "bookmark")]
    _say(", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for number, kind in counts))
    return PROBLEMS if any(each.doubt for each in found) else DONE


# -- keys, themes --------------------------------------------------------------------------------------------------------


def keys(options: argparse.Namespace) -> int:
    """List the keys as your settings have them, with the ids that settings.toml knows them by."""
    from tui import settings
    from tui.reader.all_keys import bound, table
    from tui.reader.keys.keymap import keymap

    chosen, problems = settings.load()
    changed, clashes = keymap(chosen, list(bound()))
    _put(KEY_FORMS[options.format](list(table(changed))))
    for problem in (*problems, *clashes):
        _say(str(problem))
    return PROBLEMS if problems or clashes else DONE


def _keys_as_text(rows: Sequence[Key]) -> str:
    widths = [max(map(len, column)) for column in zip(*((row.keys, row.id, row.where) for row in rows))]
    lines = (f"{row.keys:{widths[0]}}  {row.id:{widths[1]}}  {row.where:{widths[2]}}  {row.words}\n" for row in rows)
    return "".join(lines)


def _keys_as_json(rows: Sequence[Key]) -> str:
    import json

    return json.dumps([row._asdict() | {"keys": row.keys.split()} for row in rows], indent=2) + "\n"


def _keys_as_markdown(rows: Sequence[Key]) -> str:
    cells = ((row.keys.replace("|", "\\|"), row.words, row.where, row.id) for row in rows)
    lines = (f"| `{keys}` | {words} | {where} | `{id}` |\n" for keys, words, where, id in cells)
    return "| keys | what they do | where | id |\n|---|---|---|---|\n" + "".join(lines)


KEY_FORMS: Mapping[str, Callable[[Sequence[Key]], str]] = {
    "text": _keys_as_text, "json": _keys_as_json, "markdown": _keys_as_markdown,
}  # fmt: skip


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
    """Say what is slow or missing here: byte code, colours, UTF-8, the clipboard, tmux's settings, where notes are saved. Ends
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
        "path", nargs="*", default=[], metavar="PATH", help="a briefing (FILE#ITEM at one of its items), a folder, an article"
    )
    parser.add_argument("--theme", metavar="NAME", help="one of readout themes")
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument("--plain", action="store_true", help="in lines, for screen readers, braille displays and slow lines")
    parser.add_argument("--kiosk", action="store_true", help="for a shared reading account: nothing but reading (docs/ssh.md)")
    parser.add_argument("--as", dest="reader", metavar="NAME", help="with --kiosk: whose marks and notes these are")


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="*", default=[], metavar="PATH", help="a briefing or a folder of them")
    from tui.briefing.report import REPORTS

    parser.add_argument("--format", choices=list(REPORTS), help="default: text")
    parser.add_argument("--strict", action="store_true", help="warnings end with 1 too")
    parser.add_argument("--originals", action="store_true", help="read the documents again that source texts were taken from")
    parser.add_argument("--explain", metavar="RULE", help="say what a rule is for, and end")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    from tui.briefing.export import CSV_TABLES, FORMATS

    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--format", choices=list(FORMATS), help="default: as -o ends, else text")
    parser.add_argument("--width", type=_columns_wanted, metavar="N", help="columns of the text form, 0 for lines without end")
    parser.add_argument("--table", choices=CSV_TABLES, help=f"what the CSV form holds; default: {CSV_TABLES[0]}")
    _output_arguments(parser)


def _output_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of to stdout")
    parser.add_argument("--force", action="store_true", help="overwrite FILE")


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help="a text, or another document (docs/documents.md)")
    _charset_argument(parser)
    parser.add_argument("--title")
    _output_arguments(parser)


def _draft_arguments(parser: argparse.ArgumentParser) -> None:
    from tui.drafting.drafted import FORMS

    parser.add_argument("article", metavar="ARTICLE", help="a text, another document (docs/documents.md) or a folder")
    _charset_argument(parser)
    parser.add_argument(
        "--published", metavar="DATE", help="when it was published (EDTF): dates are counted from it"
    )
    parser.add_argument("--lang", metavar="CODE", help="its language, as in en or pt-BR (default: told from the text)")
    parser.add_argument("--title", default="")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write there, never over a file; of a folder, the folder to write to"
    )
    parser.add_argument("--format", choices=list(FORMS), help="default: as -o ends, else toml, a briefing file")
    parser.add_argument("--keep", metavar="FILE", help="an earlier draft, reviewed: its items and ids are kept")
    parser.add_argument("--why", action="store_true", help="list the marked words that are no quotes, each with the reason")
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="of a folder: so many at once (default: one a processor)"
    )


def _charset_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--charset", metavar="NAME", help="the charset of a text that does not say it, such as cp1251")


def _stamp_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="+", metavar="FILE")


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", metavar="QUERY", help="in quotation marks where it has several words; behind -- where it begins with -"
    )
    parser.add_argument(
        "path", nargs="*", default=[], metavar="PATH", help="the library; default: the folders of settings.toml"
    )
    from tui.library.results import FORMS

    parser.add_argument("--format", choices=list(FORMS), default="text", help="default: text")
    parser.add_argument("--refresh", action="store_true", help="bring the index up to date first")
    parser.add_argument("--best", action="store_true", help="the best first, by rank")
    parser.add_argument("--limit", type=_count, metavar="N", help="so many at the most; 0 for all (text: 100)")


def _number(text: str, of: str, least: int = 0) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19 and int(text) >= least):
        import argparse

        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number of {of}")
    return int(text)


def _count(text: str) -> int:
    return _number(text, "results")


def _columns_wanted(text: str) -> int:
    return _number(text, "columns")


def _jobs(text: str) -> int:
    return _number(text, "jobs", least=1)


def _notes_arguments(parser: argparse.ArgumentParser) -> None:
    from tui.library.listing import FORMS

    parser.add_argument("path", nargs="*", default=[], metavar="PATH", help="a briefing or a folder of them; all without")
    parser.add_argument("--format", choices=list(FORMS), default="text", help="default: text")


def _keys_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=list(KEY_FORMS), default="text", help="default: text")


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
    "keys": (keys, _keys_arguments),
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


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """Parse the options of the command that the words begin with. argparse, 10 ms to load, is loaded here: not for
    plain paths."""
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
            if message.endswith("required: QUERY") and (left_out := [each for each in words[1:] if each[:1] == "-"]):
                message = f"write -- before a query that begins with -, as in {self.prog} -- {left_out[0]}"
            _tell(f"{self.prog}: error: {printable(message)}\n")
            sys.exit(WRONG)

        def _print_message(self, message: str, file: Any = None) -> None:
            _put(message)  # help and version; `error` has its own way

    said = {name: " ".join((run.__doc__ or "").split()) for name, (run, _) in COMMANDS.items()}
    if words[0] in COMMANDS:
        run, arguments = COMMANDS[words[0]]
        parser = Parser(prog=f"readout {words[0]}", description=said[words[0]])
        arguments(parser)
        parser.set_defaults(run=run)
        # Options may stand between the paths; but what stands behind a -- is none, which only the other way of parsing knows.
        return parser.parse_args(words[1:]) if "--" in words else parser.parse_intermixed_args(words[1:])
    whole = Parser(
        prog="readout",
        description="A terminal reader for briefings. readout PATH… is short for readout read PATH….",
        epilog="Exit codes: 0 done, 1 problems found, 2 wrong use or unreadable input.",
    )
    whole.add_argument("--version", action="version", version=f"readout {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help in said.items():
        commands.add_parser(name, help=help)
    return whole.parse_args(words)


if __name__ == "__main__":
    command()
