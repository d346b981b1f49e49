"""Transcripts: who has the floor in each paragraph, told from the labels that begin a turn.

A label is a name in capitals before a colon at the head of a paragraph (MS. PSAKI: …), a full name before a colon that comes
again and again, or the letter Q, which is a reporter nobody names. Words in round brackets, such as (Laughs.) and (As
interpreted.), are stage directions and nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.briefing.document import Span
from tui.briefing.record import NamedTuple
from tui.drafting.language import ENGLISH, one_of

_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\W\d_][^\n:()\[\]]{1,60}?)(?:\*\*|__)?[^\S\n]*(?:\([^)\n]{2,60}\)[^\S\n]*)?:(?:\*\*|__)?(?=[^\d/]|\Z)"
)
_NAMED = re.compile(r"(?:\*\*)?(?P<label>(?:[^\W\d_][\w.'’\-]+[^\S\n]+){0,4}[^\W\d_][\w'’\-]+):(?:\*\*)?[^\S\n]+(?=\S)")
_QUESTION = re.compile(
    rf"(?P<label>{one_of(ENGLISH.question_labels)}|Q\d{{0,2}})(?:[.:—][^\S\n]*|[^\S\n]{{2,}}|\u00a0|[^\S\n]+(?=[^\W\d_a-z]|[“\"—(]))(?=\S)"
)
_LINE = re.compile(r"\n(?=\S)")
_STAGE = re.compile(
    rf"\((?![A-Z]-|\d)(?:[A-ZÀ-Þ][^()\n]{{0,160}}(?:\n[^()\n]{{1,160}})?|(?i:{one_of(ENGLISH.stage_directions)})[^()]{{0,80}})\)"
)
_END = re.compile(
    rf"(?:{ENGLISH.end_mark}|###|\*{{3,}}|-{{3,}}|_{{3,}})?[^\S\n]*(?:\d{{1,2}}:\d\d[^\S\n]*[AP]\.?M\.?(?:[^\S\n]+[A-Z]{{2,4}})?|{ENGLISH.end_mark}|###|\*{{3,}}|_{{3,}})[^\S\n]*\.?\Z",
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


def parted(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return the paragraphs, parted where a line within one begins another turn."""
    result: list[Span] = []
    for start, end in paragraphs:
        at = start
        for line in _LINE.finditer(text, start, end) if text.find("\n", start, end) >= 0 else ():
            if _label(text, line.end(), end) is not None and (_label(text, start, end) or _label(text, at, end)):
                result.append(Span(at, line.start()))
                at = line.end()
        result.append(Span(at, end))
    return tuple(span for span in result if text[span.start : span.end].strip())


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the label in capitals, or the Q, that a turn begins with here."""
    found = _QUESTION.match(text, start, end)
    if found:
        return found
    found = _LABEL.match(text, start, end) if text.find(":", start, end) >= 0 else None
    if not found:
        return None
    words = found["label"].split()
    plain = "".join(
        word for word in words if word not in ENGLISH.lowercase_label_words and not word.startswith(ENGLISH.lowercase_in_names)
    )
    return found if plain.isupper() and len(words) <= 7 and words[0].strip("*") not in ENGLISH.headings_not_labels else None


def turns(text: str, paragraphs: Sequence[Span]) -> dict[int, Turn]:
    """The paragraphs that are speech, by their number from 0; empty where this is no transcript: where no label comes again."""
    starts: dict[int, re.Match[str]] = {}
    count: dict[str, int] = {}
    for number, (start, end) in enumerate(paragraphs):
        found = _label(text, start, end) or (_NAMED.match(text, start, end) if text.find(":", start, end) >= 0 else None)
        if found:
            starts[number] = found
            count[found["label"]] = count.get(found["label"], 0) + 1
    for number, found in list(starts.items()):
        if found.re is _NAMED and count[found["label"]] < LEAST:
            del starts[number]
    labels = {found["label"] for found in starts.values() if found.re is not _QUESTION}
    speech = bool(starts) and _speech_follows(paragraphs, starts)
    if not labels or not (
        speech
        or (
            len(starts) >= LEAST
            and any(count[label] > 1 for label in labels)
            and (len(labels) > 1 or len(starts) > count[min(labels)] or speech)
        )
    ):
        return {}
    if not speech and not any(found["label"].split()[0].strip("*") in ENGLISH.label_titles or found.re is _QUESTION for found in starts.values()) and (
        sum(count[label] > 1 for label in labels) < 2
    ):  # fmt: skip
        return {}
    first = min(starts)
    # In an article that quotes some lines of an exchange, what follows a line is the article again.
    whole = first <= 8 or len(starts) >= 0.25 * (len(paragraphs) - first)
    last = max(starts)
    result: dict[int, Turn] = {}
    label = ""
    for number, (start, end) in enumerate(paragraphs):
        if number in starts:
            found = starts[number]
            label = " ".join(found["label"].split())
            label = "Q" if found.re is _QUESTION else label
            result[number] = Turn(label, Span(*found.span("label")), _spoken(text, found.end(), end))
        elif label and whole and not _END.match(text, start, end) and not _heading(text[start:end]):
            result[number] = Turn(label, None, _spoken(text, start, end))
        elif label and _END.match(text, start, end) and number > last:
            label = ""
    return result


def _speech_follows(paragraphs: Sequence[Span], starts: dict[int, re.Match[str]]) -> bool:
    """One label alone, as of a speech: what follows is spoken to the end, and the label is a title."""
    first = min(starts)
    return (
        first <= 4
        and len(paragraphs) - first >= LEAST
        and starts[first].re is _LABEL
        and starts[first]["label"].split()[0] in ENGLISH.label_titles
    )


def _heading(words: str) -> bool:
    return len(words) < 90 and (
        words.startswith("#") or (words.isupper() and len(words.split()) > 1) or words.strip("* \u00a0_#-") == ""
    )


def _spoken(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the paragraph without its stage directions, which part it."""
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
