"""Whether a column that names an endpoint alone, such as `PR`, holds percents or counts.

Its cells say which: a percent of n patients is one that some count prints as, and counts of parts
never add up to more than n.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.printed.measure import PROPORTION
from kb.printed.number import prints_as
from kb.tables.meaning import MAPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.tables.meaning import Meaning
    from kb.tables.sheet import Line
    from kb.vocabulary import Vocabulary

WHOLE: Final = re.compile(r"[0-9]{1,9}")
BOTH: Final = re.compile(r"([0-9]{1,9})\s*[(\[]\s*([0-9]{1,3})\s*[)\]]")
"""Two whole numbers, of which either may be the percent: `5 (25)`."""
FEWEST: Final = 3
"""Parts of a whole that are judged together: two alone may be small percents."""
WHOLES: Final = range(98, 103)
"""What rounded percents of a whole add up to."""
LOOKED_AT: Final = 200
"""Lines that are looked at."""
HOW: Final = "counts by its cells"


def counted(
    meanings: Mapping[int, Meaning], lines: Sequence[Line], vocabulary: Vocabulary
) -> dict[int, Meaning]:
    """The columns, those of endpoints alone as counts where their cells can be nothing else.

    `5 (25)` is a count where that is 25 % of n in every line. Three or more parts of a whole, such
    as categories of response, are counts where they add up to n in every line, or never to more
    than n and more than half are no percent of it. A rate that stands alone stays a percent, which
    the audit then judges.
    """
    sizes = [index for index, one in meanings.items() if one.field == "n" and not one.keyed]
    if len(sizes) != 1:
        return dict(meanings)
    size = sizes[0]
    plain = [index for index, one in meanings.items() if _plain(one)]
    pairs = {index: list(_pairs(lines, index, size)) for index in plain}
    counts = {index for index, found in pairs.items() if found and all(found)}
    sums = {one for one, term in vocabulary.endpoints.items() if term.sum_of}
    parts = [index for index in plain if meanings[index].endpoint not in sums]
    if len(parts) >= FEWEST and _parts_of_n(lines, parts, size):
        counts.update(parts)
    return {
        index: one._replace(field="events", how=HOW) if index in counts else one
        for index, one in meanings.items()
    }


def _plain(one: Meaning) -> bool:
    """Whether a header names an endpoint whose number is a rate, and nothing besides."""
    rate = one.field == "value" and bool(one.endpoint) and one.measure == PROPORTION
    return rate and one.how != MAPPED and not one.at


def _size(line: Line, column: int) -> int:
    found = line.cells[column].removeprefix("n=").strip()
    return int(found) if WHOLE.fullmatch(found) else 0


def _pairs(lines: Sequence[Line], column: int, size: int) -> Iterator[bool]:
    """Of each cell with a number whether it is a count and the percent of n that this is."""
    for line in lines[:LOOKED_AT]:
        text, n = line.cells[column], _size(line, size)
        if n and any(map(str.isdigit, text)):
            both = BOTH.fullmatch(text)
            yield both is not None and _of(both[1], both[2], n) and not _of(both[2], both[1], n)


def _of(count: str, percent: str, n: int) -> bool:
    return int(count) <= n and prints_as(100 * int(count) / n, percent, rounding="any")


def _parts_of_n(lines: Sequence[Line], columns: Sequence[int], size: int) -> bool:
    """Whether whole numbers are parts of n: they add up to it in every line, and not to 100.

    Or they never add up to more than n, and most of them are no percent of it.
    """
    found, exact = [], True
    for line in lines[:LOOKED_AT]:
        n = _size(line, size)
        texts = [line.cells[column] for column in columns]
        texts = [text for text in texts if any(map(str.isdigit, text))]
        if not n or not texts:
            continue
        if not all(map(WHOLE.fullmatch, texts)) or sum(map(int, texts)) > n:
            return False
        exact = exact and sum(map(int, texts)) == n and n not in WHOLES
        found += [_prints(text, n) for text in texts]
    return bool(found) and (exact or 2 * found.count(False) > len(found))


def _prints(percent: str, n: int) -> bool:
    nearest = round(int(percent) * n / 100)
    return prints_as(100 * nearest / n, percent, rounding="any")
