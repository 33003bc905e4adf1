"""What follows from a printed row, whoever printed it: months, a percent, the count that fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb.printed.measure import PERCENT, PROPORTION, TIME
from kb.printed.number import is_number, significant
from kb.printed.time import UNITS, months
from kb.rows.flat import joined
from kb.rows.row import NO_COUNT
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from kb.rows.row import Row


def derived(row: Row, *, about: bool = False, elsewhere: bool = False) -> Row:
    """A row with what its printed fields imply, said to be computed or reconstructed.

    Times in months; the percent of a printed count; the only count that a percent admits, or all
    that it admits. `about`: the percent or the n is printed as approximate or is under an erratum,
    so that no count follows. `elsewhere`: the percent is printed of another n, and fits none here.
    """
    found: dict[str, Any] = {}
    if row.kind.unit == TIME and row.unit in UNITS:
        for name in ("value", "low", "high"):
            text = getattr(row, name)
            if is_number(text):
                found[f"{name}_months"] = months(float(text), row.unit)
    if row.measure == PROPORTION:
        found |= _count(row, about=about, elsewhere=elsewhere)
    return replace(row, **found) if found else row


def _count(row: Row, *, about: bool, elsewhere: bool) -> dict[str, Any]:
    """Events as printed, or the one count that the percent admits; the percent where it lacks."""
    if row.events is not None:
        if not row.value and not row.value_state and row.n and row.events <= row.n:
            percent = significant(100 * row.events / row.n)
            return {"value": percent, "value_source": "computed", "unit": PERCENT}
        return {}
    if not is_number(row.value) or not row.n or row.estimator == "meta-analysis":
        return {}
    if row.approximation or about:
        return {}
    if elsewhere:
        return {"counts": NO_COUNT}
    counts = counts_that_fit(row.value, row.n)
    if len(counts) == 1:
        return {"events": counts[0], "events_source": "reconstructed"}
    return {"counts": joined(map(str, counts)) or NO_COUNT}


def counts_that_fit(percent: str, n: int) -> list[int]:
    """The counts that a printed percent of n patients admits; none for one outside 0 to 100."""
    if not 0 <= float(percent) <= 100:
        return []
    return list(reconstruct_counts(percent, n, rounding="half-up"))
