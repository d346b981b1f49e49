"""Words in quotation marks: where each pair opens and closes, and why a mark that opens nothing was passed over.

One pass over each paragraph. A pair never reaches beyond its paragraph, unless the next one begins with an opening mark again
(the convention for a quote of several paragraphs), so a mark that nothing closes spoils its own paragraph at most.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tui.briefing.document import Span
from tui.briefing.record import NamedTuple
from tui.drafting.language import ENGLISH, one_of

_DOUBLE = (*'“”„‟"＂«»「」', "``", "''", "‘‘", "’’")
_SINGLE = re.compile(r"[‘’']")
_OPENS_SINGLE = {mark: re.compile(rf"{mark}(?=\w)(?<![^\s(\[—–].)") for mark in "‘'"}
"""One for each mark: what begins with one character is looked for five times as quick as what begins with one of several."""
_SINGLE_PAIR = re.compile(r"‘(?<![^\s(\[—–].)\w[^‘\n]*[.,?!…]’(?!\w)")
_OPENS = frozenset("“„‟«「") | {"``", "‘‘"}
_CLOSES = frozenset("”»」") | {"’’"}
MOST_PARAGRAPHS = 40
"""Of one quote; where more follow one another, a mark was forgotten."""
_CREDIT = re.compile(
    rf",\s+(?:[A-Z][\w’'-]+\s+){{1,3}}(?:{one_of(ENGLISH.credit_verbs)})\b|,\s+(?:{one_of(ENGLISH.inverted_credit_verbs)})\s+[A-Z]"
)
_ELIDED = re.compile(rf".(?:{one_of(ENGLISH.elided_words)}|\d0s)\b")
"""Words behind an opening mark that cannot be part of a quote: its closing mark was forgotten."""
_CLOSED_BY = {"«": "»", "„": "“”", "「": "」", "»": "«"}
_BEFORE = frozenset(" \t\n\u00a0\u2009\u202f([{—–-/‘'\u2015")
_BEHIND = frozenset(" \t\n\u00a0\u2009\u202f)]}—–-/,.;:?!…’'\u2015")


class Marked(NamedTuple):
    """Words between a pair of marks. Offsets are code points in the source; `spans` are the words without marks, one a
    paragraph; `outer` has the same with their marks."""

    spans: tuple[Span, ...]
    outer: tuple[Span, ...]


class Passed(NamedTuple):
    """A mark, or a marked span, that is no quote, and why."""

    span: Span
    reason: str


def marked(text: str, paragraphs: Sequence[Span]) -> tuple[list[Marked], list[Passed]]:
    """Every pair in reading order, and every mark that has none. Marks within marks belong to the outer words."""
    found: list[Marked] = []
    passed: list[Passed] = []
    single = _british(text, paragraphs)
    double = _standing(text)
    carried: list[tuple[Span, Span]] = []
    for number, paragraph in enumerate(paragraphs):
        marks = double[bisect_left(double, paragraph.start) : bisect_left(double, paragraph.end)]
        here = _own_style(text, paragraph, single, bool(marks))
        if here:
            marks = [found.start() for found in _SINGLE.finditer(text, *paragraph)]
        if not marks:
            if carried:  # the repeated mark never came
                _keep(carried, found)
                carried = []
            continue
        behind = paragraphs[number + 1].start if number + 1 < len(paragraphs) else -1
        goes_on = behind >= 0 and _begins(text, behind, single)
        pairs, open_at, stray = _pairs(text, paragraph, here, goes_on, marks)
        goes_on = goes_on and here == single
        passed += [Passed(Span(at, at + 1), reason) for at, reason in stray]
        for index, (start, end, width) in enumerate(pairs):
            piece = (_trimmed(text, start + width, end), Span(start, min(end + width, paragraph.end)))
            if index == 0 and carried and start <= paragraph.start + 3:
                pieces = [*carried, piece]
                carried = []
            else:
                pieces = [piece]
            pieces = [each for each in pieces if each[0].end > each[0].start]
            if pieces:
                found.append(Marked(tuple(inner for inner, _ in pieces), tuple(outer for _, outer in pieces)))
        if carried and (pairs or open_at < 0):  # the repeated mark never came
            _keep(carried, found)
            carried = []
        if open_at >= 0:
            width = 2 if text[open_at : open_at + 2] in ("``", "''", "‘‘") else 1
            piece = (_trimmed(text, open_at + width, paragraph.end), Span(open_at, paragraph.end))
            if goes_on and piece[0].end > piece[0].start and not _CREDIT.search(text, *piece[0]):
                if carried and open_at > paragraph.start + 3:
                    _keep(carried, found)
                    carried = []
                carried.append(piece)
                if len(carried) > MOST_PARAGRAPHS:
                    passed += [Passed(outer, "no closing mark in many paragraphs") for _, outer in carried]
                    carried = []
            else:
                if carried:
                    _keep(carried, found)
                    carried = []
                passed.append(Passed(Span(open_at, open_at + width), "nothing closes this mark in its paragraph"))
    if carried:
        _keep(carried, found)
    found.sort(key=lambda each: each.outer[0])
    return found, passed


def _standing(text: str) -> list[int]:
    """Where every double mark stands."""
    found = []
    for mark in _DOUBLE:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + len(mark))
    return sorted(found)


def _own_style(text: str, paragraph: Span, single: bool, double: bool) -> bool:
    """Tell whether single marks are a paragraph's own: the text's, unless it has only marks of the other kind."""
    if not single and text.find("‘", *paragraph) < 0:
        return False
    if single:
        return not double or any(opens.search(text, *paragraph) for opens in _OPENS_SINGLE.values())
    return not double and _SINGLE_PAIR.search(text, *paragraph) is not None


def _keep(carried: list[tuple[Span, Span]], found: list[Marked]) -> None:
    found.append(Marked(tuple(inner for inner, _ in carried), tuple(outer for _, outer in carried)))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _begins(text: str, at: int, single: bool) -> bool:
    begins = text[at] in "‘’'" if single else text.startswith(_DOUBLE, at)
    return begins and _mark(text, at, single) not in _CLOSES and at + 1 < len(text) and not text[at + 1].isspace()


def _mark(text: str, at: int, single: bool) -> str:
    return text[at] if single or text[at] not in "`'‘’" else text[at] * 2


def _pairs(
    text: str, paragraph: Span, single: bool, goes_on: bool, marks: Sequence[int]
) -> tuple[list[tuple[int, int, int]], int, list[tuple[int, str]]]:
    """(opening, closing, width of a mark) of each pair, where one stays open (or -1), and the marks that are none."""
    pairs: list[tuple[int, int, int]] = []
    stray: list[tuple[int, str]] = []
    open_at, _width, mark = -1, 1, ""
    nested = False
    start, end = paragraph
    for at in marks:
        this = _mark(text, at, single)
        last = at + len(this)
        before = text[at - 1] if at > start else " "
        behind = text[last] if last < end else " "
        if single:
            opens, closes = _which(text, this, before, behind, at)
        else:
            looks = (before in _BEFORE or before in '“"') and not behind.isspace()
            opens = (this in _OPENS and not (open_at >= 0 and _ends_here(this, before, behind, mark))) or (
                this not in _CLOSES and this not in _OPENS and looks
            )
            if open_at < 0 and this not in _CLOSES and behind.isalnum() and not before.isdigit():
                opens = True
            closes = not opens
            if this in _CLOSES and open_at < 0 and this in "»”" and looks and before in _BEFORE:
                opens, closes = True, False  # »so«, and a closing mark typed for an opening one
            if (open_at >= 0 and mark in _CLOSED_BY and this in _CLOSED_BY[mark]) or (
                open_at >= 0 and opens and this not in _OPENS and not before.isspace() and before not in "([{"
            ):
                opens, closes = False, True
        if opens:
            if (
                open_at >= 0
                and mark == '"'
                and this == "“"
                and at > open_at + 1
                and (goes_on or text.find('"', last, end) >= 0)
            ):
                nested = True  # "… “words in words” …"
                continue
            if open_at >= 0:
                if this in _OPENS and mark in _OPENS and before not in " \t\n\u00a0":
                    continue
                stray.append((open_at, "nothing closes this mark"))
            open_at, _width, mark = at, len(this), this
        elif nested and this == "”":
            nested = False
        elif closes and open_at >= 0:
            pairs.append((open_at, at, len(this)))
            open_at = -1
        elif closes and not single:
            stray.append((at, "inches or feet" if before.isdigit() and this in "\"''" else "nothing opens this mark"))
    return pairs, open_at, stray


def _ends_here(this: str, before: str, behind: str, mark: str) -> bool:
    """An opening mark that stands where only a closing one can."""
    return not before.isspace() and before not in "([{—–" and (behind in _BEHIND)


def _which(text: str, this: str, before: str, behind: str, at: int) -> tuple[bool, bool]:
    """Tell whether a single mark may open or close. An apostrophe does neither."""
    if this != "’" and before in _BEFORE and behind.isalpha():
        if _ELIDED.match(text[at : at + 8]):
            return False, False
        return True, False
    if before.isspace() or behind.isalnum() or (before == "n" and text[at - 2 : at - 1] in ("’", "‘", "'")):
        return False, False
    if before in "sS" and behind == " " and re.match(r"[’'] [a-z]", text[at : at + 3]):
        return False, False  # workers’ rights
    return False, behind in _BEHIND


def _british(text: str, paragraphs: Sequence[Span]) -> bool:
    """Tell whether single marks are this text's first marks: more words open with one than with a double one."""
    if not paragraphs:
        return False
    start, end = paragraphs[0].start, paragraphs[-1].end
    single = sum(len(opens.findall(text, start, end)) for mark, opens in _OPENS_SINGLE.items() if mark in text)
    if not single or not re.compile(r"[.,?!…][’'](?!\w)").search(text, start, end):
        return False
    double = sum(text.count(mark, start, end) for mark in ("“", "„", "«", '"', "``"))
    return single > double
