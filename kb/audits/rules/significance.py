"""The p-value of a ratio against its interval, and the level at which both agree."""

from __future__ import annotations

from math import inf, isfinite, log
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits.deviates import p_of, z_span
from kb.audits.finding import NOTE, WARNING, Remark
from kb.audits.methods import LEVELS
from kb.audits.rules.associations import unadjusted
from kb.audits.study import name
from kb.printed.number import Span, span
from kb.printed.p_value import p_span
from kb.rows.admitted import exact_value, interval_printed
from kb.stats.numeric.special import critical_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

SLACK: Final = (0.15, 0.08)
SLACK_OF_COUNTS: Final = (0.35, 0.15)
"""How far apart, in standard errors and as a share of z, a Wald interval and the p-value of another
test of the same data may lie: log-rank for hazards, exact for counts."""
CLOSE: Final = 0.05
FAR: Final = 0.5


class Verdict(NamedTuple):
    """What the interval of a ratio and its p-value say of each other, as normal deviates."""

    row: Row
    implied: Span
    gap: float
    kind: str
    level: float | None = None


def p_against_interval(study: Study) -> Iterator[Remark]:
    """A printed p-value is not the one that the ratio and its interval imply.

    z = ln ratio / standard error, the standard error from the interval at its level (Parmar, Torri
    & Stewart 1998). Rounding is allowed for, and the difference between a Wald interval and a
    log-rank test (0.15 + 8 % of z) or, for odds and risk ratios, an exact test (0.35 + 15 % of z);
    where the counts are known `two-by-two-p` judges instead. A note up to half a standard error
    apart, a warning beyond.
    """
    for one in _verdicts(study):
        if one.kind == "mismatch":
            severity = WARNING if one.gap > FAR else NOTE
            message = f"{_said(one)}{_excludes(one.row)}"
            yield Remark(severity, message, (one.row,))


def p_one_sided(study: Study) -> Iterator[Remark]:
    """A printed p-value fits the interval only as a one-sided one.

    A note where the source does not state the sides, a warning where it says two.
    """
    for one in _verdicts(study):
        if one.kind == "one-sided":
            stated = one.row.p_sides == "two"
            message = (
                f"{_said(one)}; the printed p fits one-sided only"
                f"{', and is said to be two-sided' if stated else ''}"
            )
            yield Remark(WARNING if stated else NOTE, message, (one.row,))


def level_implied(study: Study) -> Iterator[Remark]:
    """Ratio, bounds and p-value agree at another level than the printed one.

    `0.73 (0.54 to 0.99)` at 95 % implies p = .04; with p = .185 the bounds are those of an 80 %
    interval. A warning. Levels tried are 80, 90, 92, 95 and 99.
    """
    for one in _verdicts(study):
        if one.kind == "level":
            message = (
                f"{_said(one)}{_excludes(one.row)}; ratio, bounds and p agree at {one.level:g} %"
            )
            yield Remark(WARNING, message, (one.row,))


def _verdicts(study: Study) -> Iterator[Verdict]:
    for row in study.ratios:
        p = p_span(row.p) if row.p else None
        if p is None or not row.level or not interval_printed(row) or not exact_value(row):
            continue
        counted = any(unadjusted(study, row))
        if counted or not 0 < float(row.low) < float(row.high):
            continue
        implied = _implied(row, row.level)
        if not isfinite(implied.high):
            continue
        sides = (1,) if row.p_sides == "one" else (2,)
        gap = min(implied.gap(z_span(p, side)) for side in sides)
        fixed, share = SLACK_OF_COUNTS if row.kind.counted else SLACK
        if gap <= fixed + share * implied.low:
            continue
        yield Verdict(row, implied, gap, *_cause(row, p, implied))


def _cause(row: Row, p: Span, implied: Span) -> tuple[str, float | None]:
    """Why they disagree: the other number of sides, another level, or neither."""
    if row.p_sides != "one" and implied.gap(z_span(p, 1)) <= CLOSE:
        return "one-sided", None
    sides = 1 if row.p_sides == "one" else 2
    for level in LEVELS:
        if level != row.level and _implied(row, level).gap(z_span(p, sides)) <= CLOSE:
            return "level", level
    return "mismatch", None


def _implied(row: Row, level: float) -> Span:
    """The deviates that a ratio and its interval imply, over all true values they admit."""
    value, low, high = span(row.value), span(row.low), span(row.high)
    z = critical_value(level)
    widest = (log(high.high) - log(low.low)) / (2 * z)
    narrowest = max((log(high.low) - log(low.high)) / (2 * z), 1e-9)
    ends = (abs(log(value.low)), abs(log(value.high))) if value.low > 0 else (0.0, inf)
    least = 0.0 if value.low <= 1 <= value.high else min(ends)
    return Span(least / widest, max(ends) / narrowest)


def _said(one: Verdict) -> str:
    row = one.row
    return (
        f"{name(row)}: {row.measure.replace('-', ' ')} {row.value} ({row.level:g} % interval "
        f"{row.low} to {row.high}) implies p {_p_range(one.implied)}, printed is p {row.p}"
    )


def _p_range(z: Span) -> str:
    """The p-values of a range of deviates: `= .031 to .059`, `<.0001`."""
    least, most = p_of(z.high), p_of(z.low)
    text = least if least == most else f"{least} to {most}"
    return text if text.startswith("<") and least == most else f"= {text}"


def _excludes(row: Row) -> str:
    p = p_span(row.p)
    excludes = float(row.low) > 1 or float(row.high) < 1
    if p and row.level == 95 and row.p_sides != "one":
        if excludes and p.low > 0.05:
            return ", for the interval leaves out 1 and p is above .05"
        if not excludes and p.high < 0.05:
            return ", for the interval holds 1 and p is below .05"
    return ""
