"""readout draft, as a person types it: what is printed, what is written and where, and that no file is ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_cli import run
from tests.test_reading import reading

SEED = ROOT / "seeds" / "000_ba08c506eeff2a32.txt"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(SEED.read_bytes())
    return path


def test_a_draft_is_written_and_passes_the_check(article: Path) -> None:
    done = run("draft", "article.txt", "--published", "2025-11-12", "-o", "b.md", cwd=article.parent, code=0)
    assert "quotes (" in done.stderr and "nobody has reviewed" in done.stderr
    text = (article.parent / "b.md").read_text("utf-8")
    assert text.count("# review: ") >= 3 and 'x-draft = "' in text and 'path = "article.txt"' in text
    assert run("check", "b.md", cwd=article.parent, code=0).stdout.count(" error ") == 0


def test_a_draft_is_never_written_over_a_file(article: Path) -> None:
    (article.parent / "b.md").write_text("mine")
    done = run("draft", "article.txt", "-o", "b.md", cwd=article.parent, code=2)
    assert "never written over" in done.stderr and done.stderr.count("\n") == 1
    assert (article.parent / "b.md").read_text() == "mine"


def test_json_has_every_attribution_beside_its_anchor(article: Path) -> None:
    found = json.loads(run("draft", "article.txt", "--format", "json", cwd=article.parent, code=0).stdout)
    text = article.read_text("utf-8")
    assert len([row for row in found["quotes"] if row.get("speech", "direct") == "direct"]) == 8
    for row in found["quotes"]:
        at = row["attribution"]
        assert text[at["start"] : at["end"]] == at["exact"] and at["rule"] and at["confidence"] in ("high", "moderate", "low")
        assert row["anchor"]["status"] == "verbatim"


def test_what_is_passed_over_is_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "A first line of it all.\n\nThe so-called “deep state” grew. “We win,” Ann Potts said. It was 5' 11\" tall.\n"
    )
    done = run("draft", "a.txt", "--why", cwd=tmp_path, code=0)
    assert (
        "deep state" in done.stdout and "We win" not in done.stdout and all(": " in line for line in done.stdout.splitlines())
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.txt"], "there is no file"), (["bytes.txt"], "is not UTF-8"), (["empty.txt"], "there is no text"), (["b.md"], "is a briefing"),
        (["article.txt", "--published", "tuesday"], "no EDTF date"), (["page.html"], "-o FILE"), ([".", "--published", "2025"], "say with -o"),
        (["article.txt", "--keep", "article.txt"], "correct"), (["article.txt", "-o", "none/b.md"], "none/b.md"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(article: Path, arguments: list[str], words: str) -> None:
    folder = article.parent
    (folder / "bytes.txt").write_bytes(b"caf\xe9 is here\n")
    (folder / "empty.txt").write_text(" \n\n")
    (folder / "page.html").write_text("<p>x</p>")
    (folder / "b.md").write_text('+++\nformat = "briefing/1"\ntitle = "T"\n+++\n')
    done = run("draft", *arguments, cwd=folder, code=2)
    assert words in done.stderr and done.stderr.count("\n") == 1 and not done.stdout


def test_a_folder_is_drafted_one_bad_file_stops_nothing_and_it_can_be_resumed(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "in" / str(number)).mkdir(parents=True)
        (tmp_path / "in" / str(number) / "a.txt").write_text(
            f"Something happened here.\n\n“We win {number} times,” Ann Potts said.\n"
        )
    (tmp_path / "in" / "bad.txt").write_bytes(b"\xff\xfe")
    refused = run("draft", "in", "-o", "out", cwd=tmp_path, code=2).stderr
    assert "could not read their sources" in refused and f"readout.toml in {tmp_path}" in refused
    assert not (tmp_path / "out").exists()
    (tmp_path / "readout.toml").touch()
    done = run("draft", "in", "-o", "out", "--jobs", "2", cwd=tmp_path, code=1)
    assert "3 drafted, 0 there already, 1 failed" in done.stderr and "bad.txt" in done.stderr
    (tmp_path / "out" / "1" / "a.md").unlink()
    assert "1 drafted, 2 there already, 1 failed" in run("draft", "in", "-o", "out", cwd=tmp_path, code=1).stderr


def test_drafting_again_keeps_what_was_reviewed_and_says_what_changed(article: Path) -> None:
    run("draft", "article.txt", "-o", "b.md", cwd=article.parent, code=0)
    path = article.parent / "b.md"
    text = (
        path.read_text("utf-8")
        .replace('id = "petro"', 'id = "president"')
        .replace('speaker = "petro"', 'speaker = "president"')
        .replace('"petro"', '"president"')
    )
    path.write_text(text.replace('confidence = "moderate"', 'confidence = "high"'), encoding="utf-8")
    edited = (
        article.read_text("utf-8").replace("There was no need to murder him.", "It was wrong.")
        + "\n“A new thing was said,” Ann Potts said.\n"
    )
    article.write_text(edited, encoding="utf-8")
    done = run("draft", "article.txt", "--keep", "b.md", "-o", "c.md", cwd=article.parent, code=0)
    assert "lost  q-may-carrying-fish" in done.stderr and "new   q-new-thing-said" in done.stderr
    kept = (article.parent / "c.md").read_text("utf-8")
    assert 'id = "president"' in kept and 'id = "petro"' not in kept and 'id = "q-long-missile-attacks"' in kept
    run("check", "c.md", cwd=article.parent, code=0)


async def test_a_raw_article_opens_as_a_draft_that_says_so() -> None:
    async with reading(SEED) as story:
        assert "DRAFT · 11/11" in story.lines[0]
        await story.press("3")
        assert "moderate confidence" in story.pane(3) and "as long as the missile attacks" in " ".join(story.pane(3).split())
        await story.press("enter")
        assert "President Gustavo Petro" in story.pane(5)


def test_in_lines_a_draft_says_what_it_is_and_no_more(article: Path) -> None:
    first = run("--plain", "article.txt", cwd=article.parent, text="q\n").stdout.splitlines()[0]
    assert first.startswith("A DRAFT, reviewed by nobody · ")


def test_a_draft_with_errors_says_both(article: Path) -> None:
    run("draft", "article.txt", "-o", "b.md", cwd=article.parent, code=0)
    path = article.parent / "b.md"
    path.write_text(path.read_text("utf-8").replace('speaker = "petro"', 'speaker = "nobody-here"'), encoding="utf-8")
    first = run("--plain", "b.md", cwd=article.parent, text="q\n").stdout.splitlines()[0]
    assert first.startswith("ERRORS: A DRAFT, reviewed by nobody · ") and "errors: !" in first


def test_links_and_its_own_drafts_are_no_articles_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Something happened here.\n\n“We win it,” Ann Potts said.\n")
    (tmp_path / "in" / "a.md").write_text("Something else happened here.\n\n“We lose it,” Ann Potts said.\n")
    (tmp_path / "in" / "p.txt").symlink_to("/etc/passwd")
    for counts in ("2 drafted, 0 there already, 0 failed", "0 drafted, 2 there already, 0 failed"):
        assert counts in run("draft", "in", "-o", "in/out", cwd=tmp_path, code=0).stderr


def test_drafting_again_leaves_other_sources_alone(article: Path) -> None:
    folder = article.parent
    (folder / "second.txt").write_text("A second text.\n\n“It is not so at all,” Ann Potts said.\n")
    run("draft", "article.txt", "--published", "2025-11-12", "-o", "b.md", cwd=folder, code=0)
    path = folder / "b.md"
    text = path.read_text("utf-8").replace("[[actor]]", '[[source]]\nid = "s2"\npath = "second.txt"\n\n[[actor]]', 1)
    text = text.replace(
        "\n[[quote]]", '\n[[quote]]\nid = "q-other"\nspeaker = ""\ntext = "It is not so at all"\nsource = "s2"\n\n[[quote]]', 1
    )
    for kind in ("quote", "event"):
        text = text.replace(f"[[{kind}]]\nid", f'[[{kind}]]\nsource = "s1"\nid').replace(
            'source = "s1"\nid = "q-other"', 'id = "q-other"'
        )
    path.write_text(text, encoding="utf-8")
    run("check", "b.md", cwd=folder, code=0)
    article.write_text(article.read_text("utf-8") + "\n“A new thing was said,” Ann Potts said on Tuesday.\n", encoding="utf-8")
    done = run("draft", "article.txt", "--published", "2025-11-12", "--keep", "b.md", "-o", "c.md", cwd=folder, code=0)
    assert "0 no longer in the source" in done.stderr and "new   q-new-thing-said" in done.stderr
    run("check", "c.md", cwd=folder, code=0)
    assert 'id = "q-other"' in (folder / "c.md").read_text("utf-8")


def test_the_json_of_a_draft_is_what_the_schema_says(article: Path) -> None:
    import jsonschema

    schema = json.loads((ROOT / "docs" / "briefing.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(run("draft", "article.txt", "--format", "json", cwd=article.parent, code=0).stdout), schema)
