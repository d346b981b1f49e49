"""Documents to read: a long PDF of the bundled texts, short ones of other kinds, and the memory that reading takes."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from tests.samples import docx, lines, pdf

SHORT = 20_000
"""Characters."""
_LINES = 50
"""On a page."""


def _text(seeds: Path) -> str:
    news = " ".join(path.read_text("utf-8") for path in sorted(seeds.rglob("*.txt")))
    return " ".join(news.encode("cp1252", "ignore").decode("cp1252").split())


def make(path: Path, seeds: Path, pages: int) -> None:
    """Write a PDF of so many pages, each of 50 lines, with a head and a number."""
    wrapped = textwrap.wrap(_text(seeds), 90)
    every = []
    for number in range(pages):
        body = [wrapped[(number * _LINES + at) % len(wrapped)] for at in range(_LINES)]
        every.append([(72, 812, 9, "The bundled texts"), *lines(*body, y=780, size=10), (295, 30, 9, str(number + 1))])
    path.write_bytes(pdf(*every))


def short(folder: Path, seeds: Path) -> Iterator[Path]:
    """Write the same text as DOCX, mail, subtitles and text, and yield their paths."""
    words = textwrap.wrap(_text(seeds)[:SHORT].replace("<", "").replace("&", ""), 90)
    cues = (f"00:{at // 60:02}:{at % 60:02}.000 --> 00:59:59.000\n{line}" for at, line in enumerate(words))
    forms = {
        ".docx": docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words)),
        ".eml": ("From: a@b.example\nSubject: News\nMessage-ID: <1@b>\nMIME-Version: 1.0\n\n" + "\n".join(words)).encode(),
        ".vtt": ("WEBVTT\n\n" + "\n\n".join(cues)).encode(),
        ".txt": "\n\n".join(words).encode(),
    }  # fmt: skip
    for suffix, data in forms.items():
        path = folder / f"short{suffix}"
        path.write_bytes(data)
        yield path


def memory(path: Path) -> int:
    """Return the most bytes that a process has while it reads a PDF."""
    code = (
        "import resource, sys; from tui.documents.kinds import read; read('a.pdf', open(sys.argv[1], 'rb').read()); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024))"
    )
    return int(subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True).stdout)
