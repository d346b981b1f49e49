"""Pages of a source on the screen, in plain mode and in lists: where they end, how they are named, how one is gone to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import Write
from tests.test_plain import conversation, said
from tests.test_reading import BRAILLE, NARROW, reading
from tests.test_shelf import Hands, shelf_app
from tui.briefing.original import Pages
from tui.library.index import Index
from tui.library.query import parse
from tui.library.results import FORMS, result
from tui.library.search import Shelved, rows
from tui.library.update import refresh
from tui.reader.drawing.lines import bounded, safe_pages

HEAD = '+++\noriginal = "a.pdf"\noriginal_sha256 = "0"\nextractor = "x"\npages = [{}]\nunit = "{}"\n+++\n'
WORDS = (
    "The harbour master said that no vessel had come.\n\nThe crack in the wall of the old mole had been seen by the pilots, who re\u00adported\f it twice, and "
    "nobody answered them in the whole of that winter.\n\n\f\f\n\nEvery clerk swore that the log was kept.\n"
)
ITEMS = """
[[actor]]
id = "master"
name = "Harbour master"
kind = "person"
aliases = ["pilots"]
[[quote]]
id = "q-log"
speaker = "master"
text = "the log was kept"
[[quote]]
id = "q-over"
speaker = "master"
text = "reported it twice"
[[event]]
id = "e-winter"
title = "Nobody answers the pilots"
evidence = "nobody answered them"
actors = ["master"]
date = "2026-01"
"""


def paged(*labels: str, unit: str = "page", words: str = WORDS) -> str:
    return HEAD.format(", ".join(f'"{each}"' for each in labels), unit) + words


@pytest.fixture
def briefing(write: Write) -> Path:
    return write(ITEMS, "A summary.", source=paged("i", "1", "2", "3"))


# -- the screen -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, BRAILLE])
async def test_the_margin_names_a_page_on_the_line_in_which_it_begins(briefing: Path, size: tuple[int, int]) -> None:
    async with reading(briefing, size=size, keys=["5"]) as story:
        lines = story.pane(5).split("\n")
        (page,) = [line for line in lines if "p. 1  " in line]
        assert "it twice" in page and page.split()[:2] == ["p.", "1"]


async def test_the_line_before_a_paragraph_names_the_page_that_begins_there(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["5"]) as story:
        lines = [line.strip() for line in story.pane(5).split("\n")]
        assert lines[lines.index("p. 3") + 1].endswith("Every clerk swore that the log was kept.")
        assert "p. 2" not in lines, "a page without text ends where it begins"


async def test_form_feeds_and_soft_hyphens_are_never_shown(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["5"]) as story:
        assert "reported it twice" in bounded(" ".join(story.pane(5).replace("p. 1", "").split()))
        assert not {"\f", "␌", "·"} & {*story.pane(5).replace(" · source.txt", "")}


def test_a_form_feed_next_to_a_blank_takes_no_cell() -> None:
    assert [bounded(safe_pages(text)) for text in ("one\ftwo", "one\f two", "one \ftwo", "\u00a0\f\n")] == ["one two", "one two", "one two", "  "]


async def test_the_title_of_the_source_names_the_page_of_the_cursor(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["5"]) as story:
        assert "5 Source  p. i (sheet 1 of 4) · source.txt" in story.text
        await story.press("j")
        assert "5 Source  pp. i-1 · source.txt" in story.text


async def test_rows_of_quotes_and_events_name_their_page(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["3"]) as story:
        assert "p. 3 (sheet 4 of 4), ¶3 verbatim" in story.text and "pp. i-1, ¶2 folded" in story.text
        await story.press("4")
        assert "Nobody answers the pilots  p. 1 (sheet 2 of 4)" in story.text


async def test_cards_name_the_page(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["3", "i"]) as story:
        assert "p. 3 (sheet 4 of 4), paragraph 3, verbatim" in story.text
    async with reading(briefing, size=NARROW, keys=["2", "i"]) as story:
        assert "pp. i-1, paragraph 2, named in 1 in all" in story.text


async def test_a_text_without_pages_looks_as_before(write: Write) -> None:
    async with reading(write(ITEMS, source="One\f the log was kept.\n\nTwo.\n"), size=NARROW, keys=["5"]) as story:
        assert "1  One the log was kept." in story.text and "p. " not in story.text


# -- going to a page ------------------------------------------------------------------------------------------------------


async def test_p_and_a_label_in_find_go_to_that_page_and_back(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["3", "slash", *"p:3"]) as story:
        assert story.here == 5 and story.ref == "s1:3" and "p. 3 (sheet 4 of 4)" in story.foot
        await story.press("enter")
        assert story.ref == "s1:3" and story.foot == "p. 3 (sheet 4 of 4)"
        await story.press("backspace")
        assert story.here == 3


async def test_escape_leaves_the_page_that_was_tried(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["3", "slash", *"p:3", "escape"]) as story:
        assert story.here == 3


async def test_a_page_that_begins_inside_a_paragraph_is_in_view(briefing: Path) -> None:
    async with reading(briefing, size=BRAILLE, keys=["5", "slash", *"p:1", "enter"]) as story:
        assert story.ref == "s1:2" and "it twice" in story.pane(5)


@pytest.mark.parametrize(
    ("page", "why"),
    [("9", "source.txt has no page 9: it has i to 3"), ("2", "page 2 of source.txt has no text"), ("", "the page of the source, as p:12")],
)
async def test_a_page_that_is_not_there_is_named_and_nothing_moves(briefing: Path, page: str, why: str) -> None:
    async with reading(briefing, size=NARROW, keys=["3", "slash", *f"p:{page}"]) as story:
        assert why in story.foot and story.here == 3
        await story.press("enter")
        assert story.foot == why and story.here == 3


async def test_a_source_without_pages_says_so(write: Write) -> None:
    async with reading(write(ITEMS), size=NARROW, keys=["slash", *"p:3", "enter"]) as story:
        assert story.foot == "source.txt has no pages"


async def test_going_to_a_page_keeps_what_was_searched_for(briefing: Path) -> None:
    async with reading(briefing, size=NARROW, keys=["5", "slash", *"pilots", "enter", "slash", *"p:3", "enter"]) as story:
        await story.press("escape")
        assert story.ref == "s1:3"
        await story.press("n")
        assert story.ref == "s1:2"


# -- plain mode -----------------------------------------------------------------------------------------------------------


def test_plain_mode_names_pages_and_goes_to_them(briefing: Path) -> None:
    talk = conversation(briefing)
    assert said(talk, "/ p:3").endswith("p. 3 (sheet 4 of 4), paragraph 3, 1 quote: Every clerk swore that the log was kept.")
    assert said(talk, "/p:9") == "source.txt has no page 9: it has i to 3"
    assert "p. 3 (sheet 4 of 4), paragraph 3, verbatim" in said(talk, "3")
    assert said(talk, "3", "/ p:1").endswith("nobody answered them in the whole of that winter."), "from another pane too"
    assert said(talk, "[").startswith("3 Quotes")


def test_plain_mode_says_that_a_source_has_no_pages(write: Write) -> None:
    assert said(conversation(write(ITEMS)), "/ p:1") == "source.txt has no pages"


# -- search ---------------------------------------------------------------------------------------------------------------


def test_search_results_name_the_page_in_each_form(briefing: Path) -> None:
    index = Index(None, [briefing.parent])
    refresh(index)
    query = parse("reported OR log")
    results = [result(hit, query, None) for hit in Shelved(index).hits(rows(index, query).rows, query)]
    pages = {each.hit.ref: each.hit.page for each in results}
    assert pages == {"q-log": "p. 3 (sheet 4 of 4)", "q-over": "pp. i-1", "s1:2": "pp. i-1", "s1:3": "p. 3 (sheet 4 of 4)"}
    assert [each["page"] for each in json.loads(FORMS["json"](results))] == list(pages.values())
    assert [each["page"] for each in csv.DictReader(io.StringIO(FORMS["csv"](results)))] == list(pages.values())
    text = FORMS["text"](results)
    assert "Harbour master  quote  pp. i-1  " in text and "who reported it twice, and nobody" in text


def test_a_search_result_has_no_page_until_the_words_are_checked_or_if_there_are_none(briefing: Path, write: Write) -> None:
    index = Index(None, [briefing.parent])
    refresh(index, proofs=False)
    (hit,) = Shelved(index).hits(rows(index, parse("twice in:quotes")).rows)
    assert hit.page == ""
    refresh(index)
    (hit,) = Shelved(index).hits(rows(index, parse("twice in:quotes")).rows)
    assert hit.page == "pp. i-1"
    (briefing.parent / "source.txt").write_text(WORDS)
    refresh(index)
    assert [hit.page for hit in Shelved(index).hits(rows(index, parse("twice")).rows)] == ["", ""]


async def test_hits_on_the_shelf_name_the_page(briefing: Path) -> None:
    app = shelf_app([briefing.parent])
    async with app.run_test(size=NARROW) as pilot:
        assert (await Hands(app, pilot).press("slash", *"twice", "enter")).count("pp. i-1") == 2


# -- names of pages -------------------------------------------------------------------------------------------------------

CUES = "Ann: One.\n\n\f\n\nBen: Two.\n\n\f\n\nAnn: Three.\n"


@pytest.mark.parametrize(
    ("labels", "unit", "typed", "found"),
    [
        (("00:00:01", "00:01:05", "01:00:00"), "time", "1:05", "Ben"), (("00:00:01", "00:01:05", "01:00:00"), "time", "00:59:59", "Ben"),
        (("00:00:01", "00:01:05", "01:00:00"), "time", "0:00", "Ann: One"), (("00:00:01", "00:01:05", "01:00:00"), "time", "2:00:00", "Ann: Three"),
        (("message 1, 2026-05-08", "message 2", "message 3"), "message", "2", "Ben"), (("message 1", "message 2", "message 3"), "message", "message 3", "Ann: Three"),
        (("A-1", "IV", "v"), "page", "iv", "Ben"),
    ],
)  # fmt: skip
def test_a_page_is_found_by_its_label_a_message_by_its_number_and_words_by_any_time(labels: Sequence[str], unit: str, typed: str, found: str) -> None:
    text = paged(*labels, unit=unit, words=CUES)
    span = Pages(text).find(typed, 0)
    assert text[span.start : span.end].strip("\f\n").startswith(found)


@pytest.mark.parametrize(("unit", "typed"), [("message", "0"), ("message", "4"), ("message", "²"), ("time", "noon"), ("page", "4"), ("page", "-1")])
def test_what_no_page_is_called_is_refused(unit: str, typed: str) -> None:
    with pytest.raises(LookupError, match=f"has no {unit} {typed}: it has 1 to 3"):
        Pages(paged("1", "2", "3", unit=unit, words=CUES)).find(typed, 0)


def test_of_pages_with_the_same_label_the_next_is_found_and_after_the_last_the_first() -> None:
    text = paged("1", "2", "1", words=CUES)
    pages = Pages(text)
    first = pages.find("1", text.index("Two"))
    assert "Three" in text[first.start : first.end]
    assert "One" in text[slice(*pages.find("1", text.index("Three")))]


def test_a_text_with_fewer_form_feeds_than_pages_is_not_read_past_its_end() -> None:
    pages = Pages(paged("1", "2", "3", words="One.\n\n\f\n\nTwo.\n"))
    span = pages.find("3", 0)
    assert span.start == span.end and pages.beginning(0, 10_000)[-1][1] == "p. 2"
