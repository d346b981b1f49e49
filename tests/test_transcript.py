"""Transcripts in every common setting: who has the floor, told from the form of the labels."""

from __future__ import annotations

from collections import Counter

import pytest

from tui.briefing.anchor import Text
from tui.drafting.draft import Draft, draft

SETTINGS = {
    "a name, a time, and the words on the next line": (
        "Parish council, evening session\n\nOla Brandt (00:03):\nWelcome, all. We have two items and no tea.\n\n"
        "Mei Tan (00:19):\nWhere did the tea go?\n\nOla Brandt (01:00:24):\nThe kettle broke in April.\n",
        {"Ola Brandt": 2, "Mei Tan": 1},
    ),
    "a time in brackets before the name": (
        "Episode 4\n\n[00:01:02] JON ASK: So you never learned to swim.\n\n[00:01:09] TOVE LIEN: Nobody on the island did.\n\n"
        "[00:01:20] JON ASK: And the boat?\n",
        {"Jon Ask": 2, "Tove Lien": 1},
    ),
    "capitals before a dash": (
        "MR. SPEAKER.- The House will come to order.\n\nHON. R. TAUFA.- I thank you, Sir.\n\n"
        "HON. L. VUKI.- It was promised in 2009!\n\nHON. R. TAUFA.- I stand corrected by ten years.\n",
        {"Mr. speaker": 1, "R. Taufa": 2, "L. Vuki": 1},
    ),
    "a courtesy title and a full stop, indented": (
        "    Chairman Dole. The committee will come to order.\n\n    Ms. Arden. Thank you, Mr. Chairman.\n\n"
        "                    12\n\n    Mr. Pike. It froze, ma'am.\n\n    Ms. Arden. And each year you are surprised?\n\n"
        "    Mr. Pike. Each year we are hopeful.\n",
        {"Chairman Dole": 1, "Arden": 2, "Pike": 2},
    ),
    "a state, and the language that was spoken": (
        "The President: I call on the representative of Chile.\n\nMs. Rojas (Chile) (spoke in Spanish): We have waited.\n\n"
        "Mr. Dubois (Belgium): The ships have waited for us.\n\nMs. Rojas (Chile): Then let us both sail.\n",
        {"The President": 1, "Rojas": 2, "Dubois": 1},
    ),
    "a name alone on its line": (
        "Norlake Timber ASA\nResults call\nOctober 23rd, 2025\n\nOperator\n\nGood morning. Please go ahead.\n\n"
        "Siri Haug, CFO\n\nThank you. Sales fell by 3 per cent.\n\nPer Aune, Analyst at Kvit Bank\n\nWhy did they fall?\n\n"
        "Siri Haug, CFO\n\nIt rained.\n",
        {"Operator": 1, "Siri Haug": 2, "Per Aune": 1},
    ),
    "names before a colon that hardly come again": (
        "Press conference of the harbour master\n\nCoast Radio: Has the ship left?\n\nIda Voss: It left at dawn.\n\n"
        "The Herald: Will it come back?\n\nIda Voss: They all come back.\n",
        {"Coast Radio": 1, "Ida Voss": 2, "The Herald": 1},
    ),
}


def drafted(text: str, title: str = "") -> Draft:
    return draft(Text(text), "t.txt", title=title)


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_turn_is_its_speakers(setting: str) -> None:
    text, turns = SETTINGS[setting]
    briefing = drafted(text).briefing
    assert Counter(briefing.name(quote.speaker) for quote in briefing.quotes) == turns
    assert {quote.rule for quote in briefing.quotes} == {"turn"}


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_label_is_in_what_is_said_or_in_an_event(setting: str) -> None:
    text, turns = SETTINGS[setting]
    briefing = drafted(text).briefing
    said = [*(quote.words for quote in briefing.quotes), *(words for event in briefing.events for words in event.evidence)]
    assert not [words for words in said if any(f"{name}:" in words or "00:" in words for name in turns)]


def test_what_a_label_says_besides_the_name_is_the_role() -> None:
    briefing = drafted(SETTINGS["a name alone on its line"][0]).briefing
    assert {actor.name: actor.role for actor in briefing.actors}["Siri Haug"] == "CFO"


def test_telephone_numbers_and_page_numbers_are_nobodys_turn() -> None:
    text = "No. 4\nJO HOLT\nTelephone: (555) 010-22\nFax: (555) 010-23\nANN VANE\nTelephone: (555) 010-71\nFax: (555) 010-72\n"
    assert not drafted(text + "Attorneys for the oyster company\n").briefing.quotes


def test_a_president_is_not_the_one_of_the_same_surname_whom_the_text_names() -> None:
    text = (
        "THE PRESIDENT:  Good morning. Irma Vasko chose my tie.\n\nMS. OLDE:  President Vasko, which mill is it?\n\n"
        "THE PRESIDENT:  The windy one.\n\nMS. OLDE:  Thank you.\n"
    )
    briefing = drafted(text, "Remarks by President Vasko at the Mills").briefing
    assert {briefing.name(quote.speaker) for quote in briefing.quotes} == {"President Vasko", "Olde"}
