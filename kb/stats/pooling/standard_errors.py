"""Standard errors of printed effects, from their interval or their p-value."""

from __future__ import annotations

from math import inf, log

from kb.stats.numeric.special import critical_value, normal_quantile

ERROR_SCALES = ("log", "identity")


def standard_error(
    value: float, low: float, high: float, *, level: float, scale: str = "log"
) -> float:
    """Return the standard error that an interval at `level` percent implies, on the scale named.

    (ln high − ln low)/2z for ratios, (high − low)/2z on the identity scale (Parmar, Torri &
    Stewart 1998, Stat Med 17:2815, equation 7; Cochrane Handbook 6.3.2). The value takes no part
    but must lie inside. Raises ValueError if it does not, for a bound that is not finite, for
    bounds that are equal, for ratios that are not positive, and for a wrong level or scale.
    """
    if scale not in ERROR_SCALES:
        raise ValueError(f"{scale!r} is not a scale; there are {', '.join(ERROR_SCALES)}")
    if not -inf < low < high < inf:
        raise ValueError(f"an interval from {low!r} to {high!r} has no standard error")
    if not low <= value <= high:
        raise ValueError(f"the value {value!r} lies outside its interval, {low!r} to {high!r}")
    if scale == "log":
        if low <= 0:
            raise ValueError(f"the lower bound {low!r} has no logarithm")
        low, high = log(low), log(high)
        if low == high:
            raise ValueError(f"an interval so narrow about {value!r} has no standard error")
    return (high - low) / (2 * critical_value(level))


def standard_error_from_p(value: float, p: float, *, sides: int) -> float:
    """Return the standard error of ln value that a p-value of one or two sides implies.

    |ln value|/z (Parmar, Torri & Stewart 1998, equation 9), a one-sided p being that of the
    direction seen. `p` is the number printed, never a limit such as "<.001". Raises ValueError
    for a ratio that is 1 or not positive, for p outside 0 < p < 1, or up to ½ if one-sided, and
    for other sides than 1 or 2.
    """
    if sides not in (1, 2):
        raise ValueError(f"a p-value has 1 or 2 sides, not {sides!r}")
    if not 0 < value < inf or value == 1:
        raise ValueError(f"a ratio of {value!r} and its p-value imply no standard error")
    if not 0 < p < sides / 2:
        raise ValueError(
            f"a {('one', 'two')[sides - 1]}-sided p of {p!r} implies no standard error"
        )
    return abs(log(value)) / -normal_quantile(p / sides)
