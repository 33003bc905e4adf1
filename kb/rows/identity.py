"""Which rows are one quantity, and which share patients."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.model import Trial
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

Quantity = tuple[str, ...]


def quantity(row: Row) -> Quantity:
    """What a row measures: endpoint, definition, measure and times; not of whom.

    A definition that is not stated equals only another that is not stated. 24 months are 2 years,
    and 12 weeks 84 days; months and weeks are never the same.
    """
    definition = row.definition or "not-stated"
    return (
        row.endpoint,
        definition,
        row.measure,
        _time(row.at_value, row.at_unit),
        _time(row.by_value, row.by_unit),
        row.timing.removeprefix("best"),
    )


def _time(value: str, unit: str) -> str:
    """A time in one spelling: years as months and weeks as days, which is exact."""
    if not value:
        return ""
    factor, unit = {"years": (12, "months"), "weeks": (7, "days")}.get(unit, (1, unit))
    return f"{(Decimal(value) * factor).normalize():f} {unit}"


def patients(row: Row) -> tuple[str, ...]:
    """Of whom a row speaks: trial, arm and subgroup, whatever the report or denominator."""
    return row.trial, row.arm, row.subgroup, row.versus


def shared_patients(one: Row, other: Row, base: KnowledgeBase) -> str:
    """Why two rows share patients, as a sentence; empty if nothing says they do."""
    if one.set_address == other.set_address:
        return f"both are about {one.set_address}"
    patients_shared = one.shares_with.get(other.set_address) or other.shares_with.get(
        one.set_address
    )
    if patients_shared:
        return overlap_sentence(one.set_address, other.set_address, patients_shared)
    if one.trial != other.trial or not set(one.arm.split(";")) & set(other.arm.split(";")):
        return ""
    if one.subgroup == other.subgroup:
        return f"both are about arm {one.arm} of {one.trial}"
    if not one.subgroup or not other.subgroup:
        part, whole = (one, other) if one.subgroup else (other, one)
        return f"{part.set_address} is a part of {whole.set_address}"
    if _disjoint(one, other, base):
        return ""
    return f"both are parts of arm {one.arm} of {one.trial}"


def _disjoint(one: Row, other: Row, base: KnowledgeBase) -> bool:
    """Whether two subgroups exclude each other: one key, values of which none is under another."""
    pairs = [_pairs(row.subgroup) for row in (one, other)]
    shared = pairs[0].keys() & pairs[1].keys()
    for key in shared:
        left, right = pairs[0][key], pairs[1][key]
        if key == "histology":
            above = [
                {up for value in values for up in base.vocabulary.ancestors("histology", value)}
                for values in (left, right)
            ]
            if not (above[0] & right or above[1] & left):
                return True
        elif not left & right:
            return True
    return False


def _pairs(subgroup: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in subgroup.split(";"):
        key, _, value = pair.partition("=")
        found.setdefault(key, set()).add(value)
    return found


def declared_overlaps(trials: Mapping[str, Trial]) -> dict[frozenset[str], str]:
    """Pairs of set addresses that records say share patients, with a sentence for each."""
    return {
        frozenset({name, other}): overlap_sentence(name, other, patients)
        for trial in trials.values()
        for name, other, patients in overlapping_sets(trial)
    }


def overlap_sentence(name: str, other: str, patients: str) -> str:
    """How a declared overlap is said."""
    return f"{name} and {other} share patients ({patients})"


def overlapping_sets(trial: Trial) -> Iterator[tuple[str, str, str]]:
    """The pairs of sets that a record says share patients: two addresses, and how many."""
    for overlap in trial.overlaps:
        names = [name if name.count("/") == 2 else f"{trial.id}/{name}" for name in overlap.sets]
        for name, other in combinations(names, 2):
            yield name, other, overlap.patients
