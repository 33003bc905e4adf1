"""Means, deviations and medians of the patients at baseline: whether any data can have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.audits import measured
from kb.audits.measured import Measured
from kb.base import Printed
from kb.printed.measure import MEDIAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.audits.finding import Remark
    from kb.audits.trial import TrialUnderAudit
    from kb.model import Report
    from kb.model.estimate import Spread
    from kb.model.patients import Characteristic


def mean_without_data(record: TrialUnderAudit) -> Iterator[Remark]:
    """The mean of whole numbers is none that n of them can have: 1.55 previous lines of 36.

    GRIM (Brown & Heathers 2017): the sum of whole numbers is whole. Only characteristics that are
    counted or scored in whole numbers, and ages in years, where no extreme is printed as a part of
    a year. A warning, since a few patients may lack the value: the message says which numbers of
    patients would do. A note for ages, which may be reckoned from dates, and for a mean that fits
    if cut off instead of rounded. It says nothing where n reaches ten to the decimals printed.
    """
    return _each(record, measured.mean_without_data)


def deviation_without_data(record: TrialUnderAudit) -> Iterator[Remark]:
    """The standard deviation of whole numbers is none that n with their mean can have.

    GRIMMER (Anaya 2016; Allard 2018): the sum of their squares is whole, and odd where their sum
    is. Divided by n − 1 or n, rounded or cut off. Where the mean itself is possible; a warning, and
    a note for ages, as there.
    """
    return _each(record, measured.deviation_without_data)


def binary_deviation(record: TrialUnderAudit) -> Iterator[Remark]:
    """The standard deviation of a share is not that of noughts and ones with this mean.

    DEBIT (Heathers & Brown 2019), for a category with a mean and a standard deviation: there is
    one deviation for every count. A warning.
    """
    return _each(record, measured.binary_deviation)


def median_without_data(record: TrialUnderAudit) -> Iterator[Remark]:
    """The median of whole numbers is none that n of them can have: 58.5 of 129.

    It is one of them where n is odd, and whole or a half where n is even. A warning for what is
    counted; a note for ages, which may be reckoned from dates.
    """
    return _each(record, measured.median_without_data)


def baseline_out_of_range(record: TrialUnderAudit) -> Iterator[Remark]:
    """A mean, median or quartile lies outside the extremes printed beside it. Always an error.

    So does a median outside its quartiles, and a standard deviation that values within these
    extremes and with this mean cannot have (Bhatia & Davis 2000).
    """
    return _each(record, measured.baseline_out_of_range)


def _each(
    record: TrialUnderAudit, rule: Callable[[Measured], Iterator[Remark]]
) -> Iterator[Remark]:
    """What a rule says of every measured characteristic, at the set that it is about."""
    for report_id, report in record.trial.reports.items():
        for entry in report.baseline:
            one = _measured(report, entry)
            place = "/".join(filter(None, (record.trial.id, report_id, entry.set)))
            if one is not None:
                yield from (remark._replace(address=place) for remark in rule(one))


def _measured(report: Report, entry: Characteristic) -> Measured | None:
    """An entry with a mean or a median as a line of a table; None for other entries."""
    if entry.measure not in ("mean", MEDIAN) or entry.approximation or entry.instrument:
        return None
    chosen = report.analysis_sets.get(entry.set or "")
    kind = measured.SHARE if entry.category else measured.kind_of(
        entry.characteristic, entry.unit or ""
    )  # fmt: skip
    value, of_mean = _text(entry.value), entry.measure == "mean"
    low, high = _extremes(entry.range)
    lower, upper = _extremes(entry.iqr)
    return Measured(
        what=" ".join(filter(None, (entry.characteristic, entry.category))),
        n=chosen.n if chosen and not chosen.approximation else None,
        kind=kind,
        mean=value if of_mean else "",
        median="" if of_mean else value,
        sd=_text(entry.sd),
        low=low,
        high=high,
        lower=lower,
        upper=upper,
    )


def _extremes(spread: Spread | None) -> tuple[str, str]:
    """Both bounds as printed; one that is marked as open is none."""
    if spread is None:
        return "", ""
    low = "" if spread.low_mark else _text(spread.low)
    return low, "" if spread.high_mark else _text(spread.high)


def _text(value: object) -> str:
    return str(value) if isinstance(value, Printed) else ""
