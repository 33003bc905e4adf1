"""A table in LaTeX, with the rules of booktabs and line breaks of makecell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.rendering.table import Table

PAGE: Final = 45
"""Lines of a table that one page holds."""

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
        "§": r"\S{}",
        "×": r"$\times$",
    }
)


def escaped(text: str) -> str:
    """Text that LaTeX sets as it is; several lines become a makecell."""
    lines = [line.translate(ESCAPES) for line in text.split("\n")]
    return lines[0] if len(lines) == 1 else "\\makecell[tl]{" + r" \\ ".join(lines) + "}"


def write(table: Table) -> str:
    """A table environment, or a longtable that breaks across pages where it is longer than one.

    Needs \\usepackage{booktabs,makecell}, and longtable for the latter.
    """
    columns = "".join("r" if column.align == "right" else "l" for column in table.columns)
    headings = " & ".join(escaped(column.heading) for column in table.columns) + r" \\"
    lines = list(_lines(table))
    if len(lines) > PAGE:
        return _joined(
            r"% \usepackage{booktabs,makecell,longtable}",
            rf"\begin{{longtable}}{{{columns}}}",
            rf"\caption{{{escaped(table.title)}}} \\",
            r"\toprule", headings, r"\midrule", r"\endfirsthead",
            r"\toprule", headings, r"\midrule", r"\endhead",
            r"\bottomrule", r"\endfoot",
            *lines,
            r"\end{longtable}",
            "{" + "".join(_notes(table)) + r"\par}",
        )  # fmt: skip
    return _joined(
        r"% \usepackage{booktabs,makecell}",
        r"\begin{table}",
        rf"\caption{{{escaped(table.title)}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule", headings, r"\midrule", *lines, r"\bottomrule",
        r"\end{tabular}",
        *_notes(table),
        r"\end{table}",
    )  # fmt: skip


def _joined(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _lines(table: Table) -> Iterator[str]:
    for section in table.sections:
        if section.heading:
            span = len(table.columns)
            yield rf"\multicolumn{{{span}}}{{l}}{{\textit{{{escaped(section.heading)}}}}} \\"
        for line in section.lines:
            yield " & ".join(escaped(cell) for cell in line) + r" \\"


def _notes(table: Table) -> Iterator[str]:
    for note in table.notes:
        lines = "; ".join(escaped(line.replace("\n", " ")) for line in note.lines)
        yield rf"\par\smallskip\footnotesize {escaped(note.heading)}: {lines}."
