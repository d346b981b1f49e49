"""Where words stand: found when only the typing differs, and never when a letter, a digit or a word does."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SEEDS, many
from tui.briefing.anchor import Text, _Placing, find, nearest
from tui.briefing.document import Span
from tui.briefing.files import read_source
from tui.briefing.fold import DASHES, DOUBLE, SINGLE, fold
from tui.briefing.quotation import EVERY

WAYS = {"scanned": (1 << 30, 16, 64), "indexed": (0, 16, 64), "indexed at once": (0, 0, 64), "sorted": (0, 0, 0)}
"""SMALL, SCANS and FEW: by them a text is searched in one of four ways, which must find the same."""


def search_by(way: str, patch: pytest.MonkeyPatch) -> None:
    for name, value in zip(("SMALL", "SCANS", "FEW"), WAYS[way]):
        patch.setattr(f"tui.briefing.anchor.{name}", value)


@pytest.fixture(autouse=True, params=WAYS)
def every_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    search_by(request.param, monkeypatch)


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


def test_a_joiner_that_ends_a_word_is_part_of_a_verbatim_quote() -> None:
    source = "അവന്\u200d പറഞ്ഞു. അവന്\u200d\n"
    (span,) = find(("പറഞ്ഞു. അവന്\u200d",), Text(source)).spans
    assert source[span.start : span.end].endswith("\u200d")
    assert find(("പറഞ്ഞു. അവന്\u200d",), Text(source)).status == "verbatim"
    assert find(("പറഞ്ഞു. അവന്",), Text(source)).status == "verbatim"


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


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("他说在WTO said so 的会议。", "WTO said so"), ("เขากล่าวว่าWTO said soครับ", "WTO said so"), ("会議でWTO said soと言った。", "WTO said so"),
        ("他说WTO。", "WTO"), ("第3号決議", "3"), ("他说在WTO said so 的会议。", "so 的会议"),
    ],
)  # fmt: skip
def test_a_word_that_touches_a_script_without_spaces_is_found(source: str, words: str) -> None:
    assert find((words,), Text(source)).status == "verbatim"


def test_a_vowel_sign_that_is_two_marks_is_found_behind_another_mark() -> None:
    for sign in "\u0f73\u0f75\u0f81":
        source = f"\u0f40\u0f71{sign}\u0f42 \u0f44"
        assert find((source[:4],), Text(source)).status == "verbatim"


# -- every way finds what the plainest search finds ------------------------------------------------------------------------

ODD = [
    *"aab. ,'’\"“”«-–—_0123", " ", "\n", "\n\n", "WTO ", "so ", "的", "会", "ก", "ข", "か", "é", "e\u0301", "\u0301", "\u0f40", "\u0f71", "\u0f73", "\u0f81",
    "\u00ad", "\u200c", "\u00a0", "\u202f", "한", "\u1112\u1161", "²", "٣", "क", "\u093f", "\U00020000",
]  # fmt: skip
odd_texts = st.lists(st.sampled_from(ODD), max_size=40).map("".join)


def plainly_found(segments: list[str], text: Text, prefix: str, suffix: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Try every place of every segment, and every combination of them."""
    folded, needles = text.folded.text, [fold(segment) for segment in segments]
    places = [
        [
            (at, at + len(needle))
            for at in range(len(folded))
            if needle and folded.startswith(needle, at) and text.boundary(at) and text.boundary(at + len(needle))
        ]
        for needle in needles
    ]
    marks = " " + EVERY

    def between(words: str) -> bool:
        return len(words) <= 16 and not words.strip(marks)

    def ends_before(at: int) -> bool:
        words = fold(prefix).rstrip(marks)
        ends = (end for end in range(at + 1) if folded.endswith(words, 0, end) and between(folded[end:at]))
        return not prefix or (bool(words) and any(text.boundary(end - len(words)) for end in ends))

    def begins_after(at: int) -> bool:
        words = fold(suffix).lstrip(marks)
        starts = (start for start in range(at, len(folded) + 1) if folded.startswith(words, start) and between(folded[at:start]))
        return not suffix or (bool(words) and any(text.boundary(start + len(words)) for start in starts))

    def follows(one: tuple[int, int], other: tuple[int, int]) -> bool:
        number = text.paragraph_of(text.span(*one).end - 1)
        limit = text.paragraphs[min(number, len(text.paragraphs) - 1)].end
        return one[1] <= other[0] and text.span(*other).end <= limit

    found = [
        combination
        for combination in itertools.product(*places)
        if ends_before(combination[0][0])
        and begins_after(combination[-1][1])
        and all(follows(one, other) for one, other in zip(combination, combination[1:]))
    ]
    if len(found) != 1:
        return ("ambiguous" if found else "orphan"), ()
    spans = tuple(text.span(*place) for place in found[0])
    spans = tuple(
        next(
            (Span(start, longer) for longer in range(len(text.text), end, -1) if text.text[start:longer] == segment.strip()),
            Span(start, end),
        )
        for (start, end), segment in zip(spans, segments)
    )
    same = all(text.text[start:end] == segment.strip() for (start, end), segment in zip(spans, segments))
    return ("verbatim" if same else "folded"), spans


once = pytest.mark.parametrize("every_way", ["scanned"], indirect=True)


@pytest.mark.fuzz
@once
@given(odd_texts, st.data())
@settings(max_examples=many(60, 400))
def test_every_way_finds_what_trying_every_place_finds(source: str, data: st.DataObject) -> None:
    stretch = st.tuples(st.integers(0, len(source)), st.integers(1, 12)).map(lambda cut: source[cut[0] : cut[0] + cut[1]])
    segments = data.draw(st.lists(st.one_of(stretch, st.sampled_from(ODD)), min_size=1, max_size=4))
    prefix, suffix = data.draw(st.one_of(st.just(""), stretch)), data.draw(st.one_of(st.just(""), stretch))
    wanted = plainly_found(segments, Text(source), prefix, suffix)
    for way in WAYS:
        with pytest.MonkeyPatch.context() as patch:
            search_by(way, patch)
            text = Text(source)
            for _ in range(2):  # the second time from what was kept
                anchor = find(segments, text, prefix, suffix)
                assert (anchor.status, anchor.spans) == wanted, way


@once
@given(odd_texts, st.data())
def test_a_long_text_proves_what_a_short_one_proves(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    words = source[start : data.draw(st.integers(start, len(source)))]
    short = find((words,), Text(source + "\n\n"))
    long = find((words,), Text(source + "\n\n" + "Ωμέγα σίγμα\n\n" * 3000))
    assert (short.status, short.spans) == (long.status, long.spans)


def test_segments_that_could_be_placed_in_too_many_ways_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Text("a b\n\n" * 50 + "c")
    assert find(["a", "a", "c"], text).status == "verbatim"
    monkeypatch.setattr("tui.briefing.anchor.STEPS", -400)
    assert find(["a", "a", "c"], text).status == "ambiguous"


@pytest.mark.parametrize("count", [100, 1000])
def test_the_parts_of_a_quote_are_placed_in_steps_in_line_with_their_number(count: int) -> None:
    steps = 0

    class Counted(_Placing):
        def _count_step(self) -> None:
            nonlocal steps
            steps += 1

    text = Text("a b " * count)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.briefing.anchor._Placing", Counted)
        assert find(["a"] * count, text).status == "verbatim"
        assert find(["a"] * (count - 1), text).status == "ambiguous"
    assert steps <= 5 * count


@once
def test_words_that_many_quotes_share_are_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    plainly = Text._found

    def counted(text: Text, needle: str) -> Iterable[int]:
        searched.append(needle)
        return plainly(text, needle)

    monkeypatch.setattr(Text, "_found", counted)
    text = Text("".join(f"Number {each}: It is so.\n\n" for each in range(200)))
    for each in range(200):
        assert find(("It is so.",), text).places == 200
        assert find(("It is", "so."), text).status == "ambiguous"
        assert find(("It is so.",), text, prefix=f"Number {each}:").status == "verbatim"
    assert len(searched) == 3 + 200


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


@pytest.mark.parametrize("before", ["", "word word " * 4000 + "\n\n"], ids=["short", "long"])
@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("killed 76", "killed 76¹² people", True),
        ("76", "killed 76¹² people", True),
        ("deaths", "the deaths² of", True),
        ("US", "the US² said", True),
        ("people", "said¹people", True),
        ("7612", "killed 76¹² people", False),
        ("6", "killed 76¹² people", False),
        ("3", "3½ years", False),
        ("10", "10⁹ dollars", False),
        ("5 m", "5 m² of land", False),
        ("km", "5 km² of land", False),
    ],
)
def test_the_raised_number_of_a_note_is_not_part_of_the_word_before_it(
    words: str, text: str, found: bool, before: str
) -> None:
    assert find([words], Text(before + text)).found is found


BROKEN = "It heard of a second\u00adstory window, a re\u00adport and the re\u00adsigned men. It is non\u00adlethal, and a well-kept re\u00adport is new."


@pytest.mark.parametrize(
    "words",
    ["a second-story window, a report", "a secondstory window", "the re-signed men", "the resigned men", "non-lethal", "nonlethal", "well-kept report", "second-story window, a re-port"],
)
def test_a_hyphen_undecided_at_a_line_end_is_found_with_it_and_without_it(words: str) -> None:
    anchor = find([words], Text(BROKEN))
    assert anchor.status == "folded"
    start, end = anchor.spans[0]
    assert BROKEN[start:end].replace("\u00ad", "") == words.replace("second-", "second").replace("re-", "re").replace("non-", "non")


@pytest.mark.parametrize("words", ["lethal", "signed men", "a second story", "story window", "wellkept report", "sec-ond", "men-It"])
def test_an_undecided_hyphen_is_found_in_no_other_form(words: str) -> None:
    assert find([words], Text(BROKEN)).status == "orphan"


def test_a_word_with_a_hyphen_and_the_same_word_undecided_are_two_places() -> None:
    text = Text("They re-signed in May. They re\u00adsigned in June.")
    assert find(["re-signed"], text).status == "ambiguous"
    assert find(["re-signed in June"], text).found
    assert find(["re-signed"], text, suffix="in June").found
