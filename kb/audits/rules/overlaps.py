"""Which rows share patients, so that pooling them would count people twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.audits.finding import NOTE, Remark
from kb.audits.study import name
from kb.rows.identity import quantity, set_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kb.audits.study import Study
    from kb.audits.trial import TrialUnderAudit
    from kb.rows.row import Row


def pooled_beside_arms(study: Study) -> Iterator[Remark]:
    """A number of several arms together stands beside those of its arms. A note per report.

    Their patients are the same; pooling needs `--accept shared-patients`.
    """
    for rows in _by_report(study):
        several = [row for row in rows if len(row.arms) > 1]
        alike = _grouped(rows, lambda row: (*quantity(row), row.subgroup)) if several else {}
        pooled: list[Row] = []
        within: set[int] = set()
        for row in several:
            own = [one for one in alike[*quantity(row), row.subgroup] if _within(one, row)]
            if own:
                pooled.append(row)
                within.update(map(id, own))
        if pooled:
            beside = [one for one in rows if id(one) in within]
            message = (
                f"{_named(pooled)} of {' and '.join(pooled[0].arms)} together stands beside "
                f"the same of single arms; their patients are the same"
            )
            yield Remark(NOTE, message, (*pooled, *beside), _report(pooled[0]))


def subgroup_beside_whole(study: Study) -> Iterator[Remark]:
    """Subgroups stand beside the set that they are part of. A note per report.

    Their patients are counted in both; pooling needs `--accept shared-patients`.
    """
    for rows in _by_report(study):
        wholes = {(one.arm, *quantity(one)) for one in rows if not one.subgroup}
        parts = [row for row in rows if row.subgroup and (row.arm, *quantity(row)) in wholes]
        if parts:
            kinds = ", ".join(dict.fromkeys(row.subgroup for row in parts))
            message = f"{_named(parts)} of {kinds} stands beside the whole that contains it"
            yield Remark(NOTE, message, tuple(parts), _report(parts[0]))


def overlap(record: TrialUnderAudit) -> Iterator[Remark]:
    """The record says that two sets share patients: an expansion, a pooled series, a later cut.

    A note at the first of them. Two trials that share a registration and declare no overlap get one
    too, at the trial.
    """
    trial = record.trial
    for one in trial.overlaps:
        names = set_addresses(trial, one)
        own = next((part for part in names if part.startswith(f"{trial.id}/")), trial.id)
        others = ", ".join(part for part in names if part != own)
        why = f" ({one.note})" if one.note else ""
        message = f"shares patients ({one.patients.replace('-', ' ')}) with {others}{why}"
        yield Remark(NOTE, message, address=own)
    declared = {part.split("/")[0] for one in trial.overlaps for part in one.sets}
    for other in trial.shares_registration_with:
        if other not in declared:
            message = f"has a registration in common with {other}, and no overlap is declared"
            yield Remark(NOTE, message, address=trial.id)


def _by_report(study: Study) -> Iterator[list[Row]]:
    own = (row for row in study.rows if not row.versus)
    return iter(_grouped(own, lambda row: (row.trial, row.report)).values())


def _within(one: Row, pooled: Row) -> bool:
    """Whether a row is of some of the pooled arms."""
    return set(one.arms) < set(pooled.arms)


def _grouped(
    rows: Iterable[Row], key: Callable[[Row], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _named(rows: Sequence[Row]) -> str:
    return ", ".join(dict.fromkeys(name(row) for row in rows))


def _report(row: Row) -> str:
    return f"{row.trial}/{row.report}"
