"""Filters is plain values: the last thing last, and any of them can be taken away."""

from __future__ import annotations

from tests.test_reading import reading
from tui.reader.path.filters import ZOOM, Narrowing, pins, unpinned, without

SET = (Narrowing("pins", ("a", "b")), Narrowing("rows", ("Quotes", "drug")), Narrowing("rows", ("Actors", "x")), ZOOM)


def test_one_kind_is_taken_away_or_only_one_pane_s() -> None:
    assert without(SET, "rows") == (SET[0], ZOOM)
    assert without(SET, "rows", "Quotes") == (SET[0], SET[2], ZOOM)


def test_pins_of_some_leave_those_of_others() -> None:
    assert unpinned(SET, ["a"])[0] == Narrowing("pins", ("b",))
    assert unpinned(SET, ["a", "b"]) == SET[1:]
    assert pins((*SET, Narrowing("pins", ("b", "c")))) == ("a", "b", "c")


async def test_any_of_what_is_set_can_be_chosen_and_taken_away() -> None:
    async with reading(keys=["2", "space", "3", "ampersand", *"drug", "enter", "z", "U"]) as story:
        assert "pinned" in story.text and "rows of" in story.text and "clears it" in story.foot
        await story.press("enter")  # the pin, which was set first
        assert story.pins == () and ZOOM in story.app.reader.narrowed and "rows of Quotes: drug" in story.foot
