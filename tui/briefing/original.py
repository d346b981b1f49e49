"""A source text that was taken from another document: what its front matter says about that document, and its pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tui.briefing import toml_places
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

    def _numbers(self, start: int, end: int) -> tuple[int, int]:
        """Return which pages, from 0, the first and the last of these characters are on."""
        last = len(self._original.pages) - 1 if self._original else 0
        return min(bisect_right(self._ends, start), last), min(bisect_right(self._ends, max(start, end - 1)), last)
