"""A finding about a source, and the remark that a rule yields before its id is stamped on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits.summary import NOTHING
from kb.view import View

if TYPE_CHECKING:
    from kb.audits.summary import Summary
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
    reviewer's own table it is empty, `rows` numbers the data rows from 1, and `cell` is the cell as
    the sheet shows it, where there is a sheet. `note` is why a record acknowledges it.
    """

    address: str
    rule: str
    severity: str
    message: str
    trial: str = ""
    report: str = ""
    rows: tuple[int, ...] = ()
    cell: str = ""
    note: str = ""


class Findings(list[Finding], View):
    """Findings in the order in which they were made: a list that can be rendered and exported.

    `summary` says what the audit looked at, and `silenced` are the findings that records
    acknowledge, each with its note; both are empty for findings that no audit made.
    """

    summary: Summary = NOTHING
    silenced: tuple[Finding, ...] = ()

    @property
    def of_table(self) -> bool:
        """Whether they are about a table of one's own, whose rows have numbers, not addresses."""
        return any(one.rows for one in self)

    @property
    def acknowledged(self) -> Findings:
        """The findings that records silence, as a list of the same kind."""
        return Findings(self.silenced)


class Audited(Findings):
    """Findings that are exported together with the summary of their audit."""

    def __init__(self, found: Findings) -> None:
        super().__init__(found)
        self.summary, self.silenced = found.summary, found.silenced


class Remark(NamedTuple):
    """What a rule says of some rows, the first being where it is reported; or of an address."""

    severity: str
    message: str
    rows: tuple[Row, ...] = ()
    address: str = ""
