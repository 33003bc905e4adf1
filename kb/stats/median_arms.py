"""Arms with a printed median: what is a number, what is a state, and the errors they imply."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isclose, isnan, log, sqrt
from typing import TYPE_CHECKING

from kb.stats.ratios import standard_error
from kb.stats.special import critical_value
from kb.stats.survival import curve_through

if TYPE_CHECKING:
    from collections.abc import Sequence

    Printed = float | str | None

STATES = ("not-reached", "not-estimable", "not-given")


@dataclass(frozen=True, slots=True)
class MedianArm:
    """One arm: median and bounds, each a number or None with its state beside it."""

    label: str
    median: float | None
    low: float | None
    high: float | None
    median_state: str
    level: float | None
    n: int | None
    quantile: tuple[float, float] | None

    @property
    def is_symmetric(self) -> bool:
        """Whether the interval lies evenly about the median, as a normal approximation does."""
        if self.median is None or self.low is None or self.high is None:
            return False
        return isclose(self.median - self.low, self.high - self.median, rel_tol=1e-9)

    def no_median(self) -> str:
        """Return why there is no median to pool, or nothing."""
        return "" if self.median is not None else f"its median is {self.median_state}"

    def no_width(self, scale: str) -> str:
        """Return why no standard error follows from the printed interval, or nothing."""
        if self.median is None or self.low is None:
            return self.no_median() or "its interval has no lower bound"
        if self.level is None:
            return "the level of its interval is not stated"
        if scale == "log" and self.low == 0:
            return "its lower bound is 0, which has no logarithm"
        if self.high is None and self.low == self.median:
            return "its only bound is the median itself"
        return ""

    def no_quantile(self) -> str:
        """Return why no Weibull error can be had, or nothing."""
        if self.median is None or self.n is None:
            return self.no_median() or "its n is not given"
        return "" if self.quantile else "only one quantile, the median, is printed"

    def printed_error(self, scale: str) -> float:
        """Return the standard error on the scale from the interval, or from its lower half."""
        assert self.median is not None
        assert self.low is not None
        assert self.level is not None
        if self.high is not None:
            return standard_error(self.median, self.low, self.high, level=self.level, scale=scale)
        if not self.low < self.median:
            raise ValueError(f"{self.label}: the median {self.median} lies below {self.low}")
        width = log(self.median / self.low) if scale == "log" else self.median - self.low
        return width / critical_value(self.level)

    def weibull_error(self) -> float:
        """Return the error of ln median of n Weibull times: 1/(2·√n·m·f(m)) = 1/(√n·shape·ln 2)."""
        assert self.median is not None
        assert self.n is not None
        assert self.quantile is not None
        probability, time = self.quantile
        curve = curve_through([(self.median, 0.5), (time, 1 - probability)], model="weibull")
        return 1 / (sqrt(self.n) * curve.shape * log(2))


def printed_arms(
    medians: Sequence[Printed],
    lows: Sequence[Printed],
    highs: Sequence[Printed],
    *,
    levels: Sequence[float | None],
    n: Sequence[int | None] | None,
    quantiles: Sequence[tuple[float, float] | None] | None,
    labels: Sequence[str] | None,
) -> list[MedianArm]:
    """Return the arms; raise ValueError for unequal lengths and for what cannot be printed."""
    k = len(medians)
    columns = {
        "lows": lows,
        "highs": highs,
        "levels": levels,
        "n": [None] * k if n is None else n,
        "quantiles": [None] * k if quantiles is None else quantiles,
        "labels": [f"median {place}" for place in range(1, k + 1)] if labels is None else labels,
    }
    for name, column in columns.items():
        if len(column) != k:
            raise ValueError(f"there are {k} medians but {len(column)} {name}")
    rows = zip(medians, *columns.values(), strict=True)
    return [_arm(label, *row) for *row, label in rows]
