"""What a rule yields, and the walks over a record that rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.model.address import Address
from kb.model.errata import errata_of
from kb.model.estimate import Contrast, Estimate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.model.report import Report

DataPath = tuple[str | int, ...]


class Fault(NamedTuple):
    """Something incoherent: the path of it, the rule, a sentence, and a second path if any."""

    path: DataPath
    rule: str
    message: str
    other: DataPath = ()


def each_figure(trial: Trial) -> Iterator[tuple[DataPath, str, Report, Estimate | Contrast]]:
    """Every estimate and contrast with its path, report id and report."""
    for report_id, report in trial.reports.items():
        for index, estimate in enumerate(report.estimates):
            yield ("reports", report_id, "estimates", index), report_id, report, estimate
        for index, contrast in enumerate(report.contrasts):
            yield ("reports", report_id, "contrasts", index), report_id, report, contrast


def excused(trial: Trial, report_id: str, figure: Estimate | Contrast) -> bool:
    """Whether the curator has said that it is printed like this, by a mark or an erratum."""
    if figure.as_printed:
        return True
    return bool(errata_of(trial.reports[report_id], Address.of(trial.id, report_id, figure)))
