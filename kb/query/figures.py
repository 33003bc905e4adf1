"""What a number of a record says of itself, as far as filters ask: before there are rows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from kb.links import histologies_of, years_of
from kb.model.address import Address
from kb.model.estimate import Contrast, assessed
from kb.printed.time import Time
from kb.query.criteria import among, meets
from kb.query.filters import AMONG_ROWS
from kb.query.row_words import NOT_STATED, STABLE, is_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.model import AnalysisSet, Report, Trial
    from kb.model.estimate import Estimate
    from kb.vocabulary import Vocabulary


def definition_of(figure: Estimate | Contrast) -> str:
    """A definition as text, `stable-disease-for=16 weeks`; `not-stated` where it says so."""
    if figure.definition is None:
        return NOT_STATED if "definition" in figure.model_fields_set else ""
    found = figure.definition.stable_disease_for
    return f"{STABLE}={Time(str(found.amount), found.unit)}" if found else ""


def sets_in(figure: Estimate | Contrast) -> tuple[str, ...]:
    """The analysis sets that a number is of: one, or the two sides of a contrast."""
    if isinstance(figure, Contrast):
        return figure.experimental, figure.reference
    return (figure.set,)


def figures_that_meet(
    trial: Trial,
    report_id: str,
    criteria: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
) -> Iterator[Estimate | Contrast]:
    """The numbers of a report that meet the filters that choose among rows; all without one."""
    report = trial.reports[report_id]
    chooses = any(one.name in criteria for one in AMONG_ROWS)
    for figure in report.figures:
        if not chooses or among(criteria, vocabulary, _said(trial, report_id, report, figure)):
            yield figure


def _said(
    trial: Trial, report_id: str, report: Report, figure: Estimate | Contrast
) -> SimpleNamespace:
    """The fields of the row that a number becomes, as far as filters ask for them."""
    chosen = report.analysis_sets[sets_in(figure)[0]]
    return SimpleNamespace(
        **assessed(figure.assessment, chosen.assessment, report.assessment),
        endpoint=figure.endpoint,
        analysis_set=chosen.population,
        read=report.read,
        definition=definition_of(figure),
        data_cut=report.data_cut.date if report.data_cut else "",
        address=str(Address.of(trial.id, report_id, figure)),
    )


def set_meets(
    trial: Trial,
    report_id: str,
    one: AnalysisSet,
    criteria: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
) -> bool:
    """Whether a set meets the filters in which sets of one arm differ: line, year, histology."""
    own = one.subgroup.histology if one.subgroup else ()
    studied = own or {up for arm in one.all_arms for up in histologies_of(trial, arm)}
    return meets(
        criteria, vocabulary, line=trial.line_of(one), year=years_of(trial)[report_id],
        histologies=studied,
    )  # fmt: skip


def arm_meets(
    trial: Trial, arm: str, criteria: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary
) -> bool:
    """Whether an arm has a number that meets all filters at once.

    An arm of which nothing is printed meets those that leave out, unless its trial is left out.
    """
    if any(is_part(begun, trial.id) for begun in criteria.get("exclude", ())):
        return False
    printed = False
    for report_id, report in trial.reports.items():
        own = {name for name, one in report.analysis_sets.items() if arm in one.all_arms}
        printed = printed or any(own.intersection(sets_in(figure)) for figure in report.figures)
        for figure in figures_that_meet(trial, report_id, criteria, vocabulary):
            for name in own.intersection(sets_in(figure)):
                chosen = report.analysis_sets[name]
                if set_meets(trial, report_id, chosen, criteria, vocabulary):
                    return True
    asks = any(one.name in criteria for one in AMONG_ROWS if not one.leaves_out)
    return not printed and not asks and "only_histology" not in criteria
