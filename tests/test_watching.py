"""Live: what changes on disk is on the screen, with the cursor where it was, and the head line says what is different."""

from __future__ import annotations

import os
import time
from pathlib import Path
from queue import Queue

import pytest

from tests.conftest import ARTICLE, Write
from tests.test_reading import Story, reading
from tui.briefing.proof import open_briefing, prove
from tui.reader import watching
from tui.reader.loading import load
from tui.reader.watching import news

TOML = '[[actor]]\nid = "a"\nname = "Alpha"\nkind = "person"\n' + "".join(
    f'[[quote]]\nid = "q{number}"\nspeaker = "a"\ntext = "Words {number} here."\n' for number in range(30)
)
SOURCE = "\n".join(f"Words {number} here." for number in range(30)) + "\n"


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes more often than for a reader, and give up sooner on a file that stays broken."""
    monkeypatch.setattr(watching, "STEP", 100)
    monkeypatch.setattr(watching, "OFTEN", 0.5)
    monkeypatch.setattr(watching, "SETTLED", 0.05)
    monkeypatch.setattr(watching, "PATIENCE", 1.0)


def watches() -> set[str]:
    """The threads of this process in which the system tells of changes."""
    return {task.name for task in Path("/proc/self/task").glob("*") if "notify" in (task / "comm").read_text()}


async def watched(story: Story) -> None:
    """Have the files watched, and wait until they are."""
    before, end = watches(), time.monotonic() + 15
    story.app.reader.proving.watch()
    while not watches() - before:
        assert time.monotonic() < end
        await story.pilot.pause(0.01)


async def until(story: Story, words: str, at_most: float = 15.0) -> None:
    end = time.monotonic() + at_most
    while words not in story.lines[0]:
        assert time.monotonic() < end, story.lines[0]
        await story.pilot.pause(0.05)


async def test_a_briefing_is_read_again_and_the_cursor_stays_on_its_row(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["2", "space", "3", *"jjjjjjjj"]) as story:
        await watched(story)
        ref, above, pins = story.ref, story.app.reader.room.panes[2].lines_above(), story.pins
        text = path.read_text().replace(
            '[[quote]]\nid = "q0"', '[[quote]]\nid = "new"\nspeaker = "a"\ntext = "Words 3 here."\n[[quote]]\nid = "q0"'
        )
        path.write_text(text)
        await until(story, "reloaded: 1 quote new")
        assert story.ref == ref == "q8" and story.app.reader.room.panes[2].lines_above() == above and story.pins == pins
        await story.press("j")
        assert "reloaded" not in story.lines[0] and "31/31" in story.lines[0]


async def test_words_that_a_source_no_longer_has_are_said_and_a_deleted_file_stays(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3"]) as story:
        await watched(story)
        (path.parent / "source.txt").write_text(SOURCE.replace("Words 7 here", "Words seven here"))
        await until(story, "1 quote no longer in its source")
        await story.press("j")
        assert "1 UNPROVEN" in story.lines[0]
        text = path.read_text()
        path.unlink()
        await until(story, "moved or deleted")
        await story.press("j")
        assert "Words 1 here" in story.pane(3) and "moved or deleted" in story.lines[0]
        path.write_text(text)
        await until(story, "reloaded")
        await story.press("j")
        assert "1 UNPROVEN" in story.lines[0]


async def test_a_source_that_was_missing_is_read_once_it_is_there(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    (path.parent / "source.txt").unlink()
    async with reading(path, keys=["3"]) as story:
        await watched(story)
        (path.parent / "source.txt").write_text(SOURCE)
        await until(story, "30 quotes proven now")


async def test_a_half_written_file_is_waited_for(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 30.0)
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3"]) as story:
        await watched(story)
        text = path.read_text().replace("[A](#a)", "[A](#a) again")
        seen = set()
        path.write_text(text[:200])
        for _ in range(12):
            await story.pilot.pause(0.1)
            seen.add("cannot be read" in story.text or "error" in story.lines[0])
        path.write_text(text)
        await until(story, "reloaded")
        assert seen == {False} and "again" in story.pane(1)


def test_news_counts_what_became_different(write: Write) -> None:
    old = prove(open_briefing(write(TOML, source=SOURCE)))
    assert news(old, old) == "reloaded: every quote and event stands as before"
    new = prove(
        open_briefing(write(TOML.replace('"q1"', '"q99"'), source=SOURCE.replace("Words 5", "W").replace("Words 6", "W")))
    )
    assert news(old, new) == "reloaded: 1 quote new, 1 quote gone, 2 quotes no longer in their source"
    assert news(new, old) == "reloaded: 1 quote new, 1 quote gone, 2 quotes proven now"


async def test_a_theme_that_changes_is_shown_and_a_broken_one_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "readout" / "themes"
    folder.mkdir(parents=True)
    night = (ARTICLE.parent.parent / "themes" / "night.toml").read_text()
    (folder / "mine.toml").write_text(night)
    async with reading(theme="mine") as story:
        before = story.app.theme_variables["background"]
        (folder / "mine.toml").write_text(
            night.replace(next(line for line in night.split("\n") if line.startswith("background")), 'background = "#123456"')
        )
        story.app.read_themes()
        await story.pilot.pause()
        assert story.app.theme_variables["background"].lower() == "#123456" != before
        (folder / "mine.toml").write_text("background = 3\n")
        story.app.read_themes()
        await story.pilot.pause()
        assert "mine.toml" in story.app.reader.said and story.app.theme_variables["background"].lower() == "#123456"


async def test_a_file_that_stays_broken_leaves_what_it_said_and_names_the_line(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3", "j", "j", "j"]) as story:
        await watched(story)
        text = path.read_text()
        path.write_text(text[: len(text) // 2])
        await until(story, "broken at line")
        assert "Words 1 here" in story.pane(3) and story.ref == "q3"
        path.write_text(text.replace("[A](#a)", "[A](#a) again"))
        await until(story, "reloaded: every quote and event stands as before")  # said whole
        assert story.ref == "q3" and "again" in story.pane(1)


async def test_a_briefing_overwritten_with_half_a_front_matter_is_broken_and_not_a_raw_article(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3"]) as story:
        await watched(story)
        path.write_text("+++\nbroken")
        await until(story, "broken at line 1")
        assert "Words 1 here" in story.pane(3)
        await story.press("exclamation_mark")
        assert "no closing line +++" in " ".join(story.text.split())


async def test_an_open_sheet_says_what_is_so_now(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3", "j", "i"]) as story:
        assert "verbatim" in story.text
        await watched(story)
        (path.parent / "source.txt").write_text(SOURCE.replace("Words 1 here", "Words one here"))
        await until(story, "no longer in its source")
        assert "UNPROVEN" in story.text and "verbatim" not in story.text


async def test_a_pane_that_was_out_of_sight_while_it_was_read_again_has_its_width_back() -> None:
    async with reading(size=(80, 24)) as story:
        before = [line[3:] for line in story.pane(1).split("\n")]
        for over, back in (("4", "1"), ("question_mark", "q")):
            await story.press(over)
            story.app.reader.proving.reload(story.app.reader.reading, "reloaded")
            await story.press(back)
            assert [line[3:] for line in story.pane(1).split("\n")][1:] == before[1:]


async def test_labels_end_when_what_they_stand_on_may_be_elsewhere(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3", "F"]) as story:
        assert story.foot.startswith("copy:")
        await story.pilot.resize_terminal(80, 24)
        await story.press()
        assert not story.foot.startswith("copy:") and not any(pane._labels for pane in story.app.reader.room.panes)
        await story.press("F")
        story.app.reader.proving.reload(story.app.reader.reading, "reloaded")
        assert not story.app.reader.prompt.asking


async def test_a_file_that_is_gone_is_not_opened_in_the_editor(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3"]) as story:
        path.unlink()
        await story.press("e")
        assert "file moved or deleted" in story.foot and "Words 1 here" in story.pane(3)


async def test_an_editor_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", 'vi "')
    async with reading(keys=["3", "e"]) as story:
        assert "$EDITOR cannot be read (no closing quotation)" in story.foot


def test_what_changes_before_the_system_watches_is_seen(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 0.0)
    path = write(TOML, body="[A](#a)", source=SOURCE)
    whole, old = path.read_text(), prove(open_briefing(path))
    path.write_text(whole[: len(whole) // 2])
    told, changed = Queue[str](), Queue[str]()

    def broken(_: object, words: str) -> None:
        path.write_text(whole.replace("[A]", "[Alpha]"))  # between the last look and the watch, as the thread calls this
        told.put(words)

    ours = watching.Watching(load, lambda _, new, words: changed.put(new.briefing.summary), broken, lambda: None)
    ours.watch(watching.Watched(old))
    try:
        assert "broken" in told.get(timeout=10) and "Alpha" in changed.get(timeout=15)
    finally:
        ours.stop()


def test_a_file_put_in_the_place_of_another_is_seen_however_old_it_is(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    other = path.with_name("other")
    other.write_text(path.read_text().replace("[A]", "[Alpha]"))
    for file in (path, other):
        os.utime(file, (1, 1))
    old, since = prove(open_briefing(path)), time.time()
    time.sleep(0.05)  # the clock of a file system may be a little behind
    other.replace(path)
    changed = Queue[str]()
    ours = watching.Watching(load, lambda _, new, words: changed.put(new.briefing.summary), lambda *_: None, lambda: None)
    ours.watch(watching.Watched(old, since=since))
    try:
        assert "Alpha" in changed.get(timeout=15)
    finally:
        ours.stop()


async def test_a_file_that_is_whole_again_as_it_was_is_no_longer_said_to_be_broken(write: Write) -> None:
    path = write(TOML, body="[A](#a)", source=SOURCE)
    async with reading(path, keys=["3", "j"]) as story:
        await watched(story)
        text = path.read_text()
        path.write_text(text[: len(text) // 2])
        await until(story, "broken at line")
        path.write_text(text)
        await until(story, "reloaded: every quote and event stands as before")
