"""Numbers of another scale than those around them: a fraction for a percent, a time ten times."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Final

from kb.audits.finding import WARNING, Remark
from kb.audits.study import name
from kb.printed.number import Span, decimals, prints_as, span
from kb.rows.admitted import exact_value, reported_events
from kb.rows.identity import patients, quantity
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

SCALE: Final = 10
"""How many times its neighbours a median is before somebody should look at it again."""
NEIGHBOURS: Final = 2
"""How many other medians of an endpoint it takes to say so."""


def fraction_for_percent(study: Study) -> Iterator[Remark]:
    """A fraction stands where a percent is expected: `0.31` for 16 of 52 patients. A warning.

    Judged are values between 0 and 1 that have decimals. Where the count is printed, it has to be
    that fraction of n; where only n is, no count may print as the percent and some count as the
    fraction; without n another report has to print a hundred times the value for the same patients.
    So a percent below 1 of many patients, `0.5 % of 210`, is let be.
    """
    printed: dict[Hashable, list[Row]] = defaultdict(list)
    for row in study.proportions:
        if exact_value(row) and float(row.value) >= 1:
            printed[patients(row), quantity(row)].append(row)
    for row in chain(study.proportions, study.shares):
        if not exact_value(row) or not 0 < float(row.value) < 1 or not decimals(row.value):
            continue
        why = _fraction(row, printed)
        if why:
            percent = f"{(100 * Decimal(row.value)).normalize():f}"
            message = f"{name(row)}: {row.value} % is printed; as a fraction, {percent} %, {why}"
            yield Remark(WARNING, message, (row,))


def median_out_of_scale(study: Study) -> Iterator[Remark]:
    """A median is ten times every other median of its endpoint in the trial, or a tenth of it.

    Judged are medians of any arm, set and report, in months. Of two alone nobody knows which it
    is, so that one remark is about both. A warning: arms differ by less, so that the unit of time
    or the decimal point may have slipped.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in study.medians:
        if exact_value(row) and row.value_months:
            groups[row.endpoint].append(row)
    for rows in groups.values():
        if len(rows) == NEIGHBOURS:
            yield from _apart(*rows)
        lengths = sorted(row.value_months or 0.0 for row in rows)
        for row in rows if len(rows) > NEIGHBOURS else ():
            own = row.value_months or 0.0
            least = lengths[1] if own == lengths[0] else lengths[0]
            most = lengths[-2] if own == lengths[-1] else lengths[-1]
            above, below = own >= SCALE * most, own * SCALE <= least
            if above or below:
                message = (
                    f"{name(row)}: the median of {row.value} {row.unit} is "
                    f"{_times(own, most if above else least)} every other one in this "
                    f"trial ({least:.1f} to {most:.1f} months); its unit or its "
                    f"decimal point may have slipped"
                )
                yield Remark(WARNING, message, (row,))


def _apart(one: Row, other: Row) -> Iterator[Remark]:
    """The only two medians of an endpoint, if one is ten times the other."""
    low, high = sorted((one, other), key=lambda row: row.value_months or 0.0)
    few, many = (row.value_months or 0.0 for row in (low, high))
    if many >= SCALE * few:
        message = (
            f"{name(high)}: the median of {high.value} {high.unit} is {_times(many, few)} the "
            f"other one in this trial, {low.value} {low.unit}; the unit or the decimal point of "
            f"one of them may have slipped"
        )
        yield Remark(WARNING, message, (high, low))


def _fraction(row: Row, printed: Mapping[Hashable, Sequence[Row]]) -> str:
    """Why a value is a fraction, as the tail of a sentence; empty where nothing says so."""
    events, n = reported_events(row), row.n
    if n and events is not None:
        fits = [events] if prints_as(Fraction(events, n), row.value, rounding="any") else []
    elif n and not reconstruct_counts(row.value, n, rounding="any"):
        fits = [x for x in range(n + 1) if prints_as(Fraction(x, n), row.value, rounding="any")]
    else:
        fits = []
    if fits:
        counts = " or ".join(map(str, fits[:2]))
        return f"it is that of {counts} of {n}"
    whole = span(row.value)
    hundredfold = Span(100 * whole.low, 100 * whole.high)
    for other in printed.get((patients(row), quantity(row)), ()):
        if other.report != row.report and span(other.value).meets(hundredfold):
            return f"it is the {other.value} % of {other.report}"
    return ""


def _times(own: float, nearest: float) -> str:
    """`12 times`, or `1/12 of`."""
    if own >= nearest:
        return f"{own / nearest:.0f} times"
    return f"1/{nearest / own:.0f} of"
