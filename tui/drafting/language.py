"""The words of a language that the drafting rules ask for, read from the text files of its folder.

In a file, `[name]` begins a section and names the attribute of `Language` that holds its words. A line that begins with
`#` is a comment. Every other line is an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

Words = frozenset[str]
Ordered = tuple[str, ...]
"""Entries in the order of the file."""
Pairs = Mapping[str, str]
"""Entries like `dr = doctor`. The value is "" if the entry has none."""
Rows = tuple[tuple[str, ...], ...]
"""Entries with cells, like `say | says | said | saying`."""


class Language:
    """Words by what the rules use them for. The comment of each section in the files tells what its words are."""

    # bodies.txt
    body_heads: Words
    body_nouns: Words
    company_heads: Words
    public_body_heads: Words

    # events.txt
    announcing_verbs: Words
    clause_verbs: Words
    dangling_words: Words
    event_verbs: Words
    past_verbs: Words
    planning_verbs: Words
    unreal_words: Words

    # given-names.txt
    female_given_names: Words
    full_given_names: Pairs
    male_given_names: Words

    # grammar.txt
    abbreviations: Words
    adverbs: Words
    approximating_words: Words
    auxiliaries: Words
    before_contraction: Words
    conjunctions: Words
    contracted_auxiliaries: Words
    determiners: Words
    feminine_pronouns: Words
    forms_of_be: Words
    indefinite_pronouns: Words
    linking_verbs: Words
    masculine_pronouns: Words
    other_pronouns: Words
    other_stops: Words
    prepositions: Words
    question_words: Words
    relative_pronouns: Words
    subject_pronouns: Words
    words_left_out_of_ids: Words

    # names.txt
    abbreviations_not_actors: Words
    before_places: Words
    capital_words: Words
    common_endings: Ordered
    common_nouns: Words
    common_openers: Words
    describing_adjectives: Words
    first_words_not_given_names: Words
    joining_words: Words
    law_words: Words
    month_names: Words
    never_names: Words
    office_words: Words
    parties: Words
    place_prepositions: Words
    place_words: Words

    # people.txt
    courtesy_titles: Words
    describing_person_nouns: Words
    describing_plurals: Words
    describing_words: Words
    feminine_nouns: Words
    full_titles: Pairs
    head_of_state_nouns: Words
    later_roles: Words
    linking_adjectives: Words
    masculine_nouns: Words
    name_particles: Words
    name_suffixes: Words
    not_roles: Words
    person_nouns: Words
    plural_person_nouns: Words
    post_nouns: Words
    relation_nouns: Words
    role_ends: Words
    thing_nouns: Words
    titles: Words

    # sources.txt
    denying_words: Words
    documents_in_which: Words
    hypothetical_words: Words
    uttered_nouns: Words

    # speech.txt
    anyones_verbs: Words
    bases_that_are_past: Words
    begin_and_continue: Words
    belief_verbs: Words
    claim_nouns: Words
    closing_verbs: Words
    inverting_verbs: Words
    plain_reporting_verbs: Words
    reporting_nouns: Words
    reporting_particles: Pairs
    reporting_verbs: Rows
    telling_verbs: Words
    verbs_directly_before_that: Words
    verbs_without_that: Words

    # states.txt
    institutions: Pairs
    provinces: Words
    states: Rows

    # times.txt
    months: Ordered
    other_times: Words
    time_words: Words
    weekdays: Ordered

    # titles-of-works.txt
    lowercase_title_words: Words
    works: Words

    # transcripts.txt
    headings_not_labels: Words
    label_offices: Words
    label_parts: Words
    label_titles: Words

    def __init__(self, folder: Path) -> None:
        """Raise ValueError if a section is unknown, appears twice or is missing."""
        kinds, found = type(self).__annotations__, self.__dict__
        for file in sorted(folder.glob("*.txt")):
            for name, entries in _sections(file.read_text("utf-8")):
                if name not in kinds or name in found:
                    raise ValueError(f"{file}: section [{name}] is {'there twice' if name in found else 'unknown'}")
                found[name] = _READ[kinds[name]](entries)
        if missing := kinds.keys() - found:
            raise ValueError(f"{folder}: no section [{min(missing)}]")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a language is frozen: {name} cannot be set")


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the entries of each section."""
    for section in ("\n" + text).split("\n[")[1:]:
        name, *lines = section.split("\n")
        yield name.rstrip("]"), [line for line in lines if line and line[0] != "#"]


def _pairs(entries: list[str]) -> Pairs:
    return {key: value for key, _, value in (entry.partition(" = ") for entry in entries)}


def _rows(entries: list[str]) -> Rows:
    return tuple([tuple(entry.split(" | ")) for entry in entries])


_READ: Mapping[str, Callable[[list[str]], object]] = {"Words": frozenset, "Ordered": tuple, "Pairs": _pairs, "Rows": _rows}


@cache
def language(name: str) -> Language:
    """Read a language from the folder of this name beside this module."""
    return Language(Path(__file__).with_name(name))


ENGLISH = language("english")
