"""How a table is fitted to a width: which columns stand, how wide each is, which gave way.

The order is the same for every table. First cells are broken between words, the widest columns of
text before any other. Where that is not enough, columns give way in the order that their table
declares: left out, under their line, those of their cells apart that are too long, or cut short
with …. Then the columns that keep their lines are broken between words too. Where that is not
enough either, every cell stands behind its heading, and nothing is left out. A number, an
interval or an id is never broken; an id that is cut short ends in … and the table says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.rendering.words.lines import longest, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.rendering.table import Column, Table

GAP: Final = 2
"""Spaces between columns."""
LEAST_APART: Final = 16
"""How narrow a column may be whose long cells stand apart from their line."""
LEAST_SHORT: Final = 10
"""How narrow a column may be whose cells are cut short."""
WAYS: Final = ("out", "under", "apart", "short")
"""How a column gives way."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The positions of the columns that stand with their widths, and of those that gave way.

    `stacked`: every cell stands behind its heading instead.
    """

    widths: dict[int, int]
    under: tuple[int, ...] = ()
    out: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    short: tuple[int, ...] = ()
    stacked: bool = False


def fitted(table: Table, columns: int) -> Layout:
    """The first layout of the stated order that takes no more than so many columns."""
    order = sorted(
        (index for index, one in enumerate(table.columns) if one.yields),
        key=lambda index: table.columns[index].yields,
    )
    sizes = [_size(table, index) for index in range(len(table.columns))]
    whole = [
        (size, size) if one.keep else (least, size)
        for one, (least, size) in zip(table.columns, sizes, strict=True)
    ]
    given = [order[:number] for number in range(len(order) + 1)]
    for gone, tried in [*((one, whole) for one in given), *((one, sizes) for one in given)]:
        ways = {way: tuple(sorted(_of(table, gone, way))) for way in WAYS}
        stand = [
            index
            for index in range(len(table.columns))
            if index not in ways["out"] and index not in ways["under"]
        ]
        smallest = dict.fromkeys(ways["apart"], LEAST_APART)
        smallest |= dict.fromkeys(ways["short"], LEAST_SHORT)
        widths = _widths(table.columns, stand, tried, smallest, columns)
        if widths is not None:
            short = tuple(index for index in ways["short"] if widths[index] < sizes[index][1])
            return Layout(
                {index: widths[index] for index in stand},
                ways["under"], ways["out"], ways["apart"], short,
            )  # fmt: skip
    return Layout({}, stacked=True)


def _of(table: Table, gone: Sequence[int], way: str) -> list[int]:
    return [index for index in gone if table.columns[index].way == way]


def _size(table: Table, index: int) -> tuple[int, int]:
    """The least that a column takes, and what it takes with every line of its cells whole."""
    column = table.columns[index]
    cells = {column.heading, *(line[index] for line in table.lines)}
    whole = max(width(line) for cell in cells for line in cell.split("\n"))
    return min(whole, max(column.least, *map(longest, cells))), whole


def _widths(
    columns: Sequence[Column],
    stand: Sequence[int],
    sizes: Sequence[tuple[int, int]],
    smallest: Mapping[int, int],
    room: int,
) -> dict[int, int] | None:
    """A width for each column that stands, None where they do not fit."""
    if not stand:
        return None
    free = room - GAP * (len(stand) - 1)
    least = {index: sizes[index][0] for index in stand}
    for index, few in smallest.items():
        fewest = max(few, columns[index].least, longest(columns[index].heading))
        least[index] = min(least[index], fewest)
    whole = {index: sizes[index][1] for index in stand}
    if sum(least.values()) > free:
        return None
    held_whole = [index for index in stand if columns[index].keep and index not in smallest]
    firm = [index for index in stand if index in held_whole or columns[index].align == "right"]
    soft = [index for index in stand if index not in firm]
    held = sum(whole[index] for index in firm)
    if held + sum(least[index] for index in soft) <= free:
        return {index: whole[index] for index in firm} | _level(soft, least, whole, free - held)
    kept = {index: least[index] for index in soft}
    return kept | _level(firm, least, whole, free - sum(kept.values()))


def _level(
    indices: Sequence[int], least: dict[int, int], whole: dict[int, int], room: int
) -> dict[int, int]:
    """Widths under one ceiling, as high as the room allows: the widest give first."""

    def under(ceiling: int) -> dict[int, int]:
        return {index: max(least[index], min(whole[index], ceiling)) for index in indices}

    ceiling = max((whole[index] for index in indices), default=0)
    while ceiling > 0 and sum(under(ceiling).values()) > room:
        ceiling -= 1
    return under(ceiling)
