"""What stands beside the arms that answer: their reference arms, and the contrasts with them.

A row of it is marked in `Row.beside` and answers no question: it is neither counted nor pooled. It
is of the report of a row that answers, of the same quantity, and of the patients that correspond.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kb.comparison import from_counts
from kb.comparison.reference_arms import CONTROL, RANDOMISED
from kb.comparison.report_choice import latest
from kb.comparison.trial_facts import facts_of
from kb.printed.clock import clock
from kb.printed.measure import PROPORTION, RISK_DIFFERENCE
from kb.rows.flat import ids
from kb.rows.identity import agree, judged, quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kb.comparison.trial_facts import TrialFacts
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

CONTRAST: Final = "contrast"
KINDS: Final = (RANDOMISED, "non-comparative", "unadjusted")
"""Kinds of contrasts between arms; the others are about what patients had, not what they got."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is put beside answers: of which endpoints, how rows are shown and chosen.

    `newest`: one report for each quantity. `measured`: a measure was asked for, so that a contrast
    needs an answer of its endpoint. `meets`: whether a row meets the filters but for those of the
    class and the histology, which are asked of the arms that were found.
    """

    base: KnowledgeBase
    endpoints: Collection[str]
    level: float
    newest: bool
    measured: bool
    shown: Callable[[Row], Row]
    meets: Callable[[Row], bool]

    def added(self, answers: Sequence[Row], known: Callable[[str], Sequence[Row]]) -> list[Row]:
        """The answers, arm by arm in randomised trials, each followed by what stands beside it."""
        facts = facts_of(self.base)
        rows: list[Row] = []
        by_trial: dict[str, list[Row]] = defaultdict(list)
        for row in answers:
            by_trial[row.trial].append(row)
        for trial_id, own in by_trial.items():
            if own[0].allocation == RANDOMISED and trial_id in self.base:
                trial = _Trial(self, facts[trial_id], own, known(trial_id))
                rows += trial.in_order()
            else:
                rows += own
        return rows


@dataclass(frozen=True, slots=True)
class _Trial:
    """One randomised trial: its facts, the rows of it that answer, and every row of its record."""

    asked: Beside
    facts: TrialFacts
    answers: Sequence[Row]
    known: Sequence[Row]

    def in_order(self) -> list[Row]:
        """The rows that answer with those beside them; as they were where there are none."""
        by_arm: dict[str, list[Row]] = defaultdict(list)
        for row in self.answers:
            by_arm[row.arm].append(row)
        controls = {arm: self.controls(own) for arm, own in by_arm.items()}
        once: set[str] = set()
        ordered: list[Row] = []
        contrasts = list(self.contrasts([*self.answers, *_all(controls)]))
        for arm, own in by_arm.items():
            new = [row for row in controls[arm] if row.address not in once]
            once |= {row.address for row in new}
            ordered += [*own, *new, *(row for row in contrasts if self.sides(row)[0] == arm)]
        return ordered if len(ordered) > len(self.answers) else [*self.answers]

    def reference(self, arms: Iterable[str]) -> str:
        """The arm that one arm, or each of several, is set against; empty where there is none."""
        found = {self.facts.arms[arm].reference for arm in arms if arm in self.facts.arms}
        return found.pop() if len(found) == 1 else ""

    def sides(self, row: Row) -> tuple[str, str]:
        """The experimental arm and its reference, whichever way round a contrast is printed."""
        backwards = self.reference(row.versus_arms) == row.arm != ""
        return (row.versus, row.arm) if backwards else (row.arm, row.versus)

    def controls(self, own: Sequence[Row]) -> list[Row]:
        """The rows of the reference arm that correspond to these rows of an experimental arm."""
        reference = self.reference(own[0].arms)
        if not reference or any(row.arm == reference for row in self.answers):
            return []
        theirs = [
            row
            for row in self.known
            if row.arm == reference and not row.is_contrast and self.asked.meets(row)
        ]
        found: dict[str, Row] = {}
        for row in own:
            alike = [
                one
                for one in theirs
                if one.report == row.report
                and quantity(one) == quantity(row)
                and clock(one.origin) == clock(row.origin)
                and agree(judged(one), judged(row))
            ]
            found |= {one.address: one for one in self._corresponding(row, alike)}
        return [replace(self.asked.shown(one), beside=CONTROL) for one in found.values()]

    def _corresponding(self, row: Row, alike: Sequence[Row]) -> Sequence[Row]:
        """Rows of the set that a contrast sets a row's set against, else of its like subgroup."""
        against = {
            other
            for one in self.known
            if one.versus_set and one.report == row.report
            for set_id, other in ((one.set, one.versus_set), (one.versus_set, one.set))
            if set_id == row.set
        }
        paired = [one for one in alike if one.set in against]
        if paired:
            return paired
        same = [one for one in alike if one.subgroup == row.subgroup]
        return [one for one in same if one.analysis_set == row.analysis_set] or same

    def contrasts(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Printed contrasts of the arms that answer, and differences of counts where none is."""
        printed = list(self._printed())
        for one in printed:
            yield replace(self.asked.shown(one), beside=CONTRAST)
        valued = {
            (*self.sides(one), one.subgroup, one.endpoint)
            for one in printed
            if one.value or one.value_state
        }
        counted = [row for row in rows if row.measure == PROPORTION]
        base, level = self.asked.base, self.asked.level
        for one in from_counts.contrasts(counted, RISK_DIFFERENCE, level, base):
            if (*self.sides(one), one.subgroup, one.endpoint) not in valued:
                yield replace(one, beside=CONTRAST)

    def _printed(self) -> Iterator[Row]:
        """The contrasts of the reports that are shown, else of the newest that print them."""
        answered: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        covered = {(row.arm, row.drugs) for row in self.answers}
        for row in self.answers:
            answered[row.arm, row.subgroup].add((row.endpoint, row.report))
        groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.known:
            experimental, reference = self.sides(row)
            if (
                row.is_contrast
                and row.endpoint in self.asked.endpoints
                and row.contrast_kind in KINDS
                and self.asked.meets(row)
                and (experimental, row.subgroup) in answered
                and (experimental != row.arm or (row.arm, row.drugs) in covered)
                and self._set_against(experimental, reference)
            ):
                groups[experimental, row.subgroup, row.endpoint].append(row)
        for (experimental, subgroup, endpoint), rows in groups.items():
            shown = answered[experimental, subgroup]
            if self.asked.measured and endpoint not in {one for one, _ in shown}:
                continue
            same = [row for row in rows if (endpoint, row.report) in shown]
            chosen = latest(same or rows, self.known) if self.asked.newest else rows
            yield from (row for row in chosen if not row.set_aside)

    def _set_against(self, experimental: str, reference: str) -> bool:
        """Whether two arms are one and its reference, or both were found."""
        arms = {row.arm for row in self.answers}
        partner = self.reference(ids(experimental))
        return partner == reference != "" or {experimental, reference} <= arms


def by_arm(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """The rows of each arm that answers, each with those beside it.

    What stands beside belongs to the arm of its trial that answered last.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    last: dict[str, tuple[str, str]] = {}
    for row in rows:
        if not row.beside:
            last[row.trial] = row.trial, row.arm
        found[last.get(row.trial, (row.trial, row.arm))].append(row)
    return found


def _all(rows: dict[str, list[Row]]) -> list[Row]:
    return list({row.address: row for own in rows.values() for row in own}.values())
