"""How many patients of a row are of the histology that was asked for, where not all are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.comparison.trial_facts import facts_of
from kb.query.histology import only
from kb.rows.identity import arm_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary


def share(row: Row, base: KnowledgeBase, asked: Sequence[str]) -> str:
    """`9 of 30 liposarcoma`, `some liposarcoma, n not stated`; empty where all patients are.

    The count is that of the baseline that the row's report prints of the row's set.
    """
    vocabulary = base.vocabulary
    if not asked or not row.studied or only(row.studied, asked, vocabulary):
        return ""
    words = " or ".join(one.replace("-", " ") for one in asked)
    if row.is_contrast:
        return f"not only {words}"
    counts = facts_of(base)[row.trial].histologies.get(f"{row.report}/{row.set}", {})
    known = counted(counts, asked, vocabulary)
    if known is None:
        return f"some {words}, n not stated"
    return f"{known} of {row.n} {words}" if row.n is not None else f"{known} {words}"


def alone(row: Row, rows: Iterable[Row], asked: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether another row of the arm is of the histologies asked for and of nothing else."""
    return any(arm_of(one) == arm_of(row) and only(one.studied, asked, vocabulary) for one in rows)


def counted(counts: Mapping[str, int], asked: Sequence[str], vocabulary: Vocabulary) -> int | None:
    """The patients at or under the histologies asked for; one listed under another counts once."""
    above = {one: vocabulary.ancestors("histology", one) for one in counts}
    matching = {one for one, names in above.items() if not names.isdisjoint(asked)}
    top = [one for one in matching if not (above[one] - {one}) & matching]
    return sum(counts[one] for one in top) if top else None
