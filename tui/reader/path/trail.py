"""Where the reader has been, and the way back and forth. Plain Python: a place is whatever the screen makes of it."""

from __future__ import annotations

from typing import Generic, TypeVar

P = TypeVar("P")


class Trail(Generic[P]):
    """Back and forward as in a browser: a new step from the middle forgets what lay ahead."""

    LIMIT = 500

    def __init__(self) -> None:
        self.behind: list[P] = []
        self.ahead: list[P] = []

    def leave(self, here: P) -> None:
        """Remember the present place. Call it just before going to a new one."""
        self.behind.append(here)
        del self.behind[: -self.LIMIT]
        self.ahead.clear()

    def back(self, here: P) -> P | None:
        """Return the place before this one, or None at the beginning."""
        return self._step(self.behind, self.ahead, here)

    def forward(self, here: P) -> P | None:
        return self._step(self.ahead, self.behind, here)

    def _step(self, source: list[P], other: list[P], here: P) -> P | None:
        if not source:
            return None
        other.append(here)
        return source.pop()
