"""RULES: what can be wrong with a briefing. A generator a rule; its name is its id, its docstring what `--explain` prints.

A rule yields problems and does nothing else. Those that reading alone can find are found by `parse.py` and handed on here,
so that every rule has one place, one id and one explanation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from tui.briefing import dates
from tui.briefing.anchor import Text
from tui.briefing.case import SEARCHES, Case, Compare, Read, compare_hash
from tui.briefing.document import KINDS, TLP, Actor, Event, Quote, Source, Span
from tui.briefing.files import SourceText
from tui.briefing.fold import fold
from tui.briefing.links import Names
from tui.briefing.parse import walk
from tui.briefing.problem import Problem, Severity
from tui.briefing.proof import Reading, open_briefing
from tui.briefing.quotation import CLOSING, OPENING
from tui.briefing.summary import MAX_NESTING, Link, links, strays, too_deep
from tui.briefing.summary_rules import summary_misquote, summary_unmarked, summary_unsupported

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_TERMINAL = " .,;:!?…–—-"


Rule = Callable[[Case], Iterator[Problem]]


def syntax(case: Case) -> Iterator[Problem]:
    """The file is not valid: its TOML cannot be read at this place, or it does not begin and end its front matter with a
    line +++. The table with the error is left out and everything else is read."""
    yield from case.parsed("syntax")


def unknown_format(case: Case) -> Iterator[Problem]:
    """`format` names a version that this build does not read. Nothing is guessed about such a file."""
    yield from case.parsed("unknown-format")


def unknown_key(case: Case) -> Iterator[Problem]:
    """A key that the format does not have, often a typo. It stays when the file is rewritten. Keys that begin
    with x- and the table [extra] are the analyst's own."""
    yield from case.parsed("unknown-key")


def missing_field(case: Case) -> Iterator[Problem]:
    """A required key is missing or empty (an error, and the item is left out), or one that a reader will miss: a source's
    sha256 and published, an event's date or date_as_written (a note)."""
    yield from case.parsed("missing-field")
    for missed in case.reading.parsed.missed:
        label = f"{missed.row[0]} {missed.item!r}" if missed.item else f"a [[{missed.row[0]}]]"
        place = case.places.place(missed.row, "id")
        message = f"{label} has no {missed.key}"
        yield Problem("missing-field", "note", message, missed.hint, str(case.reading.path), place, missed.item)


def wrong_type(case: Case) -> Iterator[Problem]:
    """A value is not of the kind that its key holds: a number where a string belongs, a word that is not one of those
    allowed, an actor's kind or a grade that does not exist."""
    yield from case.parsed("wrong-type")
    for actor in case.briefing.actors:
        if actor.kind not in KINDS:
            hint = "write one of " + ", ".join(KINDS)
            yield case.problem("wrong-type", "error", f"actor {actor.id!r} has kind {actor.kind!r}", hint, actor, "kind")
    for source in case.briefing.sources:
        if source.grade and not re.fullmatch("[A-F][1-6]", source.grade):
            message = f"source {source.id!r} has grade {source.grade!r}"
            yield case.problem("wrong-type", "error", message, "write A-F and 1-6, such as B2", source, "grade")


def too_large(case: Case) -> Iterator[Problem]:
    """Past a limit of the format: 64 MiB a file, 100,000 items of a kind, 1 MiB a string, nesting 100."""
    yield from case.parsed("too-large")
    for source, refusal in case.refused("too-large"):
        yield case.problem("too-large", "error", refusal.message, refusal.hint, source, "path")
    if too_deep(case.briefing.summary):
        message = f"lists or quotations of the summary are nested deeper than {MAX_NESTING}"
        yield case.in_summary("too-large", "error", message, "flatten them", 0)


def duplicate_id(case: Case) -> Iterator[Problem]:
    """Two items of the file share an id, so that no link can tell them apart. Ids are unique across all tables; the later
    item is left out."""
    yield from case.parsed("duplicate-id")


def bad_id(case: Case) -> Iterator[Problem]:
    """An id is not made of small letters, digits and hyphens, beginning with a letter or digit."""
    for table, item in walk(case.briefing):
        if not _ID.fullmatch(item.id):
            yield case.problem("bad-id", "error", f"{item.id!r} is no id for a {table}", "use a-z, 0-9 and -", item)


def bad_date(case: Case) -> Iterator[Problem]:
    """A date is not EDTF as the format has it (2025-11, 2025-11-09?, 2025-09/.., [2025-10..2025-11], seasons, quarters and
    halves 21-41)."""
    for owner, item, key, value in _dates(case):
        try:
            dates.parse(value)
        except dates.BadDate as error:
            yield case.problem("bad-date", "error", f"{key} of {owner}: {error}", "write EDTF, see docs/format.md", item, key)


def date_order(case: Case) -> Iterator[Problem]:
    """The order in time cannot be: a source published or a thing said after the briefing was written, or a thing said
    after its source was published. Events may lie ahead: elections and plans do."""
    written = dates.read(case.briefing.date)
    for owner, item, key, value in _dates(case):
        when = dates.read(value)
        if when and written and dates.after(when, written) and isinstance(item, (Source, Quote)) and key != "accessed":
            message = f"{key} of {owner} is {dates.words(when)}, after the briefing's own date"
            yield case.problem("date-order", "warning", message, "correct one of the two", item, key)
    for quote in case.briefing.quotes:
        source = case.briefing.source.get(case.briefing.source_of(quote))
        when, published = dates.read(quote.date), dates.read(source.published) if source else None
        ahead = when and written and dates.after(when, written)
        if when and published and dates.after(when, published) and not ahead:
            message = f"quote {quote.id!r} was said on {dates.words(when)}, after its source was published"
            yield case.problem("date-order", "warning", message, "correct one of the two", quote, "date")


def dangling_link(case: Case) -> Iterator[Problem]:
    """A link or reference leads to nothing: an id that the file does not have, an event that is not there, a file that is
    not there or has no such item."""
    for link in (*links(case.briefing.summary), *strays(case.briefing.summary)):
        wrong = _leads_nowhere(case, link)
        if wrong:
            yield case.in_summary("dangling-link", "error", wrong, "correct the link", link.block, f"({link.href})")
    for quote in case.briefing.quotes:
        if quote.event and quote.event not in case.briefing.event:
            message = f"quote {quote.id!r} belongs to {quote.event!r}, which is no event"
            yield case.problem("dangling-link", "error", message, "correct the id", quote, "event")
    for item in case.briefing.anchored:
        if not item.source and len(case.briefing.sources) != 1:
            kind = type(item).__name__.lower()
            message = f"{kind} {item.id!r} names no source, and there are {len(case.briefing.sources)}"
            yield case.problem("dangling-link", "error", message, "write its source", item)
        elif item.source and item.source not in case.briefing.source:
            kind = type(item).__name__.lower()
            message = f"{kind} {item.id!r} names {item.source!r}, which is no source"
            yield case.problem("dangling-link", "error", message, "correct the id", item, "source")


def unknown_speaker(case: Case) -> Iterator[Problem]:
    """A quote's speaker is not an actor of the briefing. Write "" for words that nobody can be named for."""
    for quote in case.briefing.quotes:
        if quote.speaker and quote.speaker not in case.briefing.actor:
            message = f"quote {quote.id!r} is by {quote.speaker!r}, who is no actor here"
            yield case.problem("unknown-speaker", "error", message, "add the actor, or correct the id", quote, "speaker")


def unknown_actor(case: Case) -> Iterator[Problem]:
    """Something names an actor that the briefing does not have: an event, what a quote is about, a part_of; or not_in
    names a source that it does not have."""
    known = case.briefing.actor
    for table, item in walk(case.briefing):
        for key in ("about", "actors", "part_of"):
            named = getattr(item, key, ())
            for actor in (named,) if isinstance(named, str) else named:
                if actor and actor not in known:
                    message = f"{key} of {table} {item.id!r} names {actor!r}, who is no actor here"
                    yield case.problem("unknown-actor", "error", message, "add the actor, or correct the id", item, key)
    for actor_ in case.briefing.actors:
        for source in actor_.not_in:
            if source not in case.briefing.source:
                message = f"not_in of actor {actor_.id!r} names {source!r}, which is no source here"
                yield case.problem("unknown-actor", "error", message, "correct the id", actor_, "not_in")


def quote_not_in_source(case: Case) -> Iterator[Problem]:
    """The quote's words are not in its source, not even with quotation marks, dashes and spaces typed another way.
    The closest passage is shown; nothing is corrected automatically, since one digit or one "not" can be all that differs."""
    for quote in case.unproven(Quote, "orphan"):
        yield _orphan(case, quote, "quote-not-in-source", "text")


def evidence_not_in_source(case: Case) -> Iterator[Problem]:
    """The event's evidence is not in its source, or is in several places and nothing says which is meant."""
    for event in case.unproven(Event, "orphan"):
        yield _orphan(case, event, "evidence-not-in-source", "evidence")
    for event in case.unproven(Event, "ambiguous"):
        yield _ambiguous(case, event, "evidence-not-in-source", "evidence")


def quote_ambiguous(case: Case) -> Iterator[Problem]:
    """The quote's words are in several places of its source, and prefix and suffix do not say which is meant."""
    for quote in case.unproven(Quote, "ambiguous"):
        yield _ambiguous(case, quote, "quote-ambiguous", "text")


def quote_cut(case: Case) -> Iterator[Problem]:
    """A direct quote stops short of the source's own quotation marks. That may be meant; terminal punctuation inside the
    marks may be left off without a word."""
    marks: dict[str, _Marks] = {}
    for quote in case.briefing.quotes:
        anchor = case.reading.anchor(quote)
        text = case.reading.text(anchor.source)
        if quote.direct and anchor.found and text:
            opened = marks.get(anchor.source) or marks.setdefault(anchor.source, _Marks(text.text))
            for span in anchor.spans:
                cut = _cut(text, span, opened)
                if cut:
                    message = f"quote {quote.id!r} {cut} inside the source's quotation marks"
                    yield case.problem("quote-cut", "note", message, "quote the whole, or leave it so", quote, "text")
                    break


def quote_runs_on(case: Case) -> Iterator[Problem]:
    """A segment of a direct quote runs over a blank line of its source (without blank lines, a line break), from one paragraph,
    or one speaker's turn, into the next. Write it as two segments, so that it can be seen."""
    for quote in case.briefing.quotes:
        anchor = case.reading.anchor(quote)
        text = case.reading.text(anchor.source)
        if quote.direct and text and any(text.paragraph_of(a) != text.paragraph_of(b - 1) for a, b in anchor.spans):
            message = f"quote {quote.id!r} runs on into the next paragraph"
            yield case.problem("quote-runs-on", "note", message, "write a segment a paragraph", quote, "text")


def date_not_in_source(case: Case) -> Iterator[Problem]:
    """date_as_written is the source's own words for a day, and these words are not in the source."""
    for item in case.briefing.anchored:
        text = case.reading.text(case.briefing.source_of(item))
        if text and item.date_as_written and not text.starts(fold(item.date_as_written)):
            message = f"“{item.date_as_written}” is not in the source of {item.id!r}"
            yield case.problem("date-not-in-source", "note", message, "copy the source's words", item, "date_as_written")


def source_missing(case: Case) -> Iterator[Problem]:
    """A source cannot be read: it is not there, is not a regular file, or may not be opened. Its quotes are unproven."""
    for source, refusal in case.refused("source-missing"):
        yield case.problem("source-missing", "error", f"source {source.id!r}: {refusal.message}", refusal.hint, source, "path")
    if not case.briefing.sources and (case.briefing.quotes or case.briefing.events):
        yield case.problem("source-missing", "error", "the briefing has no source", "write a [[source]]", None, "format")


def source_changed(case: Case) -> Iterator[Problem]:
    """A source is not the text that was stamped: its sha256 differs. A warning when every quote and event of it is still
    found, else an error."""
    lost = Counter(
        case.briefing.source_of(item) for item in case.briefing.anchored if not case.reading.anchor(item).found
    )
    for source in case.briefing.sources:
        if case.reading.changed(source):
            count = lost[source.id]
            message = f"source {source.id!r} is not the text that was stamped"
            tail = f", and {count} of its items are not found" if count else ", though all its items are found"
            hint = "read what changed, then run readout stamp FILE"
            yield case.problem("source-changed", "error" if count else "warning", message + tail, hint, source, "sha256")


def original_missing(case: Case) -> Iterator[Problem]:
    """The document that a source text was taken from cannot be read: whether the text is what it says cannot be checked."""
    yield from _originals(case, "original-missing", "warning", ("missing",), "put it there, or correct the key original in {}")


def original_changed(case: Case) -> Iterator[Problem]:
    """The document that a source text was taken from is another file than it was: its original_sha256 differs. With
    --originals the document is also read again, and the text must be what that gives. If another version of the reader
    took the text out, each page of the text must have no letters but those of that page: necessary, and never proof."""
    hint = "read what changed in {}; readout stamp FILE renews the hash if the document still gives this text"
    yield from _originals(case, "original-changed", "error", ("changed", "differs"), hint)


def source_outside_roots(case: Case) -> Iterator[Problem]:
    """A source lies outside the briefing's folder, its library and the folders named on the command line, also by way of
    a symbolic link. It is not read."""
    for source, refusal in case.refused("source-outside-roots"):
        yield case.problem(
            "source-outside-roots", "error", f"source {source.id!r}: {refusal.message}", refusal.hint, source, "path"
        )


def source_not_utf8(case: Case) -> Iterator[Problem]:
    """A source is not valid UTF-8. It can be read, but nothing is proven by it."""
    for source, refusal in case.refused("source-not-utf8"):
        yield case.problem("source-not-utf8", "error", f"source {source.id!r}: {refusal.message}", refusal.hint, source, "path")


def alias_shared(case: Case) -> Iterator[Problem]:
    """Two actors have the same name or alias and both could be meant in a source. Settle it with not_in."""
    owners: dict[str, list[Actor]] = defaultdict(list)
    for actor in case.briefing.actors:
        for name in dict.fromkeys(map(fold, actor.names)):
            owners[name].append(actor)
    sources = {source.id for source in case.briefing.sources} or {""}
    for name, actors in owners.items():
        if len(actors) == 1:
            continue
        others = Counter(source for actor in actors for source in set(actor.not_in) & sources)
        if any(len(actors) - others[source] > 1 for source in sources):
            message = f"{name!r} means " + " and ".join(repr(actor.id) for actor in actors[:5])
            yield case.problem("alias-shared", "warning", message, "settle it with not_in", actors[1], "aliases")


def unused_actor(case: Case) -> Iterator[Problem]:
    """Nothing speaks of this actor: no quote, no event, no link, no other actor, and no source names it."""
    used = {quote.speaker for quote in case.briefing.quotes}
    used |= {actor for quote in case.briefing.quotes for actor in quote.about}
    used |= {actor for event in case.briefing.events for actor in event.actors}
    used |= {actor.part_of for actor in case.briefing.actors} | {link.id for link in links(case.briefing.summary)}
    unused = {actor.id: actor for actor in case.briefing.actors if actor.id not in used}
    for source in case.briefing.sources:
        text = case.reading.text(source.id) if unused else None
        for id in Names(case.briefing.actors, source.id).known_in(text) if text else ():
            unused.pop(id, None)
    for actor in unused.values():
        yield case.problem("unused-actor", "note", f"actor {actor.id!r} is never used", "use it or take it out", actor)


def part_of_cycle(case: Case) -> Iterator[Problem]:
    """An actor is part of itself, by way of others."""
    part_of = {actor.id: actor.part_of for actor in case.briefing.actors}
    settled: set[str] = set()
    for actor in case.briefing.actors:
        trail: dict[str, None] = {}
        at = actor.id
        while at and at not in trail and at not in settled:
            trail[at] = None
            at = part_of.get(at, "")
        if at in trail:
            ring = " → ".join([*list(trail)[list(trail).index(at) :], at])
            yield case.problem(
                "part-of-cycle", "error", f"part_of runs in a ring: {ring}", "break it", case.briefing.actor[at], "part_of"
            )
        settled.update(trail)


def marking_unknown(case: Case) -> Iterator[Problem]:
    """The marking is none of TLP 2.0. A TLP label that does not exist is a warning; any other marking is the user's own,
    is carried as it stands, and this only says that Readout does not know it."""
    marking = case.briefing.marking
    if not marking or marking in TLP:
        return
    if marking.upper().startswith("TLP"):
        hint = "write one of " + ", ".join(TLP)
        yield case.problem("marking-unknown", "warning", f"there is no marking {marking!r} in TLP 2.0", hint, None, "marking")
    else:
        hint = "nothing to do if it is your own"
        yield case.problem("marking-unknown", "note", f"the marking {marking!r} is carried as it stands", hint, None, "marking")


# -- what rules share ---------------------------------------------------------------------------------------------------


def _dates(case: Case) -> Iterator[tuple[str, Source | Quote | Event | None, str, str]]:
    """Yield every date in the file: (whose, item, key, value)."""
    if case.briefing.date:
        yield "the briefing", None, "date", case.briefing.date
    for source in case.briefing.sources:
        for key, value in (("published", source.published), ("accessed", source.accessed)):
            if value:
                yield f"source {source.id!r}", source, key, value
    for item in case.briefing.anchored:
        if item.date:
            yield f"{type(item).__name__.lower()} {item.id!r}", item, "date", item.date


def _originals(
    case: Case, rule: str, severity: Severity, statuses: tuple[str, ...], hint: str
) -> Iterator[Problem]:
    """Yield the sources whose originals have one of these statuses."""
    for source in case.briefing.sources:
        read = case.reading.sources.get(source.id)
        if isinstance(read, SourceText):
            status, why = case.original(read)
            if status in statuses:
                what = {"missing": "cannot be read", "changed": "is not the file that its text was taken from"}
                message = f"the original of source {source.id!r} {what.get(status, 'does not give the text')}"
                message += f": {why}" if why else ""
                yield case.problem(rule, severity, message, hint.format(read.path.name), source, "path")


def _orphan(case: Case, item: Quote | Event, rule: str, key: str) -> Problem:
    text = case.reading.text(case.reading.anchor(item).source)
    kind = type(item).__name__.lower()
    message = f"the words of {kind} {item.id!r} are not in its source"
    hint = "copy them from the source"
    if text:
        lost = next((segment for segment in item.segments if not text.starts(fold(segment))), None)
        near = case.nearest(lost, text) if lost else None
        if lost is None and (item.prefix or item.suffix):
            message = f"the words of {kind} {item.id!r} stand in its source, but not between its prefix and suffix"
            hint = "correct the prefix and suffix: words, not marks alone"
        elif lost is not None and fold(lost) in fold(text.text[: text.body]):
            message += ", only in its front matter, which proves nothing"
            hint = "quote the text itself, or take the front matter's marks out of the source"
            near = None
        elif lost is None:
            message = f"the segments of {kind} {item.id!r} stand in the source, but not together in this order"
        elif case.searches < 0:
            hint += f"; no nearest passage was looked for, after {SEARCHES} others"
        elif near:
            line = text.text.count("\n", 0, near.span.start) + 1
            hint = f"nearest, source line {line}: {marked(near.diff)}"
    return case.problem(rule, "error", message, hint, item, key)


def marked(diff: Iterable[tuple[str, str]], limit: int = 160) -> str:
    """Write a character diff in one line: [-what the briefing has-] {+what the source has+}, long agreement
    shortened."""
    shown = []
    for mine, theirs in diff:
        if mine == theirs:
            shown.append(mine if len(mine) < 48 else f"{mine[:20]}…{mine[-20:]}")
        else:
            shown.append((f"[-{mine}-]" if mine else "") + (f"{{+{theirs}+}}" if theirs else ""))
    text = "".join(shown)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _ambiguous(case: Case, item: Quote | Event, rule: str, key: str) -> Problem:
    several = case.reading.anchor(item).several
    kind = type(item).__name__.lower()
    message = f"the words of {kind} {item.id!r} stand in {several} of its source"
    return case.problem(rule, "error", message, "say which with prefix or suffix", item, key)


def _cut(text: Text, span: Span, marks: _Marks) -> str:
    """Say how a span falls short of quotation marks around it: "begins", "ends", "begins and ends", or "" if it does
    not."""
    paragraph = text.paragraphs[text.paragraph_of(span.start) - 1]
    first, last = text.text[span.start], text.text[span.end - 1]
    before = text.text[max(paragraph.start, span.start - 64) : span.start].rstrip()
    after = text.text[span.end : min(paragraph.end, span.end + 64)].lstrip(_TERMINAL)
    begins = not before or before[-1] in OPENING or first in OPENING
    ends = not after or (after[0] in CLOSING and not _POSSESSIVE.match(text.text, span.end - 1)) or last in CLOSING
    if (begins and ends) or not ((begins and before) or marks.opened(paragraph.start, span.start)):
        return ""
    return " and ".join(word for word, fine in (("begins", begins), ("ends", ends)) if not fine)


_POSSESSIVE = re.compile(r"s’ [a-z]")


class _Marks:
    """Where the quotation marks of a text are, each kind in order."""

    def __init__(self, text: str) -> None:
        self.begin, self.end, self.straight, self.single = (
            [found.start() for found in re.finditer(mark, text)] for mark in ("“", "”", '"', "‘")
        )
        self.single_end = [
            found.start() for found in re.finditer(r"’(?!\w)", text) if not _POSSESSIVE.match(text, found.start() - 1)
        ]

    def opened(self, start: int, end: int) -> bool:
        """Test whether a quotation mark between these two places is opened and not closed again there."""

        def last(places: list[int]) -> int:
            at = bisect_left(places, end) - 1
            return places[at] if at >= 0 and places[at] >= start else -1

        odd = (bisect_left(self.straight, end) - bisect_left(self.straight, start)) % 2 == 1
        return last(self.begin) > last(self.end) or odd or last(self.single) > last(self.single_end)


def _leads_nowhere(case: Case, link: Link) -> str:
    """Say what is wrong with a link; "" if it leads somewhere."""
    if not link.file:
        close = link.id.lower() if link.id.lower() in case.briefing.by_id else ""
        known = link.id in case.briefing.by_id
        return "" if known else f"the link #{link.id} leads to nothing" + (f"; the id is {close!r}" if close else "")
    briefing = case.elsewhere(link.file)
    if isinstance(briefing, str):
        return f"the link {link.href}: {briefing}"
    whole = not link.id and "#" not in link.href
    return "" if whole or link.id in briefing.by_id else f"{link.file} has no item {link.id!r}"


def check(reading: Reading, read: Read = open_briefing, compare: Compare = compare_hash) -> list[Problem]:
    """Find every problem of a reading that was proved (`proof.prove`), in the order of the file. A `read` that
    remembers saves reading a briefing again for each one that links to it. `compare`: how texts are compared with the
    documents that they were taken from."""
    if not reading.parsed.readable:
        return sorted(reading.parsed.problems, key=lambda problem: problem.place)
    case = Case(reading, read=read, compare=compare)
    return sorted((problem for rule in RULES for problem in rule(case)), key=lambda problem: (problem.place, problem.rule))


def errors(reading: Reading) -> int:
    """Count the errors that `check` would name, for a header that must not look sound. Cheaper: nearest passages and
    names are not searched for."""
    if not reading.parsed.readable:
        return sum(problem.severity == "error" for problem in reading.parsed.problems)
    case = Case(reading, searches=0)
    return sum(problem.severity == "error" for rule in RULES if rule is not unused_actor for problem in rule(case))


def name(rule: Rule) -> str:
    """Return the rule's id."""
    return rule.__name__.replace("_", "-")


def explain(rule: Rule) -> str:
    import inspect  # 15 ms, and none where nothing is explained

    return inspect.cleandoc(rule.__doc__ or "")


RULES: tuple[Rule, ...] = (
    syntax,
    unknown_format,
    unknown_key,
    missing_field,
    wrong_type,
    too_large,
    duplicate_id,
    bad_id,
    bad_date,
    date_order,
    dangling_link,
    unknown_speaker,
    unknown_actor,
    quote_not_in_source,
    quote_ambiguous,
    quote_cut,
    quote_runs_on,
    date_not_in_source,
    evidence_not_in_source,
    summary_misquote,
    summary_unmarked,
    summary_unsupported,
    source_missing,
    source_changed,
    original_missing,
    original_changed,
    source_outside_roots,
    source_not_utf8,
    alias_shared,
    unused_actor,
    part_of_cycle,
    marking_unknown,
)
