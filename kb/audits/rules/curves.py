"""A digitised curve against itself, its numbers at risk, and what is printed beside it."""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Final

from kb.audits.drawn import READ, SURE
from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.printed.number import is_number, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.drawn import Drawn
    from kb.stats.results import Effect
    from kb.stats.survival.curves import Individuals

TYPICAL: Final = 0.005
"""The usual error of a height; where many are summed, errors are taken as independent."""
TINY: Final = 1e-9
DEVIATIONS: Final = 3.0
RATIO_NOTED: Final = 0.6
RATIO_SURE: Final = 1.0
"""In standard errors of the log ratio: a stratified or adjusted ratio differs by some .3 of one."""


def curve_rising(drawn: Drawn) -> Iterator[Remark]:
    """A curve of survival rises. An error beyond what careless reading explains (.03), else a note.

    Points may stand in any order of rows; one is held against those that lie before it by more than
    two hundredths of the time axis, since both times may be misread. Rises below .015 are not
    mentioned.
    """
    points = sorted(enumerate(drawn.curve.times), key=lambda pair: pair[1])
    heights = drawn.curve.values
    lowest, since, passed = 1.0, 0.0, 0
    for at, time in points:
        while points[passed][1] < time - 2 * drawn.slack:
            earlier, when = points[passed]
            if heights[earlier] < lowest:
                lowest, since = heights[earlier], when
            passed += 1
        if heights[at] - lowest > READ + TINY and heights[at] <= 1 + READ:
            severity = ERROR if heights[at] - lowest > SURE + TINY else NOTE
            message = f"survival rises from {lowest:g} at {since:g} to {heights[at]:g} at {time:g}"
            yield Remark(severity, message, address=drawn.curve.place(at))


def curve_out_of_range(drawn: Drawn) -> Iterator[Remark]:
    """Survival below 0 or above 1 by more than reading explains (.015). An error.

    Heights above 1.5 anywhere make all of them percents, and that is said.
    """
    for at, height in enumerate(drawn.curve.values):
        if not -READ <= height <= 1 + READ:
            message = f"survival of {height:g} at {drawn.curve.times[at]:g} lies outside 0 to 1"
            yield Remark(ERROR, message, address=drawn.curve.place(at))


def at_risk_rising(drawn: Drawn) -> Iterator[Remark]:
    """More patients at risk later than earlier. An error: two numbers may stand swapped."""
    if drawn.at_risk is None:
        return
    risk = drawn.at_risk
    for at, (before, after) in enumerate(pairwise(risk.values), start=1):
        if after > before:
            message = f"{after:g} at risk at {risk.times[at]:g}, but {before:g} before"
            yield Remark(ERROR, message, address=risk.place(at))


def at_risk_against_curve(drawn: Drawn) -> Iterator[Remark]:
    """The curve falls by more patients than the numbers at risk lose.

    Where patients are only lost, by events or by censoring, those at risk can at no time be more
    than those at risk before times the share that the curve leaves. A warning from one patient on,
    with heights misread by .015 and times by a hundredth of the axis; an error if twice that does
    not explain it, and for a curve that falls by more than .03 when nobody is at risk any more.
    """
    if drawn.at_risk is None or [*at_risk_rising(drawn)]:
        return
    risk = drawn.at_risk
    least: tuple[float, float, float] = (1.0, risk.values[0], risk.times[0])
    for at, (time, n) in enumerate(zip(risk.times, risk.values, strict=True)):
        if n == 0:
            fall = drawn.height(time + drawn.slack) - drawn.end[1]
            if fall > SURE:
                message = f"the curve falls by {fall:.2f} after {time:g}, where nobody is at risk"
                yield Remark(ERROR, message, address=risk.place(at))
            return
        top = drawn.height(time - drawn.slack, early=True)
        own = drawn.least(time + drawn.slack)
        height, before, since = least
        for factor, severity in ((2, ERROR), (1, WARNING)):
            allowed = before * min(1.0, (top + factor * READ) / max(height - factor * READ, 1e-9))
            if n - allowed >= 1:
                yield Remark(
                    severity,
                    f"{n:g} at risk at {time:g}, but of {before:g} at {since:g} the curve leaves "
                    f"{before * top / height:.1f}, if none is censored",
                    address=risk.place(at),
                )
                least = (own, n, time)  # what follows is judged anew
                break
        if own and n / own < least[1] / max(least[0], 1e-9):
            least = (own, n, time)


def events_against_curve(drawn: Drawn) -> Iterator[Remark]:
    """The events that are printed are more or fewer than the curve and the numbers at risk allow.

    Between two numbers at risk the fall of the curve takes the fewest events if all censoring comes
    first, the most if it comes last. A warning beyond three standard errors of reading and one
    patient; an error for more events than patients. After the last number at risk any number from
    none to all that the fall allows.
    """
    events = drawn.events
    if events is None or drawn.at_risk is None or [*at_risk_against_curve(drawn)]:
        return
    patients = int(drawn.at_risk.values[0])
    place = drawn.at_risk.name
    if events > patients:
        yield Remark(ERROR, f"{events} events among {patients} patients", address=place)
        return
    fewest = most = variance = 0.0
    for one in drawn.stretches:
        share, lost = one.after / one.before if one.before else 1.0, one.at_risk - one.left
        fewest += min(one.left * (1 / share - 1), lost) if share else lost * bool(one.left)
        most += min(one.at_risk * (1 - share), lost)
        variance += (one.at_risk / max(one.before, TYPICAL)) ** 2 * (TYPICAL**2 + one.unsure**2)
    margin = 1 + DEVIATIONS * (2 * variance) ** 0.5
    if not fewest - margin <= events <= most + margin:
        message = f"{events} events printed; the curve and its numbers at risk allow {fewest:.0f}"
        yield Remark(WARNING, f"{message} to {most:.0f}", address=place)


def median_against_curve(drawn: Drawn) -> Iterator[Remark]:
    """The printed median is not where the curve crosses one half. A warning.

    Heights misread by .015 and times by a hundredth of the axis, and the rounding of the median,
    are allowed for; `NR` where the curve crosses one half by more than that is a warning, too.
    """
    if not drawn.median:
        return
    early, late = drawn.crossing(0.5 + READ), drawn.crossing(0.5 - READ)
    crossing = drawn.crossing(0.5)
    where = f"the curve crosses one half at {crossing:g}" if crossing else "it is near one half"
    if not is_number(drawn.median):
        if late is not None:
            message = f"the median is printed as {drawn.median}, but {where}"
            yield Remark(WARNING, message, address=drawn.curve.name)
        return
    own = span(drawn.median)
    if early is None:
        ends = f"stays above one half ({drawn.end[1]:g} at {drawn.end[0]:g})"
        message = f"the median is printed as {drawn.median}, but the curve {ends}"
        if own.low <= drawn.end[0]:
            yield Remark(WARNING, message, address=drawn.curve.name)
    elif own.high < drawn.last_above(0.5 + READ) - drawn.slack or (
        late is not None and own.low > late + drawn.slack
    ):
        at = f"{drawn.height(float(drawn.median)):.2f}"
        message = f"the median is printed as {drawn.median}, where the curve is at {at}; {where}"
        yield Remark(WARNING, message, address=drawn.curve.name)


def rate_against_curve(drawn: Drawn) -> Iterator[Remark]:
    """A printed rate at a time is not the height of the curve then. A warning.

    Rates are percents; misreading and rounding are allowed for as of a median. A rate beyond the
    end of the curve is not judged.
    """
    for time, text in drawn.rates.items():
        if not is_number(text) or time > drawn.end[0] + drawn.slack:
            continue
        top = drawn.height(time - drawn.slack, early=True) + READ
        bottom, own = drawn.least(time + drawn.slack) - READ, span(text)
        if own.high < 100 * bottom or own.low > 100 * top:
            at = f"{100 * drawn.height(time):.1f} %"
            message = f"{text} % is printed at {time:g}, where the curve is at {at}"
            yield Remark(WARNING, message, address=drawn.curve.name)


def ratio_against_curves(first: Drawn, second: Drawn, ratio: str) -> Iterator[Remark]:
    """The printed hazard ratio is not that of the two curves.

    That is the Cox estimate (Efron's ties) of the patients reconstructed from both curves and
    their numbers at risk (Guyot et al. 2012). A note beyond .6 of its standard error and the
    rounding, which reading does not explain but another model may; a warning beyond one. The
    inverse is named where it fits; a note says why nothing can be reconstructed.
    """
    if not is_number(ratio) or float(ratio) <= 0:
        raise ValueError(f"a hazard ratio is a number above 0, not {ratio!r}")
    try:
        made = ratio_of(first, second)
    except ValueError as error:
        message = f"the hazard ratio of {ratio} is not tested: {error}"
        yield Remark(NOTE, message, address=first.curve.name)
        return
    own = span(ratio)
    assert made.se is not None  # a Cox estimate has one
    away = max(log(max(own.low, 1e-9) / made.value), log(made.value / own.high), 0) / made.se
    if away <= RATIO_NOTED:
        return
    inverse = abs(log(float(ratio)) + log(made.value)) <= RATIO_NOTED * made.se
    cause = "; it fits the other arm against this one" if inverse else ""
    yield Remark(
        WARNING if away > RATIO_SURE else NOTE,
        f"a hazard ratio of {ratio} is printed; the two curves give {made.value:.2f} "
        f"({made.low:.2f} to {made.high:.2f}){cause}",
        address=first.curve.name,
    )


def ratio_of(first: Drawn, second: Drawn) -> Effect:
    """The Cox hazard ratio of the patients reconstructed from two curves, first against second.

    ValueError where there is nothing to reconstruct or compare.
    """
    from kb.stats.survival.hazards import cox_ratio

    one, other = patients(first), patients(second)
    return cox_ratio((one.time, one.event), (other.time, other.event))


def patients(drawn: Drawn) -> Individuals:
    """The patients of a curve, by `reconstruct_survival`; ValueError where that refuses.

    With the printed events where they belong to the curve, else without.
    """
    from kb.stats.survival.curves import reconstruct_survival

    if drawn.at_risk is None:
        raise ValueError(f"{drawn.curve.name} has no numbers at risk")
    times, heights = zip(*drawn.spread, strict=True)
    given = times, heights, drawn.at_risk.times, drawn.at_risk.values
    try:
        return reconstruct_survival(*given, events=drawn.events)
    except ValueError:
        if drawn.events is None:
            raise
        return reconstruct_survival(*given)
