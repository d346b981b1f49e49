"""Which date is whose: of the event's own clause, counted from the right day and year, or none."""

from __future__ import annotations

import pytest

from tui.briefing.anchor import Text
from tui.drafting.draft import draft

TOLD = {
    "a full date behind a day of the week": ("The fund was set up on Tuesday, 4th February, 2020 by the city.", "2020-02-04"),
    "two dates are an interval": ("The auditors left between May 2, 2023 and June 9, 2023 without a word.", "2023-05-02/2023-06-09"),
    "a short month": ("The city sold its last bond on 3 Dec. 2025 to a bank.", "2025-12-03"),
    "last year's month": ("The dam was emptied for repairs in March last year by its owner.", "2025-03?"),
    "a vote to come": ("The council will vote on the ferry on Thursday evening.", "2026-04-02?"),
    "a day gone by": ("The old boat sank in the harbour on Friday.", "2026-03-27?"),
    "this morning": ("The clerk was arrested at her home this morning.", "2026-03-30?"),
    "a clause about somebody": ("The council appointed Ida Brekke, who led the inquiry in 2021, on Tuesday.", "2026-03-24?"),
    "nothing but a clause about somebody": ("The ministry named Carl Benner, who wrote the review of 2019, to the post.", ""),
    "a date that is part of a name": ("Her deputy blamed the 7 October storm for the loss of the boat.", ""),
    "since when somebody does something": ("Harlow Coaches, which has driven there since 2014, accepted the pact.", ""),
    "what somebody was told to do": ("The judge set bail and told Marchetti to appear again on January 9, 2027.", ""),
}


def dates(text: str, published: str = "2026-03-30") -> list[tuple[str, str]]:
    made = draft(Text(f"{text}\n\nNobody was there to see it, and nobody asked.\n"), "t.txt", published=published)
    return [(event.evidence[0], event.date) for event in made.briefing.events]


@pytest.mark.parametrize("case", TOLD)
def test_an_event_has_the_date_of_its_own_clause(case: str) -> None:
    text, edtf = TOLD[case]
    assert [date for _, date in dates(text)] == [edtf]


def test_a_year_that_is_given_once_is_carried_on_in_its_paragraph() -> None:
    text = "The bell fell on 2 May 2018. In July, smiths cast a new one. On 9 August the bishop blessed it."
    assert [date for _, date in dates(text)] == ["2018-05-02", "2018-07?", "2018-08-09?"]


def test_two_clauses_with_a_date_each_are_two_events() -> None:
    text = "Divers found the cracks in February last year, and the ship was barred from Spanish ports last November."
    assert [date for _, date in dates(text)] == ["2025-02?", "2025-11?"]


@pytest.mark.parametrize(
    ("text", "published", "how"),
    [
        ("---\npublish_date: 2025-08-12\n---\n\nThe ferry was sold in May to a bank.\n\nNobody knows why.\n", "2025-08-12", "metadata"),
        ("TORV, Aug 14, 2025 (Fjordpress) - The dam broke.\n\nNobody knows why.\n", "2025-08-14", "dateline"),
        ("Kestrel Police\n14 January 2026\n\nTwo held after theft\n\nTwo men were held in a barn on Monday.\n\nNo more.\n", "2026-01-14", "date line"),
        ("The ferry was sold to a bank on 4 May 2021, and nobody knows why it was.\n\nThe bank has no water.\n", "", ""),
    ],
)  # fmt: skip
def test_the_day_of_publication_says_where_it_is_from(text: str, published: str, how: str) -> None:
    head = text.index("---\n", 4) + 4 if text.startswith("---") else 0
    source = draft(Text(text, head), "t.txt").briefing.sources[0]
    assert (source.published, source.published_from) == (published, how)
