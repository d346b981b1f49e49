"""An article drafted: its text to a Briefing in which every quote, actor and event is anchored, and what was passed over and why.

Everything is a function of the text and the day of publication. What the anchors cannot prove is left out, and said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.briefing import garbage
from tui.briefing.anchor import Text
from tui.briefing.document import UNREVIEWED, Actor, Briefing, Event, Quote, Source, Span
from tui.briefing.fold import evenly
from tui.briefing.problem import UNSAFE
from tui.briefing.record import NamedTuple, replace
from tui.drafting import dating, foreign, gist, happenings
from tui.drafting.actors import Register
from tui.drafting.article import Article, article
from tui.drafting.clauses import Clauses
from tui.drafting.contexts import Contexts
from tui.drafting.cues import Cues
from tui.drafting.ids import Ids
from tui.drafting.labels import Labels
from tui.drafting.language import ENGLISH, one_of
from tui.drafting.linked import linked
from tui.drafting.marks import Marked, marked
from tui.drafting.moments import Times
from tui.drafting.phrases import Mention, Phrases
from tui.drafting.referents import Referents
from tui.drafting.reported import reported
from tui.drafting.sentences import Sentence, sentences, unmasked
from tui.drafting.sources import Attributed
from tui.drafting.speech import Speech
from tui.drafting.states import NATIONS, SEATS
from tui.drafting.tongue import language_of
from tui.drafting.transcript import Turn, parted, turns

_HIGH = frozenset({"cue-after", "goes-on", "lead-in", "signed", "turn"})
_MODERATE = frozenset({"touching", "cue-before", "cue-behind", "according-to", "colon", "by", "reported"})


class Why(NamedTuple):
    """Words in marks that are no quote of the draft, and the reason."""

    span: Span
    reason: str


class Draft(NamedTuple):
    briefing: Briefing
    attributions: Mapping[str, Mapping[str, Any]]
    """By the id of a quote: start, end, exact (of the mention), rule, confidence and, where it is not sure, the candidates' ids."""
    passed: tuple[Why, ...]
    text: Text


def draft(text: Text, path: str, sha256: str = "", title: str = "", published: str = "", lang: str = "") -> Draft:
    """Draft a briefing of the source at `path`, as the briefing is to name it. `published` is EDTF: the day that dates are
    counted from; "" where the text alone must tell. `lang` is a code (BCP 47), "" where the text is to tell it."""
    with garbage.seldom():  # what a draft makes is much, and nothing of it refers to itself
        source = article(text, parted(text.text, text.paragraphs), title, published)
        told = lang or source.metadata.get("lang", "") or language_of(text.text[text.body :])
        if told:
            source.metadata["lang"] = told
        return _Drafter(source, path, sha256, told.partition("-")[0].lower()).run()


class _Drafter:
    def __init__(self, source: Article, path: str, sha256: str, lang: str = "") -> None:
        self.source, self.path, self.sha256 = source, path, sha256
        self.text, self.words = source.text, source.text.text
        self.starts = [span.start for span in source.paragraphs]
        self.ids, self.contexts, self.times = Ids("s1"), Contexts(source.text), Times(source.text.text, source.published)
        self.passed: list[Why] = []
        self.attributions: dict[str, dict[str, Any]] = {}
        self.actor_ids: dict[int, str] = {}
        self.foreign = lang not in ("", "en")
        """Whether only the marks of the text are read: there are no tables for its language."""
        self.told_in: dict[int, str] = {}
        """The number of a sentence to the id of its event, and of a quote to the sentence that attributes it."""
        self.said_in: dict[str, int] = {}
        self.quote_of: dict[int, str] = {}
        """The number of marked words to the id of the quote that they are, or are part of."""
        self.same: dict[int, int] = {}
        """An actor's number to that of the actor it is another name of."""

    def run(self) -> Draft:
        paragraphs = self.source.paragraphs
        spoken = turns(self.words, paragraphs)
        marks, unpaired = marked(self.words, paragraphs)
        self.passed += [Why(each.span, each.reason) for each in unpaired]
        self.marks = marks
        self._sentences(spoken, marks)
        speech = Speech(self.cues, self.referents, [each.spans for each in marks])
        labels = {turn.label: turn.role for turn in sorted(spoken.values(), key=lambda turn: bool(turn.role))}
        self.labels = Labels(labels, self.register, self.source.title, self.words)
        self.same = _same_states(self.register, self.words)
        said = self._marked(marks, spoken) if self.foreign else self._quotes(speech, marks, spoken)
        quotes = [*self._turns(spoken), *said, *self._reported()]
        quotes.sort(key=lambda each: each[0])
        events = list(self._events(spoken))
        self._name_actors(
            [number for _, _, number, _ in quotes],
            [*(number for *_, about in quotes for number in about), *(number for *_, acting in events for number in acting)],
        )
        written = tuple(self._with_speaker(quote, number, about) for _, quote, number, about in quotes)
        happened = tuple(replace(event, actors=self._ids_of(numbers)) for _, event, numbers in events)
        self.passed.sort(key=lambda each: each.span)
        briefing = Briefing(
            title=_title(self.source), sources=(_source(self.source, self.path, self.sha256),), actors=tuple(self._actors()), quotes=written, events=happened,
            extra={UNREVIEWED: "made by readout draft; reviewed by nobody"},
        )  # fmt: skip
        briefing = replace(briefing, summary=self._summary(spoken, quotes, events))
        return Draft(briefing, self.attributions, tuple(self.passed), self.text)

    # -- reading ---------------------------------------------------------------------------------------------------------

    def _sentences(self, spoken: Mapping[int, Turn], marks: Sequence[Marked]) -> None:
        covers: dict[int, list[tuple[int, int, int]]] = {}
        for number, each in enumerate(marks):
            for outer in each.outer:
                covers.setdefault(self._paragraph(outer.start), []).append((outer.start, outer.end, number))
        lines: list[list[Sentence]] = []
        words, title = unmasked(self.words), unmasked(self.source.title)
        for number, (start, end) in enumerate(self.source.paragraphs):
            if self.foreign or number in spoken or self.source.asides.get(number, "headline") not in ("headline", "heading"):
                lines.append([])
                continue
            if self.source.dateline.end and self.source.dateline.start == start:
                start = self.source.dateline.end
            lines.append(sentences(words, start, end, sorted(cover for cover in covers.get(number, ()) if cover[0] >= start)))
        self.inside = {span: [] if self.foreign else sentences(words, *span, []) for each in marks for span in each.spans}
        within = [sentence for each in self.inside.values() for sentence in each]
        titles = [] if self.foreign else sentences(title, 0, len(title), [])
        turned = [] if self.foreign else [span for turn in spoken.values() for span in turn.spans]
        said = [sentence for start, end in turned for sentence in sentences(words, start, end, [])]
        self.register = Register(self.words, lines, [*within, *titles], said)
        self.lines = [sentence for each in lines for sentence in each]
        self.phrases = Phrases(self.words, self.lines, self.register)
        self.clauses = Clauses(self.phrases)
        self.cues = Cues(self.clauses)
        self.referents = Referents(self.phrases, [number for number, each in enumerate(lines) for _ in each])

    def _paragraph(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    # -- quotes ----------------------------------------------------------------------------------------------------------

    def _turns(self, spoken: Mapping[int, Turn]) -> Iterator[tuple[int, Quote, int, tuple[int, ...]]]:
        at: Span | None = None
        for number in sorted(spoken):
            turn = spoken[number]
            at = turn.at or at
            if not turn.spans:
                continue
            quote = self._anchored(turn.spans, confidence="high", rule="turn")
            if quote is None:
                self.passed.append(
                    Why(
                        Span(turn.spans[0].start, turn.spans[-1].end),
                        "these words stand in several places and nothing tells them apart",
                    )
                )
                continue
            speaker = self.labels[turn.label]
            self._attribute(quote.id, at, "turn", "high")
            yield turn.spans[0].start, quote, speaker, ()

    def _quotes(
        self, speech: Speech, marks: Sequence[Marked], spoken: Mapping[int, Turn]
    ) -> Iterator[tuple[int, Quote, int, tuple[int, ...]]]:
        taken: set[int] = set()
        for number, each in enumerate(marks):
            if number in taken:
                continue
            if self._paragraph(each.outer[0].start) in spoken:
                self.passed.append(Why(each.outer[0], "part of what a speaker says in a turn"))
                continue
            got = speech.found.get(number)
            if got is None:
                self.passed.append(
                    Why(
                        each.outer[0],
                        speech.rejected.get(number, "in a byline, a caption or other words that are no body text"),
                    )
                )
                continue
            spans = list(each.spans)
            following = speech.found.get(number + 1)
            if following and self._interrupted(each, marks[number + 1], got, following):
                spans += marks[number + 1].spans
                taken.add(number + 1)
            mention = got.mention
            written, edtf = self._said_when(mention) if mention else ("", "")
            whole = (number, number + 1) if number + 1 in taken else (number,)
            if got.actor >= 0 and self.register.actors[got.actor].kind == "vessel":
                got = got._replace(actor=-1, candidates=())
            confidence = _confidence(got)
            quote = self._anchored(spans, confidence=confidence, rule=got.rule, date=edtf, date_as_written=written)
            if quote is None:
                self.passed.append(Why(each.outer[0], "these words stand in several places and nothing tells them apart"))
                continue
            span = self._span(mention) if mention else None
            self._attribute(quote.id, span, got.rule, confidence, got)
            self.quote_of.update(dict.fromkeys(whole, quote.id))
            if mention:
                self.said_in[quote.id] = mention.sentence
            yield spans[0].start, quote, got.actor, self._about(spans)

    def _marked(
        self, marks: Sequence[Marked], spoken: Mapping[int, Turn]
    ) -> Iterator[tuple[int, Quote, int, tuple[int, ...]]]:
        """The words in marks of a text whose language has no tables: whose they are, nothing tells."""
        for number, spans in foreign.quoted(self.words, marks):
            if self._paragraph(spans[0].start) in spoken:
                continue
            quote = self._anchored(spans, confidence="low", rule="marks")
            if quote:
                self.quote_of[number] = quote.id
                self._attribute(quote.id, None, "marks", "low")
                yield spans[0].start, quote, -1, ()

    def _interrupted(self, one: Marked, other: Marked, got: Attributed, following: Attributed) -> bool:
        """“He may have been,” he said, “carrying fish”: one sentence, which the source interrupts."""
        end = one.spans[-1].end
        return (
            got.mention is not None
            and following.mention is not None
            and (got.mention.sentence, got.mention.first) == (following.mention.sentence, following.mention.first)
            and got.rule == "cue-after"
            and self.words[end - 1] in ",-—–"
            and self.words[other.spans[0].start].islower()
            and self._paragraph(end) == self._paragraph(other.spans[0].start)
        )

    def _span(self, mention: Mention) -> Span:
        sentence = self.lines[mention.sentence]
        return Span(sentence.start[mention.first], sentence.end_of(mention.last - 1))

    def _said_when(self, mention: Mention) -> tuple[str, str]:
        """The expression of time beside the words that attribute: right before the speaker or behind the verb, with no clause of
        its own between."""
        sentence = self.lines[mention.sentence]
        first, last = sentence.start[mention.first], sentence.end_of(mention.last - 1)
        found = []
        for start, end in _plain(sentence):
            for moment in self.times.between(start, end):
                at = start + moment.start
                between = self.words[last:at] if at >= last else self.words[start + moment.end : first]
                named = dating.attributive(self.words[start:end], moment)
                if not named and len(between) <= 60 and not _CLAUSE.search(between) and not re.fullmatch(r"\D*(?:19|20)\d\d", moment.written):
                    found.append(moment)
        return (found[0].written, found[0].edtf) if len(found) == 1 else ("", "")

    def _about(self, spans: Sequence[Span]) -> tuple[int, ...]:
        found: dict[int, None] = {}
        for span in spans:
            for sentence in self.inside[span]:
                for name in self.register.named_within(sentence):
                    number = self.register.who(name, sentence.start[name.first])
                    if number >= 0 and self.register.actors[number].kind not in ("", "place"):
                        found[self._one(number)] = None
        return tuple(found)

    def _reported(self) -> Iterator[tuple[int, Quote, int, tuple[int, ...]]]:
        for number, sentence in enumerate(self.lines):
            if sentence.marked or sentence.size < 7 or sentence.text[-1] == ":":
                continue
            found = reported(number, sentence, self.cues, self.phrases)
            if found is None:
                continue
            mention, first, last = found
            actor, sure, others = self.referents.meaning(mention)
            if actor < 0 or self.register.actors[actor].kind == "":
                continue
            span = Span(sentence.start[first], sentence.end_of(last))
            confidence = "moderate" if sure else "low"
            written, edtf = self._said_when(mention)
            quote = self._anchored(
                [span], speech="indirect", confidence=confidence, rule="reported", date=edtf, date_as_written=written
            )
            if quote is None or span.end - span.start < 15:
                continue
            got = Attributed(-1, mention, actor, "reported", sure, others)
            self._attribute(quote.id, self._span(mention), got.rule, confidence, got)
            yield span.start, quote, actor, ()

    def _attribute(self, quote: str, span: Span | None, rule: str, confidence: str, got: Attributed | None = None) -> None:
        said: dict[str, Any] = {"rule": rule, "confidence": confidence}
        if span:
            said = {"start": span.start, "end": span.end, "exact": self.words[span.start : span.end], **said}
        if got and not got.sure and got.candidates:
            said["candidates"] = list(got.candidates)
        self.attributions[quote] = said

    def _anchored(self, spans: Sequence[Span], **known: Any) -> Quote | None:
        """A quote of these very places, told from others of the same words by what stands around them; None where it cannot."""
        segments = tuple([evenly(self.words[start:end]) for start, end in spans])
        context = self.contexts.of(segments, spans)
        if context is None:
            return None
        return Quote(id=self.ids.make("q", segments[0]), text=segments, prefix=context[0], suffix=context[1], **known)

    # -- events ----------------------------------------------------------------------------------------------------------

    def _events(self, spoken: Mapping[int, Turn]) -> Iterator[tuple[int, Event, tuple[int, ...]]]:
        for number, sentence in enumerate(self.lines):
            if self.source.asides.get(self.referents.paragraph[number]):
                continue
            for span, moment, title in happenings.of(self.words, sentence, _plain(sentence), self.times):
                numbers = dict.fromkeys(
                    self._one(actor) for name, actor in self.register.of(sentence)
                    if span.start <= sentence.start[name.first] < span.end and self.register.actors[actor].kind not in ("", "place")
                )  # fmt: skip
                if not numbers and moment is None and not self.times.between(span.start, span.end):
                    continue
                evidence = (evenly(self.words[span.start : span.end]),)
                context = self.contexts.of(evidence, [span])
                if context is None:
                    continue
                event = Event(
                    id=self.ids.make("e", title), title=title, evidence=evidence, prefix=context[0], suffix=context[1],
                    date=moment.edtf if moment else "", date_as_written=moment.written if moment else "",
                )  # fmt: skip
                subject = self.clauses.subject_of_clause(number, sentence.size)
                if subject and subject.kind != "name":
                    actor, _, _ = self.referents.meaning(subject)
                    if actor >= 0 and self.register.actors[actor].at:
                        numbers[self._one(actor)] = None
                self.told_in[number] = event.id
                yield span.start, event, tuple(numbers)

    # -- actors ----------------------------------------------------------------------------------------------------------

    def _one(self, number: int) -> int:
        return self.same.get(number, number)

    def _name_actors(self, speaking: Iterable[int], acting: Iterable[int]) -> None:
        """Give ids to the actors that the draft has: whoever speaks or takes part, and who is named more than once."""
        wanted = {self._one(number) for number in speaking if number >= 0}
        wanted |= {self._one(number) for number in acting if number >= 0 and not self.register.is_word(number)}
        wanted |= {
            self._one(actor.number) for actor in self.register.actors
            if actor.kind not in ("", "place") and actor.likely and (len(actor.at) > 1 or (actor.kind in ("person", "state") and len(actor.name.split()) > 1 and actor.at))
        }  # fmt: skip
        order = sorted(wanted, key=lambda number: min(self.register.actors[number].at, default=1 << 60))
        for number in order:
            actor = self.register.actors[number]
            words = actor.name
            if actor.kind == "person" and len(words.split()) > 1 and not words[0].islower() and actor.at:
                words = actor.surname
            self.actor_ids[number] = self.ids.make("", words)

    def _ids_of(self, numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(self.actor_ids[self._one(number)] for number in numbers if self._one(number) in self.actor_ids)
        )

    def _actors(self) -> Iterator[Actor]:
        also: dict[int, list[int]] = {}
        for other, number in self.same.items():
            also.setdefault(number, []).append(other)
        shared = Counter(
            name
            for number in self.actor_ids
            for name in {self._as_written(each) for each in self.register.actors[number].names}
        )
        for number, id in self.actor_ids.items():
            actor = self.register.actors[number]
            every = [actor, *(self.register.actors[other] for other in also.get(number, ()) if other != number)]
            names = dict.fromkeys(
                self._as_written(name) for other in every for name in sorted(other.names, key=lambda name: -other.names[name])
            )
            aliases = tuple(
                name
                for name in names
                if name != actor.name and (" " not in name or name in self.words) and name != "Q" and shared[name] < 2
            )
            home = ENGLISH.institutions.get(actor.name, "")
            houses = (other for at, other in self.actor_ids.items() if self.register.actors[at].name == home)
            part_of = next(houses, "") if home else ""
            yield Actor(
                id=id,
                name=" ".join(actor.name.split()),
                kind=actor.kind or ("person" if actor.name.istitle() and " " not in actor.name else "organization"),
                aliases=aliases,
                role=self.register.role(actor),
                part_of=part_of,
            )

    @staticmethod
    def _as_written(name: str) -> str:
        return " ".join(name.split())

    def _with_speaker(self, quote: Quote, number: int, about: tuple[int, ...]) -> Quote:
        said = self.attributions[quote.id]
        if "candidates" in said:
            said["candidates"] = [
                self.actor_ids[self._one(each)] for each in said["candidates"] if self._one(each) in self.actor_ids
            ]
        speaker = self.actor_ids.get(self._one(number), "") if number >= 0 else ""
        event = self.told_in.get(self.said_in.get(quote.id, -1), "")
        return replace(quote, speaker=speaker, event=event, about=tuple(id for id in self._ids_of(about) if id != speaker))

    def _linked(self, start: int, end: int, told: Mapping[int, str]) -> str | None:
        turn = told.get(self._paragraph(start), "")
        return linked(self.words, Span(start, end), self.marks, lambda number: turn or self.quote_of.get(number, ""))

    # -- head and summary ------------------------------------------------------------------------------------------------

    def _summary(
        self, spoken: Mapping[int, Turn], quotes: Sequence[tuple[int, Quote, int, tuple[int, ...]]], events: Sequence[tuple[int, Event, tuple[int, ...]]]
    ) -> str:  # fmt: skip
        """The sentences that carry the text, as quotations of it, each linked to what stands in its paragraph."""
        items: dict[int, str] = {}
        placed = sorted([(at, item.id) for at, item, _, _ in quotes] + [(at, item.id) for at, item, _ in events])
        for at, item in placed:
            items.setdefault(self._paragraph(at), item)
        spans: list[tuple[int, int]] = []
        lines: dict[int, list[tuple[int, int]]] = {}
        if len(self.lines) < 400:
            for line, where in zip(self.lines, self.referents.paragraph):
                lines.setdefault(where, []).append((line.start[0], line.end_of(-1)))
        for number in self.source.body:
            if number not in spoken:
                spans += lines.get(number, ())
            elif spoken[number].label != "Q":
                spans += spoken[number].spans
        if len(self.lines) >= 400 and not spoken:
            spans = [(line.start[0], line.end_of(-1)) for line in self.lines]
        told = {paragraph: item for paragraph, item in items.items() if paragraph in spoken}
        spans = [
            (start, end)
            for start, end in spans
            if self.words[start:end].rstrip()[-1:] in ENGLISH.sentence_ends
            and (self.words[start:end].isprintable() or not _HIDDEN.search(self.words, start, end))
            and self._linked(start, end, told)
        ]
        texts = [evenly(self.words[start:end]) for start, end in spans]
        paragraphs = [self._paragraph(start) for start, _ in spans]
        first = [here != before for here, before in zip(paragraphs, [-1, *paragraphs])]
        count = 3 if len(texts) < 20 else 5
        parts = []
        lead = 2 * len(spoken) < len(self.source.body)  # a talk begins with a greeting
        for place in gist.central(texts, first, count, lead):
            paragraph = paragraphs[place]
            start, end = spans[place]
            item = next((item for at, item in placed if start <= at < end), items.get(paragraph, ""))
            link = f" [¶{self.text.paragraph_of(start)}](#{item})" if item else ""
            parts.append(f"> {self._linked(*spans[place], told)}{link}")
        if self.foreign:
            parts.insert(0, _FOREIGN.format(self.source.metadata["lang"]))
        if self.foreign or not parts:
            return "\n\n".join(parts[:1])
        return "Sentences of the source that carry it, chosen by a program; nobody has reviewed them.\n\n" + "\n\n".join(parts)


def _same_states(register: Register, words: str) -> dict[int, int]:
    """Map every state to the one that is the same by another name. A capital is one where the text never uses it as a place."""
    first: dict[str, int] = {}
    same: dict[int, int] = {}
    for actor in register.actors:
        if actor.kind != "state":
            continue
        if actor.name in SEATS and actor.name not in NATIONS:
            if any(_word_before(words, at) in ENGLISH.place_prepositions for at in actor.at):
                actor.kind = "place"
                continue
            nation = SEATS[actor.name]
        else:
            nation = NATIONS[actor.name]
        same[actor.number] = first.setdefault(nation, actor.number)
    for nation, number in first.items():
        actor = register.actors[number]
        if actor.name in SEATS and actor.name not in NATIONS:
            actor.name = nation
    return same


def _word_before(words: str, at: int) -> str:
    found = re.search(rf"(\w+)\s+(?:{ENGLISH.definite_article}\s+)?\Z", words[max(0, at - 24) : at])
    return found[1].lower() if found else ""


def _plain(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the stretches of a sentence between its marked spans."""
    found = []
    start, last = sentence.start[0], sentence.end_of(-1)
    for at in sentence.marked:
        if sentence.start[at] > start:
            found.append((start, sentence.start[at]))
        start = sentence.end_of(at)
    if last > start:
        found.append((start, last))
    return found


def _source(article: Article, path: str, sha256: str) -> Source:
    known: dict[str, Any] = {
        key: value for key, value in article.metadata.items() if key in ("title", "publisher", "author", "url", "lang")
    }
    known["title"] = article.title or known.get("title", "")
    told = article.metadata.get("published_from", "")
    return Source(id="s1", path=path, sha256=sha256, published=article.published, published_from=told, **known)


def _title(article: Article) -> str:
    """Return the title of the article, or make one from its first paragraph."""
    if article.title:
        return article.title
    body = [article.paragraphs[number] for number in article.body[:1]]
    start = (
        max(body[0].start, article.dateline.end)
        if body and article.dateline.start == body[0].start
        else body[0].start
        if body
        else 0
    )
    words = " ".join(article.text.text[start : body[0].end].split()) if body else "An empty text"
    return happenings.shortened(words, 90) or "Untitled"


_FOREIGN = (
    "The text is in a language without rules for drafting ({}): only the words in its quotation marks are listed, and nobody is "
    "said to say them."
)
_CLAUSE = re.compile(rf"\b(?:{one_of(ENGLISH.clause_starts)})\b|[;:]")
_HIDDEN = re.compile(f"(?!\n)[{UNSAFE}]")
"""What a terminal would act on or hide: a sentence with any is not put into the summary."""


def _confidence(got: Attributed) -> str:
    if got.actor < 0:
        return "low"
    if got.rule in _HIGH and got.sure:
        return "high"
    if (got.rule in _MODERATE and got.sure) or (got.rule in ("goes-on", "cue-after", "touching")):
        return "moderate"
    return "low"
