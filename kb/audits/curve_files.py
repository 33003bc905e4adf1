"""A digitised survival curve and its numbers at risk, read from files or given as pairs."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from os import PathLike
from pathlib import Path
from typing import Final

from kb.printed.time import UNITS

TIMES: Final = (
    "time", "times", "t", "x", "trisk", "risktime", *UNITS,
    *(f"time{unit}" for unit in UNITS),
)  # fmt: skip
HEIGHTS: Final = (
    "surv", "survival", "s", "st", "y", "probability", "prob", "percent", "rate", "estimate",
    "survivalprobability",
)  # fmt: skip
COUNTS: Final = ("nrisk", "natrisk", "atrisk", "numberatrisk", "risk", "n")
PERCENT: Final = 1.5
"""A height above this is a percent: a misread fraction may pass 1 by little."""

Pairs = tuple[Sequence[float], Sequence[float]]
Source = str | PathLike[str] | Pairs


@dataclass(frozen=True, slots=True)
class Points:
    """Times and what was read at each, with a name for messages and the rows that they stand in."""

    name: str
    times: tuple[float, ...]
    values: tuple[float, ...]
    said: tuple[str, ...] = ()

    def place(self, index: int) -> str:
        """Where a point stands: the file and its data row, from 1."""
        return f"{self.name} row {index + 1}"


def read_curve(source: Source) -> Points:
    """The points of a digitised curve: `time` and `surv`, fractions or percents, in any order.

    `source` is the path of a CSV file or a pair of times and heights. Percents become fractions,
    which `said` tells. ValueError names what cannot be read.
    """
    points = _read(source, "curve", HEIGHTS)
    if points.values and max(points.values) > PERCENT:
        said = (f"{points.name}: survival is taken as percents",)
        return Points(points.name, points.times, tuple(v / 100 for v in points.values), said)
    return points


def read_at_risk(source: Source) -> Points:
    """The numbers at risk: `time` (or `trisk`) and `nrisk`; ValueError for what is no number."""
    points = _read(source, "at risk", COUNTS)
    for at, value in enumerate(points.values):
        if value < 0 or not value.is_integer():
            raise ValueError(f"{points.place(at)}: {value:g} is no number of patients")
    if any(later <= one for one, later in zip(points.times, points.times[1:], strict=False)):
        raise ValueError(f"{points.name}: the times of the numbers at risk do not increase")
    return points


def _read(source: Source, name: str, columns: Sequence[str]) -> Points:
    if isinstance(source, (str, PathLike)):
        return _of_file(Path(source), columns)
    times, values = source
    if len(times) != len(values) or not len(times):
        raise ValueError(f"{name}: {len(times)} times and {len(values)} values are no pairs")
    return _checked(name, [*map(float, times)], [*map(float, values)])


def _of_file(path: Path, columns: Sequence[str]) -> Points:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from None
    lines = [line for line in text.splitlines() if line.strip(" \t,;")]
    first = lines[0] if lines else ""
    cut = next((one for one in ";\t" if one in first), ",")
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=cut)]
    header = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in rows[0]] if rows else []
    at_time, at_value = _column(header, TIMES), _column(header, columns)
    if at_time is None or at_value is None:
        shown = ", ".join(rows[0]) if rows else "nothing"
        raise ValueError(
            f"{path}: the header holds {shown}; give the columns {TIMES[0]} and {columns[0]}"
        )
    comma = cut != "," and not any("." in cell for row in rows[1:] for cell in row)
    times, values = [], []
    for number, row in enumerate(rows[1:], start=1):
        try:
            time, value = (
                _float(row[at] if at < len(row) else "", comma=comma) for at in (at_time, at_value)
            )
        except ValueError as error:
            raise ValueError(f"{path.name} row {number}: {error}") from None
        times.append(time)
        values.append(value)
    if not times:
        raise ValueError(f"{path}: the file holds no points")
    return _checked(path.name, times, values)


def _column(header: Sequence[str], known: Sequence[str]) -> int | None:
    """The column of the first spelling that the header has."""
    return next((header.index(word) for word in known if word in header), None)


def _float(text: str, *, comma: bool) -> float:
    bare = text.removesuffix("%").strip()
    try:
        return float(bare.replace(",", ".") if comma else bare)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _checked(name: str, times: list[float], values: list[float]) -> Points:
    for at, (time, value) in enumerate(zip(times, values, strict=True), start=1):
        if not (isfinite(time) and isfinite(value) and time >= 0):
            raise ValueError(f"{name} row {at}: {time:g} and {value:g} are no point of a curve")
    return Points(name, tuple(times), tuple(values))
