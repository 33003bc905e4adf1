"""A median against the medians that are published, and against its own interval."""

from __future__ import annotations

from math import log, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kb.audits.curves import alike, longer_units, shorter_units, shown, true_span, unnamed
from kb.audits.finding import NOTE, Remark
from kb.audits.rules.times import USUAL_LEVEL
from kb.audits.typing_errors import DOUBLED, LOST, MOVED, SWAPPED, meant_by
from kb.audits.usual_times import APART, USUAL
from kb.printed import sense
from kb.printed.measure import MONTHS
from kb.printed.number import Span, decimals, is_number, span
from kb.printed.time import UNITS, months
from kb.rows.admitted import exact_value, interval_printed
from kb.stats.numeric.special import critical_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.audits.usual_times import Usual
    from kb.rows.row import Row

PLACE: Final = Span(0.08, 0.87)
"""Where a median lies between its bounds on the log scale, 0 being the low one. Of 172 published
medians 2 % lie outside, with the width below; a swap of two digits of the median or a bound puts
4 in 10 outside the interval and 1 or 2 more of 10 out of these places."""
WIDTH: Final = Span(1.0, 10.5)
"""The log of the high over the low bound, times the root of n, at 95 %."""
INNER_PLACE: Final = Span(0.2, 0.8)
"""Where a slip has to bring a median back to, to be named: 9 of 10 published medians are there."""
MIDDLE: Final = 0.55
"""Where half of the published medians lie above and half below."""
INNER_WIDTH: Final = Span(1.8, 9.2)
"""The width that a slip has to bring an interval back to: 9 of 10 published ones have it."""
NAMED: Final = (SWAPPED, MOVED, DOUBLED, LOST)
"""The slips that are named, the likeliest first. A changed digit explains nearly anything."""
DENSITY: Final = 2.0
"""How often the place of a median between its bounds falls into a stretch of it near the middle,
in stretches: half of the published medians lie within a tenth of it."""
BY_CHANCE: Final = 0.1
"""How likely a median may be in the middle of its bounds by chance for it to be said. Of 91 such
medians published 25 are, and of those moved by a tenth of the interval either way 2 to 4."""


def median_implausible(study: Study) -> Iterator[Remark]:
    """A median is longer than all but 3 % of those published, or, in weeks or days, shorter.

    The quantiles are those of sarcoma trials (`kb/audits/usual_times.py`), for progression-free and
    for overall survival. Weeks printed as months are seen in 62 % and 90 %, at 3 false alarms among
    100 medians. A note that names the unit in which the median would be usual: nothing but
    plausibility speaks, and rare histologies do live longer. Medians in years are not judged, since
    long ones are printed so, nor long ones in days.
    """
    for row in study.medians:
        own, usual = true_span(row), USUAL.get(row.endpoint)
        if own is None or usual is None:
            continue
        size, units = UNITS[row.unit].months, shorter_units(row.unit)
        if own.low > usual.high and size <= 1 and units:
            limit = f"longer than 97 % of those published ({usual.high:g}"
        elif own.high < usual.low and size < 1:
            limit = f"shorter than 97 % of those published ({usual.low:g}"
            units = longer_units(row.unit)
        else:
            continue
        message = (
            f"{shown(row)} is {limit} months; {usual.medians} medians of {usual.trials} trials)"
            f"{_meant(row, usual, units)}"
        )
        yield Remark(NOTE, message, (row,))


def _meant(row: Row, usual: Usual, units: Sequence[str]) -> str:
    """The unit in which a median would be usual, as the tail of a sentence."""
    for unit in units:
        length = months(float(row.value), unit)
        if usual.holds(length):
            also = "" if unit == MONTHS else f" {length:.1f} months, which is"
            return f"; {row.value} {unit} would be{also} usual"
    return ""


def medians_close(study: Study) -> Iterator[Remark]:
    """Two medians of one set are closer than all but 3 % of published pairs: 13.1 and 15.5 months.

    Overall survival is 1.5 times progression-free survival or more in 97 % of the pairs of this
    base; weeks printed as months for the shorter one are below that in 91 %. One that is above the
    other is said by `time-order`. A note that names the unit of time; of rows without an arm, where
    each quantity stands once in its report, one note a study.
    """
    yield from dict.fromkeys(
        _close(*pair) for group in alike(study.medians) for pair in _pairs(group)
    )
    for pair in (pair for group in unnamed(study.medians) for pair in _pairs(group)):
        message = f"{_close(*pair).message}; no arm is given, so they may be of other patients"
        yield Remark(NOTE, message, pair)
        return


def _pairs(group: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Medians of one set, each with the shortest that it is below and close to."""
    for (shorter, longer), apart in APART.items():
        limits: dict[str, tuple[float, float, Row]] = {}
        for row in group:
            span_ = true_span(row)
            if row.endpoint == longer and span_:
                one = (span_.high, span_.low, row)
                limits[row.id] = min(limits.get(row.id, one), one, key=itemgetter(0))
        for row in group:
            own = true_span(row)
            found = [limits[key] for key in dict.fromkeys(("", row.id)) if key in limits]
            if row.endpoint == shorter and own and found:
                high, _, upper = min(found, key=itemgetter(0))
                if own.low <= high < apart.times * own.low:
                    yield row, upper


def _close(row: Row, upper: Row) -> Remark:
    apart = APART[row.endpoint, upper.endpoint]
    own, limit = (months(float(one.value), one.unit) for one in (row, upper))
    message = (
        f"{shown(upper)} is {limit / own:.2f} times {shown(row)}; 97 % of {apart.pairs} published "
        f"pairs are {apart.times:g} times apart or more{_nearer(row, upper, apart.times)}"
    )
    return Remark(NOTE, message, (row, upper))


def _nearer(row: Row, upper: Row, times: float) -> str:
    """The unit in which the shorter median would be as far below the other as is usual."""
    limit = months(float(upper.value), upper.unit)
    for unit in shorter_units(row.unit):
        length = months(float(row.value), unit)
        if times * length <= limit:
            return f"; {row.value} {unit} would be {length:.1f} months"
    return ""


def median_against_interval(study: Study) -> Iterator[Remark]:
    """A median lies at the edge of its interval, or the interval is too wide or narrow for n.

    On the log scale 98 % of published medians lie between .08 and .87 of the way from the low to
    the high bound, and the log of high over low, times the root of n, is between 1 and 10.5 (at
    95 %, which is taken where no level is printed). Rounding is allowed for. A note that names the
    slip that would bring it back: with a median outside its interval, an error of its own rule, 5
    in 10 slips of a digit are seen.
    """
    for row in study.medians:
        if exact_value(row) and interval_printed(row) and not _equal(row):
            what = _odd(row)
            if what:
                message = f"{shown(row)} ({row.low} to {row.high}): {what}{_slip(row)}"
                yield Remark(NOTE, message, (row,))


def _odd(row: Row) -> str:
    """What is unusual about a median between its bounds; empty where nothing is."""
    printed = (row.value, row.low, row.high)
    own, start, end = map(span, printed)
    order = sense.interval_order(row.low, row.high) or sense.value_outside_interval(*printed)
    if order or start.low <= 0 or end.low <= start.high:
        return ""
    if log(own.high / start.low) < PLACE.low * log(end.low / start.low):
        return "it lies at the low end of its interval"
    if own.low > start.high and log(own.low / start.high) > PLACE.high * log(end.high / start.high):
        return "it lies at the high end of its interval"
    if not row.n:
        return ""
    if log(end.low / start.high) * _scale(row) > WIDTH.high:
        return f"the interval is wider than those of {row.n} patients are"
    if log(end.high / start.low) * _scale(row) < WIDTH.low:
        return f"the interval is narrower than those of {row.n} patients are"
    return ""


def _slip(row: Row) -> str:
    """The slip in the median or a bound that would make it usual, as the tail of a sentence.

    Of swapped digits those that bring it nearest to the middle; of the other slips only one that a
    single number would explain.
    """
    printed, scale = (row.value, row.low, row.high), _scale(row)
    found: dict[str, list[tuple[float, str]]] = {words: [] for words in NAMED}
    for at, text in enumerate(printed):
        for meant, words in meant_by(text).items():
            other = (*printed[:at], meant, *printed[at + 1 :])
            off = _off_middle(scale, *other) if words in found else None
            if off is not None:
                found[words].append((off, f"; {text} may stand for {meant} ({words})"))
    for words, tails in found.items():
        if tails and (words == SWAPPED or len(tails) == 1):
            return min(tails)[1]
    return ""


def _off_middle(scale: float, *printed: str) -> float | None:
    """How far a median is from the middle of its bounds; None if 9 of 10 published ones are nearer.

    None, too, if the interval is wider or narrower than those of 9 of 10.
    """
    value, low, high = map(float, printed)
    if not 0 < low < value < high:
        return None
    width = log(high / low)
    place = log(value / low) / width
    usual = not scale or INNER_WIDTH.low <= width * scale <= INNER_WIDTH.high
    inside = INNER_PLACE.low <= place <= INNER_PLACE.high
    return abs(place - MIDDLE) if usual and inside else None


def _scale(row: Row) -> float:
    """What makes the width of a row that of one patient at 95 %; 0 where n is not printed."""
    level = row.level or USUAL_LEVEL
    return sqrt(row.n or 0) * critical_value(USUAL_LEVEL) / critical_value(level)


def median_equals_bound(study: Study) -> Iterator[Remark]:
    """A median is its own bound: `24.8 (24.8 to not reached)`. A note.

    A curve that falls by a half in one step can end so; more often one of the two was copied into
    the place of the other.
    """
    for row in study.medians:
        if exact_value(row) and _equal(row):
            which = "low" if is_number(row.low) and float(row.low) == float(row.value) else "high"
            message = (
                f"{shown(row)} is printed as the {which} bound of its interval too; one of the two "
                f"may have been copied"
            )
            yield Remark(NOTE, message, (row,))


def _equal(row: Row) -> bool:
    return any(
        is_number(text) and is_number(row.value) and float(text) == float(row.value)
        for text in (row.low, row.high)
    )


def median_interval_symmetric(study: Study) -> Iterator[Remark]:
    """A median stands in the middle of its interval on the natural scale, not on the log scale.

    `7.55 (6.054 to 9.046)`: the normal approximation, median ± 1.96 standard errors, which
    statistics programs print. Such an interval cannot be pooled as a log or log-log one. Said only
    where rounding leaves the middle so narrow that a median falls into it by chance in fewer than
    1 of 10; the message gives the chance. A note.
    """
    for row in study.medians:
        if not exact_value(row) or not interval_printed(row):
            continue
        value, low, high = (float(text) for text in (row.value, row.low, row.high))
        if not 0 < low < high:
            continue
        half, of_bounds = _unit(row.value), (_unit(row.low) + _unit(row.high)) / 2
        chance = DENSITY * 2 * (half + of_bounds) / (high - low)
        middle = abs(value - (low + high) / 2) <= half + of_bounds + 1e-9
        geometric = Span(
            sqrt((low - _unit(row.low)) * (high - _unit(row.high))),
            sqrt((low + _unit(row.low)) * (high + _unit(row.high))),
        )
        if chance <= BY_CHANCE and middle and not geometric.meets(Span(value - half, value + half)):
            message = (
                f"{shown(row)} is the middle of {row.low} to {row.high}: perhaps a normal "
                f"approximation, which cannot be pooled as log or log-log "
                f"(by chance {100 * chance:.2g} in 100)"
            )
            yield Remark(NOTE, message, (row,))


def _unit(text: str) -> float:
    """Half of the last printed digit."""
    return 0.5 * 10.0 ** -decimals(text)
