"""Dates as EDTF (Library of Congress, 2019; ISO 8601-2): when at the earliest, when at the latest, and in words.

Levels 0 and 1 within the years 1-9999, and the one-of set of level 2. Ours, because `undate` and `edtf` take 120-250 ms
to import and fail on what briefings are full of (`2025-09/..`, seasons). Nothing here guesses: a missing end is open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from tui.briefing.record import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX)"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T(?P<time>\d\d:\d\d(?::\d\d)?)(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
    r"(?P<qualifier>[?~%]?)",
    re.ASCII,
)


class Date(NamedTuple):
    """An EDTF expression, understood. `earliest` and `latest` are whole days; None is open or unknown."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str
    """minute, day, month, season, year, decade, century, interval or set."""
    qualifier: str = ""
    """"?" uncertain, "~" approximate, "%" both; of an interval, the stronger of its ends'."""
    time: str = ""
    """HH:MM[:SS] as written, in the zone as written."""
    parts: tuple[Date | None, ...] = ()
    """Of an interval its two ends, of a set its members (None: open)."""

    @property
    def certain(self) -> bool:
        """True when it is one known day and nobody doubts it."""
        return self.earliest is not None and self.earliest == self.latest and not self.qualifier

    @property
    def key(self) -> tuple[date, date, str]:
        """Sorts by the earliest day, then the latest, then the time of day; an open end sorts as far out as it lies."""
        return (self.earliest or date.min, self.latest or date.max, self.time)


class BadDate(ValueError):
    """The message says what is wrong with the expression."""


@lru_cache(4096)
def parse(text: str) -> Date:
    """Raise BadDate where `text` is not one of the forms that this version reads."""
    if text.startswith("[") and text.endswith("]"):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    return _single(text)


def read(text: str) -> Date | None:
    """The date, or None for "" and for what is no EDTF: for panes, which show what there is (the checker complains)."""
    try:
        return parse(text) if text else None
    except BadDate:
        return None


def order(text: str) -> tuple[bool, date, date, str]:
    """Sorts dates as `Date.key` does, what is undated (or no EDTF) behind everything dated."""
    when = read(text)
    return (False, *when.key) if when else (True, date.max, date.max, "")


def _single(text: str) -> Date:
    found = _DATE.fullmatch(text)
    if not found:
        raise BadDate(f"{text!r} is not an EDTF date")
    year, month, day, time = found["year"], found["month"], found["day"], found["time"] or ""
    qualifier = found["qualifier"]
    if "X" in year:
        if month:
            raise BadDate(f"{text!r}: digits are left out from the right, so no month can follow {year}")
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return Date(text, _day(text, first or 1, 1, 1), date(last, 12, 31), "century" if "XX" in year else "decade", qualifier)
    number = int(year)
    if number < 1:
        raise BadDate(f"{text!r}: years run from 0001 to 9999")
    if month is None or month == "XX":
        if day and day != "XX":
            raise BadDate(f"{text!r}: a day needs its month")
        return Date(text, date(number, 1, 1), date(number, 12, 31), "year", qualifier)
    if int(month) in SEASONS:
        return _season(text, number, int(month), day, qualifier)
    if not 1 <= int(month) <= 12:
        raise BadDate(f"{text!r}: there is no month {month}")
    if day is None or day == "XX":
        return Date(
            text, date(number, int(month), 1), date(number, int(month), monthrange(number, int(month))[1]), "month", qualifier
        )
    at = _day(text, number, int(month), int(day))
    if time and (time[:5] > "24:00" or any(int(part) > 59 for part in time.split(":")[1:])):
        raise BadDate(f"{text!r}: there is no time {time}")
    return Date(text, at, at, "minute" if time else "day", qualifier, time)


def _season(text: str, year: int, season: int, day: str | None, qualifier: str) -> Date:
    """Meteorological and northern, winter running into the next year: EDTF leaves the months of a season open."""
    if day:
        raise BadDate(f"{text!r}: a season has no days")
    start = SEASONS[season][1]
    end_year, end = (year + 1, 2) if start == 12 else (year, start + 2)
    if end_year > 9999:
        raise BadDate(f"{text!r}: years run from 0001 to 9999")
    return Date(text, date(year, start, 1), date(end_year, end, monthrange(end_year, end)[1]), "season", qualifier)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate(f"{text!r}: there is no day {year:04}-{month:02}-{day:02}") from None


def _interval(text: str) -> Date:
    ends = text.split("/")
    if len(ends) != 2:
        raise BadDate(f"{text!r}: an interval has one slash")
    start, end = (_single(part) if part not in ("", "..") else None for part in ends)
    if start is None and end is None:
        raise BadDate(f"{text!r}: an interval open at both ends says nothing")
    if start and end and start.earliest and end.latest and start.earliest > end.latest:
        raise BadDate(f"{text!r}: the interval ends before it begins")
    qualifier = _stronger(part.qualifier for part in (start, end) if part)
    return Date(text, start.earliest if start else None, end.latest if end else None, "interval", qualifier, "", (start, end))


def _stronger(qualifiers: object) -> str:
    marks = set("".join(qualifiers).replace("%", "?~"))  # type: ignore[arg-type]  # any iterable of str
    return "%" if len(marks) == 2 else "".join(marks)


def _one_of(text: str) -> Date:
    members: list[Date] = []
    for part in text[1:-1].split(","):
        first, dots, last = part.strip().partition("..")
        if not dots:
            members.append(_single(first))
        elif not first and not last:
            raise BadDate(f"{text!r}: a set needs a date")
        else:
            members.append(_interval(f"{first or '..'}/{last or '..'}"))
    earliest = None if any(member.earliest is None for member in members) else min(m.earliest for m in members if m.earliest)
    latest = None if any(member.latest is None for member in members) else max(m.latest for m in members if m.latest)
    return Date(text, earliest, latest, "set", _stronger(m.qualifier for m in members), "", tuple(members))


def words(when: Date, *, year: bool = True, weekday: bool = False) -> str:
    """Short words for people: "11 Nov 2025?", "since Sep 2025", "before 12 Oct 2025". No year on `year=False`."""
    if when.precision == "set":
        return _set_words(when, year, weekday) + _mark(when)
    if when.precision != "interval":
        return _about(when) + _plain(when, year, weekday) + _mark(when)
    start, end = when.parts
    if start is None and end:
        return "before " + _about(end) + _plain(end, year, weekday) + _mark(when)
    if end is None and start:
        return "since " + _about(start) + _plain(start, year, weekday) + _mark(when)
    assert start and end
    one_year = start.earliest and end.latest and start.earliest.year == end.latest.year
    one_month = one_year and start.earliest and end.latest and start.earliest.month == end.latest.month
    if one_month and start.earliest and start.precision == end.precision == "day" and not weekday:
        first = str(start.earliest.day)
    else:
        first = _plain(start, year and (not one_year or start.precision == "year"), weekday)
    return _about(when) + first + ("–" if first.isdigit() else " – ") + _plain(end, year, weekday) + _mark(when)


def _set_words(when: Date, year: bool, weekday: bool) -> str:
    if len(when.parts) == 1 and when.parts[0] and when.parts[0].precision == "interval":
        start, end = when.parts[0].parts
        if start and end:
            return f"between {_plain(start, year, weekday)} and {_plain(end, year, weekday)}"
    return " or ".join(words(part, year=year, weekday=weekday).rstrip("?") for part in when.parts if part)


def _about(when: Date) -> str:
    return "about " if when.qualifier in ("~", "%") else ""


def _mark(when: Date) -> str:
    return "?" if when.qualifier in ("?", "%") else ""


def _plain(when: Date, year: bool, weekday: bool) -> str:
    first = when.earliest
    if first is None:
        return when.edtf
    tail = f" {first.year}" if year else ""
    if when.precision in ("day", "minute"):
        day = f"{DAYS[first.weekday()]} " if weekday else ""
        return f"{day}{first.day} {MONTHS[first.month - 1]}{tail}" + (f" {when.time[:5]}" if when.time else "")
    if when.precision == "month":
        return MONTHS[first.month - 1] + tail
    if when.precision == "season":
        return f"{SEASONS[int(when.edtf[5:7])][0]} {first.year}"
    if when.precision == "decade":
        return f"{when.edtf[:3]}0s"
    if when.precision == "century":
        return f"{when.edtf[:2]}00–{when.edtf[:2]}99"
    return str(first.year)
