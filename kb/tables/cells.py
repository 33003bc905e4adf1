"""What one cell of a table says, in the words and signs that people write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says; texts are as printed, with a point for a decimal comma.

    `value`, `low`, `high` are printed numbers, `events` and `n` whole numbers as text. `*_state`
    are states of `kb.printed.state`. `approximation` is a word of records (`at-least` for `29.8+`
    and `>50`). `percent` says whether a percent sign stands at the value. `unit` is a unit of time.
    `marks` are footnote marks that were taken off. `problem` says what was not understood, with the
    cell quoted; then nothing else is said.
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
