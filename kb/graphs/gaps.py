"""Where evidence is missing: regimen class × endpoint, with counts of trials and patients."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kb.graphs.patients import patients_of, patients_of_all
from kb.graphs.sums import evidence_with_sums
from kb.links import of_number, regimen_classes
from kb.query.criteria import unusable
from kb.query.select import with_numbers
from kb.rows.identity import declared_overlaps
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from kb.model import AnalysisSet, Trial
    from kb.query.filters import Criteria
    from kb.query.select import Selection
    from kb.store.knowledge_base import KnowledgeBase


MOST_COLUMNS: Final = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One regimen class and one endpoint: the trials that report it, and their patients.

    `unsized` lists the trials that do not say of how many patients; `patients` lacks theirs.
    """

    regimen_class: str
    endpoint: str
    trials: tuple[str, ...] = ()
    patients: int = 0
    unsized: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps(View):
    """The matrix, row by row: a cell for every class and endpoint, those without evidence too."""

    base: KnowledgeBase
    regimen_classes: tuple[str, ...]
    endpoints: tuple[str, ...]
    cells: tuple[Cell, ...]
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: bool = False

    def __len__(self) -> int:
        return sum(bool(cell.trials) for cell in self.cells)

    def row(self, regimen_class: str) -> tuple[Cell, ...]:
        """The cells of one class, in the order of `endpoints`."""
        start = self.regimen_classes.index(regimen_class) * len(self.endpoints)
        return self.cells[start : start + len(self.endpoints)]

    @property
    def reported(self) -> dict[str, int]:
        """How many trials report each endpoint."""
        trials: dict[str, set[str]] = {one: set() for one in self.endpoints}
        for cell in self.cells:
            trials[cell.endpoint] |= set(cell.trials)
        return {one: len(found) for one, found in trials.items()}

    @property
    def columns(self) -> tuple[str, ...]:
        """The endpoints that a table or a map shows: those asked for, else the most reported.

        In the order of how many trials report them; eight at most where none was asked for.
        """
        reported = self.reported
        ordered = sorted(self.endpoints, key=lambda one: -reported[one])
        if self.asked:
            return tuple(ordered)
        return tuple([one for one in ordered[:MOST_COLUMNS] if reported[one]] or ordered[:1])

    @property
    def ordered_classes(self) -> tuple[str, ...]:
        """The classes with those of most trials in the shown columns first."""
        columns = self.columns
        most = {
            one: max(len(cell.trials) for cell in self.row(one) if cell.endpoint in columns)
            for one in self.regimen_classes
        }
        return tuple(sorted(self.regimen_classes, key=lambda one: -most[one]))

    @property
    def empty(self) -> tuple[Cell, ...]:
        """The cells for which no trial has evidence."""
        return tuple(cell for cell in self.cells if not cell.trials)


def gaps(
    base: KnowledgeBase,
    *,
    endpoint: str | Iterable[str] | None = None,
    **criteria: Unpack[Criteria],
) -> Gaps:
    """How many trials and patients report each endpoint for each regimen class.

    An endpoint whose count follows exactly from printed parts counts as reported.

    Rows: the classes asked for, else every named class of the vocabulary and every family that an
    arm has. Columns: `endpoint` (ids or synonyms, "orr,pfs" or a list), else every endpoint of the
    vocabulary, of which views show the most reported ("all" shows every one). Filters are those of
    `select`, and hold for analysis sets too: a histology counts the patients of that histology.
    Patients: the largest n per arm, so that reports, data cuts and subgroups are never summed; of
    the parts of a trial, and of trials that records say share patients, only the largest counts.
    """
    unusable(criteria, "one_per_trial", by="a trial is counted once in each cell already")
    vocabulary = base.vocabulary
    every = endpoint is None or endpoint == "all"
    asked = endpoint.split(",") if isinstance(endpoint, str) else endpoint
    endpoints = (
        tuple(vocabulary.endpoints)
        if every or asked is None
        else tuple(dict.fromkeys(vocabulary.resolve("endpoint", one.strip()) for one in asked))
    )
    chosen = with_numbers(base, **criteria)
    found = _by_cell(chosen)
    overlapping = _overlapping(base)
    classes = _classes(chosen, found)
    cells = tuple(
        _cell(base, regimen_class, one, found.get((regimen_class, one), {}), overlapping)
        for regimen_class in classes
        for one in endpoints
    )
    return Gaps(base, classes, endpoints, cells, chosen.criteria, endpoint is not None)


def _classes(chosen: Selection, found: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The rows: as asked; else named classes as in the vocabulary, then families by name.

    Families are those of arms, and of numbers that cover some of their phases.
    """
    if "regimen_class" in chosen.criteria:
        return tuple(dict.fromkeys(chosen.criteria["regimen_class"]))
    named = chosen.base.vocabulary.regimen_classes
    given = {
        up
        for one in chosen
        for up in regimen_classes(one.trial, one.arm_id, chosen.base.vocabulary)
    }
    given |= {regimen_class for regimen_class, _ in found}
    return (*named, *sorted(given - set(named)))


def _by_cell(chosen: Selection) -> dict[tuple[str, str], dict[str, list[AnalysisSet]]]:
    """Class and endpoint to the sets that hold evidence, by trial.

    A number is evidence for the classes of what it covers; of several arms, those that all have.
    """
    vocabulary = chosen.base.vocabulary
    found: dict[tuple[str, str], dict[str, list[AnalysisSet]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one, sums in evidence_with_sums(chosen):
        evidence = {
            (regimen_class, figure.endpoint)
            for figure in one.figures
            for regimen_class in of_number(one.trial, one.set, figure, vocabulary)[1]
        }
        evidence |= {(regimen_class, row.endpoint) for row in sums for regimen_class in row.classes}
        for key in evidence:
            found[key][one.trial.id].append(one.set)
    return found


def _cell(
    base: Mapping[str, Trial],
    regimen_class: str,
    endpoint: str,
    sets: Mapping[str, list[AnalysisSet]],
    overlapping: frozenset[frozenset[str]],
) -> Cell:
    counted = {trial: patients_of(base[trial], own) for trial, own in sets.items()}
    sizes = {trial: n for trial, n in counted.items() if n is not None}
    unsized = tuple(trial for trial, n in counted.items() if n is None)
    return Cell(regimen_class, endpoint, tuple(sets), patients_of_all(sizes, overlapping), unsized)


def _overlapping(base: Mapping[str, Trial]) -> frozenset[frozenset[str]]:
    """The pairs of trials of which records say that they share patients."""
    pairs = (frozenset(name.split("/")[0] for name in pair) for pair in declared_overlaps(base))
    return frozenset(pair for pair in pairs if len(pair) == 2)
