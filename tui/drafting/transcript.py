"""Transcripts: who has the floor in each paragraph, told from the labels that begin a turn.

A label is recognised by its form: a name in capitals before a colon (MS. PSAKI: …), a name with a time (Jane Roe (00:21): … or
[00:12:03] JANE ROE: …), a name with a courtesy title before a colon or a full stop (Mr. Roe (Norway): … or Mr. Roe. …), capitals
before a dash (HON. J. ROE.- …), a name before a colon that comes again and again, a name alone on its line (Jane Roe, CFO), or
the letter Q, which is a reporter nobody names. Each form must come as often as `FORMS` says. Words in round brackets, such as
(Laughs.) and (As interpreted.), are stage directions and nobody's words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tui.briefing.document import Span
from tui.briefing.record import NamedTuple
from tui.drafting.language import ENGLISH, one_of

_BOLD = r"(?:\*\*|__)?"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?"
_ASIDE = r"(?:[^\S\n]*\([^()\n]{2,60}\))*"
_WORD = r"[^\W\d_][\w.'’\-]*"
_NAME = rf"{_WORD}(?:[^\S\n]+{_WORD}){{0,5}}"
_TITLE = rf"(?:{one_of(ENGLISH.turn_titles)})"
_TITLED = rf"{_TITLE}[^\S\n]+{_WORD}(?:[^\S\n]+{_WORD}){{0,3}}?(?:[^\S\n]+{ENGLISH.genitive_preposition}[^\S\n]+{_WORD}(?:[^\S\n]+{_WORD})?)?"
_OFFICE = rf"(?i:{ENGLISH.label_article})[^\S\n]+(?i:{one_of(ENGLISH.chair_offices)})"

_QUESTION = re.compile(
    rf"(?:\d{{1,2}}[^\S\n]+)?(?P<label>{one_of(ENGLISH.question_labels)}|Q\d{{0,2}})"
    rf"(?:[.:—][^\S\n]*|[^\S\n]{{2,}}|\u00a0|[^\S\n]+(?=[^\W\d_a-z]|[“\"—(]))(?=\S)"
)
_CAPITALS = re.compile(
    rf"{_BOLD}(?P<label>[^\W\d_][^\n:()\[\]]{{1,60}}?){_BOLD}[^\S\n]*(?:\([^)\n]{{2,60}}\)[^\S\n]*)?:{_BOLD}(?=[^\d/]|\Z)"
)


class Form(NamedTuple):
    """A form of label. `least`: so many such labels make a transcript; `again`: and one of them must come twice."""

    pattern: re.Pattern[str]
    least: int
    again: bool = False


FORMS = (
    Form(re.compile(rf"{_BOLD}(?P<label>{_NAME}){_BOLD}[^\S\n]*[(\[]{_CLOCK}[)\]]:?{_BOLD}\s+(?=\S)"), 2),
    Form(re.compile(rf"{_BOLD}[(\[]?{_CLOCK}[)\]]?[^\S\n]*[-–—]?[^\S\n]*{_BOLD}(?P<label>{_NAME}){_ASIDE}:{_BOLD}\s+(?=\S)"), 2),
    Form(re.compile(r"(?P<label>[^\W\d_a-z](?:[^\W\d_a-z]|(?<=[Mm])[rcs]+|[ .,'’\-]){2,60}?)\.[^\S\n]?[-–—]+[^\S\n]*(?=[^\W\d_a-z]|[“\"(])"), 3, True),
    Form(re.compile(rf"(?P<label>{_TITLED}|{_OFFICE})(?P<state>[^\S\n]*\([^()\n]{{2,60}}\))?{_ASIDE}:[^\S\n]+(?=\S)"), 2),
    Form(re.compile(rf"(?P<label>{_TITLED}|{_OFFICE})\.[^\S\n]+(?=[^\W\d_a-z]|[“\"(])"), 4, True),
)  # fmt: skip
_NAMED = re.compile(rf"{_BOLD}(?P<label>{_NAME}):{_BOLD}\s+(?=\S)")
_ALONE = re.compile(rf"{_BOLD}(?P<label>{_NAME})(?:(?:,| -+| –| —)[^\S\n]+(?P<role>[^\n.:!?]{{2,80}}))?{_BOLD}[^\S\n]*(?=\n|\Z)")
_ANSWER = re.compile(r"(?:\d{1,2}[^\S\n]+)?(?P<label>A\d{0,2})[.:—][^\S\n]+(?=\S)")
_LINE = re.compile(r"\n(?=\S)")
_STAGE = re.compile(
    rf"\((?![A-Z]-|\d)(?:[A-ZÀ-Þ][^()\n]{{0,160}}(?:\n[^()\n]{{1,160}})?|(?i:{one_of(ENGLISH.stage_directions)})[^()]{{0,80}})\)"
    rf"|\[(?i:{one_of(ENGLISH.stage_directions)})[^\[\]\n]{{0,40}}\]"
)
_END = re.compile(
    rf"(?:{ENGLISH.end_mark}|###|\*{{3,}}|-{{3,}}|_{{3,}})?[^\S\n]*(?:\d{{1,2}}:\d\d[^\S\n]*[AP]\.?M\.?(?:[^\S\n]+[A-Z]{{2,4}})?|{ENGLISH.end_mark}|###|\*{{3,}}|_{{3,}})[^\S\n]*\.?\Z",
    re.I,
)
_PAGE = re.compile(r"\W*\d{1,4}\W*|\W+")
"""A paragraph that is a page number or a rule."""
LEAST = 3
"""So many turns make a transcript."""
COMMON = 0.6
"""The share of its paragraphs that begin with a label where a name before a colon need not come again."""


class Label(NamedTuple):
    """What begins a turn. `at`: where the label is; `words`: where what is said begins."""

    text: str
    at: Span
    words: int
    form: object
    role: str = ""


class Turn(NamedTuple):
    """One paragraph of somebody's turn. `label` is as written ("Q" for a question); `at` is the label's place where the
    paragraph begins with it, `spans` the words without the label and without stage directions. `role`: what the label says
    of the speaker besides the name."""

    label: str
    at: Span | None
    spans: tuple[Span, ...]
    role: str = ""


def parted(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return the paragraphs, parted where a line within one begins another turn, with a label of a like form."""
    result: list[Span] = []
    for start, end in paragraphs:
        at = start
        first = _label(text, start, end) if text.find("\n", start, end) >= 0 else None
        for line in _LINE.finditer(text, start, end) if first else ():
            label = _label(text, line.end(), end)
            if first and label and (label.form is first.form or not (isinstance(label.form, Form) or isinstance(first.form, Form))):
                result.append(Span(at, line.start()))
                at = line.end()
        result.append(Span(at, end))
    return tuple(span for span in result if text[span.start : span.end].strip())


def _label(text: str, start: int, end: int) -> Label | None:
    """Return the label that a turn begins with here, in a form that is hardly ever anything else."""
    for pattern in (_QUESTION, _ANSWER):
        if found := pattern.match(text, start, end):
            return _made(found, pattern)
    found = _CAPITALS.match(text, start, end) if text.find(":", start, end) >= 0 else None
    if found and _in_capitals(found["label"]) and _said(text, found.end(), end):
        return _made(found, _CAPITALS)
    for form in FORMS:
        found = form.pattern.match(text, start, end)
        if found and found["label"].split()[0].strip("*") not in ENGLISH.headings_not_labels and _said(text, found.end(), end):
            return _made(found, form)
    return None


def _made(found: re.Match[str], form: object) -> Label:
    role = found.groupdict().get("role") or ""
    return Label(" ".join(found["label"].split()), Span(*found.span("label")), found.end(), form, " ".join(role.split()))


def _in_capitals(label: str) -> bool:
    words = label.split()
    plain = "".join(
        word for word in words if word not in ENGLISH.lowercase_label_words and not word.startswith(ENGLISH.lowercase_in_names)
    )
    return plain.isupper() and len(words) <= 7 and words[0].strip("*") not in ENGLISH.headings_not_labels


def _said(text: str, start: int, end: int) -> bool:
    """Tell whether what follows a label can be speech: it has a letter, and no number comes first as in an address or a list."""
    first = text[start:end].split("\n", 1)[0]
    return any(character.isalpha() for character in first) or not first.strip()


def _labels(text: str, paragraphs: Sequence[Span]) -> dict[int, Label]:
    """Return the label of each paragraph that begins with one, by its number, in forms that come often enough."""
    sure: dict[int, Label] = {}
    named: dict[int, Label] = {}
    for number, (start, end) in enumerate(paragraphs):
        if label := _label(text, start, end):
            sure[number] = label
        elif (found := _NAMED.match(text, start, end)) and _is_name(found["label"]) and _said(text, found.end(), end):
            named[number] = _made(found, _NAMED)
    count = Counter(label.text for label in (*sure.values(), *named.values()))
    for form in FORMS:
        mine = [number for number, label in sure.items() if label.form is form]
        again = not form.again or any(count[sure[number].text] > 1 for number in mine)
        if len(mine) < form.least or not again:
            for number in mine:
                del sure[number]
    asked = any(label.form is _QUESTION for label in sure.values())
    sure = {number: label for number, label in sure.items() if label.form is not _ANSWER or asked}
    every = sorted((*sure, *named))
    common = len(every) >= LEAST and len(every) >= COMMON * (len(paragraphs) - every[0])
    talk = common and len({label.text for label in named.values()}) > 1 and any(count[label.text] > 1 for label in named.values())
    kept = {number: label for number, label in named.items() if count[label.text] >= LEAST or talk}
    return (sure | kept) or _alone(text, paragraphs)


def _is_name(label: str) -> bool:
    """Tell whether every word of a label begins with a capital, but for those that join names."""
    words = label.split()
    return all(word[0].isupper() or word in ENGLISH.name_particles for word in words) and words[0] not in ENGLISH.not_named_labels


def _alone(text: str, paragraphs: Sequence[Span]) -> dict[int, Label]:
    """Return the labels of a text in which each turn begins with a name, and what they are, on a line of its own."""
    found: dict[int, Label] = {}
    for number, (start, end) in enumerate(paragraphs):
        match = _ALONE.match(text, start, end)
        if match and _is_speaker(match) and (match.end() < end or number + 1 < len(paragraphs)):
            found[number] = _made(match, _ALONE)
    count = Counter(label.text for number, label in found.items() if _follows(text, paragraphs, number, found))
    again = {number: label for number, label in found.items() if count[label.text] > 1 or (label.role and count[label.text])}
    if len({label.text for label in again.values()}) < 2 or max(count.values()) < 2:
        return {}
    parts = {number: label for number, label in found.items() if label.text in ENGLISH.label_parts_alone}
    return again | parts if len(again | parts) > LEAST else {}


def _is_speaker(found: re.Match[str]) -> bool:
    """Tell whether a line is a full name, with or without a title in capitals behind it: Jane Roe, Head of Sales."""
    words, role = found["label"].split(), (found["role"] or "").split()
    if found["label"] in ENGLISH.label_parts_alone:
        return not role
    titled = all(word[0].isupper() or word in ENGLISH.lowercase_title_words or not word[0].isalpha() for word in role)
    return len(words) > 1 and _is_name(found["label"]) and not _in_capitals(found["label"]) and len(role) <= 8 and titled and role[:1] != [ENGLISH.genitive_preposition]


def _follows(text: str, paragraphs: Sequence[Span], number: int, found: Mapping[int, Label]) -> bool:
    """Tell whether a sentence follows a name that is alone on its line."""
    start, end = paragraphs[number]
    if found[number].words < end:
        return text[start:end].rstrip()[-1] in ".?!…”\""
    words = text[paragraphs[number + 1].start : paragraphs[number + 1].end].rstrip()
    return number + 1 not in found and words[-1] in ".?!…”\""


def turns(text: str, paragraphs: Sequence[Span]) -> dict[int, Turn]:
    """The paragraphs that are speech, by their number from 0; empty where this is no transcript: where no label comes again."""
    starts = _labels(text, paragraphs)
    count = Counter(label.text for label in starts.values())
    names = {label.text for label in starts.values() if label.form is not _QUESTION}
    if not names or not _is_transcript(paragraphs, starts, names, count):
        return {}
    first, last = min(starts), max(starts)
    # In an article that quotes some lines of an exchange, what follows a line is the article again.
    whole = first <= 8 or len(starts) >= 0.25 * (len(paragraphs) - first)
    result: dict[int, Turn] = {}
    label, role = "", ""
    for number, (start, end) in enumerate(paragraphs):
        if number in starts:
            found = starts[number]
            label, role = "Q" if found.form is _QUESTION else "A" if found.form is _ANSWER else found.text, found.role
            result[number] = Turn(label, found.at, _spoken(text, found.words, end), role)
        elif _PAGE.fullmatch(text, start, end):
            continue
        elif label and whole and not _END.match(text, start, end) and not _heading(text[start:end]):
            result[number] = Turn(label, None, _spoken(text, start, end), role)
        elif label and _END.match(text, start, end) and number > last:
            label = ""
    return result


def _is_transcript(
    paragraphs: Sequence[Span], starts: Mapping[int, Label], names: set[str], count: Mapping[str, int]
) -> bool:
    """Tell whether labels are those of speakers: they come again, or one begins a speech."""
    if _speech_follows(paragraphs, starts):
        return True
    if any(isinstance(label.form, Form) or label.form is _ALONE for label in starts.values()):
        return True
    several = len(names) > 1 or len(starts) > count[min(names)]
    if len(starts) < LEAST or not any(count[label] > 1 for label in names) or not several:
        return False
    titled = any(label.text.split()[0].strip("*") in ENGLISH.label_titles for label in starts.values())
    asked = any(label.form is _QUESTION for label in starts.values())
    again = sum(count[label] > 1 for label in names)
    return titled or asked or again >= 2 or all(label.form is _NAMED for label in starts.values())


def _speech_follows(paragraphs: Sequence[Span], starts: Mapping[int, Label]) -> bool:
    """One label alone, as of a speech: what follows is spoken to the end, and the label is a title."""
    first = min(starts)
    return (
        first <= 4
        and len(paragraphs) - first >= LEAST
        and starts[first].form is _CAPITALS
        and starts[first].text.split()[0] in ENGLISH.label_titles
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
