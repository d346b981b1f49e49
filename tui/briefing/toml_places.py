"""Where each value of a TOML text is: tomli reads the values and keeps no positions, and stops at the first error.

A scanner that knows strings, comments, brackets and headers, and nothing of what values mean. It never fails: what it
cannot make out it steps over, so that a file with errors still gives the places of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_KEY = r'(?:[A-Za-z0-9_-]+|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\'[^\'\n]*\')'
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
# Unrolled, so that a string without an end is given up in linear time.
_STRING = (
    r'"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*"{3,5}'
    r"|'{3}[^']*(?:'(?!'')[^']*)*'{3,5}"
    r'|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'(?!'')[^'\n]*'"
)


def values(text: str) -> dict[str, Any]:
    """Read values as tomli does. Raises tomli.TOMLDecodeError, also for a number of more digits than Python writes,
    and RecursionError."""
    import tomli

    long = re.search(_LONG, text) if "0x" in text or "0o" in text or "0b" in text else None
    try:
        found = tomli.loads(text)
        if not long or not _too_long(found):
            return found
    except tomli.TOMLDecodeError:
        raise
    except ValueError:
        long = re.search(_LONG, text)
    raise tomli.TOMLDecodeError("a number has too many digits", text, long.start() if long else 0)


_LONG = r"\b(?:0[xob])?[0-9a-fA-F_]{3500,}"
_MOST_BITS = 14_000


def _too_long(value: object) -> bool:
    if isinstance(value, (dict, list)):
        return any(map(_too_long, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) and value.bit_length() > _MOST_BITS


class _Tokens:
    """Compiled when a place is first asked for, which costs some ms: most files have nothing to point at."""

    def __init__(self) -> None:
        self.usual = re.compile(
            r'(?P<brackets>\[\[?)(?P<name>[A-Za-z0-9_-]+)\]\]?$|'
            r'(?P<key>[A-Za-z0-9_-]+) = (?P<value>"(?!"")[^"\\\n]*")', re.M
        )  # fmt: skip
        """How most lines are written: found in one step, in half the time."""
        self.key = re.compile(_KEY)
        self.dotted = re.compile(_DOTTED)
        self.blank = re.compile(r"(?:[ \t\n]+|#[^\n]*)+")
        self.header = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?[ \t]*(?:#[^\n]*)?$", re.M)
        self.equals = re.compile(r"[ \t]*=[ \t]*")
        self.string = re.compile(_STRING)
        self.inside = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}}]")
        self.scalar = re.compile(r"[^\s,#\]}]+(?: \d\d:[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?")
        self.line = re.compile(r"[^\n]*\n?")


@lru_cache(1)
def _tokens() -> _Tokens:
    return _Tokens()


class Statement(NamedTuple):
    """A header (`value` is its name's span) or a `key = value`; spans are (start, end) offsets, ends exclusive."""

    header: str
    """"" for a key, "[" or "[[" for a header."""
    key: tuple[str, ...]
    span: tuple[int, int]
    value: tuple[int, int]


def statements(text: str, start: int = 0, end: int | None = None) -> Iterator[Statement]:
    at, end = start, len(text) if end is None else end
    tokens = _tokens()
    while at < end:
        blank = tokens.blank.match(text, at, end)
        if blank:
            at = blank.end()
            continue
        usual = tokens.usual.match(text, at, end)
        if usual:
            name = "name" if usual["name"] else "key"
            value = usual.span("value") if name == "key" else usual.span("name")
            yield Statement(usual["brackets"] or "", (usual[name],), usual.span(), value)
            at = usual.end()
            continue
        header = tokens.header.match(text, at, end)
        if header:
            yield Statement(header[1], _parts(header[2]), header.span(), header.span(2))
            at = header.end()
            continue
        key = tokens.dotted.match(text, at, end)
        equals = tokens.equals.match(text, key.end(), end) if key else None
        stop = _value_end(text, equals.end(), end) if equals else -1
        if key and equals and stop > equals.end():
            yield Statement("", _parts(key.group()), (at, stop), (equals.end(), stop))
            at = stop
        elif equals and text.startswith(('"""', "'''"), equals.end()):
            following = tokens.header.search(text, equals.end(), end)  # a string that never ends: go on at the next header
            at = following.start() if following else end
        else:
            line = tokens.line.match(text, at, end)
            at = line.end() if line else end


def closing(text: str, start: int) -> int:
    """Return the offset of the first line that is exactly `+++` at or after `start` and outside a string; -1 if there
    is none."""
    at = text.find("+++", start)
    while at >= 0 and not (text[at - 1 : at] in ("", "\n") and text[at + 3 : at + 4] in ("", "\n")):
        at = text.find("+++", at + 1)
    if at >= 0 and text.find("'''", start, at) < 0 and text.find('"""', start, at) < 0:
        return at
    for token in re.compile(rf"{_STRING}|#[^\n]*|^\+\+\+$", re.M).finditer(text, start):
        if token.group() == "+++":
            return token.start()
    return -1


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(_name(part.group()) for part in _tokens().key.finditer(dotted))


def _name(key: str) -> str:
    if "\\" not in key or key[0] != '"':
        return key[1:-1] if key[0] in "\"'" else key
    try:
        return next(iter(values(f"{key}=0")))  # escapes in a key: hardly ever
    except ValueError:
        return key[1:-1]


def _value_end(text: str, at: int, end: int) -> int:
    """Return the offset after the value that begins at `at`, or -1 if it has no end."""
    string = _tokens().string.match(text, at, end)
    if string:
        return string.end()
    if text.startswith(('"""', "'''"), at):
        return -1
    if text[at : at + 1] in ("[", "{"):
        depth = 0
        for token in _tokens().inside.finditer(text, at, end):
            if token.group() in ("[", "{"):
                depth += 1
            elif token.group() in ("]", "}"):
                depth -= 1
                if not depth:
                    return token.end()
        return -1
    scalar = _tokens().scalar.match(text, at, end)
    return scalar.end() if scalar else -1
