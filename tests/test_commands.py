"""The palette, the keys that a person has set, keys that can do nothing here; any keys at all; storms of sizes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.keys import key_to_character

from tests.conftest import ARTICLE, BRIEFINGS, ROOT, many
from tests.test_reading import BRAILLE, NARROW, SIZES, Story, reading
from tests.test_terminal import press, reader
from tui.reader.all_keys import bound, table
from tui.reader.app import ReaderApp
from tui.reader.drawing.lines import width
from tui.reader.path.filters import ZOOM
from tui.reader.reading import way

BROKEN = ROOT / "tests" / "bad" / "quote-not-in-source.md"


# -- commands -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_palette_lists_every_action_with_its_key_and_does_the_one_chosen(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["4", "ctrl+p"]) as story:
        sheet = story.app.reader.sheet
        wanted = {key.id for key in table() if key.where in ("everywhere", "in every pane", "in Timeline")} - {"commands"}
        assert {sheet.targets(row)[0] for row in range(len(sheet.rows))} == wanted
        await story.press(*"lane")
        assert len(sheet.rows) == 1 and "show or hide lanes" in story.text
        await story.press("enter")
        assert not sheet.open and story.app.reader.room.panes[3].view[3:] == (True,)
        await story.press("ctrl+p", *"next pane", "down", "up", "escape")
        assert not sheet.open and story.here == 4


async def test_keys_typed_after_the_palettes_key_go_into_it() -> None:
    async with reading(keys=["ctrl+p", *"q4", "escape"]) as story:
        assert story.app.is_running and story.here == 1


async def test_a_key_that_does_nothing_over_a_sheet_says_why() -> None:
    async with reading(keys=["3", "i", "z"]) as story:
        assert "close this first (q)" in story.foot


async def test_keys_that_are_set_work_and_the_help_and_the_foot_name_them() -> None:
    app = ReaderApp([ARTICLE], keys={"find": "f3,slash", "related.next": "n", "find.next": "f4"})
    async with app.run_test(size=(120, 40)) as pilot:
        story = Story(pilot)
        await story.press("3", "n")
        assert "same event" in story.foot
        await story.press("j")
        assert "n related" in story.foot
        await story.press("f3", *"drug", "enter")
        first = story.app.reader.finding.number()
        await story.press("f4")
        assert story.app.reader.finding.number() == first + 1 and f"/drug {first + 2} of" in story.foot
        await story.press("question_mark", "slash", *"next match", "enter")
        assert "F4" in story.text


async def test_ctrl_c_says_what_quits() -> None:
    async with reading(keys=["3", "ctrl+c"]) as story:
        assert story.foot == "Q quits" and story.app.is_running


# -- any keys -------------------------------------------------------------------------------------------------------------

KEYS = sorted({key for row in bound() for key in row.keys} - {"e", "q", "Q", "T", "Y"} | {*"abcdhlruxyz 12345", "ctrl+s"})


async def type_ahead(story: Story, keys: Sequence[str]) -> None:
    """Press keys as fast as a terminal sends them, and wait once."""
    for key in keys:
        story.app.post_message(events.Key(key, key_to_character(key)))
    await story.pilot.pause()


async def check(story: Story) -> None:
    """What must be true whatever was pressed."""
    screen = story.app.reader
    assert all(width(line) == story.app.size.width for line in story.lines)
    for pane in screen.room.panes:
        assert 0 <= pane.spot.row < max(1, len(pane.rows))
        assert all(0 <= row < len(pane.rows) for row, _ in pane._view)
        assert len(pane.rows) <= len(pane.entries)
    finding = screen.finding
    assert finding.count == sum(len(matches) for pane in screen.room.every_pane for matches in pane.matches)
    assert sum(pane.turned_to for pane in screen.room.every_pane) + screen.editor.open == 1
    assert screen.pins == tuple(dict.fromkeys(pin for each in screen.narrowed if each.what == "pins" for pin in each.value))
    assert len(screen.trail.behind) <= screen.trail.LIMIT and all(place.spots for place in screen.trail.behind)


async def end(story: Story) -> None:
    """Esc and q end it from anywhere; a note that was changed asks first."""
    for _ in range(6):
        if not story.app.is_running:
            return
        await story.press("escape", *("n" * story.app.reader.room.editor.open), "escape", "q")
    assert not story.app.is_running


@pytest.mark.fuzz
@pytest.mark.parametrize("path", [*BRIEFINGS, BROKEN], ids=lambda path: path.stem)
async def test_thousands_of_keys_leave_it_sound(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # they may write a citation into a file
    generator = random.Random(path.name)
    sizes = [(120, 40), NARROW, BRAILLE, (160, 50)]
    async with reading(path, BRIEFINGS[0], size=sizes[generator.randrange(4)]) as story:
        for _ in range(many(4, 500)):
            await type_ahead(story, [generator.choice(KEYS) for _ in range(10)])
            await check(story)
        await end(story)


@pytest.mark.fuzz
@given(keys=st.lists(st.sampled_from(KEYS), max_size=60), size=st.sampled_from(SIZES))
@settings(max_examples=many(2, 8))
async def test_any_keys_leave_it_sound(keys: list[str], size: tuple[int, int]) -> None:
    async with reading(size=size) as story:
        for key in keys:
            await type_ahead(story, [key])
            await check(story)
        await end(story)


async def test_back_leads_through_every_step_to_the_beginning() -> None:
    async with reading(keys=["3", "j", "enter", "w", "enter", "2", "enter", "j", "enter"]) as story:
        steps = len(story.app.reader.trail.behind)
        places = [way.place(story.app.reader)]
        for _ in range(steps):
            await story.press("backspace")
            places.append(way.place(story.app.reader))
        await story.press("backspace")
        assert "already at the start" in story.foot
        for place in reversed(places[:-1]):
            await story.press("right_square_bracket")
            assert way.place(story.app.reader) == place


@pytest.mark.fuzz
async def test_a_storm_of_sizes_ends_in_the_right_picture() -> None:
    generator = random.Random(1)
    async with reading(keys=["3", "j", "j", "enter"]) as story:
        before = story.lines
        for _ in range(many(20, 200)):
            await story.pilot.resize_terminal(generator.randrange(10, 200), generator.randrange(3, 60))
        await story.pilot.resize_terminal(10, 3)
        await story.pilot.resize_terminal(120, 40)
        await story.pilot.pause()
        assert story.lines == before


@pytest.mark.real
def test_in_a_terminal_too_the_tasks_that_came_later_take_their_keys() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("Summary")
        press(terminal, ["5"])
        assert "/drug" in press(terminal, ["/", "drug", "enter"]) and " of " in terminal.text
        first = terminal.text
        assert press(terminal, ["n"]) != first
        press(terminal, ["escape", "1", "f"])
        assert "follow:" in terminal.text
        press(terminal, ["a"])
        assert "follow:" not in terminal.text
        assert "saved" in press(terminal, ["3", "m"])
        assert "do:" in press(terminal, ["\x10"])
        assert "next theme" in press(terminal, ["next theme"])


async def test_the_palette_finds_an_action_by_its_name_and_says_where_there_is_none() -> None:
    async with reading(keys=["3", "ctrl+p", *"zoom", "enter"]) as story:
        assert ZOOM in story.app.reader.narrowed
        await story.press("ctrl+p", *"xyzzy", "enter")
        assert "no command has 'xyzzy'" in story.foot and not story.app.reader.sheet.open


async def test_keys_that_are_set_are_named_wherever_a_key_is() -> None:
    app = ReaderApp([ARTICLE], keys={"undo": "U", "trail.back": "B", "find": "s", "undo.one": "ctrl+u"})
    async with app.run_test(size=(120, 40)) as pilot:
        story = Story(pilot)
        await story.press("3", "U")
        assert "B goes back" in story.foot
        await story.press("n")
        assert "press s" in story.foot
        await story.press("2", "space", "3")
        assert "U clears" in story.foot
