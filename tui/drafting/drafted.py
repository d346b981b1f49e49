"""A draft put to use: opened in the reader as any briefing is, written as a file that says what to review, printed as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui import __version__
from tui.briefing.anchor import Text
from tui.briefing.document import UNREVIEWED, Quote
from tui.briefing.export import as_object, safe_json
from tui.briefing.files import SourceText, body_of, read_source
from tui.briefing.parse import parse
from tui.briefing.problem import printable
from tui.briefing.proof import Reading, article_of, prove
from tui.briefing.record import replace
from tui.briefing.write import write
from tui.drafting.draft import Draft, draft

_LAID_OUT = re.compile("[\u00ad\f]")
SMALLEST = 5
"""Of fewer words there is nothing to draft."""


def open_draft(path: Path, published: str = "", within: Sequence[Path] = (), cache: Path | None = None) -> Reading:
    """Open a raw article, or another document, as the briefing that is drafted from it, which no file holds. A text of a
    few words is shown as it is. `cache`: a folder for the texts of documents. Raises Unreadable."""
    source = _document(path, within, cache) or read_source(path, within)
    if source.lossy or len(source.text.text.split()) < SMALLEST:
        return article_of(path, source)
    made = as_typed(draft(source.text, path.name, source.sha256, published=published))
    return replace(reading_of(made, path, source), made=True)


def _document(path: Path, within: Sequence[Path], cache: Path | None) -> SourceText | None:
    """Return the text of a document as a source whose path is the document's; None if the file is a text."""
    from tui.documents.source import text_of

    text = text_of(path, within, cache)
    return SourceText(path, Text(text, body_of(text))) if text is not None else None


def reading_of(made: Draft, path: Path, source: SourceText) -> Reading:
    """The draft as it reads back from the file that `as_file` writes, proven; `path` is where that file is or would be."""
    return prove(Reading(path, parse(write(made.briefing), str(path)), (), {"s1": source}))


def as_typed(made: Draft) -> Draft:
    """Return the draft with its quotes and evidence as a person would type them: without the ends of pages and the soft
    hyphens that a text taken from a document has. The anchor rules find them all the same."""
    briefing = made.briefing
    quotes = tuple(_typed(quote, "text") for quote in briefing.quotes)
    events = tuple(_typed(event, "evidence") for event in briefing.events)
    if quotes == briefing.quotes and events == briefing.events:
        return made
    return made._replace(briefing=replace(briefing, quotes=quotes, events=events))


def _typed(item: Any, key: str) -> Any:
    words = tuple(" ".join(each.replace("\u00ad", "").split()) if _LAID_OUT.search(each) else each for each in getattr(item, key))
    ends = {end: getattr(item, end).replace("\u00ad", "").replace("\f", " ") for end in ("prefix", "suffix")}
    return replace(item, **{key: words}, **ends) if words != getattr(item, key) or "\f" in item.prefix + item.suffix else item


def as_file(made: Draft) -> str:
    """Return the briefing file, with a comment on every item that wants a person's judgement."""
    lines = []
    quotes = {quote.id: quote for quote in made.briefing.quotes}
    text = write(made.briefing)
    blocks = text.split("\n\n[[")
    head, rest = blocks[0], blocks[1:]
    lines.append(
        head.replace(
            "+++\n",
            f"+++\n# Drafted by readout {__version__}. The words of every quote and event stand in the source; who said them, and what the events\n"
            f'# are called, is a program\'s reading. Look at what is marked "review", then take the line {UNREVIEWED} out.\n',
            1,
        )
    )
    for block in rest:
        found = re.match(r'quote\]\]\nid = "([a-z0-9-]+)"', block)
        comment = _to_review(quotes[found[1]], made.attributions[found[1]]) if found and found[1] in quotes else ""
        lines.append(f"{comment}[[{block}")
    return "\n\n".join(lines)


def _to_review(quote: Quote, said: Mapping[str, Any]) -> str:
    if quote.confidence == "high":
        return ""
    if not quote.speaker:
        return "# review: the text does not say whose words these are\n"
    others = f", or {', '.join(said['candidates'])}" if said.get("candidates") else ""
    named = f" (“{printable(str(said.get('exact', '')))[:60]}”)" if said.get("exact") else ""
    return f"# review: {quote.confidence} confidence, by rule {quote.rule}: {quote.speaker}{named}{others}\n"


def as_json(made: Draft, path: Path, source: SourceText) -> str:
    """Return the object of docs/briefing.schema.json, with every quote's attribution beside its anchor."""
    found = as_object(reading_of(made, path, source))
    for row in found["quotes"]:
        said = made.attributions.get(row["id"])
        if said:
            row["attribution"] = dict(said)
    return safe_json(json.dumps(found, ensure_ascii=False, indent=2))


FORMS: Mapping[str, Callable[[Draft, Path, SourceText], str]] = {
    "toml": lambda made, path, source: as_file(made), "json": as_json,
}  # fmt: skip
