"""A trial: design, arms and the reports that print its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from kb.base import Flag, Model, Printed, Slug, Text, fail, one_or_many
from kb.model import words
from kb.model.patients import AnalysisSet
from kb.model.population import Population
from kb.model.regimen import Regimen
from kb.model.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

PHASES = (
    "1",
    "1a",
    "1b",
    "1/2",
    "1b/2",
    "2",
    "2a",
    "2b",
    "2/3",
    "3",
    "4",
    "not-applicable",
    "not-stated",
)


def _phase(value: object) -> object:
    if isinstance(value, str) and value in PHASES:
        return value
    raise fail("unknown-phase", f"expected one of {', '.join(PHASES)}, got {value!r}")


class Design(Model):
    """How patients were allocated and followed."""

    noun = "a design"
    allocation: words.Allocation
    timing: words.Timing
    masking: words.Masking | None = None
    comparative: Flag | None = Field(
        None, description="false where arms were randomised but not to be compared."
    )
    pooled_result: Flag | None = Field(
        None, description="false where cohorts have no common result."
    )
    ratio: Text | None = Field(None, description="Randomisation ratio, such as 1:1.")
    stratified_by: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    centres: Text | None = Field(None, description="single, multiple or a number.")
    sites: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    countries: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    stages: Text | None = Field(None, description="Such as Simon two-stage, if printed.")
    planned_n: Text | None = None
    alpha: Printed | None = Field(None, description="Planned type I error, as printed.")
    alpha_sides: words.Sides | None = None
    power: Printed | None = None
    primary_endpoints: tuple[words.EndpointId, ...] = ()
    from_: Slug | None = Field(None, alias="from", description="The report whose words these are.")
    locator: Text | None = None

    @property
    def is_comparative(self) -> bool:
        """Whether arms were randomised in order to be compared, and followed from then on."""
        return (
            self.allocation == "randomised"
            and self.comparative is not False
            and self.timing != "retrospective"
        )


class Arm(Model):
    """A treatment group as allocated."""

    noun = "an arm"
    name: Text
    role: words.Role | None = None
    part: Slug | None = Field(None, description="The piece of the trial it belongs to.")
    cohort: Flag | None = Field(None, description="One of parallel cohorts.")
    population: Population | None = None
    regimen: Regimen
    note: Text | None = None


class Overlap(Model):
    """Sets that share patients; `report/set`, with the trial's id in front when elsewhere."""

    noun = "an overlap"
    sets: tuple[Text, ...] = Field(min_length=2)
    patients: Text = Field(description="all, all-or-most, some, not-stated or a number.")
    note: Text | None = None


class Acknowledgement(Model):
    """A finding of the audit that the curator has looked at, with the reason it stands."""

    noun = "an acknowledgement"
    finding: Slug
    at: Text = Field(description="The address of the finding.")
    note: Text


class Trial(Model):
    """A trial, however often reported."""

    noun = "a trial"
    id: Slug
    acronym: Text | None = None
    title: Text
    registrations: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    shares_registration_with: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)] = ()
    phase: Annotated[Text, BeforeValidator(_phase)] = Field(
        description=f"One of {', '.join(PHASES)}."
    )
    sponsor: Text | None = None
    design: Design
    population: Population | None = None
    arms: dict[Slug, Arm] = Field(min_length=1)
    overlaps: tuple[Overlap, ...] = ()
    reports: dict[Slug, Report] = Field(min_length=1)
    acknowledged: tuple[Acknowledgement, ...] = ()

    def regimen(self, arm: str) -> Regimen:
        """The regimen of an arm, following `same_as`."""
        seen: set[str] = set()
        regimen = self.arms[arm].regimen
        while regimen.same_as is not None and regimen.same_as not in seen:
            seen.add(regimen.same_as)
            regimen = self.arms[regimen.same_as].regimen
        return regimen

    def population_of(self, arm: str) -> Population | None:
        """The population of an arm: its own, else the trial's."""
        return self.arms[arm].population or self.population

    def line_of(self, chosen: AnalysisSet) -> str:
        """The line of an analysis set: its own, else that of its arms where they agree."""
        if chosen.line is not None:
            return chosen.line
        lines: dict[str, Any] = {}
        for arm in chosen.all_arms:
            population = self.population_of(arm)
            lines[(population.line if population else None) or ""] = None
        if len(lines) == 1:
            return str(next(iter(lines)))
        return "mixed"

    def each_set(self) -> Iterator[tuple[str, str, AnalysisSet]]:
        """Every analysis set as (report id, set id, set)."""
        for report_id, report in self.reports.items():
            for set_id, one in report.analysis_sets.items():
                yield report_id, set_id, one
