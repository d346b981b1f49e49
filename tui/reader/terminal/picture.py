"""What the terminal shows, cell by cell, and the fewest bytes that make it show something else. No Textual.

A picture holds two screens: the one wanted and the one that the terminal shows. `frame` writes the difference: only cells that
changed, by the shortest cursor moves, and of their look only what changed since the cell before. What is not known to be on
the terminal is never taken to be there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from tui.briefing.record import NamedTuple
from tui.reader.drawing import widths
from tui.reader.drawing.lines import guarded, one_cell_each
from tui.reader.terminal.capabilities import Terminal, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.color import Color
    from rich.style import Style

ATTRIBUTES = (("bold", 1, 22), ("dim", 2, 22), ("italic", 3, 23), ("underline", 4, 24), ("reverse", 7, 27), ("strike", 9, 29))
"""Of a style: its name, the number that begins it and the one that ends it (ECMA-48 SGR)."""
SEEN_ON_BLANKS = frozenset({4, 7, 9})

UNKNOWN, WIDE = "\0", ""
"""A cell that may hold anything, and the second cell of a wide character."""
NEAR = 4
"""So many unchanged cells of the same look are written again rather than jumped over."""


class Look(NamedTuple):
    """How a cell looks, in the terminal's own numbers."""

    attributes: frozenset[int] = frozenset()
    ink: str | None = ""
    """SGR parameters of the foreground, "" for the terminal's own; None where no ink is seen: on blanks."""
    ground: str = ""


class Ink(NamedTuple):
    """A style without Rich, which takes longer to load than a screen to draw. Colours: "#rrggbb", or names that Rich knows."""

    color: str = ""
    bgcolor: str = ""
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


BLANK = Look(ink=None)
Row = tuple[list[str], list[Look]]
Run = tuple[str, "Style | Ink | None"]


class Picture:
    def __init__(self, cells: int, rows: int, terminal: Terminal) -> None:
        self.cells, self.rows, self.terminal = cells, rows, terminal
        self._wanted: list[Row] = [self._row() for _ in range(rows)]
        self._shown: list[Row] = []
        self._touched: set[int] = set()
        self._looks: dict[Style | Ink | None, tuple[Look, Look]] = {}
        self._known = {BLANK: (BLANK, BLANK)}
        """Every look, each once, so that those that are equal are the same; and how a blank amid its words looks, for which
        the pen need not change."""
        self.cursor: tuple[int, int] | None = None
        """Where the terminal's own cursor goes when nothing is left to write: (cell, row)."""
        self.forget()

    def _row(self, character: str = " ", look: Look = BLANK) -> Row:
        return [character] * self.cells, [look] * self.cells

    def forget(self) -> None:
        """Forget what the terminal shows: the next frame is the whole picture."""
        self._shown = [self._row(UNKNOWN) for _ in range(self.rows)]
        self._touched = set(range(self.rows))
        self._unknown = True
        self._at: tuple[int, int] | None = None
        self._pen: Look | None = None

    # -- what is wanted -----------------------------------------------------------------------------------------------

    def fill(self, style: Style | Ink | None) -> None:
        """Fill the picture with blanks of this style."""
        _, blank = self._looks.get(style) or self._look(style)
        self._wanted = [self._row(look=blank) for _ in range(self.rows)]
        self._touched = set(range(self.rows))

    def put(self, y: int, x: int, runs: Iterable[Run], most: int = 1 << 30) -> None:
        """Put these runs of text in row `y` from cell `x` on, in at most `most` cells; what does not fit is left
        out."""
        if not 0 <= y < self.rows or not 0 <= x < self.cells:
            return
        characters, looks = self._cells(runs)
        count = min(len(characters), self.cells - x, most)
        if not count:
            return
        if len(characters) > count:
            _part(characters, count)
        row, dress = self._wanted[y]
        row, dress = row[:], dress[:]
        _part(row, x)
        if x + count < self.cells:
            _part(row, x + count)
        row[x : x + count], dress[x : x + count] = characters[:count], looks[:count]
        self._wanted[y] = (row, dress)
        self._touched.add(y)

    def _cells(self, runs: Iterable[Run]) -> Row:
        characters: list[str] = []
        looks: list[Look] = []
        for text, style in runs:
            look, blank = self._looks.get(style) or self._look(style)
            if not text.isprintable():
                text = guarded(text)
            if not self.terminal.unicode and not text.isascii():
                text = plain(text)
            if text.isascii() or _narrow(text):
                characters += text
                if " " not in text or blank is look:
                    looks += [look] * len(text)
                else:
                    looks += [blank if each == " " else look for each in text]
                continue
            for start, end, size in widths.written_whole(text):
                words = text[start:end]
                if size:
                    characters += [words, *[WIDE] * (size - 1)]
                    looks += [blank if words == " " else look] * size
                elif characters:  # marks of a letter that is in another style
                    at = len(characters) - 1
                    while characters[at] == WIDE:
                        at -= 1
                    characters[at] += words
        return characters, looks

    def _look(self, style: Style | Ink | None) -> tuple[Look, Look]:
        """Return how a style looks on this terminal, and how a blank of it does."""
        attributes = frozenset(
            on for name, on, _ in ATTRIBUTES if on in self.terminal.attributes and getattr(style, name, None)
        )
        ink = self._colour(style.color if style else None, True)
        ground = self._colour(style.bgcolor if style else None, False)
        look = Look(attributes, ink, ground)
        if look not in self._known:
            bare = look if attributes & SEEN_ON_BLANKS else Look(ink=None, ground=ground)
            blank, _ = self._known.setdefault(bare, (bare, bare))
            self._known[look] = (look, blank)
        self._looks[style] = self._known[look]
        return self._known[look]

    def _colour(self, colour: Color | str | None, foreground: bool) -> str:
        """Return the SGR parameters of a colour: the nearest that the terminal has."""
        if not colour or not self.terminal.colours:
            return ""
        if isinstance(colour, str):
            if colour[0] == "#" and self.terminal.colours > 256:
                red, green, blue = bytes.fromhex(colour[1:])
                return f"{38 if foreground else 48};2;{red};{green};{blue}"
            from rich.color import Color

            colour = Color.parse(colour)
        if colour.is_default:
            return ""
        from rich.color import ColorSystem

        system = {8: ColorSystem.STANDARD, 16: ColorSystem.STANDARD, 256: ColorSystem.EIGHT_BIT}
        codes = colour.downgrade(system.get(self.terminal.colours, ColorSystem.TRUECOLOR)).get_ansi_codes(foreground)
        if self.terminal.colours == 8 and len(codes) == 1:
            codes = (str(int(codes[0]) - 60 * (int(codes[0]) >= 90)),)
        return ";".join(codes)

    # -- what is written ----------------------------------------------------------------------------------------------

    def frame(self) -> str:
        """Return what makes the terminal show the picture; "" if it does already."""
        out: list[str] = []
        if cleared := self._unknown:
            self._clear(out)
        changed = sorted(y for y in self._touched if self._wanted[y] != self._shown[y])
        self._touched.clear()
        if self.terminal.scrolls and len(changed) > 3 and not cleared:
            changed = self._scroll(changed, out)
        for y in changed:
            self._write_row(y, out)
        if self.cursor:
            self._go(min(self.cursor[0], self.cells - 1), min(self.cursor[1], self.rows - 1), out)
        return "".join(out)

    def _clear(self, out: list[str]) -> None:
        """Begin with a blank screen, in the ground that most of it will have, if the terminal can."""
        worn = Counter(map(id, chain.from_iterable(dress[::8] for _, dress in self._wanted)))  # of a sample
        blank = max((look for look in self._known if look.ink is None), key=lambda look: worn[id(look)])
        if blank.attributes or not self.terminal.erases_in_colour:
            blank = BLANK
        out.append("\x1b[m")
        self._pen = Look()
        self._wear(blank, out)
        out.append("\x1b[H\x1b[2J")
        self._at = (0, 0)
        self._shown = [self._row(look=blank) for _ in range(self.rows)]
        self._unknown = False

    def _write_row(self, y: int, out: list[str]) -> None:
        row, dress = self._wanted[y]
        old, worn = self._shown[y]
        self._shown[y] = (row, dress)
        changed = [x for x, (new, was, look, wore) in enumerate(zip(row, old, dress, worn)) if new != was or look is not wore]
        if not changed:
            return
        doubt = min(_in_doubt(row), _in_doubt(old))
        if doubt < self.cells:  # from there on nothing is known to stand where it is taken to stand
            first = min(changed[0], doubt)
            self._write(y, first, self.cells, out, sure=False)
            return
        tail = self._blank_tail(row, dress)
        behind = [x for x in changed if x >= tail]
        if len(behind) > 3 and self._can_erase(dress[-1]):
            changed = changed[: len(changed) - len(behind)]
        else:
            behind = []
        for first, last in self._runs(changed, dress) if changed else ():
            self._write(y, first, last, out, sure=True)
        if behind:
            self._go(max(tail, behind[0] if not changed else tail), y, out)
            self._wear(dress[-1], out)
            out.append("\x1b[K")

    def _blank_tail(self, row: list[str], dress: list[Look]) -> int:
        """Return the cell from which on the row is blank, all in one look."""
        x, look = self.cells, dress[-1]
        while x and row[x - 1] == " " and dress[x - 1] is look:
            x -= 1
        return x

    def _can_erase(self, look: Look) -> bool:
        return look.ink is None and (not look.ground or self.terminal.erases_in_colour)

    def _runs(self, changed: Sequence[int], dress: list[Look]) -> list[tuple[int, int]]:
        """Return stretches [first, last) to be written; a short gap that needs no other pen is written over."""
        found: list[tuple[int, int]] = []
        first, last = changed[0], changed[0] + 1
        for x in changed[1:]:
            if x != last and (x - last > NEAR or not self._alike(dress[last - 1 : x + 1])):
                found.append((first, last))
                first = x
            last = x + 1
        return [*found, (first, last)]

    def _alike(self, looks: Sequence[Look]) -> bool:
        """Test whether all of these are the first, or blanks amid its words."""
        look, blank = self._known[looks[0]]
        return all(each is look or each is blank for each in looks)

    def _write(self, y: int, first: int, last: int, out: list[str], sure: bool) -> None:
        """Write cells [first, last) of a row, and no half of a wide character. `sure`: none of its widths is in doubt."""
        row, dress = self._wanted[y]
        while row[first] == WIDE:
            first -= 1
        while last < self.cells and row[last] == WIDE:
            last += 1
        x = first
        while x < last:
            end, (look, blank) = x + 1, self._known[dress[x]]
            certain = sure or not widths.disputed(row[x])
            while end < last and (
                (certain and (dress[end] is look or dress[end] is blank) and (sure or not widths.disputed(row[end])))
                or row[end] == WIDE
            ):
                end += 1
            self._go(x, y, out)
            self._wear(look, out)
            if not certain:  # as blanks first, so that nothing of before is left beside it
                out.append(" " * (end - x))
                self._at = (end, y) if end < self.cells else None
                self._go(x, y, out)
            out.append("".join(row[x:end]))
            self._at = (end, y) if certain and end < self.cells else None  # in the last column terminals differ
            x = end

    def _go(self, x: int, y: int, out: list[str]) -> None:
        if self._at == (x, y):
            return
        ways = ["\x1b[H" if x == y == 0 else f"\x1b[{y + 1}H" if x == 0 else f"\x1b[{y + 1};{x + 1}H"]
        if self._at:
            right, down = x - self._at[0], y - self._at[1]
            if down == 0:
                ways.append(_step(right, "C", "D"))
                ways.append("\r" + _step(x, "C", "D"))
            elif right == 0:
                ways.append(_step(down, "B", "A"))
            if 0 < down < 4 and x == 0:
                ways.append("\r" + "\n" * down)
        out.append(min(ways, key=len))
        self._at = (x, y)

    def _wear(self, look: Look, out: list[str]) -> None:
        """Change what differs between the pen and this look."""
        pen = self._pen
        if look.ink is None:  # no ink is seen, so the pen's may stay, and its weight with it
            look = Look(
                look.attributes | ((pen.attributes if pen else frozenset()) - SEEN_ON_BLANKS),
                pen.ink if pen else "",
                look.ground,
            )
        if pen == look:
            return
        whole = ["0", *map(str, sorted(look.attributes)), *filter(None, (look.ink, look.ground))]
        codes = ";".join(whole) if len(whole) > 1 else ""
        if pen and self.terminal.ends_attributes:
            gone = pen.attributes - look.attributes
            ended = {end for _, on, end in ATTRIBUTES if on in gone}
            begun = [on for _, on, end in ATTRIBUTES if on in look.attributes and (on not in pen.attributes or end in ended)]
            parts = [*map(str, sorted(ended)), *map(str, begun)]
            parts += [look.ink or "39"] * (look.ink != pen.ink) + [look.ground or "49"] * (look.ground != pen.ground)
            codes = min(codes, ";".join(parts), key=len) if codes else codes
        out.append(f"\x1b[{codes}m")
        self._pen = look

    # -- scrolling ----------------------------------------------------------------------------------------------------

    def _scroll(self, changed: list[int], out: list[str]) -> list[int]:
        """Scroll: if most of a band of rows is wanted some rows higher or lower than it is shown, have the terminal
        move it (DECSTBM with DL or IL, the way that the oldest terminals have too)."""
        top, bottom = changed[0], changed[-1]
        wanted = {y: _key(self._wanted[y]) for y in range(top, bottom + 1)}
        shown = {y: _key(self._shown[y]) for y in range(top, bottom + 1)}
        best = 0
        moved: list[int] = []
        for step in (step for size in range(1, bottom - top) for step in (size, -size)):
            found = [y for y in changed if top <= y + step <= bottom and wanted[y] == shown[y + step]]
            if len(found) > len(moved):
                best, moved = step, found
        if len(moved) < 3 or len(moved) * 2 < len(changed) - abs(best):
            return changed
        first, last = min(moved[0], moved[0] + best), max(moved[-1], moved[-1] + best)
        self._wear(Look(), out)
        out.append(f"\x1b[{first + 1};{last + 1}r\x1b[{first + 1}H\x1b[{abs(best)}{'M' if best > 0 else 'L'}\x1b[r")
        self._at = None
        band = self._shown[first : last + 1]
        blank = [self._row() for _ in range(abs(best))]
        self._shown[first : last + 1] = [*band[best:], *blank] if best > 0 else [*blank, *band[:best]]
        return [y for y in range(self.rows) if self._wanted[y] != self._shown[y]]


def _key(row: Row) -> int:
    return hash((*row[0], *row[1]))


def _step(cells: int, on: str, back: str) -> str:
    return "" if not cells else f"\x1b[{'' if abs(cells) == 1 else abs(cells)}{on if cells > 0 else back}"


@lru_cache(8192)
def _narrow(text: str) -> bool:
    """Test whether every character is one cell wide by itself."""
    return one_cell_each(text) or widths.one_cell_each(text)


def _in_doubt(row: list[str]) -> int:
    """Return the first cell whose width terminals may not agree on; the length of the row for none."""
    text = "".join(row)
    if text.isascii() or (len(text) + row.count(WIDE) == len(row) and not widths.any_disputed(text)):
        return len(row)
    return next((x for x, each in enumerate(row) if widths.disputed(each)), len(row))


def _part(row: list[str], at: int) -> None:
    """Let a character or word that crosses the edge before cell `at` go: neither part of it is shown."""
    if row[at] != WIDE:
        return
    first = at - 1
    while row[first] == WIDE:
        first -= 1
    last = at
    while last < len(row) and row[last] == WIDE:
        last += 1
    row[first:last] = " " * (last - first)
