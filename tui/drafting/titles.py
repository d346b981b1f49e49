"""Words in marks that are nobody’s words: titles, names, single words that a sentence is about."""

from __future__ import annotations

import re

from tui.drafting.language import ENGLISH
from tui.drafting.sentences import Sentence
from tui.drafting.sources import Attributed
from tui.drafting.words import SAY, STOPS, SURE

_WORD = re.compile(r"\S+")


def is_title(words: str, sentence: Sentence, at: int) -> bool:
    """Tell whether what stands beside the marks tells that they hold a title or a name."""
    before, behind = sentence.text[at - 1] if at else "", sentence.text[at + 1] if at + 1 < sentence.size else ""
    if not at:
        return words[-1:] not in ".,!?" and _title_case(words) and _names_what(behind)
    noun = sentence.text[at - 2] if at > 1 and before == "," else before
    if noun in ENGLISH.works and (before != "," or _title_case(words.rstrip(".,"))):
        return True
    if sentence.capital[at - 1] and behind[:1].isupper() and " " not in words:
        return True  # Juan “Chico” Roe
    return _title_case(words.rstrip(".,")) and (
        sentence.possessive[at - 1]
        or (words[-1:] not in ".,!?" and _names_what(behind))
        or (" " in words and before in ENGLISH.prepositions)
    )


def no_quote(got: Attributed, words: str, sentence: Sentence) -> str:
    """Why marked words with somebody beside them are still nobody's words; "" where they are."""
    count = len(words.split(None, 4))
    at = next((place for place, quote in sentence.marked.items() if quote == got.quote), 0)
    before = sentence.low[max(0, at - 3) : at]
    behind = sentence.text[at + 1] if at + 1 < sentence.size else ""
    if is_title(words, sentence, at) or (
        _title_case(words.rstrip(".,"))
        and (
            (
                count >= 4
                and got.rule != "goes-on"
                and not (got.rule in ("cue-after", "touching", "lead-in") and got.cue in SURE)
            )
            or (got.rule == "goes-on" and words[-1:] not in "!?.")
            or before[-1:] == [ENGLISH.told]
        )
    ):
        return "a title"
    if got.rule == "goes-on" and at == 0 and count < 4 and words[-1:].isalnum() and behind[:1].islower():
        return "the word that the sentence is about"
    if (
        got.rule == "cue-after"
        and before
        and before[-1] in ENGLISH.before_titles
        and (count <= 3 or _titled(words.rstrip(".,")))
    ):
        return "a title or a name"
    inner = words.rstrip("’'\" ")
    if (
        got.rule == "cue-after"
        and inner[-1:] not in ",?!.…—–-"
        and count <= 3
        and at + 1 < sentence.size
        and sentence.word[at + 1]
    ):
        return "a title or a name"
    touched = got.rule in ("cue-after", "goes-on", "lead-in", "signed", "colon") or (
        got.rule in ("touching", "cue-before") and before[-1:] in ([","], [":"])
    )
    if touched:
        return ""
    if before[-1:] and before[-1] in ENGLISH.before_title_or_nickname:
        return "a title or a name"
    if count >= 2 and _titled(words.rstrip(".,")) and not (before[-1:] and before[-1] == got.cue):
        return "a title"
    if got.rule == "subject" and count < 4:
        return "single words in marks, and nobody is said to say them"
    return ""


def _names_what(word: str) -> bool:
    """Tell whether this word can be the noun that words in marks name: the “Avatar” star."""
    return word[:1].islower() and not any(word in each for each in (STOPS, ENGLISH.determiners, SAY, ENGLISH.adverbs))


def _title_case(words: str) -> bool:
    """Tell whether every word is capitalized, except the short ones that are lowercase in a title."""
    return words[:1].isupper() and all(
        not word[0][0].islower() or word[0] in ENGLISH.lowercase_title_words for word in _WORD.finditer(words)
    )


def _titled(words: str) -> bool:
    """Tell whether every word is capitalized, except words of up to three letters."""
    long = [word for word in words.split() if len(word) > 3 or word[:1].isupper()]
    return bool(long) and all(word[:1].isupper() or word[:1].isdigit() for word in long) and words[-1:] not in ".!?,"
