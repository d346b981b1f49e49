"""The ways to see a pane: the timeline's zoom, lanes and quotes; the roster's orders, groups and matrix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ARTICLE, ROOT, Write
from tests.test_reading import BRAILLE, NARROW, SIZES, WIDE, reading
from tui.briefing import dates
from tui.briefing.document import Actor
from tui.reader.drawing.axis import Axis
from tui.reader.panes.actors import Actors
from tui.reader.panes.timeline import Timeline

FOLLOW_UP = ROOT / "briefings" / "exercise" / "follow-up.md"


# -- the timeline ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (200, 50)])
async def test_the_timeline_zooms_about_the_cursor_and_back(size: tuple[int, int]) -> None:
    async with reading(FOLLOW_UP, size=size, keys=["4", "j", "j", "j"]) as story:
        timeline = story.app.reader.room.panes[3]
        assert isinstance(timeline, Timeline)
        whole = timeline._axis(timeline.cell_width())
        assert whole
        ref = story.ref
        await story.press("plus", "plus")
        axis = timeline._axis(timeline.cell_width())
        item = story.app.reader.reading.briefing.by_id[ref]
        when = dates.parse(item.date)  # type: ignore[union-attr]
        assert axis and axis.days < whole.days / 3 and axis.first <= (when.earliest or axis.first) <= axis.last
        assert story.ref == ref and len(timeline.rows) == len(timeline.entries)
        await story.press("minus", "minus", "minus")
        assert timeline._axis(timeline.cell_width()) == whole and "all of the time" in story.foot
        await story.press("plus", "0")
        assert timeline._axis(timeline.cell_width()) == whole
        for _ in range(12):
            await story.press("plus")
        assert "a week is the closest" in story.foot


async def test_the_axis_shows_where_the_cursor_is() -> None:
    async with reading(FOLLOW_UP, keys=["4", "j"]) as story:
        first = story.pane(4).split("\n")[3]
        await story.press("G", "k", "k")
        last = story.pane(4).split("\n")[3]
        assert first != last and first.index("•") < last.index("•")


async def test_quotes_with_a_date_can_be_shown_on_the_timeline() -> None:
    async with reading(keys=["4", "quotation_mark"]) as story:
        quotes = {quote.id for quote in story.app.reader.reading.briefing.quotes if dates.read(quote.date)}
        assert quotes and quotes <= set(story.app.reader.room.panes[3].refs)
        assert f"{len(quotes)} said" in story.pane(4)
        await story.press("quotation_mark")
        assert not quotes & set(story.app.reader.room.panes[3].refs)


@pytest.mark.parametrize("size", [*SIZES, (200, 50)])
async def test_each_actor_has_a_lane(size: tuple[int, int]) -> None:
    async with reading(FOLLOW_UP, size=size, keys=["4", "v"]) as story:
        briefing = story.app.reader.reading.briefing
        wanted = {actor for event in briefing.events if dates.read(event.date) for actor in event.actors}
        assert set(story.app.reader.room.panes[3].refs) == wanted
        ref = story.ref
        assert briefing.name(ref)[:12] in story.pane(4)
        await story.press("enter")
        assert story.pins == (ref,) and story.here == 3
        await story.press("backspace")
        assert story.ref == ref and story.here == 4
        await story.press("v")
        assert "lanes" not in story.pane(4)


@given(
    st.lists(
        st.sampled_from(["2025-01-05", "2025-01-05?", "2025-02", "2025-01/..", "../2025-02-03", "2026", "2024-12-31"]),
        max_size=12,
    ),
    st.sampled_from([8, 23, 60, 61, 120]),
)
def test_a_lane_never_leaves_its_cells_and_marks_what_falls_together(edtf: list[str], cells: int) -> None:
    axis = Axis(date(2025, 1, 1), date(2025, 3, 31), cells)
    lane = axis.lane([dates.parse(each) for each in edtf])
    assert len(lane) == cells
    same = edtf.count("2025-01-05") + edtf.count("2025-01-05?")
    if same and cells >= 60:
        mark = lane[axis.cell(date(2025, 1, 5))]
        assert mark in "•∘" if same == 1 else mark == "●"


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}])
async def test_the_timeline_reads_without_colour(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with reading(FOLLOW_UP, keys=["4", "j", "z"], theme="terminal") as story:
        assert "•" in story.pane(4) and "╡" in story.pane(4)


async def test_a_way_of_seeing_is_part_of_a_place() -> None:
    async with reading(FOLLOW_UP, keys=["4", "plus", "v", "2", "v"]) as story:
        views = [pane.view for pane in story.app.reader.room.panes]
        await story.press("1", "w", "enter", "4", "v", "backspace")
        assert [pane.view for pane in story.app.reader.room.panes] == views


# -- the roster -----------------------------------------------------------------------------------------------------------


async def test_actors_are_ordered_in_four_ways() -> None:
    async with reading(keys=["2"]) as story:
        actors = story.app.reader.room.panes[1]
        relations = story.app.reader.shown.relations
        orders = [list(actors.refs)]
        for _ in range(3):
            await story.press("S")
            orders.append(list(actors.refs))
        assert all(sorted(order) == sorted(orders[0]) for order in orders)
        mentions = [len(relations.mentioned_at.get(id, ())) for id in orders[1]]
        assert mentions == sorted(mentions, reverse=True)
        firsts = [int(relations.mentioned_at[id][0].split(":")[1]) for id in orders[2] if id in relations.mentioned_at]
        assert firsts == sorted(firsts)
        names = [story.app.reader.reading.briefing.name(id).casefold() for id in orders[3]]
        assert names == sorted(names) and "by name" in story.pane(2)
        await story.press("S")
        assert list(actors.refs) == orders[0]


@pytest.mark.parametrize("size", SIZES)
async def test_actors_are_grouped_by_kind_and_by_what_they_are_part_of(size: tuple[int, int]) -> None:
    async with reading(size=size, keys=["2", "L"]) as story:
        actors = story.app.reader.room.panes[1]
        assert isinstance(actors, Actors)
        kinds = [each for each in actors._actors if isinstance(each, str)]
        assert kinds == list(dict.fromkeys(each.kind for each in actors._actors if isinstance(each, Actor)))
        await story.press("G", "g", "L")
        assert any(isinstance(each, str) and each.startswith("part of ") for each in actors._actors)
        assert story.ref
        await story.press("L")
        assert not any(isinstance(each, str) for each in actors._actors)


@pytest.mark.parametrize("size", SIZES)
async def test_the_matrix_counts_who_speaks_about_whom_and_lists_the_quotes(size: tuple[int, int]) -> None:
    async with reading(FOLLOW_UP, size=size, keys=["2", "v"]) as story:
        actors = story.app.reader.room.panes[1]
        assert isinstance(actors, Actors)
        about = story.app.reader.shown.relations.about
        for speaker, counts in actors._matrix.items():
            for subject, count in counts.items():
                assert count == sum(quote.speaker == speaker for quote in about[subject])
        await story.press_until("j", lambda: len(actors.targets(actors.spot.row)) > 1)
        await story.press("w")
        speaker, subject = actors.targets(actors.spot.row)[1].split(">")
        assert story.app.reader.reading.briefing.name(subject)[:5] in story.pane(2)
        await story.press("enter")
        sheet = story.app.reader.sheet
        assert sheet.open and len(sheet.rows) == actors._matrix[speaker][subject]
        await story.press("enter")
        quote = story.app.reader.reading.briefing.by_id[story.ref]
        assert story.here == 3 and quote.speaker == speaker  # type: ignore[union-attr]
        await story.press("backspace", "v")
        assert not actors._matrix


@pytest.mark.parametrize("size", [WIDE, NARROW, BRAILLE])
async def test_where_nobody_speaks_about_anybody_it_is_said(write: Write, size: tuple[int, int]) -> None:
    async with reading(write('[[actor]]\nid = "a"\nname = "A"\nkind = "person"'), size=size, keys=["2", "v"]) as story:
        assert "nobody here speaks about" in story.foot
        await story.press("w", "S", "L", "4", "plus", "v", "quotation_mark", "0")
        assert story.app.is_running


async def test_lanes_and_orders_of_the_article() -> None:
    async with reading(ARTICLE, keys=["2", "space", "4", "v"]) as story:
        assert list(story.app.reader.room.panes[3].refs) == ["petro"]


async def test_lanes_go_to_who_the_event_is_about_and_zoom_about_them() -> None:
    async with reading(FOLLOW_UP, keys=["4", "g", *"jjj"]) as story:
        item = story.app.reader.reading.briefing.event[story.ref]
        await story.press("v")
        assert story.ref in item.actors and "only this actor" in story.foot
        await story.press("plus")
        pane = story.app.reader.room.panes[3]
        assert isinstance(pane, Timeline)
        axis = pane._axis(pane.cell_width())
        assert axis and any(not axis.beyond(when) for when in pane._lanes[story.ref])
        lane = story.ref
        await story.press("v")
        assert lane in story.app.reader.reading.briefing.event[story.ref].actors


async def test_the_smallest_screen_has_an_axis_too() -> None:
    async with reading(FOLLOW_UP, size=(40, 12), keys=["4"]) as story:
        assert "May Jul" in story.pane(4).split("\n")[0] and "═╡" in story.pane(4).split("\n")[1]


async def test_before_a_subject_is_chosen_nothing_is_said_of_one() -> None:
    async with reading(FOLLOW_UP, size=(160, 50)) as story:
        assert " by " not in story.pane(3).split("\n")[0]


TIMES = """\
+++
format = "briefing/1"
title = "Times"
date = 2025-11-13
[[source]]
id = "s1"
path = "b.txt"
[[source]]
id = "s2"
path = "a.txt"
[[actor]]
id = "petro"
name = "Petro"
kind = "person"
[[quote]]
id = "q1"
speaker = "petro"
text = "second words"
source = "s2"
date = "2025-11-09T16:30-04:00"
[[quote]]
id = "q2"
speaker = "petro"
text = "first words"
source = "s1"
[[quote]]
id = "q3"
speaker = ""
text = "third words"
source = "s1"
date = "2025-11-09T22:30+03:00"
[[event]]
id = "e1"
title = "It began"
evidence = "It began"
source = "s1"
date = "2025-11-09T12:00"
[[event]]
id = "e2"
title = "It ended"
evidence = "It ended"
source = "s1"
date = "2025-11-12T12:00"
+++
Text.
"""


def times(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("He said “second words”.\n")
    (tmp_path / "b.txt").write_text("It began. “first words”, “third words”. It ended.\n")
    (tmp_path / "times.md").write_text(TIMES)
    return tmp_path / "times.md"


async def test_what_one_actor_said_includes_what_has_no_date(tmp_path: Path) -> None:
    async with reading(times(tmp_path), keys=["2", "space", "4", "quotation_mark"]) as story:
        timeline = story.app.reader.room.panes[3]
        assert list(timeline.refs) == ["q1", "", "q2"]
        assert "2 said, 1 undated" in timeline.heading()


async def test_the_timeline_is_in_the_order_of_instants_and_shows_zones(tmp_path: Path) -> None:
    async with reading(times(tmp_path), keys=["4", "quotation_mark"]) as story:
        assert list(story.app.reader.room.panes[3].refs) == ["e1", "q3", "q1", "e2", "", "q2"]
        assert "22:30 +03:00" in story.text and "16:30 −04:00" in story.text
        assert story.pane(4).count("order uncertain") == 3


async def test_quotes_are_ordered_in_four_ways(tmp_path: Path) -> None:
    async with reading(times(tmp_path), keys=["3"]) as story:
        quotes = story.app.reader.room.panes[2]
        orders = [list(quotes.refs)]
        for _ in range(3):
            await story.press("S")
            orders.append(list(quotes.refs))
        assert orders == [["q1", "q2", "q3"], ["q2", "q3", "q1"], ["q3", "q1", "q2"], ["q1", "q2", "q3"]]
        assert "by speaker" in quotes.heading()
        assert "order uncertain" in story.text
