"""`render`: any view as text, Markdown, HTML or LaTeX."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.rendering.table import Table

FORMATS: Final = ("text", "markdown", "html", "latex")

TABLES: Final = {
    "kb.comparison.compare.Comparison": "kb.rendering.tables.comparison:table_of",
    "kb.comparison.changes.Diff": "kb.rendering.tables.changes:table_of",
    "kb.query.select.Selection": "kb.rendering.tables.lists:arms",
    "kb.model.trial.Trial": "kb.rendering.tables.trial:table_of",
    "kb.graphs.neighbours.Related": "kb.rendering.tables.graph:table_of",
    "kb.graphs.neighbours.Reporting": "kb.rendering.tables.graph:table_of",
    "kb.graphs.paths.Path": "kb.rendering.tables.graph:table_of",
    "kb.graphs.gaps.Gaps": "kb.rendering.tables.graph:table_of",
    "kb.synthesis.pool.PooledComparison": "kb.rendering.tables.pooled:pooled_table",
    "kb.synthesis.network.NetworkComparison": "kb.rendering.tables.pooled:network_table",
    "kb.synthesis.unanchored.AcrossTrials": "kb.rendering.tables.pooled:across_table",
}
"""Each view by its full name, so that showing one loads nothing for the others."""


def table_of(view: Any) -> Table:
    """The table that a view is shown as; TypeError for what is no view."""
    from kb.rendering.table import Table

    if isinstance(view, Table):
        return view
    kind = type(view)
    home = TABLES.get(f"{kind.__module__}.{kind.__qualname__}")
    if home is None:
        raise TypeError(f"{kind.__name__} is not a view that can be rendered")
    module, _, name = home.partition(":")
    make: Callable[[Any], Table] = getattr(import_module(module), name)
    return make(view)


def render(view: Any, format: str = "text") -> str:  # noqa: A002  (the public name)
    """A view as `text`, `markdown`, `html` or `latex`; UnknownFormatError for anything else."""
    from kb.rendering.writers import html, latex, markdown, text

    writers: dict[str, Callable[[Table], str]] = {
        "text": text.write,
        "markdown": markdown.write,
        "html": html.write,
        "latex": latex.write,
    }
    if format not in writers:
        raise UnknownFormatError(f"{format!r} is not a format; known are {', '.join(FORMATS)}")
    return writers[format](table_of(view))
