"""Which fields of a row a cell fills in, by the column that it stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from kb.printed.state import state_named
from kb.tables.cells import Said, said

KINDS: Final = {
    "value": "number", "interval": "interval", "low": "bound", "high": "bound",
    "events": "count", "n": "count", "p": "p", "level": "level", "at": "time", "se": "number",
}  # fmt: skip
"""Columns that hold numbers, and the kind of their cells; in this order they are read."""
PARTS: Final = ("value", "low", "high", "events", "n", "level", "p", "sides", "unit")
"""What a cell of a value may say."""
ALONE: Final = {
    "events": ("events", "value"), "n": ("n", "events", "value"), "low": ("value",),
    "high": ("value",), "p": ("p", "value"), "level": ("level", "value"), "at": ("value",),
    "se": ("value",),
}  # fmt: skip
"""Columns of one number, and the parts of a cell that may hold it, the first first."""
BESIDE: Final = {
    "events": {"n": "n", "value": "value"},
    "p": {"sides": "sides"},
    "at": {"unit": "at_unit"},
}
"""What such a cell says besides, and of which field."""
INTERVAL: Final = "interval"
BOUNDS: Final = ("low", "high")


class Filled(NamedTuple):
    """What a cell fills in: fields with their texts, states of numbers, and how they are meant.

    `problem` says why nothing is filled in.
    """

    fields: tuple[tuple[str, str], ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    approximation: str = ""
    percent: bool = False
    problem: str = ""


def filled(name: str, text: str, *, comma: bool) -> Filled:
    """What the cell of a column says of its row; `comma`: a comma is the decimal point."""
    kind = KINDS[name]
    cell = _interval(text, comma=comma) if kind == INTERVAL else said(text, kind, comma=comma)
    if cell.problem:
        return Filled(problem=cell.problem)
    if name in BOUNDS and (cell.low or cell.high):
        return Filled(problem=f'"{text}" is an interval, not one bound')
    if name in BOUNDS and cell.approximation:
        return Filled(problem=f'"{text}" is no bound but a limit of one')
    if name in ALONE:
        part = next((part for part in ALONE[name] if getattr(cell, part)), "")
        percent = cell.percent and part == "value"
        if name == "n" and percent:
            return Filled(problem=f'"{text}" is a percent, not a number of patients')
        if name == "events" and percent:
            return Filled((("value", cell.value),))
        pairs = [(name, getattr(cell, part))] if part else []
        beside = {one: field for one, field in BESIDE.get(name, {}).items() if one != part}
        pairs += [(field, getattr(cell, one)) for one, field in beside.items()]
    else:
        pairs = [(part, getattr(cell, part)) for part in PARTS]
    field_of_value = "value" if kind == INTERVAL else name
    states = [
        (field_of_value if part == "value" else part, getattr(cell, f"{part}_state"))
        for part in ("value", *BOUNDS)
    ]
    return Filled(
        tuple((field, one) for field, one in pairs if one),
        tuple((field, one) for field, one in states if one),
        cell.approximation if name == "value" else "",
        cell.percent if name == "value" else False,
    )


def _interval(text: str, *, comma: bool) -> Said:
    """What a cell of an interval alone says: `18.7–45.1`, `(2.6 to NR)`, `6.2 (2.6–11.2)`."""
    whole = said(text, "number", comma=comma)
    if not whole.problem and (whole.low or whole.high or whole.low_state or whole.high_state):
        return whole
    found = said(f"0 ({text.strip('()[] ')})", "number", comma=comma)
    if not found.problem and (found.low or found.high):
        return replace(found, value="")
    state = state_named(text)
    if state:
        return Said(low_state=state, high_state=state)
    return Said(problem=f'"{text}" is not understood as an interval')
