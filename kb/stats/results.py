"""The small frozen objects that statistical functions return."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Final, NamedTuple, Self


class _Pair(NamedTuple):
    low: float
    high: float


class Bounds(_Pair):
    """The two bounds of an interval, on the scale of the value they enclose.

    A pair like any other, for unpacking and for comparing, that also knows the `level` of its
    interval in percent (None where nobody said).
    """

    def __new__(cls, low: float, high: float, level: float | None = None) -> Self:
        """Return the pair with its level."""
        bounds = tuple.__new__(cls, (low, high))
        bounds.__dict__["level"] = level
        return bounds

    @property
    def level(self) -> float | None:
        """The level of the interval in percent, None where nobody said."""
        return self.__dict__.get("level")

    def __repr__(self) -> str:
        return f"Bounds(low={self.low!r}, high={self.high!r}, level={self.level!r})"


@dataclass(frozen=True, slots=True)
class Effect:
    """One number that sets two groups side by side, with its interval.

    `se` is on the scale on which the interval is symmetric (log for ratios), where there is one.
    `level` is that of the interval in percent.
    """

    value: float
    low: float
    high: float
    se: float | None = None
    method: str = ""
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled estimate. Proportions are fractions; `se` and `tau2` are on the pooling scale.

    `level` is that of all intervals in percent. `i2` is a fraction; its bounds are those of tau²
    as tau²/(tau² + s²) with the variance s² of a typical study (Higgins & Thompson 2002, Stat Med
    21:1539, equation 9; Viechtbauer 2007, Stat Med 26:37). What cannot be computed (an interval
    of tau² from one study, a prediction from two) is `nan`, and `notes` say so in sentences.
    """

    value: float
    low: float
    high: float
    se: float
    prediction_low: float
    prediction_high: float
    tau2: float
    tau2_low: float
    tau2_high: float
    i2: float
    q: float
    df: int
    q_p: float
    k: int
    method: str
    notes: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    label: str = ""
    level: float = nan
    i2_low: float = nan
    i2_high: float = nan


UNPOOLED: Final = Pooled(
    value=nan,
    low=nan,
    high=nan,
    se=nan,
    prediction_low=nan,
    prediction_high=nan,
    tau2=nan,
    tau2_low=nan,
    tau2_high=nan,
    i2=nan,
    q=nan,
    df=0,
    q_p=nan,
    k=1,
    method="",
)
"""One study: no spread, nothing known; what is known of it replaces this."""
