"""Every printed number of a base as rows, each with the reason if a comparison sets it aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.comparison.compare import Comparison, compare

if TYPE_CHECKING:
    from typing import Unpack

    from kb.query.filters import Criteria
    from kb.store.knowledge_base import KnowledgeBase


def estimates(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Comparison:
    """The rows of every endpoint, measure and report; `set_aside` says why `compare` hides one.

    `one_per_trial` leaves no row out here: it is one of the reasons.
    """
    endpoints = tuple(base.vocabulary.endpoints)
    printed: Criteria = {**criteria, "one_per_trial": False}
    every = compare(base, endpoints, measure="all", reports="all", controls=False, **printed)
    shown = compare(base, endpoints, measure="all", reports="latest", controls=False, **criteria)
    reasons = {row.address: row.set_aside for row in shown.set_aside}
    rows = (replace(row, set_aside=reasons.get(row.address, "")) for row in every.rows)
    return replace(every, rows=tuple(rows))
