"""A reviewer's own table of baseline values, audited line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.audits import measured
from kb.audits.finding import Finding, Findings
from kb.audits.measured import AGE, COUNT, SHARE, Measured
from kb.printed.measure import MEDIAN
from kb.printed.number import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kb.audits.finding import Remark

MEAN: Final = "mean"
SD: Final = "sd"
COLUMNS: Final = (
    "study", "arm", "characteristic", "unit", "kind", "n", MEAN, SD, MEDIAN, "low", "high",
    "lower", "upper", "items",
)  # fmt: skip
"""What a table of baseline values may have; `low` and `high` are extremes, `lower` and `upper`
quartiles."""
NUMBERS: Final = (MEAN, SD, MEDIAN, "low", "high", "lower", "upper")
KINDS: Final = {
    "age": AGE, "years": AGE, "whole": COUNT, "count": COUNT, "counted": COUNT, "integer": COUNT,
    "binary": SHARE, "share": SHARE, "measured": "", "continuous": "", "": None,
}  # fmt: skip
"""What the column `kind` may say; empty leaves it to the name of the characteristic."""
MEAN_SD: Final = re.compile(r"([0-9.]+) ?(?:±|\+/-|\+-|\() ?([0-9.]+)\)?")
"""How a mean and its deviation share a cell: `54.3 (12.1)`, `54.3 ± 12.1`."""

RULES: Final[tuple[Callable[[Measured], Iterator[Remark]], ...]] = (
    measured.mean_without_data,
    measured.deviation_without_data,
    measured.binary_deviation,
    measured.median_without_data,
    measured.baseline_out_of_range,
)


def of_baseline(rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether a table is one of baseline values: characteristics with a mean or a median each."""
    columns = set(rows[0]) if rows else set()
    return "characteristic" in columns and bool(columns & {MEAN, MEDIAN})


def audit_baseline(rows: Sequence[Mapping[str, object]]) -> Findings:
    """What the rules about baseline values say of a table whose columns are `COLUMNS`, any subset.

    Findings carry the number of the row that they are about, from 1. ValueError names row and
    column of what cannot be read.
    """
    found = Findings()
    for number, cells in enumerate(rows, start=1):
        study, one = str(cells.get("study") or "").strip(), _line(cells, number)
        for rule in RULES:
            name = rule.__name__.replace("_", "-")
            found += [
                Finding("", name, remark.severity, remark.message, study, "", (number,))
                for remark in rule(one)
            ]
    return found


def _line(cells: Mapping[str, object], number: int) -> Measured:
    """One row as a measured characteristic; a mean may hold its deviation in its own cell."""
    text = {column: str(cells.get(column) or "").strip().replace("·", ".") for column in COLUMNS}
    together = MEAN_SD.fullmatch(text[MEAN])
    if together and not text[SD]:
        text[MEAN], text[SD] = together.groups()
    for column in NUMBERS:
        if text[column] and not is_number(text[column]):
            raise ValueError(f"row {number}, {column}: {text[column]!r} is no printed number")
    kind = KINDS.get(text["kind"].casefold(), text["kind"])
    if kind not in {AGE, COUNT, SHARE, "", None}:
        known = ", ".join(filter(None, KINDS))
        raise ValueError(f"row {number}, kind: {kind!r} is none of {known}")
    what = text["characteristic"] or "a value"
    return Measured(
        what=f"{what} ({text['arm']})" if text["arm"] else what,
        n=_whole(text["n"], number, "n"),
        kind=measured.kind_of(what, text["unit"].casefold()) if kind is None else kind,
        items=_whole(text["items"], number, "items") or 1,
        **{column: text[column] for column in NUMBERS},
    )


def _whole(text: str, number: int, column: str) -> int | None:
    if not text:
        return None
    bare = text.removeprefix("n=").replace(",", "")
    if not (bare.isdecimal() and 0 < int(bare) < 10**9):
        raise ValueError(f"row {number}, {column}: {text!r} is no number of patients or items")
    return int(bare)
