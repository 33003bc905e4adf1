"""What one trial is linked to: the facets of its arms and the edges of the graph, defined once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kb.coverage import covered, has_classes, phases_of_arm
from kb.model.regimen import Alternatives
from kb.vocabulary.regimens import classes, treatment as treatment_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.model import AnalysisSet, Report, Trial
    from kb.model.estimate import AnyFigure
    from kb.vocabulary import Vocabulary


NO_ACTIVE_DRUG: Final = "no-active-drug"
"""The treatment of every arm of placebo, supportive care or observation alone."""


class Link(NamedTuple):
    """An edge: a source and a target as (kind, id), and what holds between them."""

    source: tuple[str, str]
    relation: str
    target: tuple[str, str]


def drugs_of(trial: Trial, arm: str) -> frozenset[str]:
    """Every drug of an arm, supportive ones and alternatives included."""
    return frozenset(
        one.drug
        for phase in trial.regimen(arm).phases
        for part in phase.components
        for alternative in (part.one_of if isinstance(part, Alternatives) else ((part,),))
        for one in alternative
    )


def active_drugs_of(trial: Trial, arm: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The active drugs of an arm over all phases, alternatives included."""
    phases = phases_of_arm(trial, arm, vocabulary)
    return frozenset().union(*(one.drugs for phase in phases for one in phase))


def treatment(trial: Trial, arm: str, vocabulary: Vocabulary) -> str:
    """The active drugs of an arm over all phases: `a+b/c+d`, `a..b+c` where they are a sequence."""
    return treatment_of(phases_of_arm(trial, arm, vocabulary), vocabulary)


def treatment_id(trial: Trial, arm: str, vocabulary: Vocabulary) -> str:
    """What names the regimen of an arm in the graph; an arm without active drugs has its own."""
    return treatment(trial, arm, vocabulary) or NO_ACTIVE_DRUG


def regimen_classes(trial: Trial, arm: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The regimen classes and families of an arm: those of a number that covers all its phases."""
    return classes(phases_of_arm(trial, arm, vocabulary), vocabulary)


def of_number(
    trial: Trial, chosen: AnalysisSet, figure: AnyFigure | None, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The treatment of each arm that a number of a set covers, and the classes that all have.

    Without a number, as of an adverse event, those of the set. There is no class where the clock
    started before what the record holds.
    """
    phases = [covered(trial, arm, chosen, figure, vocabulary) for arm in chosen.all_arms]
    shared = frozenset.intersection(*(classes(one, vocabulary) for one in phases))
    return (
        tuple(treatment_of(one, vocabulary) for one in phases),
        shared if has_classes(figure) else frozenset(),
    )


def covered_classes(trial: Trial, arm: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The classes of the numbers of an arm, of which some may cover other phases than all."""
    own = set(sets_of(trial, arm))
    return frozenset().union(
        *(
            of_number(trial, report.analysis_sets[set_id], figure, vocabulary)[1]
            for report_id, report in trial.reports.items()
            for set_id, figure in set_figures(report)
            if (report_id, set_id) in own
        )
    )


def histologies_of(trial: Trial, arm: str) -> tuple[str, ...]:
    """The histologies of an arm's population, as its record lists them."""
    population = trial.population_of(arm)
    return population.histologies if population else ()


def studied_by(trial: Trial, arm: str) -> frozenset[str]:
    """The histologies that an arm can be asked about: of its population and of its subgroups."""
    found = set(histologies_of(trial, arm))
    for report_id, set_id in sets_of(trial, arm):
        subgroup = trial.reports[report_id].analysis_sets[set_id].subgroup
        if subgroup:
            found |= set(subgroup.histology)
    return frozenset(found)


def sets_of(trial: Trial, arm: str) -> Iterator[tuple[str, str]]:
    """The analysis sets, as (report id, set id), that hold patients of an arm."""
    for report_id, set_id, one in trial.each_set():
        if arm in one.all_arms:
            yield report_id, set_id


def phases_of(trial: Trial) -> frozenset[str]:
    """The trial's phase and the phases that it combines: 1b/2 gives 1b/2, 1b, 1 and 2."""
    parts = trial.phase.split("/") if trial.phase[:1].isdigit() else []
    return frozenset({trial.phase, *parts, *(part.rstrip("ab") for part in parts)})


def years_of(trial: Trial) -> Mapping[str, int | None]:
    """The year of each report: of its citation, else of its date, else when it was accessed."""
    found: dict[str, int | None] = {}
    for report_id, report in trial.reports.items():
        cited = report.citation
        text = cited.year or cited.date or cited.accessed
        found[report_id] = int(text[:4]) if text else None
    return found


def facets(trial: Trial, arm: str, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Every word by which an arm or a number of it can be found, hierarchy expanded upward."""
    chosen = active_drugs_of(trial, arm, vocabulary)
    studied = studied_by(trial, arm)
    lines = set()
    population = trial.population_of(arm)
    if population and population.line:
        lines.add(population.line)
    for report_id, set_id in sets_of(trial, arm):
        own_line = trial.reports[report_id].analysis_sets[set_id].line
        if own_line:
            lines.add(own_line)
    years = years_of(trial)
    return {
        "trial": frozenset({trial.id}),
        "drug": drugs_of(trial, arm),
        "drug_class": _union(vocabulary.ancestors("drug", one) for one in chosen),
        "regimen_class": regimen_classes(trial, arm, vocabulary),
        "covered_class": covered_classes(trial, arm, vocabulary),
        "histology": _union(vocabulary.ancestors("histology", one) for one in studied),
        "line": frozenset(lines),
        "phase": phases_of(trial),
        "allocation": frozenset({trial.design.allocation}),
        "year": frozenset(
            str(years[report_id]) for report_id, _ in sets_of(trial, arm) if years[report_id]
        ),
    }


def _union(sets: Iterator[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def endpoints_of(trial: Trial, arm: str) -> frozenset[str]:
    """The endpoints that are reported for an arm, by its own numbers or by a contrast."""
    own = set(sets_of(trial, arm))
    return frozenset(
        endpoint
        for report_id, report in trial.reports.items()
        for set_id, endpoint in set_endpoints(report)
        if (report_id, set_id) in own
    )


def set_endpoints(report: Report) -> Iterator[tuple[str, str]]:
    """Each analysis set of a report with each endpoint that is printed of it."""
    for set_id, figure in set_figures(report):
        yield set_id, figure.endpoint


def set_figures(report: Report) -> Iterator[tuple[str, AnyFigure]]:
    """Each analysis set of a report with each number of it; a contrast is of both its sets."""
    for estimate in report.estimates:
        yield estimate.set, estimate
    for contrast in report.contrasts:
        yield contrast.experimental, contrast
        yield contrast.reference, contrast


def links(trial: Trial, vocabulary: Vocabulary) -> Iterator[Link]:
    """The edges of one trial; those of the vocabulary itself are `vocabulary_links`."""
    node = ("trial", trial.id)
    for report_id in trial.reports:
        yield Link(node, "has-report", ("report", f"{trial.id}/{report_id}"))
    for arm in trial.arms:
        arm_node = ("arm", f"{trial.id}/{arm}")
        regimen = ("regimen", treatment_id(trial, arm, vocabulary))
        yield Link(node, "has-arm", arm_node)
        yield Link(arm_node, "has-regimen", regimen)
        for drug in sorted(drugs_of(trial, arm)):
            yield Link(arm_node, "contains", ("drug", drug))
        for one in sorted(active_drugs_of(trial, arm, vocabulary)):
            yield Link(regimen, "contains", ("drug", one))
        for one in sorted(regimen_classes(trial, arm, vocabulary)):
            yield Link(arm_node, "in-class", ("regimen-class", one))
            yield Link(regimen, "in-class", ("regimen-class", one))
        for one in sorted(endpoints_of(trial, arm)):
            yield Link(arm_node, "measures", ("endpoint", one))
        for one in sorted(studied_by(trial, arm)):
            yield Link(arm_node, "studies", ("histology", one))


def vocabulary_links(vocabulary: Vocabulary) -> Iterator[Link]:
    """The edges among terms: a drug in its classes, a class and a histology under its parents."""
    for drug_id, drug in vocabulary.drugs.items():
        for one in drug.classes:
            yield Link(("drug", drug_id), "in-class", ("drug-class", one))
    for kind in ("drug-class", "histology"):
        for term_id in vocabulary[kind]:
            for one in vocabulary.parents(kind, term_id):
                yield Link((kind, term_id), "is-a", (kind, one))
