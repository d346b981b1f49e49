"""Drafting: from a raw article to a briefing, every word of it anchored. The cases are numbered as real texts have them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, SEEDS, many
from tui.briefing.anchor import Text
from tui.briefing.check import check
from tui.briefing.document import Quote
from tui.briefing.files import SourceText, body_of, hash_of, read_source
from tui.briefing.proof import open_briefing, prove
from tui.drafting.draft import Draft, draft
from tui.drafting.drafted import as_file, as_json, reading_of
from tui.drafting.happenings import title_of

SEED = ROOT / "seeds" / "000_ba08c506eeff2a32.txt"


def drafted(text: str, published: str = "") -> Draft:
    return draft(Text(text), "source.txt", hash_of(text), published=published)


def said(text: str) -> list[tuple[str, str]]:
    """(speaker, words) of each direct quote; "?" for nobody."""
    made = drafted(text)
    return [
        (made.briefing.name(quote.speaker) if quote.speaker else "?", quote.words)
        for quote in made.briefing.quotes
        if quote.direct
    ]


# Each: a text, and who says what. Texts of one sentence are given one before it, so that it is no headline.
NEWS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "cue behind": ("“We will act,” Maria Lopez said.", [("Maria Lopez", "We will act,")]),
    "cue turned round": ("“We will act,” said Maria Lopez, a spokeswoman for the port.", [("Maria Lopez", "We will act,")]),
    "interrupted": (
        "Juan Lopez spoke. “He may have been,” he said, “carrying fish.”",
        [("Juan Lopez", "He may have been, … carrying fish.")],
    ),
    "two sentences": ("Maria Lopez left. “No,” she said. “Never.”", [("Maria Lopez", "No,"), ("Maria Lopez", "Never.")]),
    "two cues": (
        "Secretary Scott Bent said that Juan Lopez “has allowed it to flourish,” adding that “President Trump is taking action.”",
        [("Scott Bent", "has allowed it to flourish,"), ("Scott Bent", "President Trump is taking action.")],
    ),
    "colon": (
        "Juan Lopez recounted meeting the family, stating: “He may have been right. There was no need to murder him.”",
        [("Juan Lopez", "He may have been right. There was no need to murder him.")],
    ),
    "lead-in paragraph": ("The day went on.\n\nJared Potts echoed:\n\n“He speaks his mind and we like it.”", [("Jared Potts", "He speaks his mind and we like it.")]),
    "several paragraphs": (
        "“We begin,” Ann Potts said. “First comes this.\n\n“Then comes that.”",
        [("Ann Potts", "We begin,"), ("Ann Potts", "First comes this. … Then comes that.")],
    ),
    "unclosed": ("“We begin, Ann Potts said and left.\n\n“Not so,” said Juan Lopez.\n\n“Yes,” said Ann Potts.", [("Juan Lopez", "Not so,"), ("Ann Potts", "Yes,")]),
    "nested": ("“She told me, ‘go home’ again,” Juan Lopez said.", [("Juan Lopez", "She told me, ‘go home’ again,")]),
    "british": (
        "‘It’s over for us,’ Ann Potts said. ‘We’re done – the dogs’ home is shut.’",
        [("Ann Potts", "It’s over for us,"), ("Ann Potts", "We’re done – the dogs’ home is shut.")],
    ),
    "apostrophes": ("The rock ’n’ roll of the ’90s was the workers’ music, Ann Potts said. It was 5' 11\" tall and 6″ wide.", []),
    "partial": (
        "Ann Potts urged soldiers to “disobey the orders of Trump” and instead “obey the orders of humanity.”",
        [("Ann Potts", "disobey the orders of Trump"), ("Ann Potts", "obey the orders of humanity.")],
    ),
    "scare": ("The so-called “deep state” grew after his book “Peril” came out (the “Claimant”).", []),
    "as officials described": (
        "Washington revoked the visa, citing what American officials described as “reckless and incendiary actions” in May.",
        [("American officials", "reckless and incendiary actions")],
    ),
    "according to": ("According to Volker Turk, the strikes “violate international law”.", [("Volker Turk", "violate international law")]),
    "spokesman": ("The ministry was quiet. “We know,” a ministry spokesman said.", [("a ministry spokesman", "We know,")]),
    "full name behind": ("“It is so,” said Scott Whiffen, a spokesman for the port.", [("Scott Whiffen", "It is so,")]),
    "representative": ("“It is so,” said Rep. Adam Smith (D-Wash.).", [("Adam Smith", "It is so,")]),
    "signed": ("The letters came in.\n\n“It was the best day of my life.” ― Sonya Herridge", [("Sonya Herridge", "It was the best day of my life.")]),
    "a body speaks": ("“We will not hesitate,” the Treasury Department said.", [("Treasury Department", "We will not hesitate,")]),
    "brackets stay": ("Ann Potts said: “We … [will] win in the end.”", [("Ann Potts", "We … [will] win in the end.")]),
    "french marks": ("Ann Potts said: «Nous allons gagner demain.»", [("Ann Potts", "Nous allons gagner demain.")]),
    "german marks": ("Ann Potts said: „Wir werden morgen gewinnen.“", [("Ann Potts", "Wir werden morgen gewinnen.")]),
    "tex marks": ("``We will win this,'' Ann Potts said.", [("Ann Potts", "We will win this,")]),
    "hard wrapped": ("“We will win\nthis in the end,” Ann Potts\nsaid.", [("Ann Potts", "We will win this in the end,")]),
    "the same words twice": ("“We will win,” Ann Potts said.\n\n“We will win,” said Juan Lopez.", [("Ann Potts", "We will win,"), ("Juan Lopez", "We will win,")]),
    "none": ("Nothing was said that day.", []),
    "surname": ("Gov. Ann Potts came. “We win,” Potts said.", [("Ann Potts", "We win,")]),
    "mr and mrs": ("Donald Potts and Melania Potts came. “We win,” Mrs. Potts said.", [("Melania Potts", "We win,")]),
    "role noun": ("Secretary Ann Potts came to town. “No,” the secretary said.", [("Ann Potts", "No,")]),
    "state and office": (
        "President Juan Lopez of Colombia acted. The leftist Colombian leader said the boats “must be left in peace.”",
        [("Juan Lopez", "must be left in peace.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NEWS)
def test_who_said_what_in_the_news(case: str) -> None:
    text, wanted = NEWS[case]
    assert said(f"Something happened in the capital and many people were there to see it.\n\n{text}\n") == wanted


def test_between_two_men_he_is_never_shown_as_sure() -> None:
    made = drafted(
        "A day.\n\nAlan Bent met Carl Dorn in Paris on Tuesday with Eric Fromm. The three talked.\n\n“We act,” he said.\n"
    )
    (quote,) = made.briefing.quotes
    assert quote.confidence != "high" and len(made.attributions[quote.id].get("candidates", [])) >= 1


def test_what_one_denied_saying_is_never_plainly_ones_words() -> None:
    made = drafted("A day.\n\nJuan Lopez denied saying “kill them all”.\n")
    assert all(quote.confidence == "low" for quote in made.briefing.quotes)


def test_the_given_article_has_all_its_quotes_and_their_speakers() -> None:
    """Against the briefing that was written by hand."""
    source = read_source(SEED)
    made = draft(source.text, SEED.name, source.sha256, published="2025-11-12?")
    byhand = prove(open_briefing(ROOT / "briefings" / "colombia-intelligence.md"))

    def words(quote: Quote) -> str:
        return re.sub(r"\W+", " ", quote.words).strip()

    wanted = {words(quote): byhand.briefing.name(quote.speaker) for quote in byhand.briefing.quotes if quote.direct}
    found = {words(quote): made.briefing.name(quote.speaker) for quote in made.briefing.quotes if quote.direct}
    assert len(wanted) == 8 and found.keys() == wanted.keys()
    assert {each for each in wanted if found[each].lower() not in (wanted[each].lower(), f"us {wanted[each].lower()}")} <= {
        each for each in wanted if "officials" in wanted[each].lower()
    }
    names = {name for actor in made.briefing.actors for name in actor.names}
    assert sum(any(name in names for name in actor.names) for actor in byhand.briefing.actors) >= 14
    reading = reading_of(made, SEED, source)
    spans = [span for event in reading.briefing.events for span in reading.anchor(event).spans]
    covered = sum(
        any(start < there.end and there.start < end for there in spans)
        for event in byhand.briefing.events
        for start, end in byhand.anchor(event).spans[:1]
    )
    assert covered >= 12
    for event in made.briefing.events:
        assert not event.date or event.date_as_written


def test_without_a_day_of_publication_nothing_is_dated_that_the_text_does_not_date() -> None:
    source = read_source(SEED)
    made = draft(source.text, SEED.name, source.sha256)
    assert not any(item.date for item in made.briefing.anchored)
    assert {"on Tuesday", "over a month ago", "on Sunday", "In September"} <= {
        event.date_as_written for event in made.briefing.events
    }


OTHERS = {
    "Gustavo": "Alberto", "Petro": "Quiroz", "Donald": "Harold", "Trump": "Vance", "Scott": "Peter", "Bessent": "Lindqvist", "Armando": "Ernesto", "Benedetti": "Salvatierra",
    "Nicolas": "Antonio", "Maduro": "Cordero", "Volker": "Dieter", "Turk": "Brandt",
    "Colombian": "Peruvian", "Colombia": "Peru", "Bogota": "Lima", "Venezuela": "Bolivia", "Canada": "Norway",
}  # fmt: skip


def test_with_every_name_replaced_by_another_of_its_kind_the_draft_is_the_same() -> None:
    def replaced(text: str) -> str:
        return re.sub(r"\b(" + "|".join(sorted(OTHERS, key=len, reverse=True)) + r")\b", lambda found: OTHERS[found[0]], text)

    text = SEED.read_text("utf-8")
    one, other = drafted(text, "2025-11-12"), drafted(replaced(text), "2025-11-12")
    for kind in ("actors", "quotes", "events"):
        assert len(getattr(one.briefing, kind)) == len(getattr(other.briefing, kind))
    assert [
        (replaced(quote.words), replaced(one.briefing.name(quote.speaker)), quote.rule, quote.confidence, quote.date)
        for quote in one.briefing.quotes
    ] == [
        (quote.words, other.briefing.name(quote.speaker), quote.rule, quote.confidence, quote.date)
        for quote in other.briefing.quotes
    ]
    assert [replaced(actor.name) for actor in one.briefing.actors] == [actor.name for actor in other.briefing.actors]
    assert [(replaced(" ".join(event.evidence)), event.date) for event in one.briefing.events] == [
        (" ".join(event.evidence), event.date) for event in other.briefing.events
    ]


@pytest.mark.parametrize(
    ("front", "title", "author"),
    [
        (r'title: "Roe\u2019s \_\U0001F6A2 \uD83D\uDEA2: \"no\", \x41 \\_"', 'Roe’s 🚢 🚢: "no", A \\_', ""),
        ('title: "Roe and\\\n  \\ Poe"\nauthor: [A. Roe, "Poe, B.", ]', "Roe and Poe", "A. Roe, Poe, B."),
        ("title: 'Roe''s'\nauthors:\n  - A. Roe\n  - 'B. Poe'", "Roe's", "A. Roe, B. Poe"),
        ("title: >-\n  Roe\n  and Poe\nauthor: A. Roe", "Roe and Poe", "A. Roe"),
        ('title: Roe: "no deal"\nauthor:\n  name: A. Roe', 'Roe: "no deal"', ""),
        (r'title: "\uD83D \UFFFFFFFF \e[31m"', "\ufffd \ufffd [31m", ""),
        ('title: "Roe" # a note\nauthor: A. Roe # of the desk', "Roe", "A. Roe"),
        ("title: Roe |\n  no deal", "Roe | no deal", ""),
        ("title: " + "- " * 3000, ("- " * 2999)[:-1], ""),
        (r'title: "COVID-\u206019 \x1b[2J\u202e"', "COVID-19 [2J", ""),
    ],
)
def test_front_matter_says_what_yaml_has_it_say(front: str, title: str, author: str) -> None:
    text = f"---\n{front}\n---\nA ferry sank on Monday, the ministry said.\n"
    briefing = draft(Text(text, body_of(text)), "a.md").briefing
    assert (briefing.title, briefing.sources[0].author) == (title, author)


TRANSCRIPT = """\
---
title: "Press Briefing by Press Secretary Jen\\_Psaki and President Petro, May\\_5,\\_2022"
date: '2022-05-05'
---

James S. Brady Press Briefing Room

5:16 P.M. EDT

MS. PSAKI:  Okay.  Hi, everyone.  (Laughter.)  It’s been a bit of an
exciting day.

So, before I get to the briefing, a word on “the plan” of yesterday.

Q\u00a0\u00a0\u00a0 Thank you, Jen.  Will he go?

MS. PSAKI:  He will.

PRESIDENT PETRO:  (As interpreted.)  I thank you.

Q    And when?

THE PRESIDENT:  Soon.

END  6:05 P.M. EDT
"""


def test_a_transcript_is_read_by_its_turns() -> None:
    made = draft(Text(TRANSCRIPT, body_of(TRANSCRIPT)), "t.md")
    briefing = made.briefing
    turns = [(briefing.name(quote.speaker), quote.words) for quote in briefing.quotes]
    assert turns == [
        ("Jen Psaki", "Okay. Hi, everyone. … It’s been a bit of an exciting day."),
        ("Jen Psaki", "So, before I get to the briefing, a word on “the plan” of yesterday."),
        ("Reporter", "Thank you, Jen. Will he go?"),
        ("Jen Psaki", "He will."),
        ("President Petro", "I thank you."),
        ("Reporter", "And when?"),
        ("President Petro", "Soon."),
    ]
    assert briefing.sources[0].published == "2022-05-05" and briefing.title.startswith(
        "Press Briefing by Press Secretary Jen Psaki"
    )
    assert [why.reason for why in made.passed] == ["part of what a speaker says in a turn"]


def test_the_summary_of_a_transcript_is_no_greeting_and_no_question() -> None:
    talk = "The port will open in the spring, as the harbor council of the port said. The harbor council wants the port open."
    greeting, question = (
        "Hi, everyone. It is so very good to see all of you here again today.",
        "Will the port and the harbor council be open in the spring?",
    )
    turns = [
        f"MS. POTTS:  {greeting}",
        *(f"MS. POTTS:  {talk} We said so in part {part} of it." for part in "abcd"),
        f"Q    {question}",
    ] * 2
    text = "\n\n".join(turns)
    summary = draft(Text(text), "t.txt").briefing.summary
    assert "The port will open" in summary and greeting not in summary and question not in summary


def test_every_marked_span_is_a_quote_or_is_listed_with_its_reason() -> None:
    from tui.drafting.marks import marked

    for path in SEEDS:
        source = read_source(path)
        made = draft(source.text, path.name)
        reading = reading_of(made, path, source)
        quoted = [span for quote in reading.briefing.quotes for span in reading.anchor(quote).spans]
        for each in marked(source.text.text, source.text.paragraphs)[0]:
            start, end = each.outer[0]
            inside = any(first < end and start < last for first, last in quoted)
            assert inside or any(why.span.start <= start < why.span.end or why.span.start == start for why in made.passed), (
                source.text.text[start:end]
            )
        assert all(why.reason for why in made.passed)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_draft_passes_the_checks_reads_back_and_is_always_the_same(path: Path) -> None:
    source = read_source(path)
    made = draft(source.text, path.name, source.sha256)
    assert as_file(made) == as_file(draft(source.text, path.name, source.sha256))
    reading = reading_of(made, path.with_name("draft.md"), source)
    assert reading.briefing == made.briefing
    assert [str(problem) for problem in check(reading) if problem.severity == "error"] == []
    assert all(reading.anchor(item).found for item in made.briefing.anchored)
    for row in json.loads(as_json(made, path, source))["quotes"]:
        at = row["attribution"]
        if "start" in at:
            assert source.text.text[at["start"] : at["end"]] == at["exact"]


PARTS = (
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "``", "''", " ", "\n", "\n\n", "Ann Potts", "Potts", "he", "said", "told", "according to", ",", ".", "?", ":", "—", "We win", "the",
    "a spokesman for", "Mr.", "on Tuesday", "in May 2024", "May", "Q    ", "MS. POTTS:  ", "THE PRESIDENT:  ", "(Laughs.)", "- ", "* ", "+++", "---", "[x](#y)", "\u00a0", "\u200b", "\u202e",
    "\x1b[2J", "\x01", "\x02\x03", "5' 11\"", "#", "U.S.", "of", "and", "who", "denied", "é", "ﬁ", "e\u0301", "日本", "אב",
)  # fmt: skip


@pytest.mark.fuzz
@given(parts=st.lists(st.sampled_from(PARTS), max_size=60))
@settings(max_examples=many(300, 5000))
def test_of_any_text_the_draft_passes_the_checks(parts: Sequence[str]) -> None:
    text = " ".join(parts)
    source = SourceText(Path("s.txt"), Text(text))
    made = draft(source.text, "s.txt", source.sha256)
    reading = reading_of(made, Path("b.md"), source)
    assert [
        str(problem) for problem in check(reading) if problem.severity == "error" and problem.rule != "source-missing"
    ] == []
    assert "\x1b" not in as_file(made)


@pytest.mark.parametrize("text", ["“" * 300_000, '"' * 300_000, "A " * 200_000, "Ann Potts " * 60_000, "[" * 300_000, "((" * 200_000, "“a” " * 60_000, "said " * 60_000, "'a " * 100_000, "May 5 " * 50_000, "“a b c d\n\n" * 4_000, "“Yes it is so\n\n" * 4_000 + "”", "MR. A: " + "foo bar (Laughs.) " * 4_000 + "\n\nMR. A: b\n\nMR. B: c", "MS. P:  a\n\n" * 2_000, "He said “a” to me.\n\n" * 1_500, "He said “*” to me.\n\n" * 3_000], ids=lambda text: text[:20])  # fmt: skip
def test_nothing_takes_for_ever(text: str) -> None:
    assert drafted(text).briefing.title


CORPUS = ROOT.parent / "shared" / "corpora" / "white-house-2022-h1.tar.xz"


@pytest.mark.skipif(not CORPUS.exists(), reason="the transcripts are not part of this project")
def test_fifty_real_transcripts_have_every_turn_and_no_question_is_an_officials(tmp_path: Path) -> None:
    """Turns are counted anew here, line by line and without a pattern of the drafter's."""
    import tarfile

    with tarfile.open(CORPUS) as archive:
        members = sorted(
            (each for each in archive if "press-briefings" in each.name and each.name.endswith(".md")),
            key=lambda each: each.name,
        )
        texts = {each.name: archive.extractfile(each).read().decode() for each in members[::4][:50]}  # type: ignore[union-attr]
    turns = 0
    for name, text in texts.items():
        path = tmp_path / "t.md"
        path.write_text(text, encoding="utf-8")
        source = read_source(path)
        made = draft(source.text, "t.md")
        reading = reading_of(made, path, source)
        begun: list[tuple[str, int]] = []  # (label, offset of the paragraph)
        at = source.text.body
        fresh = True
        for line in source.text.text[at:].split("\n"):
            words = line.replace("\u00a0", " ")
            label = words.split(":")[0].strip()
            if (
                fresh
                and ":" in words
                and label.isupper()
                and 2 < len(label) < 60
                and label[0].isalpha()
                and words.split(":", 1)[1][:1] in (" ", "")
            ):
                begun.append((label, at))
            elif fresh and words.lstrip()[:2] in ("Q ",) and words.lstrip()[2:].strip()[:1].isupper():
                begun.append(("Q", at))
            fresh = not words.strip()
            at += len(line) + 1
        if len(begun) < 3:
            continue
        turns += len(begun)
        quoted = {span.start: quote for quote in reading.briefing.quotes for span in reading.anchor(quote).spans}
        left_out = [why.span for why in made.passed if "nothing tells them apart" in why.reason]
        for label, place in begun:
            paragraph = next(
                span for span in source.text.paragraphs if span.start <= place + 3 < span.end or span.start >= place
            )
            here = [quote for start, quote in sorted(quoted.items()) if paragraph.start <= start < paragraph.end]
            if not here:  # a turn without words, or words that stand in several places
                rest = re.sub(
                    r"\([^)]*\)", "", source.text.text[paragraph.start : paragraph.end].replace("\u00a0", " ")[len(label) :]
                )
                assert not re.search(r"\w", rest) or any(paragraph.start <= span.start < paragraph.end for span in left_out), (
                    name,
                    label,
                    rest[:80],
                )
            for quote in here[:1]:
                assert (reading.briefing.name(quote.speaker) == "Reporter") == (label == "Q"), (name, label, quote.words[:60])
        for title in ("PSAKI", "JEAN-PIERRE", "KIRBY"):
            speakers = {
                quote.speaker for quote in reading.briefing.quotes if title in str(made.attributions[quote.id].get("exact", ""))
            }
            assert len(speakers) <= 1
    assert turns > 2000


UNSURE = {
    "the words of whom somebody recalls": "“You are finished,” Ann Poe recalled Bob Roe saying.",
    "what was never said": "“We give up,” Bob Roe never said.",
    "what might have been said": "“We give up,” Bob Roe might have said.",
    "two who said it together": "“We go,” Ann Poe and Bob Roe said in a joint statement.",
    "the text has turned to another": "Ann Poe said it was “a bad day for all.” Bob Roe shook his head. “It was good for us.”",
    "a man of whom only a lawyer spoke": "Bob Roe’s lawyer spoke. “He is ill,” he said.",
    "two who fit": "Ann Poe, 40, a nurse, and Ida Rao, 41, a cook, saw it fall.\n\n“It was loud,” she said.",
}  # fmt: skip


@pytest.mark.parametrize("case", UNSURE)
def test_what_is_not_certain_is_never_high(case: str) -> None:
    made = drafted(f"Something happened in the capital and many people were there.\n\n{UNSURE[case]}\n")
    last = made.briefing.quotes[-1]
    assert last.confidence != "high", (made.briefing.name(last.speaker), last.rule)


@pytest.mark.parametrize(
    "text",
    ["In “Rage,” Bob Woodward said Trump knew.", "On “Meet the Press,” Ann Poe said so.", "By “we,” Ann Poe said, she meant the city.", "“Hamilton” star Leslie Odom said he would go.",
     "“The View” host Joy Behar said so."],
)  # fmt: skip
def test_a_title_is_nobodys_words(text: str) -> None:
    assert said(f"Something happened in the capital and many people were there.\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It went,” a spokesman said. “It went well,” he said.", ["a spokesman", "a spokesman"]),
        ("Northern Ireland voted. “We won,” Northern Ireland said.", ["Northern Ireland"]),
        ("Nicolás Maduro spoke. “I stay,” Nicolas Maduro said. “We all do,” said Maduro.", ["Nicolás Maduro", "Nicolás Maduro"]),
        ("Theresa May arrived. “We won,” May said.", ["Theresa May"]),
        ("‘Rock ’n’ roll is dead,’ said Tom Green. ‘The blues are not.’", ["Tom Green", "Tom Green"]),
        ("‘We are here,’ said Ann Poe. ‘We stay.’\n\n“Oh yes we do,” said Tom Roe.", ["Ann Poe", "Ann Poe", "Tom Roe"]),
    ],
)  # fmt: skip
def test_names_and_marks_that_are_easily_cut(text: str, speakers: list[str]) -> None:
    assert [
        speaker for speaker, _ in said(f"Something happened in the capital and many people were there.\n\n{text}\n")
    ] == speakers


def turned(text: str, title: str = "") -> list[tuple[str, str]]:
    made = draft(Text(text), "t.txt", title=title)
    return [(made.briefing.name(quote.speaker), quote.words) for quote in made.briefing.quotes]


def test_a_presidents_words_are_never_his_sons() -> None:
    text = "THE PRESIDENT:  Good evening. We buried our son Beau Biden in May.\n\nHe was good.\n\nThank you all.\n"
    assert {speaker for speaker, _ in turned(text, "Remarks by President Biden on Guns")} == {"President Biden"}


@pytest.mark.parametrize(
    "line",
    [
        "REPORTER: Did you take it?",
        "Q1: Did you take it?",
        "Q—Did you take it?",
        "PRESIDENT ŠKELE: We took it.",
        "MS. BAKER:Yes we did.",
        "REP. LEWIS: We took it.",
    ],
)
def test_every_label_ends_the_turn_before_it(line: str) -> None:
    found = turned(
        f"SENATOR COLE: We begin now.\n\n{line}\n\nSENATOR COLE: So it is.\n\n{line}\n\nSENATOR COLE: The end of it.\n"
    )
    assert [words for speaker, words in found if speaker == "Senator Cole"] == ["We begin now.", "So it is.", "The end of it."]


def test_a_label_on_the_next_line_begins_a_turn_too() -> None:
    assert turned("MR. ABLE:  Hello. Go ahead.\nQ  Did you lie?\n\nMR. ABLE:  Never.\n\nMR. ABLE:  At all.\n") == [
        ("Able", "Hello. Go ahead."), ("Reporter", "Did you lie?"), ("Able", "Never."), ("Able", "At all."),
    ]  # fmt: skip


def test_a_notice_of_what_where_and_when_is_no_transcript() -> None:
    text = "WHAT: A visit\n\nWHERE: The dam\n\nWHEN: On Monday\n\n“It is a good dam for us all,” Ann Poe said at the dam.\n"
    assert [(speaker, words) for speaker, words in turned(text)] == [("Ann Poe", "It is a good dam for us all,")]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2,500 years ago", ""), ("1.5 years ago", ""), ("half a year ago", ""), ("In May 5,000 people came", "2025-05?"), ("He had denied it two days earlier", ""),
        ("The election is on Sunday", "2025-11-16?"), ("It starts in December", "2025-12?"), ("last Wednesday", "2025-11-05?"), ("on December 1", "2025-12-01?"), ("it was on December 1", "2024-12-01?"), ("Black Friday", ""), ("over a month ago", "../2025-10-12?"),
    ],
)  # fmt: skip
def test_no_date_is_made_of_what_is_none(words: str, edtf: str) -> None:
    from tui.drafting.moments import moments

    assert [moment.edtf for moment in moments(words, "2025-11-12") if moment.edtf] == ([edtf] if edtf else [])


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "2025?", "2025-11-12?"])
def test_no_day_of_publication_is_too_far(published: str) -> None:
    made = drafted("A day.\n\nAnn Poe resigned two weeks ago, last year, on March 5, yesterday and last Monday.\n", published)
    assert made.briefing.title


def test_a_quote_is_dated_only_by_what_dates_its_saying() -> None:
    made = drafted(
        "A first day of it.\n\n“I saw him fall,” said Ann Poe, who was elected in May 2010.\n\n“I left,” Ann Poe said on Tuesday.\n",
        "2025-11-12",
    )
    assert [quote.date for quote in made.briefing.quotes] == ["", "2025-11-11?"]


def test_a_dateline_dates_the_text_and_is_no_part_of_it() -> None:
    made = drafted(
        "MOSCOW, 12 May 2024 (TASS) — The ministry said on Friday that it had signed the treaty.\n\nNothing else was said.\n"
    )
    assert made.briefing.sources[0].published == "2024-05-12" and made.briefing.title.startswith("The ministry")
    assert not {"MOSCOW", "TASS"} & {actor.name for actor in made.briefing.actors}


def test_two_capital_words_alone_are_no_person() -> None:
    text = "A first line of it.\n\nThe plan was a Marvel Gadget for all, and Marvel Gadget came. Zlatka Oren came too. “We won,” Oren said. “Yes,” one Republican said.\n"
    names = [actor.name for actor in drafted(text).briefing.actors]
    assert "Zlatka Oren" in names and "one Republican" in names and "Marvel Gadget" not in names


# Each for one rule of the sentence; nobody of these names is in any text that the rules were measured on.
SENTENCES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    'a verb turned round before its name': ('Dora Lint came.\n\nAdded Lint: “We sail at dawn with the tide.”', [('Dora Lint', 'We sail at dawn with the tide.')]),
    'two titles joined': ('“We sail,” said former Ohio Gov. and Harbor Committee Chairman Dora Lint.', [('Dora Lint', 'We sail,')]),
    'a rank with a number': ('“We sail,” said Army 1st Lt. Dora Lint.', [('Dora Lint', 'We sail,')]),
    'a calling at the head of the sentence': ('Pollster Dora Lint wrote: “The tide has turned for good.”', [('Dora Lint', 'The tide has turned for good.')]),
    'a party that only describes': ('Republican harbor adviser Dora Lint said the tide “has turned for good.”', [('Dora Lint', 'has turned for good.')]),
    'a body that only describes': ('The port was shut. “It leaked,” said a former law enforcement official.', [('a former law enforcement official', 'It leaked,')]),
    'one article for two callings': ('The harbor rests. The poet and former pilot said the port “is shut for good.”', [('The poet and former pilot', 'is shut for good.')]),
    'a place behind a comma': ('“We sail,” Dora Lint, 30, of Raleigh, N.C., who owns a boat, said.', [('Dora Lint', 'We sail,')]),
    'two in apposition': ('Two pilots, Dora Lint and Max Orr, found that the port “is shut for good.”', [('Dora Lint', 'is shut for good.')]),
    'a name behind a phrase': ('The port “is shut for good,” wrote the harbor master at the time, Dora Lint.', [('Dora Lint', 'is shut for good,')]),
    'a name given by named': ('“We sail,” said a pilot named Dora Lint.', [('Dora Lint', 'We sail,')]),
    'any noun beside a quote': ('The port was shut. “Keep off,” said the sticker on the door.', [('the sticker', 'Keep off,')]),
    'one of several': ('Ten pilots met. “We sail,” said one of the pilots.', [('one of the pilots', 'We sail,')]),
    'a noun that a name describes': ('Dora Lint left. “She is well,” said one Lint confidant.', [('one Lint confidant', 'She is well,')]),
    'a phrase that hangs on the noun': ('The port was shut. “It leaked,” said a person familiar with the matter.', [('a person familiar with the matter', 'It leaked,')]),
    'asked by': ('Asked by Dora Lint if he feared the tide, Max Orr said, “Not in the least, my dear.”', [('Max Orr', 'Not in the least, my dear.')]),
    'was asked by': ('Max Orr was asked by host Dora Lint, “Do you fear the tide?”', [('Dora Lint', 'Do you fear the tide?')]),
    'with somebody doing so': ('The pilots were glad, with Dora Lint tweeting that the port “is open for good.”', [('Dora Lint', 'is open for good.')]),
    'as one says': ('The port “is shut for good,” as Dora Lint said on the radio.', [('Dora Lint', 'is shut for good,')]),
    'in somebody’s words': ('The tide turned because, in Dora Lint’s words, “no one kept the gate.”', [('Dora Lint', 'no one kept the gate.')]),
    'somebody’s call': ('The harbor rests. The meeting followed Max Orr’s call for “a total ban on sailing.”', [('Max Orr', 'a total ban on sailing.')]),
    'voters who wonder are not the speakers': ('Dora Lint tells pilots who wonder why she sails alone that she “likes it that way.”', [('Dora Lint', 'likes it that way.')]),
    'a clause that leads in shares no subject': ('As the pilots chanted, Dora Lint came in and joked, “You are all far too loud.”', [('Dora Lint', 'You are all far too loud.')]),
    'a comma that leads in beats what follows': ('Dora Lint asked, “Where is the key?” Max Orr wrote back at noon.', [('Dora Lint', 'Where is the key?')]),
    'before the main clause': ('In a speech about “the long and quiet tide,” Dora Lint waved.', [('Dora Lint', 'the long and quiet tide,')]),
    'no apposition across a clause': ('A pilot came. In a letter to Dora Lint, the pilot said that the port “is shut for good.”', [('the pilot', 'is shut for good.')]),
    'the paragraph goes on': ('Dora Lint said that the port is shut. Doing so “was the only way to keep it dry.”', [('Dora Lint', 'was the only way to keep it dry.')]),
    'she’s is she': ('Dora Lint came in. She’s said the port “is shut for good.”', [('Dora Lint', 'is shut for good.')]),
    'who speaks stands out': ('Max Orr said on Sunday that Sam Pine had gone. Like his talk of Ben Fell, Orr said, it was sad. “We sail,” he said.', [('Max Orr', 'We sail,')]),
    'kin have a gender': ('Dora Lint spoke of her son, Robin Orr, and of Kim Orr. “We sail,” Ms. Orr said.', [('Kim Orr', 'We sail,')]),
    'a label signs': ('The port is shut, and that is all - Dora Lint: “It leaked for years and nobody came.”', [('Dora Lint', 'It leaked for years and nobody came.')]),
    'marks within marks': ('Dora Lint stated:\n\n"The port is no “Home for Poets” any more.\n\n"It is shut."', [('Dora Lint', 'The port is no “Home for Poets” any more. … It is shut.')]),
    'any verb with that': ('Dora Lint posited that the port “is shut for good.”', [('Dora Lint', 'is shut for good.')]),
}  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES)
def test_the_speaker_is_found_where_a_sentence_has(case: str) -> None:
    text, wanted = SENTENCES[case]
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Dora Lint came. Speaking on NBC’s “Today” she waved, Lint said.",
        "“Quiet Harbor” star Dora Lint came in.",
        "The port is shut, Dora Lint wrote in her book, “A Quiet Harbor.”",
        "Dora “Tide” Lint said the port is shut.",
    ],
)
def test_a_title_or_a_nickname_between_marks_is_nobodys_words(text: str) -> None:
    made = drafted(text)
    assert not [quote for quote in made.briefing.quotes if quote.direct]
    assert any("title" in why.reason or "name" in why.reason for why in made.passed)


def test_a_word_that_the_sentence_is_about_is_not_carried_on_speech() -> None:
    assert said("“We sail,” said Dora Lint. “Tide table” is a list of hours.") == [("Dora Lint", "We sail,")]


def test_a_quote_before_a_long_apposition_is_one_sentence_with_its_cue() -> None:
    text = "“Is it shut?” Dora Lint, a retired pilot who has lived by the harbor for years, asked the port."
    assert said(text) == [("Dora Lint", "Is it shut?")]


def test_thousands_of_namesakes_or_of_people_of_one_role_cost_no_square() -> None:
    def takes(form: str, count: int) -> float:
        names = ("".join(chr(97 + number // 26**place % 26) for place in range(4)).capitalize() for number in range(count))
        text = "\n\n".join(form.format(name=name, number=number) for number, name in enumerate(names))
        began = process_time()
        drafted(text)
        return process_time() - began

    for form in (
        "{name} Lint came to town. “We sail at {number},” Lint said.",
        "Senator {name} {name}son came. “We sail at {number},” the senator said.",
    ):
        assert takes(form, 2400) < 18 * takes(form, 400)  # six times as long, beside other work; the square is thirty-six


def test_a_name_in_letters_that_have_no_small_form_is_one() -> None:
    assert [actor.name for actor in drafted("𝐀𝐁 signed the law on 3 May 2024.").briefing.actors] == ["𝐀𝐁"]


@pytest.mark.parametrize(
    ("text", "people", "others"),
    [
        (
            "The plan rests on sustainable growth. The ministry began Sustainable Financing on Monday and named Rheanne Wirkkala to lead it.",
            ["Rheanne Wirkkala"], ["Sustainable Financing"],
        ),
        ("The bureau opened on Monday. Promoting Energy Resilience was then approved without a single vote against it by Minister Olaf Scholz.", ["Olaf Scholz"], ["Promoting Energy Resilience"]),
        ("Jane Roe spoke in May. She won the Peggy Browning Fellowship in Virginia on Monday.", ["Jane Roe"], ["Peggy Browning Fellowship", "Virginia"]),
        ("The bureau opened. The Assistant Secretary for Policy met there with Jane E. Young, who had been the Chief Operating Officer for many years.", ["Jane E. Young"], ["Secretary for Policy", "Operating Officer"]),
        (
            "The white paper is new to the port. “It is a good plan,” said Rep. Nikema White, a critic of the plan. “It is not,” White said.",
            ["Nikema White"], ["White"],
        ),
        (
            "The price was high, and the win was fair. Rashida Price, a teacher, came. Khin Zaw Win said that he had won. He sat in the front with President Moon Jae-in of Korea, and then ate.",
            ["Rashida Price", "Khin Zaw Win", "Moon Jae-in"], [],
        ),
        ("The plan was told. On the same day Senator Deshawn Clement met in a store of the town with its owner and with Prime Minister Jonas Gahr Store of Norway.", ["Deshawn Clement", "Jonas Gahr Store"], []),
        ("A wall stands there. Agents found a tunnel in Douglas on Monday.", [], ["Douglas"]),
        ("Bill De Blasio left. De Blasio visited Cuba Gooding on Monday de facto.", ["Bill De Blasio", "Cuba Gooding"], []),
    ],
)  # fmt: skip
def test_a_name_of_common_words_is_nobodys(text: str, people: list[str], others: list[str]) -> None:
    kinds = {actor.name: actor.kind for actor in drafted(text).briefing.actors}
    assert [name for name in people if kinds.get(name) != "person"] == []
    assert [name for name in others if kinds.get(name) == "person"] == []


def test_a_law_is_a_document_and_a_degree_is_nobody() -> None:
    text = "The port is closed. On Monday the council of the port passed the Defense Production Act. Maria Lopez received a J.D. from the Kent College of Law in May. Brian Law came."
    kinds = {actor.name: actor.kind for actor in drafted(text + text.replace("Monday", "Friday")).briefing.actors}
    assert kinds["Defense Production Act"] == "document" and kinds["Kent College of Law"] == "organization"
    assert kinds["Brian Law"] == "person" and "J.D." not in kinds


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The judge was named in place of the Senate’s choice, vice Jane Roe, retired.", {"Jane Roe": ""}),
        ("Ann Potts, the mother of Sean Smith, wept. The father of Israeli Prime Minister David Roe died.", {"Sean Smith": "", "David Roe": "Israeli Prime Minister"}),
        ("The Secretary of State Jane Roe left.", {"Jane Roe": "Secretary of State"}),
    ],
)  # fmt: skip
def test_what_somebody_else_is_to_one_is_no_role_of_ones_own(text: str, roles: dict[str, str]) -> None:
    found = {actor.name: actor.role for actor in drafted(text + " Juan Lopez said nothing of it.").briefing.actors}
    assert {name: found.get(name) for name in roles} == roles


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Maria Lopez said that the port would open again in spring", "the port would open again in spring"),
        ("Maria Lopez told reporters on Tuesday that the port would open", "the port would open"),
        ("Maria Lopez said in an interview with the Times that the port would open", "the port would open"),
        ("Maria Lopez noted, however, that the port would open", "the port would open"),
        ("Maria Lopez reiterated to ABC News that, in spring, the port would open", "in spring, the port would open"),
        ("Maria Lopez said she found that the port was open", "the port was open"),
        ("Maria Lopez complained soon after that the port was closed", "the port was closed"),
        ("Maria Lopez concluded in that case that the port was closed", "the port was closed"),
        ("Maria Lopez reiterated her belief that the port would open", "the port would open"),
        ("Maria Lopez announced a new plan that will open the port again", None),
        ("Maria Lopez called on those states that have refused to open ports", None),
        ("Maria Lopez described the range of challenges that ports now face there", None),
        ("Maria Lopez told a long story that was shrouded in silence", None),
        ("It was of Maria Lopez widely reported that the port would open", None),
        ("Maria Lopez responded on Sunday to accusations that the port was open", None),
    ],
)
def test_reported_speech_is_what_was_said_and_no_relative_clause(sentence: str, words: str | None) -> None:
    quotes = [quote for quote in drafted(f"The port is closed. {sentence}.").briefing.quotes if not quote.direct]
    assert [quote.words for quote in quotes] == [words] * bool(words)


@pytest.mark.parametrize(
    ("evidence", "title"),
    [
        ("On June 25, 2021, the ministry [signed the accord](https://x.example/a “c”) into **law**", "The ministry signed the accord into law"),
        ("the ministry of ports [opened the long quay](https://x.examp", "The ministry of ports opened the long quay"),
        ("u>The ministry</u>** opened the quay", "The ministry opened the quay"),
        ("So far it has produced less than $122 million", "So far it has produced less than $122 million"),
        ("So, it closed the port", "It closed the port"),
        ("It fell by <5 percent in May and rose by >3 percent", "It fell by <5 percent in May and rose by >3 percent"),
        ("It took 2*3 years, c__d and x<y>z", "It took 2*3 years, c__d and x<y>z"),
        ("The [court](http://a.b/c_(d)) ruled on **c**ommon *Roe v. Wade*, _cum laude_", "The court ruled on common Roe v. Wade, cum laude"),
        ("Since 1990, in Douglas, Ariz., officials have found two tunnels", "Officials have found two tunnels"),
        ("The ministry closed [the port] again", "The ministry closed [the port] again"),
    ],
)  # fmt: skip
def test_a_title_is_words_and_no_markdown(evidence: str, title: str) -> None:
    assert title_of(evidence) == title


def test_that_somebody_spoke_is_no_event() -> None:
    text = "The port is closed. “We sail,” Maria Lopez said on Tuesday. Maria Lopez opened the port on Monday."
    assert [event.title for event in drafted(text).briefing.events] == ["Maria Lopez opened the port on Monday"]
    text = "The port is closed. Maria Lopez will meet with the harbor council next week, officials said on Wednesday."
    assert [event.title for event in drafted(text).briefing.events] == [text[20:-1]]


def test_a_label_is_the_person_whom_the_text_names_with_the_same_title() -> None:
    text = (
        "---\ntitle: A call\n---\n\nMODERATOR:  Good morning.  With us are Dr. Rochelle Walensky and President Yoon Suk Yeol.\n\n"
        "DR. WALENSKY:  Thank you for having me here today.\n\nPRESIDENT YOON:  I thank you too.\n\nDR. WALENSKY:  We begin with the numbers.\n"
    )
    made = draft(Text(text, body_of(text)), "t.md")
    assert [made.briefing.name(quote.speaker) for quote in made.briefing.quotes][1:] == [
        "Rochelle Walensky",
        "Yoon Suk Yeol",
        "Rochelle Walensky",
    ]


def test_a_title_before_a_headline_makes_no_name_of_it() -> None:
    text = "The office met on Monday and announced actions.\n\nRemarks by President Biden Announcing Actions were sent to the press. President Xi Jinping came too, and Xi Jinping spoke.\n"
    names = [actor.name for actor in drafted(text).briefing.actors]
    assert "Xi Jinping" in names and not any("Announcing" in name for name in names)
