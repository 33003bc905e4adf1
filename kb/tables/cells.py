"""What one cell of a table says, in the words and signs that people write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kb.sentences import quoted
from kb.tables.cell_forms import LONGEST, SIMPLE, comma_is_decimal, plain
from kb.tables.cell_readers import parts_of

__all__ = ["KINDS", "Said", "comma_is_decimal", "said"]

KINDS: Final = {
    "count": "a count", "number": "a number", "bound": "a bound", "p": "a p-value",
    "level": "a level", "time": "a time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; texts are as printed, with a point for a decimal comma.

    `value`, `low`, `high` are printed numbers, `events` and `n` whole numbers as text; a count that
    stands alone is `events`, whatever it counts. `*_state` are states of `kb.printed.state`.
    `approximation` is a word of records (`at-least` for `29.8+`, `over` for `>50`). `percent` says
    whether a percent sign stands at the value. `unit` is a unit of time. `marks` are footnote marks
    that were taken off. `problem` says what was not understood, with the cell quoted; then nothing
    else is said.
    """

    value: str = ""
    low: str = ""
    high: str = ""
    events: str = ""
    n: str = ""
    value_state: str = ""
    low_state: str = ""
    high_state: str = ""
    level: str = ""
    p: str = ""
    sides: str = ""
    unit: str = ""
    approximation: str = ""
    percent: bool = False
    marks: str = ""
    problem: str = ""


NOTHING: Final = Said()


@lru_cache(maxsize=65536)
def said(text: str, kind: str, *, comma: bool = False) -> Said:
    """What a cell says, read as one of `KINDS`; never a guess.

    `comma`: the comma is the decimal sign of its column. What is not understood is a `problem`,
    which quotes the cell.
    """
    text = text.strip()
    if not text:
        return NOTHING
    if kind in ("number", "bound") and SIMPLE.fullmatch(text):
        return Said(text)
    bare, marks = plain(text, comma=comma) if len(text) <= LONGEST else ("", "")
    found = parts_of(bare, kind) if bare else None
    if found is None:
        return Said(problem=f"{quoted(text)} is not understood as {KINDS[kind]}")
    if "problem" in found:
        return Said(problem=f"{quoted(text)} {found['problem']}")
    return Said(**found, marks=marks)
