"""What each flat field of a row means: the dictionary of the columns that files have."""

from __future__ import annotations

from dataclasses import fields
from typing import Final, NamedTuple

from kb.rows.row import Row


class Column(NamedTuple):
    """One field: its type in JSON, the unit of its numbers, and what it means."""

    name: str
    type: str
    unit: str
    meaning: str


TYPES: Final = {
    "str": "text",
    "int | None": "integer or null",
    "float | None": "number or null",
    "bool": "true or false",
}
OF_NUMBERS: Final = {
    "value": "as `unit` says",
    "low": "as `unit` says",
    "high": "as `unit` says",
    "printed_low": "as printed",
    "printed_high": "as printed",
    "range_low": "as `unit` says",
    "range_high": "as `unit` says",
    "value_months": "months",
    "low_months": "months",
    "high_months": "months",
    "at_value": "as `at_unit` says",
    "by_value": "as `by_unit` says",
    "level": "percent",
    "printed_level": "percent",
    "events": "patients",
    "n": "patients",
}
MEANINGS: Final = {
    "address": "The name of the number, the same in every output: "
    "`trial/report/set/endpoint/measure[@time][#id]`.",
    "trial": "Id of the trial.",
    "acronym": "Acronym of the trial.",
    "report": "Id of the report that prints the number.",
    "year": "Year of the report's citation, else of its date, else of when it was accessed.",
    "read": "How the report was read: `full-text, abstract, registry, conference, news, "
    "review-table`.",
    "doi": "DOI of the document that was read.",
    "pmid": "PubMed number of the document that was read.",
    "url": "Address of the document that was read.",
    "registrations": "Registrations of the trial, joined by `;`.",
    "arm": "Arms whose patients the number is about, joined by `;`; of a contrast, those of the "
    "experimental side.",
    "drugs": "Active drugs of each arm: ids joined by `+`, alternatives as `a/b`.",
    "regimen_classes": "Regimen classes and families, joined by `;`.",
    "line": "Line of treatment of the set.",
    "histologies": "Histologies of the set, joined by `;`.",
    "subgroup": "What restricts the set, `key=value` joined by `;`.",
    "analysis_set": "Population of the set: `intention-to-treat, treated, response-evaluable, "
    "per-protocol, safety, not-stated`.",
    "endpoint": "Id of the endpoint.",
    "definition": "What the definition of the endpoint states, `key=value`, or `not-stated`.",
    "measure": "What the number is; see [measures](measures.md).",
    "at_value": "The time of a rate, as printed.",
    "at_unit": "`days, weeks, months, years`.",
    "events": "The count.",
    "events_source": "`reported`, `reconstructed` where exactly one count fits the percent, or "
    "`computed` where the count is a sum of printed ones.",
    "n": "Patients of the set, where printed.",
    "value": "The number: printed character for character, computed with ten significant digits.",
    "unit": "`percent`, or the unit of a time; empty for a ratio.",
    "value_months": "A time in months (days / 30.4375, weeks × 7 / 30.4375, years × 12).",
    "low": "Lower bound of the interval that is shown, in the unit of the value: a bound that is "
    "printed in another unit is converted, with its digits or ten significant ones.",
    "high": "Upper bound of the interval that is shown, in the unit of the value, likewise.",
    "low_state": "Where there is no lower bound: `not-reached, not-estimable, not-given`.",
    "high_state": "Where there is no upper bound: `not-reached, not-estimable, not-given`.",
    "level": "Level of the interval that is shown; null where the source does not state it.",
    "interval_source": "`reported` or `computed`.",
    "interval_method": "The method of a computed interval, or the one that the source names.",
    "criteria": "Response criteria.",
    "assessor": "Who judged.",
    "confirmed": "Whether responses had to be confirmed.",
    "locator": "Where in the source the number stands.",
    "beside": "`control` or `contrast` where a row stands there only because the experimental arm "
    "of its trial was found; empty for a row that answers the question.",
    "formula": "How a number that no source prints follows from printed ones: `CR 2 + PR 7`; of a "
    "lower bound, what is not printed: `PR 9; CR not printed`.",
    "value_state": "Where there is no value: `not-reached, not-estimable, not-given`.",
    "value_source": "`reported` or `computed`.",
    "versus": "Arms that a contrast is set against, joined by `;`.",
    "p": "The p-value as printed.",
    "p_sides": "`one, two, not-stated`.",
    "contrast_kind": "`randomised`, or why a contrast is no treatment effect.",
    "adjusted_for": "Covariates of an adjusted contrast, joined by `;`.",
    "low_months": "The lower bound of a time in months.",
    "high_months": "The upper bound of a time in months.",
    "printed_low": "The lower bound that the source prints, whatever is shown, in its own unit.",
    "printed_high": "The upper bound that the source prints, whatever is shown, in its own unit.",
    "printed_level": "The level that the source prints.",
    "origin": "Where the clock starts, if printed.",
    "by_value": "The time within which an event counts, as printed.",
    "by_unit": "`days, weeks, months, years`.",
    "estimator": "`kaplan-meier, meta-analysis, not-stated`.",
    "interval_sides": "`two, lower, upper`.",
    "data_cut": "The date the data were frozen.",
    "relays": "The publication whose results the report passes on.",
    "part": "The piece of the trial that the arm belongs to.",
    "primary": "Whether it is a primary endpoint of the trial.",
    "set_aside": "Why a comparison shows another report instead; empty for what it shows.",
    "set": "Id of the analysis set.",
    "versus_set": "Id of the set that a contrast is set against.",
    "id": "What tells two numbers of one address apart.",
    "approximation": "`about, just-under, under, over, up-to, at-least`, if printed so; `at-least` "
    "too for a computed lower bound.",
    "range_low": "The smallest value of a printed range; `+` if censored.",
    "range_high": "The largest value of a printed range; `+` if censored.",
    "extraction": "`single` or `double`: how often the report was read for the record.",
    "repeats": "The report whose number is only repeated.",
    "timing": "`at-last-assessment` where a response is no best overall response.",
    "arm_name": "Name of the arm.",
    "allocation": "`single-arm, parallel-cohorts, randomised`.",
    "design": "Allocation, and whether the trial is comparative or retrospective, in words.",
    "follow_up": "Follow-up of the set or the report, as printed.",
    "erratum": "What the record says that the number should read.",
    "counts": "Counts that fit the percent where it is not one, joined by `;`; or `none`.",
    "release": "Reports of one publication, joined by `;`.",
    "release_date": "The date by which releases are ordered.",
    "overlaps": "Sets that share patients with this one, `address=how many` joined by `;`.",
}


def columns() -> list[Column]:
    """Every field in the order of files; KeyError for one that nobody explained."""
    return [
        Column(one.name, TYPES[str(one.type)], OF_NUMBERS.get(one.name, ""), MEANINGS[one.name])
        for one in fields(Row)
    ]
