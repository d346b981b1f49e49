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
_DATE = (
    rf"(?:{_WEEKDAY.replace('?P<weekday>', '?:')},?\s+(?:{ENGLISH.definite_article}\s+)?)?"
    rf"(?:{_MONTH}\s+(?:{ENGLISH.definite_article}\s+)?{_DAY}(?:,?\s+{_YEAR})?"
    rf"|{_DAY.replace('<day>', '<day2>')}\s+{_OF}{_MONTH.replace('<month>', '<month2>')}(?:,?\s+{_YEAR.replace('<year>', '<year2>')})?)"
)
"""A day and a month, with the day of the week before them and the year behind them if they are there."""
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


def _other(pattern: str) -> str:
    """Return the pattern without names of groups: what it matches is read again by itself."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_PATTERNS = (
    (
        "range",
        {"month"},
        rf"(?:(?:{either_case(ENGLISH.before_ranges)})\s+)?"
        rf"(?P<first>{_other(_DATE)}|{_other(_DAY)}(?=\s*[-–—]\s*\d|\s+(?:{one_of(ENGLISH.inside_ranges)})\s+\d)|{_other(_MONTH)}(?:\s+{_other(_YEAR)})?)"
        rf"(?:\s*[-–—]\s*|,?\s+(?:{one_of(ENGLISH.inside_ranges)})\s+)"
        rf"(?P<last>{_other(_DATE)}|{_other(_DAY)}(?:,?\s+{_other(_YEAR)})?|{_other(_MONTH)}(?:\s+{_other(_YEAR)})?)(?!:|\d|[^\W\d_])",
    ),
    (
        "day",
        {"month"},
        rf"(?<!{either_case([ENGLISH.in_not_before_dates])} )(?:(?P<until>{either_case(ENGLISH.before_deadlines)}|{one_of(ENGLISH.before_dates)})\s+)?"
        rf"{_DATE}(?!:|\d)",
    ),
    ("day", {"iso"}, r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"),
    (
        "month",
        {"month"},
        rf"(?P<since>{either_case(ENGLISH.before_months)}|{_MID})\s+"
        rf"(?:(?:{one_of(ENGLISH.early_and_late)}|{_MID})\s*)?{_MONTH}(?:,?\s+{_OF}{_YEAR}|,?\s+(?P<which>{one_of(ENGLISH.unit_steps)})\s+{ENGLISH.year_word})?",
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
PAST = rf"(?:{one_of(ENGLISH.irregular_pasts | ENGLISH.past_verbs)}|[a-z]{{2,}}{ENGLISH.past_ending})"
"""A past form, as a regular expression."""
_PAST = re.compile(rf"\b{PAST}\b")
_YEARS = re.compile(
    rf"(?:\b(?:{one_of(ENGLISH.months)})[^\S\n]+(?:\d{{1,2}},?[^\S\n]+)?"
    rf"|(?:\A|[.!?][”\"]?\s+){ENGLISH.in_not_before_dates.capitalize()}[^\S\n]+)(1[89]\d\d|20\d\d)\b(?!\s*%)"
)
"""A year that the sentences after it are in: of a date, or at the beginning of a sentence."""
_CLAUSE_END = re.compile(rf"[;:]|,?\s(?:{one_of(ENGLISH.clause_joints)})\s")
_NEAR = 400
"""Characters: what is further from an expression of time tells nothing of it."""
_SOON = 123
"""Days: a day and a month without a year, and without a verb that tells, are the nearest ones, if they are no further away."""


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
            year = self._year_before(start) if stand else 0
            known = self._known[start, end] = _found(stand, self.text[start:end], self.published, year) if stand else []
        return known

    def is_ahead(self, moment: Moment) -> bool:
        """Tell whether an expression is of a time after the publication."""
        published, when = _published(self.published), dates.read(moment.edtf) if moment.edtf else None
        return bool(published and when and when.earliest and when.earliest > published)

    def _year_before(self, at: int) -> int:
        """Return the year that the paragraph names last before an offset; 0 for none."""
        first = max(self.text.rfind("\n\n", 0, at) + 1, at - 4 * _NEAR)
        years = _YEARS.findall(self.text, first, at)
        return int(years[-1]) if years else 0


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


def _found(stand: Set[str], sentence: str, published: str, year: int = 0) -> list[Moment]:
    """Those that a sentence has in which these groups of words stand. `year`: the one that was named last before, 0 for none."""
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
    result = []
    for start, end, name, match in found:
        edtf = _edtf(name, match, _Count(day, _way(sentence, start, end), year if not day or year < day.year else 0))
        if named := _YEARS.search(sentence, max(0, start - 1), end):
            year = int(named[1])
        result.append(Moment(start, end, sentence[start:end], edtf))
    return result


class _Count(NamedTuple):
    """How to count what is not said in full. `day`: of publication; `way`: 1 where the clause tells of what is to come, -1 of what
    was, 0 where it does not tell; `year`: the one that the story is in, 0 for that of the publication."""

    day: date | None
    way: int
    year: int


def _way(sentence: str, start: int, end: int) -> int:
    """Tell whether the clause around these offsets is about what is to come (1), what was (-1), or neither for sure (0)."""
    nearest = max(0, start - _NEAR)
    joints = [each.end() for each in _CLAUSE_END.finditer(sentence, nearest, start)]
    first = next((at for at in reversed(joints) if _AHEAD.search(sentence, at, start) or _PAST.search(sentence, at, start)), nearest)
    after = _CLAUSE_END.search(sentence, end, end + _NEAR)
    last = after.start() if after else end + _NEAR
    clause = sentence[first:last]
    if _AHEAD.search(clause):
        return 1
    return -1 if _PAST.search(clause) else 0


@lru_cache(maxsize=8)
def _published(text: str) -> date | None:
    when = dates.read(text) if text else None
    day = when.earliest if when and when.earliest and when.earliest == when.latest else None
    return day if day and 1000 < day.year < 9000 else None


def _edtf(name: str, found: re.Match[str], count: _Count) -> str:
    groups, day = found.groupdict(), count.day
    if name == "range":
        return _range(found, count)
    if name == "day":
        return _day(found, count)
    if name == "month":
        return _in_month(groups, found[0], count)
    if name == "year":
        return _checked(groups["year"], found[0])
    if day is None:
        return ""
    if name == "weekday":
        return _weekday(groups, found[0], count)
    if name == "near":
        step = int(ENGLISH.day_steps[" ".join(found[0].lower().split())])
        return f"{(day + timedelta(days=step)).isoformat()}?"
    if name == "relative":
        if count.year or (count.way > 0 and ENGLISH.unit_steps[groups["which"].lower()] == "-1"):
            return ""
        return _relative(groups["which"].lower(), groups["unit"], day)
    if name == "ago":
        return _ago(groups, day)
    return ""


def _day(found: re.Match[str], count: _Count) -> str:
    groups, day = found.groupdict(), count.day
    if groups.get("iso"):
        return groups["iso"] if dates.read(groups["iso"]) else ""
    month = _month(groups.get("month") or groups.get("month2") or "")
    number = int(groups.get("day") or groups.get("day2") or 0)
    year = groups.get("year") or groups.get("year2")
    before = (groups.get("until") or "").lower()
    if year:
        return _checked(f"{year}-{month:02}-{number:02}", found[0])
    if count.year:
        return _checked(f"{count.year}-{month:02}-{number:02}?", found[0])
    if day is None:
        return ""
    near = [each for year in (day.year - 1, day.year, day.year + 1) if (each := _date(year, month, number))]
    deadline = before in ENGLISH.before_deadlines or before in ENGLISH.words_for_until
    if count.way > 0 or (deadline and count.way == 0):
        guess = next((each for each in near if each >= day), None)
    elif count.way < 0 and not deadline:
        guess = next((each for each in reversed(near) if each <= day), None)
    else:
        guess = min(near, key=lambda each: abs(each - day), default=None)
        guess = None if guess and abs(guess - day).days > _SOON else guess
    return _checked(f"{guess.isoformat()}?", found[0]) if guess else ""


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _in_month(groups: dict[str, str | None], written: str, count: _Count) -> str:
    month, day = _month(groups["month"] or ""), count.day
    since = (groups.get("since") or "").lower()
    if groups.get("year"):
        return _checked(f"{groups['year']}-{month:02}", written)
    if count.year:
        return _checked(f"{count.year}-{month:02}?", written)
    if day is None:
        return ""
    if which := groups.get("which"):  # in January last year
        return f"{day.year + int(ENGLISH.unit_steps[which])}-{month:02}?"
    step = ENGLISH.unit_steps.get(since)
    if step == "1" or (count.way > 0 and step != "-1"):
        year = day.year if month > day.month or (month == day.month and step != "1") else day.year + 1
    elif step == "-1":
        year = day.year if month < day.month else day.year - 1
    else:
        year = day.year if month <= day.month else day.year - 1
    return _checked(f"{year}-{month:02}?", written)


def _weekday(groups: dict[str, str | None], written: str, count: _Count) -> str:
    day = count.day
    if count.year or day is None:
        return ""
    number = ENGLISH.weekdays.index(groups["weekday"] or "")
    when = (groups.get("when") or "").lower()
    if when in ENGLISH.words_for_next or count.way > 0:
        return f"{(day + timedelta(days=(number - day.weekday() - 1) % 7 + 1)).isoformat()}?"
    back = (day.weekday() - number) % 7 or (7 if ENGLISH.unit_steps.get(when) == "-1" else 0)
    return _checked(f"{(day - timedelta(days=back)).isoformat()}?", written)


def _range(found: re.Match[str], count: _Count) -> str:
    """Return the interval between two dates; the first takes from the last what it does not say itself."""
    first, last = found["first"], found["last"]
    end = _whole(last, count)
    if not end and last[:1].isdigit():  # March 3 to 5, 2024
        end = _whole(f"{re.sub(_DAY.replace('<day>', '<first>'), '', first).strip()} {last}", count)
    if not end:
        return ""
    year, month = end[:4], end[5:7]
    begin = _whole(first, count) if _YEAR_WORD.search(first) else ""
    if not begin:
        named = _month_in(first)
        number = re.search(r"\d{1,2}", first)
        begin = f"{year}-{named or int(month):02}" + (f"-{int(number[0]):02}" if number and len(end.rstrip('?')) == 10 else "")
        begin += "?" if end.endswith("?") else ""
    span = f"{begin}/{end}"
    return span if dates.read(span) else ""


_YEAR_WORD = re.compile(r"\b(?:1[89]|20)\d\d\b")


def _month_in(words: str) -> int:
    found = re.search(_MONTH, words)
    return _month(found["month"]) if found else 0


def _whole(words: str, count: _Count) -> str:
    """Return the one day or month that these words are, "" if they are none."""
    if found := re.fullmatch(_DATE, words):
        return _day(found, count)
    if found := re.fullmatch(rf"{_MONTH}(?:\s+{_YEAR})?", words):
        return _in_month({"month": found["month"], "year": found["year"]}, words, count)
    return ""


def _checked(edtf: str, written: str) -> str:
    """Open towards the side that the words leave open: since, until."""
    if not dates.read(edtf):
        return ""
    first = written.split()[0].lower()
    until = first in ENGLISH.words_for_until or any(written.lower().startswith(word) for word in ENGLISH.before_deadlines if " " in word)
    return f"{edtf}/.." if first == ENGLISH.since else f"../{edtf}" if until else edtf


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
