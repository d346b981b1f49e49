"""The picture of the terminal: whatever is put on it, an emulator that is given its bytes shows exactly that."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

from bench.terminal import Emulator
from tests.conftest import many
from tui.reader.terminal.capabilities import Terminal, of
from tui.reader.terminal.picture import Picture, Run

CELLS, ROWS = 24, 9
STYLES = [
    Style(), Style(bold=True), Style(color="#82bde0", bgcolor="#14171c"), Style(bgcolor="#14171c"), Style(color="red", reverse=True),
    Style(underline=True, bgcolor="#14171c"), Style(italic=True, color="#d6d9de"), Style(bold=True, strike=True, bgcolor="#252c36"),
]  # fmt: skip
TEXTS = [
    "a",
    "the words",
    " ",
    "    ",
    "          ",
    "▌●",
    "“quoted”",
    "海鷹丸",
    "é",
    "e\u0301",
    "━━━━",
    "x海y",
    "Ω",
    "1234567890",
]

Grid = list[list[tuple[object, ...]]]
Put = tuple[int, int, list[tuple[str, int]]]


def grid(screen: pyte.Screen) -> Grid:
    """What is seen: of a blank, its ground, and its ink only where a line is drawn on it."""
    rows = []
    for y in range(screen.lines):
        row: list[tuple[object, ...]] = []
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            ink, ground = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
            lines = (cell.underscore, cell.strikethrough)
            if cell.data == " " and not any(lines):
                row.append((" ", ground))
            else:
                row.append((cell.data, ink, ground, cell.bold, cell.italics, *lines))
        rows.append(row)
    return rows


def painted(wanted: Sequence[Sequence[Put]]) -> Grid:
    """The same puts, each written whole and in its place, as Rich writes them."""
    screen = Emulator(CELLS, ROWS)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    for puts in wanted:
        for y, x, runs in puts:
            text = "".join(STYLES[style].render(words, color_system=ColorSystem.TRUECOLOR) for words, style in runs)
            stream.feed(f"\x1b[{y + 1};{x + 1}H{text}")
    return grid(screen)


MODERN = Terminal()


class Shown:
    def __init__(self, terminal: Terminal = MODERN) -> None:
        self.picture = Picture(CELLS, ROWS, terminal)
        self.screen = Emulator(CELLS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def put(self, y: int, x: int, *runs: Run) -> None:
        self.picture.put(y, x, runs)

    def frame(self) -> str:
        frame = self.picture.frame()
        self.stream.feed(frame)
        return frame


def put(y: int) -> st.SearchStrategy[Put]:
    runs = st.lists(st.tuples(st.sampled_from(TEXTS), st.integers(0, len(STYLES) - 1)), min_size=1, max_size=4)
    return st.tuples(st.just(y), st.just(0), runs)


FRAMES = st.lists(st.lists(st.integers(0, ROWS - 1).flatmap(put), max_size=12), min_size=1, max_size=6)
TERMINALS = [Terminal(), Terminal(erases_in_colour=False), Terminal(scrolls=False), Terminal(ends_attributes=False)]


@pytest.mark.fuzz
@given(frames=FRAMES, terminal=st.sampled_from(TERMINALS))
@settings(max_examples=many(30, 300))
def test_the_terminal_shows_what_was_put_on_the_picture(frames: list[list[Put]], terminal: Terminal) -> None:
    shown = Shown(terminal)
    whole: list[list[Put]] = []
    for puts in frames:
        fitting = [(y, x, fit(runs)) for y, x, runs in puts]
        whole.append(fitting)
        for y, x, runs in fitting:
            shown.put(y, x, *((text, STYLES[style]) for text, style in runs))
        shown.frame()
        assert grid(shown.screen) == painted(whole)


def fit(runs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Whole runs only, as many as there is room for, filled with blanks: a row of the screen, as widgets draw them."""
    from tui.reader.drawing.lines import width

    found, room = [], CELLS
    for text, style in runs:
        if width(text) <= room:
            found.append((text, style))
            room -= width(text)
    return [*found, (" " * room, 0)] if room else found


@pytest.mark.fuzz
@given(rows=st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six"]), min_size=30, max_size=30), data=st.data())
@settings(max_examples=many(20, 100))
def test_what_moved_is_moved_and_ends_where_it_should(rows: list[str], data: st.DataObject) -> None:
    shown = Shown()
    for top in data.draw(st.lists(st.integers(0, 20), min_size=2, max_size=8)):
        for y in range(1, ROWS - 1):
            shown.put(y, 0, (f"{top + y:>3} {rows[(top + y) % 30]}".ljust(CELLS), STYLES[2]))
        shown.frame()
        assert [line[:12] for line in shown.screen.display[1 : ROWS - 1]] == [
            f"{top + y:>3} {rows[(top + y) % 30]}".ljust(12) for y in range(1, ROWS - 1)
        ]


def test_nothing_is_written_where_nothing_changed() -> None:
    shown = Shown()
    shown.put(2, 3, ("some words", STYLES[2]))
    assert shown.frame()
    shown.put(2, 3, ("some words", STYLES[2]))
    assert shown.frame() == ""


def test_a_changed_letter_costs_its_move_and_itself() -> None:
    shown = Shown()
    shown.put(2, 0, ("some words", Style()))
    shown.frame()
    shown.put(2, 0, ("some wards", Style()))
    assert shown.frame() == "\x1b[4Da"


def test_rows_that_move_together_are_moved_by_the_terminal() -> None:
    shown = Shown()
    for y in range(ROWS):
        shown.put(y, 0, (f"{y} a row of its own".ljust(CELLS), STYLES[0]))
    shown.frame()
    for y in range(ROWS):
        shown.put(y, 0, (f"{y + 1} a row of its own".ljust(CELLS), STYLES[0]))
    frame = shown.frame()
    assert "M" in frame and len(frame) < 60
    assert shown.screen.display[ROWS - 1].startswith("9 a row")


def test_the_cursor_stands_where_it_is_to_and_never_outside() -> None:
    shown = Shown()
    for cursor in ((3, 2), (CELLS + 9, ROWS + 9), (0, 0), (CELLS - 1, 1)):
        shown.picture.cursor = cursor
        shown.put(4, 0, (f"{cursor}", Style()))
        shown.frame()
        at = (shown.screen.cursor.x, shown.screen.cursor.y)
        assert at == (min(cursor[0], CELLS - 1), min(cursor[1], ROWS - 1))
        assert shown.screen.display[4].startswith(str(cursor))


def test_what_a_terminal_forgot_is_written_whole() -> None:
    shown = Shown()
    shown.put(2, 0, ("some words", STYLES[1]))
    shown.frame()
    before = grid(shown.screen)
    shown.stream.feed("\x1b[5;5Hgarbage over it all\x1b[31;44m\x1b[2J")
    shown.picture.forget()
    shown.frame()
    assert grid(shown.screen) == before


def test_a_character_whose_width_is_in_doubt_moves_nothing_beside_it() -> None:
    shown = Shown()
    shown.put(1, 0, ("x 🇨🇴 tail", Style()))
    assert "🇴\x1b[2;5H tail" in shown.frame()  # what follows is put where it belongs, wherever the flag ended
    shown.put(1, 0, ("x 🇨🇴 tale", Style()))
    assert "🇨" in shown.frame()  # and with it all behind the flag is written again


def test_nothing_that_a_terminal_could_obey_is_written() -> None:
    shown = Shown()
    shown.put(0, 0, ("a\x1b[31mb\x07\x9bc\u202ed", Style()))
    assert not any(mark in shown.frame().replace("\x1b[m\x1b[H\x1b[2J", "") for mark in ("\x1b[31m", "\x07", "\x9b", "\u202e"))


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "tmux-256color"}, 256),
        ({"TERM": "screen"}, 256),
        ({"TERM": "linux"}, 8),
        ({"TERM": "vt100"}, 0),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, 0),
    ],
)
def test_no_colour_is_written_that_the_terminal_has_not(environment: dict[str, str], colours: int) -> None:
    terminal = of(environment)
    assert terminal.colours == colours
    shown = Shown(terminal)
    shown.put(0, 0, ("words", Style(color="#82bde0", bgcolor="#14171c", bold=True)))
    frame = shown.frame()
    assert ("38;2" in frame) == (colours == 1 << 24) and ("38;5" in frame) == (colours == 256)
    assert colours or not any(f"{code}m" in frame for code in ("36", "46", "40", "96"))
    assert "1" in frame


def test_what_is_made_safe_at_the_last_is_no_wider_than_it_was() -> None:
    shown = Shown()
    shown.put(0, 0, ("a\u200db\u202ec".ljust(10), Style()))
    shown.put(0, 8, ("neighbour", Style()))
    shown.frame()
    assert shown.screen.display[0][8:17] == "neighbour"
    shown.put(0, 0, ("👩\u200d👩\u200d👧", Style()))  # two cells, if the terminal joins them
    shown.frame()
    assert shown.screen.display[0][8:17] == "neighbour"


def test_where_there_is_no_utf_8_every_glyph_has_a_stand_in_of_its_width() -> None:
    shown = Shown(of({"TERM": "xterm", "LANG": "C"}))
    shown.put(0, 0, ("▌“Türk’s” — ¶7 · 海x", Style()))
    frame = shown.frame()
    assert frame.isascii() and shown.screen.display[0].startswith('>"Turk\'s" - #7 . ??x')


@pytest.mark.parametrize(
    ("environment", "unicode"),
    [
        ({}, True),
        ({"LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),  # as Python leaves it behind (PEP 538)
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "en_GB.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
    ],
)
def test_the_locale_tells_whether_there_is_more_than_ascii(environment: dict[str, str], unicode: bool) -> None:
    assert of({"TERM": "xterm", **environment}).unicode == unicode
