"""Opening whatever a path holds, to be read. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.briefing.document import Briefing, Source
from tui.briefing.files import SourceText, Unreadable, means_briefing, reach, read_text, real, there
from tui.briefing.original import original_of
from tui.briefing.parse import Parsed, Places
from tui.briefing.problem import Problem, worst_first
from tui.briefing.proof import Reading, open_briefing, prove, read_sources

LONG = 200_000
"""Bytes of a document; a PDF of so many has about 50 pages."""
SMALL = 400_000
"""Up to so many characters of briefing and sources together, the words are verified before the first frame."""


_REACH: dict[Path, tuple[Path, ...]] = {}
"""What may be read of a path since it was first opened: it may be replaced by a link later, but not by one that leads out."""


def load(path: Path, roots: Sequence[Path] = (), opened: Reading | None = None, later: bool = False) -> Reading:
    """Load a briefing; what is drafted from a raw article; or, as a reading with nothing but its problem, why it
    cannot be read. Raises nothing. `opened`: the briefing if its file was already read. `later`: return a reading that
    is `waiting` for a document that is too long to be read before the first frame."""
    within = _REACH.setdefault(path, reach(real(path).parent, roots))
    try:
        if opened is None:
            text = _text(path, within)
            if text is None or (text.strip() and not means_briefing(text)):
                if later and is_long(path):
                    briefing = Briefing(title=path.name, sources=(Source(id="s1", path=path.name),))
                    return Reading(path, Parsed(briefing, (), Places(""), True), drafted=False, waiting=True)
                from tui import settings
                from tui.drafting.drafted import open_draft  # 60 ms, which no briefing waits for

                return open_draft(path, within=within, cache=settings.cache_folder())
            opened = open_briefing(path, roots, within)
        if not opened.parsed.readable:
            return opened
        reading = read_sources(opened)
        texts = (source.text for each in reading.briefing.sources if (source := reading.text(each.id)))
        return prove(reading) if len(reading.parsed.places.text) + sum(map(len, texts)) <= SMALL else reading
    except Unreadable as refusal:
        return Reading(path, Parsed(Briefing(title=path.name), (refusal.of(path),), Places(""), False))


def is_long(path: Path) -> bool:
    """Test whether reading and drafting this document may take longer than a reader waits for the first frame."""
    return there(path) == "file" and path.stat().st_size > LONG


def _text(path: Path, within: Sequence[Path]) -> str | None:
    """Return the text of a file; None if it is not UTF-8, as most documents. Raises Unreadable."""
    try:
        return read_text(path, within)
    except Unreadable as refusal:
        if refusal.rule != "source-not-utf8" or path.suffix.lower() == ".md":
            raise
        return None


NO_PROBLEMS = "no problems: readout check finds none in this file"


def problems(reading: Reading) -> tuple[str, list[Problem]]:
    """Return what `readout check` reports of the file of a reading, the worst first. The file is read again, since it may have
    changed, moved or become unreadable. For a raw article the words before say that it is one; they are "" for a briefing.
    Problems of a draft that no file holds follow those of its article."""
    from tui.briefing.check import check

    read = reading.sources.get("s1")
    if isinstance(read, SourceText) and read.path == reading.path and original_of(read.text.text):
        words = f"the text of {reading.path.name}, drafted; readout draft {reading.path.name} -o FILE writes both"
        return words, worst_first(check(reading))
    try:
        now = read_sources(open_briefing(reading.path, reading.roots, _REACH.get(reading.path, ())))
    except Unreadable as refusal:
        known = refusal.rule == "source-not-utf8" and reading.parsed.problems  # why another document cannot be read
        return "", [*(known or [refusal.of(reading.path)])]
    text = now.parsed.places.text
    if not text.strip() or means_briefing(text):
        same = not reading.made and text == reading.parsed.places.text and _texts(now) == _texts(reading)
        return "", worst_first(check(reading if same and reading.anchors is not None else prove(now)))
    drafts = "; readout draft drafts one from it" if reading.made else ""
    found = worst_first(check(prove(now)))
    if reading.made:
        found += [each._replace(message=f"in the draft: {each.message}") for each in worst_first(check(reading))]
    return f"{reading.path.name} is a raw article, not a briefing{drafts}", found


def _texts(reading: Reading) -> dict[str, object]:
    """Return the text of each source, or why there is none, to be compared."""
    return {
        id: (read.text.text, read.lossy is None) if isinstance(read, SourceText) else str(read)
        for id, read in reading.sources.items()
    }
