"""Caveats about control arms, and about rows whose patients are not all of the kind asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.comparison.caveat import Caveat
from kb.comparison.histology_share import share
from kb.comparison.reference_arms import CONTROL
from kb.comparison.trial_facts import facts_of
from kb.rows.identity import arm_of
from kb.sentences import named
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.comparison.caveat import Question
    from kb.rows.row import Row


def histology_mixed(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """Not all patients of a row have the histology that was asked for, and none has its own row."""
    asked = question.criteria.get("histology", ())
    shares = {row.address: share(row, question.base, asked) for row in rows} if asked else {}
    mixed = [row for row in rows if shares.get(row.address)]
    if mixed:
        alone = {(*arm_of(row), row.endpoint) for row in rows if not shares[row.address]}
        said = (
            f"{row.trial} {shares[row.address]}"
            + ("" if (*arm_of(row), row.endpoint) in alone else ", no number of their own")
            for row in mixed
        )
        yield Caveat("histology-mixed", _addresses(mixed), "; ".join(dict.fromkeys(said)))


def crossover_allowed(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """Patients of a control arm were allowed to cross over, so its survival is not its own."""
    facts = facts_of(question.base)
    endpoints = question.base.vocabulary.endpoints
    own = [
        row
        for row in rows
        if not row.is_contrast
        and endpoints[row.endpoint].after_crossover
        and any(
            arm.crossover and arm.role == CONTROL
            for arm in map(facts[row.trial].arms.get, row.arms)
            if arm is not None
        )
    ]
    if own:
        names = " and ".join(dict.fromkeys(abbreviated(row.endpoint) for row in own))
        message = f"the control arm was allowed to cross over ({named(row.trial for row in own)})"
        yield Caveat("crossover-allowed", _addresses(own), f"{names}: {message}")


def control_not_compared(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A control arm stands beside an arm with which it was not meant to be compared."""
    own = [row for row in rows if row.beside == CONTROL and row.design != "randomised"]
    if own:
        message = f"randomised, not to be compared ({named(row.trial for row in own)})"
        yield Caveat("control-not-compared", _addresses(own), message)


def _addresses(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.address for row in rows)
