"""Differences across trials: unadjusted, unanchored, labelled so, and never with a p-value."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kb.synthesis.effect_sizes import counted, whole_sets
from kb.view import View

if TYPE_CHECKING:
    from kb.comparison.compare import Comparison
    from kb.rows.row import Row
    from kb.stats.results import Effect

LABEL = (
    "unadjusted and unanchored: arms of different trials, whose patients were not randomised "
    "against each other; a difference may be the patients' alone"
)


@dataclass(frozen=True, slots=True)
class Across:
    """One difference of two arms of different trials: percentage points are 100 × `effect`."""

    one: Row
    other: Row
    effect: Effect


@dataclass(frozen=True, slots=True)
class AcrossTrials(View):
    """All differences between the rows of a comparison, with the label they must carry."""

    differences: tuple[Across, ...]
    label: str = LABEL
    level: float = 95


def across(comparison: Comparison, *, method: str = "newcombe", level: float = 95) -> AcrossTrials:
    """The risk difference of every two rows of one endpoint that come from different trials.

    Intervals by `method` of `risk_difference` at `level` percent. Subgroups whose whole is there
    and rows without a count take no part. No p-value is computed.
    """
    from kb.stats.proportions.two_group import risk_difference

    found = []
    for endpoint in comparison.endpoints:
        own = [row for row in comparison.answers if row.endpoint == endpoint]
        rows, _ = counted(whole_sets(own)[0])
        for one, other in combinations(rows, 2):
            if one.trial != other.trial:
                effect = risk_difference(
                    one.events or 0,
                    one.n or 0,
                    other.events or 0,
                    other.n or 0,
                    method=method,
                    level=level,
                )
                found.append(Across(one, other, effect))
    return AcrossTrials(tuple(found), level=level)
