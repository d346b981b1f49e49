"""Records are what dataclasses are: frozen, equal by value, with inherited fields."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT
from tui.briefing.document import Quote
from tui.briefing.record import NamedTuple, field, fields, record, replace


@record(frozen=True)
class Named:
    name: str
    tags: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)
    row: int = field(default=-1, compare=False, repr=False)


@record(frozen=True)
class Dated(Named):
    date: str = ""


@record(frozen=True)
class Plain:
    name: str


class Span(NamedTuple):
    start: int
    end: int
    style: str = ""

    @property
    def length(self) -> int:
        return self.end - self.start


def test_fields_are_given_by_name_or_in_order_those_of_the_base_first() -> None:
    assert Dated("a", ("b",), date="2025") == Dated(name="a", tags=("b",), date="2025")
    assert [each.name for each in fields(Dated)] == ["name", "tags", "more", "row", "date"]
    assert Named("a").more is not Named("a").more


@pytest.mark.parametrize("values", [{}, {"name": "a", "colour": "red"}])
def test_what_is_missing_or_unknown_is_an_error(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Named has name, tags"):
        Named(**values)


def test_nothing_is_given_twice_or_beyond_the_last() -> None:
    with pytest.raises(TypeError, match="twice"):
        Named("a", name="b")  # type: ignore[misc]  # what is tested
    with pytest.raises(TypeError):
        Named("a", (), {}, 1, "more")  # type: ignore[call-arg]  # what is tested


def test_a_record_is_frozen_and_another_is_made_of_it() -> None:
    one = Dated("a", row=3)
    with pytest.raises(AttributeError, match="frozen"):
        one.name = "b"  # type: ignore[misc]  # what is tested
    with pytest.raises(AttributeError, match="frozen"):
        del one.name
    assert replace(one, date="2025") == Dated("a", date="2025") and replace(one, date="2025").row == 3


def test_records_are_equal_where_their_class_is_and_what_is_compared() -> None:
    assert Dated("a", row=1) == Dated("a", row=2) != Dated("b")
    assert Dated("a") != Named("a")
    assert len({Plain("a"), Plain("a"), Plain("b")}) == 2
    assert Quote(id="a", text=("b",)) == Quote(id="a", text=("b",), row=4)


def test_what_is_not_as_usual_is_shown() -> None:
    assert repr(Quote(id="a", text=("b",), row=2)) == "Quote(id='a', text=('b',))"


def test_a_named_tuple_is_a_tuple_with_names() -> None:
    one = Span(1, end=3)
    start, end, style = one
    assert (start, end, style) == one == (1, 3, "") and one.length == 2 and one._fields == ("start", "end", "style")
    assert one._replace(style="lit") == Span(1, 3, "lit") and one._asdict() == {"start": 1, "end": 3, "style": ""}
    assert repr(one) == "Span(start=1, end=3, style='')" and pickle.loads(pickle.dumps(one)) == one
    match one:
        case Span(first, last):
            assert (first, last) == (1, 3)


def test_a_field_of_a_named_tuple_may_have_any_name() -> None:
    class Kind(NamedTuple):
        kind: str
        self: int = 0

    one = Kind(kind="a", self=2)
    assert one == ("a", 2) and one._replace(self=3, kind="b") == Kind._make(["b", 3])


def test_fields_with_a_default_are_the_last() -> None:
    with pytest.raises(AssertionError, match="the last"):

        class Wrong(NamedTuple):
            start: int = 0
            end: int  # type: ignore[misc]  # what is tested


@pytest.mark.parametrize("given", [{}, {"start": 1}, {"start": 1, "end": 2, "colour": "red"}])
def test_a_named_tuple_is_given_all_that_it_needs_and_nothing_else(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Span"):
        Span(**given)
    with pytest.raises(ValueError, match="colour"):
        Span(1, 2)._replace(colour="red")  # type: ignore[call-arg]  # what is tested
    with pytest.raises(AttributeError):
        Span(1, 2).start = 4  # type: ignore[misc]  # what is tested


@pytest.mark.parametrize(
    "begin",
    ["import tui.reader.command, tui.reader.terminal.first_words", "from tui.cli import main; main(['search', 'x', 'briefings'])"],
)
def test_the_first_words_and_a_search_wait_for_nothing_that_takes_its_time(begin: str) -> None:
    slow = {"dataclasses", "inspect", "typing", "textual", "subprocess", "tui.briefing.parse" if "search" in begin else ""}
    if "search" in begin:  # once, so that the index is there
        subprocess.run([sys.executable, "-m", "tui", "search", "x", "briefings"], cwd=ROOT, capture_output=True)
    say = f"import sys; {begin}; print('loaded:', *sorted({slow!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", say], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1].strip() == "loaded:", done.stdout + done.stderr
