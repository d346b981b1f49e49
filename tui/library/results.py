"""FORMS: what a search found, a pure function a form; each says where words are not proven, and how they are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tui.briefing import dates
from tui.briefing.document import strictest
from tui.briefing.loose import has_second
from tui.briefing.problem import printable
from tui.briefing.record import NamedTuple
from tui.library.query import Query, Words
from tui.library.search import Hit
from tui.library.words import Word, placed

KINDS = {"title": "briefing", "summary": "summary", "quote": "quote", "event": "event", "passage": "source"}


class Result(NamedTuple):
    """A hit in words."""

    hit: Hit
    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    """Where in `text` the words found are."""
    who: str
    date: str
    """EDTF."""
    doubt: str
    """Why the words are not to be taken as proven; "" where they are, and where there is nothing to prove."""

    @property
    def when(self) -> str:
        """Say the date for people."""
        return said(self.date) or (f"“{self.hit.item.date_as_written}”" if self.hit.item.date_as_written else "")


def said(edtf: str) -> str:
    """Say a date in short words; as it is written if it is none; "" for none."""
    when = dates.read(edtf)
    return dates.words(when) if when else edtf


def result(hit: Hit, query: Query, most: int | None = 240) -> Result:
    """Make a result of a hit. `most`: how many characters of the text are given, around what was found; None gives
    all of it."""
    item, digest = hit.item, hit.digest
    text, spans = item.text, lit(item.text, query)
    for more in () if spans else item.more:  # found beside it: an event's evidence, a translation
        if found := lit(more, query):
            text, spans = f"{item.text} — {more}", [(a + len(item.text) + 3, b + len(item.text) + 3) for a, b in found]
            break
    if item.part == "quote" and item.direct:
        text, spans = f"“{text}”", [(a + 1, b + 1) for a, b in spans]
    text, spans = snippet(text, spans, most) if most is not None else (text, spans)
    kind = "article" if hit.file.kind == "text" and item.part == "title" else KINDS[item.part]
    who = digest.name(item.speaker) if item.part == "quote" else ""
    if item.part == "quote":
        who = (who or "unattributed") + {"low": " (low confidence)", "moderate": " (moderate confidence)"}.get(
            item.confidence, ""
        )
    return Result(hit, kind, text, tuple(spans), who, digest.when(item), doubt(hit))


def doubt(hit: Hit) -> str:
    if hit.item.part not in ("quote", "event"):
        return ""
    if hit.item.ref in hit.file.unproven:
        return "UNPROVEN"
    return "not checked yet" if hit.file.lost is None else ""


def where(hit: Hit) -> str:
    """Name the place as `readout` takes it: FILE#ITEM."""
    return f"{hit.file.path}#{hit.ref}" if hit.ref else str(hit.file.path)


def text(found: Iterable[Result]) -> str:
    results = list(found)
    marking = strictest(each.hit.file.marking for each in results)
    lines = [marking] if marking else []
    unsure = dates.unsure(each.date for each in results)
    for each in results:
        when = each.when + f" ({dates.ORDER_UNCERTAIN})" * (each.date in unsure)
        parts = (when, each.who, each.kind, each.hit.page, where(each.hit), each.hit.file.marking)
        lines.append("  ".join(filter(None, parts)))
        lines.append(f"    {f'{each.doubt}: ' if each.doubt else ''}{' '.join(_printed(each.text).split())}")
    return "".join(f"{printable(line)}\n" for line in (*lines, *([marking] if marking else [])))


def _printed(text: str) -> str:
    """Leave out the soft hyphens of words that a document breaks at the end of a line."""
    return text.replace("\u00ad", "")


def _rows(found: Iterable[Result]) -> list[dict[str, object]]:
    results = list(found)
    unsure = dates.unsure(each.date for each in results)
    return [_row(each, "uncertain" if each.date in unsure else "") for each in results]


def _row(each: Result, order: str) -> dict[str, object]:
    hit = each.hit
    return {
        "file": str(hit.file.path), "file_date": hit.file.date, "item": hit.ref, "kind": each.kind, "date": each.date,
        "order": order, "date_as_written": hit.item.date_as_written, "speaker": hit.item.speaker, "name": each.who,
        "text": each.text, "match": [list(span) for span in each.spans], "title": hit.file.title, "marking": hit.file.marking,
        "draft": hit.file.draft, "proven": _proven(each), "page": hit.page,
    }  # fmt: skip


def _proven(each: Result) -> bool | None:
    """Return whether it is proven; None if there is nothing to prove, or it is not checked yet."""
    return None if each.hit.item.part not in ("quote", "event") or each.doubt == "not checked yet" else not each.doubt


def as_json(found: Iterable[Result]) -> str:
    import json

    from tui.briefing.export import safe_json

    return safe_json(json.dumps(_rows(found), ensure_ascii=False, indent=2))


def as_csv(found: Iterable[Result]) -> str:
    import csv
    import io

    from tui.briefing.export import harmless

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for row in _rows(found):
        table.writerow([harmless("" if row[name] is None else _printed(str(row[name]))) for name in _COLUMNS])
    return out.getvalue()


_COLUMNS = ("date", "name", "kind", "text", "proven", "file", "item", "title", "marking", "draft", "file_date", "order", "page")
FORMS: Mapping[str, Callable[[Iterable[Result]], str]] = {"text": text, "json": as_json, "csv": as_csv}


# -- what is lit ---------------------------------------------------------------------------------------------------------


def lit(text: str, query: Query, column: str = "words") -> list[tuple[int, int]]:
    """Return where in a text (code points, end exclusive) the words are that a query searches for in such texts."""
    terms = query.lit(column)
    if not terms:
        return []
    readings = [list(placed(text)), *([list(placed(text, second=True))] if has_second(text) else [])]
    found = [span for these in readings for term in terms for span in _stretches(these, term)]
    return sorted(set(found))


def _stretches(these: Sequence[Word], term: Words) -> Iterator[tuple[int, int]]:
    size = len(term.words)
    *whole, last = term.words
    for at in range(len(these) - size + 1):
        if [each.word for each in these[at : at + size - 1]] != whole:
            continue
        ends = these[at + size - 1]
        if ends.word == last or (term.prefix and ends.word.startswith(last)):
            yield these[at].start, ends.end


def snippet(text: str, spans: Sequence[tuple[int, int]], most: int = 240) -> tuple[str, list[tuple[int, int]]]:
    """Cut a text to what shows the words found, with ellipses where it is cut; return where they are in it."""
    if len(text) <= most:
        return text, list(spans)
    first = spans[0][0] if spans else 0
    start = 0 if first < most // 3 else text.rfind(" ", 0, max(1, first - most // 4)) + 1
    end = len(text) if len(text) - start <= most else text.rfind(" ", start, start + most)
    end = end if end > start else min(len(text), start + most)
    lead = "… " if start else ""
    moved = [(a - start + len(lead), min(b, end) - start + len(lead)) for a, b in spans if a >= start and a < end]
    return f"{lead}{text[start:end]}{' …' if end < len(text) else ''}", moved
