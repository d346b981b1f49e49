"""FORMATS: the forms in which a briefing leaves the program, a pure function each, `(Reading, Options) → str`.

Every one carries the marking, and says UNPROVEN wherever words were not found in their source.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from tui.briefing import dates, markup
from tui.briefing.check import errors
from tui.briefing.document import Actor, Event, Quote, Source
from tui.briefing.files import SourceText
from tui.briefing.parse import TABLES
from tui.briefing.problem import UNSAFE, printable
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.briefing.summary import Block, blocks


class Options(NamedTuple):
    width: int = 80
    """Columns of the text form; 0 never breaks a line."""
    table: str = "quotes"
    """What the CSV form holds: quotes or events."""


def text(reading: Reading, options: Options) -> str:
    """Write linear text without boxes, in reading order, for pipes, paper and screen readers."""
    parts = (_wrapped(_head_lines(reading), options.width), _summary_lines(reading, options.width))
    lines = (*chain(*parts), *_wrapped(_item_lines(reading), options.width))
    return printable_lines("\n".join(lines) + "\n")


def printable_lines(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))


def _wrapped(lines: Iterator[tuple[str, str]], width: int) -> Iterator[str]:
    for indent, line in lines:
        yield from _broken(line, width, indent, indent)


def _broken(line: str, width: int, lead: str, indent: str) -> Iterator[str]:
    line = " ".join(line.split())
    if not width or not line:
        yield (lead + line).rstrip()
    else:
        room = max(width, len(indent) + 12)
        yield from textwrap.wrap(line, room, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False)


def _head_lines(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (indent, line) of the text form before the summary."""
    briefing = reading.briefing
    if briefing.marking:
        yield "", briefing.marking
        yield "", ""
    yield "", briefing.title or reading.path.name
    said = [_when(briefing.date), briefing.author and f"by {briefing.author}", ", ".join(briefing.tags)]
    yield "", ". ".join(part for part in said if part)
    yield "", f"Proof: {proof(reading)}."


def _item_lines(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (indent, line) of the text form after the summary."""
    briefing = reading.briefing
    yield from _text_section("Actors", len(briefing.actors))
    for actor in briefing.actors:
        yield "", actor_line(actor)
    yield from _text_section("Quotes", len(briefing.quotes))
    for number, quote in enumerate(briefing.quotes, 1):
        yield "", f"Quote {number} of {len(briefing.quotes)}. {credit(reading, quote)}."
        yield "  ", f"“{quote.words}”" if quote.direct else f"Reported: {quote.words}"
        if quote.translation:
            yield "  ", f"In translation: {quote.translation}"
        yield "", ""
    yield from _text_section("Timeline", len(briefing.events))
    for event in in_time_order(briefing.events):
        yield "", f"{event_line(reading, event)}."
        yield "  ", f"Evidence: “{' … '.join(event.evidence)}”. {standing(reading, event)}."
        yield "", ""
    yield from _text_section("Sources", len(briefing.sources))
    for source in briefing.sources:
        yield "", source_line(reading, source)
    if briefing.marking:
        yield "", ""
        yield "", briefing.marking


def proof(reading: Reading) -> str:
    """Say the proof, and how many errors a check finds besides."""
    count = errors(reading)
    return reading.proof()[0] + (f" · {count} error{'' if count == 1 else 's'}: readout check {reading.path}" if count else "")


def _summary_lines(reading: Reading, width: int) -> Iterator[str]:
    unproven = unproven_links(reading)
    for block in blocks(reading.briefing.summary):
        yield ""
        if block.kind == "rule":
            yield block.lead + "* * *"
            continue
        for number, line in enumerate(_with_doubt(block, unproven).split("\n")):
            lead = block.indent if number else block.lead
            if block.kind == "code":
                yield (lead + line.expandtabs(4)).rstrip()
            else:
                yield from _broken(line, width, lead, block.indent)


def stated(block: Block, unproven: Collection[str]) -> str:
    """Write a block of the summary as text, with its bullet or number, and UNPROVEN after every link to one of
    these."""
    lead, text = block.lead.strip(), _with_doubt(block, unproven)
    return f"{lead} {text}" if lead else text


def _with_doubt(block: Block, unproven: Collection[str]) -> str:
    text = ""
    for piece, following in zip(block.pieces, (*block.pieces[1:], None)):
        ends = following is None or following.href != piece.href
        text += piece.text + (" [UNPROVEN]" if piece.href in unproven and ends else "")
    return text


def unproven_links(reading: Reading) -> set[str]:
    """Return how links lead to the items whose words were not found."""
    return {f"#{item.id}" for item in reading.briefing.anchored if not reading.anchor(item).found}


def _text_section(title: str, count: int) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "", f"{title}: {count}" if count else f"{title}: none"
    yield "", ""


def actor_line(actor: Actor) -> str:
    also = f", also {', '.join(actor.aliases)}" if actor.aliases else ""
    return f"{actor.name}: {actor.kind}{', ' + actor.role if actor.role else ''}{also}"


def credit(reading: Reading, quote: Quote) -> str:
    """Say who said it, when, in which setting, about whom, and how it is in its source."""
    briefing = reading.briefing
    parts = [
        briefing.name(quote.speaker) + (f" (attribution: {quote.confidence} confidence)" if quote.confidence else ""),
        _when(quote.date, quote.date in briefing.unsure_dates) or quote.date_as_written,
        quote.setting,
        "about " + ", ".join(map(briefing.name, quote.about)) if quote.about else "",
        standing(reading, quote),
    ]
    return "; ".join(part for part in parts if part)


def standing(reading: Reading, item: Quote | Event) -> str:
    """Say where and how the words are in the source; UNPROVEN, and why, if they are not."""
    anchor = reading.anchor(item)
    source = reading.briefing.source.get(anchor.source)
    name = (source.title or source.path) if source and len(reading.briefing.sources) > 1 else ""
    if anchor.found:
        paragraphs = ", ".join(f"paragraph {number}" for number in reading.paragraphs(item))
        page = reading.page(anchor.source, anchor.spans)
        return ", ".join(part for part in (name, page, paragraphs, anchor.status) if part)
    why = {
        "orphan": "the words are not in the source",
        "ambiguous": f"the words stand in {anchor.several} of the source",
        "unread": "the source could not be read",
    }
    return f"UNPROVEN: {why[anchor.status]}"


def event_line(reading: Reading, event: Event) -> str:
    when = _when(event.date, event.date in reading.briefing.unsure_dates) or "Undated"
    written = f" (“{event.date_as_written}”)" if event.date_as_written else ""
    actors = ", ".join(map(reading.briefing.name, event.actors))
    return f"{when}{written}: {event.title}" + (f"; {event.place}" if event.place else "") + (f"; {actors}" if actors else "")


def source_line(reading: Reading, source: Source) -> str:
    parts = [source.title or source.path, source.publisher, source.author, _when(source.published), source.url]
    if source.grade:
        parts.append(f"grade {source.grade}")
    read = reading.sources.get(source.id)
    if not isinstance(read, SourceText):
        parts.append(f"NOT READ: {read.message}" if read else "NOT READ")
    elif read.lossy:
        parts.append(f"proves nothing: {read.lossy.message}")
    if reading.changed(source):
        parts.append("CHANGED since it was stamped")
    return "; ".join(part for part in parts if part)


def in_time_order(events: tuple[Event, ...]) -> list[Event]:
    """Sort by date, undated ones last; equals stay in the order of the file."""
    return sorted(events, key=lambda event: dates.order(event.date))


def _when(edtf: str, unsure: bool = False) -> str:
    when = dates.read(edtf)
    return (dates.words(when) if when else edtf) + f" ({dates.ORDER_UNCERTAIN})" * unsure


def markdown(reading: Reading, options: Options) -> str:
    """Write plain Markdown, links within it kept, with text from files escaped so that it stays text."""
    briefing = reading.briefing
    marking = _escaped(briefing.marking)
    out = [f"**{marking}**", ""] if marking else []
    title = printable(" ".join(briefing.title.split()))
    out += [markup.title_block(title, "..." if marking else "---")] if title else []
    out += [f"# {_escaped(briefing.title)}", ""]
    about = [_when(briefing.date), briefing.author, ", ".join(briefing.tags), f"Proof: {proof(reading)}"]
    out += [
        _escaped(" · ".join(part for part in about if part)),
        "",
        markup.summary(briefing.summary, unproven_links(reading)),
        "",
    ]
    out += ["## Actors", ""]
    out += [f"- {_named(actor.id)}{_escaped(actor_line(actor))}" for actor in briefing.actors]
    out += ["", "## Quotes", ""]
    for quote in briefing.quotes:
        words = f"“{quote.words}”" if quote.direct else quote.words
        out += [f"> {_named(quote.id)}{_escaped(words)}", ">", f"> — {_escaped(credit(reading, quote))}", ""]
        if quote.translation:
            out[-1:] = [">", f"> Translation: {_escaped(quote.translation)}", ""]
    out += ["## Timeline", ""]
    for event in in_time_order(briefing.events):
        evidence = f"“{' … '.join(event.evidence)}”; {standing(reading, event)}"
        out += [f"- {_named(event.id)}{_escaped(event_line(reading, event))}  ", f"  {_escaped(evidence)}"]
    out += ["", "## Sources", ""]
    out += [f"- {_named(source.id)}{_escaped(source_line(reading, source))}" for source in briefing.sources]
    if marking:
        out += ["", f"**{marking}**"]
    return "\n".join(out) + "\n"


def _named(id: str) -> str:
    """Name what the summary's links lead to; nothing for an id that could be more than a name."""
    return f'<span id="{id}"></span>' if re.fullmatch(r"[a-z0-9][a-z0-9-]*", id) else ""


def _escaped(text: str) -> str:
    return markup.escaped(printable(" ".join(text.split())))


def as_json(reading: Reading, options: Options) -> str:
    """Write the object of docs/briefing.schema.json: the tables under plural names, and every anchor with its
    positions."""
    return safe_json(json.dumps(as_object(reading), ensure_ascii=False, indent=2))


def safe_json(text: str) -> str:
    """Escape, in JSON, every character that a terminal would act on or hide."""
    return _HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], text) + "\n"


_HIDDEN = re.compile(f"(?!\n)[{UNSAFE}]")


def as_object(reading: Reading) -> dict[str, Any]:
    briefing = reading.briefing
    head = {key: getattr(briefing, key) for key in ("format", "title", "date", "author", "lang", "marking")}
    found: dict[str, Any] = {key: value for key, value in head.items() if value or key in ("format", "title")}
    found["tags"] = list(briefing.tags)
    for into, _, shapes in TABLES.values():
        rows = found[into] = []
        for item in getattr(briefing, into):
            row = {key: _plain(getattr(item, key)) for key in shapes if getattr(item, key) or key in ("id", "speaker")}
            row.update({key: _plain(value) for key, value in item.extra.items()})
            if isinstance(item, (Quote, Event)):
                anchor = reading.anchor(item)
                row["source"] = anchor.source
                if order := _order(reading, item):
                    row["order"] = order
                spans = [list(span) for span in anchor.spans]
                row["anchor"] = {"source": anchor.source, "status": anchor.status, "spans": spans}
                if page := reading.page(anchor.source, anchor.spans):
                    row["anchor"]["page"] = page
            rows.append(row)
    found["summary"] = briefing.summary
    found["proof"] = {
        "unproven": [item.id for item in briefing.anchored if not reading.anchor(item).found],
        "changed": [source.id for source in briefing.sources if reading.changed(source)],
        "left_out": dict(reading.parsed.left_out),
        "errors": errors(reading),
    }
    for key, value in briefing.extra.items():
        found.setdefault(key, _plain(value))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value if isinstance(value, (str, int, float, bool)) else str(value)


CSV_TABLES = ("quotes", "events")
"""What the CSV form may hold."""


def as_csv(reading: Reading, options: Options) -> str:
    """Write quotes or events, a row each, after RFC 4180; a cell that a spreadsheet would take for a formula gets a
    '."""
    briefing = reading.briefing
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    columns: tuple[str, ...] = QUOTE_COLUMNS
    rows = [_quote_row(reading, quote) for quote in briefing.quotes]
    if options.table == "events":
        rows = [_event_row(reading, event) for event in in_time_order(briefing.events)]
        columns = EVENT_COLUMNS
    table.writerow((*columns, *ANCHOR_COLUMNS))
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


QUOTE_COLUMNS = (
    "marking",
    "id",
    "speaker",
    "text",
    "speech",
    "date",
    "order",
    "date_as_written",
    "about",
    "event",
    "setting",
    "confidence",
)
EVENT_COLUMNS = (
    "marking", "id", "date", "earliest", "latest", "order", "date_as_written", "title", "actors", "place", "evidence",
)  # fmt: skip
ANCHOR_COLUMNS = ("source", "paragraphs", "anchor", "spans", "page")


def _quote_row(reading: Reading, quote: Quote) -> tuple[str, ...]:
    briefing = reading.briefing
    about = "; ".join(map(briefing.name, quote.about))
    who = (briefing.marking, quote.id, briefing.name(quote.speaker), quote.words, quote.speech)
    when = (quote.date, _order(reading, quote), quote.date_as_written, about, quote.event, quote.setting, quote.confidence)
    return (*who, *when, *_anchor_cells(reading, quote))


def _event_row(reading: Reading, event: Event) -> tuple[str, ...]:
    briefing = reading.briefing
    when = dates.read(event.date)
    bounds = when.bounds if when else ("", "")
    what = (event.title, "; ".join(map(briefing.name, event.actors)), event.place, " … ".join(event.evidence))
    dated = (event.date, *bounds, _order(reading, event), event.date_as_written)
    return (briefing.marking, event.id, *dated, *what, *_anchor_cells(reading, event))


def _order(reading: Reading, item: Quote | Event) -> str:
    return "uncertain" if item.date in reading.briefing.unsure_dates else ""


def _anchor_cells(reading: Reading, item: Quote | Event) -> tuple[str, ...]:
    anchor = reading.anchor(item)
    spans = " ".join(f"{span.start}:{span.end}" for span in anchor.spans)
    status = anchor.status if anchor.found else f"UNPROVEN {anchor.status}"
    page = reading.page(anchor.source, anchor.spans)
    return anchor.source, " ".join(map(str, reading.paragraphs(item))), status, spans, page


def harmless(cell: str) -> str:
    cell = printable(" ".join(cell.split()))
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell


FORMATS: Mapping[str, Callable[[Reading, Options], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "csv": as_csv,
}
SUFFIXES: Mapping[str, str] = {".txt": "text", ".md": "markdown", ".json": "json", ".csv": "csv"}
"""What a file is called that has one of these."""
