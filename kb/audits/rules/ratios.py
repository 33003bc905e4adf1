"""Ratios against the middle of their interval, and against the numbers of their arms."""

from __future__ import annotations

from math import inf, isfinite, log, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.audits.study import name
from kb.audits.typing_errors import DOUBLED, LOST, MOVED, SWAPPED, meant_by
from kb.printed.measure import (
    HAZARD_RATIO,
    MEDIAN,
    PROPORTION,
    RISK_DIFFERENCE,
)
from kb.printed.number import Span, as_printed, span
from kb.rows.admitted import (
    exact_value,
    interval_printed,
    percent_span,
    possible_tables,
    reported_events,
)
from kb.rows.crude import CRUDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

SILENT: Final = 0.05
PLAIN: Final = 0.25
"""Share of the half-width by which an estimate may lie off the centre: profile likelihood and exact
intervals do by some per cent, a slip by more."""

TURNED: Final = "one over it"
LIKELY: Final = (SWAPPED, MOVED, TURNED, LOST, DOUBLED)
"""The slips that are looked for, the likeliest first. A digit that is merely another is none: some
digit would set most numbers right."""

FAR: Final = 3
"""How many times a hazard ratio may lie off the ratio of its medians; the most in some 150
published comparisons of the corpus is 1.8."""
FAR_OFF: Final = f"more than {FAR} times off the ratio of the medians, unless hazards change much"


def logarithm(value: float) -> float:
    """The natural logarithm, minus infinity at 0 and below."""
    return log(value) if value > 0 else -inf


def ratio_asymmetric(study: Study) -> Iterator[Remark]:
    """A ratio does not lie in the middle of its interval on the log scale.

    Intervals of hazard, odds and risk ratios are symmetric there (Parmar, Torri & Stewart 1998),
    so `0.86 (0.68 to 1.80)` has a slip in it; the message says what the centre is, and which single
    slip in value or bound would set it right, or what each bound would be beside the other.
    Rounding is allowed for, and another twentieth of the half-width. A note up to a quarter of it,
    since exact and profile intervals are a little skewed; a warning beyond.
    """
    for row in study.ratios:
        if not interval_printed(row) or not exact_value(row):
            continue
        low, value, high = float(row.low), float(row.value), float(row.high)
        if not 0 < low < high or not low <= value <= high:
            continue
        off = _off_centre(row.value, row.low, row.high)
        if off <= SILENT:
            continue
        centre = as_printed(sqrt(low * high), row.value)
        message = (
            f"{name(row)}: {row.value} lies {100 * off:.0f} % of the half-width off the middle of "
            f"{row.low} to {row.high} on the log scale, which is {centre}"
        )
        slip = _slip(row)
        if off <= PLAIN:
            yield Remark(NOTE, f"{message}{slip}", (row,))
        else:
            yield Remark(WARNING, f"{message}{slip or _partners(row)}", (row,))


def ratio_against_counts(study: Study) -> Iterator[Remark]:
    """An odds ratio, risk ratio or risk difference is not that of the two printed proportions.

    Judged where both counts are known, no cell is empty and nothing says that it is adjusted. If
    another measure gives the printed number the message says so (an odds ratio sold as a risk
    ratio), or that the arms are the other way round. A warning: an adjustment may be unstated.
    """
    for row in study.contrasts:
        if row.measure not in CRUDE or not exact_value(row) or row.adjusted_for:
            continue
        for one, other in study.sides(row, PROPORTION):
            tables = possible_tables(one, other)
            if not tables or any(_gives(row, row.measure, table) for table in tables):
                continue
            x1, n1, x2, n2 = tables[0]
            if 0 in (x1, n1 - x1, x2, n2 - x2):
                continue
            crude = _crude(row.measure, tables[0])
            value = as_printed(crude, row.value)
            words = row.measure.replace("-", " ")
            message = (
                f"{name(row)}: the {words} of {x1} of {n1} against {x2} of {n2} is {value}, "
                f"printed is {row.value}{_other_measure(row, tables)}"
            )
            yield Remark(WARNING, message, (row, one, other))


def direction_against_proportions(study: Study) -> Iterator[Remark]:
    """A ratio points the other way than the two proportions it sets side by side.

    An odds or risk ratio above 1 though the experimental arm has the lower rate, or a difference of
    the wrong sign. An error if the counts are printed and nothing is adjusted, else a warning; the
    arms may be the other way round.
    """
    for row in study.contrasts:
        if row.measure not in CRUDE or not exact_value(row):
            continue
        neutral = row.kind.null or 0.0
        value = span(row.value)
        for one, other in study.sides(row, PROPORTION):
            own, theirs = percent_span(one), percent_span(other)
            if own is None or theirs is None or own.meets(theirs):
                continue
            higher = own.low > theirs.high
            if (higher and value.high < neutral) or (not higher and value.low > neutral):
                printed = reported_events(one) is not None and reported_events(other) is not None
                severity = ERROR if printed and not row.adjusted_for else WARNING
                message = (
                    f"{name(row)}: {row.measure.replace('-', ' ')} {row.value}, but "
                    f"{_rate(one)} in {row.arm} and {_rate(other)} in {row.versus}; the arms may "
                    f"be the other way round"
                )
                yield Remark(severity, message, (row, one, other))


def direction_against_medians(study: Study) -> Iterator[Remark]:
    """A hazard ratio points the other way than the two medians, or lies far from their ratio.

    A hazard ratio below 1 goes with the longer median in the experimental arm, unless the curves
    cross; for endpoints of which less is better it is the same, a hazard being one of the event. A
    warning if the interval excludes 1, a note if not, the medians differ by more than a tenth, and
    the ratio is not from 0.90 to 1.11. Where hazards are constant the ratio is that of the medians
    turned round: a warning too if, at the kindest rounding, it is more than three times off.
    """
    for row in study.ratios:
        if row.measure != HAZARD_RATIO or not exact_value(row):
            continue
        value = span(row.value)
        for one, other in study.sides(row, MEDIAN):
            if not (exact_value(one) and exact_value(other)) or one.unit != other.unit:
                continue
            own, theirs = span(one.value), span(other.value)
            longer, shorter = own.low > theirs.high, own.high < theirs.low
            against = (longer and value.low > 1) or (shorter and value.high < 1)
            far = _far(value, own, theirs)
            if not against:
                if far:
                    message = f"{_said(row, one, other)}: {FAR_OFF}"
                    yield Remark(WARNING, message, (row, one, other))
                continue
            excludes = interval_printed(row) and (float(row.low) > 1 or float(row.high) < 1)
            sure = excludes or far
            apart = abs(logarithm(float(one.value)) - logarithm(float(other.value))) > 0.1
            if sure or (apart and not 0.9 <= float(row.value) <= 1.11):
                swapped = as_printed(1 / float(row.value), row.value)
                message = (
                    f"{_said(row, one, other)}; the curves cross, "
                    f"or the arms are the other way round ({swapped})"
                )
                yield Remark(WARNING if sure else NOTE, message, (row, one, other))


def _said(row: Row, one: Row, other: Row) -> str:
    return (
        f"{name(row)}: hazard ratio {row.value}, but the median is {one.value} {one.unit} in "
        f"{row.arm} and {other.value} in {row.versus}"
    )


def _far(ratio: Span, own: Span, theirs: Span) -> bool:
    """Whether a ratio is not within so many times of what two medians say, however rounded."""
    return own.low * ratio.low > FAR * theirs.high or own.high * ratio.high * FAR < theirs.low


def _off_centre(value: str, low: str, high: str) -> float:
    """How far a value lies off the middle, in half-widths, at the kindest rounding."""
    spans = [span(text) for text in (value, low, high)]
    own, below, above = (Span(log(one.low), log(one.high)) for one in spans)
    middle = Span((below.low + above.low) / 2, (below.high + above.high) / 2)
    return own.gap(middle) / ((log(float(high)) - log(float(low))) / 2)


def _slip(row: Row) -> str:
    """The likeliest single slip in value or bounds after which the ratio lies in the middle.

    First two digits swapped or the point moved, then a number turned round (1 over it), then a
    digit lost or doubled.
    """
    printed = (row.value, row.low, row.high)
    found: list[tuple[int, str]] = []
    for at, text in enumerate(printed):
        turned = as_printed(1 / float(text), text)
        for meant, words in (*meant_by(text).items(), (turned, TURNED)):
            numbers = [*printed]
            numbers[at] = meant
            value, low, high = map(float, numbers)
            if words in LIKELY and 0 < low < value < high and _off_centre(*numbers) == 0:
                found.append((LIKELY.index(words), f"{text} for {meant}, {words}"))
    return f"; a slip would explain it ({min(found, key=itemgetter(0))[1]})" if found else ""


def _partners(row: Row) -> str:
    """What each bound would be beside the other, the value being right."""
    value, low, high = map(float, (row.value, row.low, row.high))
    return (
        f"; beside {row.low} the upper bound would be {as_printed(value**2 / low, row.high)}, "
        f"beside {row.high} the lower one {as_printed(value**2 / high, row.low)}"
    )


def _crude(measure: str, table: tuple[int, int, int, int]) -> float:
    effect = CRUDE[measure](*table).value
    return 100 * effect if measure == RISK_DIFFERENCE else effect


def _gives(row: Row, measure: str, table: tuple[int, int, int, int]) -> bool:
    effect = _crude(measure, table)
    return isfinite(effect) and span(row.value).meets(Span(effect, effect))


def _other_measure(row: Row, tables: list[tuple[int, int, int, int]]) -> str:
    for measure in CRUDE:
        if measure != row.measure and any(_gives(row, measure, table) for table in tables):
            return f", which is the {measure.replace('-', ' ')}"
    turned = [(x2, n2, x1, n1) for x1, n1, x2, n2 in tables]
    if any(_gives(row, row.measure, table) for table in turned):
        return f", which is that of {row.versus} against {row.arm}"
    return ""


def _rate(row: Row) -> str:
    return f"{row.value} %" if exact_value(row) else f"{row.events} of {row.n}"
