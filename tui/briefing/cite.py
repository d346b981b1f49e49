"""FORMS: one item to be taken elsewhere, in the forms that other programs read; a pure function a form, `(Reading, ref) → str`.

Every form begins with the briefing's marking, and where words are not proven it says so before it says the words. No
character that a terminal could obey, or that hides or reorders what is there, leaves in any of them (`_shown`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote as percent_encoded

from tui.briefing import dates, markup
from tui.briefing.document import Actor, Event, Quote, Source, Span
from tui.briefing.files import SourceText
from tui.briefing.original import pages_of
from tui.briefing.problem import CONTROLS, DIRECTIONS, HIDING, LINE_BREAKS, NO_TEXT, UNSEEN
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple

CONTEXT = 32
"""So many characters of the source go before and after the exact words."""


class Cited(NamedTuple):
    """What every form is made of."""

    ref: str
    kind: str
    """"Quote", "Reported", "Event", "Actor", "Source" or "Passage"."""
    words: str
    more: tuple[str, ...]
    """Lines below the words: a translation, an event's evidence."""
    credit: tuple[str, ...]
    """Who, when, where, how it is in the source: the parts of one line."""
    doubt: str = ""
    """Why the words are not proven; "" where they are, and where there is nothing to prove."""
    source: Source | None = None
    segments: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    """Where the segments are in the source; none if they are not found."""


def cited(reading: Reading, ref: str) -> Cited:
    """Gather what is cited of an item, or of a passage ("s1:3"). Raises KeyError if there is none."""
    item = reading.briefing.by_id.get(ref)
    if isinstance(item, Quote):
        it = _quote(reading, item)
    elif isinstance(item, Event):
        it = _event(reading, item)
    elif isinstance(item, Actor):
        it = _actor(reading, item)
    else:
        it = _source(reading, item) if isinstance(item, Source) else _passage(reading, ref)
    credit = tuple(filter(None, map(_line, it.credit)))
    return it._replace(words=it.words if _line(it.words) else ref, credit=credit)


def _quote(reading: Reading, quote: Quote) -> Cited:
    doubt = f" (attribution: {quote.confidence} confidence)" if quote.confidence else ""
    speaker = reading.briefing.name(quote.speaker) + doubt
    more = (f"In translation: {quote.translation}",) if quote.translation else ()
    kind, words = ("Quote", f"“{quote.words}”") if quote.direct else ("Reported", f"Reported: {quote.words}")
    return _anchored(reading, quote, kind, words, more, (speaker, _when(quote), quote.setting))


def _event(reading: Reading, event: Event) -> Cited:
    actors = ", ".join(map(reading.briefing.name, event.actors))
    evidence = f"Evidence: “{' … '.join(event.evidence)}”"
    return _anchored(reading, event, "Event", event.title, (evidence,), (_when(event), event.place, actors))


def _anchored(
    reading: Reading, item: Quote | Event, kind: str, words: str, more: tuple[str, ...], who: tuple[str, ...]
) -> Cited:
    source = reading.briefing.source.get(reading.briefing.source_of(item))
    anchor = reading.anchor(item)
    doubt = _doubt(reading, item, source)
    copied = all(_line(segment) == " ".join(segment.split()) for segment in item.segments)
    status = anchor.status if copied else "folded: without characters that do not show"
    spans = () if doubt else anchor.spans
    where = (reading.page(anchor.source, spans), _paragraphs(reading.paragraphs(item)))
    parts = [*who, _name(source), *where, doubt or status, *_worth(reading, source)]
    return Cited(item.id, kind, words, more, tuple(parts), doubt, source, item.segments, spans)


def _doubt(reading: Reading, item: Quote | Event, source: Source | None) -> str:
    anchor = reading.anchor(item)
    if reading.anchors is None:
        return "not checked yet"
    if anchor.found:
        return ""
    if source is None:
        return "UNPROVEN: the briefing has no source for it"
    if anchor.status == "ambiguous":
        return f"UNPROVEN: in {anchor.several} of the source, and nothing says which"
    return "UNPROVEN: not in the source" if anchor.status == "orphan" else "UNPROVEN: the source could not be read"


def _actor(reading: Reading, actor: Actor) -> Cited:
    also = f"also {', '.join(actor.aliases)}" if actor.aliases else ""
    part_of = f"part of {reading.briefing.name(actor.part_of)}" if actor.part_of else ""
    credit = (actor.kind, actor.role, part_of, also, _in_briefing(reading))
    return Cited(actor.id, "Actor", actor.name, (), credit)


def _source(reading: Reading, source: Source) -> Cited:
    read = reading.sources.get(source.id)
    state = "" if isinstance(read, SourceText) else f"NOT READ: {read.message}" if read else "not read yet"
    if isinstance(read, SourceText) and read.lossy:
        state = f"proves nothing: {read.lossy.message}"
    accessed = f"accessed {_date(source.accessed)}" if source.accessed else ""
    parts = [source.author, source.publisher, _date(source.published), source.url, accessed, state, *_worth(reading, source)]
    return Cited(source.id, "Source", source.title or source.path, (), (*parts, _in_briefing(reading)), "", source)


def _passage(reading: Reading, ref: str) -> Cited:
    id, colon, number = ref.rpartition(":")
    source, text = reading.briefing.source.get(id), reading.text(id)
    known = colon and text and re.fullmatch("[1-9][0-9]{0,8}", number) and int(number) <= len(text.paragraphs)
    if not (known and source and text):
        raise KeyError(ref)
    span = text.paragraphs[int(number) - 1]
    words = text.text[span.start : span.end]
    read = reading.sources[id]
    doubt = "UNPROVEN: the source is not UTF-8" if isinstance(read, SourceText) and read.lossy else ""
    copied = _line(words) == " ".join(words.split())
    status = "verbatim" if copied else "folded: without characters that do not show"
    where = (reading.page(id, (span,)), _paragraphs((int(number),)))
    credit = (_name(source), *where, doubt or status, *_worth(reading, source))
    return Cited(ref, "Passage", words, (), credit, doubt, source, (words,), () if doubt else (span,))


def _date(edtf: str) -> str:
    when = dates.read(edtf)
    return dates.words(when) if when else edtf


def _when(item: Quote | Event) -> str:
    return _date(item.date) or (f"“{item.date_as_written}”" if item.date_as_written else "undated")


def _name(source: Source | None) -> str:
    if source is None:
        return "no source"
    beside = ", ".join(filter(None, (source.publisher, _date(source.published))))
    return (source.title or source.path.rpartition("/")[2]) + (f" ({beside})" if beside else "")


def _paragraphs(numbers: tuple[int, ...]) -> str:
    return "¶" + ", ".join(map(str, numbers)) if numbers else ""


def _worth(reading: Reading, source: Source | None) -> tuple[str, ...]:
    if source is None:
        return ()
    changed = "the source CHANGED since it was stamped" if reading.changed(source) else ""
    return changed, f"grade {source.grade}" if source.grade else ""


def _in_briefing(reading: Reading) -> str:
    briefing = reading.briefing
    said = ", ".join(filter(None, (briefing.title or reading.path.name, briefing.author, _date(briefing.date))))
    return f"in the briefing: {said}"


# -- what gets out ----------------------------------------------------------------------------------------------------


def _any_of(*codes: range) -> re.Pattern[str]:
    return re.compile("[" + "".join(f"{re.escape(chr(each[0]))}-{re.escape(chr(each[-1]))}" for each in codes) + "]")


_BREAKS = _any_of(range(0x09, 0x0E), range(0x1C, 0x20), range(0x85, 0x86), *LINE_BREAKS)
_HIDDEN = re.compile(f"{HIDING}|{_any_of(*DIRECTIONS, *UNSEEN, range(0xE0000, 0xE0080)).pattern}")
_OTHER = _any_of(*CONTROLS, *NO_TEXT)


def _shown(text: str) -> str:
    """Make one line of what can be seen: breaks are blanks, what hides is left out, any other control is U+FFFD."""
    return _OTHER.sub("\ufffd", _HIDDEN.sub("", _BREAKS.sub(" ", text)))


def _line(text: str) -> str:
    return " ".join(_shown(text).split())


def _note(reading: Reading, it: Cited) -> str:
    """Say everything about an item in one line that begins with words of ours: reference managers read "key: value"
    at the beginning of a note as a field."""
    marking = f"Marking: {reading.briefing.marking}" if reading.briefing.marking else ""
    words = it.words if it.words.startswith(f"{it.kind}: ") else f"{it.kind}: {it.words}"
    return _line(" · ".join(filter(None, (marking, it.doubt, words, *it.more, *it.credit))))


# -- text -------------------------------------------------------------------------------------------------------------


def plain(reading: Reading, ref: str) -> str:
    """Plain text"""
    it = cited(reading, ref)
    lines = (reading.briefing.marking, it.doubt, it.words, *it.more, "— " + " · ".join(it.credit))
    return "\n".join(filter(None, map(_line, lines)))


def markdown(reading: Reading, ref: str) -> str:
    """Markdown"""
    it = cited(reading, ref)
    words = escaped(it.words) if it.kind in ("Quote", "Reported", "Passage") else f"**{escaped(it.words)}**"
    parts = [f"**{escaped(it.doubt)}**" if it.doubt else "", words, *map(escaped, it.more)]
    parts.append("— " + escaped(" · ".join(it.credit)))
    quoted = "\n>\n".join(f"> {part}" for part in filter(None, parts))
    marking = escaped(reading.briefing.marking)
    return f"**{marking}**\n\n{quoted}" if marking else quoted


def escaped(text: str) -> str:
    """Escape one line of text so that no common Markdown reads it as anything but text."""
    return markup.escaped(_line(text))


# -- for reference managers --------------------------------------------------------------------------------------------


class Work(NamedTuple):
    """What a reference manager files: the source, or the briefing where there is none."""

    title: str
    author: str
    publisher: str
    published: str
    url: str
    accessed: str
    lang: str


def _work(reading: Reading, it: Cited) -> Work:
    source, briefing = it.source, reading.briefing
    if source is None:
        return Work(briefing.title or reading.path.name, briefing.author, "", briefing.date, "", "", briefing.lang)
    title = source.title or source.path.rpartition("/")[2]
    return Work(title, source.author, source.publisher, source.published, source.url, source.accessed, source.lang)


def _pages(reading: Reading, it: Cited) -> str:
    """Return the pages of the original that the words are on, as "12-13"; "" if there are none."""
    text = reading.text(it.source.id) if it.source and it.spans else None
    return pages_of(text.text).printed(it.spans[0].start, it.spans[-1].end) if text else ""


def _key(reading: Reading, ref: str) -> str:
    parts = (re.sub("[^A-Za-z0-9._:-]+", "-", part).strip("-") for part in (reading.path.stem, ref))
    return "-".join(part or "x" for part in parts)


def csl(reading: Reading, ref: str) -> str:
    """CSL JSON, for reference managers. An array of one reference."""
    it = cited(reading, ref)
    work = _work(reading, it)
    url = _address(work.url)
    found: dict[str, Any] = {
        "id": _key(reading, ref),
        "type": "webpage" if url else "document",
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "container-title" if url else "publisher": work.publisher,
        "issued": _csl_date(work.published),
        "URL": url,
        "accessed": _csl_date(work.accessed),
        "language": work.lang,
        "page": _pages(reading, it),
        "note": _note(reading, it),
    }
    return _json([{key: value for key, value in found.items() if value}])


def _csl_date(edtf: str) -> dict[str, Any]:
    """Write a date in parts if CSL has them, `circa` if there is doubt; what it cannot say (decades, open ends, sets)
    in words."""
    when = dates.read(edtf)
    if when is None:
        return {"literal": edtf} if edtf else {}
    ends = when.parts if when.precision == "interval" else (when,)
    parts = [_date_parts(end) if end else [] for end in ends]
    circa = {"circa": True} if when.qualifier else {}
    if all(parts):
        return {"date-parts": parts, **circa}
    year, season, _ = when.written
    if when.precision == "season" and 21 <= season <= 24:
        return {"date-parts": [[year]], "season": season - 20, **circa}
    return {"literal": dates.words(when)}


def _date_parts(when: dates.Date) -> list[int]:
    count = {"year": 1, "month": 2, "day": 3, "minute": 3}.get(when.precision, 0)
    return list(when.written[:count])


def bibtex(reading: Reading, ref: str) -> str:
    """BibTeX"""
    it = cited(reading, ref)
    work = _work(reading, it)
    when = dates.read(work.published)
    author = _braced(work.author)
    fields = {
        "title": _braced(f"{{{_tex(work.title)}}}", ready=True),
        "author": f"{{{author}}}" if author else "",
        "howpublished": _braced(work.publisher),
        "year": _braced(_year(when)),
        "month": dates.MONTHS[when.written[1] - 1].lower() if when and len(_date_parts(when)) > 1 else "",
        "pages": _braced(_pages(reading, it).replace("-", "--")),
        "url": _braced(_address(work.url), ready=True),
        "urldate": _braced(work.accessed),
        "note": _braced(_note(reading, it)),
    }
    body = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{_key(reading, ref)},\n{body}\n}}"


def _year(when: dates.Date | None) -> str:
    """Return the year, with its doubt; "" if the date may be in several. The note has all of it."""
    first, last = (when.earliest, when.latest) if when else (None, None)
    if not (when and first and last and first.year == last.year):
        return ""
    if when.beyond and not when.written[0]:
        return ""
    year = dates.year_words(when.written[0] or first.year)
    return ("about " if when.qualifier in ("~", "%") else "") + year + ("?" if when.qualifier in ("?", "%") else "")


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    **{each: "\\" + each for each in "$&#_%"},
}  # fmt: skip
"""Braces by their names: BibTeX counts them with a backslash before them too."""


def _tex(text: str) -> str:
    return "".join(_TEX.get(each, each) for each in _line(text))


def _braced(text: str, *, ready: bool = False) -> str:
    return f"{{{text if ready else _tex(text)}}}" if text else ""


def _address(url: str) -> str:
    """Write a URL in characters that a URL may have; those with a meaning in TeX and Markdown are percent-encoded."""
    return percent_encoded(_line(url), safe="/:?#@!$&'()*+,;=%~-._", errors="replace")


# -- W3C Web Annotation -----------------------------------------------------------------------------------------------


def annotation(reading: Reading, ref: str) -> str:
    """JSON anchor (W3C Web Annotation). A target a segment, with the source's own words and context, and their positions in
    code points of the normalised source. What was not found has no position. Line breaks stay in the words."""
    from uuid import NAMESPACE_URL, uuid5

    it = cited(reading, ref)
    note = _note(reading, it)
    targets = [_target(reading, it, number) for number in range(len(it.segments))] or [_whole(reading, it)]
    if it.spans and any(_changes(_slice(reading, it, span)) for span in it.spans):
        note += " · characters that do not show are left out of the exact words; the positions count them"
    found = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, _shown(f'{reading.path.name}#{ref} {note}'))}",
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": note, "format": "text/plain", "purpose": "commenting"},
        "target": targets[0] if len(targets) == 1 else targets,
    }
    return _json(found)


def _target(reading: Reading, it: Cited, number: int) -> dict[str, Any]:
    source = _whole(reading, it)
    if not it.spans:
        return {**source, "selector": [_selector(*_context_written(reading, it, number), it.segments[number])]}
    span = it.spans[number]
    before = _slice(reading, it, Span(max(0, span.start - CONTEXT), span.start))
    behind = _slice(reading, it, Span(span.end, span.end + CONTEXT))
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    quote = _selector(before, behind, _slice(reading, it, span))
    return {**source, "selector": [quote, position, *_on_page(reading, it, span, quote)]}


def _on_page(reading: Reading, it: Cited, span: Span, quote: dict[str, str]) -> list[dict[str, Any]]:
    """Return the page of the original as a fragment that the quote refines; none if the text has no pages."""
    text = reading.text(it.source.id) if it.source else None
    sheet = pages_of(text.text).sheet(span.start) if text else 0
    conforms = "http://tools.ietf.org/rfc/rfc3778"
    fragment = {"type": "FragmentSelector", "conformsTo": conforms, "value": f"page={sheet}", "refinedBy": quote}
    return [fragment] if sheet else []


def _selector(prefix: str, suffix: str, exact: str) -> dict[str, str]:
    found = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {key: "\n".join(map(_shown, value.split("\n"))) for key, value in found.items() if value or key == "exact"}


def _context_written(reading: Reading, it: Cited, number: int) -> tuple[str, str]:
    """Return the briefing's own prefix and suffix, which are before the first segment and after the last."""
    item = reading.briefing.by_id.get(it.ref)
    if not isinstance(item, (Quote, Event)):
        return "", ""
    return item.prefix if number == 0 else "", item.suffix if number == len(it.segments) - 1 else ""


def _slice(reading: Reading, it: Cited, span: Span) -> str:
    text = reading.text(it.source.id) if it.source else None
    return text.text[span.start : span.end] if text else ""


def _changes(text: str) -> bool:
    return any(_shown(line) != line for line in text.split("\n"))


def _whole(reading: Reading, it: Cited) -> dict[str, Any]:
    """Name the file that the positions count in, as the briefing does (its address may show another text); the
    briefing if there is no source."""
    file = _shown(it.source.path if it.source else reading.path.name)
    return {"type": "SpecificResource", "source": percent_encoded(file, errors="replace")}


def _json(value: Any) -> str:
    return json.dumps(_all_shown(value), ensure_ascii=False, indent=2)


def _all_shown(value: Any) -> Any:
    if isinstance(value, str):
        return "\n".join(map(_shown, value.split("\n")))
    if isinstance(value, list):
        return [_all_shown(each) for each in value]
    return {key: _all_shown(each) for key, each in value.items()} if isinstance(value, dict) else value


FORMS: Mapping[str, Callable[[Reading, str], str]] = {
    "plain": plain,
    "markdown": markdown,
    "csl": csl,
    "bibtex": bibtex,
    "anchor": annotation,
}
"""The first line of each docstring is what the list of forms says."""


def words_for(form: str) -> str:
    """Say what a form is, for people."""
    return (FORMS[form].__doc__ or form).partition("\n")[0].partition(". ")[0].rstrip(".")
