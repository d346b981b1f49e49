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


class Sources:
    """Finds the source of a marked span in its own sentence. `words`: of every marked span, where its words stand."""

    def __init__(self, cues: Cues, referents: Referents, words: Sequence[Sequence[Span]]) -> None:
        self.cues, self.clauses, self.phrases, self.referents, self.words = cues, cues.clauses, cues.phrases, referents, words

    def words_of(self, quote: int) -> str:
        return " ".join(self.phrases.text[span.start : span.end] for span in self.words[quote])

    def of(
        self, number: int, at: int, cues: list[Cue], meant: dict[int, tuple[int, bool, tuple[int, ...]]]
    ) -> Attributed | None:
        sentence = self.phrases.sentences[number]
        quote = sentence.quote[at]

        def by(mention: Mention, rule: str, cue: str = "", sure: bool = True) -> Attributed:
            actor, known, others = meant.get(mention.first) or self.referents.meaning(mention)
            if mention.first not in meant and actor >= 0 and mention.sentence == number:
                meant[mention.first] = (actor, known, others)
                insort(self.referents.spoken[number], (mention.first, actor))
                self.referents.speaking.add((number, mention.first))
            if at and not ENGLISH.denying_words.isdisjoint(sentence.low[max(0, at - 5) : at]) and rule != "cue-after":
                return Attributed(quote, mention, actor, "not-plainly", False, others, cue)
            return Attributed(quote, mention, actor, rule, sure and known, others, cue)

        behind = at + 1
        while behind < sentence.size and sentence.text[behind] in (",", "—", "–", "-", "--", "―"):
            behind += 1
        inner = self.phrases.text[self.words[quote][-1].start : self.words[quote][-1].end]
        inner = inner.rstrip("’'\"‘ ")
        stops = inner[-1:] in ",?!…—–-." or behind > at + 1
        leads = [cue for cue in cues if cue.at < at and cue.subject.first < cue.at]
        while len(leads) > 1 and leads[-1].subject.head == ENGLISH.first_person:  # “Roe said, and I quote, “…””
            leads.pop()
        leading = leads[-1] if leads else None
        if leading and leading.at == at - 1 and leading.verb in ENGLISH.verbs_right_before_quotation:
            return by(leading.subject, "touching", leading.verb)
        if (
            leading
            and self.phrases.text[self.words[quote][0].start].islower()
            and (leading.at == at - 1 or (at - leading.at <= 4 and sentence.text[at - 1] in ENGLISH.between_verb_and_quotation))
            and not any(cue.at > at and cue.verb in ENGLISH.anyones_verbs for cue in cues[: cues.index(leading) + 2])
        ):
            return by(leading.subject, "touching", leading.verb)
        if leading and inner[-1:] in ".?!" and sentence.text[at - 1] in (",", ":") and all(
            sentence.word[leading.at + 1 : at - 1]
        ):  # fmt: skip
            return by(leading.subject, "touching", leading.verb)
        piece = self.phrases.text[self.words[quote][0].start].islower() and at > 0 and sentence.word[at - 1]
        if behind < sentence.size and sentence.text[behind] == ENGLISH.comparison_word and stops:  # “…,” as Roe said
            behind += 1
        for cue in cues:
            if cue.at < at or (piece and cue.verb not in INVERTS and cue.verb not in ENGLISH.anyones_verbs):
                continue
            if piece and cue.verb == ENGLISH.finding:
                continue
            if cue.at == behind and cue.subject.first > cue.at:
                return by(cue.subject, "cue-after", cue.verb, not self._joint(number, cue.subject))
            if (
                cue.subject.first >= behind
                and cue.subject.first < cue.at
                and self._runs(sentence, behind, cue.subject.first)
                and (stops or cue.verb in SURE)
            ):
                if not stops and at and sentence.word[at - 1]:
                    break
                if cue.subject.kind == "name" and self.phrases.governed(number, cue.subject):
                    thing = self.phrases.thing_at(number, behind)  # “…,” the pitch on the website says
                    if thing and thing.last < cue.subject.first:
                        return by(thing, "cue-after", cue.verb)
                around = {*sentence.low[cue.subject.last : cue.at + 2]}
                if around & ENGLISH.denying_words or around & ENGLISH.hypothetical_words:
                    return Attributed(
                        quote, cue.subject, self.referents.meaning(cue.subject)[0], "not-plainly", False, (), cue.verb
                    )
                nested = any(cue.at < other.at <= cue.at + 6 and other.subject.first > cue.at for other in cues) or any(
                    name.first > cue.at and name.first <= cue.at + 3 and name.last < sentence.size and sentence.text[name.last] in ENGLISH.verbs_after_name
                    for name, _ in self.phrases.register.of(sentence)
                )  # fmt: skip
                return by(cue.subject, "cue-after", cue.verb, not nested and not self._joint(number, cue.subject))
            if stops and cue.verb in INVERTS and all(sentence.word[behind : cue.at]):
                own = self.phrases.starting_at(number, behind)  # “…,” Roe and Doe of the Institute wrote
                if own and own.last < cue.at:
                    return by(own, "cue-after", cue.verb, False)
            break
        if stops and inner[-1:] in ",?!" and behind < sentence.size:
            own = self.phrases.starting_at(number, behind)
            verb = sentence.text[own.last] if own and own.last < sentence.size else ""
            if own and own.kind != "nominal" and verb.islower() and verb.endswith(ENGLISH.finite_endings) and (
                verb not in STOPS or (own.last + 1 < sentence.size and sentence.text[own.last + 1] == "." and verb.endswith(ENGLISH.past_ending))
            ) and (
                not sentence.possessive[own.last - 1]
            ):  # fmt: skip
                return by(own, "cue-after", verb, False)
        if (
            behind + 1 < sentence.size
            and sentence.low[behind] == ENGLISH.according
            and sentence.text[behind + 1] == ENGLISH.infinitive_particle
        ):
            source = self._source(number, behind + 2)
            if source:
                return by(source, "according-to", ENGLISH.according_to)
        if behind < sentence.size and sentence.text[behind] == ENGLISH.agent_preposition and not stops and any(
            each in SAY and each.endswith(ENGLISH.past_ending) for each in sentence.text[max(0, at - 4) : at]
        ):  # fmt: skip
            source = self.phrases.starting_at(number, behind + 1)
            if source:
                return by(source, "by", ENGLISH.agent_preposition)
        if at > 1 and sentence.text[at - 1] == ":":
            ends = self.phrases.ending_at(number, at - 1)
            named = self.phrases.names[number].get(at - 1)
            if ends and named and (named[0].whole == 0 or sentence.text[named[0].whole - 1] in ENGLISH.signature_starts):
                return by(ends, "colon", ":")
        for place, low in enumerate(sentence.low[:-2]) if ENGLISH.in_of_ones_words in sentence.low else ():
            if low == ENGLISH.in_of_ones_words and place != at - 1:  # “in Roe’s words”
                for name, actor in self.phrases.register.of(sentence):
                    if name.whole in (place + 1, place + 2) and sentence.possessive[name.last - 1] and name.last < sentence.size and (
                        sentence.text[name.last] in ENGLISH.in_ones_words
                    ):  # fmt: skip
                        return by(
                            Mention(number, name.first, name.last, "name", actor), "according-to", ENGLISH.in_of_ones_words
                        )
        before = [cue for cue in cues if cue.at < at]
        if before:
            cue = before[-1]
            near = at - cue.at - 1 <= sum(
                each in ENGLISH.right_before_quotation or (each.islower() and each in ENGLISH.determiners)
                for each in sentence.text[cue.at + 1 : at]
            )
            if not near and sentence.text[at - 1] in (",", ":"):
                own = self._own_subject(number, at, cue.at)
                if own:
                    return by(own, "cue-before", sentence.low[own.last])
            if not near or (cue.verb not in SURE and cue.subject.kind == "nominal"):
                later = self._at_end(number, at, cues, True)
                if later:
                    return by(later.subject, "cue-behind", later.verb)
            if not near and cue.verb not in SURE:
                owner = self._owner(number, at, cue.at)
                if owner:
                    return by(owner, "owner", "", False)
            if not near and (cue.verb not in SURE or cue.relative):
                cue = next(
                    (
                        each
                        for each in reversed(before)
                        if each.verb in SURE and not each.relative and sentence.quote[each.at + 1] < 0
                    ),
                    cue,
                )
            return by(cue.subject, "touching" if near else "cue-before", cue.verb, near or cue.verb in SURE)
        for place in range(sentence.size - 1) if ENGLISH.according in sentence.low else ():
            if sentence.low[place] == ENGLISH.according and sentence.text[place + 1] == ENGLISH.infinitive_particle:
                source = self._source(number, place + 2)
                if source:
                    return by(source, "according-to", ENGLISH.according_to)
        later = self._at_end(number, at, cues)
        if later:
            return by(later.subject, "cue-behind", later.verb)
        if behind < sentence.size and behind > at + 1 and sentence.text[at + 1] != ",":
            signed = self.phrases.starting_at(number, behind)
            if signed and signed.kind == "name" and signed.last >= sentence.size - 1:
                return by(signed, "signed")
        if at and sentence.text[at - 1] in ENGLISH.before_quotation_of_subject:
            owner = self._owner(number, at)
            if owner:
                return by(owner, "colon", ":")
        if at and sentence.text[at - 1] == ":":
            subject = self.clauses.subject_of_clause(number, at - 1)
            if subject is None or (subject.kind == "nominal" and not person_or_body(subject.head)):
                subject = self.phrases.ending_at(number, at - 1) or subject
            if subject:
                return by(subject, "colon", ":", subject.last == at - 1)
        if alone(sentence, at):
            return None
        owner = self._owner(number, at)
        if owner:
            return by(owner, "owner", "", False)
        subject = self.clauses.subject_of_clause(number, at)
        main = self.clauses.subject_behind(number, at)
        if main and not (subject and subject.kind == "pronoun"):
            subject = main
        if subject and not (subject.kind == "pronoun" and subject.head not in ENGLISH.speaker_pronouns):
            return by(subject, "subject", "", False)
        return None

    def _owner(self, number: int, at: int, after: int = -1) -> Mention | None:
        """Of “Petro’s answer was: “…””: whose words these are."""
        sentence = self.phrases.sentences[number]
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

    def _own_subject(self, number: int, at: int, after: int) -> Mention | None:
        """Of “…, Petro thundered back, “…””: the subject of the clause that leads in to the quote at this token."""
        sentence = self.phrases.sentences[number]
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

    def _at_end(self, number: int, at: int, cues: list[Cue], last: bool = False) -> Cue | None:
        """The cue that ends the sentence behind a comma: “…, he said”, “…, said Geert Wilders, founder of …”."""
        sentence = self.phrases.sentences[number]
        for cue in cues:
            if cue.verb in SURE and cue.subject.first > at and cue.at > at and self._comma_before(sentence, min(cue.subject.first, cue.at), last) and (
                cue.at >= sentence.size - 8 or cue.subject.first > cue.at or (not last and cue.verb in INVERTS and sentence.text[cue.at + 1] != ENGLISH.complementizer)
            ):  # fmt: skip
                return cue
        return None

    def _source(self, number: int, at: int) -> Mention | None:
        """Who or what “according to” names."""
        found = self.phrases.starting_at(number, at)
        if found:
            return self.phrases.wider(number, at, found)
        sentence = self.phrases.sentences[number]
        end = at
        while end < sentence.size and sentence.word[end] and sentence.low[end] not in STOPS:
            end += 1
        return Mention(number, at, end, "nominal", head=sentence.low[end - 1]) if end > at else None

    def _comma_before(self, sentence: Sentence, at: int, outside: bool) -> bool:
        while at > 0 and sentence.word[at - 1]:
            at -= 1
        if at > 0 and sentence.quote[at - 1] >= 0:
            return not outside and self.words_of(sentence.quote[at - 1])[-1:] == ","
        return at > 0 and sentence.text[at - 1] == ","

    def _joint(self, number: int, mention: Mention) -> bool:
        """Whether another name is joined to this one: “Poe and Roe said”."""
        sentence = self.phrases.sentences[number]
        names, wholes = self.phrases.names[number], self.phrases.wholes[number]
        whole = next((first for first, (name, _) in wholes.items() if name.first == mention.first), mention.first)
        before = whole > 1 and sentence.text[whole - 1] == ENGLISH.coordinator and whole - 1 in names
        return before or (
            mention.last + 1 < sentence.size
            and sentence.text[mention.last] == ENGLISH.coordinator
            and mention.last + 1 in wholes
        )

    @staticmethod
    def _runs(sentence: Sentence, first: int, last: int) -> bool:
        """Whether one noun phrase stands between these: titles and descriptions before a name."""
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
    """Whether the sentence holds nothing but marked spans and punctuation."""
    words = sum(sentence.word)
    return words == 0 or (words <= 2 and at == 0)
