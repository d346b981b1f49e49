"""Where words stand: found when only the typing differs, and never when a letter, a digit or a word does."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tui.briefing.anchor import Text, find, nearest
from tui.briefing.files import read_source
from tui.briefing.fold import DASHES, DOUBLE, SINGLE, fold


@pytest.fixture(autouse=True, params=[0, 1 << 30], ids=["indexed", "looked-through"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small texts are looked through and large ones indexed; both must find the same."""
    monkeypatch.setattr("tui.briefing.anchor.SMALL", request.param)


SOURCE = (
    "He said: “We will act — at once.” The strikes killed 76 people; 4,000 sailors’ families\u00a0wait. "
    "It was non-lethal. Soldiers should disobey the orders of Trump. They don’t. In the U.S. and in Santo-Domingo.\n\n"
    "“He may have been,” he said, “carrying fish.”\n\n“Never,” she said.\n\nIt is so. It is so."
)
TEXT = Text(SOURCE)


def status(*segments: str, prefix: str = "", suffix: str = "") -> str:
    return find(segments, TEXT, prefix, suffix).status


def shown(*segments: str) -> list[str]:
    return [SOURCE[span.start : span.end] for span in find(segments, TEXT).spans]


def test_the_same_characters_are_verbatim() -> None:
    assert status("We will act — at once.") == "verbatim"
    assert shown("We will act — at once.") == ["We will act — at once."]


def test_another_typing_is_folded_and_gives_the_sources_own_characters() -> None:
    assert status("We will act - at once") == "folded"
    assert shown("4,000 sailors' families wait") == ["4,000 sailors’ families\u00a0wait"]


@pytest.mark.parametrize(
    "words",
    [
        "killed 67 people",
        "killed 7 people",
        "We will not act",
        "we will act",
        "We act",
        "killed 76  peoples",
        "act at once",
        "",
        "  ",
        "“",
    ],
)
def test_other_words_are_an_orphan(words: str) -> None:
    assert status(words) in ("orphan", "ambiguous")
    assert status(words) == "orphan" or words == "“"


@pytest.mark.parametrize(
    "cut",
    [
        "obey the orders of Trump",
        "lethal",
        "They don",
        "don",
        "000 sailors",
        "4",
        "Domingo",
        "Santo",
        "U",
        "S",
        "disobey the orders of Trum",
    ],
)
def test_a_match_never_begins_or_ends_inside_a_word(cut: str) -> None:
    assert status(cut) == "orphan"


@pytest.mark.parametrize(
    ("source", "cut"),
    [
        ("at −5 degrees", "5 degrees"), ("at -7 degrees", "7 degrees"), ("(–7 %)", "7 %"), ("a rise of .5 percent", "5 percent"),
        ("some 4\u00a0000 men", "000 men"), ("some 4\u202f000 men", "some 4"), ("12\u2009000\u2009000 men", "000 men"),
        ("12\u2009000\u2009000 men", "000\u2009000 men"), ("12\u2009000\u2009000", "12\u2009000"), ("some 10–20 men", "20 men"),
        ("some 10—20 men", "some 10"), ("some 10−20 men", "20 men"), ("at 10:30 men came", "30 men came"), ("1/2 of the men", "2 of the men"),
        ("Covid-19 came", "19 came"), ("in 2025-11", "11"),
    ],
)  # fmt: skip
def test_a_match_never_begins_or_ends_inside_a_number(source: str, cut: str) -> None:
    assert find((cut,), Text(source)).status == "orphan"
    assert find((source,), Text(source)).status == "verbatim"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("killed—5 of them", "5 of them"), ("—5 men, he said", "5 men"), ("killed --5 of them", "5 of them"), ("It is so ...5 men", "5 men"),
        ("- 5 men", "5 men"), ("in 2019\u00a0300 men", "300 men"), ("on page 4\u00a04000 men", "4000 men"), ("4 000 men", "000 men"),
        ("the (5) men", "5"), ("10 – 20 men", "20 men"), ("in 1999. 20 men", "20 men"), ("4\u00a0men", "4"),
    ],
)  # fmt: skip
def test_a_number_that_stands_alone_is_found(source: str, words: str) -> None:
    assert find((words,), Text(source)).status == "verbatim"


@pytest.mark.parametrize("marks", ["“", " ", "“ ", "'", "«"])
def test_a_prefix_or_suffix_of_marks_alone_settles_nothing(marks: str) -> None:
    for text in (TEXT, Text("“Never,” she said.")):
        assert not find(("Never",), text, prefix=marks).found
        assert not find(("Never",), text, suffix=marks).found


def test_a_prefix_and_a_suffix_begin_and_end_at_a_word() -> None:
    text = Text("A reborn hope. The unborn hope.")
    assert find(("hope",), text, prefix="reborn").found
    assert not find(("hope",), text, prefix="born").found and not find(("hope",), text, prefix="eborn").found
    text = Text("hope is hopeful; hope isn't hopeless")
    assert find(("hope",), text, suffix="isn’t").found
    assert find(("hope",), text, suffix="is").found and not find(("hope",), text, suffix="is hope").found


def test_words_that_stand_twice_are_ambiguous_until_something_settles_it() -> None:
    assert status("It is so") == "ambiguous"
    assert find(("It is so",), TEXT).places == 2
    assert status("It is so", suffix=". It") == "verbatim"
    assert status("It is so", prefix="It is so. ") == "verbatim"
    assert status("It is so", prefix="nowhere") == "orphan"


def test_a_place_that_only_the_typing_tells_apart_is_ambiguous_too() -> None:
    text = Text("MS. A: We have been very clear.\n\nMR. B: We have been\nvery clear.")
    assert find(("We have been very clear.",), text).status == "ambiguous"


def test_an_interrupted_quote_is_found_in_order_and_near() -> None:
    assert status("He may have been,", "carrying fish.") == "verbatim"
    assert status("carrying fish.", "He may have been,") == "orphan"
    assert status("We will act", "carrying fish") == "verbatim"  # the next paragraph
    assert status("We will act", "Never") == "orphan"  # the one behind it


def test_the_whole_of_an_interrupted_quote_has_one_placement() -> None:
    text = Text("“No,” she said. “No,” he said. “Never.”")
    assert find(("No", "Never"), text).status == "ambiguous"
    assert find(("No", "Never"), text, prefix="she said. “").spans[0].start == 17
    assert find(("No", "Never"), text, suffix="he said").status == "orphan"


def test_a_word_that_stands_everywhere_costs_no_product() -> None:
    text = Text("no " * 20_000)
    assert find(("no",) * 20, text).status == "ambiguous"


def test_scripts_without_spaces_begin_and_end_at_a_grapheme() -> None:
    text = Text("船名は海鷹丸である。船は沈んだ。")
    assert find(("海鷹丸",), text).status == "verbatim"
    assert find(("かくのごとし",), text).status == "orphan"


def test_a_mark_is_never_cut_from_its_letter() -> None:
    assert find(("Turk",), Text("Volker Turk\u0308 spoke")).status == "orphan"
    assert find(("Türk",), Text("Volker Tu\u0308rk spoke")).status == "folded"


def test_a_span_in_a_source_that_is_not_composed_ends_where_its_words_end() -> None:
    source = "Tu\u0308rk said: “I was—”\n\n“No,” she replied."
    for words in ("I was—", "No,"):
        (span,) = find((words,), Text(source)).spans
        assert source[span.start : span.end] == words


def test_an_orphan_shows_the_nearest_passage_and_the_difference() -> None:
    near = nearest("The strikes killed 67 people", TEXT)
    assert near and SOURCE[near.span.start : near.span.end] == "The strikes killed 76 people"
    assert "".join(mine for mine, _ in near.diff) == "The strikes killed 67 people"
    assert nearest("zzz qqq", TEXT) is None


def test_front_matter_is_metadata_and_never_matched(tmp_path: Path) -> None:
    path = tmp_path / "s.md"
    path.write_text("---\ntitle: The words\n---\nOther text.\n")
    read = read_source(path)
    assert find(("The words",), read.text).status == "orphan"
    anchor = find(("Other text",), read.text)
    assert anchor.spans[0].start == read.text.text.index("Other")


def test_paragraphs_are_runs_of_lines_or_lines() -> None:
    assert len(Text("a\nb\n\nc\n").paragraphs) == 2
    assert len(Text("a\nb\nc\n").paragraphs) == 3
    assert Text("").paragraphs == ()


# -- properties, on every bundled source ----------------------------------------------------------------------------------

WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.,_][^\W_]+)*")


def passages(text: Text, count: int, seed: int) -> list[tuple[int, int]]:
    """Random stretches cut at word boundaries, whose fold stands once."""
    choose = random.Random(seed)
    words = list(WORD.finditer(text.text, text.body))
    found: list[tuple[int, int]] = []
    while len(found) < count:
        first = choose.randrange(len(words))
        last = min(len(words) - 1, first + choose.randrange(1, 30))
        start, end = words[first].start(), words[last].end()
        if len(text.occurrences(text.text[start:end])) == 1:
            found.append((start, end))
    return found


def retyped(passage: str, choose: random.Random) -> str:
    """The same words as somebody else would type them."""
    out = []
    for character, following in zip(passage, passage[1:] + " "):
        for marks in (DOUBLE, SINGLE, DASHES):
            if character in marks:
                character = choose.choice(marks)
                break
        if character.isspace():
            character = choose.choice((" ", "\n", "  ", "\u00a0", "\t", " \u2009"))
        elif choose.random() < 0.02 and not unicodedata.combining(following):
            character += choose.choice(("\u00ad", "\u200b"))
        out.append(character)
    return "".join(out)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:24])
def test_any_passage_retyped_is_found_at_its_place(seed: Path) -> None:
    text, choose = read_source(seed).text, random.Random(7)
    for start, end in passages(text, 120, 1):
        anchor = find((retyped(text.text[start:end], choose),), text)
        assert anchor.found and anchor.spans == ((start, end),)


def edited(passage: str, choose: random.Random) -> str | None:
    """One letter or digit changed, dropped or doubled, one word dropped, or the passage cut inside a word."""
    kind = choose.randrange(5)
    places = [at for at, character in enumerate(passage) if character.isalnum()]
    at = choose.choice(places)
    if kind == 0:
        new = choose.choice(
            [each for each in ("0123456789" if passage[at].isdigit() else "abcdefghijklmnopqrstuvwxyz") if each != passage[at]]
        )
        return passage[:at] + new + passage[at + 1 :]
    if kind == 1:
        return passage[:at] + passage[at + 1 :]
    if kind == 2:
        return passage[:at] + passage[at] + passage[at:]
    words = list(WORD.finditer(passage))
    if kind == 3:
        if len(words) < 3:
            return None
        gone = choose.choice(words[1:-1])
        return passage[: gone.start()] + passage[gone.end() :].lstrip()
    if len(words[0].group()) < 3 or len(words[-1].group()) < 3:
        return None
    return passage[1:] if choose.random() < 0.5 else passage[:-1]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:24])
def test_no_edit_of_a_passage_is_ever_confirmed(seed: Path) -> None:
    text, choose, tried = read_source(seed).text, random.Random(11), 0
    whole = fold(text.text)
    for start, end in passages(text, 400, 2):
        wrong = edited(text.text[start:end], choose)
        if wrong is None or fold(wrong) == fold(text.text[start:end]) or _stands(fold(wrong), whole):
            continue  # what is left stands there as it is: "very very" without one of them
        tried += 1
        assert not find((wrong,), text).found, wrong
    assert tried >= 300  # six sources: 2,000 edits and more


def _stands(words: str, whole: str) -> bool:
    """Whether these words, whole, stand in the text: by a regular expression, not by what is tested."""
    return re.search(rf"(?<![\w'’-])(?<!\w[.,]){re.escape(words)}(?![\w])(?!['’.,-]\w)", whole) is not None
