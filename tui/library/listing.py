"""FORMS: every note and bookmark, and whether what it was made on is still there; a pure function a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from tui.briefing.files import Unreadable, means_briefing, read_text
from tui.briefing.problem import printable
from tui.briefing.proof import Reading, open_briefing, read_sources
from tui.briefing.record import NamedTuple
from tui.library.items import text_of
from tui.library.state import Kept, Note, standing


class Entry(NamedTuple):
    kept: Kept
    standing: str
    """ "here", "changed", "gone", or "unread" where the briefing cannot be opened."""
    marking: str = ""
    """The briefing's."""
    why: str = ""
    """It is unread."""

    @property
    def words(self) -> str:
        return self.kept.words if isinstance(self.kept, Note) else ""

    @property
    def kind(self) -> str:
        return "note" if isinstance(self.kept, Note) else "bookmark"

    @property
    def doubt(self) -> str:
        """Say what is wrong with its item; "" if it is still there."""
        said = {"changed": "CHANGED: the item says something else now", "gone": "GONE: there is no such item any more"}
        return said.get(self.standing, f"NOT LOOKED FOR: {self.why}" if self.why else "")


def entries(kept: Iterable[Kept]) -> Iterator[Entry]:
    """Yield entries by briefing, and by item in it. It opens the briefings, and their sources if a passage is meant,
    and verifies nothing."""
    ordered = sorted(kept, key=lambda each: (str(each.briefing), each.item, each.time))
    for path, group in groupby(ordered, key=lambda each: each.briefing):
        these = list(group)
        try:
            reading = _opened(path, any(":" in each.item for each in these))
        except Unreadable as refusal:
            yield from (Entry(each, "unread", why=refusal.message) for each in these)
            continue
        for each in these:
            yield Entry(each, standing(each, text_of(reading, each.item)), reading.briefing.marking)


def _opened(path: Path, sources: bool) -> Reading:
    if not _is_briefing(path):
        from tui.drafting.drafted import open_draft

        return open_draft(path)
    reading = open_briefing(path)
    return read_sources(reading) if sources else reading


def text(found: Iterable[Entry]) -> str:
    lines: list[str] = []
    for path, group in groupby(found, key=lambda each: each.kept.briefing):
        these = list(group)
        lines += [str(path), *([f"  {these[0].marking}"] if these[0].marking else [])]
        for each in these:
            lines.append(f"  {each.kept.item}  {each.kind}  {each.kept.time}" + (f"  {each.doubt}" if each.doubt else ""))
            lines.append(f"    on: {each.kept.excerpt}")
            lines += [f"    {line}" for line in each.words.splitlines()]
    return "".join(f"{printable(line)}\n" for line in lines)


def markdown(found: Iterable[Entry]) -> str:
    from tui.briefing.cite import escaped

    parts: list[str] = []
    for path, group in groupby(found, key=lambda each: each.kept.briefing):
        these = list(group)
        parts += [f"## {escaped(str(path))}", *([f"**{escaped(these[0].marking)}**"] if these[0].marking else [])]
        for each in these:
            doubt = f" · **{escaped(each.doubt)}**" if each.doubt else ""
            parts.append(f"**{escaped(each.kept.item)}** · {each.kind} · {escaped(each.kept.time)}{doubt}")
            parts.append(f"> {escaped(each.kept.excerpt)}")
            parts += [escaped(line) for line in each.words.splitlines() if line.strip()]
    return "".join(f"{part}\n\n" for part in parts).removesuffix("\n")


def as_json(found: Iterable[Entry]) -> str:
    import json

    rows = [
        {
            "briefing": str(each.kept.briefing), "marking": each.marking, "kind": each.kind, "item": each.kept.item,
            "excerpt": each.kept.excerpt, "note": each.words, "time": each.kept.time, "standing": each.standing,
            **({"why": each.why} if each.why else {}),
        }
        for each in found
    ]  # fmt: skip
    return json.dumps(rows, indent=2) + "\n"


FORMS: Mapping[str, Callable[[Iterable[Entry]], str]] = {"text": text, "markdown": markdown, "json": as_json}


def _is_briefing(path: Path) -> bool:
    """Tell whether a file is a briefing. One that is not UTF-8 is another document. Raises Unreadable."""
    try:
        return means_briefing(read_text(path))
    except Unreadable as refusal:
        if refusal.rule != "source-not-utf8" or path.suffix.lower() == ".md":
            raise
        return False
