"""The reports of the shipped records as tables that a reviewer would have made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.printed.state import NOT_ESTIMABLE, NOT_REACHED
from kb.rows.from_records import printed_rows
from kb.tables.plan import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit_studies import Cells
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

STATES: Final = {NOT_REACHED: "NR", NOT_ESTIMABLE: "NE"}
FORMS: Final = {
    "every column": (),
    "without `level`": ("level",),
    "without units and definitions": (
        "unit", "at_unit", "definition", "measure", "criteria", "assessor", "confirmed",
        "timing", "data_cut", "analysis_set", "estimator", "adjusted",
    ),
}  # fmt: skip
"""The forms of a table, by the columns that it lacks. Contrasts keep their measure: without it a
hazard ratio is not known for one."""


@dataclass(frozen=True)
class Sheet:
    """A table, and for each of its rows whether a record has acknowledged a finding about it."""

    rows: tuple[Cells, ...]
    known: tuple[bool, ...]


def reports(base: KnowledgeBase, *, relayed: bool = True) -> list[Sheet]:
    """One table per report; with `relayed=False` only of reports at first hand."""
    found = []
    for trial in base.values():
        by_report: dict[str, list[Row]] = {}
        for row in printed_rows(trial, base.vocabulary):
            if relayed or not row.relays:
                by_report.setdefault(row.report, []).append(row)
        marked = [one.at for one in trial.acknowledged]
        found += [sheet(rows, marked) for rows in by_report.values()]
    return found


def trials(base: KnowledgeBase) -> list[Sheet]:
    """One table per trial, of the rows of all its reports at first hand."""
    found = []
    for trial in base.values():
        rows = [row for row in printed_rows(trial, base.vocabulary) if not row.relays]
        if rows:
            found.append(sheet(rows, [one.at for one in trial.acknowledged]))
    return found


def sheet(rows: Iterable[Row], acknowledged: list[str]) -> Sheet:
    """Rows as a table."""
    listed = list(rows)
    return Sheet(
        tuple(cells(row) for row in listed),
        tuple(any(f"{row.address}/".startswith(f"{at}/") for at in acknowledged) for row in listed),
    )


def cells(row: Row) -> Cells:
    """What a reviewer would copy of one number: only what is printed, in the words of the source.

    A part of an arm that has no key of its own stands where a subgroup does.
    """
    reported = row.interval_source == "reported"
    bounds = row.interval_sides if row.interval_sides in ("lower", "upper") else ""
    found = {
        "study": row.trial, "report": row.report, "arm": row.arm, "versus": row.versus,
        "subgroup": row.subgroup or (f"set={row.part}" if row.part else ""),
        "endpoint": row.endpoint, "definition": row.definition,
        "measure": "" if row.measure == "not-stated" else row.measure,
        "at": row.at_value, "at_unit": row.at_unit,
        "events": str(row.events) if row.events_source == "reported" else "",
        "n": "" if row.n is None or row.approximation else str(row.n),
        "value": _printed(row.value, row.value_state) if row.value_source == "reported" else "",
        "low": _printed(row.low, row.low_state) if reported else "",
        "high": _printed(row.high, row.high_state) if reported else "",
        "level": f"{row.level:g}" if reported and row.level else "",
        "sides": bounds or (row.p_sides if row.p_sides in ("one", "two") else ""),
        "p": row.p, "unit": row.unit, "criteria": _stated(row.criteria),
        "assessor": _stated(row.assessor), "confirmed": _stated(row.confirmed),
        "timing": row.timing, "data_cut": row.data_cut,
        "analysis_set": _stated(row.analysis_set), "estimator": _stated(row.estimator),
    }  # fmt: skip
    return {column: cell for column, cell in found.items() if cell and column in COLUMNS}


def _printed(number: str, state: str) -> str:
    return number or STATES.get(state, "")


def _stated(word: str) -> str:
    return "" if word == "not-stated" else word


def in_form(rows: Iterable[Cells], lacks: Iterable[str]) -> list[Cells]:
    """A table without some columns."""
    return [
        {
            column: cell
            for column, cell in row.items()
            if column not in lacks or (column == "measure" and row.get("versus"))
        }
        for row in rows
    ]


def numbered(sheets: list[Sheet]) -> Iterator[tuple[int, int]]:
    """The table and row of every number, each once though several reports of a trial print it."""
    seen = set()
    for at, one in enumerate(sheets):
        for number, row in enumerate(one.rows):
            key = tuple(
                row.get(column, "")
                for column in ("study", "endpoint", "measure", "at", "events", "n", "value",
                               "low", "high", "p")
            )  # fmt: skip
            if key not in seen:
                seen.add(key)
                yield at, number
