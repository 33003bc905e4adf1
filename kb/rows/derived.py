"""What follows from a printed row, whoever printed it: months, a percent, the count that fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import MEASURES, PERCENT, PROPORTION, TIME
from kb.printed.number import is_number, significant
from kb.printed.time import UNITS, months
from kb.rows.flat import joined
from kb.rows.row import NO_COUNT
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.rows.row import Row


USED: Final = (
    "measure", "unit", "value", "value_state", "low", "high", "events", "n", "estimator",
    "approximation",
)  # fmt: skip
"""The fields from which others follow."""


def derived(row: Row, *, about: bool = False, elsewhere: bool = False) -> Row:
    """A row with what its printed fields imply, said to be computed or reconstructed.

    Times in months; the percent of a printed count; the only count that a percent admits, or all
    that it admits. `about`: the percent or the n is printed as approximate or is under an erratum,
    so that no count follows. `elsewhere`: the percent is printed of another n, and fits none here.
    """
    printed = {name: getattr(row, name) for name in USED}
    found = implied(printed, about=about, elsewhere=elsewhere)
    return replace(row, **found) if found else row


def implied(
    printed: Mapping[str, Any], *, about: bool = False, elsewhere: bool = False
) -> dict[str, Any]:
    """The fields that follow from printed ones, as `derived` sets them; `measure` is there."""
    found: dict[str, Any] = {}
    unit = printed.get("unit", "")
    if MEASURES[printed["measure"]].unit == TIME and unit in UNITS:
        for name in ("value", "low", "high"):
            text = printed.get(name, "")
            if is_number(text):
                found[f"{name}_months"] = months(float(text), unit)
    if printed["measure"] == PROPORTION:
        found |= _count(printed, about=about, elsewhere=elsewhere)
    return found


def _count(printed: Mapping[str, Any], *, about: bool, elsewhere: bool) -> dict[str, Any]:
    """Events as printed, or the one count that the percent admits; the percent where it lacks."""
    value, events, n = printed.get("value", ""), printed.get("events"), printed.get("n")
    if events is not None:
        if not value and not printed.get("value_state") and n and events <= n:
            percent = significant(100 * events / n)
            return {"value": percent, "value_source": "computed", "unit": PERCENT}
        return {}
    if not is_number(value) or not n or printed.get("estimator") == "meta-analysis":
        return {}
    if printed.get("approximation") or about:
        return {}
    if elsewhere:
        return {"counts": NO_COUNT}
    counts = counts_that_fit(value, n)
    if len(counts) == 1:
        return {"events": counts[0], "events_source": "reconstructed"}
    return {"counts": joined(map(str, counts)) or NO_COUNT}


def counts_that_fit(percent: str, n: int) -> list[int]:
    """The counts that a printed percent of n patients admits; none for one outside 0 to 100."""
    if not 0 <= float(percent) <= 100:
        return []
    return list(reconstruct_counts(percent, n, rounding="half-up"))
