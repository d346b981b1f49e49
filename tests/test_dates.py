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
    ("1985-04-12T23:20:30-04", "1985-04-13", "1985-04-13"),
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
    ("2001-34", "2001-04-01", "2001-06-30"),
    ("2001-38", "2001-05-01", "2001-08-31"),
    ("2001-41", "2001-07-01", "2001-12-31"),
    ("2001-26", "2001-06-01", "2001-08-31"),
    ("2001-30", "2001-12-01", "2002-02-28"),
    ("2004-06-~11", "2004-06-11", "2004-06-11"),
    ("2004?-06-11", "2004-06-11", "2004-06-11"),
    ("1984-1X", "1984-10-01", "1984-12-31"),
    ("2025-11-1X", "2025-11-10", "2025-11-19"),
    ("2025-02-2X", "2025-02-20", "2025-02-28"),
    ("1XXX", "1000-01-01", "1999-12-31"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), STANDARD)
def test_the_standards_examples_have_the_standards_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    when = dates.parse(text)
    assert (when.earliest, when.latest) == (earliest and DAY(earliest), latest and DAY(latest))
    assert when.edtf == text


@pytest.mark.parametrize(
    "text",
    ["", "2025-13-45", "2025-13", "2025-11-31", "2025-02-29", "Tuesday", "2025/11", "2025-11-9", "2025-1", "202X-11", "-0000",
     "2025-09/2025-08", "../..", "a/b/c", "[]", "[..]", "2025-21-03", "2025-XX-03", "2025-11-09T25:00", "2025-11-09T10:61", "+2025",
     "2025-11-09 ", "Y1700", "2025-42", "2025-11-09T24:00:01", "2025-11-09T24:01", "2025-11-09T10:00+99", "2025-11-09T10:00-25",
     "2025-11-09T10:00+00:60", "2025-11-09T10:00+14:01", "2025-02-3X", "2025-2X", "Y17E30"],
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
        ("../2025-10-12", "until 12 Oct 2025"),
        ("../2025-10-12?", "until 12 Oct 2025?"),
        ("[..2025-11]", "by Nov 2025"),
        ("[2025-11..]", "Nov 2025 or later"),
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
        ("2025-11-09T14:30Z", "9 Nov 2025 14:30 UTC"),
        ("2025-11-09T14:30", "9 Nov 2025 14:30"),
        ("2025-11-09T23:00-05:00", "9 Nov 2025 23:00 −05:00"),
        ("2025-11-09T23:00+05:30", "9 Nov 2025 23:00 +05:30"),
        ("2025-35", "Q3 2025"),
        ("2025-40", "first half of 2025"),
        ("2025-11-~09", "about 9 Nov 2025"),
        ("2025-11-1X", "10–19 Nov 2025"),
        ("2025-1X", "Oct–Dec 2025"),
        ("-0043-03-15", "15 Mar 44 BC"),
        ("0000", "1 BC"),
        ("Y17000", "17000"),
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


@pytest.mark.parametrize("text", ["202X-11", "156X-12-25", "2025-XX-09", "XXXX", "1950S2", "Y3388E2S3", "{1960,1961-12}"])
def test_a_form_of_level_2_that_is_not_read_is_not_called_something_else(text: str) -> None:
    with pytest.raises(dates.BadDate, match="is EDTF level 2, not supported"):
        dates.parse(text)


def test_times_with_a_zone_are_ordered_by_their_instant() -> None:
    given_ = ["2025-11-09T16:30-04:00", "2025-11-09T22:30+03:00", "2025-11-09T20:00Z", "2025-11-10T01:00+14:00"]
    assert sorted(given_, key=dates.order) == [given_[3], given_[1], given_[2], given_[0]]


def test_years_outside_the_calendar_of_python_are_ordered_too() -> None:
    given_ = ["Y-17000", "-0043", "0000", "0001", "2025", "9999-24", "Y10000", "Y17E7"]
    assert sorted([*reversed(given_)], key=dates.order) == given_


def test_only_times_of_two_kinds_that_are_near_each_other_have_an_uncertain_order() -> None:
    near, far = "2025-11-09T10:00-05:00", "2025-11-20T10:00Z"
    assert dates.unsure([near, far, "2025-11-10T05:00", "2025-11-10T05:01", "2025-11-09"]) == {near, "2025-11-10T05:00"}
    assert not dates.unsure([near, "2025-11-09T15:00Z", "2025-11-12T15:00", "", "Tuesday"])


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2025-11-10", "2025-11-09", True),
        ("2025-11-09", "2025-11-09", False),
        ("2025-11-09T23:00-05:00", "2025-11-09", False),
        ("2025-11-10T20:00-05:00", "2025-11-09", True),
        ("2025-11-09T22:30+03:00", "2025-11-09T16:30-04:00", False),
        ("2025-11-09T16:30-04:00", "2025-11-09T22:30+03:00", True),
        ("2025-11-09T16:30", "2025-11-09T15:00Z", False),
        ("2025-11-09", "2025-11/..", False),
    ],
)
def test_a_date_is_after_another_only_in_every_zone(one: str, other: str, after: bool) -> None:
    assert dates.after(dates.parse(one), dates.parse(other)) is after


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
