"""What can go wrong: problems in records, and the exceptions that carry them.

KBError
├── RootNotFoundError        no knowledge base where one was asked for
├── UnsupportedFormatError   kb.yaml names a format this version cannot read
├── InvalidRecordsError      records have problems; carries all of them
├── UnknownTermError         a query names a word, trial or address that is not there
├── NotComparableError       pooling what must not be pooled; carries the reasons
├── UnknownFormatError       an output format nobody writes
└── MissingExtraError        an optional library is not installed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.sentences import count, printable, suggestion
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "InvalidRecordsError",
    "KBError",
    "MissingExtraError",
    "NotComparableError",
    "Place",
    "Problem",
    "Problems",
    "RootNotFoundError",
    "UnknownFormatError",
    "UnknownTermError",
    "UnsupportedFormatError",
]


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A spot in a file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong in a record: where, which rule, and a sentence that says so."""

    place: Place
    rule: str
    message: str

    def __str__(self) -> str:
        return printable(f"{self.place}: {self.rule}: {self.message}")


class Problems(list[Problem], View):
    """Problems in file order: a list that can be rendered and exported."""


class KBError(Exception):
    """The root of everything this package raises on purpose."""


class RootNotFoundError(KBError, ValueError):
    """Raised when no knowledge base lies where one was asked for."""


class UnsupportedFormatError(KBError):
    """Raised when kb.yaml names a record format that this version cannot read."""


class InvalidRecordsError(KBError):
    """Raised when records have problems; `problems` holds every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        files = len({problem.place.path for problem in self.problems})
        head = f"{count(len(self.problems), 'problem')} in {count(files, 'file')}"
        super().__init__("\n".join([head, *map(str, self.problems)]))


class UnknownTermError(KBError, ValueError):
    """Raised when a query names a word that the knowledge base lacks; `nearest` are close ones.

    Where no word is close, the message names all that are `known`, if they were given. A `hint`
    says in their stead what the word is, and where it belongs.
    """

    def __init__(
        self,
        kind: str,
        word: str,
        nearest: Sequence[str] = (),
        known: Sequence[str] = (),
        *,
        hint: str = "",
    ) -> None:
        self.kind, self.word, self.nearest = kind, word, tuple(nearest)
        tail = f"; known are {', '.join(known)}" if known and not nearest else suggestion(nearest)
        tail = f"; {hint}" if hint else tail
        super().__init__(f"{word!r} is not a known {kind}{tail}")


class NotComparableError(KBError):
    """Raised when rows must not be pooled; `reasons` maps a reason id to its sentence.

    `options` maps a reason id to options of the command line that remove its cause; `together` are
    the words of those that remove all, empty where no two rows would be left. `not_needed` are the
    reasons that were accepted and are none of these rows'.
    """

    def __init__(
        self,
        reasons: dict[str, str],
        options: Mapping[str, Sequence[str]] | None = None,
        together: Sequence[str] = (),
        not_needed: Sequence[str] = (),
    ) -> None:
        self.reasons = dict(reasons)
        self.options = {reason: tuple(found) for reason, found in (options or {}).items()}
        self.together = tuple(together)
        self.not_needed = tuple(not_needed)
        super().__init__("\n".join([*self.lines, f"accept with: {','.join(reasons)}"]))

    @property
    def lines(self) -> list[str]:
        """What is refused and why, and under each reason what would satisfy it."""
        found = ["these rows must not be pooled:"]
        for reason, sentence in self.reasons.items():
            found.append(f"  {reason}: {sentence}")
            offers = " or ".join(self.options.get(reason, ()))
            found += [f"    satisfied by {offers}"] if offers else []
        return found


class UnknownFormatError(KBError, ValueError):
    """Raised when an output format is asked for that nobody writes."""


class MissingExtraError(KBError, ImportError):
    """Raised when an optional library is needed; names the extra that brings it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"this needs {library}: pip install 'sarcoma-kb[{extra}]'")
