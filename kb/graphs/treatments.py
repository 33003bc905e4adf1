"""Treatments as nodes, randomised comparisons as edges: what is compared with what.

Two arms are an edge when one trial randomised them against each other to compare them. Trials that
are single-arm or not comparative make no edge, and neither do arms of two parts.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kb.links import treatment_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from networkx import MultiGraph

    from kb.model import Trial
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary


class Head(NamedTuple):
    """Two arms of one trial, head to head, and the endpoints for which both are reported."""

    trial: str
    arm: str
    versus: str
    endpoints: frozenset[str]

    def turned(self) -> Head:
        """The same comparison, read from the other side."""
        return self._replace(arm=self.versus, versus=self.arm)


def heads(trial: Trial) -> Iterator[Head]:
    """Each pair of arms that a trial randomised against each other, in the order of its record."""
    if not trial.design.is_comparative:
        return
    for (one, first), (other, second) in combinations(trial.arms.items(), 2):
        if first.part == second.part and not (first.cohort or second.cohort):
            yield Head(trial.id, one, other, _endpoints_of_both(trial, one, other))


def _endpoints_of_both(trial: Trial, one: str, other: str) -> frozenset[str]:
    """The endpoints that a randomised contrast of two arms gives, or numbers of each by itself."""
    found: set[str] = set()
    single: dict[str, set[str]] = {one: set(), other: set()}
    for report in trial.reports.values():
        of = {set_id: each.all_arms for set_id, each in report.analysis_sets.items()}
        for estimate in report.estimates:
            whose = of[estimate.set]
            if len(whose) == 1 and whose[0] in single:
                single[whose[0]].add(estimate.endpoint)
        for contrast in report.contrasts:
            sides = {of[contrast.experimental], of[contrast.reference]}
            if contrast.kind == "randomised" and sides == {(one,), (other,)}:
                found.add(contrast.endpoint)
    return frozenset(found | (single[one] & single[other]))


def treatment_network(base: KnowledgeBase, *, endpoint: str | None = None) -> MultiGraph:
    """Every treatment of the base as a node; an edge per pair of arms randomised head to head.

    Nodes are treatment ids (`doxorubicin+ifosfamide`; placebo and supportive drugs do not count)
    with the attribute `arms`, their addresses. Edges carry `head`, read from the treatment `of`.
    `endpoint` keeps the pairs that report it for both arms. Arms of one treatment make no edge.
    """
    import networkx as nx

    network = nx.MultiGraph()
    for trial in base.values():
        treatments = treatments_of(trial, base.vocabulary)
        for arm, treatment in treatments.items():
            if treatment not in network:
                network.add_node(treatment, arms=[])
            network.nodes[treatment]["arms"].append(f"{trial.id}/{arm}")
        for head in heads(trial):
            one, other = treatments[head.arm], treatments[head.versus]
            if one != other and (endpoint is None or endpoint in head.endpoints):
                network.add_edge(one, other, of=one, head=head)
    return network


def treatments_of(trial: Trial, vocabulary: Vocabulary) -> dict[str, str]:
    """The treatment of each arm of a trial."""
    return {arm: treatment_id(trial, arm, vocabulary) for arm in trial.arms}
