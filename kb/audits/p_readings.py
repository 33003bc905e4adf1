"""What the p-value of a ratio and its interval say of each other, on one reading or another."""

from __future__ import annotations

from math import exp, inf, log
from typing import TYPE_CHECKING, Final

from kb.audits.deviates import z_span
from kb.audits.likelihoods import (
    LOG_RANK,
    MIXED,
    MIXED_IF_ADJUSTED,
    OF_COUNTS,
    Reading,
    likelihood,
    p_box,
    wald,
)
from kb.audits.methods import LEVELS
from kb.printed.number import Span, span
from kb.printed.p_value import SIGNIFICANCE, p_span
from kb.stats.numeric.special import critical_value

if TYPE_CHECKING:
    from kb.rows.row import Row

SLACK: Final = (0.15, 0.08)
SLACK_OF_COUNTS: Final = (0.35, 0.15)
"""How far apart, in standard errors and as a share of z, a Wald interval and the p-value of another
test of the same data may lie: log-rank for hazards, exact for counts."""
SAME_MODEL: Final = (0.02, 0.01)
"""The same of a test of the same model, the share being of z squared: four standard deviations."""
USUAL: Final = 95.0
"""The level that an interval is taken to have where none is printed."""
ONE_ERROR: Final = 68.27
"""The level of a ratio less and plus one standard error, on the log scale."""
TRIED: Final = {**dict.fromkeys((ONE_ERROR, *LEVELS), 0.0), 92: 1.5}
"""The levels tried, and what is taken off the log likelihood ratio of one that hardly anyone
prints."""
ONE_SIDED: Final = 0.0
"""What stands for a level where the reading is that p is one-sided."""
MARGINS: Final = ("1.08", "1.10", "1.15", "1.20", "1.25", "1.30", "1.33", "1.40", "1.50")
"""Hazard ratios that trials of non-inferiority test against."""

Alternatives = dict[float, float]
"""Log likelihood ratios of the readings tried, by level, or by `ONE_SIDED`."""


def level_of(row: Row) -> float:
    """The level of its interval, which is taken to be 95 % where none is printed."""
    return row.level or USUAL


def sides_of(row: Row) -> int:
    """The sides of its p-value, which is taken to be two-sided where nothing is said."""
    return 1 if row.p_sides == "one" else 2


def weighed(row: Row) -> Alternatives:
    """The log likelihood ratio of each other reading of a row against the printed one.

    What is printed may be of two models; two faults at once are not looked for.
    """
    ratio, sides, level = (row.value, row.low, row.high), sides_of(row), level_of(row)
    tests = OF_COUNTS if row.kind.counted else LOG_RANK

    def weight(sides: int, level: float, mixed: float = 0) -> float:
        return log(likelihood(ratio, row.p, Reading(sides, level), tests, mixed))

    printed = weight(sides, level, MIXED_IF_ADJUSTED if row.adjusted_for else MIXED)
    found = {
        other: weight(sides, other) - printed - rare
        for other, rare in TRIED.items()
        if other != level
    }
    if sides > 1:
        found[ONE_SIDED] = weight(1, level) - printed
    return found


def implied(row: Row) -> Span:
    """The deviates that a ratio and its interval imply, over all true values they admit."""
    value, low, high = span(row.value), span(row.low), span(row.high)
    z = critical_value(level_of(row))
    widest = (log(high.high) - log(low.low)) / (2 * z) if low.low > 0 else inf
    narrowest = max((log(high.low) - log(low.high)) / (2 * z), 1e-9)
    ends = (abs(log(value.low)), abs(log(value.high))) if value.low > 0 else (0.0, inf)
    least = 0.0 if value.low <= 1 <= value.high else min(ends)
    return Span(least / widest, max(ends) / narrowest)


def gap(row: Row, deviates: Span) -> float:
    """How far the printed p lies off what is implied, as deviates, whichever tail it is of."""
    p = p_span(row.p) or Span(0, 1)
    if sides_of(row) > 1:
        return deviates.gap(z_span(p, 2))
    return min(deviates.gap(z_span(one, 1)) for one in (p, Span(1 - p.high, 1 - p.low)))


def allowed(row: Row, deviate: float) -> float:
    """How far a p-value may lie off the deviate of its interval, whatever the model."""
    fixed, share = SLACK_OF_COUNTS if row.kind.counted else SLACK
    return fixed + share * deviate


def decision(row: Row) -> str:
    """How interval and p-value decide otherwise at 5 %, in words; empty where they do not.

    Or where rounding, or another test of the same data and model, explains it.
    """
    p = p_span(row.p)
    if p is None or row.p_sides == "one" or level_of(row) != USUAL:
        return ""
    low, high = span(row.low), span(row.high)
    excludes, holds = low.low > 1 or high.high < 1, low.high < 1 < high.low
    above, below = p.low >= SIGNIFICANCE, p.high <= SIGNIFICANCE
    deviates = wald(row.value, row.low, row.high, USUAL)
    if not ((excludes and above) or (holds and below)) or deviates is None:
        return ""
    other = row.kind.counted or row.adjusted_for
    near = SAME_MODEL[0] + SAME_MODEL[1] * deviates.low**2
    if deviates.gap(z_span(p, 2)) <= (allowed(row, deviates.low) if other else near):
        return ""
    return "leaves out 1, and p is above .05" if excludes else "holds 1, and p is below .05"


def margin(row: Row) -> str:
    """The usual margin of non-inferiority against which p is the one-sided p; empty for none."""
    box = p_box(row.p)
    value, low, high = map(float, (row.value, row.low, row.high))
    if box is None or row.kind.counted or row.p_sides == "two" or value <= 0 or box.high >= 1 / 2:
        return ""
    error = log(high / low) / (2 * critical_value(level_of(row)))
    ends = z_span(box, 1)
    fitting = Span(value * exp(ends.low * error), value * exp(ends.high * error))
    return next((one for one in MARGINS if span(one).meets(fitting)), "")
