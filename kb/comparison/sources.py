"""Caveats about single rows and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.comparison.caveat import Caveat
from kb.printed.measure import LANDMARK, PROPORTION
from kb.printed.number import says
from kb.rows.admitted import exact_value, reported_events
from kb.rows.identity import arm_of, overlap_sentence
from kb.rows.sums import COMPUTED, lower_bound
from kb.sentences import named
from kb.vocabulary.kinds import abbreviated
from kb.vocabulary.treatment_ids import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.comparison.caveat import Question
    from kb.rows.row import Row


def _addresses(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.address for row in rows)


def contrast_not_comparative(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A contrast is no treatment effect: arms not meant to be compared, a prognostic factor."""
    for kind in ("non-comparative", "observational", "prognostic", "unadjusted", "interaction"):
        own = [row for row in rows if row.contrast_kind == kind]
        if own:
            message = (
                f"{kind} contrasts are no treatment effects ({named(row.trial for row in own)})"
            )
            yield Caveat("contrast-not-comparative", _addresses(own), message)


def subgroup_beside_whole(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A subgroup is shown next to the set that contains it; their patients are counted twice."""
    wholes = {(*arm_of(row), row.endpoint) for row in rows if not row.subgroup}
    parts = [row for row in rows if row.subgroup and (*arm_of(row), row.endpoint) in wholes]
    if parts:
        trials = named(row.trial for row in parts)
        message = f"subgroups stand next to the set that contains them ({trials})"
        yield Caveat("subgroup-beside-whole", _addresses(parts), message)


def shared_patients(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Rows share patients: declared in the records, or one arm in several reports."""
    shown: dict[str, list[Row]] = {}
    for row in rows:
        shown.setdefault(row.set_address, []).append(row)
    said: set[frozenset[str]] = set()
    for address, own in shown.items():
        for other, patients in own[0].shares_with.items():
            pair = frozenset({address, other})
            if other in shown and pair not in said:
                said.add(pair)
                both = [row for name in sorted(pair) for row in shown[name]]
                sentence = overlap_sentence(address, other, patients)
                yield Caveat("shared-patients", _addresses(both), sentence)
    reports: dict[tuple[str, str, str, str], dict[str, list[Row]]] = {}
    for row in rows:
        key = (row.trial, row.arm, row.subgroup, row.endpoint)
        reports.setdefault(key, {}).setdefault(row.report, []).append(row)
    several = {key: own for key, own in reports.items() if len(own) > 1}
    if several:
        own = [row for by_report in several.values() for each in by_report.values() for row in each]
        message = (
            f"several reports of the same patients are shown ({named(key[0] for key in several)})"
        )
        yield Caveat("shared-patients", _addresses(own), message)


def read_second_hand(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A row was read in a document that passes on somebody else's results: news, a review table."""
    own = [row for row in rows if row.second_hand]
    if own:
        reports = {(row.trial, row.report) for row in own}
        every = {(row.trial, row.report) for row in rows}
        trials = named(row.trial for row in own)
        message = f"{len(reports)} of {len(every)} reports were read second-hand ({trials})"
        yield Caveat("read-second-hand", _addresses(own), message)


def unit_converted(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A time printed in weeks, days or years is shown in months too (days / 30.4375).

    Bounds that are printed in another unit than their value are shown in the unit of the value.
    """
    own = [row for row in rows if row.value_months is not None and row.unit != "months"]
    if own:
        units = ", ".join(sorted({row.unit for row in own}))
        message = (
            f"{units} shown in months as ≈, days / 30.4375 ({named(row.trial for row in own)})"
        )
        yield Caveat("unit-converted", _addresses(own), message)
    own = [row for row in rows if row.bounds_converted]
    if own:
        printed = named(f"{row.trial}: {row.printed_low} to {row.printed_high}" for row in own)
        message = f"bounds printed in another unit than the value are shown in its own ({printed})"
        yield Caveat("unit-converted", _addresses(own), message)


def count_ambiguous(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A printed percent admits several counts, or none, so no count is shown."""
    for row in rows:
        if row.possible_counts is not None:
            fits = " or ".join(map(str, row.possible_counts)) or "no count"
            name = abbreviated(row.endpoint)
            message = f"{row.trial}: {row.value} % of {row.n} fits {fits} ({name})"
            yield Caveat("count-ambiguous", (row.address,), message)


def percent_of_another_n(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A percent is printed beside a count and an n of which it is no share, however rounded."""
    for row in rows:
        events = reported_events(row)
        if row.measure != PROPORTION or events is None or not row.n or not exact_value(row):
            continue
        if not says(row.value, 100 * events / row.n):
            message = (
                f"{row.trial}: {row.value} % is printed beside {events} of {row.n} and is not "
                f"that ({abbreviated(row.endpoint)})"
            )
            yield Caveat("percent-of-another-n", (row.address,), message)


def count_reconstructed(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A count is not printed; exactly one fits the printed percent and is shown."""
    own = [row for row in rows if row.events_source == "reconstructed"]
    if own:
        trials = named(row.trial for row in own)
        message = f"events follow from percent and n, they are not printed ({trials})"
        yield Caveat("count-reconstructed", _addresses(own), message)


def sum_computed(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A count is not printed; it is computed here from printed parts, as the formula says."""
    for row in rows:
        if row.formula and row.value_source == COMPUTED and not lower_bound(row):
            count = "" if row.events is None else f" = {row.events} of {row.n}"
            yield Caveat("sum-computed", (row.address,), f"{row.address}{count}: {row.formula}")


def sum_at_least(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """Of a sum only some parts are printed: the rate is at least so much, and is never pooled."""
    own = [row for row in rows if lower_bound(row)]
    if own:
        trials = named(row.trial for row in own)
        message = f"lower bounds, as not all parts of the sum are printed ({trials})"
        yield Caveat("sum-at-least", _addresses(own), message)


def landmark_estimator(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A rate at a time is a Kaplan–Meier estimate where print says so; else it may be a count."""
    own = [row for row in rows if row.measure == LANDMARK and row.estimator != "kaplan-meier"]
    if own:
        message = (
            f"not stated whether rates are Kaplan–Meier estimates ({named(r.trial for r in own)})"
        )
        yield Caveat("landmark-estimator", _addresses(own), message)


def value_approximate(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A number is printed as approximate: about, over, just under."""
    own = [row for row in rows if row.approximation and not lower_bound(row)]
    if own:
        message = f"printed as approximate ({named(row.trial for row in own)})"
        yield Caveat("value-approximate", _addresses(own), message)


def rate_pooled(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """A rate is the result of a meta-analysis: it is no count, and its interval no one trial's."""
    own = [row for row in rows if row.estimator == "meta-analysis"]
    if own:
        message = f"pooled over several studies by the source ({named(row.trial for row in own)})"
        yield Caveat("rate-pooled", _addresses(own), message)


def erratum_noted(rows: Sequence[Row], _question: Question) -> Iterator[Caveat]:
    """The record says that what is printed here should probably read otherwise."""
    for row in rows:
        if row.erratum:
            yield Caveat("erratum-noted", (row.address,), f"{row.address}: {row.erratum}")


def drug_is_alternative(rows: Sequence[Row], question: Question) -> Iterator[Caveat]:
    """A drug that was asked for is an alternative: only a part of the arm got it."""
    for drug in question.criteria.get("drug", ()):
        own = [row for row in rows if any(drug in alternatives(one) for one in row.treatments)]
        if own:
            message = f"only a part of these arms got {drug} ({named(row.trial for row in own)})"
            yield Caveat("drug-is-alternative", _addresses(own), message)
