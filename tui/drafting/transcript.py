"""Transcripts: who has the floor in each paragraph, told from the labels that begin a turn.

A label is a name in capitals before a colon at the head of a paragraph (MS. PSAKI: …), a full name before a colon that comes
again and again, or the letter Q, which is a reporter nobody names. Words in round brackets, such as (Laughs.) and (As
interpreted.), are stage directions and nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.briefing.document import Span

_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>(?!SUBJECT|RE|DATE|TO|FROM|CC|NOTE|BREAKING|WATCH|READ|NOMINATION|WITHDRAWAL)"
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]*(?:[^\S\n]+(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]*|Mc[A-ZÀ-Þ]+|de|of|the|and|#?\d{1,2})){0,6})(?:\*\*|__)?"
    r"[^\S\n]*(?:\([^)\n]{2,60}\)[^\S\n]*)?:(?:\*\*|__)?(?=\s)"
)
_NAMED = re.compile(r"(?:\*\*)?(?P<label>(?:[A-ZÀ-Þ][\w.'’\-]+[^\S\n]+){1,4}[A-ZÀ-Þ][\w'’\-]+):(?:\*\*)?[^\S\n]+(?=\S)")
_QUESTION = re.compile(r"(?P<label>Q(?:UESTION)?)(?:[.:][^\S\n]+|[^\S\n]{2,}|\u00a0|[^\S\n]+(?=[A-ZÀ-Þ“\"—(]))")
_STAGE = re.compile(
    r"\((?![A-Z]-|\d)(?:[A-ZÀ-Þ][^()\n]*(?:\n[^()\n]+)?|[^()]*\b(?:inaudible|laughter|applause|crosstalk|laughs|off mic)\b[^()]*)\.?\)",
    re.I,
)
_END = re.compile(
    r"(?:END|###|\*{3,}|-{3,}|_{3,})?[^\S\n]*(?:\d{1,2}:\d\d[^\S\n]*[AP]\.?M\.?(?:[^\S\n]+[A-Z]{2,4})?|END|###|\*{3,}|_{3,})[^\S\n]*\.?\Z",
    re.I,
)
LEAST = 3
"""So many turns make a transcript."""


class Turn(NamedTuple):
    """One paragraph of somebody's turn. `label` is as written ("Q" for a question); `at` is the label's place where the
    paragraph begins with it, `spans` the words without the label and without stage directions."""

    label: str
    at: Span | None
    spans: tuple[Span, ...]


def turns(text: str, paragraphs: Sequence[Span]) -> dict[int, Turn]:
    """The paragraphs that are speech, by their number from 0; empty where this is no transcript."""
    starts: dict[int, re.Match[str]] = {}
    named: dict[str, int] = {}
    for number, (start, end) in enumerate(paragraphs):
        found = _LABEL.match(text, start, end) or _QUESTION.match(text, start, end)
        if found is None:
            found = _NAMED.match(text, start, end)
            if found:
                named[found["label"]] = named.get(found["label"], 0) + 1
        if found:
            starts[number] = found
    for number, found in list(starts.items()):
        if found.re is _NAMED and named[found["label"]] < LEAST:
            del starts[number]
    if len(starts) < LEAST and not (
        starts and len(paragraphs) - min(starts) >= LEAST and _speech_follows(text, paragraphs, starts)
    ):
        return {}
    if all(found.re is _QUESTION for found in starts.values()):
        return {}
    first = min(starts)
    # In an article that quotes some lines of an exchange, what follows a line is the article again.
    whole = first <= 8 or len(starts) >= 0.25 * (len(paragraphs) - first)
    result: dict[int, Turn] = {}
    label = ""
    for number, (start, end) in enumerate(paragraphs):
        if number in starts:
            found = starts[number]
            label = " ".join(found["label"].split())
            label = "Q" if label in ("QUESTION", "Q") else label
            result[number] = Turn(label, Span(*found.span("label")), _spoken(text, found.end(), end))
        elif label and whole and not _END.match(text, start, end) and not _heading(text[start:end]):
            result[number] = Turn(label, None, _spoken(text, start, end))
        elif label and _END.match(text, start, end):
            label = label if any(later > number for later in starts) else ""
    return result


def _speech_follows(text: str, paragraphs: Sequence[Span], starts: dict[int, re.Match[str]]) -> bool:
    """One label alone, as of a speech: what follows is spoken to the end, and the label is a title."""
    first = min(starts)
    label = starts[first]["label"]
    return (
        first <= 4
        and starts[first].re is _LABEL
        and label.startswith(("THE ", "PRESIDENT", "VICE PRESIDENT", "SECRETARY", "MS.", "MR.", "DR."))
    )


def _heading(words: str) -> bool:
    return len(words) < 90 and (
        words.startswith("#") or (words.isupper() and len(words.split()) > 1) or words.strip("* \u00a0_#-") == ""
    )


def _spoken(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The paragraph without its stage directions, which part it."""
    spans = []
    at = start
    for found in _STAGE.finditer(text, start, end):
        spans.append((at, found.start()))
        at = found.end()
    spans.append((at, end))
    result = []
    for first, last in spans:
        while first < last and (text[first].isspace() or text[first] in "*_"):
            first += 1
        while last > first and (text[last - 1].isspace() or text[last - 1] in "*_"):
            last -= 1
        if last > first and any(character.isalnum() for character in text[first:last]):
            result.append(Span(first, last))
    return tuple(result)
