"""Records to rows of harms: one per adverse event that a report prints, number or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kb import links
from kb.base import Printed
from kb.model.harm_address import NO_SET, harms_with_addresses
from kb.printed.number import significant
from kb.rows.flat import joined, paired
from kb.rows.harm import HarmRow
from kb.rows.releases import releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.model import AnalysisSet, Report, Trial
    from kb.model.patients import Harm
    from kb.vocabulary import Vocabulary


def harms_of(trial: Trial, vocabulary: Vocabulary) -> Iterator[HarmRow]:
    """Every adverse event of a trial as a row, in the order of its record."""
    years = links.years_of(trial)
    of_report = releases(trial)
    for report_id, harm, address in harms_with_addresses(trial):
        report = trial.reports[report_id]
        release = of_report[report_id]
        chosen = report.analysis_sets[harm.set] if harm.set else None
        row = HarmRow(
            address=address,
            erratum=_erratum(report, harm),
            year=years[report_id],
            release=joined(sorted(release.reports)),
            release_date=release.date,
            **_report(trial, report_id, report),
            **_set(trial, harm.set or "", chosen, vocabulary),
            **_numbers(harm),
        )
        yield _with_percent(row, about=bool(chosen and chosen.approximation))


def _report(trial: Trial, report_id: str, report: Report) -> dict[str, Any]:
    cited = report.citation
    relayed = report.relays
    parts = (relayed.report, relayed.doi, relayed.pmid, relayed.meeting) if relayed else ()
    passed_on = (part for part in parts if part and part != NO_SET)
    return {
        "trial": trial.id,
        "acronym": trial.acronym or "",
        "report": report_id,
        "read": report.read,
        "doi": cited.doi or "",
        "pmid": cited.pmid or "",
        "url": cited.url or "",
        "allocation": trial.design.allocation,
        "data_cut": report.data_cut.date if report.data_cut else "",
        "relays": next(passed_on, "not stated") if relayed else "",
    }


def _set(
    trial: Trial, set_id: str, chosen: AnalysisSet | None, vocabulary: Vocabulary
) -> dict[str, Any]:
    """The set that the event is of; where none is named, all arms of the trial and no n."""
    arms = chosen.all_arms if chosen else tuple(trial.arms)
    subgroup = chosen.subgroup if chosen else None
    studied = dict.fromkeys(up for arm in arms for up in links.histologies_of(trial, arm))
    restrictions = [
        (key, value) for key, values in (subgroup.items() if subgroup else ()) for value in values
    ]
    given, classes = _treated(trial, chosen, vocabulary)
    return {
        "set": set_id,
        "arm": joined(arms),
        "arm_name": " and ".join(trial.arms[arm].name for arm in arms),
        "drugs": joined(filter(None, dict.fromkeys(given))),
        "regimen_classes": joined(sorted(classes)),
        "line": trial.line_of(chosen) if chosen else _line(trial),
        "histologies": joined((subgroup.histology if subgroup else ()) or studied),
        "subgroup": paired(restrictions),
        "analysis_set": chosen.population if chosen else NO_SET,
        "n": chosen.n if chosen else None,
    }


def _treated(
    trial: Trial, chosen: AnalysisSet | None, vocabulary: Vocabulary
) -> tuple[Iterable[str], frozenset[str]]:
    """The treatments in the phases that a set covers, and its classes; of all arms without one."""
    if chosen:
        return links.of_number(trial, chosen, None, vocabulary)
    classes = [links.regimen_classes(trial, arm, vocabulary) for arm in trial.arms]
    treatments = (links.treatment(trial, arm, vocabulary) for arm in trial.arms)
    return treatments, frozenset.intersection(*classes)


def _line(trial: Trial) -> str:
    """The line of all arms of a trial where they agree."""
    populations = [trial.population_of(arm) for arm in trial.arms]
    lines = {(one.line if one else None) or "" for one in populations}
    return lines.pop() if len(lines) == 1 else "mixed"


def _erratum(report: Report, harm: Harm) -> str:
    """What errata say of this event: those that lead to it, by its set and name or its name."""
    paths = [["harms", harm.set or NO_SET, harm.event], ["harms", harm.event]]
    return "; ".join(
        f"printed {one.printed}" + (f", should read {one.should_read}" if one.should_read else "")
        for one in report.errata
        if any(one.at.split("/")[: len(path)] == path for path in paths)
    )


def _numbers(harm: Harm) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: getattr(harm, name) or ""
        for name in (
            "event", "grade", "severity", "relation", "share", "counted", "drug", "outcome",
            "rank", "approximation", "note", "locator",
        )
    }  # fmt: skip
    if harm.events is not None:
        found |= {"events": harm.events, "events_source": "reported"}
    if isinstance(harm.value, Printed):
        found |= {"value": str(harm.value), "value_source": "reported"}
    elif harm.value:
        found |= {"value_state": harm.value, "value_source": "reported"}
    if harm.interval is not None:
        level = harm.interval.level
        found |= {
            "low": str(harm.interval.low or ""),
            "high": str(harm.interval.high or ""),
            "level": float(level) if isinstance(level, Printed) else None,
        }
    if harm.p is not None:
        against = harm.p.against or ""
        found |= {"p": harm.p.printed, "p_sides": harm.p.sides, "p_against": against}
    return found


def _with_percent(row: HarmRow, *, about: bool) -> HarmRow:
    """A row with the percent of its printed count, where both are of patients and nothing is off.

    Not under an erratum, and not where n is printed as approximate.
    """
    known = row.events is not None and row.n and row.events <= row.n
    if not known or row.value or row.value_state or about or row.approximation or row.erratum:
        return row
    if not row.of_patients:
        return row
    percent = significant(100 * int(row.events or 0) / int(row.n or 1))
    return replace(row, value=percent, value_source="computed")
