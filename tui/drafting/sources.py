"""The source of a quote, found in its own sentence: the cue beside it, the cue before it, and what else may name one."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence

from tui.briefing.document import Span
from tui.briefing.record import NamedTuple
from tui.drafting.cues import Cue, Cues
from tui.drafting.language import ENGLISH
from tui.drafting.phrases import Mention, person_or_body
from tui.drafting.referents import Referents
from tui.drafting.sentences import Sentence
from tui.drafting.words import INVERTS, SAY, STOPS, SURE


class Attributed(NamedTuple):
    """A marked span with its source. `actor` is -1 where nobody is named; `candidates` are who else it may be."""

    quote: int
    mention: Mention | None
    actor: int
    rule: str
    sure: bool
    candidates: tuple[int, ...] = ()
    cue: str = ""


Meant = dict[int, tuple[int, bool, tuple[int, ...]]]
"""Maps the first token of a mention to its actor, whether that is sure, and who else it can be."""


class Sources:
    """Finds the source of a marked span in its own sentence. `words`: where the words of every marked span are."""

    def __init__(self, cues: Cues, referents: Referents, words: Sequence[Sequence[Span]]) -> None:
        self.cues, self.clauses, self.phrases, self.referents, self.words = cues, cues.clauses, cues.phrases, referents, words

    def words_of(self, quote: int) -> str:
        return " ".join(self.phrases.text[span.start : span.end] for span in self.words[quote])

    def of(self, number: int, at: int, cues: list[Cue], meant: Meant) -> Attributed | None:
        """Return the source of the marked span at this token, or None if the sentence does not name one.

        `cues` are those of the sentence. What the mentions found here mean is added to `meant`.
        """
        return _Quotation(self, number, at, cues, meant).source()


class _Quotation:
    """A marked span in its sentence, and the rules that find its source. Each rule returns None if it does not apply."""

    def __init__(self, sources: Sources, number: int, at: int, cues: list[Cue], meant: Meant) -> None:
        self.sources, self.phrases, self.meant = sources, sources.phrases, meant
        self.number, self.at, self.cues = number, at, cues
        sentence = self.sentence = self.phrases.sentences[number]
        self.quote = sentence.quote[at]
        spans, text = sources.words[self.quote], self.phrases.text
        behind = at + 1
        while behind < sentence.size and sentence.text[behind] in (",", "—", "–", "-", "--", "―"):
            behind += 1
        self.behind = behind
        self.ending = text[spans[-1].start : spans[-1].end].rstrip("’'\"‘ ")[-1:]
        self.stops = self.ending in ",?!…—–-." or behind > at + 1
        self.piece = text[spans[0].start].islower()

    def source(self) -> Attributed | None:
        """Return what the first rule finds that applies."""
        found = self._touching()
        if found:
            return found
        sentence = self.sentence
        if self.behind < sentence.size and sentence.text[self.behind] == ENGLISH.comparison_word and self.stops:
            self.behind += 1  # “…,” as Roe said
        return (
            self._cue_after()
            or self._other_verb_after()
            or self._according_after()
            or self._agent_after()
            or self._label_before()
            or self._in_ones_words()
            or self._cue_before()
            or self._according_to()
            or self._cue_at_end()
            or self._signature()
            or self._colon()
            or self._subject()
        )

    def _by(self, mention: Mention, rule: str, cue: str = "", sure: bool = True) -> Attributed:
        """Attribute the span to a mention. Words of denial before it make the rule "not-plainly"."""
        referents, at = self.sources.referents, self.at
        actor, known, others = self.meant.get(mention.first) or referents.meaning(mention)
        if mention.first not in self.meant and actor >= 0 and mention.sentence == self.number:
            self.meant[mention.first] = (actor, known, others)
            insort(referents.spoken[self.number], (mention.first, actor))
            referents.speaking.add((self.number, mention.first))
        if at and not ENGLISH.denying_words.isdisjoint(self.sentence.low[max(0, at - 5) : at]) and rule != "cue-after":
            return Attributed(self.quote, mention, actor, "not-plainly", False, others, cue)
        return Attributed(self.quote, mention, actor, rule, sure and known, others, cue)

    def _touching(self) -> Attributed | None:
        """Find the cue that leads in to the span: Roe said “…”."""
        sentence, at = self.sentence, self.at
        leads = [cue for cue in self.cues if cue.at < at and cue.subject.first < cue.at]
        while len(leads) > 1 and leads[-1].subject.head == ENGLISH.first_person:  # “Roe said, and I quote, “…””
            leads.pop()
        if not leads:
            return None
        cue = leads[-1]
        if (
            (cue.at == at - 1 and cue.verb in ENGLISH.verbs_right_before_quotation)
            or (
                self.piece
                and (cue.at == at - 1 or (at - cue.at <= 4 and sentence.text[at - 1] in ENGLISH.between_verb_and_quotation))
                and not any(
                    other.at > at and other.verb in ENGLISH.anyones_verbs for other in self.cues[: self.cues.index(cue) + 2]
                )
            )
            or (self.ending in ".?!" and sentence.text[at - 1] in (",", ":") and all(sentence.word[cue.at + 1 : at - 1]))
        ):
            return self._by(cue.subject, "touching", cue.verb)
        return None

    def _cue_after(self) -> Attributed | None:
        """Find the cue after the span: “…,” said Roe; “…,” Roe said."""
        sentence, at, behind = self.sentence, self.at, self.behind
        piece = self.piece and at > 0 and sentence.word[at - 1]
        for cue in self.cues:
            if cue.at < at or (piece and cue.verb not in INVERTS and cue.verb not in ENGLISH.anyones_verbs):
                continue
            if piece and cue.verb == ENGLISH.finding:
                continue
            if cue.at == behind and cue.subject.first > cue.at:
                return self._by(cue.subject, "cue-after", cue.verb, not self._joint(cue.subject))
            if (
                cue.subject.first >= behind
                and cue.subject.first < cue.at
                and self._runs(behind, cue.subject.first)
                and (self.stops or cue.verb in SURE)
            ):
                if not self.stops and at and sentence.word[at - 1]:
                    return None
                return self._subject_and_cue_after(cue)
            if self.stops and cue.verb in INVERTS and all(sentence.word[behind : cue.at]):
                own = self.phrases.starting_at(self.number, behind)  # “…,” Roe and Doe of the Institute wrote
                if own and own.last < cue.at:
                    return self._by(own, "cue-after", cue.verb, False)
            return None
        return None

    def _subject_and_cue_after(self, cue: Cue) -> Attributed:
        """Attribute the span to the subject of a cue, both of which come after it."""
        sentence = self.sentence
        if cue.subject.kind == "name" and self.phrases.governed(self.number, cue.subject):
            thing = self.phrases.thing_at(self.number, self.behind)  # “…,” the pitch on the website says
            if thing and thing.last < cue.subject.first:
                return self._by(thing, "cue-after", cue.verb)
        around = {*sentence.low[cue.subject.last : cue.at + 2]}
        if around & ENGLISH.denying_words or around & ENGLISH.hypothetical_words:
            actor = self.sources.referents.meaning(cue.subject)[0]
            return Attributed(self.quote, cue.subject, actor, "not-plainly", False, (), cue.verb)
        nested = any(cue.at < other.at <= cue.at + 6 and other.subject.first > cue.at for other in self.cues) or any(
            name.first > cue.at
            and name.first <= cue.at + 3
            and name.last < sentence.size
            and sentence.text[name.last] in ENGLISH.verbs_after_name
            for name, _ in self.phrases.register.of(sentence)
        )
        return self._by(cue.subject, "cue-after", cue.verb, not nested and not self._joint(cue.subject))

    def _other_verb_after(self) -> Attributed | None:
        """Find a subject after the span whose verb is not known to report speech: “…,” Roe thundered."""
        sentence = self.sentence
        if not (self.stops and self.ending in ",?!" and self.behind < sentence.size):
            return None
        own = self.phrases.starting_at(self.number, self.behind)
        verb = sentence.text[own.last] if own and own.last < sentence.size else ""
        if not own or own.kind == "nominal" or not verb.islower() or not verb.endswith(ENGLISH.finite_endings):
            return None
        ends = own.last + 1 < sentence.size and sentence.text[own.last + 1] == "." and verb.endswith(ENGLISH.past_ending)
        if (verb not in STOPS or ends) and not sentence.possessive[own.last - 1]:
            return self._by(own, "cue-after", verb, False)
        return None

    def _according_after(self) -> Attributed | None:
        """Find “according to” right after the span."""
        source = self._according(self.behind) if self.behind + 1 < self.sentence.size else None
        return self._by(source, "according-to", ENGLISH.according_to) if source else None

    def _according_to(self) -> Attributed | None:
        """Find “according to” anywhere in the sentence."""
        for place in range(self.sentence.size - 1) if ENGLISH.according in self.sentence.low else ():
            source = self._according(place)
            if source:
                return self._by(source, "according-to", ENGLISH.according_to)
        return None

    def _according(self, place: int) -> Mention | None:
        """Return whom “according to” at this token names."""
        sentence = self.sentence
        if sentence.low[place] == ENGLISH.according and sentence.text[place + 1] == ENGLISH.infinitive_particle:
            return self._source(place + 2)
        return None

    def _agent_after(self) -> Attributed | None:
        """Find the agent of a passive verb before the span: described as “…” by Roe."""
        sentence, at, behind = self.sentence, self.at, self.behind
        if self.stops or behind >= sentence.size or sentence.text[behind] != ENGLISH.agent_preposition:
            return None
        if any(each in SAY and each.endswith(ENGLISH.past_ending) for each in sentence.text[max(0, at - 4) : at]):
            source = self.phrases.starting_at(self.number, behind + 1)
            if source:
                return self._by(source, "by", ENGLISH.agent_preposition)
        return None

    def _label_before(self) -> Attributed | None:
        """Find a name and a colon at the start of the sentence or after a dash: Roe: “…”."""
        sentence, at = self.sentence, self.at
        if at > 1 and sentence.text[at - 1] == ":":
            ends = self.phrases.ending_at(self.number, at - 1)
            named = self.phrases.names[self.number].get(at - 1)
            if ends and named and (named[0].whole == 0 or sentence.text[named[0].whole - 1] in ENGLISH.signature_starts):
                return self._by(ends, "colon", ":")
        return None

    def _in_ones_words(self) -> Attributed | None:
        """Find “in Roe’s words”."""
        sentence = self.sentence
        if ENGLISH.in_of_ones_words not in sentence.low:
            return None
        for place, low in enumerate(sentence.low[:-2]):
            if low != ENGLISH.in_of_ones_words or place == self.at - 1:
                continue
            for name, actor in self.phrases.register.of(sentence):
                if (
                    name.whole in (place + 1, place + 2)
                    and sentence.possessive[name.last - 1]
                    and name.last < sentence.size
                    and sentence.text[name.last] in ENGLISH.in_ones_words
                ):
                    mention = Mention(self.number, name.first, name.last, "name", actor)
                    return self._by(mention, "according-to", ENGLISH.in_of_ones_words)
        return None

    def _cue_before(self) -> Attributed | None:
        """Choose among the cues before the span, or find what is nearer to it than the last of them."""
        sentence, at = self.sentence, self.at
        before = [cue for cue in self.cues if cue.at < at]
        if not before:
            return None
        cue = before[-1]
        near = at - cue.at - 1 <= sum(
            each in ENGLISH.right_before_quotation or (each.islower() and each in ENGLISH.determiners)
            for each in sentence.text[cue.at + 1 : at]
        )
        if not near and sentence.text[at - 1] in (",", ":"):
            own = self._own_subject(cue.at)
            if own:
                return self._by(own, "cue-before", sentence.low[own.last])
        if not near or (cue.verb not in SURE and cue.subject.kind == "nominal"):
            later = self._at_end(outside=True)
            if later:
                return self._by(later.subject, "cue-behind", later.verb)
        if not near and cue.verb not in SURE:
            owner = self._owner(cue.at)
            if owner:
                return self._by(owner, "owner", "", False)
        if not near and (cue.verb not in SURE or cue.relative):
            plain = (
                each for each in reversed(before) if each.verb in SURE and not each.relative and sentence.quote[each.at + 1] < 0
            )
            cue = next(plain, cue)
        return self._by(cue.subject, "touching" if near else "cue-before", cue.verb, near or cue.verb in SURE)

    def _cue_at_end(self) -> Attributed | None:
        """Find the cue at the end of the sentence."""
        later = self._at_end()
        return self._by(later.subject, "cue-behind", later.verb) if later else None

    def _signature(self) -> Attributed | None:
        """Find a name after a dash at the end of the sentence: “…” — Jane Roe."""
        sentence, behind = self.sentence, self.behind
        if behind < sentence.size and behind > self.at + 1 and sentence.text[self.at + 1] != ",":
            signed = self.phrases.starting_at(self.number, behind)
            if signed and signed.kind == "name" and signed.last >= sentence.size - 1:
                return self._by(signed, "signed")
        return None

    def _colon(self) -> Attributed | None:
        """Find what a colon or a verb like "was" introduces the span for: Roe’s answer was: “…”."""
        sentence, at, number = self.sentence, self.at, self.number
        if at and sentence.text[at - 1] in ENGLISH.before_quotation_of_subject:
            owner = self._owner()
            if owner:
                return self._by(owner, "colon", ":")
        if not at or sentence.text[at - 1] != ":":
            return None
        subject = self.sources.clauses.subject_of_clause(number, at - 1)
        if subject is None or (subject.kind == "nominal" and not person_or_body(subject.head)):
            subject = self.phrases.ending_at(number, at - 1) or subject
        return self._by(subject, "colon", ":", subject.last == at - 1) if subject else None

    def _subject(self) -> Attributed | None:
        """Fall back on whose words the sentence names, or on its subject."""
        at, number, clauses = self.at, self.number, self.sources.clauses
        if alone(self.sentence, at):
            return None
        owner = self._owner()
        if owner:
            return self._by(owner, "owner", "", False)
        subject = clauses.subject_of_clause(number, at)
        main = clauses.subject_behind(number, at)
        if main and not (subject and subject.kind == "pronoun"):
            subject = main
        if subject and not (subject.kind == "pronoun" and subject.head not in ENGLISH.speaker_pronouns):
            return self._by(subject, "subject", "", False)
        return None

    def _owner(self, after: int = -1) -> Mention | None:
        """Return the possessor of a noun like “answer” after this token: Petro’s answer was: “…”."""
        sentence, at, number = self.sentence, self.at, self.number
        for place in range(max(after + 1, at - 5), at):
            if (
                sentence.low[place] in ENGLISH.uttered_nouns
                and place
                and not any(each in ENGLISH.breaks_uttered for each in sentence.text[place:at])
            ):
                for name, actor in self.phrases.register.of(sentence):
                    if name.last in (place, place - 1) and sentence.possessive[name.last - 1]:
                        return Mention(number, name.first, name.last, "name", actor)
                if sentence.low[place - 1] in ENGLISH.his_or_her:
                    return Mention(
                        number,
                        place - 1,
                        place,
                        "pronoun",
                        head=ENGLISH.masculine_subject
                        if sentence.low[place - 1] == ENGLISH.masculine_possessive
                        else ENGLISH.feminine_subject,
                    )
        return None

    def _own_subject(self, after: int) -> Mention | None:
        """Return the subject of a clause after this token that leads in to the span: Petro thundered back, “…”."""
        sentence, at, number = self.sentence, self.at, self.number
        place = at - 2
        while place > after and sentence.word[place]:
            place -= 1
        if place <= after or sentence.text[place] not in (",", ";"):
            return None
        found = self.phrases.starting_at(number, place + 1)
        if (
            found
            and found.last < at - 1
            and sentence.text[found.last].islower()
            and sentence.text[found.last] not in STOPS
            and found.kind != "nominal"
        ):
            return found
        return None

    def _at_end(self, outside: bool = False) -> Cue | None:
        """Return the cue that ends the sentence after a comma: “…, he said”, “…, said Geert Wilders, founder of …”.

        `outside`: the comma must not be inside a span.
        """
        sentence, at = self.sentence, self.at
        for cue in self.cues:
            if cue.verb in SURE and cue.subject.first > at and cue.at > at and self._comma_before(min(cue.subject.first, cue.at), outside) and (
                cue.at >= sentence.size - 8 or cue.subject.first > cue.at or (not outside and cue.verb in INVERTS and sentence.text[cue.at + 1] != ENGLISH.complementizer)
            ):  # fmt: skip
                return cue
        return None

    def _source(self, at: int) -> Mention | None:
        """Return whom or what “according to” names, from this token on."""
        sentence, number = self.sentence, self.number
        found = self.phrases.starting_at(number, at)
        if found:
            return self.phrases.wider(number, at, found)
        end = at
        while end < sentence.size and sentence.word[end] and sentence.low[end] not in STOPS:
            end += 1
        return Mention(number, at, end, "nominal", head=sentence.low[end - 1]) if end > at else None

    def _comma_before(self, at: int, outside: bool) -> bool:
        """Tell whether a comma precedes the words before this token."""
        sentence = self.sentence
        while at > 0 and sentence.word[at - 1]:
            at -= 1
        if at > 0 and sentence.quote[at - 1] >= 0:
            return not outside and self.sources.words_of(sentence.quote[at - 1])[-1:] == ","
        return at > 0 and sentence.text[at - 1] == ","

    def _joint(self, mention: Mention) -> bool:
        """Tell whether another name is joined to this one: Poe and Roe said."""
        sentence, number = self.sentence, self.number
        names, wholes = self.phrases.names[number], self.phrases.wholes[number]
        whole = next((first for first, (name, _) in wholes.items() if name.first == mention.first), mention.first)
        before = whole > 1 and sentence.text[whole - 1] == ENGLISH.coordinator and whole - 1 in names
        return before or (
            mention.last + 1 < sentence.size
            and sentence.text[mention.last] == ENGLISH.coordinator
            and mention.last + 1 in wholes
        )

    def _runs(self, first: int, last: int) -> bool:
        """Tell whether only one noun phrase is between these tokens: titles and descriptions before a name."""
        sentence = self.sentence
        if last - first > 8:
            return False
        return all(
            (sentence.word[at] or sentence.text[at] in "$%&/-")
            and (
                sentence.text[at] == ENGLISH.coordinator
                or (sentence.low[at] not in ENGLISH.conjunctions and sentence.low[at] not in ENGLISH.auxiliaries)
            )
            for at in range(first, last - 1 if last > first and sentence.text[last - 1] == "," else last)
        )


def alone(sentence: Sentence, at: int) -> bool:
    """Tell whether the sentence contains only marked spans and punctuation."""
    words = sum(sentence.word)
    return words == 0 or (words <= 2 and at == 0)
