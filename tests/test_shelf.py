"""The shelf, dossiers and corroboration, as somebody uses them: keys are pressed, and the screen is read."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.conftest import ROOT, Write
from tui.briefing.document import strictest
from tui.library.charter import Charter, charter
from tui.library.corroboration import parallels
from tui.library.dossier import dossier
from tui.library.index import Index
from tui.library.shelves import Library, Listing, _month
from tui.library.state import State
from tui.library.update import Apart, refresh, renew
from tui.reader.app import ReaderApp
from tui.reader.loading import load
from tui.reader.shelf.screen import ShelfScreen

SHELF = ROOT / "briefings"


class Hands:
    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> str:
        await self.seen()  # the list may still change
        await self.pilot.press(*keys)
        return await self.seen()

    async def seen(self) -> str:
        shelf = self.app.shelf
        while shelf and shelf.is_running and shelf._update is None:  # not yet begun to look at the files
            await self.pilot.pause(0.01)
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    async def read_the_newest(self) -> None:
        """Its quotes, once the index is made."""
        while "words found" not in await self.seen():
            await self.pilot.pause(0.1)
        await self.press("g", "enter", "3")

    @property
    def shelf(self) -> ShelfScreen:
        assert isinstance(self.app.screen, ShelfScreen)
        return self.app.screen


def library(roots: Sequence[Path], cache: Path | None = None) -> Callable[[State], Library]:
    def make(state: State) -> Library:
        said, problems = charter(roots)
        return Library(Index(cache, roots), state, said, {}, problems)

    return make


def shelf_app(roots: Sequence[Path], cache: Path | None = None, kiosk: Path | None = None) -> ReaderApp:
    return ReaderApp([], [root for root in roots if root.is_dir()], library=library(roots, cache), kiosk=kiosk)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


async def test_the_shelf_names_a_folder_that_cannot_be_read_or_is_gone(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    scandir, shut = os.scandir, str(tmp_path / "lib")

    def refusing(path: str) -> object:
        if str(path) == shut:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    (tmp_path / "lib").mkdir()
    write(name="lib/b.md", sources="")
    app = shelf_app([tmp_path / "lib"])
    async with app.run_test(size=(120, 24)) as pilot:
        hands = Hands(app, pilot)
        assert "A title" in await hands.seen()
        monkeypatch.setattr(os, "scandir", refusing)
        assert f"1 folder could not be read: {shut}" in " ".join((await hands.press("R")).split())
        monkeypatch.setattr(os, "scandir", scandir)
        assert "A title" in await hands.press("R")
        shutil.rmtree(tmp_path / "lib")
        seen = " ".join((await hands.press("R")).split())
        assert f"The folder is gone: {shut}" in seen and "There is no briefing" not in seen


# -- the list -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_shelf_lists_what_there_is_the_newest_first(size: tuple[int, int]) -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=size) as pilot:
        text = await Hands(app, pilot).seen()
        assert "Colombia halts intelligence" in text and "18 q 16 e" in text and "words found" in text
        assert text.index("Colombia halts") < text.index("nine names")


async def test_its_head_bears_the_strictest_marking_in_sight() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        text = await Hands(app, pilot).seen()
        assert lines(text)[0].endswith("EXERCISE//OFFICIAL · TLP:AMBER+STRICT")
    assert strictest(["TLP:GREEN", "TLP:RED", "", "TLP:CLEAR"]) == "TLP:RED" and strictest([]) == ""


async def test_beside_the_list_stands_what_is_in_the_file_under_the_cursor() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        assert "#counter-narcotics" in await hands.press("g")
        assert "Lantern Tide" in await hands.press("j")


async def test_enter_opens_a_briefing_and_q_comes_back_to_the_shelf_and_then_quits() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("g", "j")
        assert "33/33 quotes" in await hands.press("enter")
        assert "▌Library  6" in await hands.press("q")
        assert "33/33 quotes" in await hands.press("o"), "and o goes back to the briefing"
        await hands.press("q", "q")
    assert app.return_code == 0


async def test_what_was_opened_is_read_and_can_be_made_unread() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        first = await hands.press("g")
        assert lines(first)[2].startswith("▌• Colombia")
        await hands.press("enter", "q")
        assert lines(await hands.seen())[2].startswith("▌  Colombia")
        assert lines(await hands.press("u"))[2].startswith("▌• Colombia")
        assert "0 found" not in await hands.press("slash", *"is:unread", "space", *"petro", "enter")
        assert "Nothing here has 'is:unread petro*'" in await hands.press(
            "escape", "u", "slash", *"is:unread", "space", *"petro", "enter"
        )


async def test_j_and_k_step_through_the_files_as_they_are_listed() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        assert "1/6 Colombia" in await hands.press("g", "enter")
        assert "2/6 Exercise: nine names" in await hands.press("J")
        assert "1/6 Colombia" in await hands.press("backspace")
        await hands.press("backspace")
        assert app.front is app.shelf
        assert "1/6 Colombia" in await hands.press("right_square_bracket")


async def test_orders_and_groups_name_themselves() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.press("S")
        assert "oldest" in text and text.index("lost in the Sarn") < text.index("Colombia halts")
        await hands.press("S", "S", "S", "S")
        assert "November 2025 · 1" in await hands.press("L")
        text = await hands.press("L")
        assert "caribbean · 1" in text or "all-source · 1" in text


async def test_a_library_is_not_called_empty_before_it_was_looked_at(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    held = threading.Event()
    scan = Apart.refresh
    monkeypatch.setattr(Apart, "refresh", lambda self, tell: held.wait(30) and scan(self, tell))
    app = shelf_app([tmp_path], tmp_path / "cache")
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await pilot.pause()
        shelf = app.screen
        assert isinstance(shelf, ShelfScreen)
        assert shelf.files.empty() == ("Scanning files …",) and not shelf.files.heading()
        held.set()
        await hands.seen()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert shelf.files.heading() == "1"


async def test_files_are_grouped_by_who_published_their_sources(tmp_path: Path, write: Write) -> None:
    published = "[[source]]\nid = 's1'\npath = 'source.txt'\ntitle = 'Report {0}'\npublisher = 'The Courier'\n"
    for number in range(2):
        write(name=f"b{number}.md", sources=published.format(number))
    (tmp_path / "raw.txt").write_text("---\ntitle: A raw article\npublisher: The Courier\n---\n\nThe ferry sank.\n")
    (tmp_path / "other.txt").write_text("---\ntitle: Another\n---\n\nIt was raised.\n")
    app = shelf_app([tmp_path], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.press("L", "L", "L")
        assert "The Courier · 3 ──" in text and "no source · 1 ──" in text and "Report 0 · " not in text


async def test_results_say_where_their_order_in_time_is_uncertain(tmp_path: Path, write: Write) -> None:
    event = '[[event]]\nid = "{0}"\ntitle = "Landing {0}"\ndate = "{1}"\nevidence = "The words"\n'
    dates = ("2025-11-07T10:00Z", "2025-11-07T12:00", "2025-11-09T12:00", "2025-11-07")
    write("".join(event.format(f"e{number}", when) for number, when in enumerate(dates)))
    app = shelf_app([tmp_path], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        text = await Hands(app, pilot).press("slash", *"landing", "enter")
        assert text.count("(order uncertain)") == 2
        assert "10:00 UTC (order uncertain)" in text and "7 Nov 2025 12:00 (order uncertain)" in text


async def test_only_files_in_which_something_is_found_until_it_is_taken_away() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.press("ampersand", *"petr")
        assert "▌Library  1 " in text and "only files with: petr    1" in text
        text = await hands.press("o", "enter")
        assert "▌Library  1 " in text and "only files with petro" in text
        assert "▌Library  6 " in await hands.press("escape")


async def test_a_filter_given_up_leaves_what_was_there_before() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        found = await hands.press("slash", *"fisherman", "enter", "j")
        assert await hands.press("ampersand", *"sarn", "escape") == found
        assert "▌Library  5 " in await hands.press("escape", "ampersand", *"sarn", "enter")
        assert "there is nothing behind this -; character 1" in await hands.press("ampersand", "minus", "enter")
        assert "▌Library  5 " in await hands.press("j")


async def test_a_filter_that_takes_long_lists_what_it_has_and_says_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.reader.shelf.searching.PAGE", 2)
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        headings: list[str] = []
        shown = hands.shelf.files.list_files

        def heard(listing: Listing, headed: str) -> None:
            headings.append(headed)
            shown(listing, headed)

        monkeypatch.setattr(hands.shelf.files, "list_files", heard)
        assert "▌Library  5 " in await hands.press("ampersand", *"ferry", "enter")
        assert headings[-2:] == ["1 so far, still looking", "5"]


async def test_a_filter_given_up_while_it_lists_goes_on_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.reader.shelf.searching.PAGE", 2)
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("ampersand", *"ferry", "enter")
        assert "▌Library  5 " in await hands.press("ampersand", "escape")
        assert "▌Library  5 " in await hands.press("slash", "escape")


async def test_what_is_found_is_found_in_all_files_and_the_foot_says_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("ampersand", *"petro", "enter")
        text = await hands.press("slash", *"ferry", "enter")
        assert "search: ferry" in lines(text)[-1] and "only files with" not in text
        assert "only files with petro" in lines(await hands.press("escape"))[-1]


async def test_where_the_list_has_no_head_the_foot_says_how_many() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(60, 12)) as pilot:
        hands = Hands(app, pilot)
        assert "search: petro*; 25 found" in lines(await hands.press("slash", *"petro", "enter"))[-1]
        assert "only files with petro*; 1 " in lines(await hands.press("escape", "ampersand", *"petro", "enter"))[-1]


async def test_the_list_stands_as_it_stood_whatever_was_looked_for_over_it() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        before = await hands.press("j", "j")
        await hands.press("slash", *"fisherman", "enter", "ampersand", *"sarn", "escape")
        assert await hands.press("escape") == before


async def test_a_file_in_several_groups_is_counted_once(tmp_path: Path, write: Write) -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        assert "▌Library  6 " in await hands.press("L")
        assert "▌Library  6 " in await hands.press("L")


@pytest.mark.parametrize(
    ("date", "month"),
    [("2025-11-13", "November 2025"), ("2025", "2025"), ("202X", "2020s"), ("../2024-05", "until May 2024"), ("", "no date")],
)
def test_a_file_stands_under_no_month_that_nobody_wrote(date: str, month: str) -> None:
    assert _month(date) == month


async def test_results_typed_while_files_are_looked_at_follow_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.\n")
    app = shelf_app([tmp_path], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        assert "1 found" in await hands.press("slash", *"ferry")
        (tmp_path / "b.txt").write_text("A ferry was late.\n")
        hands.shelf.look_at_files()
        hands.shelf.look_at_files()  # which is under way
        text = await hands.seen()
        assert "2 found" in lines(text)[-1] and "A ferry was late" in text and not hands.shelf.library.index.said


async def test_what_was_found_is_what_is_there_when_one_comes_back(tmp_path: Path, write: Write) -> None:
    path = write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "the orders of humanity"')
    app = shelf_app([path.parent], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("slash", *"orders", "space", *"in:quotes", "enter", "enter")
        text = path.read_text().replace("[[quote]]", '[[quote]]\nid = "p"\nspeaker = ""\ntext = "another"\n[[quote]]', 1)
        path.write_text(text)
        assert hands.app.library
        renew(hands.app.library.index, [path.resolve()])
        text = await hands.press("o")
        assert "1 found" in text and "orders of humanity" in text and "another" not in text


async def test_what_another_readout_changes_is_looked_for_again_at_the_next_move(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("The ferry sank.\n")
    app = shelf_app([tmp_path], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        assert "3 found" in await hands.press("slash", *"ferry", "space", *"in:source", "enter")
        (tmp_path / "b.txt").write_text("The airport closed.\n")
        renew(Index(tmp_path / "cache", [tmp_path]), [tmp_path / "b.txt"])
        text = await hands.press("j")
        assert "2 found" in text and "airport" not in text


async def test_an_index_deleted_under_the_shelf_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.\n")
    app = shelf_app([tmp_path], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        for file in (tmp_path / "cache").iterdir():
            file.unlink()
        assert "1 found" in await hands.press("slash", *"ferry", "enter")
        assert "Library  1" in await hands.press("escape")


async def test_a_damaged_index_ends_nobodys_reading(tmp_path: Path) -> None:
    app = shelf_app([SHELF], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.read_the_newest()
        assert app.library
        with app.library.index.writing() as base:
            base.execute("UPDATE body SET digest = substr(digest, 1, 20)")
        assert "the index was damaged" in lines(await hands.press("D"))[-1]
        assert "Dossier: Gustavo Petro" in await hands.press("D")


async def test_a_dossier_says_where_its_files_could_not_be_looked_at(tmp_path: Path) -> None:
    app = shelf_app([SHELF], tmp_path / "cache")
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.read_the_newest()
        assert app.library
        with app.library.index.writing():
            text = await hands.press("D")
        assert "Dossier: Gustavo Petro" in text and "could not be looked at now: another Readout is updating" in lines(text)[-1]


async def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    app = shelf_app([tmp_path])
    async with app.run_test(size=(80, 24)) as pilot:
        text = await Hands(app, pilot).seen()
        assert "There is no briefing and no text" in text and "readout new SOURCE" in text


async def test_a_file_with_problems_is_listed_with_them(tmp_path: Path, write: Write) -> None:
    write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "not there"')
    app = shelf_app([tmp_path])
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.seen()
        assert "1 UNPROVEN" in text
        assert "1 not found in the source: q" in await hands.press("g", "exclamation_mark")


async def test_the_problems_of_a_file_without_any_say_how_far_it_was_checked(tmp_path: Path, write: Write) -> None:
    write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words"', name="b.md")
    (tmp_path / "a.txt").write_text("A raw article of some words.\n")
    app = shelf_app([tmp_path])
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        told = {}
        for row in range(2):
            file = hands.shelf.files.file_at(row)
            assert file
            told[file.path.name] = await hands.press("g", *"j" * row, "exclamation_mark")
            await hands.press("escape")
        assert "No problems found." in told["b.md"] and "A raw article, not a briefing" in told["a.txt"]


async def test_text_from_files_is_shown_and_never_obeyed(hostile: Path) -> None:
    app = shelf_app([hostile.parent])
    async with app.run_test(size=(100, 32)) as pilot:
        hands = Hands(app, pilot)
        for keys in ((), ("slash", *"words", "enter"), ("escape", "L", "L"), ("enter",), ("D",), ("q",)):
            text = await hands.press(*keys)
            assert all(each.isprintable() for line in lines(text) for each in line), keys


# -- searching ------------------------------------------------------------------------------------------------------------


async def test_results_come_with_every_letter_and_enter_opens_the_very_item() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        text = await hands.press("slash", *"obey hum")
        assert "“obey the orders of humanity”" in text and "found" in lines(text)[-1]
        await hands.press("enter", "slash", *" in:quotes")
        await hands.press("enter")
        text = await hands.press("slash", *"obey in:quotes", "enter")
        assert "2 found" in lines(text)[1] or "1 found" in lines(text)[1]
        await hands.press("enter")
        assert app.reader.subject == "q-obey" and app.reader.room.here == "Quotes"


async def test_back_returns_to_the_results_as_they_were() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.seen()
        await hands.press("slash", *"ferry", "enter", "j", "j", "j")
        spot, count = hands.shelf.files.spot, hands.shelf.files.headed
        await hands.press("enter")
        assert not isinstance(app.screen, ShelfScreen)
        await hands.press("backspace")
        assert (hands.shelf.files.spot, hands.shelf.files.headed) == (spot, count)
        text = await hands.press("escape")
        assert "▌Library  6 " in text, "and Esc to the files"


async def test_from_a_quote_the_speaker_elsewhere_takes_two_keys() -> None:
    paths = [SHELF / "exercise" / "follow-up.md"]
    app = ReaderApp(paths, [SHELF], library=library([SHELF]))
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("3")
        text = await hands.press("s")
        assert 'search: speaker:"Bess Tolliver"' in lines(text)[-1]
        text = await hands.press("enter")
        assert "Bess Tolliver" in text and "found" in lines(text)[1]
        await hands.press("backspace")
        assert app.screen is app.reader, "and back to the briefing"


async def test_what_is_wrong_with_a_query_is_said_where_it_is_typed() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        assert "no field nobody:" in lines(await hands.press("slash", *"a nobody:x"))[-1]


async def test_leaving_the_prompt_brings_back_what_was_there() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("g", "j", "slash", *"petro")
        text = await hands.press("escape")
        assert "▌Library  6 " in text and hands.shelf.files.spot.row == 1


async def test_saved_searches_are_lists_of_their_own(tmp_path: Path) -> None:
    for name in ("briefings", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "readout.toml").write_text('[searches]\n"said by Petro" = "speaker:petro in:quotes"\n')
    app = shelf_app([tmp_path / "briefings"])
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        assert "said by Petro" in await hands.press("semicolon")
        assert "7 found" in await hands.press("enter")


async def test_keys_and_commands_of_the_shelf_can_be_looked_up() -> None:
    app = shelf_app([SHELF])
    async with app.run_test(size=(100, 45)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.press("question_mark")
        assert "search the library" in text and "next row related" not in text
        await hands.press("q")
        text = await hands.press("ctrl+p", *"month", "enter")
        assert "November 2025 · 1" in text


async def test_a_shared_account_has_the_shelf_and_nothing_that_writes(tmp_path: Path) -> None:
    app = shelf_app([SHELF], kiosk=tmp_path / "somebody.db")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(app, pilot)
        assert "Colombia halts" in await hands.seen()
        assert "not available in kiosk mode" in await hands.press("R")
        assert "33/33" in await hands.press("g", "j", "enter")


# -- across briefings -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = Index(tmp_path_factory.mktemp("cache"), [SHELF])
    refresh(made)
    return made


FOLLOW_UP = SHELF / "exercise" / "follow-up.md"


def test_a_dossier_is_all_that_one_actor_said_and_did(index: Index) -> None:
    found = dossier(index, Charter(), FOLLOW_UP, "vayle")
    assert found
    briefing = found.briefing
    expected = {"q": 0, "e": 0}
    for path in SHELF.rglob("*.md"):
        each = load(path, [SHELF]).briefing
        expected["q"] += sum("vayle" in (quote.speaker, *quote.about) for quote in each.quotes)
        expected["e"] += sum("vayle" in event.actors for event in each.events)
    assert (len(briefing.quotes), len(briefing.events)) == (expected["q"], expected["e"])
    assert found.proof() == (
        f"{expected['q']}/{expected['q']} quotes, {expected['e']}/{expected['e']} events: words found",
        True,
    )
    assert briefing.marking == "TLP:AMBER+STRICT"


def test_a_dossier_says_unproven_of_nothing_that_nobody_has_looked_for(tmp_path: Path) -> None:
    made = Index(tmp_path, [SHELF])
    refresh(made, proofs=False)
    found = dossier(made, Charter(), FOLLOW_UP, "vayle")
    assert found and found.proof()[1]


def test_nobody_is_merged_by_an_id_alone(tmp_path: Path) -> None:
    def one(name: str, kind: str, called: str, extra: str = "") -> None:
        (tmp_path / f"{name}.txt").write_text("“Yes,” Johnson said.\n")
        (tmp_path / f"{name}.md").write_text(
            f'+++\nformat = "briefing/1"\ntitle = "{name}"\n{extra}\n[[source]]\nid = "s1"\npath = "{name}.txt"\n[[actor]]\nid = "johnson"\n'
            f'name = "{called}"\nkind = "{kind}"\naliases = ["Johnson"]\n[[quote]]\nid = "q"\nspeaker = "johnson"\ntext = "Yes,"\n+++\n'
        )

    one("one", "person", "Boris Johnson")
    one("same", "person", "boris  johnson")
    one("other", "person", "Lyndon Johnson")
    one("firm", "company", "Boris Johnson")
    one("draft", "person", "Boris Johnson", 'x-draft = "readout"')
    made = Index(tmp_path / "cache", [tmp_path])
    refresh(made)
    found = dossier(made, Charter(), tmp_path / "one.md", "johnson")
    assert found and {origin.title for origin in found.origins.values()} == {"one", "same"}
    for name, why in (("other", "no full name in common"), ("firm", "a company"), ("draft", "in a draft")):
        assert f"johnson in {name}: the same id" in found.briefing.summary and why in found.briefing.summary
    joined = dossier(made, Charter(same_as=(frozenset({"johnson", "lbj"}),)), tmp_path / "one.md", "johnson")
    assert joined and {origin.title for origin in joined.origins.values()} == {"one", "same", "draft"}


def test_lists_of_the_same_that_share_an_id_are_one(tmp_path: Path) -> None:
    (tmp_path / "readout.toml").write_text('same_as = [["a", "b"], ["c"], ["b", "d"]]\nsearches = 3\n')
    said, problems = charter([tmp_path])
    assert set(said.same_as) == {frozenset("abd"), frozenset("c")}
    assert ["searches" in str(problem) for problem in problems] == [True]
    (tmp_path / "readout.toml").write_text("same_as = [")
    assert charter([tmp_path])[1]


def test_the_words_of_a_quote_are_found_wherever_they_are_said_again(index: Index) -> None:
    reading = load(FOLLOW_UP, [SHELF])
    quote = reading.briefing.by_id["q-46"]
    found = parallels(index, FOLLOW_UP, reading, quote)  # type: ignore[arg-type]  # a quote, as its id says
    assert [each.hit.file.path.stem for each in found] and all(each.hit.file.path != FOLLOW_UP for each in found)
    for each in found:
        assert each.why == "6 words in the same order"
        assert any("46" in quote.words[start:end] for start, end in each.mine)  # type: ignore[union-attr]


def test_events_that_can_be_of_one_day_and_share_an_actor_stand_side_by_side(index: Index) -> None:
    reading = load(FOLLOW_UP, [SHELF])
    event = next(each for each in reading.briefing.events if each.id == "e-collision-s1")
    found = parallels(index, FOLLOW_UP, reading, event)
    assert {each.hit.file.path.stem for each in found} >= {"collision", "joint-statement"}
    assert all("dates can overlap; both have" in each.why and each.date for each in found)


async def test_d_opens_a_dossier_enter_leads_to_the_briefing_and_back() -> None:
    app = ReaderApp([FOLLOW_UP], [SHELF], library=library([SHELF]))
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("2", "j")
        name = app.reader.reading.briefing.name(app.reader.subject)
        text = await hands.press("D")
        assert f"Dossier: {name}" in lines(text)[0]
        await hands.press("3")
        text = await hands.press("enter")
        assert "Dossier" not in lines(text)[0] and app.reader.room.here == "Quotes"
        assert f"Dossier: {name}" in lines(await hands.press("backspace"))[0]
        assert "a dossier has no file" in await hands.press("e")
        assert "nine names" in lines(await hands.press("backspace"))[0]


ACTOR = '[[actor]]\nid = "petro"\nname = "Gustavo Petro"\nkind = "person"\n'
QUOTE = '[[quote]]\nid = "q"\nspeaker = "petro"\ntext = "The words."\n'


async def test_a_dossier_has_what_its_briefings_say_now(tmp_path: Path, write: Write) -> None:
    here, there = write(ACTOR + QUOTE, name="a.md"), write(ACTOR + QUOTE, name="c.md")
    made = library([tmp_path], tmp_path / "cache")
    refresh(Index(tmp_path / "cache", [tmp_path]))
    there.write_text(there.read_text().replace("The words.", "Other words"))
    app = ReaderApp([here], [tmp_path], library=made)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.press("2", "D")
        assert "1/2 quotes: words found · 1 UNPROVEN" in lines(text)[0] and "Other words" in text
        there.unlink()
        await hands.press("backspace")
        assert "1/1 quote: words found" in lines(await hands.press("2", "D"))[0]


def test_events_of_one_actor_meet_by_any_full_name(tmp_path: Path, write: Write) -> None:
    event = '[[event]]\nid = "e"\ntitle = "It happened"\ndate = "2025-11-09"\nactors = ["petro"]\nevidence = ["The words."]\n'
    longer = ACTOR.replace('name = "Gustavo Petro"', 'name = "Gustavo Petro Urrego"\naliases = ["Gustavo Petro"]')
    paths = [write(ACTOR + event, name="a.md"), write(longer + event, name="c.md")]
    made = Index(None, [tmp_path])
    refresh(made)
    for path in paths:
        reading = load(path, [tmp_path])
        assert [each.hit.ref for each in parallels(made, path, reading, reading.briefing.events[0])] == ["e"]


async def test_v_shows_what_others_say_and_enter_goes_there() -> None:
    app = ReaderApp([FOLLOW_UP], [SHELF], library=library([SHELF]))
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(app, pilot)
        await hands.press("3")
        app.reader.following.show_item("q-46")
        text = await hands.press("V")
        assert "Elsewhere: q-46" in text and "source B2" in text and "6 words in the same order" in text
        await hands.press("enter")
        assert app.reader.reading.path.stem == "ministry-briefing"
        assert "nine names" in lines(await hands.press("backspace"))[0]


async def test_the_preview_shows_the_passage_that_was_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join(f"Paragraph {number} of the story." for number in range(40)) + "\n\nThe beacon.\n")
    app = shelf_app([tmp_path])
    async with app.run_test(size=(120, 40)) as pilot:
        text = await Hands(app, pilot).press("slash", *"beacon", "enter")
        assert text.count("The beacon.") == 2


def quoting(folder: Path, name: str, words: str, told: str = "") -> Path:
    (folder / f"{name}.txt").write_text(f"He said: “{told or words}”.\n")
    path = folder / f"{name}.md"
    path.write_text(
        f'+++\nformat = "briefing/1"\ntitle = "{name}"\n[[source]]\nid = "s1"\npath = "{name}.txt"\npublished = "2025-11-09"\n'
        f'[[quote]]\nid = "q"\nspeaker = ""\ntext = "{words}"\n+++\n'
    )
    return path


def test_filler_corroborates_nothing_and_a_briefing_and_its_source_count_once(tmp_path: Path) -> None:
    mine = quoting(tmp_path, "a", "there was going to be some trouble over the lantern drills at Quayside")
    quoting(tmp_path, "b", "there was going to be some bread for everybody")
    same = quoting(tmp_path, "c", "trouble over the lantern drills at Quayside")
    made = Index(None, [tmp_path])
    refresh(made)
    reading = load(mine, [tmp_path])
    (found,) = parallels(made, mine, reading, reading.briefing.quotes[0])
    assert (found.hit.file.path, found.hit.ref, found.date) == (same, "q", "9 Nov 2025")


async def test_files_of_one_title_and_date_show_their_folders(tmp_path: Path, write: Write) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "daily.md").write_text('+++\nformat = "briefing/1"\ntitle = "Daily"\ndate = 2026-02-01\n+++\nThe quay.\n')
    app = shelf_app([tmp_path])
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        text = await hands.seen()
        assert "north/daily.md" in text and "south/daily.md" in text
        text = await hands.press("slash", *"quay", "enter")
        assert "north/daily.md" in text and "south/daily.md" in text
        head = lines(await hands.press("enter"))[0]
        assert "Daily (north/daily.md)" in head or "Daily (south/daily.md)" in head


async def test_a_search_for_speakers_of_raw_articles_says_that_they_have_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann Potts said: “The quay is closed.”\n")
    app = shelf_app([tmp_path])
    async with app.run_test(size=(120, 40)) as pilot:
        text = await Hands(app, pilot).press("slash", *"speaker:potts", "enter")
        assert "1 file here is a raw article" in text
