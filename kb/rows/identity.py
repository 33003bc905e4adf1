"""Which rows are one quantity, and which share patients."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.rows.flat import paired, part_of_arm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.model import Trial
    from kb.model.trial import Overlap
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

Quantity = tuple[str, ...]
RESPONDERS: Final = "responders"
"""The key of subgroups that are the patients with a response; its values exclude nobody."""
USUAL_RESPONSES: Final = ("objective", "confirmed", "not-stated")
"""Responses that reports of one trial call now so, now so."""


def quantity(row: Row) -> Quantity:
    """What a row measures: endpoint, definition, measure and times; not of whom.

    A definition that is not stated equals only another that is not stated. 24 months are 2 years,
    and 12 weeks 84 days; months and weeks are never the same.
    """
    return (
        row.endpoint,
        row.definition or "not-stated",
        row.measure,
        *(time.exact if time else "" for time in (row.at, row.by)),
        row.timing.removeprefix("best"),
    )


def patients(row: Row) -> tuple[str, ...]:
    """Of whom a row speaks: trial, arm and subgroup, whatever the report or denominator.

    Responders are the same patients whether or not a report says that responses were confirmed.
    """
    subgroup = row.subgroup
    if RESPONDERS in dict(row.restrictions):
        subgroup = paired(
            (key, "" if key == RESPONDERS and value in USUAL_RESPONSES else value)
            for key, value in row.restrictions
        )
    return row.trial, row.arm, subgroup, row.versus


def whole_of(row: Row) -> tuple[str, ...]:
    """What a subgroup has in common with the number of its whole."""
    return row.trial, row.arm, row.versus, row.endpoint, row.measure


def arm_of(row: Row) -> tuple[str, str]:
    """The arm of its trial, subgroups or not."""
    return row.trial, row.arm


def patients_named(row: Row) -> bool:
    """Whether a row says of which patients it speaks, by its arm or its set.

    Rows of a table that name no arm may be of one arm or of several: nothing is known, and they
    are not set against each other.
    """
    return bool(row.arm) or row.set not in ("", part_of_arm("", row.subgroup))


def judged(row: Row) -> tuple[str, str, str]:
    """By whom and how a row was judged, `not-stated` read as silence."""
    words = (row.criteria, row.assessor, row.confirmed)
    criteria, assessor, confirmed = ("" if word == "not-stated" else word for word in words)
    return criteria, assessor, confirmed


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two descriptions differ nowhere where both say something."""
    return all(
        not left or not right or left == right for left, right in zip(one, other, strict=True)
    )


def shared_patients(one: Row, other: Row, base: KnowledgeBase) -> str:
    """Why two rows share patients, as a sentence; empty if nothing says they do."""
    if one.set_address == other.set_address:
        own_table = not one.report and one.arm
        return f"both are about {f'{one.arm} of {one.trial}' if own_table else one.set_address}"
    patients_shared = one.shares_with.get(other.set_address) or other.shares_with.get(
        one.set_address
    )
    if patients_shared:
        return overlap_sentence(one.set_address, other.set_address, patients_shared)
    if one.trial != other.trial:
        return ""
    if not set(one.arms) & set(other.arms):
        both = [name for name in _sides(one) if name in _sides(other)]
        same = one.subgroup == other.subgroup and both
        return f"both are about arm {both[0]} of {one.trial}" if same else ""
    if one.subgroup == other.subgroup:
        return f"both are about arm {one.arm} of {one.trial}"
    if not one.subgroup or not other.subgroup:
        part, whole = (one, other) if one.subgroup else (other, one)
        return f"{part.set_address} is a part of {whole.set_address}"
    if _disjoint(one, other, base):
        return ""
    return f"both are parts of arm {one.arm} of {one.trial}"


def _sides(row: Row) -> tuple[str, ...]:
    """The arms whose patients a number is of, both sides of a contrast."""
    return (*row.arms, *row.versus_arms)


def _disjoint(one: Row, other: Row, base: KnowledgeBase) -> bool:
    """Whether two subgroups exclude each other: one key, values of which none is under another."""
    sides = [_values(row) for row in (one, other)]
    for key in sides[0].keys() & sides[1].keys():
        left, right = sides[0][key], sides[1][key]
        if key == "histology":
            above = [
                {up for value in values for up in base.vocabulary.ancestors("histology", value)}
                for values in (left, right)
            ]
            if not (above[0] & right or above[1] & left):
                return True
        elif key != RESPONDERS and not left & right:
            return True
    return False


def _values(row: Row) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in row.restrictions:
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


def set_addresses(trial: Trial, overlap: Overlap) -> list[str]:
    """The sets of a declared overlap as `trial/report/set`; its own trial need not be named."""
    return [name if name.count("/") == 2 else f"{trial.id}/{name}" for name in overlap.sets]


def overlapping_sets(trial: Trial) -> Iterator[tuple[str, str, str]]:
    """The pairs of sets that a record says share patients: two addresses, and how many."""
    for overlap in trial.overlaps:
        for name, other in combinations(set_addresses(trial, overlap), 2):
            yield name, other, overlap.patients
