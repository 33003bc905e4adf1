"""Records to rows: one per printed number or sum of them, with what was computed said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kb import links
from kb.base import Duration, Printed
from kb.model.address import Address
from kb.model.errata import errata_of, errata_of_n, errata_of_value
from kb.model.estimate import Contrast, Estimate, Interval, assessed, unit_of
from kb.printed.time import UNITS, Time
from kb.rows.derived import derived
from kb.rows.flat import joined, paired
from kb.rows.identity import overlapping_sets
from kb.rows.releases import releases
from kb.rows.row import Row
from kb.rows.sums import sums, unsure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.model import AnalysisSet, Report, Trial
    from kb.rows.releases import Release
    from kb.vocabulary import Vocabulary

STABLE: Final = "stable-disease-for"
"""The key of a definition that says how long disease was stable."""


def rows_of(trial: Trial, vocabulary: Vocabulary) -> list[Row]:
    """Every number of a trial as a row: report by report what is printed, then what follows."""
    printed = list(printed_rows(trial, vocabulary))
    place = {report_id: index for index, report_id in enumerate(trial.reports)}
    return sorted(
        [*printed, *sums(printed, vocabulary, unsure_of(trial))],
        key=lambda row: place[row.report],
    )


def printed_rows(trial: Trial, vocabulary: Vocabulary) -> Iterator[Row]:
    """Every printed number of a trial as a row, in the order of its record."""
    arms = {arm: _arm(trial, arm) for arm in trial.arms}
    years = links.years_of(trial)
    of_report = releases(trial)
    shared = list(overlapping_sets(trial))
    for report_id, report in trial.reports.items():
        about = {**_design(trial), **_report(trial, report_id, report, years[report_id])}
        for figure in report.figures:
            set_id = figure.experimental if isinstance(figure, Contrast) else figure.set
            chosen = report.analysis_sets[set_id]
            address = Address.of(trial.id, report_id, figure)
            row = Row(
                address=str(address),
                follow_up=_follow_up(report, set_id),
                erratum=_erratum(report, address),
                overlaps=_overlaps(shared, f"{trial.id}/{report_id}/{set_id}"),
                **_release(of_report, figure.repeats or report_id),
                **about,
                **_arms(arms, chosen.all_arms),
                **_treated(trial, chosen, figure, vocabulary),
                **_set(trial, set_id, chosen, arms),
                **_figure(figure),
                **_assessment(figure, chosen, report),
                **(
                    _contrast(figure, report) if isinstance(figure, Contrast) else _estimate(figure)
                ),
            )
            yield derived(
                row, about=_open(report, figure, address), elsewhere=_of_another_n(figure, chosen)
            )


def _design(trial: Trial) -> dict[str, Any]:
    """Allocation, and the design in words: `randomised, not comparative`, `…, retrospective`."""
    design = trial.design
    words: list[str] = [design.allocation]
    if design.allocation == "randomised" and design.comparative is False:
        words.append("not comparative")
    if design.timing == "retrospective":
        words.append("retrospective")
    return {"allocation": design.allocation, "design": ", ".join(words)}


def _follow_up(report: Report, set_id: str) -> str:
    """The follow-up of a set, or of the report: `median 29.9 months`."""
    for one in report.follow_up:
        if one.set in (None, set_id):
            for unit in UNITS:
                length = getattr(one, unit)
                if length is not None:
                    return f"{one.statistic or 'unspecified'} {length} {unit}"
    return ""


def _erratum(report: Report, address: Address) -> str:
    """What errata say of this number: `printed 16, should read 15`."""
    return "; ".join(
        f"printed {one.printed}" + (f", should read {one.should_read}" if one.should_read else "")
        for one in errata_of(report, address)
    )


def _open(report: Report, figure: Estimate | Contrast, address: Address) -> bool:
    """Whether no count follows: the n is approximate, or it or the percent is under an erratum."""
    set_id = figure.experimental if isinstance(figure, Contrast) else figure.set
    about = report.analysis_sets[set_id].approximation is not None
    return about or bool(errata_of_value(report, address) or errata_of_n(report, set_id))


def _of_another_n(figure: Estimate | Contrast, chosen: AnalysisSet) -> bool:
    """Whether a percent is printed of another n than that of its set."""
    return isinstance(figure, Estimate) and figure.percent_of not in (None, chosen.n)


def _overlaps(shared: Iterable[tuple[str, str, str]], address: str) -> str:
    return paired(
        (other if address == name else name, patients)
        for name, other, patients in shared
        if address in (name, other)
    )


def _release(of_report: Mapping[str, Release], report_id: str) -> dict[str, Any]:
    release = of_report[report_id]
    return {"release": joined(sorted(release.reports)), "release_date": release.date}


def _report(trial: Trial, report_id: str, report: Report, year: int | None) -> dict[str, Any]:
    cited = report.citation
    relayed = report.relays
    passed_on = ""
    if relayed is not None:
        parts = (
            relayed.report,
            relayed.doi if relayed.doi != "not-stated" else None,
            relayed.pmid,
            relayed.meeting,
            relayed.url,
            relayed.same_as,
            relayed.container,
        )
        passed_on = next((part for part in parts if part), "not stated")
    return {
        "trial": trial.id,
        "acronym": trial.acronym or "",
        "report": report_id,
        "year": year,
        "read": report.read,
        "doi": cited.doi or "",
        "pmid": cited.pmid or "",
        "url": cited.url or "",
        "registrations": joined(trial.registrations),
        "data_cut": report.data_cut.date if report.data_cut else "",
        "relays": passed_on,
        "extraction": report.extraction.status if report.extraction else "",
    }


def _arm(trial: Trial, arm: str) -> dict[str, tuple[str, ...]]:
    return {
        "part": (trial.arms[arm].part or "",),
        "name": (trial.arms[arm].name,),
        "histologies": links.histologies_of(trial, arm),
    }


def _arms(arms: dict[str, dict[str, tuple[str, ...]]], names: tuple[str, ...]) -> dict[str, Any]:
    def merged(key: str) -> str:
        return joined(dict.fromkeys(one for name in names for one in arms[name][key] if one))

    return {
        "arm": joined(names),
        "part": merged("part"),
        "arm_name": " and ".join(arms[name]["name"][0] for name in names),
    }


def _treated(
    trial: Trial,
    chosen: AnalysisSet,
    figure: Estimate | Contrast,
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    """The treatment that a number covers, and the classes that all arms of its set have."""
    given, classes = links.of_number(trial, chosen, figure, vocabulary)
    return {
        "drugs": joined(dict.fromkeys(one for one in given if one)),
        "regimen_classes": joined(sorted(classes)),
    }


def _set(
    trial: Trial, set_id: str, chosen: AnalysisSet, arms: dict[str, dict[str, tuple[str, ...]]]
) -> dict[str, Any]:
    subgroup = chosen.subgroup
    own = subgroup.histology if subgroup else ()
    inherited = dict.fromkeys(one for name in chosen.all_arms for one in arms[name]["histologies"])
    restrictions = (
        [(key, value) for key, values in subgroup.items() for value in values] if subgroup else []
    )
    return {
        "set": set_id,
        "analysis_set": chosen.population,
        "line": trial.line_of(chosen),
        "histologies": joined(own or inherited),
        "subgroup": paired(restrictions),
        "n": chosen.n,
    }


def _time(prefix: str, time: Duration | None) -> dict[str, Any]:
    if time is None:
        return {}
    return {f"{prefix}_value": str(time.amount), f"{prefix}_unit": time.unit}


def _definition(figure: Estimate | Contrast) -> str:
    """A definition as text, `stable-disease-for=16 weeks`; `not-stated` where it says so."""
    if figure.definition is None:
        return "not-stated" if "definition" in figure.model_fields_set else ""
    found = figure.definition.stable_disease_for
    time = Time(found.amount, found.unit) if found else None
    return paired([(STABLE, str(time))]) if time else ""


def _figure(figure: Estimate | Contrast) -> dict[str, Any]:
    return {
        "endpoint": figure.endpoint,
        "measure": figure.measure,
        "definition": _definition(figure),
        "id": figure.id or "",
        "origin": figure.origin or "",
        "primary": figure.primary,
        "approximation": figure.approximation or "",
        "repeats": figure.repeats or "",
        "p": figure.p.printed if figure.p else "",
        "p_sides": figure.p.sides if figure.p else "",
        "locator": figure.locator,
        **_time("at", figure.at),
        **_time("by", figure.by),
    }


def _assessment(figure: Estimate | Contrast, chosen: AnalysisSet, report: Report) -> dict[str, Any]:
    return dict(assessed(figure.assessment, chosen.assessment, report.assessment))


def _interval(interval: Interval | None, unit: str) -> dict[str, Any]:
    """The bounds in the unit of the value, and as they are printed."""
    if interval is None:
        return {}
    found: dict[str, Any] = {
        "interval_source": "reported",
        "interval_method": interval.method or "",
        "interval_sides": interval.sides,
        "level": float(interval.level) if isinstance(interval.level, Printed) else None,
    }
    for name, bound in zip(("low", "high"), interval.in_unit(unit), strict=True):
        if isinstance(bound, Printed):
            found[name] = str(bound)
        elif bound is not None:
            found[f"{name}_state"] = bound
        found[f"printed_{name}"] = str(getattr(interval, name) or "")
    found["printed_level"] = found["level"]
    return found


def _value(value: object) -> dict[str, Any]:
    if isinstance(value, Printed):
        return {"value": str(value), "value_source": "reported"}
    return {"value_state": value, "value_source": "reported"} if value else {}


def _contrast(figure: Contrast, report: Report) -> dict[str, Any]:
    reference = report.analysis_sets[figure.reference]
    return {
        **_value(figure.value),
        **_interval(figure.interval, unit_of(figure)),
        "unit": unit_of(figure),
        "versus": joined(reference.all_arms),
        "versus_set": figure.reference,
        "contrast_kind": figure.kind,
        "adjusted_for": joined(figure.adjusted_for),
    }


def _estimate(figure: Estimate) -> dict[str, Any]:
    found = {
        "unit": unit_of(figure),
        "estimator": figure.estimator or "",
        "timing": figure.timing or "",
        **_value(figure.value),
        **_interval(figure.interval, unit_of(figure)),
    }
    if figure.range is not None:
        found["range_low"] = f"{figure.range.low or ''}{figure.range.low_mark or ''}"
        found["range_high"] = f"{figure.range.high or ''}{figure.range.high_mark or ''}"
    if figure.events is not None:
        found |= {"events": figure.events, "events_source": "reported"}
    return found
