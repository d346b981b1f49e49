"""Opening whatever a path holds, to be read. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.briefing.document import Briefing
from tui.briefing.files import Unreadable, means_briefing, reach, read_text, real
from tui.briefing.parse import Parsed, Places
from tui.briefing.problem import Problem
from tui.briefing.proof import Reading, open_briefing, prove, read_sources

SMALL = 400_000
"""Up to so many characters of briefing and sources together, words are looked for before the first frame."""


_REACH: dict[Path, tuple[Path, ...]] = {}
"""What may be read of a path since it was first opened: it may be replaced by a link later, but not by one that leads out."""


def load(path: Path, roots: Sequence[Path] = (), opened: Reading | None = None) -> Reading:
    """A briefing, or what is drafted from a raw article, or (as a reading with nothing but its problem) why it cannot be
    read. Raises nothing. `opened`: the briefing where its file has been read already, and no more."""
    within = _REACH.setdefault(path, reach(real(path).parent, roots))
    try:
        if opened is None:
            text = read_text(path, within)
            if text.strip() and not means_briefing(text):
                from tui.drafting.drafted import open_draft  # 60 ms, which no briefing waits for

                return open_draft(path, within=within)
            opened = open_briefing(path, roots, within)
        if not opened.parsed.readable:
            return opened
        reading = read_sources(opened)
        texts = (source.text for each in reading.briefing.sources if (source := reading.text(each.id)))
        return prove(reading) if len(reading.parsed.places.text) + sum(map(len, texts)) <= SMALL else reading
    except Unreadable as refusal:
        problem = Problem("syntax", "error", refusal.message, refusal.hint, str(path))
        return Reading(path, Parsed(Briefing(title=path.name), (problem,), Places(""), False))
