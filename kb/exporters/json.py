"""Views as JSON: rows with what belongs beside them; a graph as nodes and edges."""

from __future__ import annotations

import json
from typing import Any

from kb.exporters.rows import is_graph, rows_of


def write(view: Any) -> str:
    """`{"rows": […], …}`; of a comparison `{"rows", "caveats"}`; of a graph node-link data.

    Node-link data are what networkx reads with `node_link_graph(data, edges="edges")`.
    """
    if is_graph(view):
        return _text(node_link(view))
    found = rows_of(view)
    if found.documents is not None:
        return _text(found.documents)
    return _text({"rows": found.rows, **found.beside})


def node_link(graph: Any) -> dict[str, Any]:
    """A graph as node-link data; the id of a node is `kind:id`."""
    return {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [{**attributes, "id": node} for node, attributes in graph.nodes(data=True)],
        "edges": [
            {"source": source, "target": target, "key": key, **attributes}
            for source, target, key, attributes in graph.edges(keys=True, data=True)
        ],
    }


def _text(data: Any) -> str:
    return json.dumps(data, indent=2, allow_nan=False, ensure_ascii=False) + "\n"
