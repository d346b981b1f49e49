"""The words of a language that the drafting rules ask for, read from the text files of its folder.

In a file, `[name]` begins a section and names the attribute of `Language` that holds its words. A line that begins with
`#` is a comment. Every other line is an entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

Word = str
Words = frozenset[str]
Ordered = tuple[str, ...]
"""Entries in the order of the file."""
Endings = tuple[str, ...]
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
    body_speech_verbs: Words
    speaking_pasts: Words
    adverbial_starts: Words
    announcing_verbs: Words
    clause_verbs: Words
    dangling_words: Words
    event_verbs: Words
    irregular_participles: Words
    irregular_pasts: Words
    not_openers: Words
    past_verbs: Words
    pasts_like_present: Words
    planning_verbs: Words
    sentence_openers: Words
    title_cuts: Words
    unreal_words: Words
    verbs_before_plans: Words

    # given-names.txt
    female_given_names: Words
    full_given_names: Pairs
    male_given_names: Words

    # grammar.txt
    abbreviations: Words
    adjective_endings: Endings
    adverb_ending: Word
    adverbs: Words
    after_quotation: Words
    agent_preposition: Word
    apposition_starts: Words
    approximating_prepositions: Words
    approximating_words: Words
    articles: Words
    articles_and_his_or_her: Words
    articles_and_possessives: Words
    aside_prepositions: Words
    attaching_prepositions: Words
    auxiliaries: Words
    before_and_after: Words
    before_base_forms: Words
    before_contraction: Words
    before_nouns: Words
    before_participles: Words
    between_name_and_noun: Words
    clause_starts: Words
    comitative_preposition: Word
    comparison_word: Word
    complementizer: Word
    conjunctions: Words
    contracted_auxiliaries: Words
    coordinator: Word
    cutting_prepositions: Words
    definite_article: Word
    definite_determiners: Words
    determiners: Words
    elided_words: Words
    feminine_pronouns: Words
    feminine_subject: Word
    finite_endings: Endings
    first_person: Word
    forms_of_be: Words
    genitive_preposition: Word
    gerund_ending: Word
    he_or_she: Words
    his_or_her: Words
    indefinite_articles: Words
    indefinite_pronouns: Words
    infinitive_particle: Word
    linking_verbs: Words
    masculine_possessive: Word
    masculine_pronouns: Words
    masculine_subject: Word
    naming_prepositions: Words
    nested_prepositions: Words
    ordering_words: Words
    other_pronouns: Words
    other_stops: Words
    participle_and_adverb_endings: Endings
    participle_endings: Endings
    past_ending: Word
    past_participle_endings: Endings
    personal_pronouns: Words
    phrase_starts: Words
    plural_y_ending: Word
    prepositions: Words
    pronouns_in_speech: Words
    question_words: Words
    relative_pronouns: Words
    relatives_after_nouns: Words
    relatives_with_antecedent: Words
    resolved_pronouns: Words
    short_apposition_starts: Words
    singular_ending_in_s: Word
    singular_pronouns: Words
    speaker_pronouns: Words
    subject_pronouns: Words
    superlative_and_ing_endings: Endings
    time_prepositions: Words
    verb_endings: Endings
    verb_joining_words: Words
    where_and_as: Words
    words_left_out_of_ids: Words

    # names.txt
    title_case_acronyms: Words
    person_heads: Words
    person_joints: Words
    vessel_nouns: Words
    abbreviations_not_actors: Words
    after_and_in_bodies: Words
    before_and_in_bodies: Words
    before_common_nouns: Words
    before_places: Words
    before_places_and_things: Words
    before_states: Words
    capital_words: Words
    common_endings: Ordered
    common_nouns: Words
    common_openers: Words
    departments: Words
    describing_adjectives: Words
    first_title_words: Words
    first_words_not_given_names: Words
    group_prefixes: Words
    heads_with_of: Words
    joining_words: Words
    law_words: Words
    month_names: Words
    name_conjunctions: Words
    name_joints: Words
    names_that_are_words: Words
    never_names: Words
    office_words: Words
    ordinals_before_titles: Words
    origin_prepositions: Words
    parties: Words
    party_word: Word
    place_joints: Words
    place_prepositions: Words
    place_words: Words
    second_title_words: Words
    secretary: Word
    ship_prefixes: Words
    title_joints: Words
    titles_with_of: Words

    # pages.txt
    aside_starts: Words
    byline_starts: Ordered
    photo_credits: Words
    sentence_ends: Words

    # people.txt
    age_ending: Word
    courtesy_titles: Words
    describing_person_nouns: Words
    describing_plurals: Words
    describing_words: Words
    feminine_nouns: Words
    full_titles: Pairs
    head_of_state_nouns: Words
    inside_roles: Words
    later_roles: Words
    linking_adjectives: Words
    lone_roles: Words
    masculine_nouns: Words
    name_particles: Words
    name_suffixes: Words
    naming_participle: Word
    never_first_in_roles: Words
    not_roles: Words
    ordinary_prepositions: Words
    person_nouns: Words
    plural_person_nouns: Words
    plural_subjects: Words
    post_nouns: Words
    relation_nouns: Words
    role_ends: Words
    role_starts: Words
    small_groups: Words
    thing_nouns: Words
    titles: Words

    # sources.txt
    according: Word
    according_to: Word
    before_quotation_of_subject: Words
    between_verb_and_quotation: Words
    breaks_uttered: Words
    denying_words: Words
    documents_in_which: Words
    hypothetical_words: Words
    in_of_ones_words: Word
    in_ones_words: Words
    right_before_quotation: Words
    signature_starts: Words
    uttered_nouns: Words
    verbs_after_name: Words

    # speech.txt
    after_closing_subjects: Words
    anyones_verbs: Words
    bases_that_are_past: Words
    begin_and_continue: Words
    belief_verbs: Words
    claim_nouns: Words
    closing_verbs: Words
    credit_verbs: Words
    finding: Word
    inverted_credit_verbs: Words
    inverting_verbs: Words
    never_nouns: Words
    passive_with_agent: Words
    passive_without_source: Word
    plain_reporting_verbs: Words
    present_say: Words
    put_it: Words
    put_object: Word
    reporting_nouns: Words
    reporting_particles: Pairs
    reporting_verbs: Rows
    telling_verbs: Words
    told: Word
    verbs_directly_before_that: Words
    verbs_right_before_quotation: Words
    verbs_without_that: Words

    # states.txt
    full_unions: Pairs
    institutions: Pairs
    provinces: Words
    short_unions: Ordered
    states: Rows
    unions: Words

    # times.txt
    ago: Word
    before_dates: Words
    before_deadlines: Words
    before_lengths: Words
    before_months: Words
    before_names_of_days: Words
    before_ranges: Words
    before_weekdays: Words
    before_years: Words
    between_day_and_month: Word
    clause_coordinators: Words
    clause_joints: Words
    day_parts: Words
    day_steps: Pairs
    earlier_and_later: Words
    early_and_late: Words
    endings_before_sources: Endings
    future_phrases: Words
    half: Word
    in_not_before_dates: Word
    inside_ranges: Words
    joints_before_nouns: Words
    length_units: Pairs
    mid: Ordered
    month_parts: Words
    months: Ordered
    not_after_years: Words
    numbers: Pairs
    ordinal_endings: Words
    other_times: Words
    seasons: Pairs
    short_months: Ordered
    short_months_before_day: Ordered
    since: Word
    time_joints: Words
    time_words: Words
    times_with_of: Words
    unit_steps: Pairs
    units: Pairs
    vague_numbers: Words
    weekday_part: Word
    weekdays: Ordered
    words_for_next: Words
    words_for_over: Words
    words_for_until: Words
    year_word: Word

    # titles-of-works.txt
    before_title_or_nickname: Words
    before_titles: Words
    lowercase_title_words: Words
    works: Words

    # transcripts.txt
    chair_offices: Words
    courtesies_in_labels: Words
    deputy_word: Word
    doctors_label: Word
    doctors_role: Word
    end_mark: Word
    feminine_labels: Words
    group_labels: Words
    headings_not_labels: Words
    interviewed: Word
    label_article: Word
    label_offices: Words
    label_parts: Words
    label_parts_alone: Words
    label_titles: Words
    lowercase_in_names: Word
    lowercase_label_words: Words
    masculine_labels: Words
    not_named_labels: Words
    question_labels: Words
    reporter: Word
    stage_directions: Words
    turn_titles: Words

    def __init__(self, folder: Path) -> None:
        """Raise ValueError if a section is unknown, appears twice or is missing, or if a `Word` is not one entry."""
        kinds, found = type(self).__annotations__, self.__dict__
        for file in sorted(folder.glob("*.txt")):
            for name, entries in _sections(file.read_text("utf-8")):
                if name not in kinds or name in found:
                    raise ValueError(f"{file}: section [{name}] is {'there twice' if name in found else 'unknown'}")
                if kinds[name] == "Word" and len(entries) != 1:
                    raise ValueError(f"{file}: section [{name}] needs exactly one entry")
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


_READ: Mapping[str, Callable[[list[str]], object]] = {
    "Word": "".join,
    "Words": frozenset,
    "Ordered": tuple,
    "Endings": tuple,
    "Pairs": _pairs,
    "Rows": _rows,
}


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def one_of(words: Iterable[str]) -> str:
    """Return the alternatives of a regular expression that match one of these words."""
    return "|".join(re.escape(word) for word in _longest_first(words))


def either_case(words: Iterable[str]) -> str:
    """Return what `one_of` returns, with the first letter of each lowercase word in either case."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}" for word in _longest_first(words))


@cache
def language(name: str) -> Language:
    """Read a language from the folder of this name beside this module."""
    return Language(Path(__file__).with_name(name))


ENGLISH = language("english")
