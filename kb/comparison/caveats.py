"""What makes rows hard to compare: one rule, one function; its docstring is its page.

A rule yields caveats for rows that are shown together. `RULES` is read top to bottom. What differs
is asked of the rows that answer; what is odd about one number, also of those that stand beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.comparison import differences, of_controls, of_tables, sources
from kb.comparison.caveat import Caveat, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

__all__ = ["RULES", "Caveat", "caveats_of"]

RULES: Final[tuple[Callable[[Sequence[Row], Question], Iterable[Caveat]], ...]] = (
    differences.lines_differ,
    differences.histologies_differ,
    differences.designs_differ,
    differences.analysis_sets_differ,
    differences.criteria_differ,
    differences.assessors_differ,
    differences.confirmation_differs,
    differences.definitions_differ,
    differences.origins_differ,
    differences.maturity_differs,
    differences.levels_differ,
    differences.interval_methods_differ,
    sources.contrast_not_comparative,
    sources.subgroup_beside_whole,
    sources.shared_patients,
    sources.read_second_hand,
    sources.unit_converted,
    sources.count_ambiguous,
    sources.percent_of_another_n,
    sources.count_reconstructed,
    sources.sum_computed,
    sources.sum_at_least,
    sources.landmark_estimator,
    sources.value_approximate,
    sources.rate_pooled,
    sources.erratum_noted,
    sources.drug_is_alternative,
    of_controls.histology_mixed,
    of_controls.crossover_allowed,
    of_controls.control_not_compared,
    of_tables.level_assumed,
    of_tables.unit_not_stated,
    of_tables.not_testable,
)
BESIDE: Final = frozenset(
    {
        sources.contrast_not_comparative,
        sources.unit_converted,
        sources.count_ambiguous,
        sources.count_reconstructed,
        sources.landmark_estimator,
        sources.value_approximate,
        sources.erratum_noted,
        of_controls.crossover_allowed,
        of_controls.control_not_compared,
    }
)
"""The rules that look at rows beside, too."""


def caveats_of(
    rows: Sequence[Row], base: KnowledgeBase, criteria: Mapping[str, tuple[str, ...]]
) -> Iterator[Caveat]:
    """Every caveat of rows that are shown together, in the order of the rules."""
    question = Question(base, criteria)
    answers = [row for row in rows if not row.beside]
    for rule in RULES:
        yield from rule(rows if rule in BESIDE else answers, question)
