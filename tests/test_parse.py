"""A briefing file, read and written: round trips, places, and what is left when something is broken."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import BRIEFINGS
from tui.briefing.document import Actor, Briefing, Event, Quote, Source
from tui.briefing.files import is_briefing, read_text
from tui.briefing.parse import TABLES, parse, walk
from tui.briefing.record import replace
from tui.briefing.write import rewrite, stamped, write


def problems(text: str) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.place.line, problem.place.column) for problem in parse(text).problems]


def made(*lines: str) -> str:
    return "\n".join(["+++", 'format = "briefing/1"', 'title = "T"', *lines, "+++", "", "Body."])


# -- round trips ------------------------------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=20)
line = words.map(lambda text: " ".join(text.split()) or "x")
ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
lines = st.lists(line, max_size=3).map(tuple)
values = st.one_of(st.integers(-9, 9), st.booleans(), words, st.lists(st.integers(0, 3), max_size=2))
extra = st.dictionaries(ids.map("x-{}".format), values, max_size=2)
segments = st.lists(line, min_size=1, max_size=3).map(tuple)
sources = st.builds(Source, id=ids, extra=extra, path=line, title=words, published=line, grade=words)
actors = st.builds(Actor, id=ids, extra=extra, name=line, kind=line, aliases=lines, role=words, not_in=lines)
quotes = st.builds(
    Quote, id=ids, extra=extra, speaker=words, text=segments, source=words, prefix=words, date=line, about=lines,
    speech=st.sampled_from(["direct", "indirect"]), confidence=st.sampled_from(["", "high", "low"]), translation=words,
)  # fmt: skip
events = st.builds(Event, id=ids, extra=extra, title=line, actors=lines, evidence=segments, place=words, suffix=words)


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    items: dict[str, Any] = {}
    seen: set[str] = set()
    for into, each in (("sources", sources), ("actors", actors), ("quotes", quotes), ("events", events)):
        found = [item for item in draw(st.lists(each, max_size=3)) if not (item.id in seen or seen.add(item.id))]  # type: ignore[func-returns-value]
        items[into] = tuple(found)
    summary = draw(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=80)).strip("\n")
    return Briefing(title=draw(line), author=draw(words), tags=draw(lines), summary=summary, extra=draw(extra), **items)


@given(briefings())
def test_what_is_written_reads_back_the_same(briefing: Briefing) -> None:
    parsed = parse(write(briefing))
    assert parsed.briefing == briefing
    assert not [problem for problem in parsed.problems if problem.severity != "note"]


@given(briefings())
def test_the_text_at_every_place_parses_to_that_value(briefing: Briefing) -> None:
    text = write(briefing)
    places = parse(text).places
    for table, item in walk(parse(text).briefing):
        for key in (*TABLES[table][2], *item.extra):
            start, end = places.span((table, item.row), key)
            if (start, end) != places.span((table, item.row)):  # else the key is left out
                value = tomli.loads(f"v = {text[start:end]}")["v"]
                wanted = item.extra.get(key, getattr(item, key, None))
                assert value == wanted or tuple(value) == wanted or (value,) == wanted


@given(briefings(), briefings())
def test_a_rewrite_says_what_the_new_briefing_says(old: Briefing, new: Briefing) -> None:
    new = replace(new, extra=old.extra)
    again = parse(rewrite(write(old), new)).briefing
    for into, _, _ in TABLES.values():
        assert {item.id: replace(item, extra={}) for item in getattr(again, into)} == {
            item.id: replace(item, extra={}) for item in getattr(new, into)
        }
    assert (again.title, again.author, again.tags, again.summary) == (new.title, new.author, new.tags, new.summary)


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
def test_the_bundled_briefings_survive_every_way_of_writing(path: Any) -> None:
    text = read_text(path)
    briefing = parse(text).briefing
    assert parse(write(briefing)).briefing == briefing
    assert rewrite(text, briefing) == text
    assert stamped(text.encode(), {source.id: source.sha256 for source in briefing.sources}) == text.encode()


def test_a_rewrite_keeps_order_comments_and_unknown_keys() -> None:
    text = made(
        "# mine",
        'x-note = "kept"',
        "",
        "[[actor]] # who",
        'kind = "person"',
        'name = "A" # the name',
        'id = "a"',
        "nonsense = 1",
        "",
        "[extra]",
        "k = 2",
    )
    briefing = parse(text).briefing
    new = rewrite(
        text, replace(briefing, actors=(replace(briefing.actors[0], name="B", role="r"), Actor(id="b", name="Z", kind="state")))
    )
    assert "# mine" in new and 'x-note = "kept"' in new and "# who" in new and "nonsense = 1" in new and "k = 2" in new
    assert new.index('kind = "person"') < new.index('name = "B" # the name') < new.index('id = "a"')
    assert parse(new).briefing.actor["b"].name == "Z"
    assert new.endswith("+++\n\nBody.")


def test_a_broken_file_is_not_rewritten() -> None:
    with pytest.raises(ValueError, match="syntax"):
        rewrite(made("a = "), Briefing())


# -- what is broken ---------------------------------------------------------------------------------------------------


def test_each_syntax_error_is_found_and_the_rest_is_shown() -> None:
    text = made(
        "author = ", "", "[[actor]]", 'id = "a"', 'name = "A"', 'kind = "person"', "", "[[quote]]", 'id = "q1"', 'text = """never ends', "",
        "[[quote]]", 'id = "q2"', 'text = "fine"', 'speaker = "a"', "", "[[event]]", 'id = "e1', "",
    )  # fmt: skip
    found = problems(text)
    assert [(rule, line) for rule, line, _ in found] == [("syntax", 4), ("syntax", 15), ("syntax", 21)]
    briefing = parse(text).briefing
    assert (
        briefing.title == "T" and [actor.id for actor in briefing.actors] == ["a"] and [q.id for q in briefing.quotes] == ["q2"]
    )
    assert briefing.summary == "Body."


def test_a_table_opened_twice_is_reported_once_and_read() -> None:
    text = made("[extra]", "a = 1", "[extra]", "b = 2", "[[actor]]", 'id = "a"', 'name = "A"', 'kind = "person"')
    assert [rule for rule, _, _ in problems(text)] == ["syntax"]
    assert parse(text).briefing.actors


def test_the_closing_fence_is_the_first_outside_a_string() -> None:
    text = made('author = """', "+++", '"""', "# '''", 'lang = "en"')
    parsed = parse(text)
    assert parsed.briefing.author == "+++\n" and parsed.briefing.lang == "en" and parsed.briefing.summary == "Body."
    assert parse(made() + "\n+++\nmore").briefing.summary == "Body.\n+++\nmore"


def test_a_file_without_its_fences_says_so() -> None:
    assert problems("") == [("syntax", 1, 1)]
    assert problems("# Words") == [("syntax", 1, 1)]
    assert "closing" in parse('+++\nformat = "briefing/1"\ntitle = "T"\n').problems[0].message
    assert parse('+++\nformat = "briefing/1"\ntitle = "T"\n').briefing.title == "T"


def test_problems_stand_at_their_key() -> None:
    text = made(
        "",
        "[[actor]]",
        'id = "a"',
        "name = 3",
        'kind = "person"',
        "",
        "[[quote]]",
        'id = "q"',
        'speaker = ""',
        'text = "x"',
        'speech = "sung"',
        "odd = 1",
    )
    assert problems(text) == [("wrong-type", 7, 8), ("wrong-type", 14, 10), ("unknown-key", 15, 7)]
    assert not parse(text).briefing.actors and parse(text).briefing.quotes


def test_an_item_without_what_it_needs_is_left_out() -> None:
    text = made("[[quote]]", 'id = "q"', 'text = ""', 'speaker = ""', "[[quote]]", 'id = "r"', 'text = "x"')
    assert [(rule, line) for rule, line, _ in problems(text)] == [("missing-field", 4), ("missing-field", 8)]
    assert parse(text).briefing.quotes == ()


def test_the_second_of_two_items_with_one_id_is_left_out() -> None:
    text = made(
        "[[actor]]", 'id = "a"', 'name = "A"', 'kind = "person"', "[[actor]]", 'id = "a"', 'name = "B"', 'kind = "person"'
    )
    assert [actor.name for actor in parse(text).briefing.actors] == ["A"]
    assert problems(text) == [("duplicate-id", 9, 6)]


def test_dates_may_be_toml_dates() -> None:
    assert parse(made("date = 2025-11-13")).briefing.date == "2025-11-13"
    assert parse(made("date = 2025-11-13T10:00:00Z")).briefing.date == "2025-11-13T10:00:00Z"


def test_a_line_break_in_a_quote_is_one_space() -> None:
    text = made("[[quote]]", 'id = "q"', 'speaker = ""', 'text = """one', '  two"""')
    assert parse(text).briefing.quotes[0].text == ("one two",)


def test_limits_are_named_and_nothing_hangs() -> None:
    deep = "x = " + "[" * 10_000 + "]" * 10_000
    assert ("too-large", 4) in [(rule, line) for rule, line, _ in problems(made(deep))] or problems(made(deep))[0][
        0
    ] == "too-large"
    assert "too-large" in [rule for rule, _, _ in problems(made("x = " + "[" * 150 + "]" * 150))]
    assert "too-large" in [rule for rule, _, _ in problems(made('author = "' + "x" * (1024 * 1024 + 1) + '"'))]
    many = "\n".join(["[[actor]]\nid = 1"] * 100_001)
    assert "too-large" in [rule for rule, _, _ in problems(made(many))]


def test_unknown_formats_are_not_guessed_at() -> None:
    parsed = parse('+++\nformat = "briefing/9"\ntitle = "T"\n+++\n')
    assert not parsed.readable and parsed.problems[0].rule == "unknown-format" and "briefing/1" in parsed.problems[0].hint


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    parse(text)
    parse(f"+++\n{text}\n+++\n{text}")
    parse(f'+++\nformat = "briefing/1"\n{text}\n[[quote]]\n{text}\n+++\n')


@given(st.text(alphabet="[]{}\"'\\#=.,+ \nabqv1-:", max_size=120))
def test_the_scanner_and_tomli_agree_on_what_a_value_is(text: str) -> None:
    try:
        raw = tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):
        return
    places = parse(f'+++\nformat = "briefing/1"\n{text}\n+++\n').places
    for key, value in raw.items():
        span = places._spans[("", 0)].get(key)
        if span and re.search(rf"^\s*{re.escape(key)}\s*=", text, re.M):
            assert tomli.loads(f"v = {places.text[slice(*span)]}")["v"] == value


def test_a_briefing_is_told_from_other_texts() -> None:
    assert is_briefing('+++\nformat = "briefing/1"\n')
    assert not is_briefing('+++\ntitle = "an article"\n+++\n')
    assert not is_briefing("# Readme\n")


@pytest.mark.parametrize("header", ["\\[[source]\\]", "\\[\\[source\\]\\]", "[\\[source\\]]"])
def test_a_briefing_that_a_markdown_formatter_rewrote_is_one_error_that_says_so(header: str) -> None:
    text = f'+++\nformat = "briefing/1"\ntitle = "T"\n\n{header}\nid = "s1"\npath = "a"\n\n{header}\nid = "s2"\npath = "b"\n+++\n'
    (problem,) = parse(text).problems
    assert problem.rule == "syntax" and problem.message == f"a Markdown formatter rewrote the front matter: {header} was [[source]]"
    assert problem.place.line == 5 and "exclude" in problem.hint
    sound = f'+++\nformat = "briefing/1"\ntitle = "T"\nauthor = """\n{header}\n"""\n+++\n'
    assert not parse(sound.replace('"""', "\'\'\'")).problems


def test_a_first_line_that_a_markdown_formatter_rewrote_is_one_error_that_says_so() -> None:
    (problem,) = parse('\\+++\nformat = "briefing/1"\n+++\n').problems
    assert "a Markdown formatter rewrote the first line" in problem.message
