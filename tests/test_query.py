"""The query language: what is written is what is looked for, and what is wrong is named with its place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.query import FIELDS, BadQuery, OfFile, Query, Signed, When, Words, parse


def terms(text: str, typing: bool = False) -> list[list[Signed]]:
    return [list(each) for each in parse(text, typing).alternatives]


def test_words_beside_one_another_are_all_to_be_met() -> None:
    assert terms("petro Cocaine") == [[Signed(Words(("petro",))), Signed(Words(("cocaine",)))]]


def test_a_phrase_is_words_one_after_the_other() -> None:
    assert terms('"Human Rights"') == [[Signed(Words(("human", "rights")))]]
    assert terms("it's") == [[Signed(Words(("it", "s")))]]


def test_a_star_makes_a_beginning() -> None:
    assert terms("treas*") == [[Signed(Words(("treas",), prefix=True))]]


def test_or_makes_alternatives_and_brackets_are_multiplied_out() -> None:
    a, b, c = (Signed(Words((each,))) for each in "abc")
    assert terms("a OR b") == [[a], [b]]
    assert terms("a AND b") == terms("a b") and terms("(a) AND (b)") == terms("a b")
    assert terms("AND") == terms("and") and terms("a AND") == terms("AND a") == terms("a AND AND") == terms("a")
    assert terms("(a OR b) c") == [[a, c], [b, c]]
    assert terms("or") == [[Signed(Words(("or",)))]], "small letters are a word"


def test_minus_takes_away_a_word_a_phrase_or_a_bracket() -> None:
    assert terms("-boat") == [[Signed(Words(("boat",)), met=False)]]
    assert terms("-(a b)") == [[Signed(Words(("a",)), met=False)], [Signed(Words(("b",)), met=False)]]
    assert terms("-(a OR b)") == [[Signed(Words(("a",)), met=False), Signed(Words(("b",)), met=False)]]
    assert terms("well-known") == [[Signed(Words(("well", "known")))]], "within a word it is no sign"


def test_fields_look_elsewhere() -> None:
    assert terms('speaker:"Gustavo Petro"') == [[Signed(Words(("gustavo", "petro"), ("speaker",)))]]
    assert terms("actor:petro") == [[Signed(Words(("petro",), ("speaker", "about")))]]
    assert terms("tag:colombia") == [[Signed(OfFile(Words(("colombia",), ("tag",))))]]
    assert terms("marking:tlp:red") == [[Signed(OfFile(Words(("tlp", "red"), ("marking",))))]]


@pytest.mark.parametrize(
    "written, day",
    [("2025", (2025, 1, 1)), ("2025-11", (2025, 11, 1)), ("2025-11-09?", (2025, 11, 9)), ("2025-22", (2025, 6, 1))],
)
def test_dates_are_edtf(written: str, day: tuple[int, int, int]) -> None:
    assert terms(f"after:{written}") == [[Signed(When(True, date(*day).toordinal()))]]
    assert terms(f"before:{written}") == [[Signed(When(False, date(*day).toordinal()))]]


@pytest.mark.parametrize(
    "text, at, words",
    [
        ("a foo:x", 2, "no field foo:"), ('a "b c', 2, "not closed"), ("a OR", 2, "nothing to look for"), ("OR a", 0, "nothing to look for"),
        ("-", 0, "nothing behind"), ("a -", 2, "nothing behind"), ("(a", 0, "not closed"), ("a)", 1, "closes nothing"), ("b ()", 3, "nothing to look for"),
        ("x after:2025-13", 8, "write a date as"), ("after:../2025", 6, "no beginning"), ("in:here", 3, "in: is one of quotes"), ("is:old", 3, "is: is one of draft"), ("kind:nope", 5, "kind: is one of person"),
        ("a -before:bad", 10, "write a date as"), ('after:"bad"', 7, "write a date as"), ("a ???", 2, "no letter or digit"), ("speaker:", 0, "no letter or digit"), ('""', 0, "no letter or digit"), ("((" * 60 + "a" + "))" * 60, 51, "too deep"),
        (" ".join(f"(a{n} OR b{n})" for n in range(7)), 66, "more than 64"),
        (" OR ".join(f"a{n}" for n in range(65)), 438, "more than 64"),
        (" ".join("a" * 501), 1000, "more than 500"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(text: str, at: int, words: str) -> None:
    with pytest.raises(BadQuery, match=words.replace("(", r"\(")) as refusal:
        parse(text)
    assert refusal.value.at == at


@pytest.mark.parametrize("text", ["", " ", "a OR", '"open phrase', "(a OR b", "speaker:", "-", "a -", "a after:", '"'])
def test_what_is_still_being_typed_is_no_mistake_yet(text: str) -> None:
    parse(text, typing=True)


def test_the_last_word_typed_is_a_beginning_from_three_letters_on() -> None:
    assert terms("the pet", typing=True)[0][1].term == Words(("pet",), prefix=True)
    assert terms("the pe", typing=True)[0][1].term == Words(("pe",))
    assert terms("pet ", typing=True)[0][0].term == Words(("pet",)), "a space ends it"


@given(st.text(alphabet='ab"-():*OR ?é海 speaker', max_size=40), st.booleans())
def test_any_text_is_a_query_or_is_refused_at_a_place_in_it(text: str, typing: bool) -> None:
    try:
        assert isinstance(parse(text, typing), Query)
    except BadQuery as refusal:
        assert 0 <= refusal.at <= len(text) and str(refusal)


def test_every_field_is_in_the_documents() -> None:
    from tests.conftest import ROOT

    page = (ROOT / "docs" / "library.md").read_text("utf-8")
    for name, (_, words) in FIELDS.items():
        assert f"| `{name}:` | {words} |" in page, name
