"""What the command line says when the gate refuses: why, and commands that go on."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import NotComparableError

ACCEPT: Final = "--accept"
OPTION: Final = re.compile(r"-o|--[a-z][a-z0-9-]*")
"""An option at the beginning of a word; its value may follow in the same word."""
END: Final = "--"
"""What no option follows."""
ADDING: Final = ("--exclude",)
"""Options that narrow further when repeated; another one would widen, so it is replaced."""


def said(error: NotComparableError, words: Sequence[str]) -> str:
    """The reasons, and the command as it was typed with what satisfies or accepts all of them."""
    lines = list(error.lines)
    if error.together:
        lines += ["with options that satisfy them:", f"  {_command(_with(words, error.together))}"]
    if error.not_needed:
        lines.append(f"not needed: {', '.join(error.not_needed)}")
    typed = [one for one in _values(words, ACCEPT) if one not in error.not_needed]
    accepted = [*typed, *error.reasons]
    again = _behind(_without(words, ACCEPT), [ACCEPT, ",".join(dict.fromkeys(accepted))])
    return "\n".join([*lines, "in spite of them:", f"  {_command(again)}"])


def _command(words: Sequence[str]) -> str:
    return shlex.join(["kb", *words])


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
