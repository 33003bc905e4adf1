"""Is this record coherent? Every rule is a generator; what it yields blocks loading.

`RULES` is read top to bottom; a rule's docstring is its page in the reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.checks import bounds, counts, duplicates, measures, references, registrations, terms
from kb.checks.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kb.model import Trial
    from kb.vocabulary import Vocabulary

__all__ = ["ACROSS", "RULES", "VOCABULARY_RULES", "Fault", "across", "of_vocabulary", "run"]

RULES: Final[tuple[Callable[[Trial, Vocabulary], Iterable[Fault]], ...]] = (
    references.unknown_report,
    references.unknown_arm,
    references.unknown_set,
    references.unknown_phase,
    references.circular_reference,
    references.unknown_address,
    duplicates.duplicate_address,
    counts.n_of_zero,
    counts.events_over_n,
    counts.part_over_whole,
    counts.set_over_arm,
    bounds.percent_out_of_range,
    bounds.negative,
    bounds.interval_order,
    bounds.value_outside_interval,
    measures.measure_not_allowed,
    measures.definition_not_allowed,
    measures.missing_time,
    measures.duration_not_on_responders,
    measures.contrast_of_responders,
    measures.contrast_not_comparative,
)

ACROSS: Final[
    tuple[Callable[[Mapping[str, Trial], Collection[str]], Iterable[tuple[str, Fault]]], ...]
] = (
    registrations.shared_registration,
    registrations.unknown_trial,
    registrations.unknown_overlap,
)

VOCABULARY_RULES: Final[tuple[Callable[[Vocabulary], Iterable[tuple[str, Fault]]], ...]] = (
    terms.unknown_parent,
    terms.circular_term,
    terms.ambiguous_word,
    terms.drug_without_family,
)


def run(trial: Trial, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Every fault of one trial."""
    for rule in RULES:
        yield from rule(trial, vocabulary)


def across(
    trials: Mapping[str, Trial], unread: Collection[str] = ()
) -> Iterator[tuple[str, Fault]]:
    """Every fault that takes several trials to see, with the trial it is reported at.

    `unread` are the ids of records that have problems of their own; nothing is said of them.
    """
    for rule in ACROSS:
        yield from rule(trials, unread)


def of_vocabulary(vocabulary: Vocabulary) -> Iterator[tuple[str, Fault]]:
    """Every fault of the vocabulary, with the kind of term it is about."""
    for rule in VOCABULARY_RULES:
        yield from rule(vocabulary)
