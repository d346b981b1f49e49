"""Read MHTML, a web page saved with its pictures in one file: its first HTML part is the page."""

from __future__ import annotations

from email.message import EmailMessage

from tui.briefing.problem import Refused, counted
from tui.documents.base.charset import decoded
from tui.documents.base.document import Document, Fact
from tui.documents.mail import parsed
from tui.documents.web.reading import page as read_page


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused."""
    message = parsed(data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes):
        raise Refused("there is no page in it; save the page again, as HTML or as text")
    found = read_page(decoded(payload, charset or _declared(page, payload), declared=True))
    address = _address(message, "Snapshot-Content-Location") or _address(page, "Content-Location")
    facts = [fact for fact in found.facts if not (fact.name == "url" and address)]
    facts += [Fact("url", address, "Content-Location:")] if address else []
    others = len(parts) - 1
    left = (*found.left_out, *((counted(others, "file of the page"),) if others else ()))
    return found._replace(kind="mhtml", facts=tuple(facts), left_out=left)


def _declared(part: EmailMessage, data: bytes) -> str:
    """Return the charset of the part's header, if the bytes are in it; browsers write a page in another than it says."""
    name = part.get_param("charset", "")
    if not isinstance(name, str) or not name:
        return ""
    try:
        data.decode(name)
    except (LookupError, ValueError):
        return ""
    return name


def _address(part: EmailMessage, header: str) -> str:
    value = "".join(str(part.get(header, "")).split())
    return value if value.startswith(("http://", "https://")) else ""
