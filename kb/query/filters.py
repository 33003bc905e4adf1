"""The one list of filters: their names in Python, their options on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: keyword, option, what it asks for, and whether all its words must be met."""

    name: str
    option: str
    help: str
    all_of: bool = False


FILTERS: Final = (
    Filter("trial", "--trial", "Trial id, acronym or registration."),
    Filter("drug", "--drug", "A drug the arm contains; several: all of them.", all_of=True),
    Filter("drug_class", "--drug-class", "A class of drugs."),
    Filter("regimen_class", "--class", "A regimen class, or a family such as a+b."),
    Filter("histology", "--histology", "A histology; those under it count."),
    Filter("line", "--line", "Line of treatment."),
    Filter("phase", "--phase", "Phase; 2 finds 1/2 and 2/3 too."),
    Filter("allocation", "--allocation", "single-arm, parallel-cohorts or randomised."),
    Filter("year", "--year", "Year of the report; 2020-2024, 2020- and -2020 work."),
)


def worded(criteria: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Each filter with its words, `drug a and b`, `line first or second`, as they were applied."""
    joined = {one.name: " and " if one.all_of else " or " for one in FILTERS}
    return [
        f"{name.replace('_', ' ')} {joined[name].join(words)}" for name, words in criteria.items()
    ]
