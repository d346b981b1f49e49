"""A feature of the reading screen needs no screen: this desk is all that it asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.conftest import BRIEFINGS
from tui.briefing.links import Relations
from tui.reader.loading import load
from tui.reader.path.filters import ZOOM, Narrowed, Narrowing
from tui.reader.reading import filtering, lists
from tui.reader.widgets.pane import Shown
from tui.reader.widgets.sheet import Entry


class FakeDesk(SimpleNamespace):
    def __init__(self, *narrowed: Narrowing, subject: str = "") -> None:
        reading = load(BRIEFINGS[0])
        room = SimpleNamespace(one_at_a_time=False, panes=(), here="Quotes")
        super().__init__(reading=reading, shown=Shown(reading, Relations(reading)), room=room, subject=subject, said="")
        self.narrowed: Narrowed = narrowed
        self.listed: list[Entry] = []

    def say(self, words: str) -> None:
        self.said = words

    def narrow(self, narrowed: Narrowed) -> None:
        self.narrowed = narrowed

    def present(self, title: str, make: Any, *rest: Any, **more: Any) -> None:
        self.title, self.listed, self.chosen = title, list(make()), more.get("chosen")

    def turn_over(self) -> None:
        pass

    def called(self, id: str) -> str:
        return f"<{id}>"


def test_escape_clears_the_filter_that_was_set_last() -> None:
    desk: Any = FakeDesk(Narrowing("rows", ("Quotes", "drug")), ZOOM)
    filtering.clear(desk)
    assert [each.what for each in desk.narrowed] == ["rows"]
    filtering.clear(desk)
    filtering.clear(desk)
    assert desk.narrowed == () and desk.said == "no filter is set; <trail.back> goes back"


def test_any_filter_can_be_chosen_and_cleared() -> None:
    desk: Any = FakeDesk(Narrowing("rows", ("Quotes", "drug")), Narrowing("find", ("boat", "Source")))
    filtering.choose(desk)
    assert [entry.text for entry in desk.listed] == ["Quotes: drug", "boat: Source"]
    desk.chosen("0")
    assert [each.what for each in desk.narrowed] == ["find"]


def test_zoom_is_refused_where_one_pane_is_all_there_is() -> None:
    desk: Any = FakeDesk()
    filtering.zoom(desk)
    assert desk.narrowed == (ZOOM,)
    desk.room.one_at_a_time = True
    filtering.zoom(desk)
    assert desk.narrowed == (ZOOM,) and "one pane at a time" in desk.said


def test_related_rows_are_listed_only_of_a_subject() -> None:
    desk: Any = FakeDesk()
    lists.related(desk)
    assert desk.said == "choose a row first" and not desk.listed
    desk.subject = "petro"
    lists.related(desk)
    assert desk.title == "Related to Gustavo Petro" and desk.listed
