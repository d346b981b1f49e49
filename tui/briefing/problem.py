"""One finding about one place in one file, and the single line that tells a person about it.

Parser and checker both yield these; nothing in this package prints, and nothing stops at the first.
"""

from __future__ import annotations

import re

from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Severity: TypeAlias = 'Literal["error", "warning", "note"]'
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

# Code points that a terminal could obey, or that hide or reorder what is there. The reader shows marks for the same ones.
CONTROLS = (range(0x20), range(0x7F, 0xA0))
LINE_BREAKS = (range(0x2028, 0x202A),)
JOINERS = (range(0x200C, 0x200E),)
DIRECTIONS = (range(0x061C, 0x061D), range(0x200E, 0x2010), range(0x202A, 0x202F), range(0x2066, 0x206A))
UNSEEN = (
    *(range(code, code + 1) for code in (0x00AD, 0x180E, 0x200B, 0xFEFF)), range(0x2060, 0x2066), range(0x206A, 0x2070)
)  # fmt: skip
NO_TEXT = (range(0xD800, 0xE000), range(0xFFF9, 0xFFFC), range(0xE0000, 0xE0080))
"""Surrogates, which no UTF-8 holds; the marks of interlinear annotation; tags."""
UNSAFE = "".join(
    f"{chr(codes[0])}-{chr(codes[-1])}" for codes in (*CONTROLS, *LINE_BREAKS, *JOINERS, *DIRECTIONS, *UNSEEN, *NO_TEXT)
)
"""All of these, as the inside of a regular expression's brackets."""


def printable(text: str) -> str:
    """`text` with every character that a terminal could obey, or that hides what is there, written as an escape."""
    return re.sub(f"[{UNSAFE}]", lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


class Refused(Exception):
    """Wrong use or unreadable input. The message is one line, for the person who asked."""


class Place(NamedTuple):
    """Where something stands in a file: `line` and `column` count from 1, columns in code points; `end_*` is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Problem(NamedTuple):
    rule: str
    severity: Severity
    message: str
    hint: str
    path: str = ""
    place: Place = Place()
    item: str = ""
    """The id of the quote, event, actor or source concerned; "" when it is the file."""

    def __str__(self) -> str:
        where = f"{self.path}:{self.place.line}:{self.place.column}"
        return printable(f"{where}: {self.severity} {self.rule}: {self.message}; {self.hint}")
