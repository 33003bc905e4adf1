"""Records to the studies that the rules about numbers read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.audits.study import Study
from kb.base import Printed
from kb.printed.measure import PROPORTION
from kb.rows.flat import joined
from kb.rows.from_records import printed_rows
from kb.rows.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.doses import Doses
    from kb.model import AnalysisSet, Report, Trial
    from kb.model.estimate import Interval
    from kb.vocabulary import Vocabulary


@dataclass(frozen=True)
class TrialUnderAudit:
    """A trial for the rules that look at more than its numbers, and the doses of the whole base."""

    trial: Trial
    study: Study
    doses: Doses


def study_of(trial: Trial, vocabulary: Vocabulary) -> Study:
    """The study of a trial: its numbers, their further intervals, and counts of harms and flow."""
    figures = [figure for report in trial.reports.values() for figure in report.figures]
    rows: list[Row] = []
    for row, figure in zip(printed_rows(trial, vocabulary), figures, strict=True):
        chosen = trial.reports[row.report].analysis_sets[row.set]
        known = replace(row, n=None) if chosen.approximation else row
        rows += [known, *(_with_interval(known, interval) for interval in figure.also)]
    return Study(
        rows=tuple(rows),
        vocabulary=vocabulary,
        shares=tuple(
            share for report_id, report in trial.reports.items()
            for share in _shares(trial.id, report_id, report)
        ),
        parents={
            (report_id, set_id): one.of for report_id, set_id, one in trial.each_set() if one.of
        },
        planned=planned_sizes(trial),
    )  # fmt: skip


def planned_sizes(trial: Trial) -> dict[str, int]:
    """The patients that each arm was planned for, the largest number printed."""
    found: dict[str, int] = {}
    for report in trial.reports.values():
        for one in report.flow:
            if one.step == "planned" and one.arm and one.count and one.approximation is None:
                found[one.arm] = max(one.count, found.get(one.arm, 0))
    whole = trial.design.planned_n or ""
    if len(trial.arms) == 1 and not found and whole.isdecimal():
        found[next(iter(trial.arms))] = int(whole)
    return found


def _with_interval(row: Row, interval: Interval) -> Row:
    """The row with another interval of the same number, and without its p."""
    low, high = (
        str(bound) if isinstance(bound, Printed) else "" for bound in interval.in_unit(row.unit)
    )
    return replace(
        row,
        low=low,
        high=high,
        printed_low=str(interval.low or ""),
        printed_high=str(interval.high or ""),
        level=float(interval.level) if isinstance(interval.level, Printed) else None,
        interval_sides=interval.sides,
        interval_method=interval.method or "",
        interval_source="reported",
        p="",
    )


def _shares(trial_id: str, report_id: str, report: Report) -> Iterator[Row]:
    """Harms, categories of the baseline and steps of the flow that print a count or a percent."""
    sets = report.analysis_sets
    for harm in report.harms:
        grade = f" (grade {harm.grade})" if harm.grade else ""
        yield from _share(
            (trial_id, report_id, harm.set or ""), sets.get(harm.set or ""),
            f"{harm.event}{grade}", harm.events, harm.value, harm.approximation,
        )  # fmt: skip
    for one in report.baseline:
        if one.measure is None and one.unit is None and one.category is not None:
            yield from _share(
                (trial_id, report_id, one.set or ""), sets.get(one.set or ""),
                f"{one.characteristic} {one.category}", one.count, one.value, one.approximation,
            )  # fmt: skip
    for step in report.flow:
        yield from _share(
            (trial_id, report_id, step.set or ""), sets.get(step.set or ""),
            step.what or step.step, step.count, step.value, step.approximation, of=step.of,
        )  # fmt: skip


def _share(
    place: tuple[str, str, str],
    chosen: AnalysisSet | None,
    what: str,
    count: int | None,
    value: object,
    approximation: str | None,
    *,
    of: int | None = None,
) -> Iterator[Row]:
    n = of if of is not None else chosen.n if chosen and not chosen.approximation else None
    if n is None or not isinstance(value, Printed):
        return
    trial_id, report_id, set_id = place
    yield Row(
        address="/".join(part for part in place if part),
        trial=trial_id,
        report=report_id,
        set=set_id,
        arm=joined(chosen.all_arms) if chosen else "",
        endpoint=what,
        measure=PROPORTION,
        events=count,
        events_source="" if count is None else "reported",
        n=n,
        value=str(value),
        value_source="reported",
        unit="percent",
        approximation=approximation or "",
    )
