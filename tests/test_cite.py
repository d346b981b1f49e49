"""What is copied for one item: the same facts in every form, the doubt first, and nothing of a file's that could do harm."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.conftest import ARTICLE, BRIEFINGS, Write
from tui.briefing.cite import FORMS, _tex, escaped
from tui.briefing.document import TLP, Actor, Briefing, Event, Quote, Source
from tui.briefing.parse import Parsed, Places
from tui.briefing.problem import UNSAFE
from tui.briefing.proof import Reading, open_briefing, prove
from tui.briefing.record import replace

SOURCE = '[[source]]\nid = "s1"\npath = "source.txt"\npublished = "2025-11-12?"\ntitle = "The Paper"\npublisher = "Press"\nauthor = "A. Writer"\nurl = "https://example.org/a?b=1&c=2"\naccessed = "2025-11-13"\ngrade = "B2"\n'
QUOTE = '[[actor]]\nid = "p"\nname = "Pat Doe"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "p"\ntext = "The words."\ndate = "2025-11-11?"\nsetting = "a speech"\n'


def opened(path: Path) -> Reading:
    return prove(open_briefing(path))


def copied(path: Path, form: str, ref: str = "q") -> str:
    return FORMS[form](opened(path), ref)


def data(path: Path, form: str, ref: str = "q") -> Any:
    return json.loads(copied(path, form, ref))


def marked(marking: str = "TLP:AMBER") -> str:
    return f'format = "briefing/1"\ntitle = "A title"\nmarking = "{marking}"\n'


def test_a_quote_is_copied_with_all_that_a_citation_needs(write: Write) -> None:
    path = write(QUOTE, sources=SOURCE, head=marked())
    assert copied(path, "plain") == (
        "TLP:AMBER\n“The words.”\n— Pat Doe · 11 Nov 2025? · a speech · The Paper (Press, 12 Nov 2025?) · ¶1 · verbatim · grade B2"
    )
    assert copied(path, "markdown") == (
        "**TLP:AMBER**\n\n> “The words.”\n>\n"
        "> — Pat Doe · 11 Nov 2025? · a speech · The Paper (Press, 12 Nov 2025?) · ¶1 · verbatim · grade B2"
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
def test_every_item_of_the_library_is_copied_with_its_marking_and_without_doubt(path: Path, form: str) -> None:
    reading = opened(path)
    for ref in (*reading.briefing.by_id, "s1:1"):
        text = FORMS[form](reading, ref)
        assert reading.briefing.marking in text.replace("\\", "") and "UNPROVEN" not in text
        if form in ("csl", "anchor"):
            json.loads(text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("marking", TLP)
def test_the_marking_stands_as_it_is_in_every_form(write: Write, form: str, marking: str) -> None:
    assert marking in copied(write(QUOTE, head=marked(marking)), form)


@pytest.mark.parametrize("form", FORMS)
def test_reported_speech_has_no_marks_and_is_said_to_be_reported(write: Write, form: str) -> None:
    text = copied(write(QUOTE + 'speech = "indirect"\n'), form)
    assert "Reported: The words." in text and "“" not in text


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_in_the_source_says_so_before_its_words(write: Write, form: str) -> None:
    text = copied(write(QUOTE.replace("The words.", "Other words."), head=marked()), form)
    assert "UNPROVEN: not in the source" in text and "verbatim" not in text and "¶" not in text
    if form != "anchor":
        assert text.index("TLP:AMBER") < text.index("UNPROVEN") < text.index("Other words.")
    if form in ("plain", "markdown"):
        first, second, *_ = (line.lstrip(">* ") for line in text.split("\n") if line.strip())
        assert first.startswith("TLP:AMBER") and second.startswith("UNPROVEN")


def test_what_stands_in_several_places_has_no_position(write: Write) -> None:
    path = write(QUOTE, source="The words.\n\nThe words.\n")
    assert "UNPROVEN: in 2 places of the source" in copied(path, "plain")
    found = data(path, "anchor")
    assert [each["type"] for each in found["target"]["selector"]] == ["TextQuoteSelector"]
    assert "UNPROVEN: in 2 places" in found["body"]["value"]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_not_looked_for_yet_is_called_so(write: Write, form: str) -> None:
    text = FORMS[form](open_briefing(write(QUOTE)), "q")
    assert "not checked yet" in text and "UNPROVEN" not in text and "verbatim" not in text


@pytest.mark.parametrize("form", FORMS)
def test_a_source_that_cannot_be_read_proves_nothing(write: Write, form: str) -> None:
    path = write(QUOTE)
    path.with_name("source.txt").unlink()
    assert "UNPROVEN: the source could not be read" in copied(path, form)
    assert "NOT READ: there is no file" in copied(path, form, "s1")


@pytest.mark.parametrize("form", FORMS)
def test_an_item_of_no_source_cites_the_briefing(write: Write, form: str) -> None:
    text = copied(write(QUOTE, sources=""), form)
    assert "UNPROVEN: the briefing has no source" in text and "A title" in text + copied(write(QUOTE, sources=""), "csl")


def test_no_speaker_and_no_date_are_said(write: Write) -> None:
    text = copied(write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."\n'), "plain")
    assert "— unattributed · undated · source.txt" in text
    text = copied(write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."\ndate_as_written = "on Sunday"\n'), "plain")
    assert "· “on Sunday” ·" in text
    assert "date" not in data(write(QUOTE, sources=SOURCE.replace('published = "2025-11-12?"\n', "")), "csl")[0].get(
        "issued", {}
    )


def test_a_source_that_changed_says_so(write: Write) -> None:
    text = copied(write(QUOTE, sources=SOURCE + f'sha256 = "{"0" * 64}"\n'), "plain")
    assert "verbatim · the source CHANGED since it was stamped" in text


def test_an_event_an_actor_a_source_and_a_passage_are_copied_too(write: Write) -> None:
    event = '[[event]]\nid = "e"\ntitle = "It happened"\nactors = ["p"]\nplace = "Rome"\nevidence = ["The words", "more"]\ndate = "2025-11/.."\n'
    path = write(QUOTE + event, sources=SOURCE, source="The words. And more.\n\nBehind\nit.\n")
    assert copied(path, "plain", "e").startswith(
        "It happened\nEvidence: “The words … more”\n— since Nov 2025 · Rome · Pat Doe · The Paper"
    )
    assert copied(path, "plain", "p") == "Pat Doe\n— person · in the briefing: A title"
    assert copied(path, "plain", "s1").startswith(
        "The Paper\n— A. Writer · Press · 12 Nov 2025? · https://example.org/a?b=1&c=2"
    )
    assert copied(path, "plain", "s1:2").startswith("Behind it.\n— The Paper (Press, 12 Nov 2025?) · ¶2 · verbatim")


@pytest.mark.parametrize("ref", ["", "nothing", "s1:0", "s1:99", "s1:x", "s1:", ":1", "s2:1", "s1:²", "s1:1000000000000"])
def test_what_is_not_there_is_a_key_error(ref: str) -> None:
    for form in FORMS.values():
        with pytest.raises(KeyError):
            form(opened(ARTICLE), ref)


# -- reference managers -----------------------------------------------------------------------------------------------


def test_csl_json_has_its_fields_and_guesses_no_name(write: Write) -> None:
    (found,) = data(write(QUOTE, sources=SOURCE, head=marked()), "csl")
    assert found == {
        "id": "b-q",
        "type": "webpage",
        "title": "The Paper",
        "author": [{"literal": "A. Writer"}],
        "container-title": "Press",
        "issued": {"date-parts": [[2025, 11, 12]], "circa": True},
        "URL": "https://example.org/a?b=1&c=2",
        "accessed": {"date-parts": [[2025, 11, 13]]},
        "note": "Marking: TLP:AMBER · Quote: “The words.” · Pat Doe · 11 Nov 2025? · a speech · "
        "The Paper (Press, 12 Nov 2025?) · ¶1 · verbatim · grade B2",
    }


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("2025", {"date-parts": [[2025]]}),
        ("2025-11", {"date-parts": [[2025, 11]]}),
        ("2025-11-09T14:30Z", {"date-parts": [[2025, 11, 9]]}),
        ("2025~", {"date-parts": [[2025]], "circa": True}),
        ("2025-09/2025-10-03", {"date-parts": [[2025, 9], [2025, 10, 3]]}),
        ("2025-09?/2025-10", {"date-parts": [[2025, 9], [2025, 10]], "circa": True}),
        ("2025-22", {"date-parts": [[2025]], "season": 2}),
        ("2025-09/..", {"literal": "since Sep 2025"}),
        ("[2025-10..2025-11]", {"literal": "between Oct 2025 and Nov 2025"}),
        ("199X", {"literal": "1990s"}),
        ("last spring", {"literal": "last spring"}),
    ],
)
def test_csl_json_says_of_a_date_no_more_than_is_known(write: Write, edtf: str, issued: object) -> None:
    assert data(write(QUOTE, sources=SOURCE.replace("2025-11-12?", edtf)), "csl")[0]["issued"] == issued


def fields(entry: str) -> dict[str, str]:
    """A BibTeX entry as BibTeX reads it: braces are counted, whatever stands before them."""
    assert entry.startswith("@misc{") and entry.endswith("\n}")
    depth, found = 0, {}
    for match in re.finditer("[{}]", entry):
        depth += 1 if match.group() == "{" else -1
        assert depth >= 0
    assert depth == 0
    for line in entry.split("\n")[1:-1]:
        name, _, value = line.strip().rstrip(",").partition(" = ")
        assert value.count("{") == value.count("}") and re.fullmatch("[a-z]+", name), line
        found[name] = value
    return found


def test_bibtex_has_a_stable_key_and_keeps_doubt(write: Write) -> None:
    entry = copied(write(QUOTE, sources=SOURCE, head=marked(), name="Ünder the_hood.md"), "bibtex")
    assert entry.startswith("@misc{nder-the_hood-q,\n")
    found = fields(entry)
    assert found["title"] == "{{The Paper}}" and found["author"] == "{{A. Writer}}" and found["howpublished"] == "{Press}"
    assert (found["year"], found["month"], found["urldate"]) == ("{2025?}", "nov", "{2025-11-13}")
    assert found["url"] == "{https://example.org/a?b=1&c=2}" and found["note"].startswith("{Marking: TLP:AMBER · Quote: ")


@given(st.text())
def test_bibtex_text_never_opens_a_brace_that_it_does_not_close(text: str) -> None:
    depth = 0
    for each in re.findall("[{}]", _tex(text)):
        depth += 1 if each == "{" else -1
        assert depth >= 0
    assert depth == 0 and not re.search(r"(?<!\\)[$&#%_]", _tex(text))


# -- Web Annotation ---------------------------------------------------------------------------------------------------


def test_an_annotation_points_at_the_very_words_segment_by_segment(write: Write) -> None:
    text = "\ufeffBefore 𝄞 it all “first words,” she said, “then the others” and so on.\r\n\r\nMore.\n"
    quote = QUOTE.replace('"The words."', '["first words", "then the others"]')
    path = write(quote, source=text)
    found = data(path, "anchor")
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld" and found["type"] == "Annotation"
    assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", found["id"])
    normal = opened(path).text("s1")
    assert normal and len(found["target"]) == 2
    for target, words in zip(found["target"], ("first words", "then the others")):
        exact, position = target["selector"]
        assert target["source"] == "source.txt" and exact["exact"] == words
        start, end = position["start"], position["end"]
        assert normal.text[start:end] == words
        assert normal.text[:start].endswith(exact["prefix"]) and normal.text[end:].startswith(exact["suffix"])


def test_the_words_of_an_annotation_are_the_sources_own(write: Write) -> None:
    path = write(QUOTE.replace("The words.", "The 'old' words."), source="The ‘old’\nwords. More.\n")
    found = data(path, "anchor")
    assert found["target"]["selector"][0]["exact"] == "The ‘old’\nwords." and "folded" in found["body"]["value"]


def test_characters_left_out_of_an_annotation_are_spoken_of(write: Write) -> None:
    path = write(QUOTE, source="The wo\u200brds.\n")
    found = data(path, "anchor")
    exact, position = found["target"]["selector"]
    assert exact["exact"] == "The words." and position["end"] - position["start"] == 11
    assert "the positions count them" in found["body"]["value"]


def test_an_unproven_annotation_has_the_briefings_own_context(write: Write) -> None:
    found = data(write(QUOTE.replace("The words.", "Other.") + 'prefix = "be"\nsuffix = "af"\n'), "anchor")
    assert found["target"]["selector"] == [{"type": "TextQuoteSelector", "exact": "Other.", "prefix": "be", "suffix": "af"}]
    assert found["body"]["value"].startswith("UNPROVEN: ")


# -- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = (
    "\x1b]52;c;aGk=\x07\x9b31m\u202eabc\u2066\u200b\U000e0041\u2028x\r\n\x00\ud800 }{\\write18{rm} # *b* [l](http://x) <i>&amp;"
)


def hostile(text: str) -> Reading:
    source = Source(id="s1", path=text, title=text, publisher=text, author=text, url=text, accessed=text, lang=text, published=text, grade=text)  # fmt: skip
    actor = Actor(id="p", name=text, kind=text, role=text, aliases=(text,), part_of=text)
    quote = Quote(id="q", speaker="p", text=(text, text), setting=text, date=text, confidence=text, translation=text, prefix=text, suffix=text)  # fmt: skip
    event = Event(id="e", title=text, evidence=(text,), place=text, date_as_written=text, actors=("p", text))
    briefing = Briefing(
        title=text, marking=text, author=text, date=text, sources=(source,), actors=(actor,), quotes=(quote,), events=(event,)
    )
    reading = prove(Reading(Path("/nowhere/b.md"), Parsed(briefing, (), Places(""), True)))
    return replace(reading, path=Path("/nowhere", re.sub("[\0/]", "", text) or "x"))


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(found for each in value.values() for found in strings(each))]
    return [found for each in value for found in strings(each)] if isinstance(value, list) else [value]


def assert_harmless(text: str, form: str) -> None:
    assert not re.search(f"(?!\n)[{UNSAFE}]", text)
    text.encode()
    if form in ("csl", "anchor"):
        assert not any(re.search(f"(?!\n)[{UNSAFE}]", found) for found in strings(json.loads(text)) if isinstance(found, str))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ref", ["q", "e", "p", "s1"])
def test_nothing_that_could_be_obeyed_gets_out(form: str, ref: str) -> None:
    text = FORMS[form](hostile(HOSTILE), ref)
    assert_harmless(text, form)
    if form == "bibtex":
        assert "\\write" not in text and fields(text)
    assert "UNPROVEN" in text or ref not in ("q", "e")


@given(st.text(), st.sampled_from(sorted(FORMS)), st.sampled_from("qep"))
def test_no_text_at_all_gets_through_as_anything_but_text(text: str, form: str, ref: str) -> None:
    made = FORMS[form](hostile(text), ref)
    assert_harmless(made, form)
    if form == "plain":
        assert made.count("\n") <= 5
    if form == "bibtex":
        fields(made)
    if form == "markdown":
        kinds = {token.type for token in MarkdownIt("gfm-like", {"linkify": False}).parse(made)}
        kinds |= {child.type for token in MarkdownIt().parse(made) for child in token.children or ()}
        assert kinds <= {
            "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak",
            "strong_open", "strong_close", "text_special",
        }, made  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["1. one", "- x", "+ x", "=== x", "# x", "> x", "* x", "1) x", "    code", "```", "~~~", "a ~~b~~", "---", "<b>", "&lt;", "| a |", "[^1]: x", ": x"],
)  # fmt: skip
def test_escaped_text_is_shown_as_it_was_written(text: str) -> None:
    tokens = MarkdownIt().parse(escaped(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children or ()) == text.strip()


@pytest.mark.parametrize("text", ["see https://x.org", "www.x.org", "a@b.org", ":smile:", "%%hidden%%", "==lit=="])
def test_addresses_and_dialects_are_broken_up(text: str) -> None:
    assert escaped(text) != text
