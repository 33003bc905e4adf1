"""`render`: any view as text, Markdown, HTML or LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kb.errors import UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.rendering.table import Table

FORMATS: Final = ("text", "markdown", "html", "latex")


def table_of(view: Any) -> Table:
    """The table that a view is shown as."""
    from kb.comparison.result import Comparison
    from kb.model import Trial
    from kb.query.select import Selection
    from kb.rendering import comparison_view, lists, trial_view
    from kb.rendering.table import Table

    if isinstance(view, Table):
        return view
    if isinstance(view, Comparison):
        return comparison_view.table_of(view)
    if isinstance(view, Selection):
        return lists.arms(view)
    if isinstance(view, Trial):
        return trial_view.table_of(view)
    to_table = getattr(view, "to_table", None)
    if to_table is not None:
        table: Table = to_table()
        return table
    raise TypeError(f"{type(view).__name__} is not a view that can be rendered")


def render(view: Any, format: str = "text") -> str:  # noqa: A002  (the public name)
    """A view as `text`, `markdown`, `html` or `latex`; UnknownFormatError for anything else."""
    from kb.rendering import html, latex, markdown, text

    writers: dict[str, Callable[[Table], str]] = {
        "text": text.write,
        "markdown": markdown.write,
        "html": html.write,
        "latex": latex.write,
    }
    if format not in writers:
        raise UnknownFormatError(f"{format!r} is not a format; known are {', '.join(FORMATS)}")
    return writers[format](table_of(view))
