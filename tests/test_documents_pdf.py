"""The text of a PDF: columns, hyphens, heads and feet, notes, raised digits, pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.samples import Placed, lines, pdf
from tui.briefing.anchor import Text, find
from tui.documents.base.document import Document
from tui.documents.pdf.flow import Spelling, _tidy, together
from tui.documents.pdf.reading import read

LEFT = (
    "The ferry company denies that it knew", "of the crack in frame nine. Its own", "director said in the hearing that no", "report of any kind had reached him",
    "before the sixth of May, and he said", "it twice when he was asked by a chair.",
)  # fmt: skip
RIGHT = (
    "The crew tell another story. The first", "mate wrote to the office in April, and", "kept a copy. Her letter names a crack,", "the frame in which it was found and the",
    "length that she measured on the night", "of the ninth, with a ruler of steel.",
)  # fmt: skip
STORIES = (
    "The first pilot said that nobody had asked him about the depth of the channel.",
    "A second pilot recalled that the lights of the outer mole were never mended at all.",
    "Three letters about it were sent to the board and none of them was ever answered.",
    "Most of the vessels were turned away in the winter, for want of water in the port.",
    "Every clerk of the office swore that the log had been kept as the rules have it.",
)


def text(*pages: Sequence[Placed]) -> str:
    return read(pdf(*pages)).text


def found(quote: str, document: Document) -> str:
    """The label of the page on which a quote begins; "" if it is not found."""
    anchor = find([quote], Text(document.text))
    return document.pages[document.text.count("\f", 0, anchor.spans[0].start)] if anchor.found else ""


def book(count: int, head: str = "The Quiet Harbour", numbers: bool = True) -> list[list[Placed]]:
    pages = []
    for number in range(count):
        body = lines(*(STORIES[(number + at) % 5] for at in range(5)), y=740)
        foot = [(295.0, 38.0, 10.0, str(number + 1))] if numbers else []
        pages.append([(72, 803, 10, head), *body, *foot])
    return pages


def test_lines_are_joined_to_paragraphs() -> None:
    made = text([*lines("The committee met four times between March and June, and it heard of the", "harbour master and of two pilots."), *lines("Nobody answered.", y=640)])
    assert made.split("\n\n") == ["The committee met four times between March and June, and it heard of the harbour master and of two pilots.", "Nobody answered.\n"]


def test_columns_are_read_one_after_the_other() -> None:
    made = text([*lines("Two views of the ferry, side by side in one bulletin of the harbour", y=780), *lines(*LEFT, x=50, y=740), *lines(*RIGHT, x=320, y=740)])
    assert " ".join(LEFT) in made.replace("\n\n", " ") and " ".join(RIGHT) in made.replace("\n\n", " ")
    assert not find(["it knew The crew tell"], Text(made)).found


def test_heads_feet_and_page_numbers_are_left_out_and_named() -> None:
    made = read(pdf(*book(5)))
    assert "Quiet Harbour" not in made.text and "\n\n3\n\n" not in made.text
    assert "“The Quiet Harbour” (on 5 pages)" in made.left_out and "page numbers (on 5 pages)" in made.left_out
    assert all(made.text.count(story) == 5 for story in STORIES)


def test_a_line_on_many_pages_that_is_not_at_their_edge_is_text() -> None:
    pages = [[*lines(STORIES[number % 5], "Same as in the first edition.", STORIES[(number + 1) % 5], y=700)] for number in range(6)]
    assert read(pdf(*pages)).text.count("Same as in the first edition.") == 6


def test_a_page_that_repeats_itself_is_text() -> None:
    pages = [[*lines("Form 12: name, address and day of birth of the person.", "Signed")] for _ in range(5)]
    assert read(pdf(*pages)).text.count("Form 12") == 5


def test_line_numbers_of_a_transcript_are_left_out() -> None:
    said = [STORIES[number % 5] for number in range(14)]
    page = [*lines(*said, x=100, y=740, step=24), *lines(*map(str, range(1, 15)), x=60, y=740, step=24)]
    made = read(pdf(page))
    assert made.left_out == ("line numbers (on 1 page)",)
    assert not any(each.isdecimal() for each in made.text)


def test_a_sentence_over_a_page_end_is_one_paragraph_on_both_pages() -> None:
    first = lines("The second pilot recalled a meeting in which the harbour master promised that the", y=80)
    second = lines("lights of the outer mole would be mended before the first storm of the autumn.", "Nobody came.", y=760)
    made = read(pdf(first, second, labels="0 << /S /r >> 1 << /S /D >>"))
    assert made.pages == ("i", "1")
    assert found("promised that the lights of the outer mole", made) == "i"
    assert found("lights of the outer mole", made) == "1"


def test_notes_are_before_the_paragraph_that_continues_overleaf() -> None:
    first = [*lines("The second pilot recalled a meeting in which the harbour master promised that the", y=107), *lines("1 The figure counts vessels of more than twenty metres only.", y=78, size=8)]
    second = lines("lights of the outer mole would be mended before the first storm of the autumn.", y=760)
    made = read(pdf(first, second))
    assert found("The figure counts vessels", made) == "1"
    assert found("promised that the lights", made) == "1"
    assert made.text.index("The figure") < made.text.index("promised")


def test_raised_digits_are_never_digits_of_the_number_before() -> None:
    made = text([(72, 700, 12, "The store held 10"), (163, 705, 7, "6"), (170, 700, 12, "grains, and the port had ten vessels in January."), (431, 705, 7, "1")])
    assert "10⁶ grains" in made and "January." in made and "January.1" not in made
    for wrong in ("held 106", "held 10 grains", "January.1"):
        assert not find([wrong], Text(made)).found


@pytest.mark.parametrize(
    ("one", "two", "words", "joined"),
    [
        ("the har\ufffe", "bour", {}, "the har\u00adbour"), ("the har-", "bour", {}, "the har\u00adbour"), ("bi\ufffe", "weekly", {"bi-weekly": 2}, "bi-weekly"),
        ("har\ufffe", "bour", {"harbour": 2, "har-bour": 1}, "har\u00adbour"), ("non\ufffe", "lethal", {}, "non-lethal"), ("long\ufffe", "and short-term", {}, "long- and short-term"),
        ("Anglo\ufffe", "Saxon", {}, "Anglo-Saxon"), ("12-", "14 May", {}, "12-14 May"), ("and/", "or", {}, "and/or"), ("the port", "of call", {}, "the port of call"),
        ("well-known\ufffe", "ness", {}, "well-known-ness"), ("漢字", "漢字", {}, "漢字漢字"), ("the har\ufffe\f", "bour master", {}, "the har\u00adbour \fmaster"),
    ],
)  # fmt: skip
def test_hyphens_at_line_ends_stay_go_or_are_left_undecided(one: str, two: str, words: dict[str, int], joined: str) -> None:
    from collections import Counter

    assert together(one, two, Spelling(Counter(words), False)) == joined


def test_upright_text_is_left_out_and_a_turned_page_is_read() -> None:
    turned = pdf([]).replace(b"<< /Length 0 >>\nstream\n", b"<< /Length 117 >>\nstream\nBT /F1 12 Tf 0 1 -1 0 300 100 Tm (Nobody answered the letter) Tj ET\nBT /F1 12 Tf 0 1 -1 0 320 100 Tm (of the pilot.) Tj ET\n")
    assert read(turned).text == "Nobody answered the letter of the pilot.\n"
    page = [*lines(*STORIES)]
    stamped = pdf(page).replace(b"BT /F1", b"BT /F1 9 Tf 0 1 -1 0 20 300 Tm (arXiv 2026) Tj ET BT /F1", 1)
    assert "arXiv" not in read(stamped).text


def test_a_title_counts_only_if_the_text_has_it_and_a_day_of_making_is_no_day_of_publication() -> None:
    page = lines("The Quiet Harbour", "Nobody answered the letter.")
    told = read(pdf(page, info="/Title (The Quiet Harbour) /Author (M. Orlo) /CreationDate (D:20260508)"))
    assert [(fact.name, fact.value) for fact in told.facts] == [("title", "The Quiet Harbour"), ("author", "M. Orlo")]
    assert read(pdf(page, info="/Title (scan0001.doc)")).facts == ()


def test_text_outside_the_edges_of_the_page_is_left_out_and_named() -> None:
    made = read(pdf([*lines("The Quiet Harbour", "Nobody answered."), (-400, 700, 12, "Nobody shows this."), (72, 900, 12, "Nor this.")]))
    assert " ".join(made.text.split()) == "The Quiet Harbour Nobody answered."
    assert made.left_out == ("text outside the edges of the page (on 1 page)",)


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    made = pdf(*book(4, numbers=False))
    broken = made.replace(b"/Type /Page /Parent", b"/Type /Pagx /Parent", 1)
    assert read(broken).text.count("\f") in (2, 3)


def test_pages_without_text_are_counted() -> None:
    made = read(pdf(lines("Nobody answered the letter."), [], lines("Nobody came.")))
    assert made.text.count("\f") == 2 and "1 of 3 pages have no text (pictures)" in made.left_out


def test_a_letter_without_a_code_inside_a_word_is_no_hyphen() -> None:
    assert _tidy("A di\ufffecult word, and a long\ufffe one.") == "A di\ufffdcult word, and a long- one.\n"
