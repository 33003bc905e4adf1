"""One row per trial and quantity, so that no patient and no reading of a scan counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.comparison.reference_arms import CONTROL
from kb.rows.identity import quantity
from kb.rows.sums import lower_bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

SETS: Final = ("intention-to-treat", "treated", "safety", "response-evaluable", "per-protocol")
"""Populations, those that leave out fewer patients first; what is not stated comes last."""
ASSESSORS: Final = ("bicr", "central")
"""Readers that are preferred to the treating site, blinded ones first."""
RECIST: Final = "recist"

Preference = tuple[int | bool, ...]


def preference(row: Row, base: KnowledgeBase) -> Preference:
    """What comes first is preferred: an order that says nothing about the result.

    The whole before a subgroup, an arm that is no control before one that is, a number before a
    lower bound, the set that leaves out fewest, the blinded central reader before the central one,
    any other and none that is stated; RECIST before other criteria; confirmed before unconfirmed;
    then the larger set.
    """
    return (
        bool(row.subgroup),
        not row.is_contrast and _is_control(row, base),
        lower_bound(row),
        _place(row.analysis_set, SETS),
        _place(row.assessor, ASSESSORS) + (row.assessor in ("", "not-stated")),
        not row.criteria.startswith(RECIST),
        row.criteria in ("", "not-stated"),
        _place(row.confirmed, ("confirmed", "unconfirmed")),
        -(row.n or 0),
    )


def _is_control(row: Row, base: KnowledgeBase) -> bool:
    trial = base.get(row.trial)
    return trial is not None and any(trial.arms[one].role == CONTROL for one in row.arms)


def _place(word: str, preferred: tuple[str, ...]) -> int:
    return preferred.index(word) if word in preferred else len(preferred)


def left_out(rows: Iterable[Row], base: KnowledgeBase) -> dict[str, str]:
    """Of each trial and quantity all rows but one, by address, with the reason."""
    first: dict[tuple[str, ...], Row] = {}
    listed = list(rows)
    for row in sorted(listed, key=lambda one: preference(one, base)):
        first.setdefault((row.trial, *quantity(row)), row)
    return {
        row.address: f"one row per trial: {best.address} is shown"
        for row in listed
        if (best := first[(row.trial, *quantity(row))]).address != row.address
    }
