"""Names in texts: found in every script, the same in short and long texts, with work in line with their number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import many
from tui.briefing.anchor import Text, unspaced
from tui.briefing.document import Actor
from tui.briefing.fold import fold
from tui.briefing.links import Mention, Names

PARTS = ["Ana", "Falk", "WTO", " ", " ", ".", "’", "'", "的", "会", "ก", "か", "\n", "-", "é", "e\u0301", "3", "x", "“", "\u200c", "क", "\u093f"]
texts = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)
names = st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join), min_size=1, max_size=5)


def found(actors: list[Actor], text: str, small: int) -> list[Mention]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.briefing.links.SMALL", small)
        return list(Names(actors).find_in(Text(text)))


@pytest.mark.fuzz
@given(names, texts)
@settings(max_examples=many(60, 400))
def test_names_are_found_alike_in_short_and_long_texts(known: list[str], text: str) -> None:
    actors = [Actor(id=f"a{number}", name=name, kind="person") for number, name in enumerate(known)]
    assert found(actors, text, 0) == found(actors, text, 1 << 30)


@pytest.mark.fuzz
@given(names, texts)
@settings(max_examples=many(60, 400))
def test_every_name_found_is_one_of_the_names_and_whole(known: list[str], text: str) -> None:
    actors = [Actor(id=f"a{number}", name=name, kind="person") for number, name in enumerate(known)]
    for mention in found(actors, text, 0):
        words, before, after = text[mention.start : mention.end], text[: mention.start][-1:], text[mention.end :][:1]
        assert any(fold(words) in map(fold, actor.names) for actor in actors if actor.id in mention.actors)
        for inner, outer in ((words[0], before), (words[-1], after)):
            if outer.isalnum() and inner.isalnum():
                assert unspaced(inner) or unspaced(outer)


def test_a_name_that_touches_a_script_without_spaces_is_found() -> None:
    actors = [Actor(id="wto", name="WTO", kind="organization")]
    for text in ("他说在WTO的会议", "ที่WTOครับ", "WTO会議"):
        for small in (0, 1 << 30):
            assert [mention.actors for mention in found(actors, text, small)] == [("wto",)]
    assert not found(actors, "XWTO WTOs", 0)


def test_actors_who_share_a_name_are_known_together() -> None:
    actors = [Actor(id=f"a{number}", name="Ana Falk", kind="person") for number in range(100)]
    assert Names(actors).known_in(Text("Ana Falk spoke. " * 100)) == {actor.id for actor in actors}
    assert Names(actors).known_in(Text("Nobody spoke.")) == set()
