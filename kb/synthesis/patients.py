"""Patients are counted once: two readings of the same scans are never two studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.comparison.one_per_trial import preference
from kb.rows.identity import shared_patients
from kb.synthesis.effect_sizes import SetAside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase


def once(rows: Sequence[Row], base: KnowledgeBase) -> tuple[list[Row], list[SetAside]]:
    """Rows of which no two of one trial share patients, and the others with what stands for them.

    RECIST and Choi readings of one set, the medians of two assessors, two sets of one arm: the one
    that `one_per_trial` prefers stays, whatever was accepted.
    """
    kept: list[Row] = []
    instead: dict[str, Row] = {}
    for row in sorted(rows, key=lambda one: preference(one, base)):
        same = (one for one in kept if one.trial == row.trial and shared_patients(one, row, base))
        other = next(same, None)
        if other is None:
            kept.append(row)
        else:
            instead[row.address] = other
    used = [row for row in rows if row.address not in instead]
    return used, [
        SetAside(row, f"patients of {instead[row.address].address}, which is used")
        for row in rows
        if row.address in instead
    ]
