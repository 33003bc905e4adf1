"""What an audit looked at: rows read, checks applied, and what could not be tested."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A row that nothing could be set against, and why: of a table by its number, else by address.

    `why` says what would be needed: `no n`.
    """

    why: str
    row: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something that was taken as said, in how many rows: `level not stated, taken as 95 %`."""

    what: str
    taken: str
    rows: int


@dataclass(frozen=True, slots=True)
class Untested:
    """Checks that could not be made, and why.

    `columns` are the columns that a table lacks, `rows` how many rows a check could not be made in
    where that is only some; `rules` are the rules that had nothing to judge.
    """

    what: str
    why: str
    columns: tuple[str, ...] = ()
    rows: int = 0
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What an audit looked at.

    `rows` are the rows read, of so many `studies`; `checks` counts each rule for each row that has
    what the rule needs. `unchecked` are rows that no number could be set against, `assumed` is what
    was taken as said, `untested` what was not tested, and `acknowledged` how many findings records
    silence.
    """

    rows: int = 0
    studies: int = 0
    checks: int = 0
    unchecked: tuple[Unchecked, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    untested: tuple[Untested, ...] = ()
    acknowledged: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Every part by name as plain lists and numbers, as JSON writes it."""
        return {
            "rows": self.rows,
            "studies": self.studies,
            "checks": self.checks,
            "unchecked": [_placed(one) for one in self.unchecked],
            "assumed": [asdict(one) for one in self.assumed],
            "untested": [
                {**asdict(one), "columns": list(one.columns), "rules": list(one.rules)}
                for one in self.untested
            ],
            "acknowledged": self.acknowledged,
        }


def _placed(one: Unchecked) -> dict[str, Any]:
    place = {"row": one.row} if one.row else {"address": one.address}
    return {**place, "why": one.why}


NOTHING: Summary = Summary()
"""The summary of findings that no audit made."""
