"""What each flat field of a row of harms means: the dictionary of `kb export harms`."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from kb.rows.columns import MEANINGS, TYPES, Column
from kb.rows.harm import HarmRow

UNITS: Final = {
    "value": "percent",
    "low": "percent",
    "high": "percent",
    "level": "percent",
    "events": "what `counted` says",
    "n": "patients",
}
OWN: Final = {
    "address": "The name of the row, the same in every output: "
    "`trial/report/set/harm/event[@grade][#attribution+severity+drug+outcome]`.",
    "report": "Id of the report that prints the event.",
    "arm": "Arms whose patients the event is of, joined by `;`; all of the trial where no set is "
    "named.",
    "regimen_classes": "Regimen classes and families that each of the arms has, joined by `;`.",
    "event": "The event as the record names it; `any` is every event.",
    "grade": "The printed grade: `3-4, >=3, 5, any`; empty where none is printed.",
    "severity": "A printed word for severity, such as `serious`.",
    "relation": "Attribution: `treatment-related, any, not-stated`.",
    "events_source": "`reported`, or empty.",
    "value": "The percent: printed character for character, computed with ten significant digits.",
    "low": "Lower bound of a printed interval.",
    "high": "Upper bound of a printed interval.",
    "level": "Level of that interval; null where the source does not state it.",
    "share": "A word that stands for a number: `all, most, some, none`.",
    "counted": "What is counted, where it is not patients: `episodes, events, cycles, not-stated`.",
    "drug": "The drug that is blamed.",
    "outcome": "What came of it, such as `death`.",
    "rank": "A printed place among the events, such as `most-frequent`.",
    "p_against": "The set that a p-value compares with.",
    "note": "A remark of the record.",
    "locator": "Where in the source the event stands.",
    "set": "Id of the analysis set; empty where the source names none.",
    "set_aside": "Why `kb harms` shows another report instead; empty for what it shows.",
}
"""What differs from the fields of other rows."""


def harm_columns() -> list[Column]:
    """Every field in the order of files; KeyError for one that nobody explained."""
    meanings = MEANINGS | OWN
    return [
        Column(one.name, TYPES[str(one.type)], UNITS.get(one.name, ""), meanings[one.name])
        for one in fields(HarmRow)
    ]
