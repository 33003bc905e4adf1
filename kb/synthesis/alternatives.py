"""What every reasonable model makes of the rows that were pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.printed.measure import FRACTION
from kb.view import View

if TYPE_CHECKING:
    from kb.stats.pooling.multiverse import Variant
    from kb.synthesis.pool import PooledComparison


@dataclass(frozen=True, slots=True)
class Alternatives(View):
    """A pooled comparison and the estimate of each reasonable model for the same counts."""

    pooled: PooledComparison
    variants: tuple[Variant, ...]

    def __len__(self) -> int:
        return len(self.variants)


def alternatives(pooled: PooledComparison) -> Alternatives:
    """Every reasonable model for pooled proportions, at their level; ValueError for others."""
    from kb.stats.pooling.multiverse import multiverse

    if pooled.scale != FRACTION:
        raise ValueError(f"models are laid side by side for proportions, not for {pooled.scale}")
    events, sizes = [row.events or 0 for row in pooled.rows], [row.n or 0 for row in pooled.rows]
    return Alternatives(pooled, tuple(multiverse(events, sizes, level=pooled.level)))
