"""The first words: what is certain of a briefing's screen, shown while the rest of the program is still being loaded.

Textual takes 200-300 ms to load; the head line and the summary take a fraction of that. They are drawn where the first frame
will have them, in its colours and by the functions that draw it, and the picture of them is handed on, so that the first
frame writes only what differs. Keys typed meanwhile wait in the terminal. No Textual.
"""

from __future__ import annotations

import os
import re
import signal
import termios
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tui.briefing.files import there
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.briefing.summary import links
from tui.reader.drawing import opening
from tui.reader.drawing.glyphs import CURSOR, OTHER_CURSOR
from tui.reader.drawing.lines import Line, Piece, bounded, lit
from tui.reader.path.plan import SOURCE, SUMMARY, left_at
from tui.reader.terminal import capabilities as terminal
from tui.reader.terminal.picture import Ink, Picture

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ENDS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
_RULE = re.compile(r"^([^{}/]+?)\s*\{([^}]*)\}", re.M)
_CLASS = re.compile(r"^(?:ReaderApp:(\w+)\s+)?\.pane--(\w+)$")


class FirstWords:
    """What has been done to the terminal: `picture` is on its alternate screen, and its modes were `attributes`."""

    def __init__(self, picture: Picture, reading: Reading) -> None:
        self.picture, self.reading = picture, reading
        self.attributes: list[Any] = termios.tcgetattr(0)
        modes = [*self.attributes]
        modes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(0, termios.TCSANOW, modes)
        for number in ENDS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)
        os.write(2, f"\x1b[?1049h\x1b[?25l\x1b[?7l{picture.frame()}".encode("utf-8", "replace"))

    def _end(self, number: int, _: object) -> None:
        self.give_back()
        os._exit(128 + number)

    def give_back(self) -> None:
        """Restore the terminal, which nobody takes over."""
        with suppress(OSError):
            os.write(2, b"\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h")
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, self.attributes)


def show(reading: Reading, theme: str, at: int, of: int, place: Mapping[str, object]) -> FirstWords | None:
    """Draw them. `place`: where this briefing was left; `at`, `of`: which it is of how many. None where it is not certain
    how they would look, or there is no room for them."""
    try:
        cells, rows = os.get_terminal_size(2)
    except OSError:
        return None
    styles = _styles(theme)
    if not styles or cells < 20 or rows < 6 or not reading.parsed.readable:
        return None
    picture = Picture(cells, rows, terminal.of())
    picture.fill(styles["text"])
    for y, x, line in _lines(reading, cells, rows, at, of, place):
        picture.put(y, x, ((bounded(piece.text), styles[piece.style]) for piece in line))
    return FirstWords(picture, reading)


class Placed(NamedTuple):
    y: int
    x: int
    line: Line


def _lines(reading: Reading, cells: int, rows: int, at: int, of: int, place: Mapping[str, object]) -> list[Placed]:
    found = [Placed(0, 0, opening.head(reading, 0, "", at, of, cells))]
    room = opening.summary_room(cells, rows)
    across = opening.layout(cells, rows)
    pane, refs = left_at(place)
    pane = pane or SUMMARY
    if not reading.drafted or (across == "one" and pane != SUMMARY) or (across == "two" and pane == SOURCE):
        return found  # another pane stands where the summary would
    y = room.y
    if not room.bare:
        found.append(Placed(y, room.x, opening.title("1 Summary", "", "", pane == SUMMARY, room.cells)))
        y += 1
    if refs.get(SUMMARY, "0") != "0":
        return found  # it was left further down
    summary = opening.summary_rows(reading, min(opening.measure(room.cells), opening.MEASURE))
    chosen = [link for link in links(reading.briefing.summary)[:1] if summary and 0 in summary[0].begins]
    for number, row in enumerate(summary[: room.y + room.rows - y]):
        cursor = Piece(CURSOR, "cursor") if pane == SUMMARY else Piece(OTHER_CURSOR, "quiet")
        cursor = Piece(" ") if number else cursor
        line = row.line if number else lit(row.line, [(link.start, link.end, "chosen") for link in chosen])
        found.append(Placed(y + number, room.x, (cursor, Piece(" " * (opening.GUTTER - 1)), *line)))
    return found


def _styles(theme: str) -> dict[str, Ink] | None:
    """Read the styles of the stylesheet by name, in the colours of a theme; None if that takes more than reading."""
    import tomli

    from tui.settings import bundled, config_folder

    folders = (config_folder() / "themes", bundled() / "themes")  # a person's own replaces a bundled one
    named = next((path for folder in folders if there(path := folder / f"{theme}.toml") == "file"), None)
    try:
        colours = tomli.loads(named.read_text("utf-8")) if named else {}
        sheet = (Path(__file__).parent.parent / "reader.tcss").read_text("utf-8")
    except (OSError, ValueError):
        return None
    seen = {"ansi": bool(colours.get("ansi")), "nocolor": bool(os.environ.get("NO_COLOR"))}
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(sheet):
        declared = dict(part.split(":", 1) for part in body.replace(" ", "").split(";") if ":" in part)
        if "text-style" in declared:
            declared["text-style"] = body.partition("text-style:")[2].partition(";")[0].strip()
        for selector in selectors.split(","):
            match = _CLASS.match(selector.strip())
            if match and (not match[1] or seen.get(match[1])):
                rules.setdefault(match[2], {}).update(declared)
    try:
        ground = _colour(colours, rules["text"]["background"])
        return {
            name: Ink(
                _colour(colours, rule.get("color", "$foreground")),
                _colour(colours, rule["background"]) if "background" in rule else ground,
                **dict.fromkeys(rule.get("text-style", "").split(), True),
            )
            for name, rule in rules.items()
        }
    except (KeyError, ValueError, TypeError):
        return None


def _colour(colours: Mapping[str, object], value: str) -> str:
    """Convert a colour. Raises ValueError for one that only Textual knows."""
    colour = colours[value.removeprefix("$")]
    if isinstance(colour, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return colour
    if isinstance(colour, str) and colour.startswith("ansi_"):
        return colour.removeprefix("ansi_")
    raise ValueError(colour)
