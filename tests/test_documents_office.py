"""DOCX, ODT and RTF as a reader of the finished page sees them."""

from __future__ import annotations

import pytest

from tests.samples import RTF, docx, odt, zipped
from tui.documents import docx as word
from tui.documents import odt as writer
from tui.documents import rtf
from tui.documents.base.document import Document


def words(body: str, **parts: str) -> Document:
    return word.read(docx(body, **parts))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_tracked_changes_are_read_as_if_accepted_and_what_went_is_listed() -> None:
    deleted = "<w:del><w:r><w:delText>every day</w:delText></w:r></w:del>"
    made = words(f"<w:p>{run('It sails ')}{deleted}<w:ins>{run('on Mondays')}</w:ins>{run(' only')}{run(' and secretly', '<w:vanish/>')}.</w:p>")
    assert made.text == "It sails on Mondays only\n"
    assert made.left_out == ("deleted or hidden: “every day and secretly”",)
    shown = run("shown", '<w:vanish w:val="0"/>')
    assert words(f"<w:p>{shown}</w:p>").text == "shown\n"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    made = words(f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('It sails ')}</w:p><w:p>{run('on Mondays.')}</w:p>")
    assert made.text == "It sails on Mondays.\n"


def test_notes_and_text_boxes_follow_their_paragraph_and_second_forms_are_not_read() -> None:
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:txbxContent>'
        f"<w:p>{run('In a box.')}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {namespace}><w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2"><w:p>{run("It was not tested.")}</w:p></w:footnote></w:footnotes>'
    made = words(f'<w:p>{run("The store held powder.")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r>{box}</w:r></w:p><w:p>{run("End.")}</w:p>', word__footnotes___xml=notes)
    assert made.text == "The store held powder.\n\nIt was not tested.\n\nIn a box.\n\nEnd.\n"


def test_raised_digits_stay_apart_from_the_number_before() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert words(f"<w:p>{run('10')}{run('6', raised)}{run(' grains on the 5')}{run('th', raised)}</w:p>").text == "10⁶ grains on the 5th\n"
    style = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    assert writer.read(odt('<text:p>10<text:span text:style-name="T1">6</text:span> grains</text:p>', style)).text == "10⁶ grains\n"
    assert rtf.read(rb"{\rtf1 10{\super 6} grains on the 5{\super th}}").text == "10⁶ grains on the 5th\n"


def test_results_of_fields_are_read_and_their_codes_are_not() -> None:
    made = words(f"<w:p>{run('See page ')}<w:r><w:instrText>PAGEREF x</w:instrText></w:r>{run('7')}{run(' of the well')}<w:r><w:noBreakHyphen/></w:r>{run('kept')}<w:r><w:tab/></w:r>{run('log')}</w:p>")
    assert made.text == "See page 7 of the well\u2011kept log\n"


def test_cells_are_paragraphs_and_heads_comments_and_list_numbers_are_listed() -> None:
    table = "<w:tbl><w:tr>" + "".join(f"<w:tc><w:tcPr/><w:p>{run(cell)}</w:p></w:tc>" for cell in ("Monday", "two sailings")) + "</w:tr></w:tbl>"
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = words(
        f"{table}<w:p><w:pPr><w:numPr/></w:pPr>{run('An item')}</w:p>",
        word__header1___xml=f"<w:hdr {namespace}><w:p>{run('Secret')}</w:p></w:hdr>", word__comments___xml=f"<w:comments {namespace}><w:comment/><w:comment/></w:comments>",
    )  # fmt: skip
    assert made.text == "Monday\n\ntwo sailings\n\nAn item\n"
    assert made.left_out == ("header: “Secret”", "2 comments", "numbers and bullets of 1 list item")


def test_the_body_is_found_by_what_the_package_says_and_facts_say_where_they_are_from() -> None:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    relations = '<r><x Type="http://schemas/officeDocument" Target="/word/document2.xml"/></r>'
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Sailing  notice </dc:title><dc:creator>M. Orlo</dc:creator></c>'
    made = word.read(zipped(**{"_rels/___rels": relations, "word__document2___xml": f"<w:d {namespace}><w:body><w:p>{run('Text')}</w:p></w:body></w:d>", "docProps__core___xml": core}))
    assert made.text == "Text\n"
    assert [(fact.name, fact.value, fact.where) for fact in made.facts] == [
        ("title", "Sailing notice", "docProps/core.xml: title"), ("author", "M. Orlo", "docProps/core.xml: creator"),
    ]  # fmt: skip


def test_an_odt_is_read_without_deleted_hidden_and_annotated_words() -> None:
    style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>Mara 2026</office:change-info><text:p>every day</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>It<text:s/>sails<text:line-break/>on <text:span text:style-name="H">secret </text:span>Mondays.<office:annotation><text:p>Why?</text:p></office:annotation>'
        '<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Not tested.</text:p></text:note-body></text:note></text:p><text:h>End</text:h>'
        "<table:table><table:table-row><table:table-cell><text:p>Monday</text:p></table:table-cell><table:table-cell><text:p>two</text:p></table:table-cell></table:table-row></table:table>"
    )
    made = writer.read(odt(body, style))
    assert made.text == "It sails on Mondays.\n\nNot tested.\n\nEnd\n\nMonday\n\ntwo\n"
    assert made.left_out == ("deleted: “every day”", "hidden: “secret”", "a comment")


def test_rtf_is_read_with_notes_code_pages_escapes_and_tables() -> None:
    made = rtf.read(RTF)
    assert made.text == "The store held 10⁶ grains. München — Москва\n\nIt was not tested.\n\nNobody asked.\n\nMonday\n\ntwo sailings\n"
    assert [(fact.name, fact.value) for fact in made.facts] == [("title", "The log"), ("author", "M. Orlo")]
    assert made.left_out == ("deleted or hidden: “secretgone”",)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'cd\'e5\'f2.\par}", "Нет."), (rb"{\rtf1\ansi{\fonttbl{\f0\fcharset128 MS;}}\f0\'93\'fa\'96\'7b}", "日本"),
        (rb"{\rtf1 {\upr{caf?}{\*\ud{caf\u233 ?}}}}", "café"), (rb"{\rtf1\uc2 a\u8212 ??b}", "a—b"), (rb"{\rtf1\uc0 a\u8212b}", "a—b"), (rb"{\rtf1 x\u-10179?\u-8704?}", "x😀"),
        (rb"{\rtf1{\field{\*\fldinst PAGEREF x}{\fldrslt 7}} pages}", "7 pages"), (rb"{\rtf1{\*\unknown secret}shown}", "shown"), (rb"{\rtf1{\*\mmathPr\mbrkBin0\mrMargin0}shown}", "shown"), (rb"{\rtf1{\header Secret}shown\~here\_too}", "shown\u00a0here\u2011too"),
        (rb"{\rtf1{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt boxed\par}}}shown}", "boxed\n\nshown"), (rb"{\rtf1 a\bin3 {{{b}", "ab"), (rb"{\rtf1 \{a\\b\}\line c}", "{a\\b} c"), (rb"{\rtf1 one\par}}}} two", "one\n\ntwo"),
    ],
)  # fmt: skip
def test_rtf_escapes(data: bytes, text: str) -> None:
    assert rtf.read(data).text == text + "\n"
