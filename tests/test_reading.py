"""Stories: keys are pressed and words on the screen are read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.conftest import ARTICLE, BRIEFINGS, ROOT, Write, some
from tui.reader.all_keys import table
from tui.reader.app import ReaderApp
from tui.reader.drawing.lines import width
from tui.reader.path.plan import NAMES
from tui.reader.reading import way

WIDE, NARROW, BRAILLE, VAST = (120, 40), (80, 24), (40, 12), (160, 50)
SIZES = (WIDE, NARROW, BRAILLE, VAST)


class Story:
    """The reader under test: `press` keys, then look at `text` or at one pane's."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        app = pilot.app
        assert isinstance(app, ReaderApp)
        self.app = app

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def press_until(self, key: str, there: Callable[[], bool]) -> None:
        for _ in range(60):
            if there():
                return
            await self.press(key)
        raise AssertionError(f"60 times {key}, and not there:\n{self.text}")

    @property
    def lines(self) -> list[str]:
        """The screen as it would be shown, a string a line."""
        return ["".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def pane(self, number: int) -> str:
        """What a pane shows, without the rest of the screen."""
        region = self.app.reader.room.panes[number - 1].region
        return "\n".join(line[region.x : region.right] for line in self.lines[region.y : region.bottom])

    @property
    def here(self) -> int:
        return NAMES.index(self.app.reader.room.here) + 1

    @property
    def ref(self) -> str:
        """What the cursor stands on."""
        return self.app.reader.room.pane(self.app.reader.room.here).ref

    @property
    def pins(self) -> tuple[str, ...]:
        return tuple(self.app.reader.pins)

    @property
    def foot(self) -> str:
        return self.lines[-1].strip()


@asynccontextmanager
async def reading(
    *paths: Path, size: tuple[int, int] = WIDE, theme: str = "", keys: Sequence[str] = ()
) -> AsyncIterator[Story]:
    app = ReaderApp(paths or (ARTICLE,), theme=theme)
    async with app.run_test(size=size) as pilot:
        story = Story(pilot)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await story.press(*keys)
        yield story


# -- the tasks of the design, each in its number of keys ------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_from_an_actor_to_its_first_quote_is_one_key(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["2", "j", "k"]) as story:
        assert story.ref == "petro"
        await story.press("3")
        assert (story.here, story.ref) == (3, "q-boats")
        assert "“as long as the missile" in story.pane(3)


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_quote_to_its_words_in_the_source_is_one_key(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "j", "j"]) as story:
        assert story.ref == "q-fisherman"
        await story.press("enter")
        assert story.here == 5
        pane = story.pane(5)
        assert "He may have been" in " ".join(pane.replace("▌", " ").split()) and ("stating:" in pane or size == BRAILLE)
        source = story.app.reader.room.panes[4]
        assert source.size.height
        first = next(y for y, line in enumerate(pane.split("\n")) if "“He" in line)
        assert first > 1  # context above


@pytest.mark.parametrize("size", SIZES)
async def test_back_to_where_i_was_as_it_was_is_one_key(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", "j", "j", "j"]) as story:
        before, place = story.lines[:-1], way.place(story.app.reader)
        await story.press("enter")
        assert story.lines[:-1] != before
        await story.press("backspace")
        assert story.lines[:-1] == before and way.place(story.app.reader) == place
        await story.press("right_square_bracket")
        assert story.here == 5


@pytest.mark.parametrize("size", SIZES)
async def test_only_what_one_actor_said_and_did_in_time_order_is_two_keys(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["2", "space", "4"]) as story:
        timeline = story.app.reader.room.panes[3]
        briefing = story.app.reader.reading.briefing
        wanted = {event.id for event in briefing.events if "petro" in event.actors} | {
            q.id for q in briefing.quotes if q.speaker == "petro"
        }
        assert set(filter(None, timeline.refs)) == wanted
        assert "pinned: Gustavo Petro" in story.foot
        assert "8 of 16 · 7 said" in story.pane(4) or size == BRAILLE


@pytest.mark.parametrize("size", SIZES)
async def test_the_next_quote_of_the_same_event_is_one_key(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["3", *"jjjjjj"]) as story:
        assert story.ref == "q-disobey"
        await story.press("full_stop")
        assert story.ref == "q-obey"
        assert story.foot.startswith("same event 1/1")
        await story.press("comma")
        assert story.ref != "q-obey"


# -- the subject and what is related to it --------------------------------------------------------------------------------


async def test_choosing_an_actor_marks_what_is_related_in_every_other_pane() -> None:
    async with reading(keys=["2", "j", "k"]) as story:
        assert "▸ Gustavo Petro" in story.pane(2)
        assert "● “as long as" in story.pane(3)
        assert "○ “has allowed" in story.pane(3)
        assert "◆ Colombian fisherman" in story.pane(2)
        assert "18 · 7 by Gustavo Petro" in story.pane(3)
        assert "▼" in story.pane(3).split("\n")[0]


async def test_the_counts_of_related_rows_out_of_view_are_true() -> None:
    async with reading(keys=["2", "j", "k"]) as story:
        quotes = story.app.reader.room.panes[2]
        related = set(quotes.related_rows())
        seen = {row for row, _ in quotes._view}
        assert f"▼{len({row for row in related if row > max(seen)})}" in story.pane(3).split("\n")[0]


async def test_a_digit_keeps_the_subject_and_a_move_chooses_another() -> None:
    async with reading(keys=["2", "j", "k", "3"]) as story:
        assert story.app.reader.subject == "petro"
        await story.press("4")
        assert story.app.reader.subject == "petro" and story.here == 4
        await story.press("j")
        assert story.app.reader.subject == story.ref != "petro"


async def test_tab_returns_to_where_a_pane_was() -> None:
    async with reading(keys=["3", "j", "j"]) as story:
        here = story.ref
        await story.press("tab", "shift+tab")
        assert (story.here, story.ref) == (3, here)


async def test_related_rows_are_stepped_through_strongest_first() -> None:
    async with reading(keys=["3", "full_stop"]) as story:
        assert story.foot.startswith("same event 1/")
        said = []
        for _ in range(4):
            await story.press("full_stop")
            said.append(story.foot.split(" ")[1])
        assert said[-1] == "speaker"


async def test_reading_the_source_marks_whose_words_these_are() -> None:
    async with reading(keys=["5"], size=VAST) as story:
        await story.press_until("j", lambda: story.ref == "s1:8")
        assert "● Scott Bessent" in story.pane(2) and "│ “has allowed" in story.pane(3)


# -- following ------------------------------------------------------------------------------------------------------------


async def test_enter_on_an_actor_pins_only_that_actor() -> None:
    async with reading(keys=["2", "j", "enter"]) as story:
        assert (story.here, *story.pins) == (3, "us")
        assert "1 of 18 · pinned" in story.pane(3)
        await story.press("escape")
        assert not story.pins and "18" in story.pane(3)


async def test_enter_on_a_link_of_the_summary_goes_to_its_target() -> None:
    async with reading(keys=["w", "enter"]) as story:
        assert (story.here, story.ref) == (4, "e-halt")


async def test_w_and_b_go_by_link() -> None:
    async with reading() as story:
        await story.press("w", "w", "w")
        assert story.app.reader.subject == "q-boats"
        await story.press("b")
        assert story.app.reader.subject == "us-agencies"


async def test_w_in_the_source_goes_from_lit_passage_to_lit_passage_and_enter_to_what_it_is() -> None:
    async with reading(keys=["5", "w"]) as story:
        first = story.app.reader.subject
        await story.press("w")
        assert story.app.reader.subject != first
        await story.press("enter")
        assert story.ref == story.app.reader.subject and story.here in (3, 4)


async def test_pins_add_up_and_escape_takes_the_last_away() -> None:
    async with reading(keys=["2", "space", "j", "j", "j", "j", "space"]) as story:
        assert list(story.pins) == ["petro", "bessent"]
        assert "9 of 18" in story.pane(3)
        await story.press("escape")
        assert list(story.pins) == ["petro"]
        await story.press("escape", "escape")
        assert "no filter is set" in story.foot


async def test_escape_takes_away_what_was_set_last_whatever_lay_between() -> None:
    async with reading(keys=["4", "space", "z", "2", "enter", "backspace"]) as story:
        both = story.pins
        assert len(both) > 1 and not story.app.reader.room.panes[3].display
        await story.press("escape")
        assert story.pins == both and story.app.reader.room.panes[3].display
        await story.press("escape")
        assert not story.pins
        await story.press("escape")
        assert "no filter is set" in story.foot


async def test_a_row_hidden_by_a_pin_is_shown_when_it_is_gone_to() -> None:
    async with reading(keys=["2", "space", "1", "g"]) as story:
        await story.press_until("w", lambda: story.app.reader.subject == "e-carrier")
        await story.press("enter")
        assert (story.here, story.ref) == (4, "e-carrier")


async def test_links_lead_into_other_briefings_and_back() -> None:
    follow_up = ROOT / "briefings" / "exercise" / "follow-up.md"
    async with reading(follow_up) as story:
        links = story.app.reader.room.panes[0].links  # type: ignore[attr-defined]
        target = next(link for link in links if link.file)
        for _ in range(links.index(target)):
            await story.press("w")
        await story.press("enter")
        assert story.app.reader.reading.path.name == target.file and story.ref == target.id
        await story.press("backspace")
        assert story.app.reader.reading.path == follow_up and story.here == 1


async def test_several_sources_are_switched_and_followed_into() -> None:
    async with reading(ROOT / "briefings" / "exercise" / "follow-up.md", keys=["5"]) as story:
        assert "1 of 5" in story.pane(5)
        await story.press("right_parenthesis")
        assert "2 of 5" in story.pane(5)
        await story.press("left_parenthesis", "left_parenthesis")
        assert "5 of 5" in story.pane(5)
        await story.press("backspace")
        assert "1 of 5" in story.pane(5)
        await story.press("3", "g", "enter")
        quote = story.app.reader.reading.briefing.quotes[0]
        assert story.app.reader.source == quote.source


# -- layout ---------------------------------------------------------------------------------------------------------------


async def test_wide_screens_show_four_panes_and_source_opens_over_summary() -> None:
    async with reading() as story:
        assert [pane.display for pane in story.app.reader.room.panes] == [True, True, True, True, False]
        await story.press("5")
        assert [pane.display for pane in story.app.reader.room.panes] == [False, True, True, True, True]
        await story.press("1")
        assert story.app.reader.room.panes[0].display


async def test_vast_screens_show_all_five() -> None:
    async with reading(size=VAST) as story:
        assert all(pane.display for pane in story.app.reader.room.panes)


@pytest.mark.parametrize("size", [NARROW, BRAILLE, (120, 20)])
async def test_narrow_or_low_screens_show_one_pane_and_name_all_five(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["2", "j", "k"]) as story:
        assert sum(pane.display for pane in story.app.reader.room.panes) == 1
        line = story.lines[1]
        assert all(name in line for name in ("Sum", "Act", "Quo", "Tim", "Sou"))
        quotes = story.app.reader.room.panes[2]
        related = sum(ref in quotes.related("petro") for ref in quotes.refs)
        assert f"·{related}" in line and related > 7


async def test_zoom_shows_one_pane_and_gives_the_others_back() -> None:
    async with reading(keys=["4", "z"]) as story:
        assert [pane.display for pane in story.app.reader.room.panes] == [False, False, False, True, False]
        await story.press("escape")
        assert sum(pane.display for pane in story.app.reader.room.panes) == 4
        await story.press("z", "z")
        assert sum(pane.display for pane in story.app.reader.room.panes) == 4


async def test_the_layout_follows_the_size_and_the_cursor_stays() -> None:
    async with reading(keys=["3", "j", "j", "j", "j", "j"]) as story:
        ref = story.ref
        for size in (NARROW, BRAILLE, (10, 3), VAST, WIDE):
            await story.pilot.resize_terminal(*size)
            await story.pilot.pause()
            assert story.ref == ref
        assert "▌" in story.pane(3)


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("path", "size"),
    some([(path, size) for path in BRIEFINGS for size in (*SIZES, (10, 3))], 7),
    ids=lambda value: value.stem if isinstance(value, Path) else str(value),
)
async def test_every_bundled_briefing_can_be_read_from_end_to_end(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as story:
        for number in "12345":
            await story.press(
                number,
                "G",
                "g",
                "ctrl+d",
                "ctrl+u",
                "pagedown",
                "pageup",
                "j",
                "k",
                "right_curly_bracket",
                "left_curly_bracket",
            )
            assert all(width(line) == size[0] for line in story.lines)
        await story.press("i", "q", "exclamation_mark", "q", "question_mark", "G", "q")


# -- sheets ---------------------------------------------------------------------------------------------------------------


async def test_the_card_of_an_actor_tells_its_names_and_leads_on() -> None:
    async with reading(keys=["2", "i"]) as story:
        assert "also called" in story.text and "President Petro" in story.text and "paragraph 1, named in" in story.text
        assert "TLP:CLEAR" in story.lines[0]
        await story.press_until(
            "j",
            lambda: "part of" in story.lines[[n for n, line in enumerate(story.lines) if line.startswith("▌")][-1]],
        )
        await story.press("enter")
        assert story.here == 2 and story.ref == "colombia"


async def test_the_detail_of_a_quote_tells_where_it_stands() -> None:
    async with reading(keys=["3", "i"]) as story:
        assert "characters 383–431" in story.text and "verbatim" in story.text and "“on Tuesday”" in story.text
        await story.press("q")
        assert story.here == 3


async def test_keys_of_the_panes_do_nothing_while_a_sheet_is_open() -> None:
    async with reading(keys=["3", "i", "z", "4", "J", "enter"]) as story:
        assert "this row leads nowhere" in story.foot
        await story.press("q")
        assert story.here == 3 and sum(pane.display for pane in story.app.reader.room.panes) == 4


async def test_help_is_made_from_the_keys_that_work() -> None:
    async with reading(keys=["question_mark"], size=(120, 130)) as story:
        for key in table():
            assert key.words in story.text
            assert all(name in story.text for name in key.keys.split(" "))


async def test_problems_are_listed_and_lead_to_their_item(write: Write) -> None:
    path = write(
        '[[actor]]\nid = "a"\nname = "words"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = "Other words."',
        body="[A](#a) said [so](#q).",
    )
    async with reading(path) as story:
        assert "0/1 quote" in story.lines[0] and "1 UNPROVEN" in story.lines[0]
        assert "UNPROVEN: not in the source" in story.pane(3)
        assert "UNPROVEN: q" in story.pane(1)
        await story.press("2", "i")
        assert "UNPROVEN: “Other words.”" in story.text
        await story.press("q")
        await story.press("exclamation_mark")
        assert "are not in its source" in story.text
        await story.press("enter")
        assert (story.here, story.ref) == (3, "q")
        await story.press("enter")
        assert "UNPROVEN" in story.foot


# -- empty, broken, raw ---------------------------------------------------------------------------------------------------


async def test_every_pane_says_what_is_missing_when_it_is_empty(write: Write) -> None:
    async with reading(write(), size=VAST) as story:
        for number, words in ((1, "no summary yet"), (2, "No actors"), (3, "No quotes: 0"), (4, "No events")):
            assert words in " ".join(story.pane(number).split())
        assert "no quotes or events" in story.lines[0]
        await story.press(
            *"12345jkGg", "enter", "space", "full_stop", "i", "backspace", "right_parenthesis", "z", "escape", "tab"
        )


async def test_a_briefing_whose_source_is_missing_shows_why(write: Write) -> None:
    path = write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."')
    (path.parent / "source.txt").unlink()
    async with reading(path, keys=["5"]) as story:
        assert "was not read" in story.pane(5) and "1 UNPROVEN" in story.lines[0]


async def test_a_briefing_with_syntax_errors_opens_with_the_rest(write: Write) -> None:
    path = write('[[actor]]\nid = "a"\nname = "Alpha"\nkind = "person"\n[[quote]]\nid = "q"\ntext = \n')
    async with reading(path) as story:
        assert "1 quote could not be read" in story.lines[0] and "Alpha" in story.pane(2)
        await story.press("exclamation_mark")
        assert "syntax" in story.text or "invalid value" in story.text


@pytest.mark.parametrize("content", [b'+++\nformat = "briefing/9"\n+++\n', b"", b"+++\nformat = \xff\n+++\n"])
async def test_a_file_that_cannot_be_read_shows_why_and_the_next_one_opens(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.md"
    path.write_bytes(content)
    async with reading(path, ARTICLE) as story:
        assert "1/2" in story.lines[0] and "cannot be read" in story.lines[0]
        for number in (1, 2, 3, 4):
            assert "broken.md:" in "".join(story.pane(number).split()) and "0 in this" not in story.pane(number)
        await story.press("exclamation_mark", "q", *"12345", "i", "enter", "J")
        assert "Colombia halts" in story.lines[0]
        await story.press("K")
        assert "broken.md" in story.text


async def test_a_text_of_a_few_words_is_shown_and_that_it_is_not_drafted(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("President Gustavo Petro.\n")
    async with reading(path) as story:
        assert "not drafted" in story.lines[0] and "President Gustavo Petro" in story.pane(5)
        await story.press("1")
        assert "no briefing can be drafted" in " ".join(story.pane(1).split())


async def test_briefings_are_stepped_through_and_each_keeps_its_place() -> None:
    async with reading(*BRIEFINGS, keys=["3", "j", "j"]) as story:
        ref, path = story.ref, story.app.reader.reading.path
        await story.press("J", "j", "K")
        assert story.app.reader.reading.path == path and (story.here, story.ref) == (3, ref)
        await story.press("K")
        assert story.app.reader.reading.path == BRIEFINGS[-1]


async def test_back_leads_through_the_briefings_that_were_stepped_through() -> None:
    async with reading(*BRIEFINGS, keys=["3", "j", "j"]) as story:
        ref, path = story.ref, story.app.reader.reading.path
        await story.press("J", "4", "J", "backspace")
        assert story.app.reader.reading.path == BRIEFINGS[1] and story.here == 4
        await story.press("backspace")
        assert story.app.reader.reading.path == path and (story.here, story.ref) == (3, ref)
        await story.press("right_square_bracket")
        assert story.app.reader.reading.path == BRIEFINGS[1]


async def test_q_closes_the_sheet_and_then_the_reader() -> None:
    async with reading(keys=["3", "i"]) as story:
        await story.press("q")
        assert story.app.is_running
        await story.press("q")
        assert not story.app.is_running


# -- mouse, editor, large -------------------------------------------------------------------------------------------------


async def test_a_click_chooses_a_row_and_a_second_one_follows_it() -> None:
    async with reading() as story:
        region = story.app.reader.room.panes[2].region
        await story.pilot.click(offset=(region.x + 10, region.y + 1))
        assert (story.here, story.ref) == (3, "q-boats")
        await story.pilot.click(offset=(region.x + 10, region.y + 1))
        await story.pilot.pause()
        assert story.here == 5


async def test_a_click_turns_to_its_pane_and_the_first_one_follows_nothing() -> None:
    async with reading(keys=["3", "j"]) as story:
        region = story.app.reader.room.panes[1].region
        await story.pilot.click(offset=(region.x + 10, region.y + 1))
        assert (story.here, story.ref) == (2, "petro") and not story.pins
        await story.press("z")
        assert [pane.display for pane in story.app.reader.room.panes] == [False, True, False, False, False]


async def test_the_editor_opens_at_the_item_and_the_briefing_is_read_again(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = write('[[actor]]\nid = "a"\nname = "Alpha"\nkind = "person"', body="[A](#a)")
    called = tmp_path / "called"
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {called}\nsed -i s/Alpha/Omega/ "$2"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    async with reading(path, keys=["2"]) as story:
        from contextlib import nullcontext

        monkeypatch.setattr(story.app, "suspend", nullcontext)
        await story.press("e")
        assert called.read_text().split() == ["+11", str(path)]
        assert "Omega" in story.pane(2) and story.here == 2


async def test_while_words_are_looked_for_the_head_says_checking(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from tui.briefing.proof import prove
    from tui.reader import loading

    go = threading.Event()
    monkeypatch.setattr(loading, "SMALL", 0)
    monkeypatch.setattr("tui.reader.reading.proving.prove", lambda value: go.wait(10) and prove(value))
    app = ReaderApp([ARTICLE])
    async with app.run_test(size=WIDE) as pilot:
        story = Story(pilot)
        await story.press("3", "j")
        assert "checking" in story.lines[0] and "words found" not in story.lines[0] and "checking" in story.pane(3)
        assert "verbatim" not in story.text
        go.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "18/18 quotes, 16/16 events: words found" in story.lines[0] and "verbatim" in story.pane(3)
        assert story.ref == "q-subordinated"
