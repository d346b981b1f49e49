"""One line of a page, and the characters that the parts of this folder share."""

from __future__ import annotations

import re

from tui.briefing.record import NamedTuple

HYPHEN = "\ufffe"
"""PDFium's character for a hyphen at the end of a line, part of the word or not."""
FILLED = "\v"
"""A blank that the file itself has at the end of a line, so that the next line begins a new word."""
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPT = str.maketrans("0123456789", RAISED)


class Line(NamedTuple):
    """A line, or a piece of one that a wide gap separates from the rest. Points, from the page's lower left corner."""

    x0: float
    x1: float
    y0: float
    """The bottom of most of its characters."""
    size: float
    """The height of most of its characters, ascent to descent."""
    text: str

    @property
    def y1(self) -> float:
        return self.y0 + self.size

    @property
    def words(self) -> str:
        """The text without what marks its end."""
        return self.text.rstrip("\v ")
