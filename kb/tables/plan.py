"""What the columns of a table are taken for, before any cell is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.printed.measure import MEDIAN

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS: Final = (
    "study", "arm", "versus", "subgroup", "endpoint", "definition", "measure", "at", "at_unit",
    "events", "n", "value", "low", "high", "level", "sides", "p", "unit", "criteria", "report",
    "assessor", "confirmed", "timing", "data_cut", "analysis_set", "estimator", "follow_up",
    "method", "adjusted",
)  # fmt: skip
"""The columns of the interface, by their exact names."""
FIELDS: Final = (
    *COLUMNS, "line", "histology", "design", "year", "se", "interval", "reference",
)  # fmt: skip
"""What a column can be taken for.

`se` is the standard error of `value` on the scale of its interval (the natural log of a ratio).
`interval` is a cell with both bounds, with or without the value before them. `reference` is `yes`
where an arm is the one that others are compared with.
"""


BASELINE: Final = "baseline values"
"""The preset of a table of characteristics with a mean or median each; it makes no rows."""


def of_baseline(header: Sequence[str]) -> bool:
    """Whether a table is one of baseline values: characteristics with a mean or a median each."""
    names = {one.strip().casefold() for one in header}
    return "characteristic" in names and bool(names & {"mean", MEDIAN})


class Taken(NamedTuple):
    """What one column of the header is taken for.

    `field` is one of `FIELDS`, empty for a column that is kept and not used. `about` says of which
    endpoint, arm or time, as a remark for people (`orr`, `arm B`, `pfs at 6 months`). `how` says
    why: `as named`, `known spelling`, `mapped`, or the name of a preset.
    """

    column: int
    header: str
    field: str = ""
    about: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that each line of the table makes, if any of its `own` columns says something.

    `fields` lead from a field to the column (an index of the header) that holds it; `constants`
    from a field to a text that is the same for every line, such as the endpoint of an unpivoted
    column. `name` tells the entries of a line apart in addresses; empty where there is only one.
    `log`: value, se and bounds are logarithms of a ratio.
    """

    name: str = ""
    fields: dict[str, int] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    own: tuple[int, ...] = ()
    log: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read: its columns, the rows that each line makes, and remarks for people.

    `preset` names the layout that was recognised, empty for plain columns. `kept` is a column and
    the text that a line must have in it to be used, as Covidence marks its consensus; the other
    lines are of single readers.
    """

    taken: tuple[Taken, ...]
    entries: tuple[Entry, ...]
    preset: str = ""
    said: tuple[str, ...] = ()
    kept: tuple[int, str] | None = None
