"""A report: the document that was read, and everything it prints."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kb.base import Model, PartialDate, Slug, Text, one_or_many
from kb.model import words
from kb.model.citation import Citation, Extraction, Reference, Relays
from kb.model.estimate import Assessment, Contrast, Estimate
from kb.model.notes import (
    DesignNote,
    DoseFinding,
    Erratum,
    PopulationNote,
    PrintedLimitation,
    RegimenNote,
    Statement,
)
from kb.model.patients import AnalysisSet, Characteristic, Exposure, Flow, FollowUp, Harm


class Dated(Model):
    """A date with the place where it is printed."""

    noun = "a date"
    date: PartialDate
    locator: Text | None = None


def _dated(value: object) -> object:
    return {"date": value} if isinstance(value, str) else value


class Observed(Model):
    """When patients were enrolled or observed."""

    noun = "a period"
    from_: PartialDate | None = Field(None, alias="from")
    to: PartialDate | None = None
    what: Literal["enrolment", "observation", "treatment"] | None = None
    locator: Text | None = None


class Report(Model):
    """One document that was read, and what it prints."""

    noun = "a report"
    citation: Citation
    read: words.Read
    relays: Relays | None = None
    extraction: Extraction | None = None
    data_cut: Annotated[Dated | None, BeforeValidator(_dated)] = None
    observed: Observed | None = None
    follow_up: Annotated[tuple[FollowUp, ...], BeforeValidator(one_or_many)] = ()
    design: DesignNote | None = None
    assessment: Assessment | None = None
    regimens: dict[Slug, Annotated[tuple[RegimenNote, ...], BeforeValidator(one_or_many)]] = {}
    populations: dict[
        Slug, Annotated[tuple[PopulationNote, ...], BeforeValidator(one_or_many)]
    ] = {}
    errata: tuple[Erratum, ...] = ()
    analysis_sets: dict[Slug, AnalysisSet] = {}
    baseline: tuple[Characteristic, ...] = ()
    flow: tuple[Flow, ...] = ()
    exposure: tuple[Exposure, ...] = ()
    dose_finding: tuple[DoseFinding, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    harms: tuple[Harm, ...] = ()
    limitations: tuple[PrintedLimitation, ...] = ()
    statements: dict[Slug, Statement] = {}
    references: tuple[Reference, ...] = ()

    @property
    def figures(self) -> tuple[Estimate | Contrast, ...]:
        """Estimates, then contrasts."""
        return (*self.estimates, *self.contrasts)
