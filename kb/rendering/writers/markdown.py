"""A table as GitHub Markdown; what Markdown would read as markup is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.rendering.table import Table


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, line breaks as <br>."""
    text = re.sub(r"([\\`*_|<>\[\]#])", r"\\\1", text)
    return text.replace("\n", "<br>")


def write(table: Table) -> str:
    """The table with its title above and its notes below."""
    out: list[str] = []
    if table.title:
        out += [f"**{escaped(table.title)}**", ""]
    if table.lines:
        headings = [escaped(column.heading) or " " for column in table.columns]
        rules = ["---:" if column.align == "right" else "---" for column in table.columns]
        out += [_row(headings), _row(rules)]
        for section in table.sections:
            if section.heading:
                out.append(_row([f"**{escaped(section.heading)}**"] + [""] * (len(headings) - 1)))
            out += [_row([escaped(cell) for cell in line]) for line in section.lines]
    for note in table.notes:
        out += ["", f"**{escaped(note.heading)}**", ""]
        out += [f"- {escaped(line)}" for line in note.lines]
    return "\n".join(out) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
