"""Standard errors and logarithms, as tables of effects hold them, as intervals and ratios."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

from kb.printed.measure import LOG, MEASURES
from kb.printed.number import is_number, significant
from kb.stats.numeric.special import critical_value
from kb.tables.sheet import LEVEL

if TYPE_CHECKING:
    from collections.abc import Mapping


def of_error(fields: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The 95 % interval of a contrast from its standard error, on the scale of its interval."""
    value, kind = fields["value"], MEASURES[fields["measure"]]
    if not is_number(text) or not is_number(value) or not kind.scale:
        return {}
    half = critical_value(LEVEL) * float(text)
    if kind.scale == LOG:
        ends = (float(value) * exp(-half), float(value) * exp(half))
    else:
        ends = (float(value) - half, float(value) + half)
    return _interval(ends, "value and standard error")


def exponentiated(fields: Mapping[str, Any], error: str) -> dict[str, Any]:
    """A log ratio as the ratio, with the 95 % interval of its standard error."""
    value = fields["value"]
    if not is_number(value):
        return {}
    centre = float(value)
    found = {"value": significant(exp(centre)), "value_source": "computed",
             "formula": f"exp({value})"}  # fmt: skip
    if is_number(error):
        half = critical_value(LEVEL) * float(error)
        found |= _interval((exp(centre - half), exp(centre + half)),
                           f"exp({value} ± 1.96 × {error})")  # fmt: skip
    return found


def _interval(ends: tuple[float, float], formula: str) -> dict[str, Any]:
    low, high = map(significant, ends)
    return {"low": low, "high": high, "level": LEVEL, "interval_source": "computed",
            "formula": formula}  # fmt: skip
