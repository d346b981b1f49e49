"""Any document becomes a text with pages, or a refusal of one line that says what to do."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT, SEED, many
from tests.samples import MAIL, SAMPLES, docx, odt, pdf, zipped
from tui.briefing.problem import Refused
from tui.documents import apart
from tui.documents.apart import document, missing
from tui.documents.base.charset import decoded
from tui.documents.kinds import KINDS, kind_of


def refusal(name: str, data: bytes, charset: str = "") -> str:
    with pytest.raises(Refused) as caught:
        document(name, data, charset)
    words = str(caught.value)
    assert "\n" not in words and ";" in words, "one line, with what to do"
    return words


@pytest.mark.parametrize("name", SAMPLES)
def test_each_kind_is_told_by_its_content_whatever_its_name(name: str) -> None:
    kind = kind_of(name, SAMPLES[name])
    assert kind == {"txt": "text"}.get(name[2:], name[2:])
    assert kind_of("named.xyz", SAMPLES[name]) == kind
    assert document(name, SAMPLES[name]).kind == kind


@pytest.mark.parametrize("name", SAMPLES)
def test_form_feeds_separate_pages_and_nothing_else(name: str) -> None:
    found = document(name, SAMPLES[name])
    assert found.text.count("\f") == max(1, len(found.pages)) - 1
    assert bool(found.pages) == bool(found.unit)
    assert found.text.endswith("\n") and "\r" not in found.text and "\ufffe" not in found.text and "\x02" not in found.text


def test_a_pdf_called_txt_is_a_pdf_and_a_text_called_eml_is_mail_only_with_headers() -> None:
    assert kind_of("x.txt", SAMPLES["a.pdf"]) == "pdf"
    assert kind_of("x.txt", b"\n" * 9 + SAMPLES["a.pdf"]) == "pdf"
    assert kind_of("x.txt", MAIL) == "eml"
    assert kind_of("x.txt", b"From: my notes\nTo: nobody\n\nA text.\n") == "text"
    assert kind_of("x.md", b"[a list]: of links\n") == "text"


REFUSED = [
    ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(100), "it is a Word 97"),
    ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(100) + "WordDocument".encode("utf-16-le"), "it is a Word 97-2003 file; save it as .docx"),
    ("a.msg", b"\xd0\xcf\x11\xe0" + bytes(100) + "__substg1.0_0037".encode("utf-16-le"), "save it as .eml"),
    ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "it is encrypted"),
    ("a.xlsx", zipped(xl__workbook___xml="<x/>"), "it is a spreadsheet"),
    ("a.pptx", zipped(ppt__presentation___xml="<x/>"), "it is a presentation"),
    ("a.epub", zipped(mimetype="application/epub+zip"), "it is an e-book"),
    ("a.zip", zipped(a___txt="text"), "it is an archive"),
    ("a.gz", b"\x1f\x8b\x08" + bytes(30), "it is an archive"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(30), "it is a picture"),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(30), "ocrmypdf"),
    ("a.mp3", b"ID3\x03" + bytes(30), "name its transcript"),
    ("a.mp4", b"\0\0\0\x18ftypmp42" + bytes(30), "name its transcript"),
    ("a.json", b'{"a": 1}', "it is JSON"),
    ("a.txt", b'[{"a": "b"}]', "it is JSON"),
    ("a.xml", b"<?xml version='1.0'?><rss/>", "it is XML"),
    ("a.bin", bytes(range(256)), "it is not text"),
    ("a.txt", b" \n\0", "the file is empty"),
    ("a.txt", b"caf\xe9 is here", "name it with --charset: --charset cp1252 reads “café is here”"),
    ("a.html", b"<html><meta charset=x-none><p>caf\xe9", "--charset"),
    ("a.pdf", pdf([], picture=True), "there is no text in it: a scan of 1 page; run ocrmypdf"),
    ("a.pdf", b"%PDF-1.7\nnothing", "it is damaged"),
    ("a.docx", zipped(word__other___xml="<x/>"), "there is no document in it"),
    ("a.docx", docx("<w:p>").replace(b"</w:document>", b"</w:documenx>"), "it is damaged"),
    ("a.docx", docx("<!DOCTYPE x [<!ENTITY a 'b'>]>"), "declares entities"),
    ("a.odt", odt("", META_INF__manifest___xml="<m/>").replace(b"META_INF", b"META-INF"), "there are no words"),
    ("a.srt", b"no times at all\n", "there are no captions in it"),
    ("a.html", b"<html><body><script>x</script></body></html>", "there are no words"),
    ("a.eml", b"From: a\nTo: b\nSubject: c\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=x\n\nsecret", "it is encrypted"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=lambda number: f"{number}-{REFUSED[number][0]}")
def test_what_cannot_be_read_is_refused_in_one_line(number: int) -> None:
    name, data, words = REFUSED[number]
    assert words in refusal(name, data)


def test_more_than_ten_thousand_pages_are_refused() -> None:
    assert "more than 10,000; split it" in refusal("a.pdf", pdf(*[[]] * 10_001))


def test_an_encrypted_odt_is_refused() -> None:
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert "it is encrypted" in refusal("a.odt", odt("<text:p>x</text:p>", **{"META-INF__manifest___xml": manifest}))


def test_a_charset_is_taken_from_the_person_the_mark_or_the_page_and_never_guessed() -> None:
    russian = "Никто не ответил"
    assert decoded(russian.encode("cp1251"), "cp1251") == russian
    for name in ("utf-8-sig", "utf-16", "utf-32"):
        assert decoded(russian.encode(name)) == russian
    page = f'<meta charset="windows-1251"><p>{russian}'
    assert decoded(page.encode("cp1251"), declared=True) == page
    assert decoded(page.encode(), declared=True) == page, "what is UTF-8 is UTF-8, whatever it declares"
    assert decoded("<meta charset=iso-8859-1>“Yes”".encode("cp1252"), declared=True).endswith("“Yes”")
    assert "no-such" in refusal("a.txt", russian.encode("cp1251"), "no-such")
    assert "byte 0x98" in refusal("a.txt", b"\x98", "cp1251")
    assert "--charset utf-16-le reads “Nobody" in refusal("a.txt", "Nobody came".encode("utf-16-le"))
    assert "rot13" in refusal("a.txt", b"abc", "rot13")


def test_a_missing_part_is_named_with_the_command_for_this_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    words = missing(ModuleNotFoundError("No module named 'pypdfium2'", name="pypdfium2"))
    assert words == f"reading a PDF needs pypdfium2: {sys.executable} -m pip install pypdfium2"
    assert "libfoo.so" in missing(ImportError("libfoo.so: cannot open shared object file"))
    monkeypatch.setattr(apart, "_START", "import sys; sys.modules['pypdfium2'] = None; " + apart._START)
    with pytest.raises(Refused, match="-m pip install pypdfium2"):
        document("a.pdf", SAMPLES["a.pdf"])


def test_a_reader_that_hangs_or_takes_too_much_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", -4)
    monkeypatch.setattr(apart, "_START", "import time; time.sleep(60)")
    assert "it was not read within" in refusal("a.pdf", SAMPLES["a.pdf"])
    monkeypatch.setattr(apart, "SECONDS", 60)
    monkeypatch.setattr(apart, "_START", "import os; os.abort()")
    assert "of memory" in refusal("a.pdf", SAMPLES["a.pdf"])


def test_a_bomb_in_a_pdf_is_a_refusal_of_one_line() -> None:
    packed = zlib.compress(zlib.compress(bytes(300 << 20), 9), 9)
    body = b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    body += b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(packed)
    refusal("a.pdf", body + packed + b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n")


def test_the_current_folder_is_not_imported_from(tmp_path: Path) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit('imported from here')\n")
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "__init__.py").write_text("raise SystemExit('imported from here')\n")
    code = "import sys; sys.path[0] = sys.argv[1]; from tui.documents.apart import document; print(document('a.pdf', open('a.pdf', 'rb').read()).kind)"
    (tmp_path / "a.pdf").write_bytes(SAMPLES["a.pdf"])
    done = subprocess.run([sys.executable, "-c", code, str(ROOT)], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "pdf\n", done.stderr


@pytest.mark.parametrize("words", [["check", "briefings"], ["export", "briefings/colombia-intelligence.md"], ["--plain", "briefings/colombia-intelligence.md"]])
def test_who_reads_briefings_imports_nothing_of_documents(words: list[str]) -> None:
    code = f"import sys; from tui import cli; sys.stdin.close; cli.main({words!r}); print([m for m in sys.modules if 'documents' in m or 'pdfium' in m], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, input="q\n")
    assert done.stderr.splitlines()[-1] == "[]", done.stderr


def test_who_drafts_a_text_imports_no_reader_of_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Jane Roe said on Monday that nobody had answered the letter.\n")
    code = f"import sys; from tui import cli; cli.main(['new', {str(tmp_path / 'a.txt')!r}]); print([m for m in sys.modules if m in ('zipfile', 'email.message', 'html.parser', 'pypdfium2', 'subprocess', 'tui.documents.docx')], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]", done.stderr


def test_every_kind_is_read_or_says_what_to_do() -> None:
    for kind in KINDS.values():
        assert kind.read or (";" in kind.instead and kind.advice)


@pytest.mark.fuzz
@pytest.mark.parametrize("name", SAMPLES)
def test_damage_is_read_or_refused_and_never_an_error(name: str) -> None:
    random = Random(f"{SEED}{name}")
    for _ in range(many(12 if name == "a.pdf" else 40, 500)):
        data = bytearray(SAMPLES[name])
        for _ in range(random.choice((1, 3, 30))):
            at = random.randrange(len(data))
            how = random.randrange(4)
            if how == 0:
                data[at] = random.randrange(256)
            elif how == 1:
                del data[at : at + random.randrange(1, 40)]
            elif how == 2:
                data[at:at] = data[max(0, at - random.randrange(60)) : at]
            else:
                data[at : at + 4] = random.randbytes(4)
            if not data:
                break
        try:
            found = document(name, bytes(data))
        except Refused as refused:
            assert "\n" not in str(refused) and "{" not in str(refused)[:1]
        else:
            found.text.encode("utf-8")
            assert found.text.count("\f") == max(1, len(found.pages)) - 1
