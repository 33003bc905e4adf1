"""Which rows are one quantity, and which share patients."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.comparison.row import Row
    from kb.model import Trial
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


def set_address(row: Row) -> str:
    """`trial/report/set`, as overlaps are written."""
    return f"{row.trial}/{row.report}/{row.set}"


def shared_patients(one: Row, other: Row, base: KnowledgeBase) -> str:
    """Why two rows share patients, as a sentence; empty if nothing says they do."""
    if set_address(one) == set_address(other):
        return f"both are about {set_address(one)}"
    trials = {trial_id: base[trial_id] for trial_id in (one.trial, other.trial) if trial_id in base}
    declared = declared_overlaps(trials).get(frozenset({set_address(one), set_address(other)}))
    if declared is not None:
        return declared
    if one.trial != other.trial or not set(one.arm.split(";")) & set(other.arm.split(";")):
        return ""
    if one.subgroup == other.subgroup:
        return f"both are about arm {one.arm} of {one.trial}"
    if not one.subgroup or not other.subgroup:
        part, whole = (one, other) if one.subgroup else (other, one)
        return f"{set_address(part)} is a part of {set_address(whole)}"
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
    found: dict[frozenset[str], str] = {}
    for trial in trials.values():
        for overlap in trial.overlaps:
            names = [
                name if name.count("/") == 2 else f"{trial.id}/{name}" for name in overlap.sets
            ]
            for index, name in enumerate(names):
                for other in names[index + 1 :]:
                    sentence = f"{name} and {other} share patients ({overlap.patients})"
                    found[frozenset({name, other})] = sentence
    return found
