"""Hints and the list of related rows: to any link in sight in two or three keys."""

from __future__ import annotations

import pytest

from tests.conftest import ARTICLE, ROOT
from tests.test_reading import NARROW, SIZES, Story, reading
from tui.reader.drawing.lines import Piece, covered, width
from tui.reader.reading.hints import labels

FOLLOW_UP = ROOT / "briefings" / "exercise" / "follow-up.md"


@pytest.mark.parametrize("count", [0, 1, 26, 27, 51, 52, 300, 676])
def test_no_label_begins_another(count: int) -> None:
    names = labels(count)
    assert len(set(names)) == count and all(len(name) <= 2 for name in names)
    assert not any(b.startswith(a) for a in names for b in names if a != b)
    assert names == sorted(names, key=len)


def test_a_label_covers_just_its_cells() -> None:
    line = (Piece("ab"), Piece("海鷹"), Piece("cd", "link"))
    for x in range(9):
        laid = covered(line, x, Piece("xy", "hint"))
        text = "".join(piece.text for piece in laid)
        assert width(text) == max(8, x + 2) and "xy" in text


def shown_labels(story: Story) -> dict[str, tuple[int, int]]:
    """Label → its cell on the screen."""
    return {
        name: (pane.region.x + x, pane.region.y + y)
        for pane in story.app.reader.room.every_pane
        if pane.display
        for y, x, name in pane._labels
    }


@pytest.mark.parametrize("size", SIZES)
async def test_every_label_follows_what_it_names(size: tuple[int, int]) -> None:
    async with reading(size=size) as story:
        before = story.lines
        await story.press("f")
        for name, (x, y) in shown_labels(story).items():
            assert story.lines[y][x : x + len(name)] == name
        wanted = {
            name: next(
                hint for hint in story.app.reader.room.panes[0].hints() if hint.x - len(name) * hint.inline == x and hint.y == y
            )
            for y, x, name in story.app.reader.room.panes[0]._labels
        }
        await story.press("escape")
        assert story.lines == before
        for name, hint in list(wanted.items())[:6]:
            if not hint.target:
                continue
            await story.press("f", *name)
            assert story.ref == hint.target, name
            await story.press("backspace")
            assert story.lines[:-1] == before[:-1]


async def test_no_label_hides_the_text_that_it_names() -> None:
    async with reading(FOLLOW_UP, keys=["5", "w", "w"]) as story:
        source = story.app.reader.room.panes[4]
        plain = {y: story.lines[source.region.y + y] for y in range(source.region.height)}
        await story.press("f")
        labelled = [
            (hint, name)
            for hint in source.hints()
            if hint.inline
            for y, x, name in source._labels
            if (y, x) == (hint.y, hint.x - len(name))
        ]
        assert len(labelled) > 5
        for hint, name in labelled:
            x = source.region.x + hint.x
            covered_by = {source.region.x + c for y, x0, n in source._labels if y == hint.y for c in range(x0, x0 + len(n))}
            assert x not in covered_by or story.lines[source.region.y + hint.y][x] == plain[hint.y][x], name


async def test_a_label_of_another_pane_turns_to_it_and_a_wrong_one_does_nothing() -> None:
    async with reading(keys=["f"]) as story:
        quotes = story.app.reader.room.panes[2]
        name = next(name for y, x, name in quotes._labels if y == 0)
        await story.press(*name)
        assert story.here == 3
        await story.press("f", "1")
        assert story.here == 3 and "no label 1" in story.foot


async def test_a_name_in_the_source_leads_to_its_actor() -> None:
    async with reading(keys=["5", "g", "f"]) as story:
        source = story.app.reader.room.panes[4]
        hint = next(hint for hint in source.hints() if hint.target == "petro")
        name = next(name for y, x, name in source._labels if (y, x) == (hint.y, hint.x - len(name)))
        await story.press(*name)
        assert (story.here, story.ref) == (2, "petro")


@pytest.mark.parametrize("size", [*SIZES])
async def test_all_that_is_related_is_listed_strongest_first(size: tuple[int, int]) -> None:
    async with reading(ARTICLE, size=size, keys=["3", "j"]) as story:
        before = story.lines
        related = story.app.reader.room.panes[2].related(story.ref)
        await story.press("semicolon")
        sheet = story.app.reader.sheet
        assert sheet.open and len(sheet.rows) == len([ref for ref in related if ref])
        assert "same event" in story.lines[1] + story.lines[2]
        await story.press("escape")
        assert story.lines == before
        await story.press("semicolon", "j", "enter")
        assert story.app.reader.subject in related
        await story.press("backspace")
        assert story.lines[:-1] == before[:-1]


async def test_nothing_chosen_has_nothing_related() -> None:
    async with reading(size=NARROW, keys=["semicolon"]) as story:
        assert "choose a row first" in story.foot
