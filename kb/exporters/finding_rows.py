"""Findings and problems as flat rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.exporters.rows import Rows
from kb.rows.flat import joined
from kb.sentences import printable

if TYPE_CHECKING:
    from kb.audits.finding import Finding, Findings
    from kb.errors import Problem, Problems

SAID = ("rule", "severity", "message")


def finding_rows(view: Findings) -> Rows:
    """Findings of records by address, those of a table by the numbers of their rows."""
    documents = [_document(one) for one in view]
    if not view.of_table:
        return Rows(("address", "trial", "report", *SAID), documents, {}, documents)
    rows = [{"rows": joined(map(str, one.rows)), **_said(one)} for one in view]
    return Rows(("rows", *SAID), rows, {}, documents)


def _said(one: Finding) -> dict[str, str]:
    return {"rule": one.rule, "severity": one.severity, "message": one.message}


def _document(one: Finding) -> dict[str, Any]:
    """A finding as JSON says it: of a record by address, of a table by the number of its row."""
    if not one.rows:
        return {"address": one.address, "trial": one.trial, "report": one.report, **_said(one)}
    rows = {"rows": list(one.rows)} if len(one.rows) > 1 else {}
    return {"row": one.rows[0], **rows, **_said(one)}


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
