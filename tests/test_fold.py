"""The lossless fold, and the way back from it."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import many
from tui.briefing.fold import _JOINS, _SPACES, DASHES, DOUBLE, INVISIBLE, SINGLE, Folded, fold

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from([*DOUBLE, *SINGLE, *DASHES, *INVISIBLE, *" \n\t\u00a0\u3000e\u0301\u0323é가각"]),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


def test_typing_is_folded_and_words_never() -> None:
    assert fold("“Don’t\u00a0go”\n— now") == '"Don\'t go" - now'
    assert fold("co\u00adoperate\u200b") == "cooperate"
    assert fold("Tu\u0308rk") == "Türk"
    for pair in (
        ("76", "67"),
        ("Will", "will"),
        ("a.", "a"),
        ("…", "..."),
        ("«x»", '"x"'),
        ("a b", "ab"),
        ("5′", "5'"),
        ("ﬁ", "fi"),
        ("½", "1/2"),
    ):
        assert fold(pair[0]) != fold(pair[1])


def test_marks_fold_within_their_class_only() -> None:
    assert {fold(f"x{mark}x") for mark in DOUBLE} == {'x"x'}
    assert {fold(f"x{mark}x") for mark in SINGLE} == {"x'x"}
    assert {fold(f"x{mark}x") for mark in DASHES} == {"x-x"}


@given(texts)
def test_a_folded_text_is_the_fold_of_the_text(text: str) -> None:
    assert Folded(text).text.strip(" ") == fold(text)
    assert fold(fold(text)) == fold(text)


ODD_ONES = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if (unicodedata.combining(character) or unicodedata.decomposition(character) or character in _JOINS)
    and not "\uac00" <= character <= "\ud7a3"
]
"""Whatever NFC may change, or lets change what is beside it."""


@pytest.mark.fuzz
@given(st.lists(st.one_of(st.sampled_from(ODD_ONES), st.sampled_from([*" \n\u00a0ae가각", *INVISIBLE, *DOUBLE, *DASHES])), max_size=14))
@settings(max_examples=many(200, 2000))
def test_a_folded_text_is_the_fold_of_the_text_at_every_odd_place_of_unicode(parts: list[str]) -> None:
    text = "".join(parts)
    assert Folded(text).text.strip(" ") == fold(text)


@given(texts, st.data())
def test_every_stretch_of_the_fold_leads_back_to_characters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    a, b = folded.start(start), folded.end(end)
    assert 0 <= a < b <= len(text)
    back = fold(text[a:b])
    wanted = folded.text[start:end].strip(" ")
    assert wanted in back  # more only where one character of the fold was several, or several one
    if unicodedata.is_normalized("NFC", text):
        assert back == fold(wanted)


@given(texts)
def test_positions_never_run_backwards(text: str) -> None:
    folded = Folded(text)
    starts = [folded.start(at) for at in range(len(folded.text))]
    ends = [folded.end(at + 1) for at in range(len(folded.text))]
    assert starts == sorted(starts) and ends == sorted(ends)
    assert all(start < end for start, end in zip(starts, ends))


def test_the_list_of_joining_starters_is_complete() -> None:
    second = set()
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        parts = unicodedata.decomposition(character).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            composed = unicodedata.normalize("NFC", "".join(chr(int(part, 16)) for part in parts))
            follower = chr(int(parts[1], 16))
            if composed == character and not unicodedata.combining(follower):
                second.add(follower)
    assert second <= _JOINS


def test_every_blank_is_written_out() -> None:
    assert {character for character in map(chr, range(sys.maxunicode + 1)) if character.isspace()} == set(_SPACES)


@given(texts, st.data())
def test_a_character_of_the_text_leads_to_where_its_fold_begins(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    if not text:
        return
    offset = data.draw(st.integers(0, len(text) - 1))
    position = folded.position(offset)
    assert 0 <= position <= len(folded.text)
    if position < len(folded.text) and folded.start(position) != offset:
        assert folded.start(position) < offset or fold(text[offset : folded.start(position)]) == ""
