"""Verify the words of briefings in their sources. It takes longer than reading them, so reading does not wait for it."""

from __future__ import annotations

from collections.abc import Callable

from tui.briefing.files import Unreadable, read_text
from tui.briefing.problem import printable
from tui.library.homes import path_of
from tui.library.schema import BROKEN, Progress, clean
from tui.library.writing import Writing, fingerprint


def prove_all(writing: Writing, tell: Callable[[Progress], None], stop: Callable[[], bool]) -> bool:
    """Verify every briefing whose proof is not known, the newest first, then the broken ones, which may be mended by
    now. Return False if it was stopped."""
    ask = "SELECT path FROM file WHERE kind = 'briefing' AND (%s) ORDER BY start"
    waiting = [name for which in ("lost IS NULL", BROKEN) for name in writing.base.execute(ask % which).fetchall()]
    for number, (name,) in enumerate(waiting):
        if stop():
            return False
        prove_one(writing, name, again=True)
        if number % 10 == 0:
            tell(Progress("proving", number, len(waiting)))
    tell(Progress("", len(waiting), len(waiting)))
    return True


def prove_one(writing: Writing, name: str | bytes, again: bool = False) -> bool:
    """Verify a briefing if nobody has since it changed, or `again`; return whether that was to be done."""
    ask = f"SELECT id, hash FROM file WHERE path = ? AND kind = 'briefing'{'' if again else ' AND lost IS NULL'}"
    row = writing.base.execute(ask, (name,)).fetchone()
    if not row:
        return False
    from tui.briefing.check import errors  # 30 ms with all that it takes, and none where nothing is to be done
    from tui.briefing.parse import parse
    from tui.briefing.proof import Reading, prove

    path = path_of(name)
    try:
        text = read_text(path, (path,))
        if fingerprint(text) != row[1]:
            return False  # the next look at the files reads it
        reading = prove(Reading(path, parse(text, str(path)), writing.index.folders))
        wrong = errors(reading)
    except Unreadable:
        return False
    lost = [item.id for item in reading.briefing.anchored if not reading.anchor(item).found]
    anchors = ((item.id, reading.anchor(item)) for item in reading.briefing.anchored)
    pages = [f"{id}\t{printable(page)}" for id, anchor in anchors if (page := reading.page(anchor.source, anchor.spans))]
    with writing.steps():
        writing.base.execute(
            "UPDATE file SET errors = ?1, lost = ?2, unproven = ?3, pages = ?4 WHERE id = ?5 AND hash = ?6 "
            "AND (errors, lost, unproven, pages) IS NOT (?1, ?2, ?3, ?4)",
            (wrong, len(lost), clean("\n".join(lost)), clean("\n".join(pages)), *row),
        )
    return True
