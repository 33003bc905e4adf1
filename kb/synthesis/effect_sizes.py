"""Which rows arithmetic can use, as numbers; why the others are set aside."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log
from typing import TYPE_CHECKING

from kb.stats.pooling.standard_errors import standard_error, standard_error_from_p

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that cannot be used, and why."""

    row: Row
    why: str


@dataclass(frozen=True, slots=True)
class Contrasted:
    """A contrast on the log scale: value, standard error, and where the error came from."""

    row: Row
    value: float
    se: float
    source: str


def counted(rows: Iterable[Row]) -> tuple[list[Row], list[SetAside]]:
    """Rows with events and n, and those without."""
    used, aside = [], []
    for row in rows:
        if row.measure != "proportion":
            aside.append(SetAside(row, f"a {row.measure} is not a proportion"))
        elif row.events is None or not row.n:
            missing = "n is not printed" if not row.n else "no single count fits the percent"
            if row.estimator == "meta-analysis":
                missing = "a rate pooled over studies is no count"
            aside.append(SetAside(row, missing))
        else:
            used.append(row)
    return used, aside


def whole_sets(rows: Iterable[Row]) -> tuple[list[Row], list[tuple[Row, Row]]]:
    """Rows without the subgroups whose whole is among them, and those, each with its whole."""
    listed = list(rows)
    wholes = {_whole(row): row for row in listed if not row.subgroup}
    used, parts = [], []
    for row in listed:
        whole = wholes.get(_whole(row)) if row.subgroup else None
        if whole is None:
            used.append(row)
        else:
            parts.append((row, whole))
    return used, parts


def _whole(row: Row) -> tuple[str, ...]:
    return row.trial, row.arm, row.versus, row.endpoint, row.measure


def contrasted(rows: Iterable[Row]) -> tuple[list[Contrasted], list[SetAside]]:
    """Randomised ratios with a standard error, on the log scale, and the rows without one.

    The error comes from the interval at its printed level, else from a p-value that is a number
    and whose sides are recorded (an unstated one is taken as two-sided once it is accepted).
    """
    used: list[Contrasted] = []
    aside: list[SetAside] = []
    for row in rows:
        why = _unusable(row)
        if why:
            aside.append(SetAside(row, why))
            continue
        value = float(row.value)
        if row.interval_source and row.low and row.high and row.level is not None:
            try:
                se = standard_error(value, float(row.low), float(row.high), level=row.level)
            except ValueError as error:
                aside.append(SetAside(row, str(error)))
                continue
            where = "counts" if row.value_source == "computed" else f"{row.level:g}% interval"
            used.append(Contrasted(row, log(value), se, where))
            continue
        try:
            sides = 1 if row.p_sides == "one" else 2
            se = standard_error_from_p(value, float(row.p), sides=sides)
        except ValueError:
            aside.append(SetAside(row, "neither an interval of known level nor an exact p-value"))
            continue
        used.append(Contrasted(row, log(value), se, f"{sides}-sided p"))
    return used, aside


def _unusable(row: Row) -> str:
    if row.contrast_kind != "randomised":
        kind = (row.contrast_kind or row.measure).replace("-", " ")
        return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} number is no randomised contrast"
    if row.measure == "risk-difference":
        return "a difference is not a ratio"
    if not row.value:
        return "no ratio is printed"
    if not 0 < float(row.value) < inf:
        return "a cell of its 2×2 is zero, so its log ratio has no error"
    return ""
