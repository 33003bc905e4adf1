"""Findings and problems as flat rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.exporters.rows import Rows
from kb.rows.flat import joined
from kb.sentences import printable

if TYPE_CHECKING:
    from kb.audits.finding import Audited, Finding, Findings
    from kb.errors import Problem, Problems

SAID = ("rule", "severity", "message")


def finding_rows(view: Findings) -> Rows:
    """Findings of records by address, those of a table by the numbers of their rows."""
    documents = [_document(one) for one in view]
    said = (*SAID, "note") if any(one.note for one in view) else SAID
    if not view.of_table:
        return Rows(("address", "trial", "report", *said), documents, {}, documents)
    cells = ("cell",) if any(one.cell for one in view) else ()
    rows = [
        {"rows": joined(map(str, one.rows)), **dict.fromkeys(cells, one.cell), **_said(one)}
        for one in view
    ]
    return Rows(("rows", *cells, *said), rows, {}, documents)


def audited_rows(view: Audited) -> Rows:
    """Findings, and in JSON the summary of their audit beside them."""
    found = finding_rows(view)
    beside = {"findings": found.documents, "summary": view.summary.as_dict()}
    return found._replace(documents=beside)


def _said(one: Finding) -> dict[str, str]:
    note = {"note": one.note} if one.note else {}
    return {"rule": one.rule, "severity": one.severity, "message": one.message, **note}


def _document(one: Finding) -> dict[str, Any]:
    """A finding as JSON says it: of a record by address, of a table by the number of its row."""
    if not one.rows:
        return {"address": one.address, "trial": one.trial, "report": one.report, **_said(one)}
    rows = {"rows": list(one.rows)} if len(one.rows) > 1 else {}
    return {"row": one.rows[0], **rows, "cell": one.cell, **_said(one)}


def problem_rows(view: Problems) -> Rows:
    """Problems with their places."""
    documents = [_placed(one) for one in view]
    return Rows(("path", "line", "column", "rule", "message"), documents, {}, documents)


def _placed(one: Problem) -> dict[str, Any]:
    place = one.place
    return {
        "path": printable(place.path), "line": place.line, "column": place.column,
        "rule": one.rule, "message": one.message,
    }  # fmt: skip
