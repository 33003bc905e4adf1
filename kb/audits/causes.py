"""Which single slip most likely stands behind a proportion whose numbers do not agree.

Every slip that would set the numbers right is weighed by how often such slips are made and by how
common the method is that would then give the interval: the common explanation goes before the
exotic one. The weights are conventions, one a named constant; only their order of magnitude counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits import methods
from kb.audits.typing_errors import CHANGED, DOUBLED, LOST, MOVED, SWAPPED, meant_by, slip
from kb.printed.number import as_printed, prints_as, span
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

N: Final = "n"
COUNT: Final = "count"
LEVEL: Final = "level"
ERROR: Final = "standard error"
BOUND: Final = "bound"
PERCENT: Final = "percent"

SISTER: Final = 0.3
"""An n that is printed for the same arm elsewhere, all such together: a patient or two were not
evaluable, and the source changes between the two numbers of patients without saying so."""
OFF_N: Final = {1: 0.055, 2: 0.04, 3: 0.03}
"""An n off by one to three, each side: the same without the other number in print."""
OFF_COUNT: Final = {1: 0.06, 2: 0.04}
"""A count off by one or two, each side: a response that was confirmed late, or read wrongly."""
FAR: Final = 0.1
"""Over the square of the distance: an n or a count that is off by more."""
OTHER_LEVELS: Final = {95: 0.06, 90: 0.06, 99: 0.02, 80: 0.02, 92: 0.004}
"""An interval at another level than the printed one; 90 % is usual in trials of phase 2."""
UNSTATED: Final = 3
"""How many times likelier another level is where 95 % was only taken for granted."""
ONE_ERROR: Final = 0.05
"""The proportion less and plus one standard error."""
SLIPS: Final = {SWAPPED: 0.04, MOVED: 0.02, DOUBLED: 0.02, LOST: 0.003, CHANGED: 0.003}
"""One slip of the pen, already shared among the numbers that such a slip may lead to: two digits
can be swapped in one or two ways, one changed in nine for each digit."""
ODD: Final = 0.0004
"""A bound that is neither a method's nor a slip away from one, beside a bound that is."""
UNFIT: Final = 0.3
"""The printed percent goes with the printed count and n, so that only the interval is of others."""
APART: Final = 0.001
"""The interval is not one of the count and n that would explain the percent, so that two things are
wrong; beside them stands another explanation of which it is."""

MOST: Final = 20
"""How far from the printed n or count others are tried at most; a fifth of n, at least 5."""
LARGEST_WHOLE: Final = 400
"""Up to which n a denominator of a percent is looked for; up to twice the printed n if larger."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A proportion as printed, bounds empty where there are none; `counts` may stand behind it.

    `level` is the printed one, or the one taken for granted; `counted`: the count is printed.
    `sisters` are the other n printed for the same arm.
    """

    value: str
    n: int
    counts: tuple[int, ...]
    low: str = ""
    high: str = ""
    level: float = methods.ASSUMED
    stated: bool = True
    counted: bool = True
    sisters: tuple[int, ...] = ()

    @property
    def interval(self) -> bool:
        """Whether two bounds are printed."""
        return bool(self.low and self.high)

    def admits(self, events: int, n: int) -> bool:
        """Whether the percent of events of n is rounded to the printed one, if one is printed."""
        return not self.value or _prints(events, n, self.value, "half-up")

    @property
    def percent_fits(self) -> bool:
        """Whether the percent is that of the printed count."""
        return not self.value or any(
            _prints(events, self.n, self.value, "any") for events in self.counts
        )

    def form(self, events: int, n: int, level: float | None = None) -> str:
        """The most common form by which events of n have the printed interval; empty for none."""
        if not self.interval:
            return ""
        found = methods.matching(events, n, self.low, self.high, level or self.level)
        return methods.likeliest(found) if found else ""

    @property
    def interval_fits(self) -> bool:
        """Whether the interval is one of the printed count."""
        return any(self.form(events, self.n) for events in self.counts)


class Cause(NamedTuple):
    """What would set the numbers right, how likely it is beside the others, and by which form.

    `events`, `n` and `level` are those that would; `meant` is the number for which a slip of the
    pen, in `words`, put another into `side`.
    """

    kind: str
    weight: float
    events: int
    n: int
    level: float
    form: str = ""
    side: str = ""
    meant: str = ""
    words: str = ""


@lru_cache(maxsize=4096)
def causes_of_interval(claim: Claim) -> tuple[Cause, ...]:
    """What may stand behind an interval that no method gives for its count, likeliest first."""
    found = [*_of_n(claim), *_of_count(claim)]
    weighed = [
        one._replace(weight=weight) for one in found
        if (weight := _interval_weight(claim, one))
    ]  # fmt: skip
    weighed += [*_of_level(claim), *_of_error(claim), *_of_bound(claim)]
    return _ranked(weighed)


def causes_of_percent(claim: Claim) -> tuple[Cause, ...]:
    """What may stand behind a percent that is not that of its count and n, likeliest first."""
    found = [*_of_n(claim), *_of_count(claim), *_of_percent(claim)]
    fitting = [
        one for one in found
        if one.kind == PERCENT or claim.admits(one.events, one.n)
    ]  # fmt: skip
    if claim.interval and any(one.form for one in fitting):
        fitting = [
            one._replace(weight=one.weight * (methods.weight(one.form) if one.form else APART))
            for one in fitting
        ]
    return _ranked(fitting)


def causes(claim: Claim) -> tuple[Cause, ...]:
    """What would set a proportion right that does not agree with itself, likeliest first.

    Empty if its percent and its interval are those of its count. A percent that is not is asked
    about first, for it needs no method to be named.
    """
    if not claim.percent_fits:
        return causes_of_percent(claim)
    if claim.interval and not claim.interval_fits:
        return causes_of_interval(claim)
    return ()


def _ranked(found: list[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(found, key=lambda one: -one.weight))


def _interval_weight(claim: Claim, cause: Cause) -> float:
    """The weight of another count or n, 0 if it has not the interval."""
    if not cause.form:
        return 0.0
    fits = 1.0 if claim.admits(cause.events, cause.n) else UNFIT
    return cause.weight * methods.weight(cause.form) * fits


def _of_n(claim: Claim) -> Iterator[Cause]:
    """Another n: one that is printed for the arm, one off by a few, one that has the percent."""
    for n in _denominators(claim):
        away = abs(n - claim.n)
        weight = OFF_N.get(away, FAR / away**2)
        if n in claim.sisters:
            weight += SISTER / len(claim.sisters)
        counts = claim.counts if claim.counted else {*claim.counts, *_counts(claim.value, n)}
        for events in sorted(counts):
            if events <= n:
                yield Cause(N, weight, events, n, claim.level, claim.form(events, n))


def _denominators(claim: Claim) -> list[int]:
    near = {claim.n + k for k in range(-_reach(claim.n), _reach(claim.n) + 1)}
    near |= {*claim.sisters, *_having(claim)}
    return sorted(n for n in near if n > 0 and n != claim.n)


def _having(claim: Claim) -> set[int]:
    """The denominators of which the printed count has the printed percent, those next to n."""
    events = claim.counts[0] if claim.counts else 0
    if not (claim.counted and claim.value and events) or claim.percent_fits:
        return set()
    true, limit = span(claim.value), max(LARGEST_WHOLE, 2 * claim.n)
    if true.high <= 0:
        return set()
    first = max(events, floor(100 * events / true.high))
    last = min(limit, ceil(100 * events / true.low)) if true.low > 0 else limit
    middle = min(max(claim.n, first), last)
    around = range(max(first, middle - MOST), min(last, middle + MOST) + 1)
    return {n for n in around if claim.admits(events, n)}


def _of_count(claim: Claim) -> Iterator[Cause]:
    """Another count out of the printed n: one off by a few, or one whose percent was mistyped."""
    if not claim.counts:
        return
    near = claim.counts[0]
    tried = {near + k: 0.0 for k in range(-_reach(claim.n), _reach(claim.n) + 1)}
    if claim.value and not claim.percent_fits:
        tried |= dict.fromkeys(_counts(claim.value, claim.n), 0.0)
    if claim.value and not claim.counted:
        for meant, words in meant_by(claim.value).items():
            for events in _counts(meant, claim.n):
                tried[events] = max(tried.get(events, 0.0), SLIPS[words])
    for events, slipped in sorted(tried.items()):
        if not 0 <= events <= claim.n or events in claim.counts:
            continue
        away = min(abs(events - own) for own in claim.counts)
        weight = max(slipped, OFF_COUNT.get(away, FAR / away**2))
        yield Cause(COUNT, weight, events, claim.n, claim.level, claim.form(events, claim.n))


def _of_level(claim: Claim) -> Iterator[Cause]:
    """The interval at another level than the printed one."""
    for level in methods.LIKELY:
        for events in claim.counts:
            form = claim.form(events, claim.n, level) if level != claim.level else ""
            if form:
                weight = OTHER_LEVELS[level] * methods.weight(form)
                weight *= 1 if claim.stated else UNSTATED
                yield Cause(LEVEL, weight, events, claim.n, level, form)


def _of_error(claim: Claim) -> Iterator[Cause]:
    for events in claim.counts:
        if methods.is_standard_error(events, claim.n, claim.low, claim.high):
            yield Cause(ERROR, ONE_ERROR, events, claim.n, claim.level)


def _of_bound(claim: Claim) -> Iterator[Cause]:
    """One bound is a method's and the other is not, by a slip of the pen or without one."""
    for events in claim.counts:
        for form, bounds in methods.forms(events, claim.n, claim.level).items():
            low, high = as_printed(bounds.low, claim.low), as_printed(bounds.high, claim.high)
            if (low == claim.low) == (high == claim.high):
                continue
            side = "high" if low == claim.low else "low"
            printed, meant = (claim.high, high) if side == "high" else (claim.low, low)
            words = slip(printed, meant)
            weight = (SLIPS[words] if words else ODD) * methods.weight(form)
            yield Cause(BOUND, weight, events, claim.n, claim.level, form, side, meant, words)


def _of_percent(claim: Claim) -> Iterator[Cause]:
    """The percent of the printed count, mistyped; its interval may say so where no slip does."""
    for events in claim.counts if claim.counted else ():
        meant = as_printed(100 * events / claim.n, claim.value)
        words, form = slip(claim.value, meant), claim.form(events, claim.n)
        if words or form:
            weight = SLIPS[words] if words else ODD
            yield Cause(PERCENT, weight, events, claim.n, claim.level, form, "value", meant, words)


def _reach(n: int) -> int:
    """How far from n, or from a count of it, others are tried."""
    return min(MOST, max(5, n // 5))


def _prints(events: int, n: int, percent: str, rounding: str) -> bool:
    return 0 <= events <= n and prints_as(Fraction(100 * events, n), percent, rounding=rounding)


def _counts(percent: str, n: int) -> list[int]:
    """The counts of n that print so, from the middle, not more than `MOST`."""
    if not percent or not 0 <= float(percent) <= 100:
        return []
    true = span(percent)
    if (true.high - true.low) * n > 100 * MOST:
        return [round(float(percent) * n / 100)]
    return reconstruct_counts(percent, n)
