"""Small documents of each kind, made on the spot: PDF, DOCX, ODT, RTF, mail, subtitles, pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Placed = tuple[float, float, float, str]
"""Points from the left and from the bottom, size, words."""


def pdf(*pages: Sequence[Placed], labels: str = "", info: str = "", picture: bool = False) -> bytes:
    """A PDF of pages of placed words in Helvetica. `labels`: the PDF's own /Nums of page labels."""
    objects = ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for words in pages:
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, size, text in words)
        drawn += "0 0 m 100 100 l S\n" if picture else ""
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream")
        objects.append(f"<< /Type /Page /Parent TREE /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 1 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    tree = len(objects) + 1
    objects.append(f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>")
    numbers = f" /PageLabels << /Nums [{labels}] >>" if labels else ""
    objects += [f"<< /Type /Catalog /Pages {tree} 0 R{numbers} >>", f"<< {info} >>"]
    found, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(found))
        found += f"{number} 0 obj\n{body.replace('TREE', f'{tree} 0 R')}\nendobj\n".encode("cp1252")
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n<< /Size {len(objects) + 1} /Root {tree + 1} 0 R /Info {tree + 2} 0 R >>\n"
    return found + f"{end}startxref\n{len(found)}\n%%EOF\n".encode()


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def lines(*words: str, x: float = 72, y: float = 700, size: float = 12, step: float = 14) -> list[Placed]:
    return [(x, y - step * number, size, each) for number, each in enumerate(words)]


def zipped(**parts: str) -> bytes:
    """A ZIP file of these parts; two underscores in a name stand for a slash, three for a dot."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as box:
        for name, text in parts.items():
            box.writestr(zipfile.ZipInfo(name.replace("___", ".").replace("__", "/")), text)
    return found.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return zipped(word__document___xml=document, **parts)


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "draw", "table"))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(mimetype="application/vnd.oasis.opendocument.text", content___xml=content, **parts)


MAIL = (
    b"From: Mara Orl\xf6 <mara@harbour.example>\r\nTo: board@harbour.example\r\nDate: Fri, 08 May 2026 09:30:00 +0200\r\n"
    b"Subject: The crack\r\nMessage-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nI told the caf\xe9 owner in April.\r\n"
)
MBOX = b"From mara@harbour.example Fri May  8 09:30:00 2026\n" + MAIL.replace(b"\r\n", b"\n") + b"\n>From here on we sail.\n\n" + (
    b"From tom@harbour.example Sat May  9 10:00:00 2026\nFrom: Tom <tom@harbour.example>\nDate: Sat, 09 May 2026 10:00:00 +0200\n"
    b"Subject: Re: The crack\nMessage-ID: <2@harbour.example>\n\nNobody answered the letter.\n"
)
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/news\r\nSubject: News\r\n"
    b'Date: Fri, 8 May 2026 09:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/html\r\nContent-Location: https://harbour.example/news\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><body><article><h1>Ferry</h1><p>The ferry company denied on Friday that it had known of the crack=\r\n in frame nine.</p></article></body></html>\r\n"
    b"--b\r\nContent-Type: image/png\r\nContent-Location: https://harbour.example/a.png\r\n\r\nx\r\n--b--\r\n"
)
VTT = (
    b"WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Anna Keller>We had no report\n\n"
    b"2\n00:00:03.000 --> 00:00:05.000\n<v Anna Keller>of any kind.\n\n3\n00:01:05.500 --> 00:01:07.000\n<v Tom Brandt>Nobody told me.\n"
)
SRT = b"1\r\n00:00:01,000 --> 00:00:03,000\r\nANNA KELLER: We had no <i>report</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,000\r\nof any kind.\r\n"
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Times CYR;}}{\info{\title The log}{\author M. Orlo}}\f0 The store held 10{\super 6} grains.{\footnote It was not tested.} M\'fcnchen \u8212? \f1\'cc\'ee\'f1\'ea\'e2\'e0\f0\par{\v secret}{\deleted gone} Nobody asked.\par\trowd Monday\cell two sailings\cell\row}"
PAGE = (
    b'<!doctype html><html lang="en"><head><title>Ferry | The Quay</title><meta charset="utf-8"><link rel="canonical" href="https://quay.example/ferry">'
    b'<meta property="og:site_name" content="The Quay"><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails", '
    b'"author": [{"name": "Mara Orlo"}], "datePublished": "2026-05-08T09:30:00+02:00"}</script><style>.off{display:none}</style></head><body>'
    b'<nav><a href="/">Home</a> <a href="/news">News</a></nav><div class="cookie-banner">We use cookies to serve you better.</div>'
    b'<article><h1>Ferry sails</h1><p>On <time datetime="2026-05-08">8 May 2026</time> the company said <q>we had no re&shy;port</q> of it.</p>'
    b"<p>The store held 10<sup>6</sup> grains<br>of the white powder, <del>which was tested</del> and nobody asked.<span hidden>never shown</span></p>"
    b'<p class="off">also never shown</p><div class="related-articles"><a href="/a">Ten ferries you must see</a><a href="/b">More ferries</a></div></article>'
    b"<footer>Imprint</footer></body></html>"
)
REPORT = pdf(
    lines("Ten vessels came, and the harbour master said of them that no vessel", "was turned away in winter. The second pilot told another story of it."),
    lines("Nobody answered the letter."),
)
SAMPLES: dict[str, bytes] = {
    "a.pdf": REPORT,
    "a.docx": docx("<w:p><w:r><w:t>The ferry will sail on Mondays.</w:t></w:r></w:p>"),
    "a.odt": odt("<text:p>The ferry will sail on Mondays.</text:p>"),
    "a.rtf": RTF, "a.eml": MAIL, "a.mbox": MBOX, "a.mhtml": MHTML, "a.vtt": VTT, "a.srt": SRT, "a.html": PAGE,
    "a.txt": "The ferry will sail on Mondays, in the morning, said the café.\n".encode("utf-16"),
}  # fmt: skip
