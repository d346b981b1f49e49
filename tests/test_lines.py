"""Text made safe, measured and broken into lines; the axis; the window; the trail."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.briefing import dates
from tui.reader.drawing.axis import Axis, axis_of
from tui.reader.drawing.lines import Styled, bounded, cut, fit, safe, told, width, wrap, wrapped
from tui.reader.drawing.window import Window
from tui.reader.path.trail import Trail

texts = st.text(st.one_of(st.sampled_from([*" \n\t\x1b\x9b\u202e\u200b\u0301海é👩‍👩‍👧ا‌ب"]), st.characters()), max_size=80)


@given(texts)
@example("\r\f")
@example("a \f\n")
def test_safe_text_can_be_printed_and_has_a_character_for_a_character(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert all(character.isprintable() or character in "\u00ad\u200c\u200d" for character in shown if character not in " ")
    assert safe(shown) == shown


def test_what_hides_or_commands_is_shown_as_a_mark() -> None:
    assert safe("a\x1b[2Jb\x9b\x7f\u202e\u200bc") == "a␛[2Jb�␡⇄·c"
    assert safe("می‌خواهم") == "می‌خواهم"  # a joiner that shapes letters stays
    assert safe("a\u200db") == "a·b"


def test_piles_of_marks_are_bounded_and_cost_no_cell() -> None:
    assert len(bounded("e" + "\u0301" * 500)) == 5
    assert width(safe("e" + "\u0301" * 500)) == 1


@given(texts, st.integers(1, 30))
def test_lines_fit_and_together_are_the_text(text: str, cells: int) -> None:
    shown = safe(text)
    lines = wrap(shown, cells)
    assert (lines[0][0] <= lines[0][1] and lines[-1][1] == len(shown)) or not shown.strip()
    for start, end in lines:
        assert width(shown[start:end]) <= max(cells, 2)
    kept = "".join(shown[start:end] for start, end in lines)
    assert kept.replace(" ", "") == shown.replace(" ", "")
    assert [a for a, _ in lines] == sorted(a for a, _ in lines)


@given(texts, st.integers(0, 30))
def test_cut_and_fit_keep_to_their_cells(text: str, cells: int) -> None:
    shown = safe(text)
    assert width(cut(shown, cells)) <= cells
    assert width(fit(shown, cells)) == cells


def test_a_soft_hyphen_is_seen_where_a_line_ends_and_nowhere_else_in_a_word() -> None:
    word = safe("Ver\u00adant\u00adwortung")
    assert width(word) == 13 and bounded(word) == "Verantwortung"
    assert safe("Ver\u00ad\nantwortung") == "Ver- antwortung"
    assert safe("\u00ad a\u00ad\u00adb 1\u00ad2") == "· a··b 1·2"


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Minister of Foreign Affairs", 20, "Minister of Foreign…"),
        ("Minister of Foreign Affairs", 18, "Minister of Forei…"),
        ("Minister of Foreign Affairs", 15, "Minister of…"),
        ("Minister of Foreign Affairs", 10, "Minister…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("A Donaudampfschifffahrt", 10, "A Donauda…"),
    ],
)
def test_a_cut_is_at_a_word_where_that_keeps_two_thirds(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


def test_a_message_keeps_its_end_by_shortening_the_names_of_files() -> None:
    path = "/home/ana/.local/state/readout/a-very-long-name-of-a-folder/state.db"
    shown = told(f"not saved: cannot use {path}: not a directory; make it writable", 78)
    assert shown.startswith("not saved: cannot use /home/a…") and "state.db: not a directory; make it writable" in shown
    assert width(shown) <= 78 and "…" in shown
    assert told("a b", 10) == "a b" and told("word " * 9, 12) == "word word…"


@given(texts, st.integers(0, 40))
def test_a_message_fits_its_cells(text: str, cells: int) -> None:
    assert width(told(safe(text), cells)) <= cells


def test_words_are_not_broken_where_they_fit() -> None:
    lines = wrapped("one two three four", 9)
    assert ["".join(piece.text for piece in line) for line in lines] == ["one two", "three", "four"]
    assert [line[1].text for line in wrapped("one two three", 9, lead="- ")] == ["one two", "three"]


def test_a_line_of_a_megabyte_is_broken_in_linear_time() -> None:
    assert len(wrap("x" * 1_000_000, 80)) == 12_500
    assert len(wrap("word " * 200_000, 80)) == 12_500


def test_styles_lie_over_one_another() -> None:
    pieces = Styled("abcdef", [(0, 4, "evidence"), (2, 3, "lit")]).line(1, 6)
    assert [(piece.text, piece.style) for piece in pieces] == [
        ("b", "evidence"),
        ("c", "lit"),
        ("d", "evidence"),
        ("ef", "text"),
    ]


# -- the axis -------------------------------------------------------------------------------------------------------------


def drawn(edtf: str, first: str = "2025-09-01", last: str = "2025-11-30", cells: int = 30) -> str:
    return Axis(date.fromisoformat(first), date.fromisoformat(last), cells).span(dates.parse(edtf)).strip()


def test_points_spans_and_open_ends_look_their_part() -> None:
    assert drawn("2025-10-05") == "•"
    assert drawn("2025-10-05?") == "∘"
    assert drawn("2025-09").startswith("╞═") and drawn("2025-09").endswith("╡")
    assert drawn("2025-10/..").startswith("╞") and drawn("2025-10/..").endswith("▸")
    assert drawn("../2025-10").startswith("◂") and drawn("../2025-10").endswith("╡")
    assert drawn("1911") == "◂" and drawn("2031") == "▸"


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(8, 200))
def test_ticks_fit_every_axis(first: date, last: date, cells: int) -> None:
    axis = Axis(min(first, last), max(first, last), cells)
    labels, line = axis.ticks()
    assert len(labels) == len(line) == cells
    assert line.count("┼") <= cells
    assert 0 <= axis.cell(axis.first) <= axis.cell(axis.last) < cells


def test_one_event_far_away_does_not_press_the_others_together() -> None:
    days = [dates.parse(f"2024-03-{day:02}") for day in range(1, 20)]
    axis = axis_of([*days, dates.parse("1911")], 40)
    assert axis and axis.first == date(2024, 3, 1)


def test_dates_outside_the_calendar_are_beyond_the_axis() -> None:
    dated = [dates.parse(each) for each in ("-0043-03-15", "2025-01-01", "2025-01-10", "Y17000", "-0100/2025-01-05")]
    axis = axis_of(dated, 10)
    assert axis and axis.first.year >= 1
    assert [axis.span(when).strip()[0] for when in dated] == ["◂", "•", "•", "▸", "◂"]
    assert axis.beyond(dated[0]) and axis.beyond(dated[3]) and not axis.beyond(dated[4])
    assert axis_of([dates.parse("-0043")], 40) is None


def test_the_density_says_where_most_happened() -> None:
    axis = Axis(date(2025, 1, 1), date(2025, 1, 10), 10)
    assert axis.density(map(dates.parse, ["2025-01-01", "2025-01-01", "2025-01-05"])) == "█   ▄     "


# -- the window -----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=30),
    st.integers(1, 20),
    st.integers(0, 40),
    st.integers(-60, 60),
    st.integers(0, 29),
)
def test_a_window_is_always_full_inside_the_list_and_shows_what_it_must(
    heights: list[int], page: int, row: int, lines: int, show: int
) -> None:
    window = Window(len(heights), page, heights.__getitem__)
    flat = [(at, line) for at, height in enumerate(heights) for line in range(height)]
    top = window.filled((row, 3))
    assert top in flat
    assert window.lines(top) == flat[flat.index(top) : flat.index(top) + page]
    assert len(window.lines(top)) == min(page, len(flat))
    moved = window.forward(top, lines) if lines > 0 else window.back(top, -lines)
    assert flat.index(moved) == min(len(flat) - 1, max(0, flat.index(top) + lines))
    show %= len(heights)
    shown = [at for at, _ in window.lines(window.showing(show, top))]
    assert shown.count(show) == min(heights[show], page)


def test_a_list_of_a_hundred_thousand_rows_measures_what_it_shows() -> None:
    asked: set[int] = set()

    def height(row: int) -> int:
        asked.add(row)
        return 3

    window = Window(100_000, 40, height)
    window.showing(99_999, (0, 0))
    assert len(asked) < 100


# -- the trail ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.one_of(st.integers(0, 99), st.sampled_from(["back", "forward"])), max_size=60))
def test_the_trail_goes_back_and_forth_as_a_browser_does(steps: list[int | str]) -> None:
    trail: Trail[int] = Trail()
    here, pages, at = 0, [0], 0
    for step in steps:
        if isinstance(step, int):
            trail.leave(here)
            here, pages, at = step, [*pages[: at + 1], step], at + 1
        else:
            there = trail.back(here) if step == "back" else trail.forward(here)
            to = at + (1 if step == "forward" else -1)
            assert (there is None) == (not 0 <= to < len(pages))
            if there is not None:
                here, at = there, to
        assert here == pages[at]
