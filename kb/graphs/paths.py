"""How two regimens are connected: head to head, through shared comparators, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal

from kb.errors import UnknownTermError
from kb.graphs.treatments import Head, treatment_network, treatments_of
from kb.links import NO_ACTIVE_DRUG
from kb.view import View
from kb.vocabulary.treatment_ids import THEN, choices
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from networkx import MultiGraph

    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary

Connection = Literal["same", "direct", "indirect", "none"]


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison of a route: two treatments, and the arms of the trials that compare them."""

    start: str
    end: str
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A regimen that was asked for.

    `treatments`: the nodes that it stands for, several where it is one alternative of arms that
    allow others (`as_alternative`). `arms`: addresses of the arms that give it. `compared_with`:
    treatments it is compared with head to head; `reachable`: those that it is linked to by more
    than one comparison.
    """

    asked: str
    treatments: tuple[str, ...]
    arms: tuple[str, ...]
    compared_with: tuple[str, ...]
    reachable: tuple[str, ...]
    as_alternative: bool = False


@dataclass(frozen=True, slots=True)
class Path(View):
    """The connection of two regimens.

    `routes`: every shortest chain of comparisons from one to the other. `shared_comparators`: the
    treatments that both are compared with head to head.
    """

    base: KnowledgeBase
    a: Side
    b: Side
    connection: Connection
    routes: tuple[tuple[Step, ...], ...]
    shared_comparators: tuple[str, ...]
    endpoint: str = ""


def path(base: KnowledgeBase, a: str, b: str, *, endpoint: str | None = None) -> Path:
    """How regimen `a` is connected with `b` by randomised comparisons.

    A regimen is drug ids or synonyms joined by `+` in any order, or the address of an arm,
    `trial/arm`; placebo and supportive drugs do not count. `endpoint`: only comparisons that report
    it for both arms. A word that the base lacks raises UnknownTermError.
    """
    import networkx as nx

    wanted = None if endpoint is None else base.vocabulary.resolve("endpoint", endpoint)
    network = treatment_network(base, endpoint=wanted)
    side_a, side_b = _side(base, network, a), _side(base, network, b)
    shared = tuple(sorted(set(side_a.compared_with) & set(side_b.compared_with)))
    connection: Connection = "none"
    routes: list[tuple[str, ...]] = []
    if side_a.asked == side_b.asked:
        connection = "same"
    else:
        for start, end in product(side_a.treatments, side_b.treatments):
            if start != end and nx.has_path(network, start, end):
                routes += map(tuple, nx.all_shortest_paths(nx.Graph(network), start, end))
        shortest = min(map(len, routes), default=0)
        routes = sorted(route for route in routes if len(route) == shortest)
        if routes:
            connection = "direct" if shortest == 2 else "indirect"
    found = tuple(
        tuple(Step(*ends, _heads(network, *ends)) for ends in pairwise(route)) for route in routes
    )
    return Path(base, side_a, side_b, connection, found, shared, wanted or "")


def _heads(network: MultiGraph, start: str, end: str) -> tuple[Head, ...]:
    """The comparisons on an edge, each read from the treatment `start`."""
    edges = network.get_edge_data(start, end).values()
    return tuple(one["head"] if one["of"] == start else one["head"].turned() for one in edges)


def _side(base: KnowledgeBase, network: MultiGraph, asked: str) -> Side:
    import networkx as nx

    treatment = treatment_asked(base, asked)
    exact = treatment in network
    nodes = [treatment] if exact else [node for node in network if treatment in choices(node)]
    linked = {up for node in nodes for up in nx.node_connected_component(network, node)}
    near = {up for node in nodes for up in network[node]}
    return Side(
        asked=treatment,
        treatments=tuple(nodes),
        arms=tuple(arm for node in nodes for arm in network.nodes[node]["arms"]),
        compared_with=tuple(sorted(near - set(nodes))),
        reachable=tuple(sorted(linked - near - set(nodes))),
        as_alternative=bool(nodes) and not exact,
    )


def treatment_asked(base: KnowledgeBase, text: str) -> str:
    """The treatment id that a regimen as typed stands for; UnknownTermError with near words."""
    head, slash, arm = text.removeprefix("arm:").partition("/")
    try:
        trial = base.trial(head.strip()) if slash else None
    except UnknownTermError:
        trial = None
    if trial is not None:
        if arm not in trial.arms:
            near = nearest(arm, list(trial.arms)) or list(trial.arms)[:3]
            raise UnknownTermError("arm", text, [f"{trial.id}/{one}" for one in near])
        return treatments_of(trial, base.vocabulary)[arm]
    typed = [
        "+".join(sorted({_part(base.vocabulary, part) for part in phase.split("+")} - {""}))
        for phase in text.split(THEN)
    ]
    return THEN.join(phase for phase in typed if phase) or NO_ACTIVE_DRUG


def _part(vocabulary: Vocabulary, text: str) -> str:
    """One component as typed: alternatives joined by `/`, drugs of one by `&`; active only."""
    alternatives = set()
    for alternative in text.split("/"):
        words = [word.strip() for word in alternative.split("&")]
        drugs = {vocabulary.resolve("drug", word) for word in words if word != NO_ACTIVE_DRUG}
        active = sorted(drug for drug in drugs if vocabulary.drugs[drug].active)
        alternatives.add("&".join(active))
    return "/".join(sorted(alternatives - {""}))
