"""A table in LaTeX, with the rules of booktabs and line breaks of makecell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kb.rendering.table import Table

ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "–": "--",
        "—": "---",
        "≥": r"$\geq$",
        "≤": r"$\leq$",
        "≈": r"$\approx$",
        "<": r"$<$",
        ">": r"$>$",
        "└": r"\quad",
        "·": r"$\cdot$",
        "²": r"$^2$",
        "†": r"\dag{}",
        "‡": r"\ddag{}",
        "×": r"$\times$",
    }
)


def escaped(text: str) -> str:
    """Text that LaTeX sets as it is; several lines become a makecell."""
    lines = [line.translate(ESCAPES) for line in text.split("\n")]
    return lines[0] if len(lines) == 1 else "\\makecell[tl]{" + r" \\ ".join(lines) + "}"


def write(table: Table) -> str:
    """A table environment; needs \\usepackage{booktabs,makecell}."""
    columns = "".join("r" if column.align == "right" else "l" for column in table.columns)
    out = [
        r"% \usepackage{booktabs,makecell}",
        r"\begin{table}",
        rf"\caption{{{escaped(table.title)}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        " & ".join(escaped(column.heading) for column in table.columns) + r" \\",
        r"\midrule",
    ]
    for section in table.sections:
        if section.heading:
            span = len(table.columns)
            out.append(rf"\multicolumn{{{span}}}{{l}}{{\textit{{{escaped(section.heading)}}}}} \\")
        out += [" & ".join(escaped(cell) for cell in line) + r" \\" for line in section.lines]
    out += [r"\bottomrule", r"\end{tabular}"]
    for note in table.notes:
        lines = "; ".join(escaped(line.replace("\n", " ")) for line in note.lines)
        out.append(rf"\par\smallskip\footnotesize {escaped(note.heading)}: {lines}.")
    out.append(r"\end{table}")
    return "\n".join(out) + "\n"
