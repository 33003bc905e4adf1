"""How a table says what stands beside an arm: control, contrast, shares of histologies, doses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.comparison.beside import CONTRAST
from kb.comparison.histology_share import alone, share
from kb.comparison.reference_arms import CONTROL, RANDOMISED
from kb.comparison.trial_facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.comparison.compare import Comparison
    from kb.model import Trial
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

PLACES = ("", CONTROL, CONTRAST)
"""In which order rows of the same patients stand under an arm."""


def in_order(lines: Iterable[list[Row]]) -> list[list[Row]]:
    """Lines of whole sets, then of subgroups; what stands beside patients comes behind them."""
    listed = list(lines)
    subgroups = list(dict.fromkeys(own[0].subgroup for own in listed))
    some = any(own[0].beside for own in listed)

    def place(own: Sequence[Row]) -> tuple[bool, int, int]:
        row = own[0]
        subgroup = subgroups.index(row.subgroup) if some else 0
        return bool(row.subgroup), subgroup, PLACES.index(row.beside)

    return sorted(listed, key=place)


def label(base: KnowledgeBase, row: Row) -> str:
    """What a line beside is: `control: gemcitabine + docetaxel + placebo`, `v control`; or nothing.

    A contrast that is printed the other way round says so.
    """
    if not row.beside:
        return ""
    arms = facts_of(base)[row.trial].arms
    if row.beside == CONTROL:
        apart = "" if row.design == RANDOMISED else "; randomised, not to be compared"
        return f"control: {given(base, row.trial, row.arms)}{apart}"
    backwards = any(arms[one].reference == row.arm for one in row.versus_arms if one in arms)
    names = (
        "control"
        if all(one in arms and arms[one].role == CONTROL for one in own)
        else given(base, row.trial, own)
        for own in (row.arms, row.versus_arms)
    )
    experimental, reference = names
    return f"{experimental} v {reference}" if backwards else f"v {reference}"


def given(base: KnowledgeBase, trial: str, arms: Iterable[str]) -> str:
    """What arms were given, in words."""
    known = facts_of(base)[trial].arms
    return " and ".join(known[one].given if one in known else one for one in arms)


def of_control(base: KnowledgeBase, row: Row) -> str:
    """`control arm of LMS-04`, for an arm that was found and is one; else nothing."""
    arms = facts_of(base)[row.trial].arms
    if row.arms and all(one in arms and arms[one].role == CONTROL for one in row.arms):
        return f"control arm of {row.acronym or row.trial}"
    return ""


def histology(comparison: Comparison, row: Row) -> str:
    """`9 of 30 liposarcoma, no number of their own`, where not all patients of a row are of it.

    They have a number of their own where another row of the arm is of them alone.
    """
    asked = comparison.criteria.get("histology", ())
    said = share(row, comparison.base, asked)
    if not said or row.is_contrast:
        return said
    own = alone(row, comparison.rows, asked, comparison.base.vocabulary)
    return said if own else f"{said}, no number of their own"


def doses(comparison: Comparison, rows: Sequence[Row]) -> list[str]:
    """What the arm of some rows and its control were given, a line for each drug of a phase."""
    if not comparison.doses:
        return []
    arms = {row.arm: row for row in rows if row.beside != CONTRAST and row.trial in comparison.base}
    lines: list[str] = []
    for row in arms.values():
        trial = comparison.base[row.trial]
        for one in row.arms:
            lead = "control: " if row.beside else f"{one}: " if len(row.arms) > 1 else ""
            lines += [f"  {lead}{text}" for text in _regimen(trial, one)]
    return lines


def _regimen(trial: Trial, arm: str) -> Iterator[str]:
    """A line for each phase that has a name or a rhythm, and for each drug or alternative of it."""
    from kb.model.regimen import Component
    from kb.rendering.words.phrases import component, phase_lines

    for phase in trial.regimen(arm).phases:
        silent = {
            component(part)
            for part in phase.components
            if isinstance(part, Component)
            and part.role == "active"
            and not (part.dose or part.dose_levels or part.titration)
        }
        for key, text in phase_lines(phase):
            if not key.startswith(" "):
                yield f"{key}: {text}".rstrip(": ")
            elif key.strip() == "component":
                yield f"{text}, dose not stated" if text in silent else text
            else:
                yield f"{key.strip()} {text}"
