"""`network`: randomised ratios to every treatment against every other, through the gate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from math import sqrt
from typing import TYPE_CHECKING, Any

from kb.comparison.again import answers_with
from kb.comparison.whole_table import comparison_of
from kb.printed.measure import HAZARD_RATIO, MEASURES
from kb.sentences import named
from kb.stats.network.estimate import NetworkResult
from kb.synthesis.effect_sizes import Contrasted, SetAside, contrasted
from kb.synthesis.gate.reasons import JOINED, accepted_words, not_needed, passed
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.comparison.compare import Comparison
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase
    from kb.tables.table import Table


Pair = tuple[Contrasted, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class NetworkComparison(NetworkResult, View):
    """A network estimate with the contrasts it was made of; ratios are on the log scale.

    `better` is the direction of `measure` that is better for A, empty where neither is.
    `cautions` say what may break transitivity: populations, lines and assessors that differ.
    """

    endpoint: str = ""
    measure: str = HAZARD_RATIO
    better: str = "lower"
    contrasts: tuple[Contrasted, ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()
    rows_set_aside: tuple[SetAside, ...] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()
    comparison: Comparison | None = None
    not_needed: tuple[str, ...] = ()


def network(
    comparison: Comparison | Table, *, accept: Iterable[str] = (), **options: Any
) -> NetworkComparison:
    """Estimate the network of a comparison, or a table, of ratios of one endpoint and measure.

    Treatments are the active drugs of an arm. One contrast per pair of arms of a trial is used:
    of several (adjusted, by another assessor) the first that the record lists, the others are set
    aside and named. Options and result as `network_effects`; reasons of the gate as for `pool`.
    """
    from kb.stats.network.estimate import network_effects

    accept = accepted_words(accept)
    comparison = comparison_of(comparison)
    if len(comparison.endpoints) != 1:
        raise ValueError(f"one endpoint makes a network, got {len(comparison.endpoints)}")
    if not comparison.answers and comparison.why_empty:
        raise ValueError(f"no randomised ratio can be used: {comparison.why_empty}")
    used, aside = contrasted(comparison.answers)
    chosen, doubled = _one_per_pair(used)
    if not chosen:
        reasons = "; ".join(f"{one.row.trial}: {one.why}" for one in aside)
        raise ValueError(f"no randomised ratio can be used ({reasons or 'none was found'})")
    rows = [one.row for one in chosen]
    if len({row.measure for row in rows}) > 1:
        raise ValueError(f"one measure makes a network, got {named(row.measure for row in rows)}")
    accepted = passed(
        rows, comparison.base, accept, reasons=JOINED,
        again=lambda words: _chosen_rows(answers_with(comparison, words)),
    )  # fmt: skip
    pairs = [_pair(comparison.base, one) for one in chosen]
    kept = [(one, pair) for one, pair in zip(chosen, pairs, strict=True) if pair[1] != pair[2]]
    aside += [
        SetAside(one.row, f"both arms are {pair[1]}")
        for one, pair in zip(chosen, pairs, strict=True)
        if pair[1] == pair[2]
    ]
    kept, incomplete = _complete(kept)
    aside += incomplete
    found = network_effects([(*pair, one.value, one.se) for one, pair in kept], **options)
    endpoint = comparison.endpoints[0]
    measure = rows[0].measure
    better = MEASURES[measure].better(comparison.base.vocabulary.endpoints[endpoint].better)
    return NetworkComparison(
        **{one.name: getattr(found, one.name) for one in fields(found)},
        endpoint=endpoint,
        measure=measure,
        better=better,
        contrasts=tuple(one for one, _ in kept),
        pairs=tuple(pair for _, pair in kept),
        rows_set_aside=(*aside, *doubled),
        accepted=dict(accepted),
        cautions=tuple(_cautions(comparison, kept)),
        comparison=comparison,
        not_needed=not_needed(accept, accepted),
    )


def _chosen_rows(answers: Iterable[Row]) -> list[Row]:
    """The contrasts that a network would be made of."""
    return [one.row for one in _one_per_pair(contrasted(answers)[0])[0]]


def _pair(base: KnowledgeBase, one: Contrasted) -> tuple[str, str, str]:
    """Trial, treatment and the treatment it is set against."""
    from kb.links import treatment_id
    from kb.tables.regimens import regimen

    trial = base.get(one.row.trial)
    if trial is None:
        of_arm, of_other = (
            regimen(text, base.vocabulary).treatment for text in (one.row.arm, one.row.versus)
        )
        return one.row.trial, of_arm, of_other
    return (
        trial.id,
        treatment_id(trial, one.row.arms[0], base.vocabulary),
        treatment_id(trial, one.row.versus_arms[0], base.vocabulary),
    )


def _one_per_pair(used: Iterable[Contrasted]) -> tuple[list[Contrasted], list[SetAside]]:
    first: dict[tuple[str, str, str], Contrasted] = {}
    doubled = []
    for one in used:
        if one.row.subgroup:
            doubled.append(SetAside(one.row, "a subgroup; the network is of whole arms"))
            continue
        key = (one.row.trial, one.row.arm, one.row.versus)
        if key in first:
            taken = first[key].row.address
            doubled.append(SetAside(one.row, f"the same arms as {taken}, which stands first"))
        else:
            first[key] = one
    return list(first.values()), doubled


def _complete(kept: list[Pair]) -> tuple[list[Pair], list[SetAside]]:
    """Every pair of a trial of several arms, if all are printed; else its first pair alone.

    The error of a ratio that is not printed does not follow from the others, so a trial of three
    arms with two ratios cannot enter whole.
    """
    by_trial: dict[str, list[Pair]] = defaultdict(list)
    for one in kept:
        by_trial[one[1][0]].append(one)
    whole: list[Pair] = []
    aside = []
    for own in by_trial.values():
        nodes = {node for _, pair in own for node in pair[1:]}
        if len(own) == len(nodes) * (len(nodes) - 1) // 2:
            whole += own
            continue
        whole.append(own[0])
        why = "one of several arms whose ratios are not all printed"
        aside += [SetAside(one.row, why) for one, _ in own[1:]]
    return whole, aside


def _cautions(comparison: Comparison, kept: list[Pair]) -> Iterable[str]:
    """What travels with a network before anybody looks at its order."""
    from kb.comparison.caveats import caveats_of

    rows = [one.row for one, _ in kept]
    wanted = (
        "lines-differ",
        "histologies-differ",
        "criteria-differ",
        "assessors-differ",
        "maturity-differs",
        "read-second-hand",
        "origins-differ",
        "level-assumed",
        "unit-not-stated",
        "not-testable",
    )
    for caveat in caveats_of(rows, comparison.base, comparison.criteria):
        if caveat.rule in wanted:
            yield f"{caveat.rule}: {caveat.message}"


def spread(network_: NetworkResult) -> float:
    """tau, the spread of true effects on the scale given; `nan` where it is unknown."""
    return sqrt(network_.tau2)
