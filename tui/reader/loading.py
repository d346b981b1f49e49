"""Opening whatever a path holds, to be read. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.briefing.document import Briefing
from tui.briefing.files import Unreadable, means_briefing, read_text
from tui.briefing.parse import Parsed, Places
from tui.briefing.problem import Problem
from tui.briefing.proof import Reading, open_briefing, prove, read_sources

SMALL = 400_000
"""Up to so many characters of briefing and sources together, words are looked for before the first frame."""


def load(path: Path, roots: Sequence[Path] = (), opened: Reading | None = None) -> Reading:
    """A briefing, or what is drafted from a raw article, or (as a reading with nothing but its problem) why it cannot be
    read. Raises nothing. `opened`: the briefing where its file has been read already, and no more."""
    try:
        if opened is None:
            text = read_text(path)
            if text.strip() and not means_briefing(text):
                from tui.drafting.drafted import open_draft  # 60 ms, which no briefing waits for

                return open_draft(path)
            opened = open_briefing(path, roots)
        if not opened.parsed.readable:
            return opened
        reading = read_sources(opened)
        texts = (source.text for each in reading.briefing.sources if (source := reading.text(each.id)))
        return prove(reading) if len(reading.parsed.places.text) + sum(map(len, texts)) <= SMALL else reading
    except Unreadable as refusal:
        problem = Problem("syntax", "error", refusal.message, refusal.hint, str(path))
        return Reading(path, Parsed(Briefing(title=path.name), (problem,), Places(""), False))
