"""The evidence graph: which nodes and edges a small base makes."""

from builders import analysis_set, arm, base_of, estimate, report, trial
from kb.graphs.evidence import KINDS, RELATIONS, class_name, graph, label, regimen_name


def _base():
    sets = {
        "one": analysis_set("one"),
        "lms": analysis_set("one", 12, subgroup={"histology": "leiomyosarcoma"}, of="one"),
    }
    printed = [estimate(), estimate("pfs"), estimate(of="lms")]
    gets = arm("doxorubicin", "anlotinib", {"drug": "pegfilgrastim", "role": "supportive"})
    return base_of(
        trial(
            "alpha",
            acronym="ALPHA",
            arms={"one": gets},
            reports={"smith-2020": report(sets, printed)},
        )
    )


def test_nodes_are_typed():
    """A node is `kind:id` with kind, id and label; an acronym, a name or a title is the label."""
    found = graph(_base())
    assert {"kind": "trial", "id": "alpha", "label": "ALPHA"} == found.nodes["trial:alpha"]
    assert {"kind": "drug", "id": "anlotinib", "label": "Anlotinib"} == found.nodes[
        "drug:anlotinib"
    ]
    assert {
        "kind": "regimen",
        "id": "anlotinib+doxorubicin",
        "label": "Anlotinib + Doxorubicin",
    } == found.nodes["regimen:anlotinib+doxorubicin"]
    assert "A trial" == found.nodes["report:alpha/smith-2020"]["label"]
    assert {kind for _, kind in found.nodes(data="kind")} == set(KINDS)


def test_edges_of_one_arm():
    """An arm is linked to regimen, drugs, classes, endpoints and what its subgroups study."""
    found = graph(_base())
    edges = {
        (relation, target) for _, target, relation in found.out_edges("arm:alpha/one", keys=True)
    }
    assert {
        ("has-regimen", "regimen:anlotinib+doxorubicin"),
        ("contains", "drug:anlotinib"),
        ("contains", "drug:doxorubicin"),
        ("contains", "drug:pegfilgrastim"),
        ("in-class", "regimen-class:antiangiogenic-plus-chemotherapy"),
        ("in-class", "regimen-class:antiangiogenic+chemotherapy"),
        ("measures", "endpoint:orr"),
        ("measures", "endpoint:pfs"),
        ("studies", "histology:soft-tissue-sarcoma"),
        ("studies", "histology:leiomyosarcoma"),
    } == edges


def test_regimen_contains_active_drugs_only():
    """Supportive drugs are in the arm and not in the regimen."""
    found = graph(_base())
    assert {"drug:anlotinib", "drug:doxorubicin"} == {
        target
        for _, target, relation in found.out_edges("regimen:anlotinib+doxorubicin", keys=True)
        if relation == "contains"
    }


def test_edges_of_terms():
    """Drugs are in classes, classes and histologies under their parents."""
    found = graph(_base())
    assert found.has_edge("drug:anlotinib", "drug-class:vegfr-tki", key="in-class")
    assert found.has_edge("drug-class:vegfr-tki", "drug-class:antiangiogenic", key="is-a")
    assert found.has_edge("histology:leiomyosarcoma", "histology:soft-tissue-sarcoma", key="is-a")


def test_key_is_the_relation():
    """Every edge has its relation as key and attribute, one of the eight."""
    for _, _, key, relation in graph(_base()).edges(keys=True, data="relation"):
        assert key == relation
        assert relation in RELATIONS


def test_terms_without_evidence_stay():
    """A histology that nobody studies is a node, so that the gap shows."""
    found = graph(_base())
    assert "histology:osteosarcoma" in found
    assert 0 == found.in_degree("histology:osteosarcoma")


def test_filters_keep_trials():
    """With filters the graph holds the trials that have an arm meeting them."""
    base = base_of(trial("alpha"), trial("beta", arms={"one": arm("anlotinib")}))
    found = graph(base, drug="AL3818")
    assert ["beta"] == [node[1] for node in found.nodes(data="id") if node[0].startswith("trial:")]


def test_names():
    """Alternatives read as `or`, families as their drug classes, nothing active says so."""
    words = _base().vocabulary
    assert "Anlotinib + Doxorubicin or Epirubicin & Ifosfamide" == regimen_name(
        "anlotinib+doxorubicin/epirubicin&ifosfamide", words
    )
    assert "No active drug" == regimen_name("no-active-drug", words)
    assert "Antiangiogenic agent + Cytotoxic chemotherapy" == class_name(
        "antiangiogenic+chemotherapy", words
    )
    assert "Chemotherapy doublet" == class_name("chemotherapy-doublet", words)


def test_label_of_each_kind():
    """Each node goes by the best name there is of it."""
    untitled = report(citation={"container": "Outlet", "year": 2021})
    bare = report(citation={"year": 2021})
    base = base_of(
        trial("alpha", acronym="ALPHA", reports={"smith-2020": report(), "late": untitled}),
        trial("beta", reports={"smith-2020": bare}),
    )
    assert {
        ("trial", "alpha"): "ALPHA",
        ("trial", "beta"): "Trial beta",
        ("arm", "alpha/one"): "Doxorubicin",
        ("report", "alpha/smith-2020"): "A trial",
        ("report", "alpha/late"): "Outlet",
        ("report", "beta/smith-2020"): "smith-2020",
        ("drug", "anlotinib"): "Anlotinib",
        ("regimen", "anlotinib+doxorubicin"): "Anlotinib + Doxorubicin",
        ("regimen-class", "chemotherapy-doublet"): "Chemotherapy doublet",
        ("regimen-class", "antiangiogenic+checkpoint-inhibitor"): (
            "Antiangiogenic agent + Checkpoint inhibitor"
        ),
    } == {key: label(base, *key) for key in (
        ("trial", "alpha"), ("trial", "beta"), ("arm", "alpha/one"), ("report", "alpha/smith-2020"),
        ("report", "alpha/late"), ("report", "beta/smith-2020"), ("drug", "anlotinib"),
        ("regimen", "anlotinib+doxorubicin"), ("regimen-class", "chemotherapy-doublet"),
        ("regimen-class", "antiangiogenic+checkpoint-inhibitor"),
    )}  # fmt: skip
