"""The fields of a row as columns and groups of a forest plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kb.rows.flat import ids, listed, pairs
from kb.rows.labels import group_name, restriction
from kb.rows.row import FIELDS

if TYPE_CHECKING:
    from kb.rows.row import Row

AS_PRINTED: Final = ("address", "report", "trial", "locator", "adjusted_for")
"""Fields whose hyphens are their own."""
HEADINGS: Final = {
    "label": "Trial",
    "drugs": "Drugs",
    "count": "Events/n",
    "line": "Line",
    "n": "n",
    "analysis_set": "Set",
    "report": "Report",
    "histologies": "Histologies",
    "year": "Year",
    "versus": "Versus",
    "criteria": "Criteria",
    "assessor": "Assessor",
    "read": "Read",
    "address": "Address",
    "regimen_classes": "Classes",
    "subgroup": "Subgroup",
    "arm": "Arm",
}


def field(row: Row, name: str) -> Any:
    """What a row holds under a column; ValueError for what is no field of rows."""
    if name not in FIELDS:
        raise ValueError(f"{name!r} is no column; a row has {', '.join(HEADINGS)} and its fields")
    return getattr(row, name)


def words(value: object, name: str) -> str:
    """A field as words: lists with commas, ids without hyphens, restrictions by their values."""
    if value is None:
        return ""
    if isinstance(value, bool | float):
        return group_name(value)
    if name in ("subgroup", "definition"):
        return ", ".join(restriction(key, one, None) for key, one in pairs(str(value)))
    parts = ids(str(value)) if name in ("arm", "versus", "drugs") else listed(str(value))
    text = ", ".join(parts)
    return text if name in AS_PRINTED else text.replace("-", " ")
