"""A source text that was taken from another document: what its front matter says about that document, and its pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from tui.briefing import toml_places
from tui.briefing.document import Span
from tui.briefing.files import Unreadable, body_of, inside, read_bytes, real
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

PAGE_END = "\f"


class Original(NamedTuple):
    path: str
    """From the folder of the text."""
    sha256: str
    """Of the document's bytes."""
    extractor: str
    pages: tuple[str, ...] = ()
    """The label of each page; empty if the document has none."""
    unit: str = ""
    """What a page is: "page", "message" or "time"."""

    def status(self, text: Path, within: tuple[Path, ...]) -> tuple[Literal["same", "changed", "missing"], str]:
        """Compare the document with its hash: (status, why it is missing). `text`: the path of the text; `within`: real
        paths of the folders that may be read."""
        import hashlib

        path = real(text.parent / self.path)
        if not inside(path, within):
            return "missing", f"{self.path} is outside the briefing's folder and its library"
        try:
            data = read_bytes(path, within)
        except Unreadable as refusal:
            return "missing", refusal.message
        return ("same" if hashlib.sha256(data).hexdigest() == self.sha256 else "changed"), ""


def original_of(text: str) -> Original | None:
    """Return the document that a text was taken from; None if it is a text of its own."""
    return _original(text[: body_of(text)]) if text.startswith("+++\n") and "\noriginal" in text else None


@lru_cache(64)
def _original(head: str) -> Original | None:
    try:
        said: Mapping[str, Any] = toml_places.values(head.strip().removeprefix("+++").removesuffix("+++"))
    except (ValueError, RecursionError):
        return None
    path, sha256, extractor, unit = (said.get(key, "") for key in ("original", "original_sha256", "extractor", "unit"))
    if not (path and all(isinstance(each, str) for each in (path, sha256, extractor, unit)) and "\0" not in path):
        return None
    pages = said.get("pages", [])
    labels = tuple(map(str, pages)) if isinstance(pages, list) else ()
    return Original(path, sha256, extractor, labels, unit)


@lru_cache(64)
def pages_of(text: str) -> Pages:
    return Pages(text)


class Pages:
    """Where the pages of a text begin."""

    def __init__(self, text: str) -> None:
        self._original = original_of(text)
        self._body, self._size = body_of(text) if self._original else 0, len(text)
        self._ends = [found.start() for found in re.finditer(PAGE_END, text)] if self._original else []

    def label(self, start: int, end: int) -> str:
        """Return where the characters from `start` to `end` (exclusive) are, for a citation: "p. 12", "pp. 12-13",
        "p. iv (sheet 6 of 40)", "message 2", "00:12:03"; "" in a text without pages."""
        original = self._original
        if not original or not original.pages:
            return ""
        first, last = self._numbers(start, end)
        one, two = original.pages[first], original.pages[last]
        if original.unit != "page":
            return one if one == two else f"{one} - {two}"
        if one != two:
            return f"pp. {one}-{two}"
        sheet = "" if one == str(first + 1) else f" (sheet {first + 1} of {len(original.pages)})"
        return f"p. {one}{sheet}"

    def printed(self, start: int, end: int) -> str:
        """Return the labels of the pages alone, as reference managers want them: "12", "12-13"; "" if the text has no
        pages, or they are messages or times."""
        original = self._original
        if not original or not original.pages or original.unit != "page":
            return ""
        first, last = self._numbers(start, end)
        one, two = original.pages[first], original.pages[last]
        return one if one == two else f"{one}-{two}"

    def sheet(self, start: int) -> int:
        """Return the number, from 1, of the sheet that a character is on; 0 if the text has no pages of paper."""
        original = self._original
        return self._numbers(start, start + 1)[0] + 1 if original and original.pages and original.unit == "page" else 0

    @property
    def unit(self) -> str:
        """Return what a page is: "page", "message" or "time"; "" in a text without pages."""
        return self._original.unit if self._original and self._original.pages else ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return what each page is called where it begins: "p. 12", "message 2", "00:12:03"."""
        lead = "p. " if self.unit == "page" else ""
        return tuple(f"{lead}{label}" for label in self._original.pages) if self._original else ()

    def beginning(self, start: int, end: int) -> list[tuple[int, str]]:
        """List the pages that begin from `start` to `end` (exclusive): where, and the name of each. The first page of
        the text is not listed: nothing ends before it."""
        first, last = bisect_left(self._ends, start), bisect_left(self._ends, end)
        return list(zip(self._ends[first:last], self.names[first + 1 : last + 1]))

    def find(self, typed: str, after: int) -> Span:
        """Return where the page is that a person calls so: by its label, a message by its number, a time by any time
        from which on it is. Of several pages of one label, return the next after the position `after`, else the
        first. Raises LookupError with the reason if there is none."""
        pages = self._original.pages if self._original else ()
        if not pages:
            raise LookupError("has no pages")
        known = [at for at, label in enumerate(pages) if label.strip().casefold() == typed.casefold()]
        if not known and self.unit == "message" and typed.isascii() and typed.isdecimal() and 0 < int(typed[:9]) <= len(pages):
            known = [int(typed[:9]) - 1]
        elif not known and self.unit == "time" and (time := _clock(typed)):
            known = [max((at for at, label in enumerate(pages) if _clock(label) <= time), default=0)]
        if not known:
            many = pages[0] if len(pages) == 1 else f"{pages[0]} to {pages[-1]}"
            raise LookupError(f"has no {self.unit} {typed}: it has {many}")
        here = self._numbers(after, after)[0]
        at = next((each for each in known if each > here), known[0])
        begins = self._ends[at - 1] if 0 < at <= len(self._ends) else self._body if not at else self._size
        return Span(begins, self._ends[at] if at < len(self._ends) else self._size)

    def _numbers(self, start: int, end: int) -> tuple[int, int]:
        """Return which pages, from 0, the first and the last of these characters are on."""
        last = len(self._original.pages) - 1 if self._original else 0
        return min(bisect_right(self._ends, start), last), min(bisect_right(self._ends, max(start, end - 1)), last)


def _clock(words: str) -> tuple[int, ...]:
    """Read a time such as "1:02" (minutes and seconds) or "00:01:02" as hours, minutes and seconds; () for none."""
    if not re.fullmatch("[0-9]{1,3}(:[0-9]{2}){1,2}", words):
        return ()
    parts = [int(part) for part in words.split(":")]
    return (*[0] * (3 - len(parts)), *parts)
