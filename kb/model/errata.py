"""Which errata of a report speak of a number or a set: the one answer to "has it an erratum?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.model.address import points_at

if TYPE_CHECKING:
    from kb.model.address import Address
    from kb.model.notes import Erratum
    from kb.model.report import Report

SETS: Final = "analysis_sets"
BESIDE: Final = frozenset({"interval", "also", "p"})
"""Parts of a number that may be wrong and leave its value as it is."""


def errata_of(report: Report, address: Address) -> tuple[Erratum, ...]:
    """The errata that lead to a number, into it or to its group."""
    return tuple(one for one in report.errata if points_at(one.at, address))


def errata_of_set(report: Report, set_id: str) -> tuple[Erratum, ...]:
    """The errata that lead to an analysis set or into it."""
    return tuple(one for one in report.errata if f"{one.at}/".startswith(f"{SETS}/{set_id}/"))


def errata_of_n(report: Report, set_id: str) -> tuple[Erratum, ...]:
    """The errata that lead to the n of an analysis set."""
    return tuple(one for one in errata_of_set(report, set_id) if one.at.endswith("/n"))


def errata_of_value(report: Report, address: Address) -> tuple[Erratum, ...]:
    """The errata at the value of a number: not into its interval or p, nor of the whole block."""
    found = errata_of(report, address)
    return tuple(one for one in found if "/" in one.at and not BESIDE & set(one.at.split("/")[2:]))
