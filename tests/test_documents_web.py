"""Web pages as a reader of the page sees them, without what is around the article."""

from __future__ import annotations

import pytest

from tests.samples import PAGE
from tui.documents.web.reading import page, read, visible

STORY = "<p>The ferry company denied on Friday that it had known of the crack in frame nine of the ferry, and its director said so.</p>"


def test_a_page_is_its_article_with_quotes_days_and_raised_digits() -> None:
    made = read(PAGE)
    assert made.text == "Ferry sails\n\nOn 8 May 2026 the company said “we had no report” of it.\n\nThe store held 10⁶ grains of the white powder, and nobody asked.\n"


def test_what_is_left_out_is_listed_with_the_reason() -> None:
    left = read(PAGE).left_out
    for words in (
        "navigation (1 block): “Home News”", "notice (1 block): “We use cookies to serve you better.”", "teaser (1 block): “Ten ferries you must seeMore ferries”",
        "footer (1 block): “Imprint”", "struck through: “which was tested”", "hidden: “never shown”", "hidden: “also never shown”",
    ):  # fmt: skip
        assert words in left


def test_facts_say_where_they_were_found() -> None:
    assert [tuple(fact) for fact in read(PAGE).facts] == [
        ("title", "Ferry sails", "JSON-LD headline"), ("author", "Mara Orlo", "JSON-LD author"), ("published", "2026-05-08T09:30:00+02:00", "JSON-LD datePublished"),
        ("publisher", "The Quay", "<meta og:site_name>"), ("url", "https://quay.example/ferry", "<link rel=canonical>"), ("lang", "en", "<html lang>"),
    ]  # fmt: skip
    plain = page(f"<title>Only this</title><body>{STORY}<time datetime='2026-05-08'>Friday</time>")
    assert [tuple(fact) for fact in plain.facts] == [("title", "Only this", "<title>"), ("published", "2026-05-08", "<time datetime>")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two", "one two"), ("one<br><br>two", "one\n\ntwo"), ("re&shy;port", "report"), ("a<wbr>b", "ab"), ("a&nbsp;b", "a\u00a0b"),
        ("<q>one <q>two</q></q>", "“one ‘two’”"), ("<del>old</del> <ins>new</ins>", "new"), ("<s>old</s>new", "new"), ("10<sup>6</sup> m<sup>2</sup>", "10⁶ m²"), ("5<sup>th</sup> of May", "5th of May"), ('end.<a href="#n"><sup>1</sup></a>', "end."), ('A note.<a href="#r">↩︎</a>', "A note."),
        ('end.<sup><a href="#n1">1</a></sup>', "end."), ('end.<sup id="x"><a href="/wiki/A#cite">[1]</a></sup>', "end."), ("CO<sub>2</sub>", "CO2"), ("<p>one<p>two", "one\n\ntwo"), ("<li>one<li>two", "one\n\ntwo"),
        ("<table><tr><td>one<td>two<tr><td>three</table>", "one\n\ntwo\n\nthree"), ("<div hidden>x</div>one", "one"), ('<p style="display: none">x</p>one', "one"), ('<p style="visibility:hidden">x</p>one', "one"),
        ('<span class="sr-only">x</span>one', "one"), ("<style>p.off, #no { display:none !important } @media print { b { display: none } }</style><p class=off>x</p><i id=no>y</i><b>one</b>", "one"),
        ("<script>x</script><template>y</template><noscript>z</noscript>one", "one"), ("<dialog>x</dialog>one", "one"), ("<ruby>漢<rt>kan</rt></ruby>", "漢"), ("a < b &amp; c", "a < b & c"), ("<pre>one\n\ntwo</pre>", "one\n\ntwo"),
        ("<svg><title>x</title></svg><select><option>y</select>one", "one"), ("<div/>one", "one"), ("</p></div>one", "one"),
    ],
)  # fmt: skip
def test_a_page_shows(html: str, text: str) -> None:
    assert "\n\n".join(visible(html)) == text


def test_quotation_marks_are_those_of_the_language() -> None:
    assert "„Ja“" in page(f'<html lang="de-AT"><article>{STORY}<p><q>Ja</q>').text


def test_the_article_is_found_without_being_named() -> None:
    made = page(f"<body><div><a href=/>Home</a> <a href=/n>News</a></div><h1>Ferry sails again</h1><p>By Mara Orlo</p><div class=x><div>{STORY}{STORY}</div></div><div><h3>More</h3><p><a href=/a>Ten ferries that you must see</a></p></div>")
    assert made.text.startswith("Ferry sails again\n\nBy Mara Orlo\n\nThe ferry company")
    assert "Ten ferries" not in made.text and "Home" not in made.text
    assert any("Ten ferries" in line for line in made.left_out)


def test_an_article_in_what_is_named_like_a_sidebar_is_text() -> None:
    assert page(f'<body><div class="sidebar">{STORY * 4}</div>').text.count("frame nine") == 4


def test_a_declared_charset_is_used_if_the_page_is_not_utf_8() -> None:
    html = f'<html><head><meta http-equiv="content-type" content="text/html; charset=windows-1252"></head><body><article>{STORY}<p>“Café”'
    assert "“Café”" in read(html.encode("cp1252")).text and "“Café”" in read(html.encode()).text


def test_a_page_nested_deeper_than_python_is_read() -> None:
    assert "frame nine" in page("<div>" * 20_000 + STORY).text
