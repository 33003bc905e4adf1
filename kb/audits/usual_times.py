"""How long published medians are, so that one in another unit of time is seen.

Measured over the medians of this base as it was in November 2026: those printed in months, each arm
and subgroup of a trial once a value. A quantile was tried on the trials that it was not taken from,
one trial left out at a time, on the medians as they stand (false alarms) and on the same numbers as
if weeks had been printed as months, 4.348 times as long (power). An endpoint stands here if a
hundred medians of fifty trials are published; the others have too few for a quantile of 97 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Usual:
    """The 3 % and the 97 % quantile of the published medians of an endpoint, in months."""

    low: float
    high: float
    medians: int
    trials: int

    def holds(self, length: float) -> bool:
        """Whether a time in months lies between the quantiles."""
        return self.low <= length <= self.high


@dataclass(frozen=True, slots=True)
class Apart:
    """The 3 % quantile of how many times the first of two medians the second one is."""

    times: float
    pairs: int
    trials: int


USUAL: Final[dict[str, Usual]] = {
    "pfs": Usual(low=1.3, high=15.5, medians=276, trials=112),
    "os": Usual(low=6.2, high=36.7, medians=171, trials=80),
}
"""Left out in turn: PFS 3.3 % false alarms and 62 % power, OS 3.5 % and 90 %. Months printed as
weeks are below the low quantile in 59 % and 88 %."""

APART: Final[dict[tuple[str, str], Apart]] = {
    ("pfs", "os"): Apart(times=1.5, pairs=144, trials=70),
}
"""Of pairs of one set the smallest is 1.18, and 2.8 % are below 1.5. Weeks printed as months for
the first one are below it in 91 %, and above the second one, which cannot be, in 68 %."""
