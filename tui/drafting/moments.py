"""When: every expression of time in a sentence, as written, and as EDTF where it can be counted from the day of publication.

What was inferred carries "?". Without that day only a full date is a date; "on Tuesday" then stays words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Set
from datetime import date, timedelta
from functools import lru_cache

from tui.briefing import dates
from tui.briefing.record import NamedTuple
from tui.drafting.language import ENGLISH, either_case, one_of

_MONTH = rf"(?P<month>{one_of(ENGLISH.months + ENGLISH.short_months)}|(?:{one_of(ENGLISH.short_months_before_day)})(?=\s\d))"
_DAY = rf"(?P<day>[12]?\d|3[01])(?:{one_of(ENGLISH.ordinal_endings)})?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_NUMBER = rf"(?P<number>\d+|{one_of(ENGLISH.numbers)}|{one_of(ENGLISH.vague_numbers)})"
_MID = one_of(ENGLISH.mid)
_OF = rf"(?:{ENGLISH.between_day_and_month}\s+)?"
_WEEKDAY = rf"(?P<weekday>{one_of(ENGLISH.weekdays)})(?:\s+(?:{one_of(ENGLISH.day_parts)}))?"
_UNITS = [*ENGLISH.units, *ENGLISH.seasons]
_NEEDED = {
    "month": tuple(ENGLISH.month_parts),
    "day": (ENGLISH.weekday_part,),
    "ago": (ENGLISH.ago,),
    "near": tuple(word[1:] for word in ENGLISH.day_steps),
    "which": tuple(word[1:] for word in ENGLISH.unit_steps),
    "unit": tuple(_UNITS),
    "century": ("18", "19", "20"),
    "iso": ("-0", "-1"),
}
"""Parts of words that an expression of time must contain. To search these first is quick."""
_GROUPS = tuple(_NEEDED)
_BOUND = r"\b"
"""An expression begins at the boundary of a word. This is quicker to test than what precedes it."""


def _numbered(pattern: str) -> str:
    """Return the pattern with other names of its groups, for its second place in an expression."""
    return re.sub(r"\(\?P<(\w+)>", r"(?P<\g<1>2>", pattern)


_PATTERNS = (
    (
        "day",
        {"month"},
        rf"(?<!{either_case([ENGLISH.in_not_before_dates])} )(?:(?:{one_of(ENGLISH.before_dates)})\s+)?"
        rf"(?:{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?|{_numbered(_DAY)}\s+{_OF}{_numbered(_MONTH)}(?:,?\s+{_numbered(_YEAR)})?)(?!:|\d)",
    ),
    ("day", {"iso"}, r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"),
    (
        "month",
        {"month"},
        rf"(?P<since>{either_case(ENGLISH.before_months)}|{_MID})\s+"
        rf"(?:(?:{one_of(ENGLISH.early_and_late)}|{_MID})\s*)?{_MONTH}(?:\s+{_OF}{_YEAR})?",
    ),
    ("month", {"month", "century"}, rf"{_MONTH}\s+{_OF}{_YEAR}"),
    (
        "weekday",
        {"day"},
        "".join(f"(?<!{word} )" for word in sorted(ENGLISH.before_names_of_days))
        + rf"(?:(?P<when>{either_case(ENGLISH.before_weekdays)})\s*)?{_WEEKDAY}",
    ),
    (
        "ago",
        {"ago"},
        rf"(?P<over>(?:{either_case(ENGLISH.before_lengths)})\s+)?"
        rf"{_NUMBER}\s+(?P<unit>{one_of(ENGLISH.length_units)})s?\s+{ENGLISH.ago}",
    ),
    (
        "relative",
        {"unit", "which"},
        rf"(?:(?:{either_case(ENGLISH.earlier_and_later)})\s+)?"
        rf"(?P<which>{either_case(ENGLISH.unit_steps)})\s+(?P<unit>{one_of(_UNITS)})",
    ),
    ("near", {"near"}, either_case(ENGLISH.day_steps)),
    (
        "year",
        {"century"},
        rf"(?P<since>{either_case(ENGLISH.before_years)}|{_MID})\s+"
        rf"{_YEAR}(?!\s*(?:%|{one_of(ENGLISH.not_after_years)}|[A-Za-z]+s\b))",
    ),
)
_FORMS = tuple(
    (
        name,
        needs,
        re.compile(rf"{_BOUND}(?<![\w-])(?<!\d[.,])(?<!{ENGLISH.half} )(?:{pattern})(?![\w])(?!-\w)(?![.,]\d)"),
    )
    for name, needs, pattern in _PATTERNS
)
"""Each expression with the groups of `_NEEDED` that it must contain. Most sentences contain none."""
_AHEAD = re.compile(rf"\b(?:{one_of(ENGLISH.future_phrases)})\b")
"""Words that tell of the future: a day of the week or a month is then not the last one."""


class Moment(NamedTuple):
    """`start` and `end` are offsets in the text it was found in; `edtf` is "" where it cannot be told."""

    start: int
    end: int
    written: str
    edtf: str


class Times:
    """The expressions of time of a text, stretch by stretch."""

    def __init__(self, text: str, published: str) -> None:
        self.text, self.published = text, published
        self._places = array(
            "q", sorted(at * len(_GROUPS) + _GROUPS.index(group) for group in _GROUPS for at in _places(group, text))
        )
        """Where something stands that an expression of time needs, in order, each together with the number of its group."""
        self._known: dict[tuple[int, int], list[Moment]] = {}

    def between(self, start: int, end: int) -> list[Moment]:
        """Those in these words, as `moments` gives them; what stands around the words is not looked at."""
        known = self._known.get((start, end))
        if known is None:
            first = bisect_left(self._places, start * len(_GROUPS))
            last = bisect_left(self._places, end * len(_GROUPS), first)
            stand = {_GROUPS[place % len(_GROUPS)] for place in self._places[first:last]}
            known = self._known[start, end] = _found(stand, self.text[start:end], self.published) if stand else []
        return known


def _places(group: str, text: str) -> Iterator[int]:
    """Where any word of this group stands."""
    for word in _NEEDED[group]:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + 1)


def moments(sentence: str, published: str = "") -> list[Moment]:
    """Return every expression of time, in order; of two that overlap the longer one."""
    return Times(sentence, published).between(0, len(sentence))


def _found(stand: Set[str], sentence: str, published: str) -> list[Moment]:
    """Those that a sentence has in which these groups of words stand."""
    found: list[tuple[int, int, str, re.Match[str]]] = []
    for name, needs, form in _FORMS:
        if not needs <= stand:
            continue
        for match in form.finditer(sentence):
            start, behind = match.span()
            if not any(start < end and first < behind for first, end, _, _ in found):
                found.append((start, behind, name, match))
    if not found:
        return []
    found.sort(key=lambda each: each[0])
    day = _published(published)
    ahead: bool | None = None
    result = []
    for start, end, name, match in found:
        edtf = _edtf(name, match, day)
        if edtf.endswith("?"):
            if ahead is None:
                ahead = _AHEAD.search(sentence) is not None
            if ahead:  # which way to count is not said
                edtf = ""
        result.append(Moment(start, end, sentence[start:end], edtf))
    return result


@lru_cache(maxsize=8)
def _published(text: str) -> date | None:
    when = dates.read(text) if text else None
    day = when.earliest if when and when.earliest and when.earliest == when.latest else None
    return day if day and 1000 < day.year < 9000 else None


def _edtf(name: str, found: re.Match[str], day: date | None) -> str:
    groups = found.groupdict()
    if name == "day":
        if groups.get("iso"):
            return groups["iso"] if dates.read(groups["iso"]) else ""
        month = _month(groups.get("month") or groups.get("month2") or "")
        number = int(groups.get("day") or groups.get("day2") or 0)
        year = groups.get("year") or groups.get("year2")
        if year:
            return _checked(f"{year}-{month:02}-{number:02}", found[0])
        if day is None:
            return ""
        for candidate in (day.year, day.year - 1):
            try:
                guess = date(candidate, month, number)
            except ValueError:
                continue
            if guess <= day:
                return _checked(f"{guess.isoformat()}?", found[0])
        return ""
    if name == "month":
        month = _month(groups["month"])
        year = groups.get("year")
        since = (groups.get("since") or "").lower()
        if year:
            return _checked(f"{year}-{month:02}", found[0])
        if day is None:
            return ""
        if ENGLISH.unit_steps.get(since) == "1":
            candidate = day.year if month > day.month else day.year + 1
        else:
            candidate = day.year if month <= day.month else day.year - 1
        return _checked(f"{candidate}-{month:02}?", found[0])
    if name == "year":
        return _checked(groups["year"], found[0])
    if day is None:
        return ""
    if name == "weekday":
        number = ENGLISH.weekdays.index(groups["weekday"])
        when = (groups.get("when") or "").lower()
        if when in ENGLISH.words_for_next:
            return f"{(day + timedelta(days=(number - day.weekday() - 1) % 7 + 1)).isoformat()}?"
        back = (day.weekday() - number) % 7 or (7 if ENGLISH.unit_steps.get(when) == "-1" else 0)
        return _checked(f"{(day - timedelta(days=back)).isoformat()}?", found[0])
    if name == "near":
        step = int(ENGLISH.day_steps[found[0].lower()])
        return f"{(day + timedelta(days=step)).isoformat()}?"
    if name == "relative":
        return _relative(groups["which"].lower(), groups["unit"], day)
    if name == "ago":
        return _ago(groups, day)
    return ""


def _checked(edtf: str, written: str) -> str:
    """Open towards the side that the words leave open: since, until."""
    if not dates.read(edtf):
        return ""
    first = written.split()[0].lower()
    return f"{edtf}/.." if first == ENGLISH.since else f"../{edtf}" if first in ENGLISH.words_for_until else edtf


def _month(name: str) -> int:
    return next(number for number, month in enumerate(ENGLISH.months, 1) if month.startswith(name.rstrip(".")[:3]))


def _relative(which: str, unit: str, day: date) -> str:
    step = int(ENGLISH.unit_steps[which])
    season = int(ENGLISH.seasons.get(unit, 0))
    unit = ENGLISH.units.get(unit, "")
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
        return f"{year}-{month + 1:02}?"
    if unit == "year":
        return f"{day.year + step}?"
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
        return f"{monday.isoformat()}?/{(monday + timedelta(days=6)).isoformat()}?"
    months = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    year = day.year + (step if step > 0 else 0) - (1 if step < 0 and day.month <= months + 2 else 0)
    return f"{year}-{season}?"


def _ago(groups: dict[str, str | None], day: date) -> str:
    written = groups["number"] or ""
    number = int(ENGLISH.numbers.get(written) or (written if written.isdigit() else 0))
    if not number or number > 3000:
        return ""
    unit = ENGLISH.length_units[groups["unit"] or ""]
    over = (groups["over"] or "").strip().lower()
    if unit in ("day", "week"):
        then = day - timedelta(days=number * (7 if unit == "week" else 1))
        edtf = f"{then.isoformat()}{'?' if unit == 'day' else '%'}"
    elif unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 - number, 12)
        if over in ENGLISH.words_for_over:
            then = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
            return f"../{then.isoformat()}?"
        edtf = f"{year}-{month + 1:02}%"
    else:
        years = number * (10 if unit == "decade" else 1)
        edtf = f"{day.year - years}%"
    if over in ENGLISH.words_for_over:
        return f"../{edtf.rstrip('%?')}?"
    return edtf if dates.read(edtf) else ""
