"""Read a PDF with PDFium. Damaged pages are named and the others are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.briefing.problem import Refused, counted
from tui.documents.base.document import Document, Fact, PassedOver
from tui.documents.pdf.flow import flow, spelling
from tui.documents.pdf.line import Line
from tui.documents.pdf.order import blocks, body_size
from tui.documents.pdf.page import Places, lines, on_page
from tui.documents.pdf.running import without_running

if TYPE_CHECKING:
    import pypdfium2

VERSION = "3"
"""Raise it if the same file gives another text."""
MOST = 10_000
"""Pages."""
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""What stands for a character whose font has no table of what its codes mean."""
_NOBODY = frozenset({"anonymous", "unknown", "untitled", "(anonymous)", "(unspecified)"})
"""What programs write if nobody told them an author or a title."""
_SCAN = "run ocrmypdf IN.pdf OUT.pdf and read that"


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused, and ImportError if pypdfium2 is not installed."""
    import pypdfium2

    pdf = _opened(data)
    pages, damaged, cut = _pages(pdf)
    _refuse_without_text(pdf, pages)
    running = without_running(pages)
    left = [*running.left_out]
    left += [f"text outside the edges of the page (on {counted(cut, 'page')})"] if cut else []
    left += [f"{'page' if len(damaged) == 1 else 'pages'} {', '.join(damaged)}: damaged, cannot be read"] if damaged else []
    empty = sum(not page for page in pages) - len(damaged)
    left += [f"{empty} of {len(pages)} pages have no text (pictures)"] if empty else []
    size = body_size(running.pages)
    text = flow([blocks(page, size) for page in running.pages], spelling(running.pages))
    labels = tuple(pdf.get_page_label(number).strip() or str(number + 1) for number in range(len(pages)))
    extractor = f"readout-pdf {VERSION}, PDFium {pypdfium2.PDFIUM_INFO.build}"
    return Document("pdf", text, extractor, labels, "page", _facts(pdf, text), tuple(left))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            words = "it is encrypted and opens with a password only; save it without one"
            raise PassedOver(words, "encrypted PDF", "save without a password") from None
        raise Refused("it is damaged: no PDF can be read from it; get it again, or print it to a new PDF") from None
    if count > MOST:
        raise Refused(f"it has {count:,} pages, more than {MOST:,}; split it")
    return pdf


def _pages(pdf: pypdfium2.PdfDocument) -> tuple[list[list[Line]], list[str], int]:
    """Return (the lines of each page, the numbers of the pages that cannot be read, how many pages have text outside
    their edges)."""
    import pypdfium2

    places = Places()
    pages, damaged, cut = [], [], 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            textpage = page.get_textpage()
            found = lines(textpage, places)
            pages.append(on_page(found, page, places))
            cut += len(pages[-1]) < len(found)
            textpage.close()
            page.close()
        except pypdfium2.PdfiumError:
            pages.append([])
            damaged.append(str(number + 1))
    return pages, damaged, cut


def _refuse_without_text(pdf: pypdfium2.PdfDocument, pages: list[list[Line]]) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    if not re.search(r"\w", text) and not _UNMAPPED.search(text):
        if _has_pictures(pdf):
            words = f"there is no text in it: a scan of {counted(len(pages), 'page')}; {_SCAN}"
            raise PassedOver(words, "scan", "ocrmypdf")
        raise Refused(f"there is no text in it: {counted(len(pages), 'page')} without text or pictures; get the file again")
    if len(_UNMAPPED.findall(text)) > 0.3 * len("".join(text.split())):
        words = f"its fonts do not say which characters they show, so its text cannot be read; {_SCAN}"
        raise PassedOver(words, "PDF without character codes", "ocrmypdf")


def _has_pictures(pdf: pypdfium2.PdfDocument) -> bool:
    import pypdfium2
    import pypdfium2.raw as raw

    for number in range(min(len(pdf), 10)):
        try:
            if any(True for _ in pdf[number].get_objects([raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
                return True
        except pypdfium2.PdfiumError:
            continue
    return False


def _facts(pdf: pypdfium2.PdfDocument, text: str) -> tuple[Fact, ...]:
    """Return what the PDF says about itself. A title counts only if the text has it too: many are file names. The day on
    which the file was made is not the day on which it was published."""
    found = []
    for key, name in (("Title", "title"), ("Author", "author")):
        value = " ".join(pdf.get_metadata_value(key).replace("\0", " ").split())
        if value and value.lower() not in _NOBODY and (name != "title" or _squeezed(value) in _squeezed(text)):
            found.append(Fact(name, value, f"PDF {key}"))
    return tuple(found)


def _squeezed(text: str) -> str:
    return " ".join(text.lower().split())
