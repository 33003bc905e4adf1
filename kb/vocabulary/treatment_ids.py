"""Treatments as they are written: `a+b/c+d`, and `a..b+c` for a sequence; read in one place."""

from __future__ import annotations

from itertools import product
from typing import Final

THEN: Final = ".."
"""What stands between the maximal phases of a sequence, in family ids and in treatments."""


def phases(treatment: str) -> list[list[tuple[frozenset[str], ...]]]:
    """The phases of a treatment, each as components, each as alternatives of drug ids."""
    return [
        [
            tuple(frozenset(one.split("&")) for one in component.split("/"))
            for component in phase.split("+")
        ]
        for phase in treatment.split(THEN)
    ]


def alternatives(treatment: str) -> frozenset[str]:
    """The drugs that only a part of the patients gets, since others get another."""
    return frozenset(
        drug
        for phase in phases(treatment)
        for component in phase
        if len(component) > 1
        for one in component
        for drug in one
    )


def choices(treatment: str) -> set[str]:
    """The treatments that a patient may get where a treatment leaves alternatives."""
    per_phase = [
        ["+".join(sorted(frozenset().union(*chosen))) for chosen in product(*phase)]
        for phase in phases(treatment)
    ]
    return {THEN.join(one) for one in product(*per_phase)}


def spaced(treatment: str) -> str:
    """A treatment or a family with room to break lines: `a + b / c`, `a, then b + c`."""
    for sign in "+&/":
        treatment = treatment.replace(sign, f" {sign} ")
    return treatment.replace(THEN, ", then ")
