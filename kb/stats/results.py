"""The small frozen objects that statistical functions return."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Final, NamedTuple


class Bounds(NamedTuple):
    """The two bounds of an interval, on the scale of the value they enclose."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """One number that sets two groups side by side, with its interval.

    `se` is on the scale on which the interval is symmetric (log for ratios), where there is one.
    """

    value: float
    low: float
    high: float
    se: float | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled estimate. Proportions are fractions; `se` and `tau2` are on the pooling scale.

    `i2` is a fraction. What cannot be computed (an interval of tau² from one study, a prediction
    from two) is `nan`, and `notes` say so in sentences.
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
