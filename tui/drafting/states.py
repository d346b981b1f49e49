"""The states that sit in the United Nations, as members or observers, with Kosovo and Taiwan."""

from __future__ import annotations

from tui.drafting.language import ENGLISH

NATIONS: dict[str, str] = {}
"""Maps every name of a state to its first name."""
DEMONYMS: dict[str, str] = {}
"""Maps an adjective or a word for the people to the state. The first state in the list wins."""
SEATS: dict[str, str] = {}
"""Maps a capital to the state. In the news it can mean the government."""

for _row in ENGLISH.states:
    _names, _peoples, _seats = (_cell.split(", ") for _cell in _row)
    NATIONS.update(dict.fromkeys(_names, _names[0]))
    for _people in _peoples:
        DEMONYMS.setdefault(_people, _names[0])
    SEATS.update(dict.fromkeys(_seats, _names[0]))
