"""Mail, mailboxes, saved pages and subtitles."""

from __future__ import annotations

import base64

import pytest

from tests.samples import MAIL, MBOX, MHTML, SRT, VTT
from tui.documents import captions, mail, mhtml
from tui.documents.base.wrapped import paragraphs

HEAD = b"From: a@b.example\nSubject: Hello\nMessage-ID: <1@b>\nMIME-Version: 1.0\n"


def body(rest: bytes) -> list[str]:
    return mail.read(HEAD + rest).text.rstrip("\n").split("\n\n")[2:]


def test_headers_are_paragraphs_and_facts_also_in_eight_bit_characters() -> None:
    made = mail.read(MAIL)
    assert made.text.startswith("From: Mara Orlö <mara@harbour.example>\n\nTo: board@harbour.example\n\nDate: Fri, 08 May 2026 09:30:00 +0200\n\nSubject: The crack\n\n")
    assert made.text.endswith("I told the café owner in April.\n")
    assert [(fact.name, fact.value, fact.where) for fact in made.facts] == [
        ("author", "Mara Orlö <mara@harbour.example>", "From:"), ("title", "The crack", "Subject:"), ("published", "2026-05-08T09:30:00+02:00", "Date:"),
    ]  # fmt: skip


def test_encoded_headers_and_a_date_that_is_none() -> None:
    made = mail.read(b"From: =?utf-8?q?J=C3=B6rg?= <a@b.example>\nSubject: =?iso-8859-1?B?Y2Fm6Q==?=\nDate: yesterday\nMIME-Version: 1.0\n\nText.\n")
    assert [fact.value for fact in made.facts] == ["Jörg <a@b.example>", "café"]


def test_flowed_lines_are_joined_and_quoted_ones_keep_their_marks() -> None:
    made = body(b"Content-Type: text/plain; format=flowed\n\nI measured the crack \nat night.\n\n> Did you tell \n> anyone?\n>> Nobody.\n\n-- \nMara\n")
    assert made == ["I measured the crack at night.", "> Did you tell anyone?", "> > Nobody.", "Mara"]


def test_parts_that_are_not_read_are_listed() -> None:
    parts = (
        b'Content-Type: multipart/mixed; boundary="m"\n\n--m\nContent-Type: multipart/alternative; boundary="a"\n\n--a\nContent-Type: text/plain\n\nPlain words.\n--a\n'
        b"Content-Type: text/html\n\n<p>Rich words.\n--a--\n--m\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"log.pdf\"\nContent-Transfer-Encoding: base64\n\nAAAA\n"
        b"--m\nContent-Type: message/rfc822\n\nSubject: Older\n\nText.\n--m--\n"
    )
    made = mail.read(HEAD + parts)
    assert made.text.endswith("Plain words.\n") and "Rich" not in made.text
    assert made.left_out == ("another part: text/html", "attachment: log.pdf", "attached message: Older")


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        (b"Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode("Никто".encode("cp1251")), "Никто"),
        (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nca=\nf=C3=A9", "café"),
        (b"Content-Type: text/html; charset=utf-8\n\n<html><body><p>One <b>two</b></p><p>three", "One two\n\nthree"),
        (b"Content-Type: text/plain; charset=x-nobody\n\ncaf\xc3\xa9", "café"), (b"Content-Type: text/plain; charset=us-ascii\n\n\x93Yes\x94", "“Yes”"),
    ],
)  # fmt: skip
def test_bodies_are_decoded(rest: bytes, text: str) -> None:
    assert "\n\n".join(body(rest)) == text


def test_bytes_that_a_charset_does_not_have_are_counted() -> None:
    made = mail.read(HEAD + b"Content-Type: text/plain; charset=utf-8\n\ncaf\xe9 is here")
    assert made.left_out == ("1 byte that the charset utf-8 does not have",)


def test_a_mailbox_has_a_page_a_message() -> None:
    made = mail.read_mbox(MBOX)
    assert made.pages == ("message 1, 2026-05-08", "message 2, 2026-05-09") and made.unit == "message"
    first, second = made.text.split("\f")
    assert "From here on we sail." in first and "Nobody answered" in second


def test_a_saved_page_is_its_first_html_part_with_its_address() -> None:
    made = mhtml.read(MHTML)
    assert "had known of the crack in frame nine." in made.text and "Saved by" not in made.text
    assert made.fact("url") == "https://harbour.example/news" and "1 file of the page" in made.left_out


def test_voices_speak_paragraphs_with_times_as_places() -> None:
    made = captions.read(VTT)
    assert made.text == "Anna Keller: We had no report of any kind.\n\n\f\n\nTom Brandt: Nobody told me.\n"
    assert made.pages == ("00:00:01", "00:01:05") and made.left_out == ("1 note",)
    assert captions.read(SRT).text == "ANNA KELLER: We had no report of any kind.\n"
    assert captions.read(b"\xef\xbb\xbf" + SRT).text == captions.read(SRT).text
    assert captions.read("1\n00:00:01,000 --> 00:00:02,000\nIm Café\n".encode("cp1252"), "cp1252").text == "Im Café\n"


def test_rolling_captions_say_each_line_once() -> None:
    said = ["we had no", "report of any", "kind he said"]
    rolling = "WEBVTT\n\n" + "".join(f"00:0{at}:00.000 --> 00:0{at}:09.000\n{one}\n{two}\n\n" for at, (one, two) in enumerate(zip(["", *said], [*said, ""])))
    assert captions.read(rolling.encode()).text == "we had no report of any kind he said\n"


def test_two_dashes_in_a_caption_are_two_speakers() -> None:
    made = captions.read(b"1\n00:00:01,000 --> 00:00:02,000\n- Did you tell anyone?\n- Nobody.\n")
    assert made.text == "Did you tell anyone?\n\n\f\n\nNobody.\n"


def test_wrapped_lines_are_joined_and_others_are_left() -> None:
    wrapped = ["The ferry company denied on Friday that it had known of the crack", "in frame nine, and said so to the board in a letter of last winter.", "Nobody answered it.", "The mate wrote again in April to the office of the harbour master and", "kept a copy."]
    assert paragraphs(wrapped) == [" ".join(wrapped[:3]), " ".join(wrapped[3:])]
    assert paragraphs(["Dear Tom,", "yes.", "Mara"]) == ["Dear Tom,", "yes.", "Mara"]
