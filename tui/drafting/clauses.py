"""Clauses without a parser: the subject of a verb, to its left over adverbs, auxiliaries and whatever stands between two commas."""

from __future__ import annotations

from tui.drafting.language import ENGLISH
from tui.drafting.phrases import BEGINS_NONE, Mention, Phrases
from tui.drafting.words import PRONOUNS, TIMES

_GOVERNS = ENGLISH.prepositions - ENGLISH.conjunctions
_JOINTS = ENGLISH.conjunctions | {";"}


class Clauses:
    """Who does what a verb says, and who a clause is about."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.text, self.sentences, self.register = phrases.text, phrases.sentences, phrases.register
        self.names, self.wholes = phrases.names, phrases.wholes
        self._of_clauses: dict[tuple[int, int], Mention | None] = {}

    def subject_of(self, number: int, verb: int, earlier: Mention | None = None) -> Mention | None:
        """Who does what the verb at this token says; `earlier`: the subject of the cue before it, which a verb without one of
        its own shares."""
        return self._subject_of(number, verb, earlier) or self._thing_of_clause(number, verb)

    def _subject_of(self, number: int, verb: int, earlier: Mention | None) -> Mention | None:
        sentence = self.sentences[number]
        at = verb
        infinitive = False
        while at > 0 and at not in self.names[number]:
            low = sentence.low[at - 1]
            if (
                low in ENGLISH.auxiliaries
                or low in ENGLISH.adverbs
                or (low.endswith(ENGLISH.adverb_ending) and low not in ENGLISH.person_nouns)
                or sentence.text[at - 1] in TIMES
            ):
                infinitive = infinitive or low == ENGLISH.infinitive_particle
                if (
                    low in ENGLISH.linking_verbs
                    and not sentence.text[verb].endswith(ENGLISH.gerund_ending)
                    and sentence.low[verb] not in ENGLISH.present_say
                ):
                    return None
                at -= 1
            else:
                break
        if at == 0:
            return earlier
        before, low = sentence.text[at - 1], sentence.low[at - 1]
        if infinitive:
            return earlier or self.subject_of_clause(number, at)
        if before in (",", "-", "—", "–", "--", ")", "―"):
            if earlier and sentence.text[verb].endswith(ENGLISH.gerund_ending):
                return earlier
            if sentence.text[verb].endswith(ENGLISH.gerund_ending):
                for place in range(at - 2, max(0, at - 14), -1):  # “where protesters had gathered, chanting”
                    if not sentence.word[place] or sentence.quote[place] >= 0:
                        break
                    if sentence.text[place] in ENGLISH.where_and_as:
                        near = self.phrases.starting_at(number, place + 1)
                        if near and near.kind != "pronoun" and near.last < at - 1:
                            return near
                        break
                return self.subject_of_clause(number, at - 1) or self._over_commas(number, at - 1)
            return self._over_commas(number, at - 1) or earlier
        if low in ENGLISH.verb_joining_words:
            if earlier and earlier.first < self._main_clause(number, at):  # “As they chanted, Roe came in and joked”
                return self.subject_of_clause(number, at - 1) or earlier
            return earlier or self.subject_of_clause(number, at - 1)
        if sentence.quote[at - 1] >= 0 and earlier:
            return earlier
        direct = self.phrases.ending_at(number, at)
        if direct and sentence.text[verb].endswith(ENGLISH.gerund_ending) and direct.first and sentence.low[direct.first - 1] == ENGLISH.comitative_preposition and (
            at == verb and direct.kind == "name"
        ):  # fmt: skip
            return direct  # “with Roe tweeting”
        if direct and direct.head in ENGLISH.documents_in_which and sentence.text[verb].endswith(ENGLISH.gerund_ending):
            return (
                earlier or self.subject_of_clause(number, direct.first) or self._thing_of_clause(number, direct.first) or direct
            )
        if direct and self.phrases.governed(number, direct):
            other = earlier or self.subject_of_clause(number, direct.first)
            if other and other.first != direct.first and not (
                direct.kind == "name" and sentence.text[verb].endswith(ENGLISH.gerund_ending) and other.head in ENGLISH.pronouns_in_speech
            ):  # fmt: skip
                return other
        if direct and not (sentence.text[verb].endswith(ENGLISH.gerund_ending) and direct.kind == "nominal" and earlier):
            return direct
        if low in ENGLISH.indefinite_pronouns and (sentence.text[at - 1].islower() or at == 1):
            return Mention(number, at - 1, at, "nominal", head=low)
        if earlier:
            return earlier
        if sentence.word[at - 1]:  # “a letter to the committee calls for”, “those who know him say”
            return self.subject_of_clause(number, at - (low in ENGLISH.before_participles))
        return None

    def _over_commas(self, number: int, comma: int) -> Mention | None:
        """Return the subject before what stands between two commas: Petro, who …, said."""
        sentence = self.sentences[number]
        mirror = {")": "("}.get(sentence.text[comma])
        named = self.names[number].get(comma)
        if named and not sentence.possessive[comma - 1]:
            name, actor = named
            joined = self.names[number].get(name.whole - 1)
            if joined and sentence.text[name.whole - 1] == ENGLISH.coordinator:  # “two analysts, Jane Roe and John Doe, …”
                name, actor = joined
            if name.whole and sentence.text[name.whole - 1] in (",", "--", "—", "–", "-") and name.whole >= 2:
                described = self.phrases.ending_at(number, name.whole - 1)
                if described and described.kind == "nominal":
                    return Mention(number, name.first, name.last, "name", actor)
        at = comma - 1
        best = None
        while at > 0:
            text = sentence.text[at]
            if sentence.quote[at] >= 0 and at + 1 < comma and best is None and sentence.text[at + 1] != ",":
                break
            if text == mirror or (mirror is None and text in (",", "—", "–", "-", "--", "―", "(")):
                left = self.phrases.ending_at(number, at)
                left = self.phrases.named_behind(number, left)
                if (left and left.kind != "pronoun") or (left and left.head in ENGLISH.personal_pronouns):
                    behind = sentence.low[at + 1] if at + 1 < comma else ""
                    apposition = (
                        behind in ENGLISH.apposition_starts
                        or behind in ENGLISH.prepositions or behind[:1].isdigit() or behind in ENGLISH.person_nouns or behind.endswith(ENGLISH.participle_and_adverb_endings) or sentence.capital[at + 1]
                        or behind in ENGLISH.adverbs or behind in ENGLISH.short_apposition_starts
                        or (left.kind == "name" and self.phrases.noun_follows(number, at + 1))
                    )  # fmt: skip
                    if apposition and not self.phrases.led_in_to(number, left) and not self.phrases.says_where(number, left):
                        best = left
                        if self._clause_begins(number, left.first):
                            return left
            at -= 1
        if best:
            return best
        return self.subject_of_clause(number, comma)

    def _clause_begins(self, number: int, at: int) -> bool:
        sentence = self.sentences[number]
        while at > 0 and sentence.word[at - 1]:
            low = sentence.low[at - 1]
            if low in ENGLISH.conjunctions:
                return True
            if low in ENGLISH.relatives_with_antecedent or low in ENGLISH.prepositions or low in ENGLISH.auxiliaries:
                return False
            at -= 1
        return at == 0 or sentence.quote[at - 1] >= 0 or sentence.text[at - 1] in (",", ";", ":")

    def subject_of_clause(self, number: int, before: int) -> Mention | None:
        """Return the first noun phrase of the sentence, or of its last clause, that no preposition governs."""
        key = number, before
        if key not in self._of_clauses:
            self._of_clauses[key] = self._subject_of_clause(number, before)
        return self._of_clauses[key]

    def _subject_of_clause(self, number: int, before: int) -> Mention | None:
        sentence = self.sentences[number]
        texts, lows, words = sentence.text, sentence.low, sentence.word
        names = self.wholes[number]
        best: Mention | None = None
        at = self._main_clause(number, before)
        governed = False
        while at < before:
            word, low = words[at], lows[at]
            if low in _GOVERNS and not (
                at + 1 < before and texts[at + 1][0].isdigit() and low in ENGLISH.approximating_prepositions
            ):
                governed = True
            elif low in ENGLISH.conjunctions or (
                not word
                and sentence.quote[at] < 0
                and not (
                    low == ","
                    and governed
                    and at + 1 < before
                    and texts[at + 1].islower()
                    and texts[at + 1] not in ENGLISH.determiners
                )
            ):
                governed = False
            mention = self.phrases.starting_at(number, at) if word and (low not in BEGINS_NONE or at in names) else None
            if mention and mention.last <= before:
                possessive = sentence.possessive[mention.last - 1]
                if not governed and not possessive and not self.phrases.says_where(number, mention):
                    behind = lows[mention.last] if mention.last < sentence.size else ""
                    verb = behind == "," or (
                        behind != ""
                        and words[mention.last]
                        and behind not in ENGLISH.prepositions
                        and behind not in ENGLISH.conjunctions
                    )
                    joined = at > 0 and lows[at - 1] in _JOINTS
                    if best is None or (verb and joined and mention.kind != "nominal"):
                        best = mention
                at = max(mention.last, at + 1)
                governed = False if not governed else at < sentence.size and texts[at] != ","
            else:
                at += 1
            if best is None:
                continue
            joint = next((place for place in range(at - 1, before) if lows[place] in _JOINTS), before)
            if joint == before:
                break  # behind the last joint the first one stays
            if lows[joint] not in ENGLISH.determiners and not any(
                first <= joint < name.last for first, (name, _) in names.items()
            ):  # no noun phrase goes on over it
                at = joint + 1  # only what is joined takes its place
                governed = False
        return self.phrases.named_behind(number, best) if best and best.last < before else best

    def _thing_of_clause(self, number: int, before: int) -> Mention | None:
        """Return the noun phrase of any noun that the main clause begins with."""
        thing = self.phrases.thing_at(number, self._main_clause(number, before))
        return thing if thing and thing.last < before and self.sentences[number].low[thing.first] not in PRONOUNS else None

    def _main_clause(self, number: int, before: int) -> int:
        """Where the main clause begins, behind one that leads in to it: “After they met on Tuesday, …”, “Asked about that, …”."""
        sentence = self.sentences[number]
        first = sentence.low[0]
        if sentence.size > 1 and sentence.text[1] in ENGLISH.before_and_after:  # “Shortly after that, …”
            first = sentence.text[1]
        if not (
            first in ENGLISH.conjunctions
            or first in ENGLISH.prepositions
            or (first.endswith(ENGLISH.participle_endings) and not self.wholes[number].get(0))
        ):
            return 0
        for at in range(2, min(before, sentence.size) - 1):
            if sentence.text[at] == ",":
                mention = self.phrases.starting_at(number, at + 1)
                if mention and mention.last < sentence.size and not sentence.possessive[mention.last - 1]:
                    behind = sentence.text[mention.last]
                    if behind == "," or (
                        sentence.word[mention.last]
                        and behind.islower()
                        and behind not in ENGLISH.prepositions
                        and behind not in ENGLISH.conjunctions
                    ):
                        return at + 1
        return 0

    def subject_behind(self, number: int, at: int) -> Mention | None:
        """The subject of the sentence where this token stands in a phrase that leads in to it: “In a speech on “…”, Roe …”."""
        sentence = self.sentences[number]
        first = sentence.low[0]
        if (
            first in ENGLISH.conjunctions
            or not (first in ENGLISH.prepositions or first.endswith(ENGLISH.participle_endings))
            or "," in sentence.text[:at]
        ):
            return None
        for comma in range(at, sentence.size - 2):
            if sentence.text[comma] == "," or (sentence.quote[comma] >= 0 and self.text[sentence.end_of(comma) - 2] == ","):
                found = self.phrases.starting_at(number, comma + 1)
                if found and found.kind != "nominal" and not sentence.possessive[found.last - 1]:
                    return found
        return None
