"""Find what runs along the pages and is not their text: heads, feet, page numbers, columns of line numbers, rules."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

from tui.briefing.problem import counted
from tui.briefing.record import NamedTuple
from tui.documents.pdf.line import Line

_EDGE = 5
"""Rows at the top and at the bottom of a page that may be running ones."""
_AROUND = 4
"""Pages before and after one that a line on few pages must come again on."""
_ROMAN = re.compile(r"\d+|\b[ivxl]+\b")
_RULE = "\v _—–-=*·."
"""What rules are drawn with."""
_LETTER = re.compile(r"[^\W\d]")

Key = tuple[str, int]
"""A line with its numbers masked, and its height on the page in steps of 4 points."""


class Running(NamedTuple):
    pages: list[list[Line]]
    """The lines that are text."""
    left_out: tuple[str, ...]


def without_running(pages: list[list[Line]]) -> Running:
    """Return the pages without what runs along them. If more than half of the letters would go, nothing goes: forms and
    slides that repeat themselves are text."""
    left: Counter[str] = Counter()
    stripped = [_without_line_numbers(lines, left) for lines in pages]
    running = _Recurring(stripped)
    shown: dict[str, str] = {}
    kept = []
    for page, lines in enumerate(stripped):
        gone = dict(running.on(page))
        for at, key in gone.items():
            left[shown.setdefault(key[0], _shown(key[0], lines[at]))] += 1
        kept.append([line for at, line in enumerate(lines) if at not in gone and line.text.strip(_RULE)])
    if _letters(kept) * 2 < _letters(pages):
        return Running(pages, ())
    return Running(kept, tuple(f"{words} (on {counted(count, 'page')})" for words, count in left.most_common()))


def _shown(masked: str, line: Line) -> str:
    """Return one line to stand for all that are alike but for their numbers."""
    return "page numbers" if not _LETTER.search(masked) else f"“{' '.join(line.words.split())}”"


def _letters(pages: list[list[Line]]) -> int:
    return sum(map(str.isalpha, "".join(line.text for lines in pages for line in lines)))


def _without_line_numbers(lines: list[Line], left: Counter[str]) -> list[Line]:
    """Remove a column of at least ten numbers that count up beside the text, as in transcripts."""
    numbers = [line for line in lines if line.words.lstrip().isdecimal() and len(line.words) <= 2]
    if len(numbers) < 10:
        return lines
    column = max((_aligned(numbers, edge) for edge in (0, 1)), key=len)
    values = [int(line.words) for line in column]
    if len(column) < 10 or sum(b == a + 1 for a, b in zip(values, values[1:])) < 0.9 * (len(values) - 1):
        return lines
    left["line numbers"] += 1
    gone = {id(line) for line in column}
    return [line for line in lines if id(line) not in gone]


def _aligned(numbers: list[Line], edge: int) -> list[Line]:
    """Return the lines whose left (0) or right (1) edge is where most have it, from the top down."""
    most = Counter(round((line.x0, line.x1)[edge] / 6) for line in numbers).most_common(1)[0][0]
    return sorted((line for line in numbers if abs((line.x0, line.x1)[edge] / 6 - most) <= 1), key=lambda line: -line.y0)


class _Recurring:
    """Which lines at the edges of pages come again at the same height on others, numbers aside."""

    def __init__(self, pages: list[list[Line]]) -> None:
        self.pages = pages
        self.least = 2 if len(pages) <= 3 else 3
        self.counts: Counter[Key] = Counter()
        """On how many pages each key is in the outer two rows, or apart from the text."""
        self.places: set[tuple[str, int, int]] = set()
        """The same with the page: words, height, page."""
        beside: Counter[Key] = Counter()
        numbers: Counter[int] = Counter()
        for page, lines in enumerate(pages):
            here, near = _candidates(lines)
            beside.update(near)
            self.counts.update({key for _, key in here})
            self.places.update((*key, page) for _, key in here)
            numbers.update({_number(lines[at].text) - page for at, key in here if not _LETTER.search(key[0])})
        self.numbers = numbers
        """How much printed page numbers are ahead of the page's own, and on how many pages."""
        self.near = {key for key, count in beside.items() if count * 2 > self.counts[key]}
        """Keys that mostly have no wider gap between them and the text: they run only if most pages have them."""

    def on(self, page: int) -> list[tuple[int, Key]]:
        """Return the places of a page's lines that run along the pages, with their keys. Nothing farther from the edge
        than a row of text runs."""
        lines = self.pages[page]
        rows: dict[int, list[int]] = {}
        for at, line in enumerate(lines):
            rows.setdefault(round(line.y0), []).append(at)
        found: dict[int, Key] = {}
        heights = sorted(rows)
        for edge in (heights[:_EDGE], heights[::-1][:_EDGE]):
            for height in edge:
                here = {at: _key(lines[at]) for at in rows[height]}
                running = {at: key for at, key in here.items() if self._runs(lines[at], key, page)}
                found |= running
                if not running and any(lines[at].text.strip(_RULE) for at in here):
                    break
        return [*found.items()]

    def _runs(self, line: Line, key: Key, page: int) -> bool:
        words, height = key
        near = key in self.near
        if near and "#" in words and not _LETTER.search(words):
            single = words.count("#") == 1 and self.numbers[_number(line.text) - page] >= self.least
            if not single:
                return False  # a number or a date in a table, not that of a page
        if len(self.pages) <= 3 and "#" not in words:
            return False
        heights = (height - 1, height, height + 1)
        if sum(self.counts[words, at] for at in heights) >= max(self.least, 0.4 * len(self.pages)):
            return True
        around = range(page - _AROUND, page + _AROUND + 1)
        return not near and sum(any((words, at, each) in self.places for at in heights) for each in around) >= self.least


def _candidates(lines: list[Line]) -> tuple[list[tuple[int, Key]], list[Key]]:
    """Return (places and keys of lines in the outer two rows or apart from the text, keys of those not apart)."""
    rows = sorted({round(line.y0) for line in lines})
    apart = _apart(rows) | _apart(rows[::-1])
    edges = {*rows[:2], *rows[-2:]} | apart
    here = [(at, _key(line)) for at, line in enumerate(lines) if round(line.y0) in edges]
    return here, [key for at, key in here if round(lines[at].y0) not in apart]


def _apart(rows: list[int]) -> set[int]:
    """Return the rows at an edge of the page that a gap wider than the others separates from the text."""
    steps = [abs(b - a) for a, b in zip(rows, rows[1:])]
    pitch = median(steps) if steps else 0
    return set(next((rows[: at + 1] for at, step in enumerate(steps[:4]) if step > 1.25 * pitch + 1), []))


def _key(line: Line) -> Key:
    return _ROMAN.sub("#", " ".join(line.text.split()).lower()), round(line.y0 / 4)


def _number(words: str) -> int:
    return int((re.findall(r"\d{1,6}", words) or ["-99999"])[0])
