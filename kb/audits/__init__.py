"""The audit: whether a source agrees with itself, and with the other reports of its trial.

`RULES` is read top to bottom; a rule is a generator whose name is its id and whose docstring is its
page in the reference. Rules about numbers look at rows, so that records and a reviewer's own table
share them; rules about regimens, flow and several reports look at records.
"""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.audits.applied import Applied
from kb.audits.finding import SEVERITIES, WARNING, Finding, Findings, Remark
from kb.audits.needs import NEEDS
from kb.audits.rules import (
    associations,
    baselines,
    bounds,
    categories,
    components,
    conflicts,
    crude_rates,
    denominators,
    doses,
    drugs,
    errata,
    flows,
    follow_ups,
    intervals,
    medians,
    orders,
    overlaps,
    percents,
    plausibility,
    ratio_intervals,
    ratios,
    repeats,
    schedules,
    significance,
    subgroups,
    sums,
    times,
    wholes,
)
from kb.audits.rules.cells import CELL_RULES
from kb.audits.study import studies
from kb.audits.trial import TrialUnderAudit, study_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Unpack

    from kb.audits.doses import Doses
    from kb.audits.study import Study
    from kb.model import Trial
    from kb.model.trial import Acknowledgement
    from kb.query.filters import Criteria
    from kb.store.knowledge_base import KnowledgeBase
    from kb.tables.table import Table
    from kb.vocabulary import Vocabulary

__all__ = ["NUMBER_RULES", "RECORD_RULES", "RULES", "Finding", "audit", "audit_table", "judged"]

NUMBER_RULES: Final[tuple[Callable[[Study], Iterator[Remark]], ...]] = (
    bounds.events_over_n,
    bounds.percent_out_of_range,
    bounds.interval_order,
    bounds.value_outside_interval,
    percents.percent_against_count,
    percents.percent_truncated,
    percents.percent_without_count,
    percents.rate_not_counted,
    plausibility.fraction_for_percent,
    intervals.interval_against_count,
    intervals.interval_at_other_level,
    intervals.bound_against_count,
    intervals.standard_error_sold_as_interval,
    intervals.wald_at_border,
    intervals.interval_method_mixed,
    intervals.interval_method_contradicted,
    components.components_against_sum,
    components.components_against_n,
    categories.categories_over_whole,
    components.rate_order,
    denominators.denominator_mixed,
    denominators.denominator_apart,
    denominators.denominator_implied,
    denominators.responders_against_count,
    subgroups.subgroup_over_whole,
    subgroups.parts_against_whole,
    denominators.percent_against_cohort_size,
    ratios.ratio_asymmetric,
    ratios.ratio_against_counts,
    ratio_intervals.ratio_interval_against_counts,
    ratio_intervals.standard_error_bounded,
    wholes.overall_outside_subgroups,
    ratios.direction_against_proportions,
    ratios.direction_against_medians,
    significance.p_against_interval,
    significance.p_one_sided,
    significance.level_implied,
    significance.decision_inconsistent,
    associations.two_by_two_p,
    times.time_order,
    orders.order_across_times,
    times.rate_rising,
    times.landmark_against_median,
    times.landmark_interval_too_narrow,
    times.interval_equals_range,
    crude_rates.events_against_rate,
    crude_rates.rate_of_another_n,
    plausibility.median_out_of_scale,
    medians.median_implausible,
    medians.medians_close,
    medians.median_against_interval,
    medians.median_equals_bound,
    medians.median_interval_symmetric,
    repeats.row_conflict,
    conflicts.report_conflict,
    conflicts.unit_slip,
    overlaps.pooled_beside_arms,
    overlaps.subgroup_beside_whole,
)

RECORD_RULES: Final[tuple[Callable[[TrialUnderAudit], Iterator[Remark]], ...]] = (
    follow_ups.follow_up_shorter,
    follow_ups.follow_up_outside_range,
    sums.sum_against_report,
    overlaps.overlap,
    doses.dose_out_of_range,
    doses.dose_unit_missing,
    schedules.schedule_conflict,
    schedules.dose_conflict,
    drugs.drug_misspelt,
    flows.arm_arithmetic,
    flows.step_order,
    flows.set_over_arm,
    flows.arm_size_conflict,
    flows.arm_over_planned,
    flows.deaths_over_patients,
    flows.flow_sums,
    baselines.mean_without_data,
    baselines.deviation_without_data,
    baselines.binary_deviation,
    baselines.median_without_data,
    baselines.baseline_out_of_range,
    errata.misprint,
)


class Judged(NamedTuple):
    """The findings of one trial: those that stand, and those acknowledged in its record."""

    standing: tuple[Finding, ...]
    acknowledged: tuple[tuple[Finding, Acknowledgement], ...]


def audit(base: KnowledgeBase, **criteria: Unpack[Criteria]) -> Findings:
    """Every finding about the trials that have an arm meeting the criteria, trial by trial.

    Findings acknowledged in a record are left out; an acknowledgement that silences nothing is the
    finding `stale-acknowledgement`. An unknown word raises UnknownTermError.
    """
    from kb.audits.doses import doses as printed
    from kb.query.criteria import unusable
    from kb.query.select import select

    unusable(criteria, "one_per_trial", by="a trial is audited whole")
    known = printed(base)
    found, looked_at = Findings(), Applied()
    silenced: list[Finding] = []
    for trial in select(base, **criteria).trials:
        study = study_of(trial, base.vocabulary)
        one = _judged(TrialUnderAudit(trial, study, known))
        found += one.standing
        silenced += [replace(finding, note=why.note or "") for finding, why in one.acknowledged]
        looked_at.add(study)
    found.silenced = tuple(silenced)
    found.summary = looked_at.summary(len(silenced))
    return found


def judged(trial: Trial, vocabulary: Vocabulary, known: Doses) -> Judged:
    """The findings of one trial, the most severe first; `known` are the doses of the whole base."""
    return _judged(TrialUnderAudit(trial, study_of(trial, vocabulary), known))


def _judged(record: TrialUnderAudit) -> Judged:
    trial = record.trial
    found = [*of_numbers(record.study)]
    for rule in RECORD_RULES:
        found += [_finding(_id(rule), remark) for remark in rule(record)]
    standing: list[Finding] = []
    acknowledged = []
    used: set[int] = set()
    for finding in sorted(dict.fromkeys(found), key=_order):
        at = next((k for k, one in enumerate(trial.acknowledged) if _silences(one, finding)), None)
        if at is None:
            standing.append(finding)
        else:
            used.add(at)
            acknowledged.append((finding, trial.acknowledged[at]))
    stale = [one for at, one in enumerate(trial.acknowledged) if at not in used]
    standing += [stale_acknowledgement(one) for one in stale]
    return Judged(tuple(sorted(standing, key=_order)), tuple(acknowledged))


def of_numbers(study: Study) -> Iterator[Finding]:
    """What the rules about numbers say of one study."""
    for rule in NUMBER_RULES:
        for remark in rule(study):
            yield _finding(_id(rule), remark)


def audit_table(
    rows: Iterable[Mapping[str, object]] | Table | str | PathLike[str],
    *,
    vocabulary: Vocabulary | None = None,
) -> Findings:
    """What the rules about numbers say of a reviewer's own table, study by study.

    `rows` are mappings from column to printed text, such as `csv.DictReader` gives, a `kb.table`,
    or the path of a file that `kb.table` reads. Findings carry the numbers of the rows they are
    about, from 1, and the cell as the sheet shows it; cells that could not be read are findings,
    too. `summary` says what was looked at. The vocabulary, by default that of the base found from
    here, says how endpoints stand to each other. A table with the columns `characteristic` and
    `mean` or `median` is one of baseline values (`kb.audits.baseline_table.COLUMNS`), judged by the
    rules about those. ValueError for what is no table.
    """
    from kb.audits.baseline_table import audit_baseline
    from kb.tables.addresses import row_number
    from kb.tables.plan import BASELINE

    own = _as_table(rows, vocabulary)
    if own.plan.preset == BASELINE:
        return audit_baseline(own.sheet)
    found, looked_at = Findings(), Applied()
    for cell_rule in CELL_RULES:
        for severity, message, number, cell in cell_rule(own):
            found.append(_of_cell(own, _id(cell_rule), severity, message, number, cell))
    for study in studies(own.rows, own.vocabulary, own.stated):
        looked_at.add(study, row_number)
        for rule in NUMBER_RULES:
            for remark in rule(study):
                found.append(_in_table(own, _id(rule), remark))
    found.summary = looked_at.summary()
    return found


def _as_table(
    rows: Iterable[Mapping[str, object]] | Table | str | PathLike[str],
    vocabulary: Vocabulary | None,
) -> Table:
    from kb.tables.table import Table, nearest_vocabulary, table, table_of

    if isinstance(rows, Table):
        return rows
    words = vocabulary if vocabulary is not None else nearest_vocabulary()
    if isinstance(rows, (str, PathLike)):
        return table(rows, vocabulary=words)
    return table_of(rows, words)


def _in_table(own: Table, rule: str, remark: Remark) -> Finding:
    """A finding about rows of a table; the first is where it is reported."""
    from kb.tables.addresses import row_number

    first = remark.rows[0]
    numbers = tuple(dict.fromkeys(map(row_number, remark.rows)))
    cell = own.cell(first, NEEDS[rule].cell)
    return Finding(
        "", rule, remark.severity, remark.message, first.trial, first.report, numbers, cell
    )


def _of_cell(own: Table, rule: str, severity: str, message: str, number: int, cell: str) -> Finding:
    """A finding about a cell that was not read; its study and report are those of its row."""
    rows = own.rows_of(number)
    trial, report = (rows[0].trial, rows[0].report) if rows else ("", "")
    return Finding("", rule, severity, message, trial, report, (number,) if number else (), cell)


def stale_acknowledgement(one: Acknowledgement) -> Finding:
    """A record acknowledges a finding that the audit no longer makes. A warning.

    The source was read again, the record corrected, or the rule has learnt better: the
    acknowledgement goes, or points at the wrong address.
    """
    trial, report = _owners(one.at)
    message = f"{one.finding} is acknowledged at {one.at}, and there is no such finding"
    return Finding(one.at, "stale-acknowledgement", WARNING, message, trial, report)


def _id(rule: Callable[..., object]) -> str:
    return rule.__name__.replace("_", "-")


def _finding(rule: str, remark: Remark) -> Finding:
    address = remark.address or remark.rows[0].address
    trial, report = _owners(address)
    return Finding(address, rule, remark.severity, remark.message, trial, report)


def _owners(address: str) -> tuple[str, str]:
    parts = [*address.split("/"), ""]
    return parts[0], parts[1]


def _silences(one: Acknowledgement, finding: Finding) -> bool:
    below = finding.address == one.at or finding.address.startswith(f"{one.at}/")
    return one.finding == finding.rule and below


def _order(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


RULES: Final[tuple[Callable[..., object], ...]] = (
    *CELL_RULES,
    *NUMBER_RULES,
    *RECORD_RULES,
    stale_acknowledgement,
)
"""Every rule, in the order of the manual."""
