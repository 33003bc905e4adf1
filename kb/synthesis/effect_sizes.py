"""Which rows arithmetic can use, as numbers; why the others are set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.printed.measure import LOG, PROPORTION
from kb.printed.p_value import exact_p
from kb.printed.state import NOT_ESTIMABLE
from kb.rows.identity import whole_of
from kb.rows.sums import lower_bound
from kb.sentences import named
from kb.stats.pooling.standard_errors import standard_error, standard_error_from_p

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.rows.row import Row


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that cannot be used, and why."""

    row: Row
    why: str


@dataclass(frozen=True, slots=True)
class Contrasted:
    """A contrast on the scale of its measure: value, standard error, where the error came from."""

    row: Row
    value: float
    se: float
    source: str


def counted(rows: Iterable[Row]) -> tuple[list[Row], list[SetAside]]:
    """Rows with events and n, and those without."""
    used, aside = [], []
    for row in rows:
        if row.measure != PROPORTION:
            aside.append(SetAside(row, f"{_a(row.kind.name)} is not a proportion"))
        elif row.events is None or not row.n:
            missing = "n is not printed" if not row.n else "no single count fits the percent"
            if row.estimator == "meta-analysis":
                missing = "a rate pooled over studies is no count"
            elif lower_bound(row):
                missing = f"a lower bound is no count ({row.formula})"
            aside.append(SetAside(row, missing))
        else:
            used.append(row)
    return used, aside


def whole_sets(rows: Iterable[Row]) -> tuple[list[Row], list[tuple[Row, Row]]]:
    """Rows without the subgroups whose whole is among them, and those, each with its whole."""
    listed = list(rows)
    wholes = {whole_of(row): row for row in listed if not row.subgroup and not lower_bound(row)}
    used, parts = [], []
    for row in listed:
        whole = wholes.get(whole_of(row)) if row.subgroup else None
        if whole is None:
            used.append(row)
        else:
            parts.append((row, whole))
    return used, parts


def contrasted(rows: Iterable[Row]) -> tuple[list[Contrasted], list[SetAside]]:
    """Randomised contrasts with a standard error, on the scale of their measure, and the others.

    The error comes from the interval at its printed level; that of a ratio else from a p-value that
    is a number and whose sides are recorded (an unstated one is taken as two-sided once it is
    accepted).
    """
    used: list[Contrasted] = []
    aside: list[SetAside] = []
    for row in rows:
        why = _unusable(row)
        if why:
            aside.append(SetAside(row, why))
            continue
        try:
            se, source = _error(row)
        except ValueError as error:
            aside.append(SetAside(row, str(error)))
            continue
        used.append(Contrasted(row, row.kind.pooled(_number(row, "value")), se, source))
    return used, aside


def interval_level(row: Row) -> float | None:
    """The level of an interval that gives a standard error; None where it comes from a p-value."""
    return row.level if row.interval_source and row.low and row.high else None


def error_sources(rows: Iterable[Row]) -> Iterator[str]:
    """Of pooled contrasts, where each standard error comes from; nothing of other rows."""
    sources: dict[str, list[str]] = {}
    for one in contrasted(row for row in rows if row.is_contrast)[0]:
        sources.setdefault(one.source, []).append(one.row.trial)
    for source, trials in sources.items():
        yield f"from {source}: {named(trials)}"


def _number(row: Row, name: str) -> float:
    """The value or a bound: times in months."""
    converted: float | None = getattr(row, f"{name}_months")
    return float(getattr(row, name)) if converted is None else converted


def _error(row: Row) -> tuple[float, str]:
    """The standard error and where it came from; ValueError where there is none."""
    level = interval_level(row)
    if level is not None:
        ends = [_number(row, name) for name in ("value", "low", "high")]
        se = standard_error(*ends, level=level, scale=row.kind.scale)
        return se, "counts" if row.value_source == "computed" else f"{level:g}% interval"
    p, sides = exact_p(row.p), 1 if row.p_sides == "one" else 2
    if row.kind.scale == LOG and p is not None and 0 < p < sides / 2 and float(row.value) != 1:
        return standard_error_from_p(float(row.value), p, sides=sides), f"{sides}-sided p"
    raise ValueError("neither an interval of known level nor an exact p-value")


def _unusable(row: Row) -> str:
    if row.contrast_kind != "randomised":
        kind = (row.contrast_kind or row.measure).replace("-", " ")
        return f"{_a(kind)} number is no randomised contrast"
    if not row.kind.scale:
        return f"{_a(row.kind.name)} is not pooled"
    if row.value_source == "computed" and NOT_ESTIMABLE in (row.low_state, row.high_state):
        return "a cell of its 2×2 is zero, so its log ratio has no error"
    if not row.value:
        return f"no {row.kind.name} is printed"
    if row.kind.scale == LOG and float(row.value) <= 0:
        return f"{_a(row.kind.name)} of {row.value} has no logarithm"
    return ""


def _a(words: str) -> str:
    """Words with their article."""
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
