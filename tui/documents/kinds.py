"""Tell what kind of document a file is, and what reads it: one table. A kind is told by the content, and by the name only
if the content leaves it open. To add one, add a line here and a module with `read(data, charset)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module

from tui.briefing.problem import Refused
from tui.briefing.record import NamedTuple
from tui.documents.base.document import PassedOver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.documents.base.document import Document

_HEAD = 4096
"""Bytes at the beginning of a file that tell its kind."""


class Kind(NamedTuple):
    words: str
    """What a person calls it: "PDF", "picture"."""
    suffixes: tuple[str, ...] = ()
    begins: tuple[bytes, ...] = ()
    read: str = ""
    """MODULE:FUNCTION below `tui.documents`, (bytes, charset) -> Document. "" if it cannot be read."""
    instead: str = ""
    """Why it cannot be read and what to do, if it cannot."""
    advice: str = ""
    """What to do in a word, for a line that counts many files."""
    apart: bool = False
    """Read in a process of its own, with limits: its library is not written in Python."""


_SAVE_AGAIN = "save it as .docx or PDF in the program that wrote it"
_SAVE_WORDS = "save the words that you need as .txt"
KINDS: Mapping[str, Kind] = {
    "pdf": Kind("PDF", ("pdf",), (b"%PDF-",), "pdf.reading:read", apart=True),
    "docx": Kind("Word document", ("docx", "docm"), read="docx:read"),
    "odt": Kind("ODT document", ("odt", "ott"), read="odt:read"),
    "rtf": Kind("RTF document", ("rtf",), (b"{\\rtf",), "rtf:read"),
    "mhtml": Kind("saved web page", ("mhtml", "mht"), read="mhtml:read"),
    "eml": Kind("mail", ("eml",), read="mail:read"),
    "mbox": Kind("mailbox", ("mbox", "mbx"), read="mail:read_mbox"),
    "vtt": Kind("subtitle file", ("vtt",), (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"), "captions:read"),
    "srt": Kind("subtitle file", ("srt",), read="captions:read"),
    "html": Kind("web page", ("html", "htm", "xhtml"), read="web.reading:read"),
    "text": Kind("text", ("txt", "md", "markdown", "text"), read="plain:read"),
    "doc": Kind(
        "Word 97 file", ("doc", "dot"), advice="save as .docx",
        instead=f"it is a Word 97-2003 file; {_SAVE_AGAIN}",
    ),
    "msg": Kind(
        "Outlook mail", ("msg",), advice="save as .eml",
        instead="it is an Outlook mail; save it as .eml, or print it to PDF",
    ),
    "encrypted": Kind(
        "encrypted document", advice="save without a password",
        instead="it is encrypted with a password; save it without one",
    ),
    "ole": Kind(
        "Office 97 file", (), (b"\xd0\xcf\x11\xe0",), advice="save as .docx",
        instead=f"it is a Word 97, Excel 97 or Outlook file; {_SAVE_AGAIN}, or a mail as .eml",
    ),
    "sheet": Kind(
        "spreadsheet", ("xlsx", "xls", "xlsm", "ods"), advice="print to PDF",
        instead="it is a spreadsheet, whose cells have no reading order; print what you need to PDF",
    ),
    "slides": Kind(
        "presentation", ("pptx", "ppt", "odp", "pps", "ppsx"), advice="print to PDF",
        instead="it is a presentation; print it to PDF and read that",
    ),
    "epub": Kind(
        "e-book", ("epub", "mobi", "azw3"), advice="convert to .docx or PDF",
        instead="it is an e-book; convert it to .docx or PDF",
    ),
    "archive": Kind(
        "archive", ("zip", "gz", "tar", "7z", "rar", "xz", "bz2", "tgz"),
        (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ", b"BZh"), advice="unpack",
        instead="it is an archive; unpack it and name the files in it",
    ),
    "picture": Kind(
        "picture", ("png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "webp", "heic", "svg"),
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), advice="ocrmypdf",
        instead="it is a picture, which has no words to verify; run ocrmypdf --image-dpi 300 IN OUT.pdf and read that",
    ),
    "media": Kind(
        "recording", ("mp3", "mp4", "m4a", "wav", "ogg", "opus", "flac", "avi", "mov", "mkv", "webm", "aac", "wma"),
        (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3"), advice="name the transcript",
        instead="it is sound or film; name its transcript (.vtt, .srt or .txt)",
    ),
    "json": Kind(
        "JSON file", ("json", "jsonl", "ndjson", "geojson"), advice="save the words as .txt",
        instead=f"it is JSON, which is data and not text; {_SAVE_WORDS}",
    ),
    "xml": Kind(
        "XML file", ("xml", "rss", "atom"), advice="save the words as .txt",
        instead=f"it is XML, which is data and not text; {_SAVE_WORDS}",
    ),
    "binary": Kind(
        "other file", advice="save the words as .txt",
        instead=f"it is not text, nor of a kind that can be read; {_SAVE_WORDS}",
    ),
    "empty": Kind("empty file", advice="get it again", instead="there is no text in it: the file is empty; get it again"),
}  # fmt: skip
_BY_SUFFIX = {suffix: name for name, kind in KINDS.items() for suffix in kind.suffixes}
_BY_NAME = frozenset({"eml", "mhtml", "mbox", "srt", "html", "json", "xml", "picture"})
"""Kinds of text that a name may tell if the content does not."""
_STREAMS = (
    ("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("__substg1.0", "msg"), ("PowerPoint Document", "slides"),
    ("Workbook", "sheet"),
)  # fmt: skip
_FOLDERS = (("word/", "docx"), ("xl/", "sheet"), ("ppt/", "slides"))
"""What the ZIP file of an Office program holds."""
_MIME_TYPES = (
    (b"opendocument.text", "odt"), (b"epub", "epub"), (b"opendocument.presentation", "slides"), (b"opendocument", "sheet"),
)  # fmt: skip
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]*: [^\n]*\n(?:[ \t][^\n]*\n)*){3,}\r?\n")
_OF_MAIL = re.compile(rb"(?im)^(?:message-id|mime-version|received|return-path|delivered-to): ")
_OF_PAGE = re.compile(rb"(?is)content-type:\s*multipart/related.{0,200}type=\"?(?:text/html|application/xhtml)")
_MBOX = re.compile(rb"From \S+[^\n]*\d\d:\d\d[^\n]*\r?\n[A-Za-z-]+: ")
_SRT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\d+\s*\n\d\d:\d\d:\d\d,\d{3} --> ")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|(?:html|head|body)[\s>])", re.S | re.I
)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*[\[{"])')


def named_document(name: str) -> bool:
    """Test whether a file is named like a document whose words a person reads, and that is not plain text; also if
    it is of a kind that cannot be read."""
    named = _BY_SUFFIX.get(_suffix(name), "")
    return named in ("doc", "msg") or (named not in ("", "text") and bool(KINDS[named].read))


def kind_of(name: str, data: bytes) -> str:
    """Return the key of KINDS for a file: a PDF called x.txt is a PDF."""
    head = data[:_HEAD]
    if not data.strip(b"\0 \n\r\t"):
        return "empty"
    for kind, entry in KINDS.items():
        if head.startswith(entry.begins):
            return _in_ole(data) if kind == "ole" else kind
    if b"%PDF-" in head[:1024] and not head.startswith(b"PK"):
        return "pdf"
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _in_zip(data, name)
    if head.startswith(b"RIFF"):
        return "picture" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in (b"heic", b"heif", b"mif1", b"avif") else "media"
    if head.startswith(b"BM") and b"\0" in head[:32]:
        return "picture"
    return _of_text(name, head, data)


def is_text(name: str, data: bytes) -> bool:
    """Tell whether a file is a text already: UTF-8, and of no other kind."""
    if kind_of(name, data) != "text" or b"\0" in data[:2]:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_text(name: str, head: bytes, data: bytes) -> str:
    """Return the kind of a file that has no signature: by how it begins, else by its name."""
    named = _BY_SUFFIX.get(_suffix(name), "")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or (named in ("eml", "text", "html") and b"\0" in head[:2])
    if b"\0" in head and not wide:
        return named if named and not KINDS[named].read else "binary"
    if _HTML.match(head):
        return "html"
    if _MBOX.match(head):
        return "mbox"
    if _HEADERS.match(data[:20_000]) and _OF_MAIL.search(head):
        return "mhtml" if _OF_PAGE.search(data[:20_000]) or named == "mhtml" else "eml"
    if _SRT.match(head):
        return "srt"
    if named in _BY_NAME:
        return named
    if _JSON.match(head) and _is_json(data):
        return "json"
    return "xml" if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") else "text"


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _is_json(data: bytes) -> bool:
    import json

    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _in_ole(data: bytes) -> str:
    """Return which program's file it is, by the names of the streams in it."""
    return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data), "ole")


def _in_zip(data: bytes, name: str) -> str:
    """Return what is in a ZIP file; of a damaged one, what its name says."""
    import io
    import zipfile

    try:
        box = zipfile.ZipFile(io.BytesIO(data))
        names = set(box.namelist())
        mime = box.read("mimetype")[:200] if "mimetype" in names else b""
    except Exception:  # zipfile raises many kinds of error on damage; the reader of the kind says what is wrong
        named = _BY_SUFFIX.get(_suffix(name), "")
        return named if named in ("docx", "odt", "sheet", "slides", "epub") else "archive"
    for folder, kind in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            return kind
    return next((kind for type_, kind in _MIME_TYPES if type_ in mime), "archive")


def read(name: str, data: bytes, charset: str = "") -> Document:
    """Read a document in this process. Raises Refused, and ImportError if a part that reads it is not installed."""
    kind = kind_of(name, data)
    entry = KINDS[kind]
    if not entry.read:
        raise PassedOver(entry.instead, entry.words, entry.advice)
    module, _, function = entry.read.partition(":")
    reader: Callable[[bytes, str], Document] = getattr(import_module(f"tui.documents.{module}"), function)
    found = reader(data, charset)
    if not re.search(r"\w", found.text):
        raise Refused("there are no words in it; open it in its own program and save it again")
    return found._replace(kind=kind)
