"""Copy: what goes to the terminal, what is said of it, and where it goes when the terminal cannot take it."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, Write
from tests.test_reading import BRAILLE, SIZES, reading
from tests.test_terminal import everything, press, reader
from tui.briefing.cite import FORMS
from tui.reader.reading.copying import LIMIT
from tui.reader.terminal import capabilities as terminal


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_copies_a_quote_with_all_that_belongs_to_it(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "j", "j", "y"]) as story:
        text = story.app.clipboard
        for words in ("“He may have been carrying fish", "Gustavo Petro", "9 Nov 2025?", "¶6", "verbatim", "TLP:CLEAR"):
            assert words in text
        assert f"sent to the terminal, {len(text):,} characters" in story.foot or size == BRAILLE


@pytest.mark.parametrize(("keys", "ref"), [("2", "petro"), ("4j", "e-carrier"), ("5jj", "s1:3"), ("1w", "e-halt")])
async def test_every_pane_copies_its_row(keys: str, ref: str) -> None:
    async with reading(keys=[*keys, "y"]) as story:
        assert story.app.clipboard == FORMS["plain"](story.app.reader.reading, ref)


async def test_what_is_not_proven_says_so_in_the_clipboard_and_in_the_foot(write: Write) -> None:
    path = write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "Other words."')
    async with reading(path, keys=["3", "y"]) as story:
        assert story.app.clipboard.find("UNPROVEN") >= 0 and "and UNPROVEN" in story.foot


async def test_a_row_without_anything_says_so() -> None:
    async with reading(keys=["question_mark", "y"]) as story:
        assert "nothing to copy" in story.foot and not story.app.clipboard


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_can_be_chosen(form: str) -> None:
    async with reading(keys=["3", "Y"]) as story:
        sheet = story.app.reader.sheet
        await story.press_until("j", lambda: bool(sheet.targets(sheet.spot.row)) and sheet.targets(sheet.spot.row)[0] == form)
        await story.press("enter")
        assert story.app.clipboard == FORMS[form](story.app.reader.reading, "q-boats") and "sent to the terminal" in story.foot


async def test_it_can_be_written_to_a_new_file_and_never_over_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(keys=["3"]) as story:
        sheet = story.app.reader.sheet
        for said in ("written to q.txt", "this file exists; choose another name"):
            await story.press("Y")
            await story.press_until("j", lambda: [*sheet.targets(sheet.spot.row)] == ["file plain"])
            await story.press("enter", "q", "full_stop", "t", "x", "t", "enter")
            assert said in story.foot
            assert (tmp_path / "q.txt").read_text() == FORMS["plain"](story.app.reader.reading, "q-boats") + "\n"
        assert "q.txt" in story.foot, "the name can be mended"
        await story.press("2", "enter")
        assert "written to q.txt2" in story.foot
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.txt", "q.txt2"]


async def test_a_label_copies() -> None:
    async with reading(keys=["3", "F"]) as story:
        quotes = story.app.reader.room.panes[2]
        hint = next(hint for hint in quotes.hints() if hint.target == "q-subordinated")
        name = next(name for y, x, name in quotes._labels if (y, x) == (hint.y, hint.x))
        await story.press(*name)
        assert story.app.clipboard == FORMS["plain"](story.app.reader.reading, "q-subordinated")
        assert (story.here, story.ref) == (3, "q-boats")


def test_terminals_are_known_by_their_names() -> None:
    for takes in ({"TERM": "xterm-256color"}, {"TERM": "screen-256color", "TMUX": "x"}, {"TERM": "foot"}):
        assert terminal.of(takes).clipboard
    for none in ({"TERM": "screen"}, {"TERM": "linux"}, {"TERM": "xterm", "STY": "1"}, {"TERM": "putty-256color"}, {}):
        assert not terminal.of(none).clipboard


@pytest.mark.real
def test_the_clipboard_sequence_holds_the_text_and_nothing_else() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("Summary")
        press(terminal, ["3", "j", "j", "y"])
        found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", everything(terminal))
        assert len(found) == 1 and len(found[0]) <= LIMIT
        assert base64.b64decode(found[0]).decode().startswith("TLP:CLEAR\n“He may have been carrying fish")
        assert "sent to the terminal" in terminal.text


@pytest.mark.real
def test_a_terminal_without_a_clipboard_is_given_the_text_bare_and_the_screen_comes_back() -> None:
    with reader(ARTICLE, environment={"TERM": "linux", "COLORTERM": ""}) as terminal:
        assert terminal.wait_for("Summary")
        before = press(terminal, ["3", "j", "j"])
        press(terminal, ["y"])
        assert b"]52" not in everything(terminal)
        assert b"select it, then press Enter to return" in everything(terminal)
        assert press(terminal, ["\r"]).split("\n")[:-1] == before.split("\n")[:-1]
