"""The evidence graph as GraphML, for Gephi, Cytoscape, yEd and igraph."""

from __future__ import annotations

from typing import Any

from kb.errors import UnknownFormatError
from kb.exporters.rows import is_graph
from kb.graphs.evidence import graph
from kb.store.knowledge_base import KnowledgeBase


def write(view: Any) -> str:
    """A graph, or the graph of a base, as GraphML; the id of an edge is its relation."""
    import networkx as nx

    found = graph(view) if isinstance(view, KnowledgeBase) else view
    if not is_graph(found):
        raise UnknownFormatError(f"graphml holds a graph or a base, not a {type(view).__name__}")
    return "\n".join(nx.generate_graphml(found)) + "\n"
