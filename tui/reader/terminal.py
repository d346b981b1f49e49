"""What the terminal can do, as far as its name and the environment tell. No Textual, and nothing is asked of the terminal:
an answer would take a round trip of the line, and some never answer."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping

from tui.briefing.record import NamedTuple
from tui.reader import widths

ALL_ATTRIBUTES = frozenset({1, 2, 3, 4, 7, 9})


class Terminal(NamedTuple):
    colours: int = 1 << 24
    """0, 8, 16, 256 or 16 million."""
    attributes: frozenset[int] = ALL_ATTRIBUTES
    """SGR numbers that do here what ECMA-48 says."""
    ends_attributes: bool = True
    """Whether single attributes can be ended (22, 24, 27 …)."""
    erases_in_colour: bool = True
    """Whether what is erased takes the pen's ground ("bce" in terminfo)."""
    scrolls: bool = True
    """Whether rows can be moved within a region of the screen."""
    unicode: bool = True
    """Whether it shows more than ASCII."""
    modern: bool = True
    """Whether it can be asked for more than a VT220 knows: the mouse, pastes marked as such, keys told apart."""


def of(environment: Mapping[str, str] = os.environ) -> Terminal:
    name = environment.get("TERM", "")
    family = name.partition("-")[0]
    colours = 16
    if environment.get("NO_COLOR") or family in ("vt100", "vt102", "vt220", "vt320", "dumb", ""):
        colours = 0
    elif environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        colours = 1 << 24
    elif "256color" in name or "kitty" in name:
        colours = 256
    elif family == "linux":
        colours = 8
    attributes = ALL_ATTRIBUTES
    if family.startswith("vt"):
        attributes = frozenset({1, 4, 7})
    elif family == "screen":
        attributes -= {2, 3, 9}  # its 3 is standout, which looks as reverse does
    elif family == "linux":
        attributes -= {2, 3, 9}
    return Terminal(
        colours,
        attributes,
        ends_attributes=not family.startswith("vt"),
        erases_in_colour=family in ("xterm", "linux", "alacritty", "foot", "konsole", "rxvt"),
        unicode=not family.startswith("vt") and _unicode(environment),
        modern=not family.startswith("vt") and family != "linux",
    )


def _unicode(environment: Mapping[str, str]) -> bool:
    """By the locale, where one is named: without any, Python itself takes UTF-8 (and sets LC_CTYPE so, PEP 538)."""
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
    """In ASCII, in as many cells: stand-ins for glyphs and quotation marks, letters without their accents, else "?"."""
    found = []
    text = text.translate(STAND_INS)
    for start, end, size in widths.clusters(text):
        letter = unicodedata.normalize("NFKD", text[start:end])[:1]
        found.append(letter if size == 1 and letter.isascii() else "?" * size)
    return "".join(found)
