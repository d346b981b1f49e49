"""A briefing file, read into values, with the place of each.

Reading never stops at the first problem: a broken item is left out and reported, and the rest is there to be read. The
reader, the checker and the exports all come through `parse`, so they cannot disagree about what a file says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

import tomli

from tui.briefing import toml_places
from tui.briefing.document import FORMAT, Actor, AnyItem, Briefing, Event, Quote, Source
from tui.briefing.problem import Place, Problem, Severity
from tui.briefing.record import NamedTuple, fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FENCE = "+++"
MAX_ITEMS = 100_000
MAX_STRING = 1024 * 1024
MAX_NESTING = 100

_REFORMATTED = r"^(?=.*\\)\\?\[\\?\[(source|actor|quote|event)\\?\]\\?\]$"
"""The header of a table with backslashes, as formatters of Markdown write it: \\[[source]\\]."""

NEEDED = {
    "source": ("id", "path"),
    "actor": ("id", "name", "kind"),
    "quote": ("id", "text", "speaker"),
    "event": ("id", "title", "evidence"),
}
_MISSED = {
    "source": ((("sha256",), "run readout stamp FILE"), (("published",), "write an EDTF date, with ? where inferred")),
    "event": ((("date", "date_as_written"), 'write date_as_written, or date = "" where the source gives none'),),
}
"""What a reader will miss; a note."""
_MAY_BE_EMPTY = {"speaker"}
_ONE_OF = {"speech": ("direct", "indirect"), "confidence": ("high", "moderate", "low")}
_DATES = {"date", "published", "accessed"}
SEGMENTS = {"text", "evidence"}
HEAD = ("format", "title", "date", "author", "lang", "marking", "tags")

Row = tuple[str, int]
"""A [[table]] of the file: its name, and its number among those of that name; ("", 0) is the head."""


def _shapes(kind: type[Any]) -> dict[str, str]:
    """Map each key of a table to what it may hold: "string", "strings", "date" (also a TOML date) or "segments" (a
    string or several)."""
    shapes = {}
    for each in sorted(fields(kind), key=lambda each: (each.name != "id", each.name not in kind.__annotations__)):
        if each.name in ("extra", "row"):
            continue
        many = "tuple" in str(each.type)
        shapes[each.name] = (
            "segments" if each.name in SEGMENTS else "strings" if many else "date" if each.name in _DATES else "string"
        )
    return shapes


TABLES: Mapping[str, tuple[str, type[Any], Mapping[str, str]]] = {
    "source": ("sources", Source, _shapes(Source)),
    "actor": ("actors", Actor, _shapes(Actor)),
    "quote": ("quotes", Quote, _shapes(Quote)),
    "event": ("events", Event, _shapes(Event)),
}
"""Name of the [[table]] → (field of Briefing, class, key → shape)."""
_HEAD_SHAPES = {key: "strings" if key == "tags" else "date" if key == "date" else "string" for key in HEAD}


class Missed(NamedTuple):
    """A key that an item does well to have, and does not. No problem yet: its place is worked out when somebody asks."""

    row: Row
    item: str
    key: str
    hint: str


class Parsed(NamedTuple):
    briefing: Briefing
    problems: tuple[Problem, ...]
    places: Places
    readable: bool
    """False if the file is not a briefing that this version can show; the problems say why."""
    missed: tuple[Missed, ...] = ()
    left_out: Mapping[str, int] = {}
    """How many items of each table are in the file and not in the briefing: broken ones, each with its problem."""


class Places:
    """Where things are in the file, worked out when first asked: most files have nothing to point at."""

    def __init__(self, text: str, start: int = 0, end: int = 0) -> None:
        self.text = text
        self._start, self._end = start, end
        """Offsets of the front matter's TOML."""

    @cached_property
    def _spans(self) -> dict[Row, dict[str, tuple[int, int]]]:
        found: dict[Row, dict[str, tuple[int, int]]] = {("", 0): {}}
        count: dict[str, int] = {}
        row: Row = ("", 0)
        for each in toml_places.statements(self.text, self._start, self._end):
            if each.header and len(each.key) == 1:
                name = each.key[0]
                number = count[name] = count.get(name, -1) + 1
                row = (name, number)
                found[row] = {"": each.span}
            elif each.header:
                found.setdefault((each.key[0], count.get(each.key[0], 0)), {}).setdefault(each.key[1], each.span)
                row = (".".join(each.key), len(found))
                found[row] = {}
            else:
                found[row].setdefault(each.key[0], each.value)
        return found

    def span(self, row: Row, key: str = "") -> tuple[int, int]:
        """Return the offsets of a value in the file; of the table's header if the key is "" or not there."""
        spans = self._spans.get(row)
        if spans is None:  # written in line: the list that it stands in
            spans, key = self._spans[("", 0)], row[0]
        return spans.get(key) or spans.get("") or (self._start, self._start)

    def place(self, row: Row, key: str = "") -> Place:
        return self.at(*self.span(row, key))

    def of(self, item: AnyItem, key: str = "id") -> Place:
        return self.place((type(item).__name__.lower(), item.row), key)

    def at(self, start: int, end: int | None = None) -> Place:
        end = start if end is None else end
        return Place(*self._line(start), *self._line(end))

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def _line(self, offset: int) -> tuple[int, int]:
        line = bisect_left(self._breaks, offset)
        return line + 1, offset - (self._breaks[line - 1] if line else -1)

    @property
    def summary_start(self) -> int:
        """Return the offset of the line after the closing fence."""
        behind = self.text.find("\n", self._end)
        return len(self.text) if behind < 0 else behind + 1


def parse(text: str, path: str = "") -> Parsed:
    """Read the normalised text of a file. Every problem that reading alone can find is in the result; nothing is raised."""
    return _Parser(text, path).run()


_RESTORE = "restore the file, and exclude briefings from the formatter (docs/format.md)"


class _Reformatted(Exception):
    """The TOML cannot be read, and a formatter of Markdown has been at it."""

    def __init__(self, header: re.Match[str]) -> None:
        self.span = header.span()
        super().__init__(f"a Markdown formatter rewrote the front matter: {header.group()} was [[{header[1]}]]")


class _Parser:
    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.problems: list[Problem] = []
        self.places = Places(text)
        self.ids: dict[str, str] = {}
        self.missed: list[Missed] = []
        self.left_out: dict[str, int] = {}

    def note(self, rule: str, severity: Severity, message: str, hint: str, place: Place, item: str = "") -> None:
        self.problems.append(Problem(rule, severity, message, hint, self.path, place, item))

    def run(self) -> Parsed:
        text = self.text
        if not text.startswith(FENCE + "\n"):
            if re.match(r"\\?\+\\?\+\\?\+\n", text):
                self.note("syntax", "error", "a Markdown formatter rewrote the first line", _RESTORE, Place())
                return self.give_up()
            message = "the file is empty" if not text.strip() else "this is not a briefing: it does not begin with a line +++"
            self.note("syntax", "error", message, "see docs/format.md", Place())
            return self.give_up()
        start = len(FENCE) + 1
        end = toml_places.closing(text, start)
        if end < 0:
            self.note(
                "syntax", "error", "the front matter has no closing line +++", "end it with a line that is exactly +++", Place()
            )
            end = len(text)
        self.places = Places(text, start, end)
        try:
            raw = self.tables(start, end)
        except _Reformatted as error:
            self.note("syntax", "error", str(error), _RESTORE, self.places.at(*error.span))
            return self.give_up()
        version = raw.get("format")
        if version != FORMAT:
            place = self.places.place(("", 0), "format")
            if version is None:
                self.note("missing-field", "error", "the briefing has no format", f'write format = "{FORMAT}"', place)
            else:
                self.note(
                    "unknown-format", "error", f"format {version!r} is not known here", f'this version reads "{FORMAT}"', place
                )
                return self.give_up()
        briefing = self.briefing(raw)
        return Parsed(briefing, tuple(self.problems), self.places, True, tuple(self.missed), self.left_out)

    def give_up(self) -> Parsed:
        return Parsed(Briefing(), tuple(self.problems), self.places, False)

    # -- TOML ---------------------------------------------------------------------------------------------------------

    def tables(self, start: int, end: int) -> dict[str, Any]:
        try:
            return toml_places.values(self.text[start:end])
        except RecursionError:
            self.note(
                "too-large", "error", f"values are nested deeper than {MAX_NESTING}", "flatten them", self.places.at(start)
            )
        except tomli.TOMLDecodeError as error:
            header = re.compile(_REFORMATTED, re.M).search(self.text, start, end)
            if header:
                raise _Reformatted(header) from None
            return self.salvage(start, end, error)
        return self.salvage(start, end, None)

    def salvage(self, start: int, end: int, whole: tomli.TOMLDecodeError | None) -> dict[str, Any]:
        """Read, after a syntax error, each top-level table alone, the head statement by statement. Broken ones become
        None."""
        raw: dict[str, Any] = {}
        said = len(self.problems)
        heads = [s for s in toml_places.statements(self.text, start, end) if s.header and len(s.key) == 1]
        first = heads[0].span[0] if heads else end
        for line in toml_places.statements(self.text, start, first):
            raw.update(self.load(*line.span) or {})
        self.leftovers(start, first)
        for head, following in zip(heads, [*heads[1:], None]):
            stop = following.span[0] if following else end
            name = head.key[0]
            block = self.load(head.span[0], stop)
            value = block.get(name) if block else None
            rows = raw.setdefault(name, []) if head.header == "[[" else None
            if isinstance(rows, list):
                rows.append(value[0] if isinstance(value, list) and value else None)
            elif value is not None:
                raw.setdefault(name, value)
        if whole and len(self.problems) == said:  # only the whole is wrong: a table opened twice, say
            self.syntax_error(whole, start)
        return raw

    def load(self, start: int, end: int) -> dict[str, Any] | None:
        try:
            return toml_places.values(self.text[start:end])
        except tomli.TOMLDecodeError as error:
            self.syntax_error(error, start)
        except RecursionError:
            if not any(problem.rule == "too-large" for problem in self.problems):
                self.note(
                    "too-large", "error", f"values are nested deeper than {MAX_NESTING}", "flatten them", self.places.at(start)
                )
        return None

    def syntax_error(self, error: tomli.TOMLDecodeError, start: int) -> None:
        message = re.sub(r" \(at .*\)$", "", str(error))
        place = self.places.at(min(start + error.pos, len(self.text)))
        self.note("syntax", "error", message[:1].lower() + message[1:], "correct the TOML; this table is left out", place)

    def leftovers(self, start: int, end: int) -> None:
        """Note the problems of lines of the head that are not a statement at all."""
        seen = start
        for line in (*toml_places.statements(self.text, start, end), None):
            stop = line.span[0] if line else end
            for found in re.compile(r"[^\s#][^\n]*").finditer(
                re.sub(r"#[^\n]*", lambda c: " " * len(c.group()), self.text[seen:stop])
            ):
                self.load(seen + found.start(), seen + found.end())
            seen = line.span[1] if line else end

    # -- values -------------------------------------------------------------------------------------------------------

    def briefing(self, raw: Mapping[str, Any]) -> Briefing:
        own = {key: value for key, value in raw.items() if key not in TABLES}
        head = self.known(own, _HEAD_SHAPES, ("", 0), ("title",), skip=("extra",))
        extra = {key: value for key, value in own.items() if key not in _HEAD_SHAPES}
        items: dict[str, Any] = {}
        for table, (into, _, _) in TABLES.items():
            rows = raw.get(table, [])
            kept = items[into] = self.unique(table, self.items(table, rows))
            lost = (len(rows) if isinstance(rows, list) else 1) - len(kept)
            if lost:
                self.left_out[table] = lost
        summary = self.text[self.places.summary_start :].strip("\n")
        if len(summary) > MAX_STRING:
            place = self.places.at(self.places.summary_start)
            self.note("too-large", "error", "the summary is longer than 1 MiB", "shorten it", place)
            summary = summary[:MAX_STRING]
        return Briefing(**head, **items, extra=extra, summary=summary)

    def unique(self, table: str, items: tuple[Any, ...]) -> tuple[Any, ...]:
        """Remove the items whose id is taken: what is found out about one must never be shown for the other."""
        kept = []
        for item in items:
            if item.id in self.ids:
                message = f"the id {item.id!r} is taken by another {self.ids[item.id]}; this {table} is left out"
                self.note("duplicate-id", "error", message, "choose another", self.places.of(item), item.id)
            else:
                self.ids[item.id] = table
                kept.append(item)
        return tuple(kept)

    def items(self, table: str, rows: object) -> tuple[Any, ...]:
        _, kind, shapes = TABLES[table]
        if not isinstance(rows, list):
            self.note(
                "wrong-type", "error", f"{table} is not a list of tables", f"write [[{table}]]", self.places.place((table, 0))
            )
            return ()
        if len(rows) > MAX_ITEMS:
            place = self.places.place((table, MAX_ITEMS))
            self.note(
                "too-large",
                "error",
                f"more than {MAX_ITEMS:,} of [[{table}]]; the rest is left out",
                "split the briefing",
                place,
            )
            rows = rows[:MAX_ITEMS]
        found = []
        for number, row in enumerate(rows):
            if row is None:
                continue  # broken, and reported
            if not isinstance(row, dict):
                place = self.places.place((table, number))
                self.note("wrong-type", "error", f"{table} is not a list of tables", f"write [[{table}]]", place)
                continue
            values = self.known(row, shapes, (table, number), NEEDED[table])
            if not _has(values, NEEDED[table]):
                continue  # broken, and reported
            if row.keys() <= shapes.keys():
                found.append(kind(**values, row=number))
            else:
                extra = {key: value for key, value in row.items() if key not in shapes}
                found.append(kind(**values, extra=extra, row=number))
        return tuple(found)

    def known(
        self, raw: Mapping[str, Any], shapes: Mapping[str, str], row: Row, needed: tuple[str, ...], skip: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Return the keys that this version knows, as the values it wants; complaints about the others go to
        `problems`."""
        values: dict[str, Any] = {}
        found = raw.get("id")
        name = found if isinstance(found, str) else ""
        if raw.keys() <= shapes.keys():
            plain = _plain(raw, shapes)
            if plain is not None and _has(plain, needed):
                self.miss(raw, row, name)
                return plain
        label = f"{row[0]} {name!r}" if name else f"a [[{row[0]}]]" if row[0] else "the briefing"
        for key, value in raw.items():
            shape = shapes.get(key)
            if shape is None:
                if key not in skip and not key.startswith("x-"):
                    self.note(
                        "unknown-key", "warning", f"{label} has an unknown key {key!r}",
                        "correct it, or begin your own keys with x-", self.places.place(row, key), name,
                    )  # fmt: skip
                if isinstance(value, (list, dict)) and _deeper(value, MAX_NESTING):
                    self.note(
                        "too-large", "error", f"{key} is nested deeper than {MAX_NESTING}", "flatten it",
                        self.places.place(row, key), name,
                    )  # fmt: skip
                continue
            taken, wrong = _taken(key, value, shape)
            if wrong:
                rule, what, hint = wrong
                self.note(rule, "error", f"{key} of {label} {what}", hint, self.places.place(row, key), name)
                continue
            values[key] = taken
        for key in needed:
            if key not in raw or (key in values and not values[key] and key not in _MAY_BE_EMPTY):
                self.note("missing-field", "error", f"{label} has no {key}", "write one", self.places.place(row), name)
        self.miss(raw, row, name)
        return values

    def miss(self, raw: Mapping[str, Any], row: Row, name: str) -> None:
        for alternatives, hint in _MISSED.get(row[0], ()):
            if not any(raw.get(key) or (key in raw and key != "sha256") for key in alternatives):
                self.missed.append(Missed(row, name, " or ".join(alternatives), hint))


def _has(values: Mapping[str, Any], needed: Iterable[str]) -> bool:
    return not [key for key in needed if not values.get(key) and (key not in _MAY_BE_EMPTY or key not in values)]


def _plain(raw: Mapping[str, Any], shapes: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the values of a table that has no problem, as nearly all are; None for any other."""
    values: dict[str, Any] = {}
    for key, value in raw.items():
        shape = shapes[key]
        if shape in ("string", "date") and isinstance(value, str):
            if len(value) > MAX_STRING or (key in _ONE_OF and value not in _ONE_OF[key]):
                return None
            values[key] = value
            continue
        taken, wanted = _take(value, shape)
        if wanted or any(len(part) > MAX_STRING for part in taken):
            return None
        values[key] = taken
    return values


def _taken(key: str, value: object, shape: str) -> tuple[Any, tuple[str, str, str] | None]:
    """Return the value that a key wants, or (rule, what is wrong with it, hint)."""
    taken, wanted = _take(value, shape)
    if wanted:
        return None, ("wrong-type", f"is not {wanted}", f"write {wanted}")
    if any(len(part) > MAX_STRING for part in ((taken,) if isinstance(taken, str) else taken)):
        return None, ("too-large", "is longer than 1 MiB", "shorten it")
    if key in _ONE_OF and taken not in _ONE_OF[key]:
        return None, ("wrong-type", f"is {taken!r}", f"write {' or '.join(_ONE_OF[key])}")
    return taken, None


def _take(value: object, shape: str) -> tuple[Any, str]:
    """Return the value in the form that the dataclass holds, or what was wanted instead."""
    if shape == "date" and isinstance(value, (date, datetime)):
        return _edtf(value), ""
    if shape in ("string", "date"):
        return (value, "") if isinstance(value, str) else ("", "a string" if shape == "string" else "a date")
    if shape == "segments" and isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return (), "a list of strings" if shape == "strings" else "a string or a list of strings"
    if shape == "segments":
        lines = [_LINE_BREAK.sub(" ", part).strip() if "\n" in part else part.strip() for part in value]
        return tuple(filter(None, lines)), ""
    return tuple(value), ""


_LINE_BREAK = re.compile(r"(?<![ \t])[ \t]*\n\s*")  # begins at the beginning of a run, so that a long one is gone through once


def _edtf(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _deeper(value: object, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for each in level
            if isinstance(each, (list, dict))
            for inner in (each if isinstance(each, list) else each.values())
        ]
        if not level:
            return False
    return True


def walk(briefing: Briefing) -> Iterator[tuple[str, AnyItem]]:
    """Yield every item with the name of its table, in the order of the tables."""
    for table, (into, _, _) in TABLES.items():
        for item in getattr(briefing, into):
            yield table, item
