"""What stands between Textual and the terminal: the same screen as Textual would paint, and as Textual's own bytes do paint it
in a terminal emulator, and the private parts that it uses."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import textwrap
from importlib.metadata import version
from pathlib import Path

import pyte
import pytest
import textual.app
import textual.screen
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor
from textual._parser import Parser
from textual.app import ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from bench.terminal import Emulator
from tests.conftest import ARTICLE, BRIEFINGS, ROOT, many, some
from tests.test_picture import TEXTS, grid
from tui.library.state import State
from tui.reader.app import ReaderApp
from tui.reader.drawing.lines import fit
from tui.reader.reading.screen import ReadingScreen
from tui.reader.terminal.capabilities import Terminal
from tui.reader.terminal.display import DisplayedApp, DisplayedScreen
from tui.reader.terminal.picture import Picture
from tui.settings import state_folder


class Both(ReadingScreen):
    """Drawn as on a terminal, and as Textual does it."""

    drawn: Picture | None = None

    def _compositor_refresh(self) -> None:
        if not self.drawn or (self.drawn.cells, self.drawn.rows) != tuple(self.size):
            self.drawn = Picture(*self.size, Terminal())
        dirty = set(self._compositor._dirty_regions)
        self.draw_on(self.drawn)
        self._compositor._dirty_regions.update(dirty)
        super()._compositor_refresh()

    def as_textual_does(self) -> Picture:
        picture = Picture(*self.size, Terminal())
        for y, strip in enumerate(self._compositor.render_strips()):
            picture.put(y, 0, ((text, style) for text, style, _ in strip))
        return picture


class BothApp(ReaderApp):
    CSS_PATH = str(ROOT / "tui" / "reader" / "reader.tcss")

    def get_default_screen(self) -> ReadingScreen:
        assert self.opened
        return Both(self.opened, State(state_folder() / "state.db"))


KEYS = "3jj4j2j 3 5wwz?q!qzzTTT4+-0vjv2vjv;q1fi"


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("path", "size"),
    some([(path, size) for path in (ARTICLE, BRIEFINGS[-1]) for size in ((120, 40), (160, 50), (80, 24), (40, 12))], 2),
    ids=lambda value: value.stem if isinstance(value, Path) else str(value),
)
async def test_the_terminal_is_shown_what_textual_would_paint(path: Path, size: tuple[int, int]) -> None:
    app = BothApp([path])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.reader
        assert isinstance(screen, Both)
        for key in ["", *KEYS, "enter", "backspace", "escape", "escape", "resize", "G", "resize", "g"]:
            if key == "resize":
                await pilot.resize_terminal(100, 30)
            elif key:
                await pilot.press(NAMES.get(key, key))
            await pilot.pause()
            assert screen.drawn is not None
            pairs = zip(screen.drawn._wanted, screen.as_textual_does()._wanted)
            wrong = [(y, "".join(one[0]), "".join(other[0])) for y, (one, other) in enumerate(pairs) if one != other]
            assert not wrong, f"after {key!r}"


# -- bytes against bytes ----------------------------------------------------------------------------------------------------


class Recorded(HeadlessDriver):
    """A terminal that is there, as far as Textual knows: what is written to it is kept until it is taken."""

    written = ""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written += data


class InBytes(DisplayedScreen):
    """Written as the reader writes to a terminal, and as Textual does, each to an emulator of its own."""

    TERMINAL = Terminal()
    ours: pyte.Screen
    textuals: pyte.Screen
    wanted: Picture | None = None

    def _compositor_refresh(self) -> None:
        if not self.wanted or (self.wanted.cells, self.wanted.rows) != tuple(self.size):
            self.wanted = Picture(*self.size, self.TERMINAL)
            self.ours, self.textuals = Emulator(*self.size), Emulator(*self.size)
            for screen in (self.ours, self.textuals):
                pyte.Stream(screen).feed("\x1b[?7l")
        dirty = set(self._compositor._dirty_regions)
        self.draw_on(self.wanted)
        self.wanted.cursor = self.cursor_cell()
        pyte.Stream(self.ours).feed(self.wanted.frame())
        self._compositor._dirty_regions.update(dirty)
        super()._compositor_refresh()
        driver = self.app._driver
        assert isinstance(driver, Recorded)
        written, driver.written = driver.written, ""
        pyte.Stream(self.textuals).feed(written)

    def differences(self) -> list[tuple[int, int, object, object]]:
        """(row, cell, ours, Textual's) of the cells that do not look the same."""
        both = zip(grid(self.ours), grid(self.textuals))
        return [
            (y, x, mine, theirs)
            for y, (row, other) in enumerate(both)
            for x, (mine, theirs) in enumerate(zip(row, other))
            if mine != theirs
        ]


class Drawn(Widget):
    """Lines of random runs, each as wide as the widget."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.runs: dict[int, list[tuple[str, Style]]] = {}

    def render_line(self, y: int) -> Strip:
        style = self.screen.get_component_rich_style("pane--text")
        segments, room = [], self.size.width
        for text, look in self.runs.get(y, ()):
            segments.append(Segment(fit(text, min(room, len(text) * 2)), look))
            room -= segments[-1].cell_length
        return Strip(segments).adjust_cell_length(self.size.width, style)


class Shapes(InBytes):
    COMPONENT_CLASSES = {"pane--text"}
    CSS = """
    Shapes { layout: grid; grid-size: 2 2; grid-gutter: 1 2; background: #14171c; }
    Drawn { width: 1fr; height: 1fr; background: #14171c; }
    .pane--text { color: #d6d9de; background: #14171c; }
    """

    def compose(self) -> ComposeResult:
        for number in range(4):
            yield Drawn(id=f"drawn{number}")


class ShapesApp(DisplayedApp):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(driver_class=Recorded)
        self.terminal = terminal

    def get_default_screen(self) -> Shapes:
        screen = Shapes()
        screen.TERMINAL = self.terminal
        return screen


COLOURS = st.sampled_from(["#d6d9de", "#82bde0", "#14171c", "#252c36", "#ffffff"])
LOOKS = st.builds(
    Style, color=COLOURS, bgcolor=COLOURS, bold=st.booleans(), italic=st.booleans(), underline=st.booleans(),
    reverse=st.booleans(), strike=st.booleans(),
)  # fmt: skip
RUNS = st.lists(st.tuples(st.sampled_from(TEXTS), LOOKS), max_size=4)
STEPS = st.one_of(
    st.tuples(st.just("line"), st.integers(0, 3), st.integers(0, 5), RUNS),
    st.tuples(st.just("lines"), st.integers(0, 3), st.lists(RUNS, max_size=6)),
    st.tuples(st.just("rolled"), st.integers(0, 3), st.sampled_from([-2, -1, 1, 2])),
    st.tuples(st.just("shown"), st.integers(0, 3)),
    st.tuples(st.just("size"), st.integers(12, 40), st.integers(6, 14)),
)
TERMINALS = [Terminal(), Terminal(erases_in_colour=False), Terminal(scrolls=False), Terminal(ends_attributes=False)]


def draw(screen: Shapes, step: tuple[object, ...]) -> None:
    what, which, *more = step
    widget = screen.query_one(f"#drawn{which}", Drawn)
    if what == "line":
        y, runs = more
        widget.runs[y] = runs  # type: ignore[index, assignment]  # as STEPS makes them
        widget.refresh(Region(0, y, widget.size.width, 1))  # type: ignore[arg-type]
    elif what == "lines":
        widget.runs = dict(enumerate(more[0]))  # type: ignore[arg-type]
        widget.refresh()
    elif what == "rolled":
        widget.runs = {y + more[0]: runs for y, runs in widget.runs.items()}  # type: ignore[operator]
        widget.refresh()
    elif what == "shown":
        widget.display = not widget.display


@pytest.mark.fuzz
@given(steps=st.lists(STEPS, min_size=1, max_size=8), terminal=st.sampled_from(TERMINALS))
@settings(max_examples=many(8, 60))
def test_random_screens_look_as_textuals_own_bytes_make_them(steps: list[tuple[object, ...]], terminal: Terminal) -> None:
    async def story() -> None:
        app = ShapesApp(terminal)
        async with app.run_test(headless=False, size=(30, 10)) as pilot:
            screen = app.screen
            assert isinstance(screen, Shapes)
            for step in [("lines", 0, []), *steps]:
                if step[0] == "size":
                    await pilot.resize_terminal(step[1], step[2])  # type: ignore[arg-type]
                else:
                    draw(screen, step)
                await pilot.pause()
                assert not screen.differences(), step

    asyncio.run(story())


class ReadingInBytes(ReadingScreen, InBytes):
    """The reader's own screen."""


class ReadingInBytesApp(ReaderApp):
    CSS_PATH = str(ROOT / "tui" / "reader" / "reader.tcss")

    def get_default_screen(self) -> ReadingScreen:
        assert self.opened
        return ReadingInBytes(self.opened, State(state_folder() / "state.db"))


PRESSED = [*"12345jkGgwbz.;i?!vT+-", "enter", "backspace", "escape", "space", "ctrl+d", "pagedown", "tab", "resize"]


@pytest.mark.fuzz
@given(
    keys=st.lists(st.sampled_from(PRESSED), min_size=8, max_size=12),
    path=st.sampled_from(BRIEFINGS),
    size=st.sampled_from([(120, 32), (80, 24), (40, 12)]),
)
@settings(max_examples=many(1, 8), phases=[Phase.generate])  # to make a failure smaller would take minutes
def test_the_reader_under_random_keys_looks_as_textuals_own_bytes_make_it(
    keys: list[str], path: Path, size: tuple[int, int]
) -> None:
    async def story() -> None:
        app = ReadingInBytesApp([path])
        app.driver_class = Recorded
        async with app.run_test(headless=False, size=size) as pilot:
            screen = app.reader
            assert isinstance(screen, ReadingInBytes)
            for key in ["", *keys]:
                await press(pilot, key, size)
                assert not screen.differences(), f"after {key!r}"

    asyncio.run(story())


async def press(pilot: Pilot[None], key: str, size: tuple[int, int]) -> None:
    if key == "resize":
        await pilot.resize_terminal(*(size if pilot.app.size != size else (100, 30)))
    elif key:
        await pilot.press(NAMES.get(key, key))
    await pilot.pause()


NAMES = {" ": "space", "?": "question_mark", "!": "exclamation_mark", ";": "semicolon", "+": "plus", "-": "minus"}

PRIVATE = [
    (textual.screen.Screen, "_compositor_refresh"),
    (textual.screen.Screen, "_extend_compose"),
    (textual.app.App, "_set_pointer_shape"),
    (textual.app.App, "_update_mouse_over"),
    (Compositor, "update_widgets"),
    (Compositor, "visible_widgets"),
    (LinuxDriver, "__init__"),
    (LinuxDriver, "start_application_mode"),
    (LinuxDriver, "stop_application_mode"),
    (LinuxDriver, "disable_input"),
    (LinuxDriver, "run_input_thread"),
    (LinuxDriver, "_sigcont_application"),
    (Parser, "feed"),
    (Parser, "tick"),
]
"""What display.py and driver.py stand in for, or lean on."""
READ = "cb2c8e5fe9199daf"


def test_the_private_parts_of_textual_are_those_that_were_read() -> None:
    assert f'"textual=={version("textual")}"' in (ROOT / "pyproject.toml").read_text()
    sources = []
    for owner, name in PRIVATE:
        part = getattr(owner, name, None)
        assert part is not None, f"Textual has no {owner.__name__}.{name} any more: read display.py and driver.py against it"
        sources.append(textwrap.dedent(inspect.getsource(getattr(part, "fget", None) or part)))
    found = hashlib.sha256("".join(sources).encode()).hexdigest()[:16]
    assert found == READ, (
        f"Textual {version('textual')} has changed {', '.join(name for _, name in PRIVATE)} or one of them: read display.py and "
        f"driver.py against it, then write {found} here"
    )
