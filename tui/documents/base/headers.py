"""The headers of a mail that its text begins with, and how to know them there again."""

from __future__ import annotations

from tui.briefing.original import original_of

HEADERS = ("From", "To", "Cc", "Date", "Subject")
MAIL = "readout-mail"
"""The name of the extractor, without its version."""


def is_from_mail(text: str) -> bool:
    """Tell whether a text was taken from mail."""
    original = original_of(text)
    return original is not None and original.extractor.startswith(MAIL)


def is_header(paragraph: str) -> bool:
    return paragraph.partition(": ")[0] in HEADERS
