"""One finding about one place in one file, and the single line that tells a person about it.

Parser and checker both yield these; nothing in this package prints, and nothing stops at the first.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def printable(text: str) -> str:
    """`text` with every character that a terminal could obey, or that hides what is there, written as an escape."""
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


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
