"""Which lines of a long list are in sight. Plain Python: rows have heights that are asked for only near the view.

A position is (row, line of that row); no line is ever counted from the beginning of the list.
"""

from __future__ import annotations

from collections.abc import Callable

Position = tuple[int, int]


class Window:
    """`count` rows, `page` lines of room, `height(row)` lines each (at least one)."""

    def __init__(self, count: int, page: int, height: Callable[[int], int]) -> None:
        self.count, self.page, self.height = count, page, height

    def lines(self, top: Position) -> list[Position]:
        """List the lines that are visible when this one is at the top."""
        found: list[Position] = []
        row, line = top
        while row < self.count and len(found) < self.page:
            height = self.height(row)
            found += [(row, at) for at in range(line, min(height, line + self.page - len(found)))]
            row, line = row + 1, 0
        return found

    def back(self, at: Position, lines: int) -> Position:
        """Go so many lines up, or to the very first."""
        row, line = at
        while lines > line and row > 0:
            lines -= line + 1
            row -= 1
            line = self.height(row) - 1
        return (row, max(0, line - max(0, lines)))

    def forward(self, at: Position, lines: int) -> Position:
        """Go so many lines down, or to the very last."""
        row, line = at
        while lines > 0 and self.count:
            left = self.height(row) - 1 - line
            if lines <= left:
                return (row, line + lines)
            if row == self.count - 1:
                return (row, line + left)
            lines -= left + 1
            row, line = row + 1, 0
        return (row, line)

    def filled(self, top: Position) -> Position:
        """Move the top into the list, or up if the rows below it would leave room empty."""
        if not self.count:
            return (0, 0)
        row = min(top[0], self.count - 1)
        top = (row, min(top[1], self.height(row) - 1))
        short = self.page - len(self.lines(top))
        return self.back(top, short) if short > 0 else top

    def showing(self, row: int, top: Position, context: int = 0) -> Position:
        """Return the top nearest to this one that shows the row, whole if it fits; `context` lines above it when it
        comes from far."""
        top = self.filled(top)
        if not self.count:
            return top
        height = self.height(row)
        inside = sum(at == row for at, _ in self.lines(top))
        if inside >= min(height, self.page):
            return top
        above = row < top[0] or (row == top[0] and top[1] > 0)
        if above or (not inside and row - top[0] > self.page):
            return self.filled(self.back((row, 0), context))
        return self.filled(self.back((row, min(height, self.page) - 1), self.page - 1))
