"""What a note or bookmark is made on: the text of an item or passage, by its reference."""

from __future__ import annotations

from tui.briefing.document import Actor, Event, Quote, Source
from tui.briefing.proof import Reading


def text_of(reading: Reading, ref: str) -> str | None:
    """Return a quote's words, an event's title, an actor's name, a source's path, the text of a passage ("s1:3");
    None if the briefing has no such item. A passage needs its source to be read (`proof.read_sources`)."""
    item = reading.briefing.by_id.get(ref)
    if isinstance(item, Quote):
        return item.words
    if isinstance(item, Event):
        return item.title
    if isinstance(item, Actor):
        return item.name
    if isinstance(item, Source):
        return item.path
    source, _, number = ref.rpartition(":")
    text = reading.text(source)
    if text is None or not (number.isascii() and number.isdigit()) or not 1 <= int(number[:9]) <= len(text.paragraphs):
        return None
    span = text.paragraphs[int(number[:9]) - 1]
    return text.text[span.start : span.end]
