"""Differences across trials as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.rendering.table import Note, Table
from kb.rendering.words import numbers
from kb.rows.labels import label
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from kb.synthesis.unanchored import AcrossTrials


def across_table(view: AcrossTrials) -> Table:
    """Differences of arms of different trials, under their label."""
    lines = [
        (
            abbreviated(one.one.endpoint),
            label(one.one),
            label(one.other),
            f"{numbers.rounded(100 * one.effect.value, 1)}",
            " to ".join(
                numbers.rounded(100 * bound, 1) for bound in (one.effect.low, one.effect.high)
            ),
        )
        for one in view.differences
    ]
    interval = numbers.interval_heading(view.level)
    return Table.plain(
        "Differences across trials, percentage points",
        ("Endpoint", "Arm", "Minus arm", "Difference", interval),
        lines,
        (Note("Read this first", (view.label,)),),
        right=("Difference", interval),
    )
