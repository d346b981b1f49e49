"""The source text itself, its paragraphs numbered, with the quotes, the evidence and the names in it highlighted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from textual.geometry import Region
from textual.reactive import reactive

from tui.briefing.anchor import Text
from tui.briefing.document import Actor, Event, Quote, Span
from tui.briefing.files import SourceText
from tui.briefing.original import Pages, pages_of
from tui.reader.drawing.lines import Line, Lines, Piece, Styled, cut, one_line, safe_pages, width, wrap
from tui.reader.drawing.matching import Looked
from tui.reader.keys.action import Action
from tui.reader.path.place import Spot
from tui.reader.widgets.messages import Choose, Say, Show
from tui.reader.widgets.pane import Hint, Pane

MEASURE = 80
WIDEST = 8
"""Cells of a page's name in the margin beside the lines of a paragraph; a longer one is cut."""


class Source(Pane):
    TITLE = "Source"
    HINTS = (
        ("source.next-passage source.previous-passage", "highlights"),
        ("follow", "what it is"),
        ("trail.back", "back"),
        ("find", "find"),
        ("keys", "keys"),
    )

    BINDINGS = [
        Action("w", "passage(1)", "next highlighted passage", id="source.next-passage", kiosk=True),
        Action("b", "passage(-1)", "previous highlighted passage", id="source.previous-passage", kiosk=True),
        Action("space", "page(1)", "page down", id="source.page", kiosk=True),
    ]

    source: reactive[str] = reactive("", repaint=False, init=False)
    """The id of the source shown."""

    def __init__(self) -> None:
        super().__init__()
        self._span: Span | None = None
        self._digits: tuple[Text | None, int] = (None, 0)

    def take_room(self) -> None:
        super().take_room()
        if self._span:
            self.show_span(self._span)

    def put(self, row: int, part: int = 0, context: int = 0) -> None:
        self._span = None
        super().put(row, part, context)

    def scroll_lines(self, lines: int) -> None:
        self._span = None
        super().scroll_lines(lines)

    def stand(self, spot: Spot) -> None:
        self._span = None
        super().stand(spot)

    def watch_source(self) -> None:
        looked, matches = self._looked, self.matches
        self.rebuild()
        self._looked, self.matches = looked, matches  # they are all sources'

    def watch_subject(self, old: str, new: str) -> None:
        super().watch_subject(old, new)
        self._light(old, new)

    @property
    def text(self) -> Text | None:
        return self.shown.reading.text(self.source) if self.shown else None

    def watch_pins(self) -> None:
        """Ignore pins: they hide nothing here."""

    def list_entries(self) -> Sequence[str]:
        text = self.text
        return [f"{self.source}:{number}" for number in range(1, len(text.paragraphs) + 1)] if text else ()

    @property
    def sources(self) -> list[str]:
        """List the ids of all sources that can be shown, in order."""
        if not self.shown:
            return []
        return [source.id for source in self.shown.reading.briefing.sources if self.shown.reading.text(source.id) is not None]

    def look(self) -> Sequence[Looked]:
        """Return every source, so that a search goes through all of them."""
        assert self.shown
        texts = [text for id in self.sources if (text := self.shown.reading.text(id)) is not None]
        return [Looked(each.text, [at.start for at in each.paragraphs], each.body, each.folded) for each in texts]

    @property
    def text_number(self) -> int:
        return self.sources.index(self.source) if self.source in self.sources else 0

    def show_words(self, row: int, start: int, end: int) -> None:
        self.show_span(Span(start, end))

    def cell_width(self) -> int:
        return min(super().cell_width(), MEASURE + self._number_width())

    def _number_width(self) -> int:
        """Return how many cells the margin has: for the numbers of paragraphs, and for the names of pages."""
        text = self.text
        if self._digits[0] is not text or not text:
            pages = pages_of(text.text) if text else None
            names = pages.names if pages and pages.unit == "page" else ()
            widest = min(WIDEST, max((width(one_line(name)) for name in names), default=0))
            self._digits = (text, max(widest, len(str(len(self.entries)))))
        return self._digits[1] + 2

    @property
    def pages(self) -> Pages | None:
        """Return where the pages of the source begin; None if it has none."""
        pages = pages_of(self.text.text) if self.text else None
        return pages if pages and pages.unit else None

    @property
    def page_shown(self) -> str:
        """Name the page of the cursor's paragraph, or of the words in it that were gone to; "" for none."""
        if not self.pages or not self.text or self.spot.row >= len(self.rows):
            return ""
        span = self._span or self.text.paragraphs[self.rows[self.spot.row]]
        return one_line(self.pages.label(*span))

    @property
    def position(self) -> int:
        """Return where in the source the cursor's paragraph begins; 0 if there is none."""
        return self.text.paragraphs[self.rows[self.spot.row]].start if self.text and self.spot.row < len(self.rows) else 0

    def heading(self) -> str:
        if not self.shown:
            return ""
        briefing = self.shown.reading.briefing
        ids = [source.id for source in briefing.sources]
        source = briefing.source.get(self.source)
        if not source:
            return ""
        many = f"{ids.index(self.source) + 1} of {len(ids)} · " if len(ids) > 1 else ""
        grade = f" · {source.grade}" if source.grade else ""
        read = self.shown.reading.sources.get(self.source)
        if isinstance(read, SourceText) and read.lossy:
            grade = " · NOT UTF-8, proves nothing"
        page = f"{self.page_shown} · " if self.page_shown else ""
        return f"{many}{page}{one_line(source.title or source.path)}{grade}"

    # -- what is lit --------------------------------------------------------------------------------------------------

    def _spans(self, entry: int) -> list[tuple[int, int, str]]:
        """Return (start, end, style) in the source's own offsets; later ones are on top."""
        assert self.shown and self.text
        relations = self.shown.relations
        paragraph = self.text.paragraphs[entry]
        found: list[tuple[int, int, str]] = []
        for kind, style in ((Event, "evidence"), (Quote, "quoted")):
            found += [(*span, style) for span, item in self._items(paragraph) if isinstance(item, kind)]
        subject = self.shown.reading.briefing.by_id.get(self.subject)
        if isinstance(subject, Actor):
            mentions = relations.mentions.get(self.source, ())
            first = bisect_left(mentions, paragraph.start, key=lambda mention: mention.start)
            for mention in mentions[first:]:
                if mention.start >= paragraph.end:
                    break
                if subject.id in mention.actors:
                    found.append((mention.start, mention.end, "lit" if len(mention.actors) == 1 else "warning"))
        elif isinstance(subject, (Quote, Event)) and self.shown.reading.anchor(subject).source == self.source:
            found += [(*span, "lit") for span in self.shown.reading.anchor(subject).spans]
        return found

    def _items(self, paragraph: Span) -> list[tuple[Span, Quote | Event]]:
        assert self.shown
        spans = self.shown.relations.spans.get(self.source, ())
        first = bisect_left(spans, paragraph.start, key=lambda each: each[0].start)
        found = []
        for span, item in spans[first:]:
            if span.start >= paragraph.end:
                break
            found.append((span, item))
        return found

    def _light(self, old: str, new: str) -> None:
        """Draw again the rows whose highlights of the subject's words or names changed."""
        if not self._view or not self.shown or not self.display:
            self._layout.cache_clear()
            return
        before = {row: self._lit(row, old) for row in {row for row, _ in self._view}}
        self._layout.cache_clear()
        for y, (row, _) in enumerate(self._view, self.head):
            if before[row] or self._lit(row, new):
                self.refresh(Region(self.GUTTER, y, self.size.width, 1))

    def _lit(self, row: int, subject: str) -> bool:
        assert self.shown
        relation = self.shown.relations.of(subject).get(self.entries[self.rows[row]]) if subject else None
        return relation is not None

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        assert self.text
        paragraph = self.text.paragraphs[entry]
        digits = self._number_width() - 2
        spans = [(start - paragraph.start, end - paragraph.start, style) for start, end, style in self._spans(entry)]
        styled = Styled(safe_pages(self.text.text[paragraph.start : paragraph.end]), spans)
        breaks = wrap(styled.text, cells - digits - 2)

        names = self._page_names(entry, breaks)

        def line(number: int) -> Line:
            name = names.get(number, "")
            if number == len(breaks):
                return (Piece(cut(name, cells), "quiet"),) if name else ()
            lead = Piece(f"{str(entry + 1) if number == 0 else cut(name, digits):>{digits}}  ", "quiet")
            return (lead, *styled.line(*breaks[number], at=0))

        return Lines(len(breaks) + (entry + 1 < len(self.entries)), line)

    def _page_names(self, entry: int, breaks: Sequence[tuple[int, int]]) -> Mapping[int, str]:
        """Name the pages that begin in a paragraph, or before the one shown after it, by the line that says so: the line
        that they begin in, the next one after the paragraph's number, or the blank one after the paragraph."""
        pages = self.pages
        if not pages or not self.text:
            return {}
        paragraph = self.text.paragraphs[entry]
        row = self.row_at(entry)
        after = self.rows[row + 1] if row is not None and row + 1 < len(self.rows) else entry
        ends = [end for _, end in breaks]
        found = {}
        for position, name in pages.beginning(paragraph.start, max(paragraph.end, self.text.paragraphs[after].start)):
            inside = position < paragraph.end
            number = max(1, bisect_right(ends, position - paragraph.start)) if inside else len(breaks)
            found[min(number, len(breaks))] = one_line(name)
        return found

    def lead(self, row: int, line: int) -> Line:
        """Draw no cursor beside the blank line after a paragraph, where the name of a page may be."""
        gap = line and line == len(self.lines_of(row)) - 1 and self.rows[row] + 1 < len(self.entries)
        return (Piece(" " * self.GUTTER),) if gap else super().lead(row, line)

    # -- going through it ---------------------------------------------------------------------------------------------

    def targets(self, row: int) -> Sequence[str]:
        return (self.entries[self.rows[row]],)

    def action_passage(self, step: int) -> None:
        """Go to the next quote or piece of evidence, which becomes the subject."""
        if not self.shown or not self.text:
            self.answer(Say("there is no source text here"))
            return
        spans = self.shown.relations.spans.get(self.source, ())
        subject = self.shown.reading.briefing.by_id.get(self.subject)
        here = self.text.paragraphs[self.rows[self.spot.row]].start if self.rows else 0
        at = next((n for n, (_, item) in enumerate(spans) if item is subject), None)
        if at is not None and self.row_at(self.text.paragraph_of(spans[at][0].start) - 1) == self.spot.row:
            at += step
            while 0 <= at < len(spans) and spans[at][1] is subject:  # the other segments of the same quote
                at += step
        else:
            beyond = bisect_left(spans, here, key=lambda each: each[0].start)
            at = beyond if step > 0 else beyond - 1
        if 0 <= at < len(spans):
            self.show_span(spans[at][0])
            self.answer(Choose(spans[at][1].id))
        else:
            self.answer(Say(f"no {'further' if step > 0 else 'earlier'} highlighted passage"))

    def show_span(self, span: Span) -> None:
        """Have the span's line in view with text above and below it, also when the pane has yet to get its room."""
        entry = self.text.paragraph_of(span.start) - 1 if self.text else -1
        row = self.row_at(entry)
        if not self.text or row is None:
            return
        if row != self.spot.row:
            self.put(row)
        self._span = span
        if not self.size.height:
            return
        paragraph = self.text.paragraphs[entry]
        text = safe_pages(self.text.text[paragraph.start : paragraph.end])
        ends = [end for _, end in wrap(text, self.cell_width() - self._number_width())]
        first, last = (
            bisect_left(ends, span.start - paragraph.start + 1),
            bisect_left(ends, min(span.end, paragraph.end) - paragraph.start),
        )
        old = self.spot.top
        shown = [line for at, line in self._view if at == row]
        context = min(3, max(0, (self.page - (last - first + 1)) // 2))
        inner = {(at, line) for at, line in self._view[context : len(self._view) - context or None]}
        first, last = min(first, len(ends) - 1), min(last, len(ends) - 1)
        if not shown or (row, first) not in inner or (row, last) not in inner:
            top = self.window.filled(self.window.back((row, first), max(context, self.page // 3)))
            self.spot = Spot(row, self.spot.part, top)
            self._settle()
        if self.spot.top != old:
            self.refresh()

    def hints(self) -> list[Hint]:
        """Label the visible quotes, evidence and names, at the cell where each begins."""
        found = self.title_hint()
        if not self.shown or not self.text:
            return found
        mentions = self.shown.relations.mentions.get(self.source, ())
        seen: set[int] = set()
        for y, (row, line) in enumerate(self._view, self.head):
            paragraph = self.text.paragraphs[self.rows[row]]
            pieces = [piece for piece in self.lines_of(row)[line] if piece.at >= 0]
            if not pieces:
                continue
            start = paragraph.start + pieces[0].at
            end = paragraph.start + pieces[-1].at + len(pieces[-1].text)
            first = bisect_left(mentions, start, key=lambda mention: mention.start)
            here = [(span.start, item.id) for span, item in self._items(paragraph) if start <= span.start < end]
            here += [(each.start, each.actors[0]) for each in mentions[first : first + 200] if each.start < end]
            text = "".join(piece.text for piece in pieces)
            for offset, target in sorted(here):
                if offset not in seen:
                    seen.add(offset)
                    x = self.GUTTER + self._number_width() + width(text[: offset - start])
                    found.append(Hint(y, x, target, row, how="show", inline=True))
        return found

    def action_follow(self) -> None:
        """Go from the words to what they are: the highlighted passage under the cursor, in its own pane."""
        if not self.shown or not self.rows:
            return
        here = self.shown.relations.at.get(self.ref, ())
        chosen = next((item for item in here if item.id == self.subject), here[0] if here else None)
        if chosen:
            self.answer(Show(chosen.id))

    def empty(self) -> Sequence[str]:
        if not self.shown or not self.shown.reading.briefing.sources:
            return ("No source.", "A [[source]] table names the text that quotes and events are proven by.")
        if self.shown.reading.origins:
            follow = self.called("follow") or "Enter"
            return ("A dossier has no source of its own.", f"{follow} on a row goes to its briefing, and there to its words.")
        read = self.shown.reading.sources.get(self.source)
        if read is None:
            return ("Reading the document …",) if self.shown.reading.waiting else ("Reading the source …",)
        if not isinstance(read, SourceText):
            return (
                f"This source was not read: {read.message}.",
                f"{read.hint[:1].upper()}{read.hint[1:]}. Until then its quotes are UNPROVEN.",
            )
        return ("This source is empty.",)
