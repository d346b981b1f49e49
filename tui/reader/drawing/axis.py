"""A time axis drawn in character cells: where a day falls, how an uncertain span looks, which ticks fit. No Textual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tui.briefing.dates import MONTHS, Date
from tui.briefing.record import NamedTuple
from tui.reader.drawing.glyphs import BARS, BEFORE, BEGINS, BEYOND, DOUBTED, ENDS, POINT, SEVERAL, VAGUE

STEPS = (1, 2, 7, 14, -1, -2, -3, -6, -12, -24, -60, -120, -240, -600, -1200, -2400, -6000, -12000)
"""Between ticks: days, or months where negative."""


class Axis(NamedTuple):
    """The days from `first` to `last` on so many cells, both ends shown."""

    first: date
    last: date
    cells: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def cell(self, day: date) -> int:
        """Return the cell of a day, held within the axis."""
        return min(self.cells - 1, max(0, (day - self.first).days * self.cells // self.days))

    def beyond(self, when: Date) -> bool:
        """Test whether all of it is before the axis, or all after it."""
        return when.last < self.first.toordinal() or when.first > self.last.toordinal()

    def span(self, when: Date) -> str:
        """Draw a date: a point for one certain day, a bar over all the days it may be, open ends drawn open."""
        begin, behind = self.first.toordinal(), self.last.toordinal()
        if when.last < begin:
            return BEFORE
        if when.first > behind:
            return " " * (self.cells - 1) + BEYOND
        start = self.cell(when.earliest) if when.earliest else 0
        end = self.cell(when.latest) if when.latest else self.cells - 1
        if when.first == when.last or (start == end and begin <= when.first and when.last <= behind):
            return " " * start + (POINT if when.certain else DOUBTED if when.first == when.last else VAGUE)
        left = BEGINS if when.first >= begin else BEFORE
        right = ENDS if when.last <= behind else BEYOND
        if start == end:
            return " " * start + (right if left == BEGINS else left)
        return " " * start + left + "═" * (end - start - 1) + right

    def about(self, day: date, factor: float) -> tuple[date, date] | None:
        """Return the ends of an axis `factor` as long around a day: at least a week. None where the calendar ends."""
        half = max(3, round(self.days * factor / 2))
        try:
            return day - timedelta(half), day + timedelta(half)
        except OverflowError:
            return None

    def lane(self, dated: Sequence[Date]) -> str:
        """Draw several dates on one line: certain days over spans, SEVERAL where several are in one cell."""
        cells = [" "] * self.cells
        for when in sorted(dated, key=lambda when: when.first == when.last):
            for at, mark in enumerate(self.span(when)):
                if mark == " ":
                    continue
                old = cells[at]
                point, was_point = mark in POINT + DOUBTED, old in POINT + DOUBTED + SEVERAL
                if point and was_point:
                    cells[at] = SEVERAL
                elif point or not was_point:
                    cells[at] = mark
        return "".join(cells)

    def ticks(self) -> tuple[str, str]:
        """Draw two lines: labels, and the axis with a tick under each label's first letter."""
        labels: list[tuple[int, str]] = []
        for step in STEPS:
            if self.days > self.cells * (step if step > 0 else -step * 31):
                continue  # more ticks than cells
            marks = list(self._marks(step))
            labels = [
                (self.cell(day), _label(day, step, number == 0, self.first.year != self.last.year))
                for number, day in enumerate(marks)
            ]
            if all(a + len(text) < b for (a, text), (b, _) in zip(labels, labels[1:])):
                break
        names, line = [" "] * self.cells, ["─"] * self.cells
        for at, text in labels:
            line[at] = "┼"
            if at + len(text) <= self.cells:
                names[at : at + len(text)] = text
        return "".join(names), "".join(line)

    def _marks(self, step: int) -> Iterable[date]:
        if step > 0:
            day = self.first
            while day <= self.last:
                yield day
                if (date.max - day).days < step:
                    return
                day += timedelta(step)
            return
        month = self.first.year * 12 + self.first.month - 1
        month += -month % -step
        while month <= self.last.year * 12 + self.last.month - 1 and month < 9999 * 12:
            day = date(month // 12, month % 12 + 1, 1)
            if day >= self.first:
                yield day
            month -= step

    def density(self, dated: Iterable[Date]) -> str:
        """Draw how much happened where: each date is spread over the cells it may be in. A full bar means at least
        one date."""
        weights = [0.0] * self.cells
        for (earliest, latest), count in Counter((when.earliest, when.latest) for when in dated).items():
            start = self.cell(earliest) if earliest else 0
            end = self.cell(latest) if latest else self.cells - 1
            for at in range(start, end + 1):
                weights[at] += count / (end - start + 1)
        top = max(1.0, *weights)
        return "".join(BARS[max(1, round(weight * 8 / top))] if weight else " " for weight in weights)


def _label(day: date, step: int, first: bool, years: bool) -> str:
    if step > 0:
        return f"{day.day} {MONTHS[day.month - 1]}" if first or day.day <= step or step >= 7 else str(day.day)
    if step > -12:
        if day.month == 1 and years:
            return str(day.year)
        return MONTHS[day.month - 1] + (f" {day.year}" if first and years else "")
    return str(day.year)


def _day(ordinal: float) -> date | None:
    """Return the day, if Python's calendar has it."""
    return date.fromordinal(int(ordinal)) if 1 <= ordinal <= date.max.toordinal() else None


def axis_of(dated: Iterable[Date], cells: int) -> Axis | None:
    """Return an axis that holds the known ends of these dates; None if there is none, or no room. Ends outside the years 1-9999
    are beyond any axis.

    A tenth of the dates at most may be left beyond an end, to be drawn at it as an arrow, where the rest then has at
    least four times the room: one event of 1911 must not press a year of others into one cell.
    """
    ends_of = ((_day(when.first), _day(when.last)) for when in dated)
    known = [(first, last) for one, other in ends_of if (first := one or other) and (last := other or one)]
    if not known or cells < 8:
        return None
    begins, ends = sorted(first for first, _ in known), sorted(last for _, last in known)
    first, last = begins[0], ends[-1]
    for dropped in range(1, (len(known) // 10 or int(len(known) >= 5)) + 1):
        later, earlier = begins[dropped], ends[-1 - dropped]
        if (last - later).days * 4 < (last - first).days:
            first = later
        if (earlier - first).days * 4 < (last - first).days:
            last = earlier
    return Axis(first, last, cells)
