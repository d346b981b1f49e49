"""Read plain text that is in another charset than UTF-8."""

from __future__ import annotations

from tui.documents.base.charset import decoded
from tui.documents.base.document import Document


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused if the charset is not known."""
    text = decoded(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    return Document("text", text.replace("\f", "\n").rstrip("\n") + "\n", "readout-text 1")
