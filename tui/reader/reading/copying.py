"""Copy (`y`, `Y`, `F`): a row with its citation, to the terminal's clipboard (OSC 52), bare on the screen, or into a file.

A terminal does not answer, so what is said is that the text was sent, never that it was copied.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.reader.terminal import capabilities as terminal
from tui.reader.widgets.line_buffer import Buffer
from tui.reader.widgets.prompt import Asking
from tui.reader.widgets.sheet import Entry

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk

LIMIT = 64 * 1024
"""Bytes of the base64 form that terminals are known to take."""


def copy(screen: Desk, ref: str, form: str = "plain") -> None:
    """Send the citation of an item or passage, or say why not."""
    text = cited(screen, ref, form)
    if text is None:
        screen.say("there is nothing to copy in this row")
    else:
        send(screen, text)


def cited(screen: Desk, ref: str, form: str) -> str | None:
    from tui.briefing.cite import FORMS

    try:
        return FORMS[form](screen.reading, ref)
    except KeyError:
        return None


def send(screen: Desk, text: str) -> None:
    doubt = ", and UNPROVEN" if "UNPROVEN" in text else ""
    if not terminal.of().clipboard:
        bare(screen, text, "this terminal is not known to have a clipboard")
    elif len(base64.b64encode(text.encode())) > LIMIT:
        bare(screen, text, f"{len(text):,} characters are more than a terminal's clipboard takes")
    else:
        screen.app.copy_to_clipboard(text)
        screen.say(f"sent to the terminal, {len(text):,} characters{doubt}")


def bare(screen: Desk, text: str, why: str = "") -> None:
    """Print the text alone on the terminal's own screen, to be selected there."""
    if screen.app.kiosk:
        screen.say(f"{why}; the mouse selects what is on the screen" if why else "not available in kiosk mode")
        return
    try:
        with screen.app.suspend():
            shown = text if terminal.of().unicode else "\n".join(map(terminal.plain, text.split("\n")))
            print(f"\n{shown}\n\n-- {why + '; ' if why else ''}select it, then press Enter to return to Readout")
            with suppress(EOFError, KeyboardInterrupt):
                input()
    except SuspendNotSupported:
        screen.say(f"{why or 'it'}; {screen.called('copy.as') or 'another key'} writes it to a file")
        return
    screen.app.repaint()


def write(screen: Desk, text: str, name: str) -> str:
    """Write into a new file, never over one that is there. Return why it could not be written, "" if it was."""
    from tui.briefing.files import Unwritten, save

    path = Path(name).expanduser()
    try:
        save(path, text if text.endswith("\n") else text + "\n")
    except FileExistsError:
        return "this file exists; choose another name"
    except (Unwritten, RuntimeError) as error:
        return str(error)
    screen.say(f"written to {path}, {len(text):,} characters")
    return ""


def choose(screen: Desk, ref: str) -> None:
    """Let the form be chosen, and where it goes."""
    if cited(screen, ref, "plain") is None:
        screen.say("there is nothing to copy in this row")
        return
    from tui.briefing.cite import FORMS, words_for

    names = {form: words_for(form) for form in FORMS}
    entries = [Entry("to the terminal's clipboard", heading=True), *(Entry(words, ref=form) for form, words in names.items())]
    entries += [Entry("elsewhere", heading=True), Entry("Plain text on the screen to select with the mouse", ref="bare")]
    entries += [Entry(f"into a file: {words}", ref=f"file {form}") for form, words in names.items()]

    def chosen(what: str) -> None:
        if what == "bare":
            bare(screen, cited(screen, ref, "plain") or "")
        elif what.startswith("file "):
            text = cited(screen, ref, what.removeprefix("file ")) or ""
            _ask_name(screen, text)
        else:
            copy(screen, ref, what)

    screen.present("Copy as", lambda: entries, chosen=chosen, does="copies")


def _ask_name(screen: Desk, text: str, name: str = "", why: str = "") -> None:
    """Ask for the name of a new file until the text is written or the reader gives up."""

    def ended(typed: str | None) -> None:
        wrong = write(screen, text, typed) if typed else ""
        if typed and wrong:
            _ask_name(screen, text, typed, wrong)

    buffer = Buffer(name, len(name))
    screen.ask(Asking("write to the new file: ", lambda _: None, ended, buffer=buffer, beside=why, wrong=bool(why)))
