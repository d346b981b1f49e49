"""The forms in which a briefing leaves the program: each says the marking, the proof and nothing that is not so."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.conftest import ARTICLE, BRIEFINGS, ROOT, Write, many
from tui.briefing import cite, markup
from tui.briefing.export import FORMATS, Options
from tui.briefing.parse import parse
from tui.briefing.problem import Problem
from tui.briefing.proof import Reading, open_briefing, prove
from tui.reader.drawing.lines import safe
from tui.reader.plain.lines import shown

UNPROVEN = '[[quote]]\nid = "q"\nspeaker = ""\ntext = "Other words."\n[[event]]\nid = "e"\ntitle = "T"\nevidence = "The words."'


def reading(path: Path) -> Reading:
    return prove(open_briefing(path))


def exported(path: Path, form: str, options: Options | None = None) -> str:
    return FORMATS[form](reading(path), options or Options())


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", FORMATS)
def test_every_bundled_briefing_leaves_in_every_form(path: Path, form: str) -> None:
    assert exported(path, form)


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
def test_json_keeps_to_its_schema_and_its_spans_are_the_words(path: Path) -> None:
    found = json.loads(exported(path, "json"))
    jsonschema.Draft202012Validator(json.loads((ROOT / "docs/briefing.schema.json").read_text())).validate(found)
    opened = reading(path)
    for item in (*found["quotes"], *found["events"]):
        text = opened.text(item["anchor"]["source"])
        assert text
        words = item.get("text") or item["evidence"]
        for segment, (start, end) in zip(words, item["anchor"]["spans"]):
            if item["anchor"]["status"] == "verbatim":
                assert text.text[start:end] == segment
    assert found["summary"] == parse(path.read_text()).briefing.summary


def test_json_with_broken_items_keeps_to_its_schema(write: Write) -> None:
    found = json.loads(exported(write(UNPROVEN), "json"))
    jsonschema.Draft202012Validator(json.loads((ROOT / "docs/briefing.schema.json").read_text())).validate(found)
    assert found["quotes"][0]["anchor"] == {"source": "s1", "status": "orphan", "spans": []}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_marking_stands_at_head_and_foot(form: str) -> None:
    lines = exported(ARTICLE, form).strip().split("\n")
    assert "TLP:CLEAR" in lines[0] and "TLP:CLEAR" in lines[-1]


def test_the_marking_is_a_field_and_a_column() -> None:
    assert json.loads(exported(ARTICLE, "json"))["marking"] == "TLP:CLEAR"
    rows = list(csv.DictReader(io.StringIO(exported(ARTICLE, "csv"))))
    assert {row["marking"] for row in rows} == {"TLP:CLEAR"} and len(rows) == 18


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_what_is_not_proven_is_said_loudly(write: Write, form: str) -> None:
    assert "UNPROVEN" in exported(write(UNPROVEN), form)
    assert "UNPROVEN" not in exported(ARTICLE, form)


LINKED = [
    "[words](#q)", "[“Other words.”](<#q>) and more", "*a [words](#q) b*", "- [words](#q)", "[words][1]\n\n[1]: #q", "**[words](#q)**",
    "`[code](#q)` and [words][1]\n\n[1]: #q", '[words](#q "title")',
]  # fmt: skip


@pytest.mark.parametrize("body", LINKED)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_link_to_unproven_words_says_so_in_the_summary(write: Write, form: str, body: str) -> None:
    text = exported(write(UNPROVEN, body=body), form)
    summary = text[text.index("Proof: ") : text.index("Actors")].split("\n", 1)[1]
    assert "UNPROVEN" in summary
    sound = exported(write(UNPROVEN, body=body.replace("#q", "#e")), form)
    assert "UNPROVEN" not in sound[sound.index("Proof: ") : sound.index("Actors")].split("\n", 1)[1]


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_a_speaker_who_is_no_actor_is_not_shown_as_one(write: Write, form: str) -> None:
    assert "petro2 (no such actor)" in exported(write('[[quote]]\nid = "q"\nspeaker = "petro2"\ntext = "The words."'), form)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_errors_and_changed_sources_are_said_in_exports(write: Write, form: str) -> None:
    quote = '[[quote]]\nid = "q"\nspeaker = "petro2"\ntext = "The words."'
    sources = '[[source]]\nid = "s1"\npath = "source.txt"\nsha256 = "00"\n'
    path = write(quote, body='["Never"](#q)', sources=sources)
    text = exported(path, form)
    assert (
        "1/1 quote: words found · 2 errors: readout check " in " ".join(text.split()) and "CHANGED since it was stamped" in text
    )
    proof = json.loads(exported(path, "json"))["proof"]
    assert proof == {"unproven": [], "changed": ["s1"], "left_out": {}, "errors": 2}
    assert "error" not in exported(ARTICLE, form).split("\n")[4] and "CHANGED" not in exported(ARTICLE, form)


def test_items_that_could_not_be_read_are_counted(write: Write) -> None:
    quote = '[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."\n'
    for broken, said in (
        ('[[quote]]\nid = "r"\n', "1 quote could not be read"),
        ('[[quote]]\nid = "r"\ntext = """never ends\n', "1 quote could not be read"),
        ('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."\n[[event]]\nid = 3\n', "2 items could not be read"),
        ('[actor]\nid = "a"\n', "1 actor could not be read"),
    ):
        words, fine = reading(write(quote + broken)).proof()
        assert words == f"1/1 quote: words found · {said}" and not fine
    words, fine = reading(write('[[quote]]\nid = "q"')).proof()
    assert words == "nothing verified · 1 quote could not be read" and not fine


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_text_fits_its_width_and_has_no_boxes(width: int) -> None:
    text = exported(ARTICLE, "text", Options(width=width))
    assert max(map(len, text.split("\n"))) <= max(width, 24)
    assert not set(text) & set("│─┌┐└┘├┤●◆▌")


def test_text_without_a_width_is_a_line_a_paragraph() -> None:
    text = exported(ARTICLE, "text", Options(width=0))
    assert any(len(line) > 300 for line in text.split("\n"))


def test_text_is_in_reading_order() -> None:
    text = exported(ARTICLE, "text")
    at = [
        text.index(words)
        for words in (
            "Colombia halts",
            "Proof: 18/18 quotes",
            "Actors: 33",
            "Quotes: 18",
            "Quote 1 of 18. Gustavo Petro",
            "Timeline: 16",
            "Sources: 1",
        )
    ]
    assert at == sorted(at)


def test_events_leave_in_time_order() -> None:
    rows = list(csv.DictReader(io.StringIO(exported(ARTICLE, "csv", Options(table="events")))))
    assert len(rows) == 16
    dated = [row for row in rows if row["date"]]
    assert rows[: len(dated)] == dated
    assert [row["earliest"] for row in dated] == sorted(row["earliest"] for row in dated)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r+"])
def test_a_cell_is_no_formula(write: Write, begin: str) -> None:
    value = json.dumps(f"{begin}cmd()")
    path = write(
        f'[[actor]]\nid = "a"\nname = {value}\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = "The words."\nsetting = {value}'
    )
    (row,) = csv.DictReader(io.StringIO(exported(path, "csv")))
    assert row["speaker"].startswith("'") and row["setting"].startswith("'")


HOSTILE = "a\u001b]52;c;eA==\u0007b\u009b31mc\u202ed\u0000e\u00ad\u180e\u206a\ufff9\U000e0041"


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_from_a_file_leaves_as_a_control_character(write: Write, form: str) -> None:
    value = json.dumps(HOSTILE).replace("\\udb40\\udc41", "\\U000e0041")
    toml = f'[[actor]]\nid = "a"\nname = {value}\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = {value}\nsetting = {value}\n[[event]]\nid = "e"\ntitle = {value}\nevidence = {value}'
    path = write(
        toml, body=f"[x](#a) {HOSTILE}", head=f'format = "briefing/1"\ntitle = {value}\nmarking = {value}\ntags = [{value}]'
    )
    text = exported(path, form)
    assert not [
        hex(ord(c)) for c in text if (ord(c) < 32 and c not in "\r\n") or 127 <= ord(c) < 160 or c in HOSTILE[-5:] + "\u202e"
    ]
    if form == "json":
        assert json.loads(text)["title"] == HOSTILE  # as data it comes back whole


def test_markdown_keeps_html_and_markup_from_files_as_text(write: Write) -> None:
    path = write('[[actor]]\nid = "a"\nname = "<script>*x*"\nkind = "person"', body="<script>[w](#a)")
    text = exported(path, "markdown")
    assert "\\<script\\>\\*x\\*" in text and "\\<script\\>[w](#a)" in text


# -- Markdown, rendered ----------------------------------------------------------------------------------------------------

EXPECTED = {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "strong", "em", "code", "pre", "a", "span", "ul", "ol", "li", "blockquote", "br", "table", "thead", "tbody", "tr", "th", "td"}


class Elements(HTMLParser):
    """The elements of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name == "href":
                self.links.append(value or "")
            else:
                assert name in ("start", "style", "class"), name

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(text: str) -> Elements:
    """As the least careful of renderers shows it: with HTML, and with links of every kind."""
    for preset in ("commonmark", "gfm-like"):
        md = MarkdownIt(preset, {"html": True, "linkify": False}).enable("table")
        md.validateLink = lambda url: True  # type: ignore[method-assign]
        found = Elements(md.render(text))
        assert found.names <= EXPECTED, found.names - EXPECTED
        assert all(link.startswith(("https://", "#")) for link in found.links), found.links
    return found


HOSTILE_MARKDOWN = [
    "\\<b>bold</b>", "\\\\<b>bold</b>", "<b>bold</b>", "<img src=x>", "<script>alert(1)</script>", "<!-- x -->", "<?php x ?>", "![a](https://x.example/y.png)",
    "![a](file:///etc/passwd)", "![a][r]\n\n[r]: //host/share", "[r]: javascript:alert(1)\n\n[x][r]", "[x](javascript:alert(1))", "[x](data:text/html,<b>)",
    "<javascript:alert(1)>", "<https://x.example/\\<b>>", "[x](ftp://x.example)", "[x](http://x.example)", "[x](//x.example/a.md#b)", "[x](a.md#b)", "[x](https://x.example/a(b)c?d=&copy;)",
    "look! [x](#a)", "look![x](#a)", "look\\![x](#a)", "[![a](https://x.example/y.png)](#a)", "`<b>` ``a ` b``", "```\n<b>\n```", "    <b>x</b>", "~~~\n```\n<img src=x>\n~~~",
    "a\\\n<b>", "a  \n# b\n=", "# <b> \\<b>", "| a | b |\n|---|---|\n| <b> | `\\|<b>` |\n| [x](#a) | ![y](z) |", "> <b>\n> - <img src=x>\n>\n>   <b>", "&lt;b&gt; &#60;b&#62;",
    "**<b>**x <b>", "*a*<b>", "[<b>](#a)", "[x](#a){onclick=alert(1)}", "<b>{=html}", "`<b>`{=html}", "$x<b>$", "[^1]\n\n[^1]: <b>", "x\n: <b>", "[x](#a '<b>')", "www.x.example http://x.example a@x.example",
]  # fmt: skip


def summary_of(text: str) -> str:
    return text[text.index("Proof: ") : text.index("## Actors")]


@pytest.mark.parametrize("body", HOSTILE_MARKDOWN)
def test_a_summary_leaves_as_markdown_with_nothing_live_in_it(write: Write, body: str) -> None:
    text = exported(write('[[actor]]\nid = "a"\nname = "A"\nkind = "person"', body=body), "markdown")
    found = rendered(text)
    assert "script" not in found.names and (body != "\\<b>bold</b>" or "<b>bold</b>" in found.text)


@pytest.mark.fuzz
@given(st.lists(st.one_of(st.sampled_from(HOSTILE_MARKDOWN), st.sampled_from([*"\\<>![]()`*_#~|\n\"'&:-=", "\n\n", "- ", "> ", "1. ", " "]), st.text(max_size=3)), max_size=8))
@settings(max_examples=many(60, 400))
def test_no_combination_of_hostile_markdown_is_live(parts: list[str]) -> None:
    rendered("# T\n\n" + markup.summary("".join(parts), {"#a"}) + "\n")


@pytest.mark.parametrize("value", HOSTILE_MARKDOWN)
def test_every_field_leaves_as_markdown_with_nothing_live_in_it(write: Write, value: str) -> None:
    said = json.dumps(value, ensure_ascii=False)
    toml = (
        f'[[actor]]\nid = "a"\nname = {said}\nkind = "person"\nrole = {said}\naliases = [{said}]\n[[actor]]\nid = {said}\nname = "x"\nkind = "person"\n'
        f'[[quote]]\nid = "q"\nspeaker = "a"\ntext = {said}\nsetting = {said}\ntranslation = {said}\n[[event]]\nid = "e"\ntitle = {said}\nevidence = {said}\nplace = {said}\n'
    )
    head = f'format = "briefing/1"\ntitle = {said}\nmarking = {said}\nauthor = {said}\ntags = [{said}]\n'
    source = f'[[source]]\nid = "s1"\npath = "source.txt"\ntitle = {said}\nurl = {said}\npublisher = {said}\n'
    rendered(exported(write(toml, head=head, sources=source), "markdown"))


def test_every_hostile_briefing_leaves_as_markdown_with_nothing_live_in_it(hostile: Path) -> None:
    rendered(exported(hostile, "markdown"))


def test_links_of_the_summary_lead_to_ids_of_the_export() -> None:
    found = rendered(exported(ARTICLE, "markdown"))
    assert len({link for link in found.links if link.startswith("#")}) > 20
    assert {link[1:] for link in found.links if link.startswith("#")} <= found.ids


def pandoc(text: str, to: str, output: Path | None = None) -> str:
    program = shutil.which("pandoc")
    if not program:
        pytest.skip("install pandoc")
    command = [program, "-f", "markdown", "-t", to, *(["-o", str(output)] if output else ["--wrap=none"])]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8").stdout


@pytest.mark.real
def test_every_link_of_an_export_has_its_bookmark_in_a_word_document(tmp_path: Path) -> None:
    text = exported(ARTICLE, "markdown")
    pandoc(text, "docx", tmp_path / "b.docx")
    with zipfile.ZipFile(tmp_path / "b.docx") as file:
        document, core = (file.read(name).decode() for name in ("word/document.xml", "docProps/core.xml"))
    wanted = set(re.findall(r'w:anchor="([^"]+)"', document))
    assert len(wanted) == 33 and wanted <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    assert "<dc:title>Colombia halts" in core


TYPED = [
    "a--b --- c -- d", "wait... no.... yes", "Mr. Doe and Dr. Roe, e.g. St. Mary", "H~2~O and x^2^", "$x$ and $5 and $6", "@name said -@doe2020", "#. item", "[x]{.y}", ": a definition", "(@) example",
    "note[^1] and ^[inline]", "1. one", "(2) two", "a. letter", "iv) roman", "don't \"say\" 'it'", "“don’t” ‘say’ it", "*a* _b_ `c` ~~d~~ **e**", "<b>&amp;</b>", "# no heading", "> no quotation", "| a | b |",
    "---", "- no list", "+ no list", "=== ===", "% title", "http://x.example www.x.example a@x.example", ":smile: x::y", "\\begin{x} \\( y \\)", "x {#id .class} y", "==mark== %%comment%%", "!x ![y](z)", "a 12. b", "5' 10\"",
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("words", TYPED)
def test_pandoc_and_commonmark_keep_the_words_of_a_quote(write: Write, words: str) -> None:
    toml = f'[[quote]]\nid = "q"\nspeaker = ""\ntext = {json.dumps(words)}\nspeech = "indirect"'
    text = exported(write(toml, source=words + "\n", body=f"The {words}\n"), "markdown")
    for words_there in (rendered(text).text, pandoc(text, "plain")):
        assert words in words_there


def test_the_text_form_has_one_bar_before_each_line_of_a_quotation(write: Write) -> None:
    text = exported(write(body="> " + "words " * 40 + "\n>\n> - more"), "text")
    lines = [line for line in text.split("\n") if "words" in line]
    assert len(lines) > 2 and all(line.startswith("▏ words") for line in lines)
    assert "▏ • more" in text


SPELLED = {
    "Persian": "می\u200cخواهم خانه\u200cها را ببینم", "Urdu": "علم\u200cکار", "Arabic": "ه\u200d وصل", "Hindi": "क्\u200dष और क्\u200cष", "Marathi": "दऱ्\u200dया", "Bengali": "র\u200d্যাব উৎ ত্\u200d",
    "Sinhala": "ශ්\u200dරී ලංකා ක්\u200dෂ", "Malayalam": "അവന്\u200d പറഞ്ഞു", "Kannada": "ರ\u200d್ಕ", "Telugu": "క్\u200cష", "Khmer": "ក\u200cខ", "Myanmar": "က\u200dခ", "Mongolian": "ᠠ\u200dᠡ",
    "family": "the 👩\u200d👩\u200d👧 came", "flag": "a 🏳\ufe0f\u200d🌈 here", "trade": "a 👩🏽\u200d🚒 came", "heart": "a ❤\ufe0f\u200d🔥 burns",
}  # fmt: skip
"""Words that are spelled with joiners, which do not show by themselves."""
HIDDEN = ["a\u200cb", "a\u200d b", "a \u200c b", "1\u200d2", "می\u200c\u200cخواهم", "会\u200d议", "👩\u200d a", "a\u200bb", "a\u2060b"]


def spoken(write: Write, words: str) -> Path:
    said = json.dumps(words, ensure_ascii=False)
    return write(f'[[quote]]\nid = "q"\nspeaker = ""\ntext = {said}', body=f"[{words}](#q)", source=f"{words}\n")


@pytest.mark.parametrize("words", SPELLED.values(), ids=SPELLED)
def test_joiners_that_are_spelling_leave_in_every_form(write: Write, words: str) -> None:
    path = spoken(write, words)
    for form in ("text", "csv", "markdown"):
        text = exported(path, form, Options(width=0))
        assert words in text and "u200" not in text, form
    assert text.count(words) == 2
    assert words in str(Problem("rule", "note", words, "hint"))
    for form in cite.FORMS:
        copied = cite.FORMS[form](reading(path), "q")
        assert words in copied and "verbatim" in copied and "folded" not in copied, form
    assert safe(words, emoji=True) == words == next(shown([words], 0, unicode=True))
    assert (safe(words) == words) == (not any(emoji in words for emoji in "👧🌈🚒🔥"))


@pytest.mark.parametrize("words", HIDDEN)
def test_joiners_that_only_hide_something_are_shown_or_left_out(write: Write, words: str) -> None:
    path = spoken(write, words)
    for form in ("text", "csv", "markdown"):
        assert words not in exported(path, form, Options(width=0)) and "u20" in exported(path, form, Options(width=0))
    for form in cite.FORMS:
        copied = cite.FORMS[form](reading(path), "q")
        assert words not in copied and "verbatim" not in copied and "without characters that do not show" in copied, form
    assert "·" in safe(words)
