"""`render`: any view as text, Markdown, HTML or LaTeX; and the one list of all views."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.rendering.table import Table

FORMATS: Final = ("text", "markdown", "html", "latex")
TABLES: Final = "kb.rendering.tables"
ROWS: Final = "kb.exporters"


@dataclass(frozen=True, slots=True)
class Shown:
    """What makes a view a table, flat rows, or text that is no table, each as `module:function`.

    Empty where there is none: rows are then those of the table, text is then the table written.
    `arranged` sorts and cuts the rows of a view, `brief` is a table of one line a row.
    """

    table: str = ""
    rows: str = ""
    text: str = ""
    arranged: str = ""
    brief: str = ""


VIEWS: Final = {
    "kb.comparison.compare.Comparison": Shown(
        f"{TABLES}.comparison:table_of",
        f"{ROWS}.rows:comparison_rows",
        arranged="kb.comparison.arranged:arranged",
        brief=f"{TABLES}.brief:table_of",
    ),
    "kb.comparison.harms.Harms": Shown(f"{TABLES}.harms:table_of", f"{ROWS}.rows:harm_rows"),
    "kb.comparison.changes.Diff": Shown(f"{TABLES}.changes:table_of", f"{ROWS}.rows:change_rows"),
    "kb.tables.table.Table": Shown(f"{TABLES}.own_table:table_of", f"{ROWS}.rows:table_rows"),
    "kb.tables.explanation.Explanation": Shown(f"{TABLES}.explanation:table_of"),
    "kb.query.select.Selection": Shown(f"{TABLES}.lists:arms", f"{ROWS}.graph_rows:arm_rows"),
    "kb.query.terms.Terms": Shown(f"{TABLES}.lists:terms"),
    "kb.query.terms.Kinds": Shown(f"{TABLES}.lists:kinds"),
    "kb.model.trial.Trial": Shown(f"{TABLES}.trial:table_of"),
    "kb.graphs.neighbours.Related": Shown(
        f"{TABLES}.graph:related", f"{ROWS}.graph_rows:related_rows"
    ),
    "kb.graphs.neighbours.Reporting": Shown(
        f"{TABLES}.graph:reporting", f"{ROWS}.graph_rows:reporting_rows"
    ),
    "kb.graphs.paths.Path": Shown(f"{TABLES}.graph:path", f"{ROWS}.graph_rows:path_rows"),
    "kb.graphs.gaps.Gaps": Shown(f"{TABLES}.graph:gaps", f"{ROWS}.graph_rows:gap_rows"),
    "kb.audits.finding.Findings": Shown(
        f"{TABLES}.findings:table_of",
        f"{ROWS}.finding_rows:finding_rows",
        f"{TABLES}.findings:text_of",
    ),
    "kb.audits.finding.Audited": Shown(
        f"{TABLES}.findings:table_of",
        f"{ROWS}.finding_rows:audited_rows",
        f"{TABLES}.findings:text_of",
    ),
    "kb.errors.Problems": Shown(
        f"{TABLES}.problems:table_of",
        f"{ROWS}.finding_rows:problem_rows",
        f"{TABLES}.problems:text_of",
    ),
    "kb.synthesis.pool.PooledComparison": Shown(
        f"{TABLES}.pooled:pooled_table", f"{ROWS}.rows:pooled_rows"
    ),
    "kb.synthesis.alternatives.Alternatives": Shown(f"{TABLES}.pooled:alternatives_table"),
    "kb.stats.pooling.multiverse.Multiverse": Shown(f"{TABLES}.pooled:variants_table"),
    "kb.synthesis.network.NetworkComparison": Shown(
        f"{TABLES}.network:network_table", f"{ROWS}.rows:network_rows"
    ),
    "kb.synthesis.unanchored.AcrossTrials": Shown(f"{TABLES}.unanchored:across_table"),
    "kb.store.knowledge_base.KnowledgeBase": Shown(rows=f"{ROWS}.rows:base_rows"),
}
"""Each view by its full name, so that showing one loads nothing for the others."""


def shown_as(view: Any) -> Shown | None:
    """How a view, or what it is a kind of, is shown; None for what is no view."""
    for kind in type(view).__mro__:
        found = VIEWS.get(f"{kind.__module__}.{kind.__qualname__}")
        if found is not None:
            return found
    return None


def called(home: str) -> Callable[..., Any]:
    """The function that `module:function` names, imported when it is needed."""
    module, _, name = home.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def table_of(view: Any) -> Table:
    """The table that a view is shown as; TypeError for what is no view."""
    from kb.rendering.table import Table

    if isinstance(view, Table):
        return view
    shown = shown_as(view)
    if shown is None or not shown.table:
        raise TypeError(f"{type(view).__name__} is not a view that can be rendered")
    table: Table = called(shown.table)(view)
    return table


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
    shown = shown_as(view)
    if format == "text" and shown is not None and shown.text:
        return str(called(shown.text)(view))
    return writers[format](table_of(view))
