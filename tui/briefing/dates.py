"""Dates as EDTF (Library of Congress, 2019; ISO 8601-2): when at the earliest, when at the latest, and in words.

Levels 0 and 1, and of level 2 the one-of set, seasons, quarters and halves, qualified parts, unspecified digits at the end of
a day, month or year, and long years. Ours, because `undate` and `edtf` take 120-250 ms to import and fail on what briefings
are full of (`2025-09/..`, seasons). Nothing here guesses: a missing end is open.

A time with a zone is placed by its instant in UTC, one without by its clock as written, so that the order is total.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import inf

from tui.briefing.record import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMES = ("spring", "summer", "autumn", "winter")
SEASONS = {
    **{21 + i: (_NAMES[i], 3 + 3 * i, 3) for i in range(4)},
    **{25 + i: (f"northern {_NAMES[i]}", 3 + 3 * i, 3) for i in range(4)},
    **{29 + i: (f"southern {_NAMES[i]}", (9, 12, 3, 6)[i], 3) for i in range(4)},
    **{33 + i: (f"Q{i + 1}", 1 + 3 * i, 3) for i in range(4)},
    **{37 + i: (("Jan–Apr", "May–Aug", "Sep–Dec")[i], 1 + 4 * i, 4) for i in range(3)},
    40: ("first half of", 1, 6),
    41: ("second half of", 7, 6),
}
"""EDTF's numbers in place of a month → (name, first month, how many months)."""

_MARK = "[?~%]?"
_DATE = re.compile(
    rf"(?P<q1>{_MARK})(?P<year>-?\d{{4}}|-?\d{{3}}X|-?\d\dXX|-?\dXXX|Y-?[1-9]\d{{4,}}|Y-?[1-9]\d*E\d{{1,2}})(?P<q2>{_MARK})"
    rf"(?:-(?P<q3>{_MARK})(?P<month>\d\d|\dX|XX)(?P<q4>{_MARK})(?:-(?P<q5>{_MARK})(?P<day>\d\d|\dX|XX)"
    rf"(?:T(?P<time>\d\d:\d\d(?::\d\d)?)(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?(?P<q6>{_MARK}))?)?",
    re.ASCII,
)
_LEVEL_2 = re.compile(
    rf"{_MARK}(?:-?[\dX]{{4}}(?:S\d+)?|Y-?(?:\d{{5,}}|\d+E\d+)(?:S\d+)?){_MARK}(?:-{_MARK}[\dX]{{2}}{_MARK}){{0,2}}"
    r"|\{(?=.*\d)[\dXYES?~%,. -]+\}",
    re.ASCII,
)
_DIGITS = 12
"""A year has at most so many."""
UNCERTAIN = 14 * 3600
"""Seconds: the clocks of the world are at most so far from UTC, so times nearer than this may come in either order."""
ORDER_UNCERTAIN = "order uncertain"
"""Shown for what `unsure` returns."""
_DAY = 86_400
_CYCLE = 146_097
"""Days in 400 years, after which the calendar repeats."""


class Date(NamedTuple):
    """An EDTF expression, understood."""

    edtf: str
    first: float
    """The earliest day as a proleptic Gregorian ordinal, also outside the years 1-9999; -inf is open. Of a time with a zone,
    its day in UTC."""
    last: float
    """The latest day, likewise; inf is open."""
    precision: str
    """minute, day, month, season, year, decade, century, digits (others are unspecified), interval or set."""
    qualifier: str = ""
    """"?" uncertain, "~" approximate, "%" both, of any part; of an interval, the stronger of its ends'."""
    time: str = ""
    """HH:MM[:SS] as written, in the zone as written."""
    zone: str = ""
    """"UTC", or the offset as "+05:30" or "−05:00"; "" if none is written."""
    second: int = -1
    """Of the day `first`, where there is a time; -1 where there is none."""
    parts: tuple[Date | None, ...] = ()
    """Of an interval its two ends, of a set its members (None: open)."""
    written: tuple[int, int, int] = (0, 0, 0)
    """Year, month or season, and day as written; 0 for what is left out or unspecified."""

    @property
    def earliest(self) -> date | None:
        """Return the earliest day, or the nearest that Python has; None is open."""
        return None if self.first == -inf else date.fromordinal(_held(self.first))

    @property
    def latest(self) -> date | None:
        """Return the latest day, or the nearest that Python has; None is open."""
        return None if self.last == inf else date.fromordinal(_held(self.last))

    @property
    def certain(self) -> bool:
        """Test whether it is one known day that nobody doubts."""
        return self.first == self.last and not self.qualifier

    @property
    def beyond(self) -> bool:
        """Test whether an end is outside the years 1-9999, which `earliest` and `latest` cannot say."""
        return any(abs(day) != inf and day != _held(day) for day in (self.first, self.last))

    @property
    def bounds(self) -> tuple[str, str]:
        """Return the earliest and the latest day in ISO 8601; of a time, the moment, in UTC if it has a zone. "" is
        open."""
        if self.precision == "minute":
            at = f"{_iso(self.first)}T{self.second // 3600:02}:{self.second // 60 % 60:02}:{self.second % 60:02}"
            return (at + "Z" * bool(self.zone),) * 2
        return (_iso(self.first), _iso(self.last))

    @property
    def key(self) -> tuple[float, float, int]:
        """Return what sorts by the earliest day, then the latest, then the time of day; an open end is farthest out."""
        return (self.first, self.last, self.second)


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
    """Read a date; None for "" and for what cannot be read: for panes, which show what there is (the checker
    complains)."""
    try:
        return parse(text) if text else None
    except BadDate:
        return None


def order(text: str) -> tuple[bool, float, float, int]:
    """Return what sorts dates as `Date.key` does, and what is undated (or cannot be read) after everything dated."""
    when = read(text)
    return (False, *when.key) if when else (True, inf, inf, 0)


def unsure(texts: Iterable[str]) -> frozenset[str]:
    """Return those of these dates whose order is uncertain: times with a zone and times without one, within 14 hours
    of each other."""
    kinds: dict[bool, dict[str, float]] = {True: {}, False: {}}
    for text in set(texts):
        when = read(text) if "T" in text else None
        if when and when.precision == "minute":
            kinds[bool(when.zone)][text] = when.first * _DAY + when.second
    found: set[str] = set()
    for these, others in ((kinds[True], kinds[False]), (kinds[False], kinds[True])):
        moments = sorted(others.values())
        for text, moment in these.items():
            at = bisect_left(moments, moment - UNCERTAIN)
            if at < len(moments) and moments[at] <= moment + UNCERTAIN:
                found.add(text)
    return frozenset(found)


def after(one: Date, other: Date) -> bool:
    """Test whether all of `one` is after all of `other`, whatever the zones are that are not written."""
    begins = one.first * _DAY + max(0, one.second)
    ends = other.last * _DAY + _end_of(other)
    return begins > ends + (UNCERTAIN if _zoned(one) != _zoned(other) else 0)


def _end_of(when: Date) -> int:
    """Return the last second of the last day."""
    end = when.parts[-1] if when.precision == "interval" else when
    return end.second if end and end.second >= 0 else _DAY - 1


def _zoned(when: Date) -> bool:
    return bool(when.zone) or any(part.zone for part in when.parts if part)


def _held(day: float) -> int:
    return int(min(max(day, 1), date.max.toordinal()))


def _ordinal(year: int, month: int, day: int) -> int:
    """Return the ordinal of a day of any year. Raises ValueError for a day that does not exist."""
    near = 2000 + year % 400
    return date(near, month, day).toordinal() + (year - near) // 400 * _CYCLE


def _leap(year: int) -> bool:
    """Test for a leap year, as `calendar.isleap` does: that module takes 2 ms to load, with `locale`."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _calendar(day: float) -> tuple[int, int, int]:
    """Return (year, month, day) of an ordinal of any year."""
    cycles, rest = divmod(int(day) - 1, _CYCLE)
    near = date.fromordinal(rest + 1)
    return near.year + cycles * 400, near.month, near.day


def _iso(day: float) -> str:
    if abs(day) == inf:
        return ""
    year, month, number = _calendar(day)
    return f"{_iso_year(year)}-{month:02}-{number:02}"


def _iso_year(year: int) -> str:
    return f"Y{year}" if abs(year) > 9999 else f"-{-year:04}" if year < 0 else f"{year:04}"


def _length(year: int, month: int) -> int:
    return 29 if month == 2 and _leap(year % 400) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _single(text: str) -> Date:
    found = _DATE.fullmatch(text)
    if not found:
        what = "is EDTF level 2, not supported" if _LEVEL_2.fullmatch(text) else "is not an EDTF date"
        raise BadDate(f"{text!r} {what}")
    month, day, time = found["month"], found["day"], found["time"] or ""
    qualifier = _stronger(found[f"q{number}"] or "" for number in range(1, 7))
    if "X" in found["year"]:
        return _years(text, found["year"], bool(month), qualifier)
    year = _year(text, found["year"])
    if month is None or month == "XX":
        if day and day != "XX":
            raise BadDate(f"{text!r} is EDTF level 2, not supported")
        return Date(text, _ordinal(year, 1, 1), _ordinal(year, 12, 31), "year", qualifier, written=(year, 0, 0))
    if "X" in month:
        first, last = {"0X": (1, 9), "1X": (10, 12)}.get(month, (0, 0))
        if not first:
            raise BadDate(f"{text!r}: there is no month {month}")
        if day and day != "XX":
            raise BadDate(f"{text!r} is EDTF level 2, not supported")
        return Date(text, _ordinal(year, first, 1), _ordinal(year, last, _length(year, last)), "digits", qualifier)
    if int(month) in SEASONS:
        return _season(text, year, int(month), day, qualifier)
    if not 1 <= int(month) <= 12:
        raise BadDate(f"{text!r}: there is no month {month}")
    if day is None or "X" in day:
        return _days(text, year, int(month), day or "XX", qualifier)
    at = _day(text, year, int(month), int(day))
    written = (year, int(month), int(day))
    if not time:
        return Date(text, at, at, "day", qualifier, written=written)
    seconds, zone = _moment(text, time, found["zone"] or "")
    at += seconds // _DAY
    return Date(text, at, at, "minute", qualifier, time, zone, seconds % _DAY, written=written)


def _year(text: str, written: str) -> int:
    if written == "-0000":
        raise BadDate(f"{text!r}: the year 0 has no sign")
    number, _, zeros = written.lstrip("Y").partition("E")
    if len(number) + int(zeros or 0) > _DIGITS:
        raise BadDate(f"{text!r}: a year has at most {_DIGITS} digits")
    year: int = int(number) * 10 ** int(zeros or 0)
    return year


def _years(text: str, written: str, months: bool, qualifier: str) -> Date:
    if months:
        raise BadDate(f"{text!r} is EDTF level 2, not supported")
    ends = sorted((int(written.replace("X", "0")), int(written.replace("X", "9"))))
    precision = {1: "decade", 2: "century"}.get(written.count("X"), "digits")
    return Date(text, _ordinal(ends[0], 1, 1), _ordinal(ends[1], 12, 31), precision, qualifier)


def _days(text: str, year: int, month: int, day: str, qualifier: str) -> Date:
    length = _length(year, month)
    if day == "XX":
        first, last, precision = 1, length, "month"
    else:
        first, last, precision = max(1, int(day[0]) * 10), min(length, int(day[0]) * 10 + 9), "digits"
    if first > last:
        raise BadDate(f"{text!r}: there is no day {day} in this month")
    return Date(text, _ordinal(year, month, first), _ordinal(year, month, last), precision, qualifier, written=(year, month, 0))


def _moment(text: str, time: str, zone: str) -> tuple[int, str]:
    """Return the seconds from the start of the day as written, in UTC if there is a zone; and the zone for people."""
    hours, minutes, seconds = (*map(int, time.split(":")), 0)[:3]
    if minutes > 59 or seconds > 59 or (hours, minutes, seconds) > (24, 0, 0):
        raise BadDate(f"{text!r}: there is no time {time}")
    at = hours * 3600 + minutes * 60 + seconds
    if not zone:
        return at, ""
    if zone == "Z":
        return at, "UTC"
    away, more = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if more > 59 or (away, more) > (14, 0):
        raise BadDate(f"{text!r}: there is no offset {zone}; offsets have hours up to 14 and minutes up to 59")
    sign = -1 if zone[0] == "-" else 1
    shown = f"{'−' if sign < 0 else '+'}{away:02}:{more:02}" if away or more else "UTC"
    return at - sign * (away * 3600 + more * 60), shown


def _season(text: str, year: int, season: int, day: str | None, qualifier: str) -> Date:
    """Return the days of a season: meteorological and northern unless it says otherwise; winter goes on into the next
    year. EDTF leaves the months of a season open."""
    if day:
        raise BadDate(f"{text!r}: a season has no days")
    _, start, months = SEASONS[season]
    end_year, end = year + (start + months - 2) // 12, (start + months - 2) % 12 + 1
    first, last = _ordinal(year, start, 1), _ordinal(end_year, end, _length(end_year, end))
    return Date(text, first, last, "season", qualifier, written=(year, season, 0))


def _day(text: str, year: int, month: int, day: int) -> int:
    try:
        return _ordinal(year, month, day)
    except ValueError:
        raise BadDate(f"{text!r}: there is no day {_iso_year(year)}-{month:02}-{day:02}") from None


def _interval(text: str) -> Date:
    ends = text.split("/")
    if len(ends) != 2:
        raise BadDate(f"{text!r}: an interval has one slash")
    start, end = (_single(part) if part not in ("", "..") else None for part in ends)
    if start is None and end is None:
        raise BadDate(f"{text!r}: an interval open at both ends says nothing")
    if start and end and (start.first > end.last or after(start, end)):
        raise BadDate(f"{text!r}: the interval ends before it begins")
    qualifier = _stronger(part.qualifier for part in (start, end) if part)
    first, last = start.first if start else -inf, end.last if end else inf
    return Date(text, first, last, "interval", qualifier, second=start.second if start else -1, parts=(start, end))


def _stronger(qualifiers: Iterable[str]) -> str:
    marks = set("".join(qualifiers).replace("%", "?~"))
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
    first_day, last_day = min(member.first for member in members), max(member.last for member in members)
    qualifier = _stronger(member.qualifier for member in members)
    return Date(text, first_day, last_day, "set", qualifier, parts=tuple(members))


def words(when: Date, *, year: bool = True, weekday: bool = False) -> str:
    """Say a date in short words: "11 Nov 2025?", "since Sep 2025", "until 12 Oct 2025". No year if `year=False`."""
    if when.precision == "set":
        return _set_words(when, year, weekday) + _mark(when)
    if when.precision != "interval":
        return _about(when) + _plain(when, year, weekday) + _mark(when)
    start, end = when.parts
    if start is None and end:
        return "until " + _about(end) + _plain(end, year, weekday) + _mark(when)
    if end is None and start:
        return "since " + _about(start) + _plain(start, year, weekday) + _mark(when)
    assert start and end
    one_year = bool(start.written[0]) and start.written[0] == end.written[0] and end.precision != "season"
    one_month = one_year and start.written[1] == end.written[1]
    if one_month and start.precision == end.precision == "day" and not weekday:
        first = str(start.written[2])
    else:
        first = _plain(start, year and (not one_year or start.precision == "year"), weekday)
    return _about(when) + first + ("–" if first.isdigit() else " – ") + _plain(end, year, weekday) + _mark(when)


def _set_words(when: Date, year: bool, weekday: bool) -> str:
    if len(when.parts) == 1 and when.parts[0] and when.parts[0].precision == "interval":
        start, end = when.parts[0].parts
        if start and end:
            return f"between {_plain(start, year, weekday)} and {_plain(end, year, weekday)}"
        if start or end:
            return f"{_plain(start, year, weekday)} or later" if start else f"by {_plain(end, year, weekday)}" if end else ""
    return " or ".join(words(part, year=year, weekday=weekday).rstrip("?") for part in when.parts if part)


def _about(when: Date) -> str:
    return "about " if when.qualifier in ("~", "%") else ""


def _mark(when: Date) -> str:
    return "?" if when.qualifier in ("?", "%") else ""


def year_words(year: int) -> str:
    """Say a year for people. Astronomical years count 1 BC as 0."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _plain(when: Date, year: bool, weekday: bool) -> str:
    number, month, day = when.written
    tail = f" {year_words(number)}" if year else ""
    if when.precision in ("day", "minute"):
        name = f"{DAYS[(_ordinal(number, month, day) - 1) % 7]} " if weekday else ""
        time = f" {when.time[:5]}{' ' * bool(when.zone)}{when.zone}" if when.time else ""
        return f"{name}{day} {MONTHS[month - 1]}{tail}{time}"
    if when.precision == "month":
        return MONTHS[month - 1] + tail
    if when.precision == "season":
        return f"{SEASONS[month][0]} {year_words(number)}"
    if when.precision == "year":
        return year_words(number)
    (first, first_month, first_day), (last, last_month, last_day) = _calendar(when.first), _calendar(when.last)
    if when.precision == "decade" and first >= 0:
        return f"{first:03}s" if first else "0s"
    if when.precision == "digits" and first == last:
        tail = f" {year_words(first)}" if year else ""
        if first_month == last_month:
            these = f"{first_day}–{last_day}" if first_day < last_day else str(first_day)
            return f"{these} {MONTHS[first_month - 1]}{tail}"
        return f"{MONTHS[first_month - 1]}–{MONTHS[last_month - 1]}{tail}"
    if first > 0:
        return f"{first:04}–{last:04}"
    return f"{year_words(first)} – {year_words(last)}"
