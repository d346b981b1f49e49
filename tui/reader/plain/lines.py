"""`readout --plain`: the panes as a conversation of lines, one answer a command, for screen readers, braille displays and the
worst lines. No Textual; no cursor motion, no escape sequence. Nothing is written but the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from tui.briefing.record import NamedTuple
from tui.reader.drawing.lines import bounded, one_line, wrap
from tui.reader.path.plan import PANES
from tui.reader.plain.conversation import Conversation, Unclear
from tui.reader.terminal import capabilities as terminal

LEAST, MOST = 40, 80
"""Cells of a line on a terminal."""


class Ended(Exception):
    """The conversation is over."""


class Command(NamedTuple):
    names: str
    """The characters that it is typed as."""
    usage: str
    words: str
    answer: Callable[[Conversation, str, str], list[str]]


def listed(talk: Conversation, typed: str, argument: str) -> list[str]:
    return [f"{command.usage}: {command.words}" for command in COMMANDS]


def end(talk: Conversation, typed: str, argument: str) -> list[str]:
    raise Ended


NUMBERS = "".join(str(number) for number in range(1, len(PANES) + 1))

COMMANDS = (
    Command(
        NUMBERS, f"{NUMBERS[0]} to {NUMBERS[-1]}", "a pane: its title, its count and its first row related to the subject",
        Conversation.turn,
    ),
    Command("jk", "j k", "next row, row before; j 5 goes five rows on, and an empty line is j", Conversation.move),
    Command("gG", "g G", "first row, last row", Conversation.first_or_last),
    Command("l", "l 10", "ten rows from here on; you stay where you are", Conversation.list_rows),
    Command("f", "f", "follow; where there are several ways, they are numbered, and f 2 takes the second", Conversation.follow),
    Command("[]", "[ ]", "back, forward", Conversation.back),
    Command(".,", ". ,", "next row related to the subject, and how; the one before", Conversation.related),
    Command(
        "/", "/ words", "find in the pane, from the summary in all; a small letter finds both; p:12 goes to a page",
        Conversation.find,
    ),
    Command("nN", "n N", "next match, match before", Conversation.next_match),
    Command("y", "y", "the row with its citation; y 2 that of its second link", Conversation.cite),
    Command("()", ") (", "next source, source before", Conversation.source),
    Command("JK", "J K", "next briefing, briefing before", Conversation.briefing),
    Command("!", "!", "problems", Conversation.problems),
    Command("?", "?", "commands", listed),
    Command("q", "q", "end; so does the end of the input", end),
)


TAKING = "jklfy/"
"""The commands that take an argument."""


def answer(talk: Conversation, typed: str) -> list[str]:
    """Answer a command. Raises Ended."""
    typed = typed.strip()
    name, argument = (typed[0], typed[1:].strip()) if typed else ("j", "")
    command = next((each for each in COMMANDS if name in each.names), None)
    a_word = name != "/" and typed[1:2].isalpha()  # "foo" is not f with an argument
    if not command or (argument and name not in TAKING) or a_word:
        return [f"{typed} is no command; ? lists them"]
    try:
        return command.answer(talk, name, argument)
    except Unclear as why:
        return [str(why)]


# -- in and out -------------------------------------------------------------------------------------------------------


class Input(Protocol):
    def readline(self) -> str: ...


def shown(lines: Sequence[str], width: int, unicode: bool) -> Iterator[str]:
    """Yield lines as any terminal can take them: safe, in ASCII if there is no more, and broken to a width, or never
    at 0."""
    for line in lines:
        text = bounded(one_line(line, emoji=True))
        text = text if unicode else terminal.plain(text.replace("…", "..."))
        for start, end in wrap(text, width) if width else ((0, len(text)),):
            yield text[start:end]


def converse(talk: Conversation, at: str, read: Input, put: Callable[[str], None], width: int, prompt: str) -> None:
    """Converse until `q`, the end of the input or ^C. `at`: the item to begin at; `width`: cells of a line, 0 for
    lines without end."""
    unicode = terminal.of().unicode

    def say(lines: Sequence[str]) -> None:
        put("".join(f"{line}\n" for line in shown(lines, width, unicode)) + prompt)

    first = talk.opened()
    try:
        first += talk.show(at) if at else []
    except Unclear as why:
        first.append(f"{why}; this is its beginning")
    try:
        say(first)
        while typed := read.readline():
            say(answer(talk, typed))
    except Ended:
        return
    except KeyboardInterrupt:
        pass
    put("\n" if prompt else "")  # nobody typed the end of the line that the prompt stands on
