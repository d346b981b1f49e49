"""The reader in a real pseudo-terminal: what reaches the terminal, byte for byte, and the tasks of the design in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.terminal import Terminal
from tests.conftest import ARTICLE, ROOT
from tests.terminals import Watched
from tui.briefing.proof import open_briefing
from tui.reader.terminal import capabilities as terminals

pytestmark = pytest.mark.real

ESC = {"enter": b"\r", "space": b" ", "backspace": b"\x7f", "escape": b"\x1b", "tab": b"\t"}


def reader(*arguments: str | Path, size: tuple[int, int] = (120, 40), environment: dict[str, str] | None = None) -> Watched:
    return Watched(
        [sys.executable, "-m", "tui", "read", *map(str, arguments)], ROOT,
        {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(environment or {})}, *size,
    )  # fmt: skip


def press(terminal: Watched, keys: Sequence[str]) -> str:
    """The screen once each of these keys was taken and the program sleeps again."""
    for key in keys:
        terminal.type(ESC.get(key, key.encode()))
    return terminal.seen()


def everything(terminal: Terminal) -> bytes:
    return b"".join(data for _, data in terminal.chunks)


# -- the tasks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
def test_the_five_tasks_take_their_keys(size: tuple[int, int]) -> None:
    with reader(ARTICLE, size=size) as terminal:
        assert terminal.wait_for("Summary|Sum")
        press(terminal, ["2", "j", "k"])
        assert "as long as the" in press(terminal, ["3"])  # the actor's first quote
        before = press(terminal, ["j", "j"])
        words = press(terminal, ["enter"])  # its words in the source
        assert "stating:" in words and "cocaine" in words and "highlights" in words
        assert _rows(press(terminal, ["backspace"])) == _rows(before)  # back
        press(terminal, ["j", "j", "j", "j"])
        assert "same event 1/1" in press(terminal, ["."])  # the next quote of the same event
        press(terminal, ["2", "g"])
        assert "pinned: Gustavo Petro" in press(terminal, ["space", "4"])  # only what one actor said and did
        assert "said" in terminal.text or size == (40, 12)


def test_an_item_beside_a_folder_is_shown() -> None:
    with reader(f"{ARTICLE}#q-boats", ROOT / "briefings") as terminal:
        assert terminal.wait_for("18/18")
        assert "▸ “as long as the missile attacks on boats continue”" in terminal.seen()


@pytest.mark.parametrize("paths", [("none.md",), ("none.md#q",), (f"{ARTICLE}#q", "none.md")])
def test_a_path_that_does_not_exist_beside_a_folder_is_said_to_be_missing(paths: Sequence[str]) -> None:
    with reader(*paths, ROOT / "briefings") as terminal:
        terminal.read(5.0, until_end=True)
        told = everything(terminal).decode()
    assert told.strip().endswith(f"readout: {paths[-1]}: there is no such file or folder")


def _rows(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")[:-1]]


def test_q_ends_it_and_gives_the_terminal_back() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("Summary")
        terminal.press(b"q")
        terminal.read(1.0, until_end=True)
        out = everything(terminal)
        assert out.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?1049l" in out
        assert terminal._process.wait(5) == 0


def test_the_mouse_reports_buttons_only_and_can_be_left_to_the_terminal() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("Summary", "4 Timeline")
        out = everything(terminal)
        assert b"\x1b[?1000h" in out and b"\x1b[?1006h" in out and b"?1003h" not in out and b"?1002h" not in out
    with reader(ARTICLE, "--no-mouse") as terminal:
        assert terminal.wait_for("Summary", "4 Timeline")
        assert b"?1000h" not in everything(terminal)


def test_a_terminal_that_cannot_show_it_is_told_the_plain_way() -> None:
    with reader(ARTICLE, environment={"TERM": "dumb"}) as terminal:
        assert terminal.wait_for("readout --plain .*readout export FILE")


def test_the_terminal_s_own_cursor_stands_on_the_row_that_keys_are_on() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18", "4 Timeline")
        for key in ("3", "j", "j", "2", "j", "4", "G"):
            press(terminal, [key])
            cursor = terminal._screen.cursor
            row = terminal.text.split("\n")[cursor.y]
            assert row[cursor.x - 3] == "▌", (key, cursor.x, row)


def test_nothing_is_written_while_nothing_happens() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("Summary")
        terminal.read(0.5)
        assert terminal.read(1.5, at_most=1.5) == b""


@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1"},
        *({"TERM": name, "COLORTERM": ""} for name in ("linux", "screen", "xterm", "tmux-256color", "screen-256color")),
    ],
    ids=lambda environment: "-".join(environment.values()),
)
def test_it_reads_without_colours_and_with_few(environment: dict[str, str]) -> None:
    with reader(ARTICLE, environment=environment) as terminal:
        assert terminal.wait_for("Summary", "18/18 quotes")
        assert "▌" in press(terminal, ["3", "j", "enter"])


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"TERM": "vt100", "COLORTERM": ""}, {"TERM": "vt220"}])
def test_where_there_is_only_ascii_it_reads_too_and_says_so(environment: dict[str, str]) -> None:
    with reader(ARTICLE, environment=environment) as terminal:
        assert terminal.wait_for("18/18", "4 Timeline", "not a UTF-8 locale")
        assert ">5 Source" in press(terminal, ["3", "j", "enter"])
        out = everything(terminal)
        assert out.isascii()
        if "TERM" in environment:
            worn = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", out) for code in codes.split(b";")}
            assert worn <= {b"", b"0", b"1", b"4", b"7"} and b"\x1b[?1000h" not in out and b"\x1b[>" not in out
            assert b"4" in worn  # links are underlined where nothing can be coloured


# -- hostile files --------------------------------------------------------------------------------------------------------

# What Textual itself sends: modes, queries, colours, cursor moves, and the shape of the pointer.
OURS = re.compile(
    rb"\x1b\[[<>=?]?[0-9;:]*\$?[A-Za-z]|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)|\x1b[=>78]|\x1bP\+q[0-9a-f]*\x1b\\|\x1b_Gi=[^\x1b]*\x1b\\"
)
FORBIDDEN = [
    b"\x1b]52",
    b"\x1b]8",
    b"\x1b[777",
    "\x9b".encode(),
    b"\x00",
    b"\x7f",
    b"\x08",
    "\u202e".encode(),
    "\u2066".encode(),
    "\u2028".encode(),
    "\u200b".encode(),
]


def clean(out: bytes) -> None:
    for sequence in FORBIDDEN:
        assert sequence not in out, sequence
    rest = OURS.sub(b"", out).decode("utf-8")
    assert not [hex(ord(c)) for c in rest if (ord(c) < 32 and c not in "\r\n") or 127 <= ord(c) < 160]


@pytest.mark.parametrize("size", [(120, 40), (40, 12), (160, 50)])
def test_nothing_from_a_file_reaches_the_terminal_raw(hostile: Path, size: tuple[int, int]) -> None:
    with reader(hostile, size=size) as terminal:
        assert terminal.wait_for("Summary|Sum")
        for keys in ("2jkiGg", "3jkiGg", "4jkiGg", "5jjw", "!Gg", "1jjw", "?", ")", "z", "T", "T"):
            press(terminal, [*keys, "escape"])
        assert terminal._process.poll() is None, "it ended"
        clean(everything(terminal))
        assert b"\x1b[2J" not in everything(terminal)[2000:]


@pytest.mark.parametrize("command", [["check"], ["check", "--format", "json"], ["check", "--format", "github"], ["check", "--format", "sarif"],
                                     ["export"], ["export", "--format", "markdown"], ["export", "--format", "json"], ["export", "--format", "csv"],
                                     ["export", "--format", "csv", "--table", "events"], ["stamp"]])  # fmt: skip
def test_nothing_from_a_file_reaches_the_terminal_by_a_command(hostile: Path, command: list[str]) -> None:
    with Terminal([sys.executable, "-m", "tui", *command, str(hostile)], ROOT, dict(os.environ)) as terminal:
        terminal.read(5, until_end=True)
        out = everything(terminal)
        assert out and b"Traceback" not in out
        clean(out)


def test_hostile_paths_are_said_safely(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]52;c;eA==\x07\u202e.md"
    path.write_text('+++\nformat = "briefing/1"\nx = \n+++\n')
    with reader(path) as terminal:
        assert terminal.wait_for("a.*md")
        press(terminal, ["!", "q", "e"])
        clean(everything(terminal))
    for command in (["check"], ["export"], ["stamp"]):
        done = subprocess.run([sys.executable, "-m", "tui", *command, str(path)], cwd=ROOT, capture_output=True)
        clean(done.stdout + done.stderr)


def test_the_hostile_file_is_read_and_its_good_quote_is_proven(hostile: Path) -> None:
    from tui.briefing.proof import prove

    reading = prove(open_briefing(hostile))
    assert reading.briefing.quotes[0].text == ("words",)
    assert reading.anchor(reading.briefing.quotes[0]).status == "verbatim"


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
def test_keys_typed_ahead_go_to_the_pane_that_they_were_meant_for(size: tuple[int, int]) -> None:
    with reader(ARTICLE, size=size) as terminal:
        assert terminal.wait_for("Summary|Sum")
        terminal.type(b"2j3\r")  # the second actor, its first quote, its words: all at once
        assert "stating" not in terminal.seen()
        assert re.search(r"▌5 ?Sou", terminal.text) and "terrorist" not in terminal.text.split("\n")[0]
        terminal.type(b"iGgq")  # and a sheet's to the sheet
        assert re.search(r"▌5 ?Sou", terminal.seen())
        terminal.type(b"\x7f2gj4z")
        assert re.search(r"▌4 ?Tim", terminal.seen())
        terminal.type(b"/drug\r")  # what is typed ahead is typed
        assert re.search(r"/drug \d of \d", terminal.seen())
        terminal.type(b"ahello\x13")
        assert "saved" in terminal.seen()
        terminal.type(b"'")
        assert "hello" in terminal.seen()
        terminal.press(b"q")


def test_only_the_screen_on_top_draws_while_the_index_is_built(tmp_path: Path) -> None:
    """A library of 2,000 files, indexed for the first time: what is seen is the reader's or the shelf's, never both, and at
    the end it is what `^l` repaints."""
    for number in range(2000):
        said = "\n".join(
            f'[[quote]]\nid = "q{each}"\nspeaker = "a"\ntext = "the crane of berth {number}-{each} fails"' for each in range(12)
        )
        text = "\n\n".join(f"Ines Tolvane {number} said “the crane of berth {number}-{each} fails.”" for each in range(12))
        (tmp_path / f"{number}.txt").write_text(text + "\n", "utf-8")
        (tmp_path / f"{number}.md").write_text(
            f'+++\nformat = "briefing/1"\ntitle = "Harbour log {number}"\n[[source]]\nid = "s1"\npath = "{number}.txt"\n'
            f'[[actor]]\nid = "a"\nname = "Ines Tolvane {number}"\nkind = "person"\n{said}\n+++\n\n[Tolvane](#a) kept the log.\n',
            "utf-8",
        )
    counting = r"reading [\d,]+ of 2,000"
    with reader(tmp_path) as terminal:
        assert terminal.wait_for(counting)
        for key, reads in (
            ("enter", True), ("3", True), ("q", False), ("j", False), ("enter", True), ("J", True), ("D", True), ("2", True),
            ("V", True), ("escape", True), ("o", False), ("G", False), ("enter", True),
        ):  # fmt: skip
            pressed(terminal, key)
            for again in ("", "\x0c"):
                rows = _rows(settled_until(terminal, "1 Summary|5 Source|Dossier" if reads else "Library  ", again))
                assert any("Library  " in row for row in rows) is not reads, (key, rows)
                assert any("1 Summary" in row for row in rows) is reads, (key, rows)
                assert ("reading" in rows[0] and " of 2,000" in rows[0]) <= (not reads), (key, rows)
        pressed(terminal, "o")
        terminal.until(r"\A(?!.*reading)(?s:.*)Library  2,000")
        assert _rows(terminal.seen())[1:-1] == _rows(press(terminal, ["\x0c"]))[1:-1]


def pressed(terminal: Watched, key: str) -> None:
    """Press a key of a program that does not come to rest."""
    terminal.press(ESC.get(key, key.encode()), quiet=0.1, patience=0.4)


def settled_until(terminal: Watched, mark: str, key: str = "") -> str:
    """The screen once it matches an expression, after a key."""
    if key:
        pressed(terminal, key)
    terminal.until(mark)
    return terminal.settled(0.1)


# -- the table of terminals -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("infocmp"), reason="install ncurses-bin")
def test_a_terminal_has_the_colours_and_the_erasing_of_its_terminfo_entry() -> None:
    names = [*terminals.KINDS, "iterm2", "st-256color", "xterm-256color", "xterm-direct", "putty-256color", "konsole-256color"]
    for name in filter(None, names):
        entry = subprocess.run(["infocmp", "-1", name], capture_output=True, text=True).stdout
        if not entry or name == "dumb":
            continue
        colours = int(found[1], 0) if (found := re.search(r"colors#(\w+)", entry)) else 0
        terminal = terminals.of({"TERM": name})
        assert terminal.colours >= min(colours, 256) or colours < 256, name
        assert "bce," in entry or not terminal.erases_in_colour, name


@pytest.mark.parametrize("name", ["alacritty", "foot", "wezterm", "xterm-ghostty", "contour", "rio", "mintty", "iterm2", "xterm-kitty"])
def test_a_modern_terminal_has_256_colours_without_colorterm(name: str) -> None:
    assert terminals.of({"TERM": name}).colours == 256
    assert terminals.of({"TERM": name, "COLORTERM": "truecolor"}).colours == 1 << 24


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "screen", "COLORTERM": "truecolor"}, {"TERM": "screen.xterm-256color", "STY": "1.x"}, {"TERM": "screen", "STY": "1.x"},
        {"TERM": "xterm-256color", "STY": "1.x", "COLORTERM": "24bit"}, {"TERM": "screen-256color", "STY": "1.x", "COLORTERM": "truecolor"},
    ],
)  # fmt: skip
def test_gnu_screen_has_256_colours_whatever_the_environment_says(environment: dict[str, str]) -> None:
    assert terminals.of(environment).colours == 256


def test_the_size_is_the_terminals_and_follows_it() -> None:
    with reader(ARTICLE, size=(100, 30), environment={"COLUMNS": "60", "LINES": "15"}) as terminal:
        assert terminal.wait_for("18/18")
        assert max(map(len, _rows(terminal.seen()))) > 60
        terminal.resize(120, 40)
        assert max(map(len, _rows(terminal.seen()))) > 100


@pytest.mark.parametrize("name", ["TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER", "TEXTUAL_THEME", "TEXTUAL_FPS", "UNICODE_VERSION", "ESCDELAY"])
def test_no_variable_of_a_library_ends_the_reader(name: str) -> None:
    with reader(ARTICLE, environment={name: "no such"}) as terminal:
        assert terminal.wait_for("18/18")
