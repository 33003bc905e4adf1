"""Measures: which there are, and everything that follows from being one of them.

What is a contrast, on which scale intervals are symmetric, where there is no effect, in which unit
and with how many decimals a number is shown, what it is called, and which direction is better: all
of it stands in `MEASURES` and nowhere else. A new measure is an entry here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final, Literal

PROPORTION: Final = "proportion"
MEDIAN: Final = "median"
LANDMARK: Final = "landmark"
HAZARD_RATIO: Final = "hazard-ratio"
ODDS_RATIO: Final = "odds-ratio"
RISK_RATIO: Final = "risk-ratio"
RISK_DIFFERENCE: Final = "risk-difference"
MEDIAN_DIFFERENCE: Final = "median-difference"
RESTRICTED_MEAN_DIFFERENCE: Final = "restricted-mean-difference"
NOT_STATED: Final = "not-stated"
PERCENT: Final = "percent"
TIME: Final = "time"
FRACTION: Final = "proportion"
LOG_RATIO: Final = "log-ratio"
MONTHS: Final = "months"
DIFFERENCE: Final = "difference"
LOG: Final = "log"
IDENTITY: Final = "identity"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a printed number is.

    `contrast`: it sets two sets side by side. `scale`: where its interval is symmetric, `log` or
    `identity`; empty where that is not said. `null`: the value of no effect. `unit`: `percent`,
    `time` (days to years, as printed), or none. `decimals`: of a computed value. `follows`: a
    larger value is better where more of the `endpoint` is, or the other way round for a `hazard`.
    `listed`: the vocabulary says which endpoints have it; else it goes with those that have
    `beside`. `shown`: compared unless another measure is asked for. `counted`: the count of two
    arms gives it, with an interval by that method. `timed`: it is of a time that has to be said.
    """

    name: str
    short: str
    contrast: bool = False
    scale: Literal["log", "identity", ""] = ""
    null: float | None = None
    unit: Literal["percent", "time", ""] = ""
    decimals: int = 1
    follows: Literal["endpoint", "hazard", ""] = "endpoint"
    synonyms: tuple[str, ...] = ()
    listed: bool = True
    beside: str = ""
    shown: bool = False
    counted: str = ""
    timed: bool = False

    @property
    def kind(self) -> str:
        """The axis that its values share: `percent`, `time`, `ratio`, `difference`, or none."""
        if self.scale == LOG:
            return "ratio"
        return "difference" if self.contrast and self.null is not None else self.unit

    def better(self, endpoint_better: str) -> str:
        """Which direction is better, `higher` or `lower`; empty where neither is.

        `endpoint_better` is what the vocabulary says of more of the endpoint. A hazard is of the
        event that ends it, so a lower one is better where longer is.
        """
        if endpoint_better not in ("higher", "lower") or not self.follows:
            return ""
        if self.follows == "hazard":
            return "lower" if endpoint_better == "higher" else "higher"
        return endpoint_better

    @property
    def pooled_as(self) -> str:
        """What its pooled value is: a `proportion`, a `log-ratio`, `months` or a `difference`."""
        if self.contrast:
            return LOG_RATIO if self.scale == LOG else DIFFERENCE
        return FRACTION if self.unit == PERCENT else MONTHS

    def pooled(self, value: float) -> float:
        """A printed value on the scale of its intervals, as effects are pooled."""
        return log(value) if self.scale == LOG else value


MEASURES: Final[dict[str, Measure]] = {
    PROPORTION: Measure(
        "proportion", "%", unit=PERCENT, shown=True, synonyms=("rate", "percent"),
    ),
    MEDIAN: Measure("median", "median", unit=TIME, shown=True),
    LANDMARK: Measure("rate at a time", "rate", unit=PERCENT, shown=True, timed=True),
    HAZARD_RATIO: Measure(
        "hazard ratio", "HR", contrast=True, scale=LOG, null=1, decimals=2, follows="hazard",
        synonyms=("hr",),
    ),
    ODDS_RATIO: Measure(
        "odds ratio", "OR", contrast=True, scale=LOG, null=1, decimals=2, synonyms=("or",),
        counted="woolf",
    ),
    RISK_RATIO: Measure(
        "risk ratio", "RR", contrast=True, scale=LOG, null=1, decimals=2,
        synonyms=("rr", "relative risk"), counted="log-wald",
    ),
    RISK_DIFFERENCE: Measure(
        "risk difference", "RD", contrast=True, scale=IDENTITY, null=0, unit=PERCENT,
        synonyms=("rd",), counted="newcombe",
    ),
    MEDIAN_DIFFERENCE: Measure(
        "difference of medians", "difference", contrast=True, null=0, unit=TIME, listed=False,
        beside=MEDIAN,
    ),
    RESTRICTED_MEAN_DIFFERENCE: Measure(
        "difference of restricted means",
        "RMST difference",
        contrast=True,
        scale=IDENTITY,
        null=0,
        unit=TIME,
        listed=False,
        beside=MEDIAN,
        timed=True,
        synonyms=("rmst difference", "difference in restricted mean survival time"),
    ),
    NOT_STATED: Measure(
        "contrast without a number", "contrast", contrast=True, follows="", listed=False,
    ),
}  # fmt: skip

ESTIMATES: Final = tuple(name for name, one in MEASURES.items() if not one.contrast)
CONTRASTS: Final = tuple(name for name, one in MEASURES.items() if one.contrast)
LISTED: Final = tuple(name for name, one in MEASURES.items() if one.listed)
SHOWN: Final = tuple(name for name, one in MEASURES.items() if one.shown)
RATIOS: Final = tuple(name for name, one in MEASURES.items() if one.scale == LOG)
COUNTED: Final = {name: one.counted for name, one in MEASURES.items() if one.counted}
"""The contrasts that counts give, and the method of their interval."""


def measure_named(word: str) -> str:
    """The measure that a word stands for, such as `HR` or `Odds ratio`; empty for none."""
    wanted = _folded(word)
    for name, one in MEASURES.items():
        if wanted in {_folded(each) for each in (name, one.name, *one.synonyms)}:
            return name
    return ""


def measure_asked(word: str, more: tuple[str, ...] = ()) -> str:
    """The measure that was asked for by a name or synonym; ValueError names those there are.

    `more` are words that the caller takes too.
    """
    found = word if word in more else measure_named(word)
    if not found:
        listed = " or ".join([", ".join(MEASURES), *more])
        raise ValueError(f"measure is one of {listed}, got {word!r}")
    return found


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
