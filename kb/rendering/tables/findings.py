"""Findings of the audit as text grouped by trial, JSON, CSV, or as a table for an appendix."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kb.audits.finding import SEVERITIES
from kb.errors import UnknownFormatError
from kb.rendering.table import Column, Section, Table
from kb.rendering.writers import html, latex, markdown
from kb.sentences import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.audits.finding import Finding

TABLES: Final = {"markdown": markdown.write, "latex": latex.write, "html": html.write}
FORMATS: Final = ("text", "json", "csv", *TABLES)
WIDTH: Final = 100


def finding_lines(findings: Sequence[Finding], style: str = "text", *, title: str = "") -> str:
    """All findings in one string: `text`, `json`, `csv`, `markdown`, `latex` or `html`."""
    if style == "json":
        return json.dumps([fields(one) for one in findings], indent=2, ensure_ascii=False) + "\n"
    if style == "csv":
        return _csv(findings)
    if style in TABLES:
        return TABLES[style](_table(findings, title or summary(findings)))
    if style == "text":
        return _text(findings)
    raise UnknownFormatError(f"{style!r} is not a format; known are {', '.join(FORMATS)}")


def fields(one: Finding) -> dict[str, Any]:
    """A finding as JSON says it: of a record by address, of a table by the number of its row."""
    said = {"rule": one.rule, "severity": one.severity, "message": one.message}
    if not one.rows:
        return {"address": one.address, "trial": one.trial, "report": one.report, **said}
    rows = {"rows": list(one.rows)} if len(one.rows) > 1 else {}
    return {"row": one.rows[0], **rows, **said}


def summary(findings: Sequence[Finding]) -> str:
    """`1 error, 2 warnings, 7 notes in 3 trials`."""
    counted = Counter(one.severity for one in findings)
    amounts = ", ".join(count(counted[severity], severity) for severity in SEVERITIES)
    what = "study" if any(one.rows for one in findings) else "trial"
    trials = len({one.trial for one in findings})
    held = f"{trials} studies" if what == "study" and trials != 1 else count(trials, what)
    return f"{amounts} in {held}"


def _text(findings: Sequence[Finding]) -> str:
    blocks = []
    for trial, own in groupby(findings, key=lambda one: one.trial):
        lines = [trial or "(no study named)"]
        for one in own:
            lines.append(f"  {one.severity:<7}  {one.rule}  {_where(one)}")
            lines += _wrapped(one.message)
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def _wrapped(message: str) -> list[str]:
    """A message in indented lines, no number parted from its percent sign."""
    lines = textwrap.wrap(
        message.replace(" %", "\N{NO-BREAK SPACE}%"), WIDTH, initial_indent=" " * 11,
        subsequent_indent=" " * 11, break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _where(one: Finding) -> str:
    if len(one.rows) > 1:
        return f"rows {', '.join(map(str, one.rows))}"
    return f"row {one.rows[0]}" if one.rows else one.address


def _table(findings: Sequence[Finding], title: str) -> Table:
    sections = tuple(
        Section(trial, tuple((one.severity, one.rule, _where(one), one.message) for one in own))
        for trial, own in groupby(findings, key=lambda one: one.trial)
    )
    columns = tuple(map(Column, ("Severity", "Rule", "Where", "What")))
    return Table(title, columns, sections)


def _csv(findings: Sequence[Finding]) -> str:
    out = io.StringIO()
    of_table = any(one.rows for one in findings)
    place = ("rows",) if of_table else ("address", "trial", "report")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*place, "rule", "severity", "message"))
    for one in findings:
        where = (
            (";".join(map(str, one.rows)),) if of_table else (one.address, one.trial, one.report)
        )
        writer.writerow((*where, one.rule, one.severity, one.message))
    return out.getvalue()
