"""The first words are those of the first frame, in its place and its colours, and end like it when the line drops."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, BRIEFINGS, ROOT
from tests.test_display import Both, BothApp
from tests.test_terminal import everything, press, reader
from tui.briefing.proof import open_briefing
from tui.reader.drawing.opening import summary_room
from tui.reader.terminal import first_words
from tui.reader.terminal.picture import Picture

SIZES = [(120, 40), (101, 31), (100, 30), (99, 40), (160, 50), (173, 47), (80, 24), (40, 12), (61, 18), (61, 17)]


def words(monkeypatch: pytest.MonkeyPatch, path: Path, size: tuple[int, int], theme: str, place: dict[str, object]) -> Picture:
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size(size))
    monkeypatch.setattr(first_words, "FirstWords", lambda picture, _: picture)
    picture = first_words.show(open_briefing(path), theme, 0, 1, place)
    assert isinstance(picture, Picture)
    return picture


@pytest.mark.parametrize("theme", ["night", "paper", "contrast", "terminal"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_first_frame_leaves_the_first_words_as_they_are(
    size: tuple[int, int], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = BRIEFINGS[sum(size) % len(BRIEFINGS)]
    first = words(monkeypatch, path, size, theme, {})
    app = BothApp([path], theme=theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.reader, Both)
        frame = app.reader.as_textual_does()
    room = summary_room(*size)
    for y in range(room.y, room.y + room.rows):
        found, wanted = first._wanted[y], frame._wanted[y]
        assert [each[room.x : room.x + room.cells] for each in found] == [each[room.x : room.x + room.cells] for each in wanted]
    head, real = "".join(first._wanted[0][0]), "".join(frame._wanted[0][0])
    assert head[:9] == real[:9] and head.rstrip().rpartition(" ")[2] == real.rstrip().rpartition(" ")[2]
    assert "checking" in head  # what is not certain yet is not said


@pytest.mark.parametrize(
    "place",
    [{"pane": 4, "refs": ["0"]}, {"pane": 0, "refs": ["7"]}, {"pane": 2, "refs": ["0", "petro"]}, {"pane": "x", "refs": 3}],
)
async def test_where_another_pane_stood_the_summary_is_not_shown(
    place: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = ["".join(row) for row, _ in words(monkeypatch, ARTICLE, (120, 40), "night", place)._wanted]
    assert "Colombia halts" in text[0]
    assert ("Gustavo Petro has" in text[2]) == (place["pane"] == 2 or place["pane"] == "x")


def test_a_theme_that_only_textual_can_read_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "readout" / "themes"
    folder.mkdir(parents=True)
    (folder / "odd.toml").write_text((ROOT / "themes" / "night.toml").read_text().replace('"#d6d9de"', '"rgb(1,2,3)"'))
    monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((120, 40)))
    assert first_words.show(open_briefing(ARTICLE), "odd", 0, 1, {}) is None
    assert first_words.show(open_briefing(ARTICLE), "there is no such theme", 0, 1, {}) is None


def test_they_are_there_without_textual() -> None:
    code = "import sys, tui.reader.terminal.first_words; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.real
def test_the_first_frame_writes_only_what_differs_from_them() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18", "4 Timeline")
        terminal.seen()
        out = everything(terminal).decode()
        assert out.count("\x1b[2J") == out.count("\x1b[?1049h") == 1
        assert len(re.findall("TLP:CLEAR", out)) == 1 and out.index("TLP:CLEAR") < out.index("?1000h")


@pytest.mark.real
def test_keys_typed_while_only_they_are_there_are_acted_on() -> None:
    with reader(ARTICLE) as terminal:
        while "checking" not in terminal.settled(0.0):
            pass
        os.write(terminal._master, b"3jj")
        terminal.wait_for("18/18", "4 Timeline")
        ahead = terminal.seen()
    with reader(ARTICLE, environment={"XDG_STATE_HOME": os.environ["XDG_STATE_HOME"] + "/other"}) as terminal:
        assert terminal.wait_for("18/18", "4 Timeline")
        assert press(terminal, ["3", "j", "j"]) == ahead


@pytest.mark.real
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_end_while_only_they_are_there_it_gives_the_terminal_back(number: signal.Signals) -> None:
    with reader(ARTICLE) as terminal:
        while "checking" not in terminal.settled(0.0):
            pass
        os.kill(terminal._process.pid, number)
        assert terminal._process.wait(3) == 128 + number
        terminal.read(0.2)
        assert everything(terminal).endswith(b"\x1b[?1049l\x1b[?25h")
        assert termios.tcgetattr(terminal._master)[3] & termios.ECHO
