"""A reviewer's own table of baseline values, audited line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.audits import measured
from kb.audits.finding import WARNING, Finding, Findings
from kb.audits.measured import AGE, COUNT, MEAN, SD, SHARE, Measured
from kb.audits.summary import Summary, Unchecked
from kb.printed.measure import MEDIAN
from kb.printed.number import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kb.audits.finding import Remark
    from kb.tables.sheet import Sheet

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
MOST: Final = 10**9
"""Beyond it nobody counts patients."""
MEAN_SD: Final = re.compile(r"([0-9.]+) ?(?:±|\+/-|\+-|\() ?([0-9.]+)\)?")
"""How a mean and its deviation share a cell: `54.3 (12.1)`, `54.3 ± 12.1`."""

RULES: Final[tuple[Callable[[Measured], Iterator[Remark]], ...]] = (
    measured.mean_without_data,
    measured.deviation_without_data,
    measured.binary_deviation,
    measured.median_without_data,
    measured.baseline_out_of_range,
)


def audit_baseline(sheet: Sheet) -> Findings:
    """What the rules about baseline values say of a table whose columns are `COLUMNS`, any subset.

    Findings carry the number of the row that they are about, from 1, and its cell; a deviation
    that stands in the cell of its mean is found there. What is not understood is an
    `unreadable-cell`, and nothing is judged by it. `summary` says what was looked at.
    """
    found, checks, idle = Findings(), 0, []
    studies = set()
    names = [one.strip().casefold() for one in sheet.header]
    for line in sheet.lines:
        cells = dict(zip(names, line.cells, strict=True))
        one, problems = measured_line(cells)
        said = [("unreadable-cell", WARNING, message, column) for column, message in problems]
        said += [
            (_id(rule), remark.severity, remark.message, _column(remark, names))
            for rule in RULES
            for remark in rule(one)
        ]
        applied = measured.applied(one)
        checks += applied
        if not applied:
            idle.append(Unchecked(_lacking(one), line.number))
        studies.add(cells.get("study", "").strip())
        for rule_id, severity, message, column in said:
            cell = sheet.cell_at(line.at, names.index(column)) if column in names else ""
            study = cells.get("study", "").strip()
            found.append(Finding("", rule_id, severity, message, study, "", (line.number,), cell))
    found.summary = Summary(len(sheet.lines), len(studies), checks, tuple(idle))
    return found


def _id(rule: Callable[[Measured], Iterator[Remark]]) -> str:
    return rule.__name__.replace("_", "-")


def _column(remark: Remark, names: Sequence[str]) -> str:
    """The column of the number that a remark is about; a deviation may have none of its own."""
    return remark.address if remark.address in names else MEAN


def _lacking(one: Measured) -> str:
    """Why no rule has what it needs of a line."""
    if not any(map(is_number, (one.mean, one.median))):
        return "no mean and no median"
    if one.whole or one.kind == SHARE:
        return "no n" if one.n is None else "no standard deviation"
    return "nothing is known to be counted in whole numbers"


def measured_line(cells: Mapping[str, str]) -> tuple[Measured, list[tuple[str, str]]]:
    """One row as a measured characteristic, and what in it is not understood, by column.

    A mean may hold its deviation in its own cell.
    """
    text = {column: cells.get(column, "").strip().replace("·", ".") for column in COLUMNS}
    together = MEAN_SD.fullmatch(text[MEAN])
    if together and not text[SD]:
        text[MEAN], text[SD] = together.groups()
    problems = []
    for column in NUMBERS:
        if text[column] and not is_number(text[column]):
            problems.append((column, f'"{text[column]}" is no printed number'))
            text[column] = ""
    counts: dict[str, int | None] = {}
    for column in ("n", "items"):
        counts[column] = _whole(text[column])
        if text[column] and counts[column] is None:
            problems.append((column, f'"{text[column]}" is no number of patients or items'))
    kind = KINDS.get(text["kind"].casefold(), text["kind"])
    if kind not in {AGE, COUNT, SHARE, "", None}:
        known = ", ".join(filter(None, KINDS))
        problems.append(("kind", f'"{kind}" is none of {known}'))
        kind = None
    what = text["characteristic"] or "a value"
    one = Measured(
        what=f"{what} ({text['arm']})" if text["arm"] else what,
        n=counts["n"],
        kind=measured.kind_of(what, text["unit"].casefold()) if kind is None else kind,
        items=counts["items"] or 1,
        **{column: text[column] for column in NUMBERS},
    )
    return one, problems


def _whole(text: str) -> int | None:
    bare = text.removeprefix("n=").replace(",", "")
    return int(bare) if bare.isdecimal() and 0 < int(bare) < MOST else None
