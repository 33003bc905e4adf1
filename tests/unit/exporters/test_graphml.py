"""GraphML: what is read back is the graph that was written."""

import io

import networkx as nx

from builders import arm, base_of, randomised, trial
from kb.exporters.csv import write as write_csv
from kb.exporters.graphml import write
from kb.graphs.evidence import graph

BASE = base_of(
    trial("alpha", acronym="A & B <Ärzte>"),
    randomised("beta", arm("doxorubicin", "ifosfamide"), arm("doxorubicin")),
)


def test_round_trip():
    """Nodes and edges with all their attributes come back."""
    found = graph(BASE)
    again = nx.read_graphml(io.BytesIO(write(found).encode()), force_multigraph=True)
    assert dict(found.nodes(data=True)) == dict(again.nodes(data=True))
    assert sorted(found.edges(keys=True, data="relation")) == sorted(
        again.edges(keys=True, data="relation")
    )
    assert again.is_directed()


def test_base_is_its_graph():
    """A base is written as its evidence graph."""
    assert write(graph(BASE)) == write(BASE)


def test_edges_as_rows():
    """In CSV a graph is its edges."""
    lines = write_csv(graph(BASE)).splitlines()
    assert "source,relation,target" == lines[0]
    assert "trial:alpha,has-arm,arm:alpha/one" in lines
