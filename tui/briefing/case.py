"""A reading under examination: what several of the checker's rules ask of it, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from tui.briefing.anchor import Near, Text, nearest
from tui.briefing.document import AnyItem, Briefing, Event, Quote, Source
from tui.briefing.files import SourceText, Unreadable, locate, reach, real
from tui.briefing.original import original_of
from tui.briefing.problem import Problem, Severity
from tui.briefing.proof import Reading, open_briefing
from tui.briefing.summary import Link, blocks

SEARCHES = 20
"""So many nearest passages are searched for: each may take 0.2 s, and a source that changed loses every quote at once."""

WINDOW = 65_536
"""How far to search for words that the summary writes differently than it is read, as links in marks."""


Read = Callable[[Path], Reading]
"""How the briefings that links lead to are opened; as `open_briefing`, raises Unreadable."""


Compare = Callable[[Path, str, tuple[Path, ...]], tuple[str, str]]
"""(a text's path, the text, folders that may be read) -> ("missing", "changed", "differs", "same" or "", why)."""


def compare_hash(path: Path, text: str, within: tuple[Path, ...]) -> tuple[str, str]:
    """Compare the document that a text was taken from with its hash. "" if the text is taken from none."""
    original = original_of(text)
    return original.status(path, within) if original else ("", "")


class Case:
    def __init__(
        self, reading: Reading, searches: int = SEARCHES, read: Read = open_briefing, compare: Compare = compare_hash
    ) -> None:
        self.reading = reading
        self.compare = compare
        self.briefing: Briefing = reading.briefing
        self.places = reading.parsed.places
        self.searches = searches
        self._said: dict[str, int] = {}
        """By rule, where its last problem in the summary was: its next one is after it."""
        self._elsewhere: dict[str, Briefing | str] = {}
        self._originals: dict[Path, tuple[str, str]] = {}
        self._read = read

    def original(self, read: SourceText) -> tuple[str, str]:
        """Compare a source with the document that it was taken from."""
        if read.path not in self._originals:
            within = reach(real(self.reading.path).parent, self.reading.roots)
            self._originals[read.path] = self.compare(read.path, read.text.text, within)
        return self._originals[read.path]

    def problem(
        self, rule: str, severity: Severity, message: str, hint: str, item: AnyItem | None = None, key: str = "id"
    ) -> Problem:
        place = self.places.of(item, key) if item else self.places.place(("", 0), key)
        return Problem(rule, severity, message, hint, str(self.reading.path), place, item.id if item else "")

    def in_summary(self, rule: str, severity: Severity, message: str, hint: str, block: int, find: str = "") -> Problem:
        """Make a problem at the next place of `find` in a block of the summary, or where the block begins."""
        start, end = self._block_bounds[block]
        after = max(start, self._said.get(rule, 0))
        at = self.places.text.find(find, after, min(end, after + WINDOW)) if find else -1
        if at >= 0:
            self._said[rule] = at + len(find)
        place = self.places.at(start) if at < 0 else self.places.at(at, at + len(find))
        return Problem(rule, severity, message, hint, str(self.reading.path), place)

    @cached_property
    def _block_bounds(self) -> list[tuple[int, int]]:
        """Return where in the file each block of the summary begins, and where the next one does."""
        text, at = self.places.text, self.places.summary_start
        while text.startswith("\n", at):
            at += 1
        lines = [at]
        while (at := text.find("\n", at) + 1) > 0:
            lines.append(at)
        starts = [lines[min(block.line, len(lines) - 1)] for block in blocks(self.briefing.summary)]
        ends = [len(text)] * len(starts)
        for i in range(len(starts) - 2, -1, -1):
            ends[i] = starts[i + 1] if starts[i + 1] > starts[i] else ends[i + 1]
        return list(zip(starts, ends))

    def parsed(self, rule: str) -> Iterator[Problem]:
        return (problem for problem in self.reading.parsed.problems if problem.rule == rule)

    def unproven(self, kind: type[Quote] | type[Event], status: str) -> Iterator[Quote | Event]:
        for item in self.briefing.anchored:
            if isinstance(item, kind) and self.reading.anchor(item).status == status:
                yield item

    def refused(self, rule: str) -> Iterator[tuple[Source, Unreadable]]:
        """Yield the sources that were not read, or not whole, for this reason."""
        for source in self.briefing.sources:
            read = self.reading.sources.get(source.id)
            refusal = read.lossy if isinstance(read, SourceText) else read
            if refusal and refusal.rule == rule:
                yield source, refusal

    def nearest(self, segment: str, text: Text) -> Near | None:
        """Find the nearest passage, as `anchor.nearest` does, while `searches` lasts; then None."""
        self.searches -= 1
        return nearest(segment, text) if self.searches >= 0 else None

    # -- where links lead ---------------------------------------------------------------------------------------------

    def linked(self, link: Link) -> AnyItem | None:
        """Return the item that a link leads to, in this briefing or another."""
        briefing = self.elsewhere(link.file) if link.file else self.briefing
        return briefing.by_id.get(link.id) if isinstance(briefing, Briefing) else None

    def elsewhere(self, file: str) -> Briefing | str:
        """Read another file as a briefing; or say what is wrong with it."""
        if file not in self._elsewhere:
            try:
                self._elsewhere[file] = self._read(locate(self.reading.path, file, self.reading.roots)).briefing
            except Unreadable as refusal:
                self._elsewhere[file] = refusal.message
        return self._elsewhere[file]
