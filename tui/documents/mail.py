"""Read mail: who wrote to whom and when as the first paragraphs, then the words. Quoted lines keep their "> "."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from tui.briefing.problem import Refused, counted
from tui.documents.base import charset as charsets
from tui.documents.base.document import Document, Fact, joined
from tui.documents.base.headers import HEADERS, MAIL
from tui.documents.base.wrapped import paragraphs

_FACTS = {"From": "author", "Subject": "title"}
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURE = "-- "
_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\d\d:\d\d[^\n]*\n")
"""The line before each message of an MBOX."""
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_DECLARED = re.compile(rb"(?i)charset=[\"']?([\w.:-]+)")
_BROKEN = (LookupError, ValueError, TypeError, AttributeError)
"""What the email package raises on damaged headers and charsets that it does not know."""


def read(data: bytes, charset: str = "") -> Document:
    """Read one message. Raises Refused."""
    message = _Message(_as_bytes(data), charset)
    return Document("eml", joined(message.paragraphs), f"{MAIL} 1", (), "", tuple(message.facts), tuple(message.left))


def read_mbox(data: bytes, charset: str = "") -> Document:
    """Read a mailbox, a page a message. Raises Refused."""
    parts = [part for part in _BEGINS.split(data) if part.strip()]
    messages = [_Message(_ESCAPED.sub(rb"\1", part), charset) for part in parts]
    text = "\n\n\f\n\n".join(joined(message.paragraphs).strip() for message in messages) + "\n"
    labels = tuple(message.label(number) for number, message in enumerate(messages, 1))
    left = [f"message {number}: {each}" for number, message in enumerate(messages, 1) for each in message.left]
    return Document("mbox", text, f"{MAIL} 1", labels, "message", (), tuple(left))


def parsed(data: bytes) -> EmailMessage:
    """Return a message. Headers in 8-bit characters, which no rule allows, are read as UTF-8 or as the body's charset."""
    end = _HEADER_END.search(data)
    head = data[: end.start()] if end else data
    if not head.isascii():
        try:
            head.decode("utf-8")
        except UnicodeDecodeError:
            declared = _DECLARED.search(data)
            name = charsets.named(declared[1].decode("ascii")) if declared else "cp1252"
            head = head.decode(name if name != "utf-8" else "cp1252", "replace").encode()
            data = head + (data[end.start() :] if end else b"")
    return email.message_from_bytes(data, policy=email.policy.default)


def _as_bytes(data: bytes) -> bytes:
    """Return a message that was saved as UTF-16 as UTF-8."""
    for name, mark in (("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            return data.decode(name, "replace").encode()
    if len(data) > 8 and b"\0" in data[:8]:
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


class _Message:
    """The paragraphs of one message, what it says about itself, and what was left out."""

    def __init__(self, data: bytes, charset: str) -> None:
        self.paragraphs: list[str] = []
        self.facts: list[Fact] = []
        self.left: list[str] = []
        message = parsed(data)
        if message.get_content_type() in _ENCRYPTED:
            raise Refused("it is encrypted; save its words from the mail program that can read it")
        self._headers(message)
        body = _body(message)
        if body is not None:
            self.paragraphs += self._words(body, charset)
        self.left += [_named(part) for part in _others(message, body)]

    def label(self, number: int) -> str:
        published = next((fact.value for fact in self.facts if fact.name == "published"), "")
        return f"message {number}" + (f", {published[:10]}" if published else "")

    def _headers(self, message: EmailMessage) -> None:
        for name in HEADERS:
            try:
                value = " ".join(str(message.get(name, "")).split())
            except _BROKEN:
                self.left.append(f"the header {name}, which is damaged")
                continue
            if value:
                self.paragraphs.append(f"{name}: {value}")
                self.facts += [Fact(_FACTS[name], value, f"{name}:")] if name in _FACTS else []
        try:
            self.facts.append(Fact("published", parsedate_to_datetime(str(message["Date"])).isoformat(), "Date:"))
        except (*_BROKEN, IndexError, OverflowError):
            pass

    def _words(self, part: Message, charset: str) -> list[str]:
        text = self._decoded(part, charset).replace("\r\n", "\n")
        if part.get_content_type() == "text/html":
            from tui.documents.web.reading import visible

            return visible(text)
        return [*_paragraphs(part, text.split("\n"))]

    def _decoded(self, part: Message, charset: str) -> str:
        """Return a part's text: in the charset that the person named, else its own, else UTF-8."""
        try:
            payload = part.get_payload(decode=True)
        except _BROKEN:
            payload = None
        data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
        if charset:
            return charsets.decoded(data, charset)
        declared = part.get_param("charset", "us-ascii")
        name = charsets.named(declared if isinstance(declared, str) else "utf-8")
        for each in (name, "utf-8"):
            try:
                return data.decode(each)
            except UnicodeDecodeError:
                continue
        text = data.decode(name, "replace")
        self.left.append(f"{counted(text.count(chr(0xFFFD)), 'byte')} that the charset {declared} does not have")
        return text


def _body(message: EmailMessage) -> Message | None:
    try:
        return message.get_body(("plain", "html"))
    except _BROKEN:
        return next((part for part in message.walk() if part.get_content_maintype() == "text"), None)


def _others(message: EmailMessage, body: Message | None) -> Iterator[Message]:
    """Yield the parts that are not read: attachments, pictures, other forms of the body."""
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        if part is body:
            continue
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            stack += [each for each in reversed(inner) if isinstance(each, Message)]
        elif part is not message or body is None:
            yield part


def _named(part: Message) -> str:
    try:
        name = part.get_filename()
    except _BROKEN:
        name = None
    kind = part.get_content_type()
    if kind == "message/rfc822" and not name:
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        name = str(first.get("Subject", "")) if isinstance(first, Message) else ""
        return f"attached message: {' '.join(name.split())}"
    return f"attachment: {' '.join(name.split())}" if name else f"another part: {kind}"


def _paragraphs(part: Message, lines: list[str]) -> Iterator[str]:
    """Yield the paragraphs of plain text, each with "> " for every level of quoting."""
    flowed = part.get_param("format", "") == "flowed"
    delsp = part.get_param("delsp", "") == "yes"
    run: list[str] = []
    depth = 0
    for line in [*lines, None]:
        marks, rest = (0, "") if line is None else _unquoted(line, flowed)
        if marks != depth or line in (None, _SIGNATURE):
            found = _flowed(run, delsp) if flowed else paragraphs(run)
            yield from (f"{'> ' * depth}{each}" for each in found if each.strip())
            run, depth = [], marks
        if line != _SIGNATURE:
            run.append(rest)


def _unquoted(line: str, flowed: bool) -> tuple[int, str]:
    """Return (how deep a line is quoted, its words)."""
    marks = re.match(r">*" if flowed else r"(?:>[ ]?)+(?=[^>]|$)", line)
    rest = line[marks.end() if marks else 0 :]
    return (marks[0].count(">") if marks else 0), rest[1:] if flowed and rest.startswith(" ") else rest


def _flowed(run: list[str], delsp: bool) -> list[str]:
    """Join lines as RFC 3676 says: one that ends with a blank goes on in the next."""
    found: list[str] = []
    on = False
    for line in run:
        words = line[:-1] if delsp and line.endswith(" ") else line
        if on and found:
            found[-1] += words
        else:
            found.append(words)
        on = line.endswith(" ")
    return [each.strip() for each in found]
