"""Each key in each place: it does something, or says why not. No wheel, click or key ends an empty list."""

from __future__ import annotations

from random import Random

import pytest
from textual import events

from tests.conftest import SEED, Write, many, some
from tests.test_reading import Story, reading
from tui.reader.all_keys import bound, table
from tui.reader.keys.keymap import why_not

SILENT = ("move.", "repaint", "pane.", "sheet.page", "source.page", "summary.page", "follow")
"""Ids of what may leave the screen as it is: a move at an end, and a turn to where one is."""
NOT_HERE = {"quit", "leave", "suspend", "edit"}
PLACES = {"Summary": ["1"], "Actors": ["2"], "Quotes": ["3"], "Timeline": ["4"], "Source": ["5"], "a list": ["3", "exclamation_mark"]}


def silent() -> set[str]:
    return {key for row in bound() if row.id.startswith(SILENT) for key in row.keys}


def tried() -> list[str]:
    return sorted({key for row in bound() if row.id not in NOT_HERE for key in row.keys} - {"Q", "q", "ctrl+q", "escape"})


@pytest.mark.fuzz
@pytest.mark.parametrize("place", PLACES)
async def test_a_key_does_something_or_says_why_not(place: str) -> None:
    every = [*tried(), "x", "C", "f5"]
    for key in Random(SEED + len(place)).sample(every, many(3, len(every))):
        async with reading(keys=PLACES[place]) as story:
            before = story.text
            await story.press(key)
            assert story.text != before or key in silent(), key


async def test_a_key_of_another_place_names_it() -> None:
    async with reading(keys=["3", "L"]) as story:
        assert "L does nothing here; it works in Actors" in story.foot
        await story.press("x")
        assert "x does nothing; ? lists the keys" in story.foot


def test_a_key_that_was_moved_is_named_as_it_is_now() -> None:
    assert "works in Actors" in why_not("x", table({"actors.order": "x"}), "?")
    assert why_not("S", table({"actors.order": "x", "quotes.order": "x", "shelf.order": "x"}), "") == "S does nothing"


EMPTY = {
    "bookmarks": ["apostrophe"], "problems": ["exclamation_mark"], "palette": ["ctrl+p", *"zzzz"], "filters": ["U"],
    "rows": ["3", "ampersand", *"zzzz"], "related": ["semicolon"], "help": ["question_mark", "ampersand", *"zzzz", "enter"],
    **{f"pane {number}": [str(number)] for number in range(1, 6)},
}  # fmt: skip


@pytest.mark.fuzz
@pytest.mark.parametrize(("place", "kind"), some([(place, kind) for place in EMPTY for kind in ("empty", "whole")], 6))
async def test_no_wheel_and_no_click_ends_the_reader(place: str, kind: str, write: Write) -> None:
    async with reading(*([write(source="")] if kind == "empty" else []), keys=EMPTY[place]) as story:
        for x, y in ((20, 10), (100, 10), (20, 30), (100, 30), (0, 0), (119, 39)):
            await wheel(story, x, y)
            await story.pilot.click(offset=(x, y))
            await wheel(story, x, y)


async def wheel(story: Story, x: int, y: int) -> None:
    for kind in (events.MouseScrollDown, events.MouseScrollUp):
        story.app.screen._forward_event(kind(None, x, y, 0, 0, 0, False, False, False, screen_x=x, screen_y=y))
        await story.pilot.pause()


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n", "\u2028", "\x85"])
async def test_a_pasted_line_end_is_a_space_and_nothing_at_the_end(ends: str) -> None:
    async with reading(keys=["5", "slash"]) as story:
        story.app.front.paste(f"Donald{ends}Trump{ends}")
        await story.pilot.pause()
        assert "Donald Trump" in story.foot and "1 of" in story.foot


async def test_what_does_not_fit_is_refused_in_words() -> None:
    async with reading(keys=["5", "slash"]) as story:
        story.app.front.paste("7" * 1200)
        await story.pilot.pause()
        assert "at most 1,000 characters fit here, not 1,200" in story.foot
        await story.press("escape", "3", "a")
        story.app.front.paste("7" * 120_000)
        await story.pilot.pause()
        assert "at most 100,000 characters fit here, not 120,000" in story.foot
        story.app.front.paste("می\u200cشود\u00a0ok\u2028next")
        await story.pilot.pause()
        assert story.app.reader.room.editor.buffer.text == "می\u200cشود ok\nnext"
