"""Laws of graph, facets and paths over bases made at random."""

import io
import json

import networkx as nx
from hypothesis import given, strategies as st

from builders import VOCABULARY, analysis_set, arm, base_of, estimate, report, trial
from kb.exporters import graphml, json as node_link
from kb.graphs.evidence import KINDS, RELATIONS, graph
from kb.graphs.gaps import gaps
from kb.graphs.neighbours import related, reporting
from kb.graphs.paths import path
from kb.graphs.treatments import treatment_network
from kb.query.select import select

WORDS = {
    "drug": list(VOCABULARY["drugs"]),
    "drug_class": list(VOCABULARY["drug-classes"]),
    "regimen_class": [
        *VOCABULARY["regimen-classes"],
        "chemotherapy",
        "antiangiogenic+chemotherapy",
    ],
    "histology": list(VOCABULARY["histologies"]),
}
COMPONENTS = st.sampled_from(WORDS["drug"]) | st.fixed_dictionaries(
    {"drug": st.sampled_from(WORDS["drug"]), "role": st.sampled_from(["active", "supportive"])}
)
CHOICES = st.lists(st.sampled_from(WORDS["drug"]), min_size=2, max_size=3, unique=True).map(
    lambda drugs: {"one_of": [[{"drug": drug}] for drug in drugs]}
)
DESIGNS = st.fixed_dictionaries(
    {
        "allocation": st.sampled_from(["single-arm", "randomised", "parallel-cohorts"]),
        "timing": st.sampled_from(["prospective", "retrospective"]),
    },
    optional={"comparative": st.booleans()},
)


@st.composite
def _trials(draw, trial_id):
    """A trial of one to three arms, each with sets, subgroups and endpoints of its own."""
    arms, sets, printed = {}, {}, []
    for name in ("one", "two", "three")[: draw(st.integers(1, 3))]:
        parts = draw(st.lists(COMPONENTS | CHOICES, min_size=1, max_size=3))
        arms[name] = arm(*parts, **draw(st.sampled_from([{}, {"part": "expansion"}])))
        sets[name] = analysis_set(name, draw(st.none() | st.integers(20, 90)))
        printed += [
            estimate(one, of=name, events=3) if one in ("orr", "dcr") else estimate(one, of=name)
            for one in draw(st.sets(st.sampled_from(["orr", "pfs", "os"])))
        ]
        histology = draw(st.none() | st.sampled_from(WORDS["histology"]))
        if histology:
            sets[f"{name}-part"] = analysis_set(
                name, 10, of=name, subgroup={"histology": histology}
            )
            printed.append(estimate("orr", of=f"{name}-part", events=3))
    population = {
        "histologies": draw(st.lists(st.sampled_from(WORDS["histology"]), min_size=1, unique=True)),
        "from": "smith-2020",
    }
    return trial(
        trial_id,
        arms=arms,
        design=draw(DESIGNS),
        population=population,
        reports={"smith-2020": report(sets, printed)},
    )


BASES = st.tuples(*map(_trials, ("alpha", "beta", "gamma"))).map(lambda trials: base_of(*trials))


def _arms_by_graph(found, filter_name, word):
    """The arms that meet a filter, read from the graph alone."""
    kind = filter_name.replace("_", "-")
    target = f"{kind}:{word}"
    if target not in found:
        return set()
    up = nx.MultiDiGraph(
        (source, end) for source, end, key in found.edges(keys=True) if key == "is-a"
    )
    words = {target} | (nx.ancestors(up, target) if target in up else set())
    if kind == "drug-class":
        drugs = {
            one
            for term in words
            for one, _, key in found.in_edges(term, keys=True)
            if key == "in-class"
        }
        words = {
            one for drug in drugs for one in found.predecessors(drug) if one.startswith("regimen:")
        }
    return {
        one.removeprefix("arm:")
        for term in words
        for one in found.predecessors(term)
        if one.startswith("arm:")
    }


@given(BASES)
def test_facets_and_graph_answer_alike(base):
    """Whatever `select` finds by drug, class or histology, the graph finds by its edges."""
    found = graph(base)
    for name, words in WORDS.items():
        for word in words:
            chosen = {f"{one.trial.id}/{one.arm_id}" for one in select(base, **{name: word})}
            assert chosen == _arms_by_graph(found, name, word), (name, word)


@given(BASES)
def test_class_and_endpoint_by_graph(base):
    """Arms that share a class and an endpoint are those with both edges in the graph."""
    found = graph(base)
    for regimen_class in WORDS["regimen_class"]:
        for endpoint in VOCABULARY["endpoints"]:
            both = {
                f"{one.trial}/{one.arm}"
                for one in reporting(base, endpoint, regimen_class=regimen_class).arms
            }
            arms = {
                one.removeprefix("arm:")
                for one in found.predecessors(f"endpoint:{endpoint}")
                if found.has_edge(one, f"regimen-class:{regimen_class}", key="in-class")
            }
            assert arms == both


@given(BASES)
def test_attributes_are_plain_and_survive(base):
    """Every attribute is text or a number, kinds and relations are known, files read back alike."""
    found = graph(base)
    for _, attributes in found.nodes(data=True):
        assert {"kind", "id", "label"} == attributes.keys()
        assert all(isinstance(value, (str, int, float)) for value in attributes.values())
        assert attributes["kind"] in KINDS
    for _, _, key, attributes in found.edges(keys=True, data=True):
        assert {"relation": key} == attributes
        assert key in RELATIONS
    edges = sorted(found.edges(keys=True))
    read = nx.read_graphml(io.BytesIO(graphml.write(found).encode()), force_multigraph=True)
    assert edges == sorted(read.edges(keys=True))
    assert dict(found.nodes(data=True)) == dict(read.nodes(data=True))
    linked = nx.node_link_graph(json.loads(node_link.write(found)), edges="edges")
    assert edges == sorted(linked.edges(keys=True))


@given(BASES)
def test_neighbours_are_mutual(base):
    """A trial is a neighbour of its neighbours, for the same kinds of reasons."""
    kinds = {
        (one, neighbour.trial): {reason.kind for reason in neighbour.reasons}
        for one in base
        for neighbour in related(base, one).neighbours
    }
    assert kinds == {(other, one): reasons for (one, other), reasons in kinds.items()}


@given(BASES)
def test_paths_agree_with_the_network(base):
    """Direct means an edge, indirect a longer walk, none no walk; turning a path changes neither."""
    network = treatment_network(base)
    nodes = sorted(network)
    for one in nodes:
        for other in nodes:
            found = path(base, one, other)
            assert found.connection == path(base, other, one).connection
            if one == other:
                assert "same" == found.connection
            elif nx.has_path(network, one, other):
                length = nx.shortest_path_length(network, one, other)
                assert ("direct" if length == 1 else "indirect") == found.connection
                assert {length} == {len(route) for route in found.routes}
                assert all(step.heads for route in found.routes for step in route)
            else:
                assert ("none", ()) == (found.connection, found.routes)


@given(BASES)
def test_gaps_count_what_reporting_finds(base):
    """A cell names the trials whose arms of the class report the endpoint; nobody counts twice."""
    found = gaps(base)
    for cell in found.cells:
        arms = reporting(base, cell.endpoint, regimen_class=cell.regimen_class).arms
        assert tuple(dict.fromkeys(one.trial for one in arms)) == cell.trials
        assert set(cell.unsized) <= set(cell.trials)
        assert cell.patients <= sum(one.n or 0 for one in arms)
        assert cell.patients >= max((one.n or 0 for one in arms), default=0)


@given(st.tuples(*map(_trials, ("alpha", "beta", "gamma"))))
def test_more_trials_never_take_evidence_away(trials):
    """Adding a trial leaves the edges, cells and neighbours of the others as they were."""
    few, many = base_of(*trials[:2]), base_of(*trials)
    assert set(graph(few).edges(keys=True)) <= set(graph(many).edges(keys=True))
    for before in gaps(few).cells:
        row = gaps(many, regimen_class=before.regimen_class, endpoint=before.endpoint).cells
        assert set(before.trials) <= set(row[0].trials)
    assert related(few, "alpha").neighbours == related(many, "alpha", trial="beta").neighbours
