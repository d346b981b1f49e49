"""Read subtitles, VTT and SRT: a paragraph for what one speaker says, up to the end of a sentence after 45 seconds. Its
time is its page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tui.briefing.problem import Refused, counted
from tui.briefing.record import NamedTuple
from tui.documents.base.charset import decoded
from tui.documents.base.document import Document

_TIME = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{1,3})\s+-->\s+(?:\d+:)?\d\d:\d\d[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)?\s+([^>]+)>")
_LABEL = re.compile(r"(?:>>\s*|[-–]\s+)?(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|[A-Z][A-Z .'’-]{1,30}):\s+(?=\S)")
"""A speaker's name before the words, as typed: `ANNA KELLER: Yes.`"""
_MARKUP = re.compile(r"<[^>]*>|\{\\[^}]*\}")
_DASH = re.compile(r"^[-–] ?(?=\S)")
_LONGEST = 45.0
"""Seconds after which a paragraph ends with its sentence."""
_OVERLAP = 3
"""Words that two captions must share at least to be taken for the same words; one, if the captions of the file roll."""
_NOT_SAID = ("NOTE", "STYLE", "REGION")


class Cue(NamedTuple):
    start: float
    voice: str
    words: str


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused."""
    text = decoded(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    kind = "vtt" if text.startswith("WEBVTT") else "srt"
    blocks = [block.strip("\n").split("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    cues = [cue for rows in blocks for cue in _cues(rows)]
    if not cues:
        raise Refused("there are no captions in it; name a .vtt or .srt file with times like 00:01:02,000 --> 00:01:04,000")
    found = _paragraphs(cues)
    words = "\n\n\f\n\n".join(f"{cue.voice}: {cue.words}" if cue.voice else cue.words for cue in found)
    times = tuple(_clock(cue.start) for cue in found)
    aside = [rows[0].split()[0].rstrip(":").lower() for rows in blocks if rows[0].startswith(_NOT_SAID) and not _timed(rows)]
    left = tuple(counted(aside.count(name), name) for name in dict.fromkeys(aside))
    return Document(kind, words + "\n", f"readout-{kind} 1", times, "time", (), left)


def _timed(rows: list[str]) -> int:
    """Return the number, from 1, of the row with the times; 0 if there is none."""
    return next((number for number, row in enumerate(rows[:3], 1) if _TIME.search(row)), 0)


def _cues(rows: list[str]) -> Iterator[Cue]:
    """Yield what is said in a block, one cue a voice."""
    at = _timed(rows)
    found = _TIME.search(rows[at - 1]) if at else None
    if not found:
        return
    start = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + int(found[4].ljust(3, "0")) / 1000
    for voice, said in _voices(rows[at:]):
        words = " ".join(html.unescape(_MARKUP.sub("", said)).split())
        if words:
            yield Cue(start, voice, words)


def _voices(rows: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (voice, words): by `<v NAME>`, or each row that begins with a dash where all do, as two speakers are written."""
    said = "\n".join(rows)
    names = _VOICE.split(said)
    if len(names) > 1:
        yield "", names[0]
        yield from zip((" ".join(html.unescape(name).split()) for name in names[1::2]), names[2::2])
    elif len(rows) > 1 and all(map(_DASH.match, map(_plain, rows))):
        yield from (("", f">>{_DASH.sub('', _plain(row))}") for row in rows)
    else:
        yield "", _DASH.sub("", _plain(said))


def _plain(words: str) -> str:
    return _MARKUP.sub("", words).strip()


def _paragraphs(cues: list[Cue]) -> list[Cue]:
    """Join cues of one voice. Captions that roll up, and say a line twice, say it once."""
    found: list[Cue] = []
    least = 1 if _roll(cues) else _OVERLAP
    for cue in cues:
        words, new = cue.words.removeprefix(">>").strip(), cue.words.startswith(">>")
        last = found[-1] if found else None
        if last and last.voice == cue.voice and not new:
            words = _beyond(last.words, words, least)
            label = not cue.voice and _LABEL.match(words)
            late = cue.start - last.start > _LONGEST and last.words[-1:] in '.?!”"'
            if not words:
                continue
            if not label and not late:
                found[-1] = last._replace(words=f"{last.words} {words}")
                continue
        if words:
            found.append(cue._replace(words=words))
    return found


def _roll(cues: list[Cue]) -> bool:
    """Tell whether a third of the captions begin with words that the one before ends with."""
    pairs = [*zip(cues, cues[1:])]
    return sum(_beyond(one.words, two.words, 1) != two.words for one, two in pairs) > len(pairs) / 3


def _beyond(one: str, two: str, least: int) -> str:
    """Return the second text without the words at its beginning that the first one ends with, if they are enough."""
    before, words = one.split(), two.split()
    sizes = range(min(len(before), len(words)), least - 1, -1)
    size = next((size for size in sizes if before[-size:] == words[:size]), 0)
    return " ".join(words[size:])


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}"
