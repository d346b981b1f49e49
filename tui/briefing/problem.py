"""One finding about one place in one file, and the single line that tells a person about it.

Parser and checker both yield these; nothing in this package prints, and nothing stops at the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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

_SHAPED = (
    "\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
_EMOJI = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
SPELLING = f"(?<=[{_SHAPED}])[\u200c\u200d](?![\u200c\u200d])|(?<![^\\s])\u200d(?=[{_SHAPED}])"
"""Joiners that are part of how a word is spelled: after a letter of a script whose letters change shape (Arabic, the scripts
of India, Tibetan, Khmer, Mongolian …), and before such a letter at the beginning of a word."""
JOINING = f"{SPELLING}|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
"""These, and joiners that make one emoji of two. Any other joiner only hides something."""
HIDING = f"(?!{JOINING})[\u200c\u200d]"
"""A joiner that only hides something."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
PILE = f"([{_MARKS}]{{4}})[{_MARKS}]+"
"""More than four combining marks on one letter."""
_HIGH_PILE = f"([{_MARKS}]{{8}})([{_MARKS}]+)"
"""More than any language writes: pointed Hebrew has up to five."""


def printable(text: str) -> str:
    """Escape every character of `text` that a terminal could obey, or that hides what is there, and keep at most
    eight combining marks on a letter: the others are counted."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_HIGH_PILE, lambda found: f"{found[1]}[+{len(found[2])} marks]", text)
    return re.sub(f"(?!{JOINING})[{UNSAFE}]", lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


class Refused(Exception):
    """Wrong use or unreadable input. The message is one line, for the person who asked."""


class Place(NamedTuple):
    """Where something is in a file: `line` and `column` count from 1, columns in code points; `end_*` is exclusive."""

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
    """"" if no file is concerned, but an option."""
    place: Place = Place()
    item: str = ""
    """The id of the quote, event, actor or source concerned; "" when it is the file."""

    def __str__(self) -> str:
        where = f"{self.path}:{self.place.line}:{self.place.column}: " if self.path else ""
        return printable(f"{where}{self.severity} {self.rule}: {self.message}; {self.hint}")


def worst_first(found: Iterable[Problem]) -> list[Problem]:
    """Sort errors before warnings before notes; those of one severity stay in order."""
    return sorted(found, key=lambda problem: SEVERITIES.index(problem.severity))


def counted(count: int, name: str) -> str:
    """Say how many there are: "1 quote", "2 quotes"."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"
