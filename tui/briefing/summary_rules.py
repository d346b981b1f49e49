"""The summary cannot misquote: the rules that hold its quoted words to the quotes they link to. `check.RULES` lists them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping

from tui.briefing.anchor import Text
from tui.briefing.case import Case
from tui.briefing.document import Quote
from tui.briefing.fold import fold
from tui.briefing.problem import Problem, Severity
from tui.briefing.quotation import DOUBLE, EVERY
from tui.briefing.summary import Quoted, blocks, links, quoted, unquoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

_ELLIPSIS = re.compile(r"[\[(](?:…|\.{3})[\])]|…|\.{3,}|\.(?:[ \u00a0]\.){2,}")
_WORD = re.compile(r"\w+")
_AROUND = " .,;:!?。，、！？؟،–—-" + EVERY


def summary_misquote(case: Case) -> Iterator[Problem]:
    """Words that the summary puts in double quotation marks are not in the quote that they link to. Marks of
    every language count, and links into other briefings. A warning where they stand in reported speech alone: those are the
    source's words, not the speaker's. Single marks count if lang is en-GB, and give a warning: apostrophes look the same."""
    words = _Words()
    for found in _quoted(case):
        quotes = _quotes(case, found)
        if not quotes or not found.paired:
            continue
        parts = _parts(found.words)
        standing = [quote for quote in quotes.values() if words.stand_in(found.words, parts, quote)]
        names = (
            " or ".join(quotes) if not standing else " and ".join(name for name, quote in quotes.items() if quote in standing)
        )
        if not standing:
            message = f"“{found.words}” is not in {names}"
            hint = "quote its very words, or take the marks off"
            severity: Severity = "warning" if found.single else "error"
            yield case.in_summary("summary-misquote", severity, message, hint, found.block, found.words)
        elif not any(quote.direct for quote in standing):
            message = f"“{found.words}” stands in {names}, which is reported speech: the source's words, not the speaker's"
            yield case.in_summary("summary-misquote", "warning", message, "take the marks off", found.block, found.words)


def summary_unsupported(case: Case) -> Iterator[Problem]:
    """The summary has words in double quotation marks that link to no quote, or a mark without its partner (a warning), or a
    paragraph without any link (a note): a reader cannot see what supports it."""
    alone: set[int] = set()
    for found in _quoted(case):
        if not found.paired:
            if found.block in alone:
                continue
            alone.add(found.block)
            message = f"the quotation mark of {found.words!r} has no partner in its paragraph"
            hint = "write both marks, so that it can be seen whose words these are"
            yield case.in_summary("summary-unsupported", "warning", message, hint, found.block, found.words)
        elif found.words.strip() and not _quotes(case, found):
            message = f"the quoted words “{found.words}” link to no quote"
            yield case.in_summary("summary-unsupported", "warning", message, "link them to it", found.block, found.words)
    linked = {link.block for link in links(case.briefing.summary)}
    for number, block in enumerate(blocks(case.briefing.summary)):
        if block.kind == "paragraph" and number not in linked:
            message = "a paragraph of the summary links to nothing"
            yield case.in_summary("summary-unsupported", "note", message, "link what supports it", number)


def summary_unmarked(case: Case) -> Iterator[Problem]:
    """The summary has six words in a row that its source has only in quotation marks, and has them without: what somebody
    said becomes what the briefing says. Words of a quote whose source has no marks, as in a transcript, do not count."""
    written: dict[Run, int] = {}
    for number, words in unquoted(case.briefing.summary, _single(case)):
        for run in _runs(words):
            written.setdefault(run, number)
    said = _said_in_marks(case, written) if written else {}
    told = _told(case, said) if said else frozenset()
    warned: set[tuple[int, str]] = set()
    for run, number in written.items():
        quote = said.get(run)
        if quote and run not in told and (number, quote.id) not in warned:
            warned.add((number, quote.id))
            message = f"“{' '.join(run)}” stands in the source only in quotation marks, in quote {quote.id!r}"
            yield case.in_summary("summary-unmarked", "warning", message, "write the marks, and link them to it", number)


RUN = 6
"""So many words in a row are no coincidence."""
Run: TypeAlias = "tuple[str, ...]"


def _runs(words: str) -> Iterator[Run]:
    every = _WORD.findall(fold(words).casefold())
    return zip(*(every[first:] for first in range(RUN)))


def _said_in_marks(case: Case, written: Collection[Run]) -> dict[Run, Quote]:
    """Map each of these runs of words that a quote has, in marks in its source, to the quote."""
    found: dict[Run, Quote] = {}
    for quote in case.briefing.quotes:
        anchor = case.reading.anchor(quote)
        text = case.reading.text(anchor.source) if anchor.found else None
        if text is None or not quote.direct:
            continue
        for start, end in anchor.spans:
            if any(mark in EVERY for mark in text.text[max(0, start - 1) : start] + text.text[end : end + 1]):
                found.update((run, quote) for run in _runs(text.text[start:end]) if run in written)
    return found


def _told(case: Case, said: Mapping[Run, Quote]) -> frozenset[Run]:
    """Return those of these runs that a source of their quotes has outside of all quotes, too."""
    anchors = [case.reading.anchor(each) for each in case.briefing.quotes]
    found: set[Run] = set()
    for source in {case.reading.anchor(quote).source for quote in said.values()}:
        text, at = case.reading.text(source), 0
        words = text.text if text else ""
        spans = sorted(span for anchor in anchors if anchor.source == source for span in anchor.spans)
        for start, end in (*spans, (len(words), 0)):
            found.update(run for run in _runs(words[at:start]) if run in said)
            at = max(at, end)
    return frozenset(found)


def _quoted(case: Case) -> tuple[Quoted, ...]:
    """Return the words in quotation marks; British English has single ones."""
    return quoted(case.briefing.summary, single=_single(case))


def _single(case: Case) -> bool:
    return case.briefing.lang.lower().startswith("en-gb")


def _quotes(case: Case, found: Quoted) -> dict[str, Quote]:
    """Return the quotes that the words link to, each under the name that the summary has for it."""
    linked = ((link, case.linked(link)) for link in found.links)
    return {f"{link.file}#{link.id}" if link.file else repr(link.id): item for link, item in linked if isinstance(item, Quote)}


def _parts(words: str) -> tuple[str, ...]:
    """List what is to be found, in this order: the words between the ellipses, without the stops at their ends."""
    parts = (_plain(part).strip(_AROUND) for part in _ELLIPSIS.split(words))
    return tuple(part for part in parts if part)


def _plain(words: str) -> str:
    """Make every double mark the straight one: a mark within marks is typed in another way than the source types
    it."""
    return re.sub(DOUBLE, '"', words)


class _Words:
    """The words of quotes, prepared once for everything that is searched for in them."""

    def __init__(self) -> None:
        self._segments: dict[tuple[str, ...], list[Text]] = {}
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}

    def stand_in(self, words: str, parts: tuple[str, ...], quote: Quote) -> bool:
        """Test whether the parts of these words are in the quote, in order, between word boundaries, and none across
        two segments."""
        asked = (words, quote.text)
        if asked not in self._known:
            self._known[asked] = self._found(parts, quote.text)
        return self._known[asked]

    def _found(self, parts: tuple[str, ...], words: tuple[str, ...]) -> bool:
        if words not in self._segments:
            self._segments[words] = [Text(_plain(segment)) for segment in words]
        segments = iter(self._segments[words])
        text, at = next(segments), 0
        for part in parts:
            needle = fold(part)
            while (number := bisect_left(text.starts(needle), at)) == len(text.starts(needle)):
                following = next(segments, None)
                if following is None:
                    return False
                text, at = following, 0
            at = text.starts(needle)[number] + len(needle)
        return True
