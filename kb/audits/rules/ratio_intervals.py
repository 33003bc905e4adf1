"""Intervals of contrasts against what their counts and events allow."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Final

from kb.audits.finding import WARNING, Remark
from kb.audits.p_readings import ONE_ERROR, USUAL
from kb.audits.rules.associations import unadjusted
from kb.audits.study import name
from kb.printed.measure import HAZARD_RATIO, LOG, ODDS_RATIO, RISK_DIFFERENCE, RISK_RATIO
from kb.printed.number import Span, as_printed, says, span
from kb.rows.admitted import exact_value, interval_printed
from kb.rows.crude import CRUDE
from kb.stats.numeric.special import critical_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.audits.study import Study
    from kb.rows.row import Row
    from kb.stats.results import Effect

Counts = tuple[int, int, int, int]
FORMS: Final[dict[str, tuple[tuple[str, dict[str, str]], ...]]] = {
    ODDS_RATIO: (
        ("Woolf", {"method": "woolf"}),
        ("exact", {"method": "conditional-exact"}),
        ("Woolf with ½ added", {"method": "woolf", "zero": "haldane"}),
    ),
    RISK_RATIO: (
        ("log-Wald", {"method": "log-wald"}),
        ("Koopman", {"method": "koopman"}),
        ("log-Wald with ½ added", {"method": "log-wald", "zero": "haldane"}),
    ),
    RISK_DIFFERENCE: (
        ("Newcombe", {"method": "newcombe"}),
        ("Wald", {"method": "wald"}),
        ("Miettinen–Nurminen", {"method": "miettinen-nurminen"}),
        ("Agresti–Caffo", {"method": "agresti-caffo"}),
    ),
}
"""The intervals tried for each measure, the usual one first."""
OTHER_LEVELS: Final = (95, 90, 99, 80, ONE_ERROR)
BESIDE: Final = 0.1
"""How far beyond the outermost bounds of the known methods another one (profile likelihood, score,
continuity correction) may lie, as a share of the width between value and bound."""
MOST_TABLES: Final = 25
"""Tables that two percents may stand for, beyond which nothing is said."""
SMALLEST: Final = 3
"""The smallest cell with which intervals are judged; below, usual methods give quite other ones."""
SHORT: Final = 0.02
"""By how much a standard error may fall short of what events allow: digits lost on the way."""
NARROWER: Final = (90, 80, ONE_ERROR)


def ratio_interval_against_counts(study: Study) -> Iterator[Remark]:
    """The interval of an odds ratio, risk ratio or risk difference is not that of its two counts.

    Judged where both counts are known, no cell is below 3, nothing says that it is adjusted, and
    the value itself is that of the counts. Tried are Woolf and the exact conditional interval,
    log-Wald and Koopman, each log form also with ½ added; Newcombe, Wald, Miettinen–Nurminen and
    Agresti–Caffo; at the printed level, or 95 %. Silent if one of them prints so, or if none does
    at another level and both bounds are within what these give, or a tenth of the way beyond, where
    profile and corrected intervals lie. A warning: the message says what the usual method gives,
    and at which level the printed bounds are those of a method.
    """
    for row in study.contrasts:
        if row.measure not in FORMS or not exact_value(row) or not interval_printed(row):
            continue
        for one, other, tables in unadjusted(study, row):
            level = row.level or USUAL
            fitting = [table for table in tables if _usable(row, table, level)]
            if not fitting or len(tables) > MOST_TABLES or _printing(row, fitting, level):
                continue
            given = next((at for at in OTHER_LEVELS if _printing(row, fitting, at)), None)
            if given is None and any(_within(row, table, level) for table in fitting):
                continue
            message = _of_counts(row, fitting[0], level)
            if given is not None:
                words = "± one standard error" if given == ONE_ERROR else f"at {given:g} %"
                message += f"; it is that of {_printing(row, fitting, given)}, {words}"
            yield Remark(WARNING, message, (row, one, other))


def standard_error_bounded(study: Study) -> Iterator[Remark]:
    """The interval of a hazard ratio is narrower than its events, or its patients, allow.

    Each event tells at most a quarter of a unit of information about the logarithm of a hazard
    ratio, in a Cox model with or without covariates and strata as in a log-rank test, and most if
    the arms are equal (Schoenfeld 1981): the standard error is at least 2/√events. The events are
    those of the row, else at most the patients of both arms. In 12,000 simulated trials the error
    was never below. Rounding is allowed for, and another 2 %. A warning: robust and weighted
    variances, and intervals of another model, can be below. The message says at which level the
    bounds would be possible.
    """
    sizes = _sizes(study)
    for row in study.ratios:
        if row.measure != HAZARD_RATIO or not interval_printed(row):
            continue
        low, high = span(row.low), span(row.high)
        patients = [sizes.get((row.trial, row.report, one), 0) for one in (row.set, row.versus_set)]
        most = row.events or (sum(patients) if all(patients) and row.set != row.versus_set else 0)
        if not most or low.low <= 0 or float(row.high) <= float(row.low):
            continue
        level = row.level or USUAL
        width, least = log(high.high / low.low), 2 / sqrt(most)
        if _wide(width, level, least):
            continue
        of = f"{most} events" if row.events else f"{most} patients, all with the event,"
        taken = f"{row.level:g} % interval" if row.level else "interval, taken as 95 %,"
        possible = next((one for one in NARROWER if one < level and _wide(width, one, least)), None)
        cause = f"; at {possible:.0f} % it could be" if possible else ""
        error = log(float(row.high) / float(row.low)) / (2 * critical_value(level))
        message = (
            f"{name(row)}: the {taken} {row.low} to {row.high} has a standard error of "
            f"{error:.3f} on the log scale, and {of} give {least:.3f} or more{cause}"
        )
        yield Remark(WARNING, message, (row,))


def _wide(width: float, level: float, least: float) -> bool:
    """Whether the logarithms of two bounds lie as far apart as a standard error demands."""
    return width / (2 * critical_value(level)) >= least * (1 - SHORT)


def _sizes(study: Study) -> dict[tuple[str, str, str], int]:
    """The most patients that any number of a set has."""
    found: dict[tuple[str, str, str], int] = {}
    for row in study.rows:
        if row.n and not row.versus:
            found[row.place] = max(row.n, found.get(row.place, 0))
    return found


def _usable(row: Row, table: Counts, level: float) -> bool:
    """Whether no cell of a table is small and one of the methods gives the printed value."""
    x1, n1, x2, n2 = table
    if min(x1, n1 - x1, x2, n2 - x2) < SMALLEST:
        return False
    return any(says(row.value, one.value) for one in _effects(row.measure, table, level).values())


@lru_cache(maxsize=8192)
def _effects(measure: str, table: Counts, level: float) -> Mapping[str, Effect]:
    """What each method gives, a difference in percent."""
    scale = 100 if measure == RISK_DIFFERENCE else 1
    found = {}
    for form, options in FORMS[measure]:
        one = CRUDE[measure](*table, level=level, **options)
        found[form] = replace(
            one, value=scale * one.value, low=scale * one.low, high=scale * one.high
        )
    return found


def _within(row: Row, table: Counts, level: float) -> bool:
    """Whether both bounds lie among those of the known methods, or a little beyond."""
    found = [*_effects(row.measure, table, level).values()]
    lows, highs = [one.low for one in found], [one.high for one in found]
    return all(
        span(text).meets(_room(row, found[0].value, Span(min(bounds), max(bounds))))
        for text, bounds in ((row.low, lows), (row.high, highs))
    )


def _room(row: Row, value: float, bounds: Span) -> Span:
    """Between the outermost bounds, and a tenth of the longer way from the value beyond."""
    if row.kind.scale != LOG:
        beyond = BESIDE * max(abs(value - bounds.low), abs(value - bounds.high))
        return Span(bounds.low - beyond, bounds.high + beyond)
    factor = exp(BESIDE * max(abs(log(value / bounds.low)), abs(log(value / bounds.high))))
    return Span(bounds.low / factor, bounds.high * factor)


def _printing(row: Row, tables: list[Counts], level: float) -> str:
    """The method whose two bounds both print so at a level, for any of the tables."""
    return next(
        (
            form
            for table in tables
            for form, one in _effects(row.measure, table, level).items()
            if says(row.low, one.low) and says(row.high, one.high)
        ),
        "",
    )


def _of_counts(row: Row, table: Counts, level: float) -> str:
    x1, n1, x2, n2 = table
    form, usual = next(iter(_effects(row.measure, table, level).items()))
    taken = "" if row.level else ", taken as 95 %"
    return (
        f"{name(row)}: the {level:g} % interval of the {row.measure.replace('-', ' ')} of {x1} of "
        f"{n1} against {x2} of {n2} is {as_printed(usual.low, row.low)} to "
        f"{as_printed(usual.high, row.high)} ({form}), printed is {row.low} to {row.high}{taken}"
    )
