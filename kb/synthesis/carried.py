"""The caveats that a pooled estimate carries from the rows it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.comparison.caveats import caveats_of

if TYPE_CHECKING:
    from kb.comparison.caveat import Caveat
    from kb.synthesis.pool import PooledComparison


def carried(view: PooledComparison) -> tuple[Caveat, ...]:
    """What makes the pooled rows hard to compare."""
    found = view.comparison
    if found is None:
        return ()
    return tuple(caveats_of(view.rows, found.base, found.criteria))
