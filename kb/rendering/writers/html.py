"""A table as an HTML fragment that works by itself: no scripts, no outside resources."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kb.rendering.table import Table

STYLE: Final = """
.kb{font:14px/1.4 system-ui,sans-serif;color:#1a1a1a}
.kb table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}
.kb caption{text-align:left;font-weight:600;padding:.4em 0}
.kb th,.kb td{padding:.25em .7em;text-align:left;vertical-align:top}
.kb thead th{border-bottom:1px solid}
.kb .right{text-align:right;font-variant-numeric:tabular-nums}
.kb .section th{padding-top:.8em;color:#0b4f71}
.kb .note{max-width:60em}
""".replace("\n", "")


def write(table: Table) -> str:
    """The table in a div of class `kb`, notes below."""
    out = [f'<div class="kb"><style>{STYLE}</style>', "<table>"]
    if table.title:
        out.append(f"<caption>{_text(table.title)}</caption>")
    heads = "".join(
        f"<th{_class(column.align)} scope='col'>{_text(column.heading)}</th>"
        for column in table.columns
    )
    out.append(f"<thead><tr>{heads}</tr></thead>")
    for section in table.sections:
        out.append("<tbody>")
        if section.heading:
            span = len(table.columns)
            heading = _text(section.heading)
            out.append(
                f'<tr class="section"><th colspan="{span}" scope="rowgroup">{heading}</th></tr>'
            )
        for line in section.lines:
            cells = "".join(
                f"<td{_class(column.align)}>{_text(cell)}</td>"
                for column, cell in zip(table.columns, line, strict=True)
            )
            out.append(f"<tr>{cells}</tr>")
        out.append("</tbody>")
    out.append("</table>")
    for note in table.notes:
        items = "".join(f"<li>{_text(line)}</li>" for line in note.lines)
        out.append(
            f'<div class="note"><strong>{_text(note.heading)}</strong><ul>{items}</ul></div>'
        )
    out.append("</div>")
    return "\n".join(out) + "\n"


def _text(text: str) -> str:
    return escape(text, quote=True).replace("\n", "<br>")


def _class(align: str) -> str:
    return ' class="right"' if align == "right" else ""
