"""What the terminal can do, as far as its name and the environment tell. No Textual, and nothing is asked of the terminal:
an answer would take a round trip of the line, and some never answer."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping

from tui.briefing.record import NamedTuple
from tui.reader.drawing import widths

ALL_ATTRIBUTES = frozenset({1, 2, 3, 4, 7, 9})
FEW_ATTRIBUTES = ALL_ATTRIBUTES - {2, 3, 9}
"""Of the Linux console and GNU screen, whose 3 is standout and looks as reverse does."""
TRUE = 1 << 24


class Terminal(NamedTuple):
    """What one kind of terminal can do; the defaults are those of a modern one."""

    colours: int = TRUE
    """0, 8, 16, 256 or 16 million."""
    attributes: frozenset[int] = ALL_ATTRIBUTES
    """SGR numbers that do here what ECMA-48 says."""
    ends_attributes: bool = True
    """Whether single attributes can be ended (22, 24, 27 …)."""
    erases_in_colour: bool = True
    """Whether erased cells take the background of the pen ("bce" in terminfo)."""
    scrolls: bool = True
    """Whether rows can be moved within a region of the screen."""
    unicode: bool = True
    """Whether it shows more than ASCII."""
    modern: bool = True
    """Whether it can be asked for more than a VT220 knows: the mouse, pastes marked as such, keys told apart."""
    clipboard: bool = False
    """Whether it is known to take text by OSC 52."""


_CURRENT = Terminal(256, erases_in_colour=False, clipboard=True)
_IN_COLOUR = _CURRENT._replace(erases_in_colour=True)
_PLAIN = Terminal(16, erases_in_colour=False)
_VT = Terminal(0, frozenset({1, 4, 7}), ends_attributes=False, erases_in_colour=False, unicode=False, modern=False)
_SCREEN = Terminal(256, FEW_ATTRIBUTES, erases_in_colour=False)

KINDS = {
    "": _PLAIN._replace(colours=0),
    "alacritty": _IN_COLOUR,
    "contour": _CURRENT,
    "domterm": _IN_COLOUR._replace(clipboard=False),
    "dumb": _PLAIN._replace(colours=0),
    "foot": _IN_COLOUR,
    "ghostty": _CURRENT,
    "iterm": _IN_COLOUR,
    "kitty": _CURRENT,
    "konsole": _PLAIN._replace(erases_in_colour=True),
    "linux": Terminal(8, FEW_ATTRIBUTES, modern=False),
    "mintty": _IN_COLOUR,
    "ms-terminal": _IN_COLOUR,
    "nsterm": _IN_COLOUR._replace(clipboard=False),
    "rio": _CURRENT,
    "rxvt": _PLAIN._replace(erases_in_colour=True),
    "rxvt-unicode": _PLAIN._replace(erases_in_colour=True, clipboard=True),
    "screen": _SCREEN,
    "st-": _IN_COLOUR,
    "termite": _CURRENT._replace(clipboard=False),
    "tmux": _CURRENT,
    "vt100": _VT,
    "vt102": _VT,
    "vt220": _VT,
    "vt320": _VT,
    "wezterm": _CURRENT,
    "xterm": _PLAIN._replace(erases_in_colour=True, clipboard=True),
    "xterm-ghostty": _IN_COLOUR,
    "xterm-kitty": _IN_COLOUR,
    "xterm-termite": _IN_COLOUR._replace(clipboard=False),
}
"""What TERM begins with → what that kind can do, at least; the longest beginning counts. Colours and "bce" are those of
terminfo's entries, where it has one. A name with "256color" or "direct" in it has more colours than its kind."""


def of(environment: Mapping[str, str] = os.environ) -> Terminal:
    name = environment.get("TERM", "")
    begins = [each for each in KINDS if each and name.startswith(each)]
    found = KINDS[max(begins, key=len)] if begins else KINDS[""] if not name else _PLAIN
    colours = found.colours
    if in_screen(environment):
        found, colours = _SCREEN, 256
    elif colours and ("direct" in name or environment.get("COLORTERM", "").lower() in ("truecolor", "24bit")):
        colours = TRUE
    elif colours and "256color" in name:
        colours = 256
    if environment.get("NO_COLOR"):
        colours = 0
    unicode = found.unicode and _unicode(environment)
    return found._replace(colours=colours, unicode=unicode, clipboard=found.clipboard or _in_tmux(environment))


def _in_tmux(environment: Mapping[str, str]) -> bool:
    name = environment.get("TERM", "")
    return name.startswith("tmux") or (name.startswith("screen") and "TMUX" in environment)


def in_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Test whether GNU screen is in between: it shows at most 256 colours, and reads 24-bit ones as dim and bold."""
    return not _in_tmux(environment) and (environment.get("TERM", "").startswith("screen") or "STY" in environment)


def _unicode(environment: Mapping[str, str]) -> bool:
    """Test the locale, if one is named: without any, Python itself takes UTF-8 (and sets LC_CTYPE so, PEP 538)."""
    named = environment.get("LC_ALL") or environment.get("LANG") or environment.get("LC_CTYPE") or "C.UTF-8"
    if not environment.get("LC_ALL") and environment.get("LC_CTYPE", "C.UTF-8") != "C.UTF-8":
        named = environment["LC_CTYPE"]
    return "utf-8" in named.lower() or "utf8" in named.lower()


STAND_INS = {
    ord(glyph): ascii_
    for glyphs, ascii_ in (
        ("“”„«»″", '"'), ("‘’‚′`", "'"), ("–—‐‑−─━▃▄", "-"), ("│▏┃", "|"), ("├┤┼┬┴└┘┌┐╪◆", "+"), ("•∙", "*"), ("▌▸›▶", ">"),
        ("‹◂◀", "<"), ("▁▂", "_"), ("═▅▆", "="), ("▇█▀¶", "#"), ("○", "o"), ("●", "0"), ("◉", "@"), ("·", "."), ("…", "~"),
        ("╞", "["), ("╡", "]"), ("▲", "^"), ("▼", "v"), ("×", "x"), ("ß", "s"), ("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"),
        ("đ", "d"), ("Đ", "D"), ("ı", "i"), ("€", "E"), ("£", "L"),
    )
    for glyph in glyphs
}  # fmt: skip
"""One character of ASCII for each glyph of the screen, and for the letters that have no plain one within them."""


def plain(text: str) -> str:
    """Write text in ASCII, in as many cells: stand-ins for glyphs and quotation marks, letters without accents, else
    "?"."""
    found = []
    text = text.translate(STAND_INS)
    for start, end, size in widths.clusters(text):
        letter = unicodedata.normalize("NFKD", text[start:end])[:1]
        found.append(letter if size == 1 and letter.isascii() else "?" * size)
    return "".join(found)
