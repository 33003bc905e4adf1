"""Arms with a printed median: what is a number, what is a state, and the errors they imply."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isclose, isnan, log, nan, sqrt
from typing import TYPE_CHECKING

from kb.printed.state import STATES
from kb.stats.numeric.special import critical_value
from kb.stats.pooling.standard_errors import standard_error
from kb.stats.survival.models import Weibull, curve_through

if TYPE_CHECKING:
    from collections.abc import Sequence

    Printed = float | str | None


@dataclass(frozen=True, slots=True)
class MedianArm:
    """One arm: its median and bounds, `nan` where a state is printed, and what weighs it.

    `state` is that of a median without a number; `level` is `nan` where it is not stated, `n` is 0
    where it is not given; `quantile` is a further printed quantile, (probability, time).
    """

    label: str
    median: float
    state: str
    low: float
    high: float
    level: float
    n: int
    quantile: tuple[float, float] | None

    @property
    def is_symmetric(self) -> bool:
        """Whether the interval lies evenly about the median, as a normal approximation does."""
        return isclose(self.median - self.low, self.high - self.median, rel_tol=1e-9)

    def lacks_weight(self) -> str:
        """Return why the arm has no weight in a weighted median, or nothing."""
        return "" if self.n else "its n is not given"

    def lacks_width(self, scale: str) -> str:
        """Return why no standard error follows from the printed interval, or nothing."""
        if isnan(self.low):
            return "its interval has no lower bound"
        if isnan(self.level):
            return "the level of its interval is not stated"
        if scale == "log" and self.low == 0:
            return "its lower bound is 0, which has no logarithm"
        if isnan(self.high) and self.low == self.median:
            return "its only bound is the median itself"
        return ""

    def lacks_quantile(self) -> str:
        """Return why no standard error follows from quantiles, or nothing."""
        return self.lacks_weight() or (
            "" if self.quantile else "only one quantile is printed, the median"
        )

    def interval_error(self, scale: str) -> float:
        """Return the standard error that the interval, or its lower half alone, implies."""
        if not isnan(self.high):
            return standard_error(self.median, self.low, self.high, level=self.level, scale=scale)
        half = log(self.median / self.low) if scale == "log" else self.median - self.low
        return half / critical_value(self.level)

    def quantile_error(self) -> float:
        """Return the error of ln median of n Weibull times: 1/(2·√n·m·f(m)) = 1/(√n·shape·ln 2)."""
        assert self.quantile is not None
        probability, time = self.quantile
        curve = curve_through([(self.median, 0.5), (time, 1 - probability)], model="weibull")
        assert isinstance(curve, Weibull)
        return 1 / (sqrt(self.n) * curve.shape * log(2))


def printed_arms(
    medians: Sequence[Printed],
    lows: Sequence[Printed],
    highs: Sequence[Printed],
    *,
    levels: Sequence[float | None],
    n: Sequence[int | None],
    quantiles: Sequence[tuple[float, float] | None],
    labels: Sequence[str],
) -> list[MedianArm]:
    """Return the arms; raise ValueError for unequal lengths and for what no paper can mean."""
    k = len(medians)
    columns = {"lows": lows, "highs": highs, "levels": levels, "n": n, "quantiles": quantiles}
    for name, column in {**columns, "labels": labels}.items():
        if len(column) != k:
            raise ValueError(f"there are {k} medians, but of {name} there are {len(column)}")
    rows = zip(labels, medians, lows, highs, levels, n, quantiles, strict=True)
    return [_arm(*row) for row in rows]


def _arm(
    label: str,
    median: Printed,
    low: Printed,
    high: Printed,
    level: float | None,
    n: int | None,
    quantile: tuple[float, float] | None,
) -> MedianArm:
    if n is not None and not (n >= 1 and float(n).is_integer()):
        raise ValueError(f"{label}: n is a whole number of at least 1, not {n!r}")
    middle, lower, upper = (_number(label, bound) for bound in (median, low, high))
    if lower > middle or upper < middle or lower > upper:
        raise ValueError(f"{label}: {middle:g} lies outside its interval, {lower:g} to {upper:g}")
    if middle == 0:
        raise ValueError(f"{label}: a median is a time above 0, not {median!r}")
    return MedianArm(
        label=label,
        median=middle,
        state=_state(label, median),
        low=lower,
        high=upper,
        level=nan if level is None else level,
        n=0 if n is None else int(n),
        quantile=quantile,
    )


def _number(label: str, bound: Printed) -> float:
    if bound is None or isinstance(bound, str):
        return nan
    if bound < 0:
        raise ValueError(f"{label}: a time is a number not below 0, not {bound!r}")
    return nan if bound == inf else float(bound)


def _state(label: str, bound: Printed) -> str:
    """Return why a bound is no number, or nothing where it is one."""
    if isinstance(bound, str):
        if bound not in STATES:
            raise ValueError(f"{label}: {bound!r} is no state; there are {', '.join(STATES)}")
        return bound
    if bound is None or isnan(bound):
        return "not-given"
    return "not-reached" if bound == inf else ""
