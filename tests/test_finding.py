"""Find and filter: what is typed, what is lit, and counts that are true."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ARTICLE, ROOT, Write
from tests.test_reading import BRAILLE, NARROW, SIZES, Story, reading
from tui.reader.drawing.costly import refusal
from tui.reader.drawing.matching import GAP, BadPattern, Looked, Pattern, absence
from tui.reader.reading import way

FOLLOW_UP = ROOT / "briefings" / "exercise" / "follow-up.md"


def found(typed: str, text: str) -> list[str]:
    looked = Looked(text, [0])
    matches = Pattern(typed).find(looked)
    return [text[slice(*matches.span(number))] for number in range(len(matches))]


# -- patterns -------------------------------------------------------------------------------------------------------------


def test_small_letters_find_both_and_a_capital_only_itself() -> None:
    assert found("petro", "Petro petro PETRO") == ["Petro", "petro", "PETRO"]
    assert found("Petro", "Petro petro PETRO") == ["Petro"]
    assert found("i", "İİ i") == ["İ", "İ", "i"] and found("İ", "İİ i") == ["İ", "İ"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("financing", "ﬁnancing"), ("jurgen", "Jürgen"), ("jürgen", "Jürgen"), ("lodz", "Łódź"), ("łodz", "Łódź"), ("soren", "Søren"),
        ("djokovic", "Đoković"), ("angstrom", "Ångström"), ("berth", "ｂｅｒｔｈ"), ("strasse", "Straße"), ("intelligence", "intelli-\ngence"),
        ("well-known", "well-\nknown"), ("intelligence", "intelli\u00adgence"), ("76", "76¹²"), ("οδυσσευσ", "Οδυσσεύς"),
    ],
)  # fmt: skip
def test_words_are_found_as_the_library_finds_them(typed: str, text: str) -> None:
    assert found(typed, f"so {text} is") == ([text] if typed != "76" else ["76"])


@pytest.mark.parametrize(("typed", "text"), [("jürgen", "Jurgen"), ("łódź", "Lodz"), ("Jürgen", "jürgen"), ("résumé", "resumé")])
def test_an_accent_that_is_typed_is_asked_for(typed: str, text: str) -> None:
    assert not found(typed, f"so {text} is")


def test_nothing_found_says_where_else_it_is() -> None:
    assert absence(["Quotes"], {"Actors": 1, "Source": 6}, 0, "n") == "not in Quotes; Actors 1, Source 6   n goes there"
    assert absence(["Quotes"], {}, 0, "n") == "not found" and absence(["Quotes"], {}, 2, "n") == "not found · 2 hidden by filters"


async def test_a_word_of_another_pane_is_named_and_one_key_goes_there() -> None:
    async with reading(keys=["2", "slash", *"cocaine"]) as story:
        assert "not in Actors; Quotes 2, Source 2" in story.foot
        await story.press("enter", "n")
        assert story.here != 2 and "/cocaine" in story.foot


@pytest.mark.parametrize(
    "typed", ["r:" + "a" * 301, "r:a{501}", "r:" + "(" * 21, "r:((a{100}){100})", "r:(?:a?){100}" * 9, "r:" + "((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2})", "a" * 1001]
)
def test_what_would_take_too_long_to_compile_is_refused_before(typed: str) -> None:
    assert refusal(typed)
    with pytest.raises(BadPattern):
        Pattern(typed)


@pytest.mark.parametrize("typed", ["r:a{500}", "r:[{]x{2,3}", "r:\\{9999}", "r:(a|b)*c+", "r:\\p{Lu}{2}", "ß" * 1000])
def test_what_is_quick_to_compile_is_not_refused(typed: str) -> None:
    assert not refusal(typed)


def test_a_line_break_a_hard_space_and_curly_marks_are_no_obstacle() -> None:
    assert found("stop sharing", "stop\nsharing stop\u00a0sharing stop  sharing") == [
        "stop\nsharing", "stop\u00a0sharing", "stop  sharing",
    ]  # fmt: skip
    assert found("don't", "I don’t") == ["don’t"]
    assert found("cooperate", "co\u00adoperate") == ["co\u00adoperate"]


def test_expressions_stay_within_a_paragraph_and_bad_or_endless_ones_are_said_in_a_line() -> None:
    text = "One two.\n\nTwo three."
    looked = Looked(text, [0, 10])
    matches = Pattern("r:t.*").find(looked)
    assert [text[slice(*matches.span(number))] for number in range(len(matches))] == ["two.", "Two three."]
    with pytest.raises(BadPattern, match=r"^not a regular expression: [^\n]+$"):
        Pattern("r:(")
    with pytest.raises(BadPattern, match="takes too long"):
        Pattern(r"r:(a|aa)+$").find(Looked("a" * 60 + "b", [0]))


@given(st.text("aAbB ", max_size=80), st.lists(st.text("aAbB ", min_size=1, max_size=5), min_size=1, max_size=8))
def test_what_is_found_does_not_depend_on_what_was_typed_before(text: str, typed: list[str]) -> None:
    looked = Looked(text, [0])
    for words in [word[:size] for word in typed for size in range(1, len(word) + 1)]:
        before, anew = (Pattern(words).find(each) for each in (looked, Looked(text, [0])))
        assert [before.span(number) for number in range(len(before))] == [anew.span(number) for number in range(len(anew))]


@given(st.text("aAbB’' \n\u00a0é\u0301İx", max_size=60), st.text("abAB' é", min_size=1, max_size=3))
def test_every_match_folds_to_what_was_typed_and_none_overlap(text: str, typed: str) -> None:
    looked = Looked(text, [0])
    matches = Pattern(typed).find(looked)
    spans = [matches.span(number) for number in range(len(matches))]
    assert spans == sorted(spans)
    for number, (start, end) in enumerate(spans):
        assert matches.behind(start) <= number
        assert (number, start, end) in list(matches.within(start, end))


# -- find -----------------------------------------------------------------------------------------------------------------


def lit(story: Story) -> int:
    """How many matches are lit on the screen: stretches in the style of one, the cursor's among them."""
    count = 0
    for pane in story.app.reader.room.every_pane:
        if not pane.display:
            continue
        for row, line in pane._view:
            pieces = pane.decorated(row, pane.lines_of(row)[line])
            styles = [piece.style in ("found", "match") for piece in pieces]
            count += sum(now and not before for before, now in zip([False, *styles], styles))
    return count


@pytest.mark.parametrize("size", SIZES)
async def test_every_mention_of_a_word_with_a_count(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["5", "g", "slash", *"drug"]) as story:
        text = (ROOT / "seeds/000_ba08c506eeff2a32.txt").read_text()
        count = len(re.findall("drug", text, re.I))
        assert f"1 of {count}" in story.foot and lit(story)
        await story.press("enter")
        seen = []
        for number in range(2, count + 1):
            await story.press("n")
            assert f"/drug {number} of {count}" in story.foot or size == BRAILLE
            seen.append(story.app.reader.room.panes[4].match)
        assert len(set(seen)) == count - 1
        await story.press("n")
        assert "from the top" in story.foot or size == BRAILLE
        await story.press("N")
        assert story.app.reader.room.panes[4].match == seen[-1]


async def test_a_search_from_the_summary_goes_through_all_panes_and_counts_them_all() -> None:
    async with reading(keys=["slash", *"fisherman", "enter"]) as story:
        panes = story.app.reader.room.panes
        count = sum(len(matches) for pane in panes for matches in pane.matches)
        assert f"1 of {count:,} in Summary" in story.foot
        here = []
        for _ in range(count):
            await story.press("n")
            here.append(story.here)
        assert here[:-1] == sorted(here[:-1]) and set(here) >= {1, 2, 4, 5} and here[-1] == 1


async def test_escape_gives_everything_back_and_enter_stays_with_a_way_back() -> None:
    async with reading(keys=["3", "j", "j"]) as story:
        before, place = story.lines, way.place(story.app.reader)
        await story.press("slash", *"cartels")
        assert story.lines != before
        await story.press("escape")
        assert story.lines == before and way.place(story.app.reader) == place
        await story.press("slash", *"cartels", "enter")
        assert story.ref == "q-flourish" or "cartels" in story.pane(3)
        landed = story.ref
        await story.press("backspace")
        assert way.place(story.app.reader) == place and not lit(story)
        await story.press("right_square_bracket")
        assert story.ref == landed and lit(story)
        await story.press("escape")
        assert not lit(story) and story.ref == landed


async def test_what_a_pin_hides_is_counted_apart() -> None:
    async with reading(keys=["3", "slash", *"drug", "enter"]) as story:
        count = int(re.search(r"of (\d+)", story.foot)[1])  # type: ignore[index]
        await story.press("2", "g", "j", "space", "3")
        kept = sum(len(m) for m in story.app.reader.room.panes[2].matches)
        assert kept < count and f"{count - kept} more hidden" in story.foot
        await story.press("escape")
        assert "hidden" not in story.foot


async def test_what_is_not_there_is_said_and_nothing_moves() -> None:
    async with reading(keys=["3", "j"]) as story:
        place = way.place(story.app.reader)
        await story.press("slash", *"zebra")
        assert "not found" in story.foot
        await story.press("enter")
        assert "zebra: not found" in story.foot and way.place(story.app.reader) == place
        await story.press("slash", *"r:(")
        assert "not a regular expression" in story.foot
        await story.press("enter")
        assert way.place(story.app.reader) == place and story.app.is_running


async def test_a_search_of_the_source_goes_on_into_the_next_source() -> None:
    async with reading(FOLLOW_UP, keys=["5", "slash", *"the", "enter"]) as story:
        source = story.app.reader.room.panes[4]
        count = sum(len(matches) for matches in source.matches)
        assert len(source.matches) == 5 and f"of {count:,}" in story.foot
        first = len(source.matches[0])
        story.app.reader.finding.go(first - 1)
        await story.press("n")
        assert "2 of 5" in story.pane(5) and f"{first + 1:,} of {count:,}" in story.foot


@pytest.mark.parametrize("size", [NARROW, BRAILLE])
async def test_the_prompt_can_be_edited_and_remembers(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "slash", *"cartelx", "backspace"]) as story:
        assert story.foot.startswith("/cartel")
        await story.press("enter", "slash", "up")
        assert story.foot.startswith("/cartel")
        await story.press("ctrl+w", "backspace")
        assert story.here == 3 and story.app.reader.prompt.asking is None


async def test_help_can_be_searched() -> None:
    async with reading(keys=["question_mark", "slash", *"bookmark", "escape", "slash", *"next source", "enter"]) as story:
        assert "next source" in story.text and story.app.reader.sheet.open
        await story.press("ampersand", *"source", "enter")
        assert len(story.app.reader.sheet.rows) < 12 and "next source" in story.text
        await story.press("q")
        assert not story.app.reader.sheet.open and not lit(story)


# -- rows -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_only_rows_with_these_words_are_shown_and_pins_combine(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "ampersand", *"drug"]) as story:
        quotes = story.app.reader.reading.briefing.quotes
        wanted = [q.id for q in quotes if "drug" in q.words.lower()]
        shown = list(story.app.reader.room.panes[2].refs)
        assert set(wanted) <= set(shown) and len(shown) < len(quotes)
        assert f"{len(shown)} of {len(quotes)} rows" in story.foot or size == BRAILLE
        await story.press("enter")
        assert "rows of Quotes: drug" in story.foot
        await story.press("2", "g", "space", "3")
        petro = {q.id for q in quotes if q.speaker == "petro"}
        assert list(story.app.reader.room.panes[2].refs) == [id for id in shown if id in petro]
        await story.press("escape", "escape")
        assert len(story.app.reader.room.panes[2].refs) == len(quotes) and "rows" not in story.foot


async def test_rows_can_be_left_out_in_every_pane() -> None:
    async with reading() as story:
        for number, pane in enumerate(story.app.reader.room.panes, 1):
            await story.press(str(number), "ampersand", *"petro", "enter")
            assert 0 < len(pane.rows) < len(pane.entries), pane.TITLE
            await story.press("G", "g", "j", "k", "ctrl+d", "enter", "backspace", "escape")
            assert len(pane.rows) == len(pane.entries)


async def test_a_row_left_out_is_shown_when_it_is_gone_to(write: Write) -> None:
    async with reading(ARTICLE, keys=["4", "ampersand", *"visa", "enter", "1", "g"]) as story:
        await story.press_until("w", lambda: story.app.reader.subject == "e-carrier")
        await story.press("enter")
        assert (story.here, story.ref) == (4, "e-carrier")
        await story.press("5", "ampersand", *"visa", "enter", "3", "g", "enter")
        assert story.here == 5 and "as long as" in story.pane(5)


# -- what is set stays true -----------------------------------------------------------------------------------------------


async def test_a_pin_taken_away_takes_nothing_else_of_that_name() -> None:
    async with reading(keys=["2", "g", "space", "1", "slash", *"petro", "enter", "2", "ampersand", *"petro", "enter"]) as story:
        assert story.pins == ("petro",)
        await story.press("2", "g", "space")
        assert not story.pins and "/petro" in story.foot and "rows of Actors: petro" in story.foot
        assert story.app.reader.finding.count and len(story.app.reader.room.panes[1].rows) < len(story.app.reader.room.panes[1].entries)


async def test_the_count_is_that_of_the_rows_shown_after_they_are_seen_another_way() -> None:
    async with reading(FOLLOW_UP, keys=["4", "slash", *"ferry", "enter"]) as story:
        for key in ("v", "v", "quotation_mark", "quotation_mark"):
            await story.press(key)
            timeline = story.app.reader.room.panes[3]
            assert story.app.reader.finding.count == sum(map(len, timeline.matches))
        assert lit(story)


async def test_a_search_given_up_leaves_the_one_before() -> None:
    async with reading(keys=["3", "slash", *"drug", "enter"]) as story:
        for keys in (["escape"], [*"zebra", "enter"], [*"r:(", "enter"]):
            before = lit(story)
            await story.press("slash", *keys)
            assert lit(story) == before > 0 and story.app.reader.narrowed[-1].value[0] == "drug"
            await story.press("n")
            assert "/drug" in story.foot and " of " in story.foot


async def test_rows_that_could_not_be_looked_through_are_not_said_to_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.reader.drawing.matching.PATIENCE", -1.0)
    async with reading(keys=["3", "ampersand", *"r:a"]) as story:
        assert "takes too long" in story.foot
        await story.press("enter")
        assert not story.app.reader.narrowed and len(story.app.reader.room.panes[2].rows) == len(story.app.reader.room.panes[2].entries)
        await story.press("slash", *"r:a", "enter")
        assert "takes too long" in story.foot and not story.app.reader.narrowed


def test_an_expression_is_held_to_lines_and_means_what_it_says() -> None:
    text = f"Petro said “stop”.{GAP}Trump said no."
    assert found("r:^Trump", text) == ["Trump"] and found("r:\\.$", text) == [".", "."]
    assert found("r:petro\\S*", text) == found("r:petro\\w*", text) == ["Petro"]
    assert found("r:“stop”", text) == ["“stop”"] and found("r:\\p{Lu}rump", text) == ["Trump"]


async def test_the_titles_count_the_rows_that_are_shown() -> None:
    keys = ["3", "ampersand", *"drug", "enter", "2", "ampersand", *"trump", "enter", "4", "ampersand", *"petro", "enter"]
    async with reading(keys=keys) as story:
        for pane in story.app.reader.room.panes[1:4]:
            rows, every = sum(map(bool, pane.refs)), sum(map(bool, pane.entries))
            assert 0 < rows < every and f"{rows} of {every}" in story.pane(pane.number).split("\n")[0]


async def test_an_expression_that_is_none_is_not_set() -> None:
    async with reading(keys=["3", "ampersand", *"r:(", "enter"]) as story:
        assert "not a regular expression" in story.foot and story.app.reader.narrowed == ()


async def test_what_hid_a_row_and_was_taken_away_is_said() -> None:
    async with reading(keys=["2", "j", "space", "1", *"wwww", "enter"]) as story:
        assert not story.pins and "cleared the pin that was hiding this row" in story.foot


@pytest.mark.parametrize("actions", [["lanes"], ["lanes", "lanes"], ["quotes", "quotes"]])
async def test_what_is_listed_anew_while_a_thread_reads_it_is_found_as_it_stands(
    actions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(FOLLOW_UP, keys=["4", "quotation_mark"]) as story:
        pane = story.app.reader.room.panes[3]
        pane._looked, words, left = None, pane.words, dict(zip((3, 6), actions))

        def read(entry: int) -> Sequence[str]:
            if entry in left:
                action = getattr(pane, f"action_{left.pop(entry)}")
                with monkeypatch.context() as pressed:
                    pressed.setattr(pane, "words", words)
                    action()
            return words(entry)

        monkeypatch.setattr(pane, "words", read)
        pane.warm()
        monkeypatch.undo()
        assert [each.folded.text for each in pane.looked] == [each.folded.text for each in pane.look()]
