"""What makes adverse events hard to compare: one rule, one function, as for results."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.comparison.caveat import Caveat
from kb.sentences import named, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kb.rows.harm import HarmRow

RELATIONS: Final = {
    "treatment-related": "treatment-related", "any": "of any cause", "not-stated": "not stated",
    "": "not stated",
}  # fmt: skip
"""How an attribution is said."""


def attribution_differs(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """Events called treatment-related stand beside events of any cause, or of no stated cause."""
    yield from _differ(
        "attribution-differs", rows, lambda row: RELATIONS[row.relation], "attribution is"
    )


def severe_grades_differ(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """Severe events are grade 3 alone, 3 and 4, or 3 and more: the last holds deaths too."""
    own = [row for row in rows if row.band and row.band.severe]
    yield from _differ(
        "severe-grades-differ", own, lambda row: "-".join(map(str, row.band or ())),
        "severe events are grade", shorter=lambda word: "-".join(dict.fromkeys(word.split("-"))),
    )  # fmt: skip


def safety_sets_differ(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """Percents are of those treated in one trial and of all randomised or of others in another."""
    own = [row for row in rows if row.set]
    yield from _differ(
        "safety-sets-differ", own, lambda row: row.analysis_set, "analysis sets are", shorter=plain
    )


def read_second_hand(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """Rows were read in news, review tables or reports that pass on somebody else's results."""
    own = [row for row in rows if row.second_hand]
    if own:
        reports = (f"{row.trial}/{row.report}" for row in own)
        yield Caveat("read-second-hand", _addresses(own), f"passed on: {named(reports)}")


def set_not_stated(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """The source does not say of which patients an event is: there is no n, and no one arm."""
    own = [row for row in rows if not row.set]
    if own:
        reports = (f"{row.trial}/{row.report}" for row in own)
        message = f"the source names no set, so that n is not known: {named(reports)}"
        yield Caveat("set-not-stated", _addresses(own), message)


def not_patients(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """A number is of cycles or episodes, or the source does not say whether it is of patients."""
    own = [row for row in rows if not row.of_patients]
    if own:
        found: dict[str, list[str]] = defaultdict(list)
        for row in own:
            found[row.counted].append(row.trial)
        said = "; ".join(f"{_counted(what)} ({named(ids)})" for what, ids in found.items())
        yield Caveat("not-patients", _addresses(own), f"numbers are {said}")


def erratum_noted(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """What is printed is doubted in the record, which says why."""
    for row in rows:
        if row.erratum:
            yield Caveat("erratum-noted", (row.address,), f"{row.address}: {row.erratum}")


def threshold_unknown(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """Reports list the events above a frequency that they seldom state."""
    own = [row for row in rows if row.block == "named"]
    if own:
        message = (
            "reports name the events above a threshold of their own; an event that is not named "
            "here may have occurred"
        )
        yield Caveat("threshold-unknown", (), message)


RULES: Final[tuple[Callable[[Sequence[HarmRow]], Iterator[Caveat]], ...]] = (
    attribution_differs,
    severe_grades_differ,
    safety_sets_differ,
    set_not_stated,
    not_patients,
    read_second_hand,
    erratum_noted,
    threshold_unknown,
)


def caveats_of(rows: Sequence[HarmRow]) -> Iterator[Caveat]:
    """Every caveat of harms that are shown together, in the order of the rules."""
    for rule in RULES:
        yield from rule(rows)


def _addresses(rows: Sequence[HarmRow]) -> tuple[str, ...]:
    return tuple(row.address for row in rows)


def _counted(what: str) -> str:
    return "of patients or of events, which is not said" if what == "not-stated" else f"of {what}"


def _differ(
    rule: str,
    rows: Sequence[HarmRow],
    value_of: Callable[[HarmRow], str],
    what: str,
    shorter: Callable[[str], str] = str,
) -> Iterator[Caveat]:
    """One caveat where rows with a number have more than one value: each with its trials."""
    found: dict[str, list[str]] = defaultdict(list)
    own = [row for row in rows if row.numbered]
    for row in own:
        found[value_of(row)].append(row.trial)
    if len(found) > 1:
        said = "; ".join(f"{shorter(value)} ({named(ids)})" for value, ids in found.items())
        yield Caveat(rule, _addresses(own), f"{what} {said}")
