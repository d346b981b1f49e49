"""EDTF: the standard's own examples, the two libraries as oracles where they are right, and words for people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing import dates

DAY = date.fromisoformat

STANDARD = [  # (expression, earliest, latest): the examples of the specification, levels 0 and 1, within this version's reach
    ("1985-04-12", "1985-04-12", "1985-04-12"),
    ("1985-04", "1985-04-01", "1985-04-30"),
    ("1985", "1985-01-01", "1985-12-31"),
    ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12"),
    ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    ("2001-21", "2001-03-01", "2001-05-31"),
    ("2001-24", "2001-12-01", "2002-02-28"),
    ("1984?", "1984-01-01", "1984-12-31"),
    ("2004-06~", "2004-06-01", "2004-06-30"),
    ("2004-06-11%", "2004-06-11", "2004-06-11"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2004-XX", "2004-01-01", "2004-12-31"),
    ("1985-04-XX", "1985-04-01", "1985-04-30"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31"),
    ("1985-04-12/..", "1985-04-12", None),
    ("1985-04/..", "1985-04-01", None),
    ("1985/..", "1985-01-01", None),
    ("../1985-04-12", None, "1985-04-12"),
    ("../1985", None, "1985-12-31"),
    ("1985-04-12/", "1985-04-12", None),
    ("/1985-04-12", None, "1985-04-12"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30"),
    ("1984?/2004%", "1984-01-01", "2004-12-31"),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
    ("[..1760-12-03]", None, "1760-12-03"),
    ("[1760-12..]", "1760-12-01", None),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), STANDARD)
def test_the_standards_examples_have_the_standards_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    when = dates.parse(text)
    assert (when.earliest, when.latest) == (earliest and DAY(earliest), latest and DAY(latest))
    assert when.edtf == text


@pytest.mark.parametrize(
    "text",
    ["", "2025-13-45", "2025-13", "2025-11-31", "2025-02-29", "Tuesday", "2025/11", "2025-11-9", "2025-1", "202X-11", "0000",
     "2025-09/2025-08", "../..", "a/b/c", "[]", "[..]", "2025-21-03", "2025-XX-03", "2025-11-09T25:00", "2025-11-09T10:61", "+2025",
     "2025-11-09 ", "Y170000", "-0044", "2025-25"],
)  # fmt: skip
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(dates.BadDate) as refusal:
        dates.parse(text)
    assert str(refusal.value)
    assert dates.read(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-11-11?", "11 Nov 2025?"),
        ("2025-09/..", "since Sep 2025"),
        ("../2025-10-12", "before 12 Oct 2025"),
        ("../2025-10-12?", "before 12 Oct 2025?"),
        ("2025-10?", "Oct 2025?"),
        ("2025~", "about 2025"),
        ("2025%", "about 2025?"),
        ("2025-11-09/2025-11-11", "9–11 Nov 2025"),
        ("2025-09/2025-11", "Sep – Nov 2025"),
        ("2024-12-30/2025-01-02", "30 Dec 2024 – 2 Jan 2025"),
        ("2024/2025", "2024–2025"),
        ("[2025-10..2025-11]", "between Oct 2025 and Nov 2025"),
        ("[2025,2027]", "2025 or 2027"),
        ("202X", "2020s"),
        ("2025-24", "winter 2025"),
        ("2025-11-09T14:30Z", "9 Nov 2025 14:30"),
    ],
)
def test_a_date_has_short_words(text: str, words: str) -> None:
    assert dates.words(dates.parse(text)) == words


def test_the_year_can_be_left_out_and_the_weekday_said() -> None:
    assert dates.words(dates.parse("2025-11-11?"), year=False, weekday=True) == "Tue 11 Nov?"


def test_a_doubted_or_long_date_is_not_certain() -> None:
    assert dates.parse("2025-11-11").certain
    assert not dates.parse("2025-11-11?").certain
    assert not dates.parse("2025-11").certain
    assert not dates.parse("2025-11/..").certain


def test_dates_sort_by_earliest_then_latest_then_time_and_undated_last() -> None:
    given_ = ["", "2025-11", "2025-11-01", "2025", "2025-11-01T09:00", "2025-11-01T08:00", "../2025", "2025-01/.."]
    ordered = sorted(given_, key=dates.order)
    assert ordered == ["../2025", "2025", "2025-01/..", "2025-11-01", "2025-11-01T08:00", "2025-11-01T09:00", "2025-11", ""]


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2200, 12, 31))
precise = st.one_of(days.map(date.isoformat), days.map(lambda day: f"{day:%Y-%m}"), days.map(lambda day: f"{day.year:04}"))
qualified = st.tuples(precise, st.sampled_from(["", "?", "~", "%"])).map("".join)


@given(qualified)
def test_every_single_date_holds_its_own_day_and_keeps_its_qualifier(text: str) -> None:
    when = dates.parse(text)
    assert when.earliest is not None and when.latest is not None and when.earliest <= when.latest
    assert when.earliest.isoformat().startswith(text.rstrip("?~%"))
    assert when.qualifier == text[len(text.rstrip("?~%")) :]


@given(qualified, qualified)
def test_an_interval_runs_from_the_first_ends_beginning_to_the_last_ends_end(first: str, last: str) -> None:
    start, end = dates.parse(first), dates.parse(last)
    assert start.earliest and end.latest
    if start.earliest > end.latest:
        with pytest.raises(dates.BadDate):
            dates.parse(f"{first}/{last}")
    else:
        when = dates.parse(f"{first}/{last}")
        assert (when.earliest, when.latest) == (start.earliest, end.latest)


@given(st.lists(st.one_of(qualified, st.just("")), max_size=8))
def test_the_order_is_total(texts: list[str]) -> None:
    ordered = sorted(texts, key=dates.order)
    assert list(map(dates.order, sorted([*reversed(texts)], key=dates.order))) == list(map(dates.order, ordered))
    assert all(dates.order(a) <= dates.order(b) for a, b in zip(ordered, ordered[1:]))


@given(st.text(alphabet="0123456789-/.?~%X[],TZ:+", max_size=24))
def test_any_text_is_a_date_or_refused_and_nothing_else(text: str) -> None:
    try:
        when = dates.parse(text)
    except dates.BadDate:
        return
    assert dates.words(when)
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest


@given(precise)
def test_the_library_undate_finds_the_same_bounds(text: str) -> None:
    undate = pytest.importorskip("undate")
    theirs, ours = undate.Undate.parse(text, "EDTF"), dates.parse(text)
    assert str(theirs.earliest) == ours.earliest.isoformat() if ours.earliest else False
    assert str(theirs.latest) == ours.latest.isoformat() if ours.latest else False


@given(precise, precise)
def test_the_library_edtf_finds_the_same_bounds_of_closed_intervals(first: str, last: str) -> None:
    edtf = pytest.importorskip("edtf")
    start, end = dates.parse(first), dates.parse(last)
    if start.earliest and end.latest and start.earliest <= end.latest:
        theirs = edtf.parse_edtf(f"{first}/{last}")
        ours = dates.parse(f"{first}/{last}")
        assert date(*theirs.lower_strict()[:3]) == ours.earliest
        assert date(*theirs.upper_strict()[:3]) == ours.latest
