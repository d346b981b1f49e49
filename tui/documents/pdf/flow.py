"""Join lines into paragraphs, across columns and pages. What cannot be told, a hyphen at a line's end that may belong to
its word, becomes a soft hyphen: the anchor rules find the word with it and without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tui.briefing.record import NamedTuple
from tui.documents.base.document import names
from tui.documents.pdf.line import FILLED, HYPHEN, RAISED, Line
from tui.documents.pdf.order import NOTE, Block

SOFT = "\u00ad"
_ENDS = re.compile(rf"[.?!:;。！？؟।][\"'”’»)\]」』\d{RAISED}]*$")
_STARTS = re.compile(r"(?:[•●▪■◦‣–—-]\s|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})[.)]\s|[QA][.:]\s|[A-Z][A-Z.' ]{2,40}:\s|§)")
"""How an item of a list, a question or a turn begins."""
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f]")
"""What a font without a table of its codes gives: no character that anybody saw."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INSIDE = re.compile(f"(?<=\\w){HYPHEN}(?=\\w)")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[\ufffe-]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PREFIXES = names("self non anti ex cross counter semi multi quasi vice")
"""What keeps its hyphen if the document decides nothing."""
_CONJUNCTIONS = names("and or to nor und oder bis et ou y o e")
"""Before one of these a hyphen stands for the rest of a word: "long- and short-term"."""
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HANGUL = re.compile("[\uac00-\ud7a3]")


class Spelling(NamedTuple):
    """What the whole document shows about its words."""

    words: Counter[str]
    """How often it has each word, hyphens included, in lowercase."""
    blanks: bool
    """Whether blanks at the ends of lines tell where a word ends: some lines have one and some have none."""


class Paragraph(NamedTuple):
    text: str
    first: Line
    last: Line
    right: float
    """The right edge of its block."""


def spelling(pages: list[list[Line]]) -> Spelling:
    words: Counter[str] = Counter()
    for lines in pages:
        words.update(_WORD.findall("\n".join([line.text for line in lines]).lower()))
    ends = [line.text.endswith(FILLED) for lines in pages for line in lines if len(line.text) > 20]
    return Spelling(words, 0.05 <= sum(ends) / max(1, len(ends)) <= 0.8)


def flow(pages: list[list[Block]], spelled: Spelling) -> str:
    """Return all pages as paragraphs. The notes of a page are before a paragraph that continues on the next, so that
    the number of form feeds before a word tells its page."""
    done: list[str] = []
    open_: Paragraph | None = None
    breaks = ""
    for number, blocks in enumerate(pages):
        breaks += "\f" if number else ""
        for block in blocks:
            first = not block.note
            for paragraph in _paragraphs(block, spelled) if first else ():
                if first and open_ and _continues(open_, paragraph):
                    text = together(open_.text + breaks, paragraph.text, spelled)
                    open_ = paragraph._replace(text=text)
                else:
                    done += [open_.text] if open_ else []
                    done += [breaks] if breaks else []
                    open_ = paragraph
                breaks, first = "", False
        notes = [paragraph.text for block in blocks if block.note for paragraph in _paragraphs(block, spelled)]
        if notes:
            begun = open_ is not None and "\f" not in open_.text and not breaks
            done += ([open_.text] if open_ and not begun else []) + ([breaks] if breaks else []) + notes
            open_, breaks = open_ if begun else None, ""
    done += [open_.text] if open_ else []
    return _tidy("\n\n".join([*done, *([breaks] if breaks else [])]))


def _tidy(text: str) -> str:
    text = _INSIDE.sub("\ufffd", text)  # no hyphen: a letter that PDFium has no code for, such as a ligature
    text = _CONTROLS.sub("\ufffd", text.replace(HYPHEN, "-").replace(FILLED, ""))
    return re.sub(r"  +", " ", re.sub(r" +\n", "\n", text)).strip(" \n") + "\n"


def _paragraphs(block: Block, spelled: Spelling) -> Iterator[Paragraph]:
    lines = block.lines
    left, right = min(line.x0 for line in lines), sorted(line.x1 for line in lines)[-1 - len(lines) // 20]
    edges = _Edges(left, right, Counter(round(line.x0) for line in lines).most_common(1)[0][0], block.note)
    pitches = _pitches(lines)
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and not _begins(lines[at - 1], lines[at], edges, pitches.get(round(lines[at - 1].size), 0)):
            continue
        text = lines[start].text
        for line in lines[start + 1 : at]:
            text = together(text, line.text, spelled)
        yield Paragraph(text.strip(" "), lines[start], lines[at - 1], right)
        start = at


class _Edges(NamedTuple):
    left: float
    right: float
    common: float
    """Where most lines begin."""
    note: bool


def _pitches(lines: list[Line]) -> dict[int, float]:
    """Return the usual step from line to line by the size of the letters."""
    steps: dict[int, list[float]] = {}
    for one, two in zip(lines, lines[1:]):
        if 0 < one.y0 - two.y0 < 3 * one.size and abs(one.size - two.size) < 0.12 * one.size:
            steps.setdefault(round(one.size), []).append(one.y0 - two.y0)
    return {size: sorted(each)[len(each) // 3] for size, each in steps.items()}


def _begins(one: Line, two: Line, edges: _Edges, pitch: float) -> bool:
    """Tell whether the second line begins a paragraph."""
    step, size = one.y0 - two.y0, max(one.size, 1)
    if step < 0 or step > max(1.35 * pitch, pitch + 0.3 * size) or abs(two.size - one.size) > 0.12 * size:
        return True
    if edges.note and NOTE.match(two.text):
        return True
    if _centred(one, edges, size) and two.x0 < one.x0 - size and not two.text[:1].islower():
        return True  # a heading
    words = one.words
    if words.endswith(HYPHEN):
        return False
    stop = bool(_ENDS.search(words))
    short = _short(one, two, edges.right)
    if two.x0 > max(one.x0, edges.common) + 0.8 * size and two.x0 < edges.left + 0.35 * (edges.right - edges.left):
        return stop or short or one.x0 <= edges.common + 1  # an indent
    if _STARTS.match(two.text) and (short or stop):
        return True
    return short and (stop or two.text[:1].isupper() or not two.text[:1].isalpha())


def _centred(line: Line, edges: _Edges, size: float) -> bool:
    return line.x0 > edges.common + 2 * size and abs(line.x0 + line.x1 - edges.left - edges.right) < 4 * size


def _short(one: Line, two: Line, right: float) -> bool:
    """Tell whether the next line's first word would have fitted on the line."""
    if _CJK.match(two.text) or _HANGUL.match(two.text):  # broken between any two characters
        return one.x1 + 2.2 * one.size < right
    letter = (two.x1 - two.x0) / max(len(two.text), 1)
    return one.x1 + 1.15 * letter * (len(two.text.split(" ", 1)[0]) + 1) < right


def _continues(open_: Paragraph, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph goes on at the top of the next column or page."""
    last, top = open_.last, paragraph.first
    words = open_.text.rstrip("\f\v ")
    if words.endswith(HYPHEN):
        return True
    if abs(top.size - last.size) > 0.12 * max(last.size, 1) or _STARTS.match(paragraph.text):
        return False
    lower = paragraph.text[:1].islower()
    if _ENDS.search(words) and not lower:
        return False
    return lower or last.x1 > open_.right - 0.2 * (open_.right - last.x0) or not words[-1:].isalnum()


def together(one: str, two: str, spelled: Spelling) -> str:
    """Return two lines as one. Form feeds at the end of `one` come after the word that goes on after them: it is on the
    page where it begins."""
    feed = "\f" * (len(one) - len(one.rstrip("\f")))
    spaced = spelled.blanks and one.rstrip("\f").endswith(FILLED)
    one, two = one.rstrip("\f\v "), two.lstrip("\v ")
    if not one or not two:
        return one + feed + two
    last = one[-1]
    if last in "-\ufffe" and (last == HYPHEN or not spaced):
        head, tail = _LAST_WORD.search(one), _FIRST_WORD.match(two)
        if last == HYPHEN or (head and tail and tail[0][0].islower()):
            return _rejoined(one[:-1], two, head[1] if head else "", tail[0] if tail else "", feed, spelled)
    if not spaced and not feed and _without_blank(one, two, spelled):
        return one + two
    return one + (f" {feed}" if feed else " ") + two


def _rejoined(one: str, two: str, head: str, tail: str, feed: str, spelled: Spelling) -> str:
    """Return two parts of a word that a hyphen ended a line in. The hyphen stays if the document has the word with it
    more often than without it."""
    if tail in _CONJUNCTIONS:
        return one + "- " + feed + two
    if not head or not tail or not tail[0].islower() or "-" in head:
        return one + "-" + feed + two
    plain, hyphened = spelled.words[(head + tail).lower()], spelled.words[f"{head}-{tail}".lower()]
    stays = hyphened > plain or (not plain and head.lower() in _PREFIXES)
    rest = two[len(tail) :]
    return one + ("-" if stays else SOFT) + tail + (f" {feed}{rest.lstrip()}" if feed else rest)


def _without_blank(one: str, two: str, spelled: Spelling) -> bool:
    """Tell whether two lines are joined without a blank: Chinese and Japanese, Korean if the file marks its blanks, and
    after a dash or a slash."""
    if _CJK.match(one[-1]):
        return bool(_CJK.match(two))
    if one[-1] in "/—-‐–":
        return one[-1] in "/—" or one[-2:-1].isalnum()
    return spelled.blanks and bool(_HANGUL.match(one[-1]))
