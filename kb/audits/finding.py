"""A finding about a source, and the remark that a rule yields before its id is stamped on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.view import View

if TYPE_CHECKING:
    from kb.rows.row import Row

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
SEVERITIES: Final = (ERROR, WARNING, NOTE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What cannot be right or does not fit in a source: where, by which rule, how bad, and why.

    `error` is arithmetically impossible, `warning` inconsistent unless something unstated is true,
    `note` worth knowing. `address` names a number, or the set, report or trial that holds it; in a
    reviewer's own table it is empty and `rows` numbers the data rows from 1.
    """

    address: str
    rule: str
    severity: str
    message: str
    trial: str = ""
    report: str = ""
    rows: tuple[int, ...] = ()


class Findings(list[Finding], View):
    """Findings in the order in which they were made: a list that can be rendered and exported."""

    @property
    def of_table(self) -> bool:
        """Whether they are about a table of one's own, whose rows have numbers, not addresses."""
        return any(one.rows for one in self)


class Remark(NamedTuple):
    """What a rule says of some rows, the first being where it is reported; or of an address."""

    severity: str
    message: str
    rows: tuple[Row, ...] = ()
    address: str = ""
