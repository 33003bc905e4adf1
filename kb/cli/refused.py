"""What the command line says when the gate refuses: why, and commands that go on.

On a terminal a command is parted by the shell's own sign, so that it can be pasted as it stands.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from kb.rendering.words.lines import GOES_ON, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import NotComparableError

ACCEPT: Final = "--accept"
OPTION: Final = re.compile(r"-o|--[a-z][a-z0-9-]*")
"""An option at the beginning of a word; its value may follow in the same word."""
PARTED: Final = f" {GOES_ON}"
END: Final = "--"
"""What no option follows."""
ADDING: Final = ("--exclude",)
"""Options that narrow further when repeated; another one would widen, so it is replaced."""


def said(error: NotComparableError, words: Sequence[str], columns: int | None = None) -> str:
    """The reasons, and the command as it was typed with what satisfies or accepts all of them.

    In so many `columns` a command that is longer is parted between its words.
    """
    lines = list(error.lines)
    if error.together:
        narrowed = _command(_with(words, error.together), columns)
        lines += ["with options that satisfy them:", *narrowed]
    if error.not_needed:
        lines.append(f"not needed: {', '.join(error.not_needed)}")
    typed = [one for one in _values(words, ACCEPT) if one not in error.not_needed]
    accepted = [*typed, *error.reasons]
    again = _behind(_without(words, ACCEPT), [ACCEPT, ",".join(dict.fromkeys(accepted))])
    return "\n".join([*lines, "in spite of them:", *_command(again, columns)])


def _command(words: Sequence[str], columns: int | None) -> list[str]:
    """A command on one line, or on several that a shell takes for one."""
    lines = ["  kb"]
    for word in map(shlex.quote, words):
        if columns is not None and width(f"{lines[-1]} {word}{PARTED}") > columns:
            lines[-1] += PARTED
            lines.append("   ")
        lines[-1] += f" {word}"
    return lines


def _with(words: Sequence[str], options: Sequence[str]) -> list[str]:
    """A command with further options; one that would widen takes the place of its namesakes."""
    found = list(words)
    for one in dict.fromkeys(options):
        if one.startswith("--") and one not in ADDING:
            found = _without(found, one)
    return _behind(found, options)


def _behind(words: Sequence[str], options: Sequence[str]) -> list[str]:
    """A command with options at its end, or before what follows `--`, which takes none."""
    place = words.index(END) if END in words else len(words)
    return [*words[:place], *options, *words[place:]]


def _without(words: Sequence[str], option: str) -> list[str]:
    """Words without an option and its value."""
    return [word for word, of in _options(words) if of != option]


def _values(words: Sequence[str], option: str) -> list[str]:
    """The values of an option, split at commas."""
    own = [word for word, of in _options(words) if of == option and word != option]
    texts = [word.removeprefix(f"{option}=") for word in own]
    return [one.strip() for text in texts for one in text.split(",") if one.strip()]


def _options(words: Sequence[str]) -> list[tuple[str, str]]:
    """Each word with the option it belongs to: itself, the one in front of it, or none."""
    found: list[tuple[str, str]] = []
    for word in words:
        option = OPTION.match(word)
        name = option[0] if option else ""
        before = found[-1] if found else ("", "")
        takes = before[0] == before[1] and before[0] not in FLAGS
        found.append((word, name or (before[1] if takes else "")))
    return found


FLAGS: Final = ("--only-histology", "--one-per-trial")
"""Options without a value that this module adds or takes away."""
