"""`readout draft`: one article, or a folder of them with a summary line at the end. What is written is written beside and
renamed, and never over a file that is there."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.briefing import dates, files
from tui.briefing.files import SourceText, Unreadable, read_source
from tui.briefing.original import original_of
from tui.briefing.problem import Refused, counted, printable
from tui.briefing.record import NamedTuple
from tui.documents.base.document import PassedOver
from tui.documents.kinds import KINDS, is_text
from tui.documents.source import take
from tui.drafting.draft import Draft, draft
from tui.drafting.drafted import FORMS, as_typed

if TYPE_CHECKING:
    import argparse

class Made(NamedTuple):
    source: SourceText
    draft: Draft
    text: str
    """The file to write."""


def run(options: argparse.Namespace, put: Callable[[str], None], say: Callable[[str], None]) -> int:
    """Raises Refused. `put` takes what goes to stdout, `say` a line for stderr."""
    if options.published is not None and not dates.read(options.published):
        raise Refused(f"--published {options.published!r}: this is no EDTF date; write it like 2025-11-12")
    if options.published and (when := dates.read(options.published)) and when.earliest is None:
        raise Refused(f"--published {options.published!r} has no beginning to count from; write a date like 2025-11-12")
    if options.lang and not re.fullmatch("[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", options.lang):
        raise Refused(f"--lang {options.lang!r}: this is no code of a language; write it like en or pt-BR")
    path = files.spelled(options.article)
    if files.there(path) == "folder":
        return _folder(path, options, say)
    if options.output:
        files.refuse_own_input(Path(options.output), [path, *([Path(options.keep)] if options.keep else [])])
    made = make(
        path,
        Path(options.output) if options.output else None,
        options.published or "",
        options.title,
        options.format,
        options.keep or "",
        say,
        options.charset or "",
        options.lang or "",
    )
    if options.why:
        text = made.source.text
        for why in made.draft.passed:
            words = printable(" ".join(text.text[why.span.start : why.span.end].split()))
            put(f"¶ {text.paragraph_of(why.span.start)}  {words[:70] + '…' if len(words) > 70 else words}: {why.reason}\n")
        return 0
    if options.output:
        _save(Path(options.output), made.text)
        say(f"{options.output}: {_counts(made)}; a draft nobody has reviewed: readout {options.output}")
    else:
        put(made.text)
    return 0


def make(
    path: Path, output: Path | None, published: str = "", title: str = "", form: str = "toml", keep: str = "",
    say: Callable[[str], None] = print, charset: str = "", lang: str = "",
) -> Made:  # fmt: skip
    """Draft one file. If it is not a text, its text is written beside `output` first, and is the source. Raises Refused."""
    if output and files.there(output):
        raise Refused(f"{output} is there already, and a draft is never written over a file; name another")
    taken = take(path, output, charset)
    if taken.path != path:
        say(taken.words())
        path = taken.path
    try:
        source = read_source(path)
    except Unreadable as refusal:
        raise Refused(f"{path}: {refusal.message}; {refusal.hint}") from None
    if source.lossy:
        raise Refused(f"{path}: {source.lossy.message}; {source.lossy.hint}")
    if not source.text.paragraphs:
        raise Refused(f"{path}: there is no text in it")
    beside = files.real(output or Path("draft.md"))
    name, outside = files.name_for(beside, path)
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Refused(
            f"{path}: a name that is no UTF-8 cannot be written into a briefing; rename the source or its folder"
        ) from None
    if output and outside and files.there(beside.parent) == "folder":
        say(f"{path}: {outside.message}; {outside.hint}")
    made = as_typed(draft(source.text, name, source.sha256, title, published, lang))
    if keep:
        from tui.drafting.kept import kept

        old = Path(keep)
        try:
            made, changes = kept(made, source, old)
        except Unreadable as refusal:
            raise Refused(f"{keep}: {refusal.message}; {refusal.hint}") from None
        for line in str(changes).splitlines():
            say(line)
    return Made(source, made, FORMS[form](made, beside, source))


def _counts(made: Made) -> str:
    briefing = made.draft.briefing
    unsure = sum(quote.confidence != "high" for quote in briefing.quotes)
    return (
        f"{counted(len(briefing.quotes), 'quote')} ({unsure} to review), {counted(len(briefing.actors), 'actor')}, "
        f"{counted(len(briefing.events), 'event')}, {counted(len(made.draft.passed), 'marked span')} passed over"
    )


def _save(path: Path, text: str) -> None:
    try:
        files.save(path, text)
    except FileExistsError:
        raise Refused(f"{path} is there already, and a draft is never written over a file; name another") from None
    except files.Unwritten as error:
        raise Refused(str(error)) from None


# -- many ----------------------------------------------------------------------------------------------------------------


def _folder(folder: Path, options: argparse.Namespace, say: Callable[[str], None]) -> int:
    if not options.output:
        raise Refused(f"{folder} is a folder; say with -o which folder the drafts go to")
    target = Path(options.output)
    for name in ("keep", "why", "title"):
        if getattr(options, name):
            raise Refused(f"--{name} is for one article; {folder} is a folder")
    todo: list[tuple[Path, Path]] = []
    there, places = 0, set()
    shut: list[str] = []
    every = sorted(Path(each.path) for each in files.below(str(folder), lambda _: True, shut=shut) if not each.linked)
    named = {*every}
    for path in every:
        if path.is_relative_to(target) or _is_taken(path, named) or path.name == files.LIBRARY_MARK:
            continue
        form = ".json" if options.format == "json" else ".md"
        place = target / path.relative_to(folder).with_suffix(form)
        if place in places:  # a.txt and a.md in one folder
            place = target / path.relative_to(folder).with_name(path.name + form)
        places.add(place)
        if files.there(place):
            there += 1
        else:
            todo.append((path, place))
    if shut:
        say(files.unread(shut))
    outside = files.name_for(todo[0][1], todo[0][0])[1] if todo else None
    if outside and files.inside(files.real(target), [files.real(folder)]):
        say(f"{folder}: {outside.message}; {outside.hint}, or open {folder}")
    elif outside:
        above = os.path.commonpath([files.real(folder), files.real(target)])
        raise Refused(
            f"{folder}: drafts in {target} could not read their sources, which are in no library together; "
            f"make one first with an empty {files.LIBRARY_MARK} in {above}, or name a folder in {folder} and open that"
        )
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{target}: {(error.strerror or '').lower()}") from None
    jobs = min(options.jobs or os.cpu_count() or 1, max(1, len(todo)))
    results = _run(todo, jobs, options, say)
    passed = Counter(result.passed for result in results if result.passed[0])
    failed = sum(bool(result.problem) and not result.passed[0] for result in results)
    drafted = len(todo) - failed - sum(passed.values())
    over = f"; passed over: {', '.join(_counted(what, count) for what, count in passed.most_common())}" if passed else ""
    say(f"{drafted} drafted, {there} there already, {failed} failed; in {target}{over}")
    nothing = not drafted and not there and bool(todo)
    return 2 if shut or nothing else 1 if failed or passed else 0


def _counted(passed: tuple[str, str], count: int) -> str:
    what, advice = passed
    return f"{counted(count, what)} ({advice})"


def _is_taken(path: Path, every: set[Path]) -> bool:
    """Tell whether a file is the text that was taken from another one in the folder."""
    return path.suffix == ".txt" and path.with_suffix("") in every and bool(original_of(_beginning(path)))


def _beginning(path: Path) -> str:
    try:
        return files.read_text(path)
    except Unreadable:
        return ""


class Result(NamedTuple):
    problem: str
    """Why a file was not drafted, in a line; "" if it was."""
    passed: tuple[str, str] = ("", "")
    """(what it is, what to do) if it is of a kind that cannot be read."""


def _run(
    todo: list[tuple[Path, Path]], jobs: int, options: argparse.Namespace, say: Callable[[str], None]
) -> list[Result]:
    work = [(path, place, options.published or "", options.format, options.charset or "", options.lang or "") for path, place in todo]
    progress = sys.stderr.isatty()
    found: list[Result] = []
    results: Iterable[Result]
    if jobs == 1:
        results = map(_one, work)
    else:
        from concurrent.futures import ProcessPoolExecutor

        pool = ProcessPoolExecutor(jobs)
        results = pool.map(_one, work, chunksize=4)
    for result in results:
        found.append(result)
        if result.problem:
            if progress:
                sys.stderr.write("\r\x1b[K")
            say(result.problem)
        if progress:
            width = 30 * len(found) // len(work)
            sys.stderr.write(f"\r[{'#' * width}{'.' * (30 - width)}] {len(found)}/{len(work)}")
            sys.stderr.flush()
    if progress and work:
        sys.stderr.write("\r\x1b[K")
    if jobs > 1:
        pool.shutdown()
    return found


def _one(work: tuple[Path, Path, str, str, str, str]) -> Result:
    """Draft one file of many."""
    path, place, published, form, charset, lang = work
    try:
        if path.suffix.lower()[1:] not in KINDS["text"].suffixes and is_text(path.name, files.read_bytes(path)):
            return Result(f"{path}: a text that is not named .txt or .md; draft it alone", ("other text", "draft it alone"))
        place.parent.mkdir(parents=True, exist_ok=True)
        _save(place, make(path, place, published, form=form, say=lambda _: None, charset=charset, lang=lang).text)
    except Unreadable as refusal:
        return Result(f"{path}: {refusal.message}; {refusal.hint}")
    except PassedOver as passed:
        return Result(str(passed), (passed.what, passed.advice))
    except Refused as refusal:
        return Result(str(refusal))
    except OSError as error:
        return Result(f"{path}: {(error.strerror or str(error)).lower()}")
    except Exception as error:  # whatever it is, it is this file's, and the others are to be drafted
        return Result(f"{path}: cannot be drafted ({type(error).__name__}: {printable(str(error))[:80]})")
    return Result("")
