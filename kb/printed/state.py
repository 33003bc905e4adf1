"""What stands in print where a number is missing: not reached, not estimable, not given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class State:
    """A state: how tables write it, what their notes say of it, and how others write it."""

    short: str
    note: str
    spellings: tuple[str, ...]


NOT_REACHED: Final = "not-reached"
NOT_ESTIMABLE: Final = "not-estimable"
NOT_GIVEN: Final = "not-given"
STATES: Final[dict[str, State]] = {
    NOT_REACHED: State("NR", "NR, not reached", ("nr", "nyr", "not yet reached")),
    NOT_ESTIMABLE: State(
        "NE", "NE, not estimable", ("ne", "nc", "not evaluable", "not calculable")
    ),
    NOT_GIVEN: State(
        "not given",
        "not given, the source prints a blank or a dot",
        (
            "n/a",
            "nd",
            "nan",
            "no data",
            "not available",
            "not applicable",
            "not determined",
            "not done",
            "not reported",
            "not stated",
            "missing",
            "unknown",
        ),
    ),
}


def short(state: str) -> str:
    """How tables write a state; empty for none, and anything else as it is."""
    return STATES[state].short if state in STATES else state


def state_named(word: str) -> str:
    """The state that a word stands for, such as `NR` or `Not reached`; empty for none."""
    return _SPELLED.get(_folded(word), "")


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


_SPELLED: Final = {
    _folded(spelling): state
    for state, one in STATES.items()
    for spelling in (state, *one.spellings)
}
