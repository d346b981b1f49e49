"""What stands between Textual and the terminal: the same screen as Textual would paint, and the private parts that it uses."""

from __future__ import annotations

import hashlib
import inspect
import textwrap
from importlib.metadata import version
from pathlib import Path

import pytest
import textual.app
import textual.screen
from textual._compositor import Compositor
from textual._parser import Parser
from textual.drivers.linux_driver import LinuxDriver

from tests.conftest import ARTICLE, BRIEFINGS, ROOT
from tui.library.state import State
from tui.reader.app import ReaderApp
from tui.reader.picture import Picture
from tui.reader.reading import ReadingScreen
from tui.reader.terminal import Terminal
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
        return Both(self.reading, State(state_folder() / "state.db"))


KEYS = "3jj4j2j 3 5wwz?q!qzzTTT4+-0vjv2vjv;q1fi"


@pytest.mark.parametrize("size", [(120, 40), (160, 50), (80, 24), (40, 12)])
@pytest.mark.parametrize("path", [ARTICLE, BRIEFINGS[-1]], ids=lambda path: path.stem)
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


NAMES = {" ": "space", "?": "question_mark", "!": "exclamation_mark", ";": "semicolon", "+": "plus", "-": "minus"}

PRIVATE = [
    (textual.screen.Screen, "_compositor_refresh"),
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
READ = "9bf166324a4a156c"


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
