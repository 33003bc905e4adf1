"""What a header says of its column, before columns are put together to rows."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

AS_NAMED: Final = "as named"
SPELLED: Final = "known spelling"
MAPPED: Final = "mapped"
BESIDE: Final = "stands beside it"
BETWEEN: Final = "*"
"""The `side` of a number that sets two arms side by side."""

NUMBERS: Final = frozenset(
    {"events", "n", "value", "low", "high", "interval", "p", "se", "level", "sides"}
)
"""The fields that are of one number each; the others say whose number it is."""
QUALITIES: Final = ("confirmed", "assessor", "criteria")
"""Fields by which two numbers of one endpoint are told apart in headers: `ORR by IRC`."""
_WORD: Final = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?|[%/#]")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Meaning(NamedTuple):
    """What one column holds: a field, and of which endpoint, measure, time and arm.

    `endpoint` and `measure` are words of the vocabulary, or empty where the header leaves them
    open. `side` is the arm as the header writes it, in a layout with a column per arm. `more` are
    fields that the header says for every line, such as a unit. `log`: the column holds logarithms.
    `rank` orders spellings of one field, the best first.
    """

    field: str
    endpoint: str = ""
    measure: str = ""
    at: str = ""
    at_unit: str = ""
    side: str = ""
    more: tuple[tuple[str, str], ...] = ()
    log: bool = False
    how: str = SPELLED
    rank: int = 0

    @property
    def keyed(self) -> bool:
        """Whether it says of which number it is."""
        return bool(self.endpoint or self.measure or self.side)


def words_of(header: str) -> list[str]:
    """The words of a header, in their case: `ORR_n` is `ORR`, `n`, and `mPFS` is `m`, `PFS`."""
    plain = unicodedata.normalize("NFKC", header)
    return _WORD.findall(_CAMEL.sub(" ", plain))


def joined(words: list[str] | str) -> str:
    """Words without case and what stands between them, as spellings are compared."""
    found = words_of(words) if isinstance(words, str) else words
    return "".join(one for one in found if one != "/").casefold()
