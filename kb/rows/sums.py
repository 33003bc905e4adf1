"""Numbers that no source prints but that follow from its printed parts: sums, and lower bounds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import PERCENT, PROPORTION
from kb.printed.number import is_number, significant
from kb.rows.identity import judged, patients
from kb.rows.parts import Parts, listed, total
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kb.model import Trial
    from kb.rows.row import Row
    from kb.vocabulary import Vocabulary

COMPUTED: Final = "computed"
AT_LEAST: Final = "at-least"
_TEXTS: Final = (
    "low", "high", "low_state", "high_state", "interval_source", "interval_method",
    "interval_sides", "printed_low", "printed_high", "range_low", "range_high", "p", "p_sides",
    "value_state", "approximation", "erratum", "counts", "estimator", "events_source",
)  # fmt: skip
_NUMBERS: Final = ("events", "level", "printed_level")
_SILENT: Final[dict[str, Any]] = dict.fromkeys(_TEXTS, "") | dict.fromkeys(_NUMBERS)
"""What a computed row does not take over from the part that it is made from."""


def computed_sum(row: Row) -> bool:
    """Whether a row follows from other rows of its set, as an exact count or as a lower bound."""
    return bool(row.formula) and row.value_source == COMPUTED and not row.is_contrast


def lower_bound(row: Row) -> bool:
    """Whether a row says only what printed parts leave at least of a sum: no count, no interval."""
    return computed_sum(row) and row.approximation == AT_LEAST


def unsure_of(trial: Trial) -> set[str]:
    """The addresses of what nothing is computed from.

    Sets with an erratum, or whose n is printed as about so much, and percents of another n.
    """
    from kb.model.address import Address
    from kb.model.errata import errata_of_set

    sets = {
        f"{trial.id}/{report_id}/{set_id}"
        for report_id, set_id, one in trial.each_set()
        if one.approximation or errata_of_set(trial.reports[report_id], set_id)
    }
    return sets | {
        str(Address.of(trial.id, report_id, one))
        for report_id, report in trial.reports.items()
        for one in report.estimates
        if one.percent_of not in (None, report.analysis_sets[one.set].n)
    }


def sums(
    rows: Sequence[Row], vocabulary: Vocabulary, unsure: Collection[str] = ()
) -> Iterator[Row]:
    """The sums that follow from the printed rows of one trial, then the lower bounds of others.

    Every part stands in one report, set and assessment, at the same times and under the same id.
    `unsure` are the addresses of sets and numbers from which nothing is computed. A lower bound is
    given only where no number of its endpoint is known of the arm and subgroup.
    """
    endpoints = vocabulary.endpoints
    shares = [row for row in rows if row.measure == PROPORTION and row.endpoint in endpoints]
    by_set: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    by_patients: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in shares:
        by_set[row.place].append(row)
        by_patients[row.report, *patients(row)].append(row)
    wanted = [one for one, term in endpoints.items() if term.sum_of]
    sets = [
        Parts(
            own, by_set[own[0].place], endpoints, unsure,
            by_patients[own[0].report, *patients(own[0])],
        )
        for own in _alike(row for row in shares if row.set_address not in unsure)
    ]  # fmt: skip
    found = [row for one in sets for endpoint in wanted for row in _exact(one, endpoint)]
    yield from found
    known = {(*patients(row), row.endpoint) for row in (*shares, *found)}
    for one in sets:
        for endpoint in wanted:
            for row in _at_least(one, endpoint):
                if (*patients(row), endpoint) not in known:
                    yield row


def _alike(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of one report, set and assessment, at the same times and under the same id."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        times = (row.at_value, row.at_unit, row.by_value, row.by_unit, row.timing)
        groups[(*row.place, *judged(row), *times, row.id)].append(row)
    return list(groups.values())


def _exact(parts: Parts, endpoint: str) -> Iterator[Row]:
    """The row of a sum that the report prints nowhere of these patients, if its parts give it.

    With a part of stated definition it goes by the endpoint that the vocabulary has for that.
    """
    found, term = parts.sum_of(endpoint), parts.endpoints[endpoint]
    if found is None:
        return
    defined = parts.definitions(row for row in found.parts if row.endpoint in term.sum_of) - {""}
    names = (*term.when_defined, endpoint) if defined else (endpoint,)
    printed = any(row.endpoint in names and parts.alike_judged(row) for row in parts.of_patients)
    if printed or (defined and not term.when_defined):
        return
    more = total(parts.pieces(endpoint))
    over = f"; the printed parts make {more} of {parts.n}" if more > (parts.n or 0) else ""
    row = _row(
        found.parts, names[0], found.formula + over,
        definition="".join(defined),
        events=found.events,
        events_source=COMPUTED,
        value=significant(100 * found.events / (parts.n or 1)),
    )  # fmt: skip
    if all(row.address != one.address for one in parts.of_set):
        yield row


def _at_least(parts: Parts, endpoint: str) -> Iterator[Row]:
    """What one printed part of a sum leaves at least of it, where the others are not printed.

    The percent of its count; where no n is printed the count alone, and where no count is, the
    percent as it is printed.
    """
    wanted = parts.endpoints[endpoint].sum_of
    own = [parts.of[one] for one in wanted if one in parts.of]
    missing = [one for one in wanted if one not in parts.of]
    if len(own) != 1 or parts.within(endpoint) or not _leaves_some(own[0], parts):
        return
    if not missing or any(row.endpoint in missing for row in parts.of_set):
        return
    (part,) = own
    value = significant(100 * total(own) / part.n) if part.events and part.n else part.value
    text = f"{listed(own)}; {', '.join(map(abbreviated, missing))} not printed"
    count = {} if value else {"events": part.events, "events_source": COMPUTED}
    yield _row(own, endpoint, text, value=value, approximation=AT_LEAST, **count)


def _leaves_some(part: Row, parts: Parts) -> bool:
    """Whether a part says that there were events: a count above 0, or a percent that admits one."""
    if part.events is not None:
        return part.events > 0 and parts.sound(part)
    above = is_number(part.value) and 0 < float(part.value) <= 100
    return above and part.possible_counts != () and parts.undisputed(part)


def _row(parts: Sequence[Row], endpoint: str, formula: str, **more: Any) -> Row:
    first = parts[0]
    tail = first.address.rpartition(f"/{first.measure}")[2]
    repeated = {row.repeats for row in parts}
    return replace(
        first,
        **_SILENT
        | {
            "address": f"{first.set_address}/{endpoint}/{first.measure}{tail}",
            "endpoint": endpoint,
            "definition": "",
            "value_source": COMPUTED,
            "unit": PERCENT,
            "primary": False,
            "formula": formula,
            "locator": "; ".join(dict.fromkeys(row.locator for row in parts)),
            "repeats": first.repeats if len(repeated) == 1 else "",
        }
        | more,
    )
