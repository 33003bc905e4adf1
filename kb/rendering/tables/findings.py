"""Findings of the audit as text grouped by trial, or as a table for an appendix."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kb.audits.finding import SEVERITIES
from kb.audits.summary import NOTHING
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.tables.looked_at import told
from kb.rendering.words.lines import wrapped
from kb.sentences import count, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.audits.finding import Finding

WIDTH: Final = 100
INDENT: Final = " " * 11
MOST: Final = 12
"""Rows of a finding that are named; of more the rest is counted."""


def summary(findings: Sequence[Finding], *, own: bool = False) -> str:
    """`1 error, 2 warnings, 7 notes in 3 trials`; a table of one's `own` has studies."""
    counted = Counter(one.severity for one in findings)
    amounts = ", ".join(count(counted[severity], severity) for severity in SEVERITIES)
    what = "study" if own or any(one.rows for one in findings) else "trial"
    trials = len({one.trial for one in findings})
    held = f"{trials} studies" if what == "study" and trials != 1 else count(trials, what)
    return f"{amounts} in {held}"


def text_of(findings: Sequence[Finding], width: int = WIDTH) -> str:
    """The findings trial by trial, each with its severity, rule and place, then its sentence."""
    blocks = []
    for trial, own in groupby(findings, key=lambda one: one.trial):
        lines = [trial or "(no study named)"]
        for one in own:
            head, where = f"  {one.severity:<7}  {one.rule}", _where(one)
            fits = len(f"{head}  {where}") <= width or width >= WIDTH
            lines += [f"{head}  {where}"] if fits else [head, *wrapped(INDENT + where, width)]
            lines += wrapped(INDENT + one.message, width)
            lines += wrapped(f"{INDENT}acknowledged: {one.note}", width) if one.note else []
        blocks.append("".join(f"{line}\n" for line in lines))
    looked_at = told(getattr(findings, "summary", NOTHING))
    if looked_at:
        blocks.append("".join(f"{line}\n" for line in wrapped(looked_at, width)))
    return "\n".join(blocks)


def _where(one: Finding) -> str:
    cell = f" ({one.cell})" if one.cell else ""
    if len(one.rows) > 1:
        return f"rows {named(map(str, one.rows), MOST)}{cell}"
    return f"row {one.rows[0]}{cell}" if one.rows else one.address


def _said(one: Finding) -> str:
    return f"{one.message} (acknowledged: {one.note})" if one.note else one.message


def table_of(findings: Sequence[Finding]) -> Table:
    """One line per finding, in a section per trial or study."""
    sections = tuple(
        Section(trial, tuple((one.severity, one.rule, _where(one), _said(one)) for one in own))
        for trial, own in groupby(findings, key=lambda one: one.trial)
    )
    columns = (
        Column("Severity"),
        Column("Rule", yields=2, way="under"),
        Column("Where", yields=1, way="apart"),
        Column("What", yields=3, way="apart", least=30),
    )
    looked_at = told(getattr(findings, "summary", NOTHING))
    notes = (Note("Looked at", (looked_at,)),) if looked_at else ()
    return Table(summary(findings), columns, sections, notes)
