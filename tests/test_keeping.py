"""Bookmarks, notes and last places, from the keys: what the screen says was kept is there, and nowhere else."""

from __future__ import annotations

import pytest

from tests.conftest import ARTICLE, ROOT, Write
from tests.test_reading import SIZES, reading
from tui.reader.path.plan import NAMES
from tui.reader.widgets.line_buffer import Buffer

FOLLOW_UP = ROOT / "briefings" / "exercise" / "follow-up.md"
QUOTE = '[[actor]]\nid = "a"\nname = "Alpha"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = "The words."\n'


@pytest.mark.parametrize("size", SIZES)
async def test_a_bookmark_is_kept_shown_listed_and_taken_away(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "j", "m"]) as story:
        assert "bookmark on q-subordinated saved" in story.foot and "*“the fight" in story.pane(3)
        await story.press("1", "apostrophe")
        assert "bookmark" in story.text
        await story.press("enter")
        assert (story.here, story.ref) == (3, "q-subordinated")
        await story.press("q")
    async with reading(size=size, keys=["3"]) as story:
        assert "*“the fight" in story.pane(3)
        assert story.ref == "q-subordinated"
        await story.press("m")
        assert "removed" in story.foot and "*“the fight" not in story.pane(3)


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_of_several_lines_is_kept_and_gone_on_with(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "a", *"one", "enter", *"two", "ctrl+s"]) as story:
        assert "note on q-boats saved" in story.foot and "+“as long" in story.pane(3)
        await story.press("a", *"!")
        assert [line.strip() for line in story.lines[3:5]] == ["one", "two!"]
        await story.press("escape")
        assert "Save changes?   y save   n discard" in story.foot
        await story.press("escape", "escape", "q")  # none of them throws anything away
        assert "two!" in story.text
        await story.press("escape", "n", "apostrophe")
        assert "one two" in story.text and "two!" not in story.text
        await story.press("q", "m")
        assert "#“as long" in story.pane(3)
        await story.press("a", "ctrl+u", "backspace", "ctrl+u", "ctrl+s")
        assert "note on q-boats deleted" in story.foot and "*“as long" in story.pane(3)


async def test_keys_of_the_reader_are_letters_in_a_note() -> None:
    async with reading(keys=["3", "a", *"jq4?/fQ12", "ctrl+s"]) as story:
        assert [note.words for note in story.app.reader.keeping.notes] == ["jq4?/fQ12"] and story.here == 3


async def test_a_note_whose_item_changed_or_is_gone_is_said_so_and_stands_on_no_other(write: Write) -> None:
    path = write(QUOTE, body="[A](#a)", source="The words.\nOther words.\n")
    async with reading(path, keys=["3", "a", *"mine", "ctrl+s", "m"]) as story:
        assert "saved" in story.foot
    path.write_text(path.read_text().replace('"The words."', '"Other words."'))
    async with reading(path, keys=["3"]) as story:
        assert "#“" not in story.text and "+“" not in story.text
        await story.press("apostrophe")
        assert story.text.count("its text has changed since") == 2 and "mine" in story.text
        await story.press("enter")
        assert "leads nowhere" in story.foot
    path.write_text(path.read_text().replace('id = "q"', 'id = "r"'))
    async with reading(path, keys=["apostrophe"]) as story:
        assert story.text.count("is no longer in the briefing") == 2


async def test_a_note_changed_by_another_reader_is_not_lost() -> None:
    async with reading(keys=["3", "a", *"mine", "ctrl+s", "a", *"!"]) as story:
        keeping = story.app.reader.keeping
        keeping.state.rewrite(keeping.notes[0], "theirs")
        await story.press("ctrl+s")
        assert "both are saved" in story.foot
        assert sorted(note.words for note in keeping.notes) == ["mine!", "theirs"]


async def test_what_cannot_be_kept_is_said_and_the_words_stay(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    blocked = write().parent / "blocked"
    blocked.write_text("a file, where a folder is wanted")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    async with reading(keys=["3", "a", *"mine", "ctrl+s"]) as story:
        assert story.app.reader.room.editor.open and " saved on" not in story.foot.split("cannot")[0] and "state.db" in story.foot
        assert "mine" in story.text
        await story.press("escape", "escape", "m")
        assert "state.db" in story.foot and "*“" not in story.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_briefing_opens_where_it_was_left_and_backspace_goes_to_its_beginning(size: tuple[int, int]) -> None:
    async with reading(FOLLOW_UP, size=size, keys=["3", "j", "j", "enter"]) as story:
        ref, source = story.ref, story.app.reader.source
        await story.press("q")
    async with reading(FOLLOW_UP, size=size) as story:
        assert (story.here, story.ref, story.app.reader.source) == (5, ref, source)
        assert "resumed where you left off" in story.foot
        await story.press("backspace")
        assert story.here == 1


async def test_a_briefing_can_be_opened_at_an_item() -> None:
    from tui.reader.app import ReaderApp

    for at, here in (("q-fisherman", 3), ("petro", 2), ("e-halt", 4), ("s1:3", 5)):
        app = ReaderApp([ARTICLE], at=at)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert (NAMES.index(app.reader.room.here) + 1, app.reader.room.pane(app.reader.room.here).ref) == (here, at)
    app = ReaderApp([ARTICLE], at="nothing")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "has no item nothing" in app.reader.said


async def test_the_question_about_unsaved_changes_is_never_hidden_by_a_message() -> None:
    async with reading(keys=["3", "a", *"def", "f5"]) as story:
        assert "does nothing" in story.foot
        await story.press("escape")
        assert "Save changes?" in story.foot
        await story.press("n")
        assert not story.app.reader.room.editor.open


# -- typing ---------------------------------------------------------------------------------------------------------------


def test_a_buffer_does_what_editors_do() -> None:
    buffer = Buffer(lines=True)
    for key in "ab c":
        buffer.press(key, key)
    assert buffer.press("ctrl+w", None) and buffer.text == "ab "
    buffer.press("home", None)
    buffer.press("delete", None)
    assert (buffer.text, buffer.at) == ("b ", 0)
    buffer.press("enter", None)
    buffer.press("ctrl+e", None)
    buffer.press("ctrl+u", None)
    assert (buffer.text, buffer.at) == ("\n", 1)
    buffer.insert("x\x1b[31my\u202e\nz")
    assert buffer.text == "\nx[31my\nz"
    buffer.press("ctrl+u", None)
    for joined in "می\u200cآ":
        assert buffer.press("zero_width_non_joiner" if joined == "\u200c" else joined, joined)
    assert buffer.text.endswith("می\u200cآ")
    assert not buffer.press("f5", None) and not buffer.press("ctrl+s", None)
