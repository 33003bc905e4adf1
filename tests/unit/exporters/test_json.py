"""JSON: rows and caveats of comparisons, node-link data of graphs, rows of everything else."""

import json

import networkx as nx

from builders import arm, base_of, randomised, trial
from kb.comparison.compare import compare
from kb.exporters.json import write
from kb.graphs.evidence import graph
from kb.graphs.gaps import gaps
from kb.graphs.neighbours import related, reporting
from kb.graphs.paths import path
from kb.query.select import select
from kb.rendering.table import Note, Table
from kb.rows.row import FIELDS

BASE = base_of(
    trial("alpha", acronym="Ärzte"),
    randomised("beta", arm("doxorubicin", "ifosfamide"), arm("doxorubicin"), phase="3"),
)


def test_comparison():
    """A comparison is its rows and caveats and nothing else, text unescaped."""
    text = write(compare(BASE, "orr"))
    data = json.loads(text)
    assert ["rows", "caveats"] == list(data)
    assert all(list(FIELDS) == list(row) for row in data["rows"])
    assert "Ärzte" in text
    addresses = {row["address"] for row in data["rows"]}
    assert data["caveats"]
    for caveat in data["caveats"]:
        assert ["rule", "rows", "message"] == list(caveat)
        assert set(caveat["rows"]) <= addresses


def test_types_of_fields():
    """Text is text, counts and years whole numbers or null, printed numbers text."""
    row = json.loads(write(compare(BASE, "orr", trial="alpha")))["rows"][0]
    assert (10, 40, 2020, "25", 95) == tuple(
        row[name] for name in ("events", "n", "year", "value", "level")
    )
    assert (None, "") == (row["value_months"], row["p"])


def test_base_is_every_row():
    """A base is written as all its estimates, in the shape of a comparison."""
    data = json.loads(write(BASE))
    assert ["rows", "caveats"] == list(data)
    assert [
        "alpha/smith-2020/one/orr/proportion",
        "beta/smith-2020/one/orr/proportion",
        "beta/smith-2020/two/orr/proportion",
    ] == [row["address"] for row in data["rows"]]


def test_graph_round_trip():
    """Node-link data give the same nodes, edges and attributes back."""
    found = graph(BASE)
    again = nx.node_link_graph(json.loads(write(found)), edges="edges")
    assert dict(found.nodes(data="kind")) == dict(again.nodes(data="kind"))
    assert dict(found.nodes(data="label")) == dict(again.nodes(data="label"))
    assert set(found.edges(keys=True)) == set(again.edges(keys=True))
    assert set(found.edges(data="relation")) == set(again.edges(data="relation"))


def test_selection():
    """Selected arms are rows with what describes them."""
    (row, *_) = json.loads(write(select(BASE)))["rows"]
    assert {
        "trial": "alpha",
        "acronym": "Ärzte",
        "registrations": "",
        "phase": "2",
        "allocation": "single-arm",
        "timing": "prospective",
        "arm": "one",
        "name": "Doxorubicin",
        "role": "",
        "part": "",
        "line": "first",
        "histologies": "soft-tissue-sarcoma",
        "drugs": "doxorubicin",
        "regimen_classes": "chemotherapy;single-agent-chemotherapy",
        "n": 40,
        "reports": "smith-2020",
    } == row


def test_related():
    """Every neighbour has a row per reason, in its rank."""
    data = json.loads(write(related(BASE, "alpha", most=1)))
    assert "alpha" == data["trial"]
    assert (1, "beta", "", "same-regimen", "doxorubicin", "both give Doxorubicin") == tuple(
        data["rows"][0].values()
    )


def test_reporting():
    """Arms that report an endpoint, with their reports."""
    data = json.loads(write(reporting(BASE, "orr", phase="3")))
    assert "orr" == data["endpoint"]
    assert [("beta", "one", "doxorubicin+ifosfamide", "orr", 40, "smith-2020")] == [
        tuple(row.values()) for row in data["rows"][:1]
    ]


def test_path():
    """A path has a row per trial and step, and beside them how the two are connected."""
    data = json.loads(write(path(BASE, "doxorubicin", "ifosfamide+doxorubicin")))
    assert [(1, 1, "doxorubicin", "doxorubicin+ifosfamide", "beta", "two", "one", "orr")] == [
        tuple(row.values()) for row in data["rows"]
    ]
    assert "direct" == data["connection"]
    assert ["doxorubicin"] == data["a"]["treatments"]
    assert ["doxorubicin"] == data["b"]["compared_with"]


def test_gaps():
    """The matrix has a row per cell, those without evidence too."""
    data = json.loads(write(gaps(BASE, endpoint="orr,pfs")))
    cells = {(row["regimen_class"], row["endpoint"]): row for row in data["rows"]}
    assert (1, 40, "beta", "") == tuple(cells["chemotherapy-doublet", "orr"].values())[2:]
    assert (0, 0, "", "") == tuple(cells["chemotherapy-doublet", "pfs"].values())[2:]


def test_table():
    """A view without rows of its own is written as its table, notes beside it."""
    table = Table.plain("Title", ("Id", ""), [("a", "b")], (Note("Notes", ("one",)),))
    assert {
        "rows": [{"Id": "a", "column 2": "b"}],
        "title": "Title",
        "notes": {"Notes": ["one"]},
    } == json.loads(write(table))
