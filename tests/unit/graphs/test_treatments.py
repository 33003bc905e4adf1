"""The treatment network: which pairs of arms count as randomised comparisons."""

import pytest

from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.graphs.treatments import heads, treatment_network

DOX, COMBINATION = arm("doxorubicin"), arm("doxorubicin", "ifosfamide")


def _network(*trials, endpoint=None):
    return treatment_network(base_of(*trials), endpoint=endpoint)


def test_randomised_arms_are_an_edge():
    """Two arms randomised against each other join their treatments, with where they stand."""
    network = _network(randomised("alpha", COMBINATION, DOX))
    (edge,) = network.get_edge_data("doxorubicin", "doxorubicin+ifosfamide").values()
    assert ("alpha", "one", "two", frozenset({"orr"})) == edge["head"]
    assert "doxorubicin+ifosfamide" == edge["of"]
    assert ["alpha/two"] == network.nodes["doxorubicin"]["arms"]


def test_placebo_does_not_count():
    """Doxorubicin with placebo and supportive drugs is the node doxorubicin."""
    with_placebo = arm("doxorubicin", "placebo", {"drug": "pegfilgrastim", "role": "supportive"})
    assert {"doxorubicin", "anlotinib+doxorubicin"} == set(
        _network(randomised("alpha", arm("doxorubicin", "anlotinib"), with_placebo))
    )


def test_placebo_alone_is_a_node_of_its_own():
    """Arms without any active drug share one node."""
    assert _network(randomised("alpha", DOX, arm("placebo"))).has_edge(
        "doxorubicin", "no-active-drug"
    )


@pytest.mark.parametrize(
    "design",
    [
        {"allocation": "parallel-cohorts", "timing": "prospective"},
        {"allocation": "randomised", "timing": "prospective", "comparative": False},
        {"allocation": "randomised", "timing": "retrospective"},
    ],
    ids=["cohorts", "not comparative", "retrospective"],
)
def test_other_designs_make_no_edge(design):
    """Cohorts, non-comparative and retrospective trials are nodes without an edge."""
    network = _network(randomised("alpha", COMBINATION, DOX, design=design))
    assert 2 == len(network)
    assert 0 == network.number_of_edges()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"part": "primary"}, {"part": "expansion"}),
        ({"part": "primary"}, {}),
        ({"cohort": True}, {}),
    ],
    ids=["two parts", "one part", "a cohort"],
)
def test_parts_and_cohorts_are_not_randomised_against_each_other(one, two):
    """Arms of different parts, and parallel cohorts, make no edge."""
    assert (
        0 == _network(randomised("alpha", {**COMBINATION, **one}, {**DOX, **two})).number_of_edges()
    )


def test_arms_of_one_treatment_make_no_edge():
    """Two schedules of one drug are one node, not an edge to itself."""
    network = _network(randomised("alpha", DOX, DOX))
    assert (1, 0) == (len(network), network.number_of_edges())


def test_alternatives_name_one_node_in_any_order():
    """The order in which a record lists alternatives makes no difference."""

    def choice(*drugs):
        return arm({"one_of": [[{"drug": drug}] for drug in drugs]})

    network = _network(
        trial("alpha", arms={"one": choice("epirubicin", "doxorubicin")}),
        trial("beta", arms={"one": choice("doxorubicin", "epirubicin")}),
    )
    assert {"doxorubicin/epirubicin": ["alpha/one", "beta/one"]} == dict(network.nodes(data="arms"))


def test_three_arms_make_three_pairs():
    """Every pair of arms of a randomised trial is a comparison."""
    data = randomised("alpha", COMBINATION, DOX)
    data["arms"]["three"] = arm("epirubicin")
    pairs = [(head.arm, head.versus) for head in heads(base_of(data)["alpha"])]
    assert [("one", "two"), ("one", "three"), ("two", "three")] == pairs


def _with(sets, estimates, contrasts=()):
    body = {**report(sets, estimates), "contrasts": list(contrasts)}
    return randomised("alpha", COMBINATION, DOX, reports={"smith-2020": body})


BOTH = {"one": analysis_set("one"), "two": analysis_set("two")}
POOLED = {"all": analysis_set(["one", "two"], 80)}


@pytest.mark.parametrize(
    ("data", "reported"),
    [
        (_with(BOTH, [estimate("pfs", "one"), estimate("pfs", "two")]), {"pfs"}),
        (_with(BOTH, [estimate("pfs", "one")]), set()),
        (_with(BOTH, [], [contrast()]), {"pfs"}),
        (_with(BOTH, [], [contrast("two", "one")]), {"pfs"}),
        (_with(BOTH, [], [contrast(kind="prognostic")]), set()),
        (_with(POOLED, [estimate("pfs", "all")]), set()),
    ],
    ids=["both arms", "one arm", "contrast", "contrast turned", "prognostic", "arms pooled"],
)
def test_endpoints_of_a_pair(data, reported):
    """A pair reports an endpoint by numbers of each arm alone, or by a randomised contrast."""
    (head,) = heads(base_of(data)["alpha"])
    assert reported == head.endpoints


def test_endpoint_keeps_pairs_that_report_it():
    """An endpoint leaves out comparisons that do not report it for both arms, not their nodes."""
    trials = [randomised("alpha", COMBINATION, DOX)]
    assert 1 == _network(*trials, endpoint="orr").number_of_edges()
    assert 0 == _network(*trials, endpoint="pfs").number_of_edges()
    assert 2 == len(_network(*trials, endpoint="pfs"))
