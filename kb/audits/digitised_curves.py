"""The audit of a digitised survival curve, or of two arms of one trial."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.audits.curve_files import read_at_risk, read_curve
from kb.audits.drawn import Drawn
from kb.audits.finding import ERROR, NOTE, WARNING, Finding, Findings, Remark
from kb.audits.rules import curves
from kb.printed.measure import MEDIAN
from kb.sentences import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.audits.curve_files import Source

CURVE_RULES: Final[tuple[Callable[[Drawn], Iterator[Remark]], ...]] = (
    curves.curve_out_of_range,
    curves.curve_rising,
    curves.at_risk_rising,
    curves.at_risk_against_curve,
    curves.events_against_curve,
    curves.median_against_curve,
    curves.rate_against_curve,
)
"""The rules about one curve, in the order of the manual; `ratio_against_curves` is of two."""
CURVE_YIELDED: Final[dict[str, tuple[str, ...]]] = {
    "curve-out-of-range": (ERROR,),
    "curve-rising": (ERROR, NOTE),
    "at-risk-rising": (ERROR,),
    "at-risk-against-curve": (ERROR, WARNING),
    "events-against-curve": (ERROR, WARNING),
    "median-against-curve": (WARNING,),
    "rate-against-curve": (WARNING,),
    "ratio-against-curves": (WARNING, NOTE),
}
"""Rule id to the severities that it may yield, in the order of the manual."""
BESIDE: Final = {
    "at_risk": "numbers at risk", "events": "events", MEDIAN: "the median", "rates": "rates",
}  # fmt: skip
"""What may be printed beside a curve, by the argument that takes it."""


def audit_curve(
    curve: Source,
    at_risk: Source | None = None,
    *,
    events: int | None = None,
    median: str = "",
    rates: Mapping[float, str] | None = None,
    versus: Source | None = None,
    versus_at_risk: Source | None = None,
    versus_events: int | None = None,
    versus_median: str = "",
    hazard_ratio: str = "",
) -> Findings:
    """What a digitised survival curve and what is printed beside it say of each other.

    `curve` is a CSV file with the columns `time` and `surv`, or a pair of times and heights;
    `at_risk` one with `time` and `nrisk`. `events`, `median` and `rates` (time to percent) are as
    printed; the median may be "NR". `versus` is the curve of the reference arm, for the printed
    `hazard_ratio` of the first against it, which is judged where no error stands. ValueError for
    what cannot be read, and for a ratio without a second curve.
    """
    drawn = _drawn(curve, at_risk, events, median, rates or {})
    found = of_curve(drawn)
    if versus is None:
        if hazard_ratio:
            raise ValueError("a hazard ratio needs a second curve")
        return found
    other = _drawn(versus, versus_at_risk, versus_events, versus_median, {})
    if other.curve.name == drawn.curve.name:
        other = replace(other, curve=replace(other.curve, name=f"other {other.curve.name}"))
    found += of_curve(other)
    if hazard_ratio and not any(one.severity == ERROR for one in found):
        found += [
            _finding("ratio-against-curves", remark, drawn)
            for remark in curves.ratio_against_curves(drawn, other, hazard_ratio)
        ]
    return found


def looked_at(curve: Source, **given: object) -> str:
    """What of a curve was read, and what was not tested for want of something printed beside it.

    `given` are the other arguments of `audit_curve` about the same arm, empty where not printed.
    """
    read = read_curve(curve)
    untested = [what for name, what in BESIDE.items() if given.get(name) in (None, "", {})]
    parts = [f"{count(len(read.times), 'point')} up to {max(read.times):g}"]
    parts += [one.removeprefix(f"{read.name}: ") for one in read.said]
    if untested:
        parts.append(f"not tested for want of them: {', '.join(untested)}")
    return f"{read.name}: {'; '.join(parts)}"


def of_curve(drawn: Drawn) -> Findings:
    """What the rules about one curve say of it."""
    return Findings(
        _finding(rule.__name__.replace("_", "-"), remark, drawn)
        for rule in CURVE_RULES
        for remark in rule(drawn)
    )


def _drawn(
    curve: Source, at_risk: Source | None, events: int | None, median: str,
    rates: Mapping[float, str],
) -> Drawn:  # fmt: skip
    risk = None if at_risk is None else read_at_risk(at_risk)
    return Drawn(read_curve(curve), risk, events, median, rates)


def _finding(rule: str, remark: Remark, drawn: Drawn) -> Finding:
    return Finding(remark.address, rule, remark.severity, remark.message, drawn.curve.name)
