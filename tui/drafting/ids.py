"""Ids that a person can read, and that stay the same under small edits."""

from __future__ import annotations

import re
import unicodedata

_FEW = frozenset(
    "a an the of in on at to for and or but with by from as is are was were be been has have had will would it its this that these those he she they we i you not "
    "his her their our your my me him them us so if then than there what which who when very just about into over more all also can do does did".split()
)


class Ids:
    """Gives every item of a draft an id of its own."""

    def __init__(self, taken: str) -> None:
        self._ids = {taken}
        self._taken: dict[str, int] = {}

    def make(self, kind: str, words: str) -> str:
        """Of the first of these words that say something. `kind` begins it; "" for an actor."""
        if not words.isascii():
            words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
        plain = words.lower()
        every = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
        telling = [word for word in every if word not in _FEW] or every
        name = "-".join(telling[: 3 if kind else 5])[:40].strip("-")
        base = f"{kind}-{name}" if kind and name else name or kind or "item"
        id = base
        while id in self._ids:
            self._taken[base] = self._taken.get(base, 1) + 1
            id = f"{base}-{self._taken[base]}"
        self._ids.add(id)
        return id
