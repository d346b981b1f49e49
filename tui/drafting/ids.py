"""Ids that a person can read, and that stay the same under small edits."""

from __future__ import annotations

import unicodedata

from tui.drafting.language import ENGLISH

_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
"""What an ASCII character is taken for: its small letter, the digit that it is, or a space."""
_BEGINNING = 60
"""The first words that say something mostly stand among so many characters."""


class Ids:
    """Gives every item of a draft an id of its own."""

    def __init__(self, taken: str) -> None:
        self._ids = {taken}
        self._taken: dict[str, int] = {}

    def make(self, kind: str, words: str) -> str:
        """Of the first of these words that say something. `kind` begins it; "" for an actor."""
        most = 3 if kind else 5
        said = _said(words[: words.find(" ", _BEGINNING) + 1])
        if len(said) < most:
            said = _said(words)
        name = "-".join(said[:most] or _plain(words)[:most])[:40].strip("-")
        base = f"{kind}-{name}" if kind and name else name or kind or "item"
        id = base
        while id in self._ids:
            self._taken[base] = self._taken.get(base, 1) + 1
            id = f"{base}-{self._taken[base]}"
        self._ids.add(id)
        return id


def _said(words: str) -> list[str]:
    """Return the words that say something."""
    return [word for word in _plain(words) if word not in ENGLISH.words_left_out_of_ids]


def _plain(words: str) -> list[str]:
    """Return the words in small letters, a to z, and digits."""
    if not words.isascii():
        words = unicodedata.normalize("NFKD", words)
    return words.encode("ascii", "ignore").translate(_LETTERS, b"'").decode().split()
