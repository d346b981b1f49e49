"""What a key press leads to, in tables; no app is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ARTICLE
from tui.briefing.links import Relation, Relations
from tui.briefing.proof import Reading, open_briefing, prove
from tui.reader.drawing.matching import Looked, Pattern
from tui.reader.loading import load
from tui.reader.path import moves
from tui.reader.path.moves import Elsewhere, Move, Said, Where
from tui.reader.path.plan import ACTORS, QUOTES, SOURCE, SUMMARY, TIMELINE, PaneName


@pytest.fixture(scope="module")
def reading() -> Reading:
    return prove(load(ARTICLE))


def where(reading: Reading, pane: PaneName, subject: str = "", source: str = "s1") -> Where:
    return Where(reading, Relations(reading), pane, subject, source)


@pytest.mark.parametrize(
    ("pane", "target", "how", "to"),
    [
        (SUMMARY, "q-boats", "go", Move(QUOTES, "q-boats", "q-boats")),
        (SUMMARY, "petro", "go", Move(ACTORS, "petro", "petro")),
        (SUMMARY, "e-halt", "go", Move(TIMELINE, "e-halt", "e-halt")),
        (ACTORS, "petro", "go", Move(QUOTES, subject="petro", pin="petro")),
        (ACTORS, "petro", "show", Move(ACTORS, "petro", "petro")),
        (SOURCE, "q-boats", "show", Move(QUOTES, "q-boats", "q-boats")),
        (QUOTES, "s1:3", "go", Move(SOURCE, "s1:3", "s1:3", "s1")),
        (QUOTES, "s1", "go", Move(SOURCE, subject="s1", source="s1")),
        (QUOTES, "other.md#q", "go", Elsewhere("other.md", "q")),
        (QUOTES, "gone", "go", Said("gone leads to nothing here", "problems", "lists the problems")),
        (QUOTES, "", "go", Said("this row leads nowhere")),
    ],
)
def test_what_a_row_or_link_leads_to(reading: Reading, pane: PaneName, target: str, how: moves.How, to: object) -> None:
    assert moves.follow(where(reading, pane), target, how) == to


def test_enter_on_a_quote_leads_to_its_very_words(reading: Reading) -> None:
    move = moves.follow(where(reading, QUOTES), "q-boats", "go")
    assert isinstance(move, Move) and move.pane == SOURCE and move.subject == "q-boats"
    text = reading.text("s1")
    assert text and move.span and "missile attacks on boats" in text.text[slice(*move.span[:2])]
    assert move.ref == f"s1:{text.paragraph_of(move.span[0])}"


def test_words_that_are_not_found_or_not_yet_looked_for_are_said_to_be(reading: Reading) -> None:
    waiting = open_briefing(ARTICLE)
    move = moves.follow(where(waiting, QUOTES), "q-boats", "go")
    assert isinstance(move, Move) and move.says and move.says.words.startswith("still checking") and not move.span


def test_a_pane_is_turned_to_on_what_is_related_and_source_on_the_words(reading: Reading) -> None:
    assert moves.to_pane(where(reading, SUMMARY, "petro"), TIMELINE) == Move(TIMELINE, related=True, leaves=False)
    words = moves.to_pane(where(reading, QUOTES, "q-boats"), SOURCE)
    assert isinstance(words, Move) and words.span and not words.leaves
    assert moves.to_pane(where(reading, SUMMARY), SOURCE) == Move(SOURCE, related=True, leaves=False)


def test_one_source_has_no_next(reading: Reading) -> None:
    assert moves.next_source(where(reading, SOURCE), 1) == Said("this briefing has one source")


ROWS = [(4, Relation("said", "says")), (9, Relation("said", "says")), (2, Relation("about", "about it"))]


@pytest.mark.parametrize(
    ("row", "step", "to"),
    [(0, 1, (4, "says 1/2")), (4, 1, (9, "says 2/2")), (9, 1, (2, "about it 1/1")), (2, 1, (4, "says 1/2")), (0, -1, (2, "about it 1/1")),
     (4, -1, (2, "about it 1/1"))],
)  # fmt: skip
def test_related_rows_are_stepped_through_round_the_end(row: int, step: int, to: object) -> None:
    assert moves.related(ROWS, row, step, "petro") == to


def test_without_related_rows_the_reason_is_said() -> None:
    assert moves.related([], 0, 1, "petro") == Said("nothing here is related to petro")
    assert moves.related([], 0, 1, "") == Said("choose a row first")


@pytest.mark.parametrize(
    ("here", "at", "step", "to"),
    [((0, 0), -1, 1, 0), ((0, 3), -1, 1, 1), ((0, 9), -1, 1, 2), ((1, 0), -1, 1, 2), ((1, 0), -1, -1, 1), ((2, 0), -1, 1, 2),
     ((3, 9), -1, 1, 3), ((0, 0), 1, 1, 2), ((0, 0), 0, -1, -1)],
)  # fmt: skip
def test_the_next_match_is_counted_from_the_cursor(here: tuple[int, int], at: int, step: int, to: int) -> None:
    pattern = Pattern("ab")
    found = [(0, pattern.find(Looked("ab ab cd", [0]))), (2, pattern.find(Looked("ab", [0])))]
    assert moves.next_match(found, here, at, step) == to


def test_briefings_are_stepped_through_round_the_end() -> None:
    paths = [Path("a"), Path("b")]
    assert moves.next_briefing(paths, paths[1], 1) == paths[0]
    assert moves.next_briefing(paths[:1], paths[0], 1) == Said("this is the only briefing open")


def test_the_actors_of_a_row(reading: Reading) -> None:
    here = where(reading, QUOTES)
    assert moves.actors_of(here, "q-boats") == ("petro",) and moves.actors_of(here, "petro") == ("petro",)
    assert "colombia" in moves.actors_of(here, "e-halt") and moves.actors_of(here, "s1:1") == ()
