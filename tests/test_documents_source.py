"""Documents in the commands: the text beside the briefing, its originals, folders, the reader."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import ROOT
from tests.samples import MAIL, PAGE, REPORT, SAMPLES, VTT, lines, pdf
from tui.briefing import cite
from tui.briefing.original import Pages, original_of
from tui.briefing.parse import parse
from tui.briefing.proof import open_briefing, prove
from tui.documents import source


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name, data in SAMPLES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "plain.txt").write_text("Jane Roe said on Monday that nobody had answered the letter.\n")
    return tmp_path


def readout(folder: Path, *words: str, code: int = 0, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "tui", *words], cwd=folder, capture_output=True, text=True, input=typed, env=environment)
    assert done.returncode == code and "Traceback" not in done.stderr, done.stderr
    return done


def rules(folder: Path, name: str, *words: str) -> dict[str, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tui", "check", name, "--format", "json", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    return {each["rule"]: each["severity"] for each in json.loads(done.stdout)}


def test_the_text_is_written_beside_the_briefing_and_says_where_it_is_from(desk: Path) -> None:
    (desk / "drafts").mkdir()
    readout(desk, "new", "a.pdf", "a.eml", "plain.txt", "-o", "drafts/b.md")
    text = (desk / "drafts" / "a.pdf.txt").read_text("utf-8")
    original = original_of(text)
    assert original and (original.path, original.pages, original.unit) == ("../a.pdf", ("1", "2"), "page")
    assert original.extractor.startswith("readout-pdf 3, PDFium ")
    assert text.count("\f") == 1 and not list((desk / "drafts").glob(".*"))
    sources = parse((desk / "drafts" / "b.md").read_text("utf-8")).briefing.sources
    assert [each.path for each in sources] == ["a.pdf.txt", "a.eml.txt", "../plain.txt"]
    assert (sources[1].title, sources[1].author, sources[1].published) == ("The crack", "Mara Orlö <mara@harbour.example>", "2026-05-08T09:30:00+02:00")


def test_a_text_that_is_there_is_used_again_and_another_one_is_never_overwritten(desk: Path) -> None:
    readout(desk, "new", "a.pdf", "-o", "b.md")
    readout(desk, "new", "a.pdf", "-o", "c.md")
    (desk / "a.pdf").write_bytes(pdf(lines("Another text altogether.")))
    assert "is there already and is another text" in readout(desk, "new", "a.pdf", "-o", "d.md", code=2).stderr
    assert not (desk / "d.md").exists()
    assert "-o FILE" in readout(desk, "new", "a.eml", code=2).stderr
    assert "is there already" in readout(desk, "new", "a.eml", "-o", "b.md", code=2).stderr
    assert not (desk / "a.eml.txt").exists(), "nothing is written where the command fails"


def test_a_charset_may_be_named(desk: Path) -> None:
    (desk / "r.txt").write_bytes("Никто не ответил на письмо.\n".encode("cp1251"))
    assert "--charset" in readout(desk, "new", "r.txt", "-o", "b.md", code=2).stderr
    readout(desk, "new", "r.txt", "--charset", "cp1251", "-o", "b.md")
    assert (desk / "r.txt.txt").read_text("utf-8").endswith("Никто не ответил на письмо.\n")


def test_check_compares_originals_and_stamp_renews_their_hash(desk: Path) -> None:
    readout(desk, "new", "a.pdf", "-o", "b.md")
    assert not {"original-missing", "original-changed"} & {*rules(desk, "b.md", "--originals")}
    with (desk / "a.pdf").open("ab") as file:
        file.write(b"% another end\n")
    assert rules(desk, "b.md")["original-changed"] == "error"
    assert "names its original's new sha256" in readout(desk, "stamp", "b.md").stderr
    assert not {"original-changed", "source-changed"} & {*rules(desk, "b.md", "--originals")}
    (desk / "a.pdf").write_bytes(pdf(lines("Another text altogether.")))
    assert "page 1: “Ten vessel" in readout(desk, "stamp", "b.md", code=2).stderr
    (desk / "a.pdf").unlink()
    assert rules(desk, "b.md")["original-missing"] == "warning"


def test_a_text_that_was_edited_is_found_by_a_fresh_reading(desk: Path) -> None:
    readout(desk, "new", "a.pdf", "-o", "b.md")
    text = (desk / "a.pdf.txt").read_text("utf-8")
    (desk / "a.pdf.txt").write_text(text.replace("Nobody answered", "Somebody answered"), "utf-8")
    assert "original-changed" not in rules(desk, "b.md") and rules(desk, "b.md", "--originals")["original-changed"] == "error"


def test_another_version_of_the_reader_is_held_to_the_letters_of_each_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(REPORT)
    text = source.as_text(source.read(tmp_path / "a.pdf", REPORT), "a.pdf", REPORT).replace("readout-pdf 3", "readout-pdf 1")
    moved = text.replace("Nobody answered the letter", "the letter Nobody answered")
    assert source.compare(tmp_path / "a.pdf.txt", text).status == "same"
    assert source.compare(tmp_path / "a.pdf.txt", moved).status == "letters"
    assert source.compare(tmp_path / "a.pdf.txt", text.replace("Nobody", "Somebody")).status == "differs"


def test_a_folder_is_drafted_and_what_was_passed_over_is_counted(desk: Path) -> None:
    (desk / "readout.toml").touch()
    for name in ("x.png", "y.png"):
        (desk / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    (desk / "scan.pdf").write_bytes(pdf([], picture=True))
    (desk / "notes.py").write_text("print('a program')\n")
    done = readout(desk, "draft", ".", "-o", "drafts", code=1)
    assert "passed over: 2 pictures (ocrmypdf), 1 other text (draft it alone), 1 scan (ocrmypdf)" in done.stderr
    assert f"{len(SAMPLES) + 1} drafted, 0 there already, 0 failed" in done.stderr
    assert {"original-missing", "original-changed", "source-outside-roots"}.isdisjoint(rules(desk, "drafts", "--originals"))
    assert "0 drafted, 12 there already" in readout(desk, "draft", ".", "-o", "drafts", code=1).stderr


def test_a_folder_in_which_nothing_can_be_read_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    done = readout(tmp_path, "draft", "in", "-o", "in/drafts", code=2)
    assert "0 drafted, 0 there already, 0 failed" in done.stderr and "passed over: 1 picture (ocrmypdf)" in done.stderr


def test_drafts_of_mail_and_subtitles_are_of_their_words(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL.replace(b"I told", b'Jane Roe said: "We had no report of any kind." I told'))
    (tmp_path / "a.vtt").write_bytes(VTT)
    for name in ("a.eml", "a.vtt"):
        readout(tmp_path, "draft", name, "-o", f"{name}.md")
    mail = parse((tmp_path / "a.eml.md").read_text("utf-8")).briefing
    assert (mail.title, mail.sources[0].published) == ("The crack", "2026-05-08")
    assert not any("harbour.example" in " ".join(event.evidence) for event in mail.events)
    assert not any("harbour" in actor.name.lower() for actor in mail.actors)
    talk = parse((tmp_path / "a.vtt.md").read_text("utf-8")).briefing
    assert not any("00:" in words for quote in talk.quotes for words in quote.text)
    assert {actor.name for actor in talk.actors} >= {"Anna Keller", "Tom Brandt"}


def test_drafted_words_are_typed_without_page_ends_and_soft_hyphens(tmp_path: Path) -> None:
    first = lines("Jane Roe said on Monday in the town hall that the harbour of the old town was", "closed, and she told the board: “The lights of the outer mole would be mended be-", y=90)
    (tmp_path / "a.pdf").write_bytes(pdf(first, lines("fore the first storm of the autumn”, and nobody believed her at all.", y=760)))
    readout(tmp_path, "draft", "a.pdf", "-o", "b.md")
    written = (tmp_path / "b.md").read_text("utf-8")
    assert "\f" not in written and "\\u000c" not in written and "\\u00ad" not in written and "\u00ad" not in written
    assert not {"quote-not-in-source", "evidence-not-in-source"} & {*rules(tmp_path, "b.md")}


def test_the_reader_opens_a_document_and_writes_nothing_beside_it(desk: Path) -> None:
    before = sorted(path.name for path in desk.iterdir())
    assert "Ten vessels came" in readout(desk, "--plain", "a.pdf", typed="5\nq\n").stdout
    assert readout(desk, "--plain", "a.pdf", typed="q\n").stdout and "The crack" in readout(desk, "--plain", "a.eml", typed="q\n").stdout
    (desk / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    assert "it is a picture" in readout(desk, "--plain", "x.png", code=2).stderr
    assert sorted(path.name for path in desk.iterdir()) == sorted([*before, "x.png"])


def test_a_page_of_a_quote_is_said_as_it_is_cited() -> None:
    head = '+++\noriginal = "a.pdf"\noriginal_sha256 = "0"\nextractor = "x"\npages = ["i", "1", "2"]\nunit = "page"\n+++\n'
    text = f"{head}one\n\f\ntwo\n\f\nthree\n"
    pages = Pages(text)
    at = [text.index(word) for word in ("one", "two", "three")]
    assert pages.label(at[0], at[0] + 3) == "p. i (sheet 1 of 3)"
    assert pages.label(at[1], at[1] + 3) == "p. 1 (sheet 2 of 3)"
    assert pages.label(at[1], at[2] + 5) == "pp. 1-2"
    assert Pages("no front matter\f").label(0, 3) == ""


def test_citations_and_exports_say_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(lines("Ten vessels came in winter."), lines("Nobody answered the letter."), labels="0 << /S /r >> 1 << /S /D >>"))
    readout(tmp_path, "new", "a.pdf", "-o", "b.md")
    head, fence, rest = (tmp_path / "b.md").read_text("utf-8").rpartition("+++")
    actor = '[[actor]]\nid = "a"\nname = "A"\nkind = "person"\n'
    (tmp_path / "b.md").write_text(f'{head}{actor}[[quote]]\nid = "q"\nspeaker = "a"\ntext = "Nobody answered"\n{fence}{rest}', "utf-8")
    reading = prove(open_briefing(tmp_path / "b.md"))
    assert "p. 1 (sheet 2 of 2) · ¶2" in cite.plain(reading, "q")
    assert json.loads(cite.csl(reading, "q"))[0]["page"] == "1"
    assert "  pages = {1},\n" in cite.bibtex(reading, "q")
    fragment = json.loads(cite.annotation(reading, "q"))["target"]["selector"][2]
    assert fragment["value"] == "page=2" and fragment["refinedBy"]["exact"] == "Nobody answered"
    for form in ("text", "markdown", "json", "csv"):
        assert "p. 1 (sheet 2 of 2)" in readout(tmp_path, "export", "b.md", "--format", form).stdout.replace("\\", "")
    schema = json.loads((ROOT / "docs" / "briefing.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(readout(tmp_path, "export", "b.md", "--format", "json").stdout), schema)
    assert "p. 1 (sheet 2 of 2)" in readout(tmp_path, "--plain", "b.md", typed="3\nq\n").stdout


def test_a_page_of_the_web_keeps_its_address_and_day(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    readout(tmp_path, "draft", "a.html", "-o", "b.md")
    made = parse((tmp_path / "b.md").read_text("utf-8")).briefing
    assert (made.title, made.sources[0].published, made.sources[0].url) == ("Ferry sails", "2026-05-08", "https://quay.example/ferry")


def test_an_interrupted_reading_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(*[lines(f"Page {number}.") for number in range(3000)]))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-m", "tui", "new", "a.pdf", "-o", "b.md"], cwd=tmp_path, stderr=subprocess.PIPE, env=environment, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        pytest.skip("this system does not list the children of a process")
    until = time.monotonic() + 30
    while not children.read_text() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130 and b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_old_briefings_stay_as_they_are(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "briefings", tmp_path / "briefings")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "readout.toml").touch()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    readout(tmp_path, "stamp", *(str(path) for path in before if path.name == "colombia-intelligence.md"))
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
