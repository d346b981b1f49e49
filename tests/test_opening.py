"""The head line of a briefing: what gives way to what where the screen is narrow."""

from __future__ import annotations

import pytest

from tests.conftest import Write
from tui.reader.drawing.opening import head
from tui.reader.loading import load

QUOTE = '[[quote]]\nid = "q{0}"\nspeaker = ""\ntext = "{1}"\n'
TITLE = 'format = "briefing/1"\ntitle = "The ferry sank in the harbour"\ndate = 2026-02-12'


def shown(write: Write, cells: int, *words: str, errors: int = 0, head_: str = TITLE) -> str:
    reading = load(write("".join(QUOTE.format(*each) for each in enumerate(words)), head=head_))
    line = "".join(piece.text for piece in head(reading, errors, "", 0, 1, cells, "!"))
    assert len(line) <= cells
    return " ".join(line.split())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (80, "The ferry sank in the harbour 2026-02-12 1/1 quote: words found"),
        (64, "The ferry sank in the harbour 1/1 quote: words found"),
        (50, "The ferry sank in the harbour 1/1 quote"),
        (40, "The ferry sank in the harbour 1/1q"),
        (30, "The ferry sank in the… 1/1q"),
    ],
)
def test_the_proof_is_abbreviated_before_the_title_is_cut(write: Write, cells: int, expected: str) -> None:
    assert shown(write, cells, "The words") == expected


def test_what_is_not_proven_is_said_on_every_width(write: Write) -> None:
    for cells in range(40, 120):
        assert "1 UNPROVEN" in shown(write, cells, "The words", "Never said", errors=1)
    assert "1 UNPROVEN · 1 error: !" in shown(write, 64, "The words", "Never said", errors=1)
    assert shown(write, 64, "The words", "Never said", errors=1).startswith("The ferry sank in the harbour")


def test_errors_are_counted_beside_a_long_title(write: Write) -> None:
    long = TITLE.replace("harbour", "harbour " * 20)
    assert "1 UNPROVEN · 2 errors: !" in shown(write, 80, "The words", "Never said", errors=2, head_=long)


def test_a_draft_is_called_one_on_every_width(write: Write) -> None:
    draft = f"{TITLE}\nx-draft = true"
    for cells in range(40, 120):
        assert "DRAFT" in shown(write, cells, "The words", head_=draft)
