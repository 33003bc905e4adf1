"""The evidence as a graph: what records and vocabulary link, as typed nodes and edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.links import NO_ACTIVE_DRUG, links, vocabulary_links
from kb.query.criteria import unusable
from kb.query.select import select
from kb.vocabulary.treatment_ids import THEN, phases

if TYPE_CHECKING:
    from typing import Unpack

    from networkx import MultiDiGraph

    from kb.query.filters import Criteria
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary

TERMS: Final = ("drug", "drug-class", "regimen-class", "histology", "endpoint")
KINDS: Final = ("trial", "arm", "regimen", "report", *TERMS)
RELATIONS: Final = (
    "has-arm", "has-report", "has-regimen", "contains", "is-a", "in-class", "measures", "studies",
)  # fmt: skip


def graph(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> MultiDiGraph:
    """Trials, arms, regimens, reports and every term of the vocabulary, with what links them.

    A node is `kind:id` with the attributes `kind`, `id` and `label`; an edge has its relation as
    key and as attribute `relation`. Filters keep the trials that have an arm meeting them; terms
    without evidence stay, so that gaps show. A regimen is in a class if some arm that gives it is.
    """
    import networkx as nx

    unusable(criteria, "one_per_trial", by="the graph holds whole trials")
    found = nx.MultiDiGraph()

    def add(kind: str, identity: str) -> str:
        node = f"{kind}:{identity}"
        if node not in found:
            found.add_node(node, kind=kind, id=identity, label=label(base, kind, identity))
        return node

    for kind in TERMS:
        for term_id in base.vocabulary[kind]:
            add(kind, term_id)
    trials = select(base, **criteria).trials
    for source, relation, target in (
        *vocabulary_links(base.vocabulary),
        *(link for trial in trials for link in links(trial, base.vocabulary)),
    ):
        found.add_edge(add(*source), add(*target), key=relation, relation=relation)
    return found


def label(base: KnowledgeBase, kind: str, identity: str) -> str:
    """What a node is called: an acronym or title, an arm's name, a term's name, a citation."""
    if kind == "regimen":
        return regimen_name(identity, base.vocabulary)
    if kind == "regimen-class":
        return class_name(identity, base.vocabulary)
    if kind not in ("trial", "arm", "report"):
        return base.vocabulary.name(kind, identity)
    trial_id, _, rest = identity.partition("/")
    trial = base[trial_id]
    if kind == "trial":
        return trial.acronym or trial.title
    if kind == "arm":
        return trial.arms[rest].name
    cited = trial.reports[rest].citation
    return cited.title or cited.container or rest


def regimen_name(treatment: str, vocabulary: Vocabulary) -> str:
    """A treatment id in words: `anlotinib+epirubicin/doxorubicin` as names, with `or` and `+`."""

    def named(drugs: frozenset[str]) -> str:
        return " & ".join(vocabulary.name("drug", drug) for drug in sorted(drugs))

    if treatment == NO_ACTIVE_DRUG:
        return "No active drug"
    return ", then ".join(
        " + ".join(" or ".join(map(named, component)) for component in phase)
        for phase in phases(treatment)
    )


def class_name(regimen_class: str, vocabulary: Vocabulary) -> str:
    """A regimen class by name; a family `a+b` as the names of its drug classes."""
    if regimen_class in vocabulary.regimen_classes:
        return vocabulary.name("regimen-class", regimen_class)
    return ", then ".join(
        " + ".join(vocabulary.name("drug-class", one) for one in phase.split("+"))
        for phase in regimen_class.split(THEN)
    )
