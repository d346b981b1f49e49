"""A long document is read behind the first frame, and shown once it is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.samples import lines, pdf
from tests.test_reading import NARROW, Story
from tui.library.state import State
from tui.reader import loading
from tui.reader.app import ReaderApp
from tui.reader.loading import load
from tui.settings import state_folder

STORY = pdf(lines("The harbour master said that no vessel had come in."), lines("Every clerk swore that the log was kept as it should be."))


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document of two pages that counts as a long one."""
    monkeypatch.setattr(loading, "LONG", 10)
    path = tmp_path / "story.pdf"
    path.write_bytes(STORY)
    return path


@asynccontextmanager
async def waiting(path: Path, monkeypatch: pytest.MonkeyPatch, at: str = "") -> AsyncIterator[Story]:
    """The reader on a document whose reading has begun, and ends when `arrive` says so."""
    monkeypatch.setattr(ReaderApp, "read_behind", lambda self, reading: None)
    app = ReaderApp([path], at=at)
    async with app.run_test(size=NARROW) as pilot:
        story = Story(pilot)
        await pilot.pause()
        yield story


async def arrive(story: Story) -> None:
    reading = story.app.reader.reading
    story.app._arrived(reading, load(reading.path))
    await story.press()


async def test_a_long_document_is_named_at_once_and_shown_when_it_is_read(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with waiting(document, monkeypatch) as story:
        assert "story.pdf" in story.lines[0] and "reading the document" in story.lines[0] and "Reading the document …" in story.text
        await arrive(story)
        assert "DRAFT" in story.lines[0] and "Reading the document" not in story.text
        await story.press("5")
        assert "The harbour master said" in story.text


async def test_it_is_read_in_a_thread(document: Path) -> None:
    app = ReaderApp([document])
    async with app.run_test(size=NARROW) as pilot:
        story = Story(pilot)
        while "DRAFT" not in story.lines[0]:
            await pilot.pause(0.05)
        assert not app.reader.reading.waiting


async def test_every_key_may_be_pressed_while_a_document_is_read(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with waiting(document, monkeypatch) as story:
        for key in [*"12345jkGgwbz.,;i?'!mnNvyfUJ&", "escape", "escape", "slash", *"p:2", "enter", "space", "backspace", "ctrl+d", "tab"]:
            await story.press(key)
            if story.app.reader.sheet.open:
                await story.press("q")
            if story.app.reader.prompt.asking:
                await story.press("escape")
        await arrive(story)
        assert "DRAFT" in story.lines[0]


async def test_it_begins_at_the_item_that_was_asked_for(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with waiting(document, monkeypatch, at="s1:2") as story:
        assert "no item" not in story.text
        await arrive(story)
        assert story.ref == "s1:2"


async def test_the_place_where_it_was_left_is_not_lost_if_it_is_closed_before_it_is_read(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with waiting(document, monkeypatch) as story:
        await arrive(story)
        await story.press("5", "j")
        story.app.reader.keep_place()
        left = State(state_folder() / "state.db").last_place(document)
    assert left
    async with waiting(document, monkeypatch) as story:
        await story.press("1", "z")
        story.app.reader.keep_place()
        assert State(state_folder() / "state.db").last_place(document) == left
        await arrive(story)
        assert story.ref == "s1:2"


async def test_a_document_that_cannot_be_read_says_why_when_that_is_known(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document.write_bytes(pdf([], picture=True))
    async with waiting(document, monkeypatch) as story:
        await arrive(story)
        assert "there is no text in it: a scan of 1 page" in " ".join(story.text.split())


async def test_what_arrives_after_something_else_was_opened_is_dropped(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with waiting(document, monkeypatch) as story:
        first = story.app.reader.reading
        other = load(document)
        story.app.reader.open(other)
        story.app._arrived(first, load(document))
        assert story.app.reader.reading is other


def test_a_briefing_and_a_short_text_are_read_before_the_first_frame(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("One two three four five six.\n")
    assert not load(tmp_path / "short.txt", later=True).waiting
