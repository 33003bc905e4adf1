"""What a report says otherwise than the record, or about something else."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from kb.base import Bound, Model, Printed, Slug, Text, one_or_many
from kb.model import words
from kb.model.citation import Texts, Url
from kb.model.estimate import Interval
from kb.model.population import Described
from kb.model.regimen import Amount, Given


class RegimenNote(Given):
    """Where this report prints a dose, day or route otherwise than the arm's regimen."""

    noun = "a regimen note"
    phase: Slug | None = None
    drug: words.DrugId | None = None
    role: words.ComponentRole | None = None
    until: tuple[Slug, ...] = ()
    note: Text | None = None
    locator: Text


class PopulationNote(Described):
    """Where this report describes the population otherwise."""

    noun = "a population note"
    note: Text | None = None
    locator: Text


class DesignNote(Model):
    """What this report says of the design."""

    noun = "a design note"
    allocation: words.Allocation | None = None
    timing: words.Timing | None = None
    masking: words.Masking | None = None
    ratio: Text | None = None
    stratified_by: Texts = ()
    stages: Text | None = None
    centres: Text | None = None
    sites: Texts = ()
    countries: Texts = ()
    planned_n: Text | None = None
    alpha: Printed | None = None
    alpha_sides: words.Sides | None = None
    power: Printed | None = None
    primary_endpoints: tuple[words.EndpointId, ...] = ()
    note: Text | None = None
    locator: Text


class Authority(Model):
    """Who says what an erratum should read."""

    noun = "an authority"
    trial: Slug | None = None
    report: Slug | None = None
    url: Url | None = None
    locator: Text | None = None


class Erratum(Model):
    """Something printed that cannot be right, and on whose authority it should read otherwise."""

    noun = "an erratum"
    at: Text = Field(description="Path inside this report.")
    printed: Text
    should_read: Text | None = None
    authority: tuple[Authority, ...] = ()
    why: Text | None = None
    locator: Text | None = None


class FoundDose(Amount):
    """A dose that was found, and the phase it is for."""

    noun = "a dose"
    phase: Slug | None = None
    level: Text | None = None
    times: Text | None = None
    days: Texts = ()


class DoseFinding(Model):
    """What a dose escalation found."""

    noun = "a dose finding"
    arm: Slug | None = None
    drug: words.DrugId | None = None
    maximum_tolerated: FoundDose | None = None
    recommended: FoundDose | None = None
    limiting: Texts = Field((), description="Dose-limiting toxicities.")
    note: Text | None = None
    locator: Text


def _limitation(value: object) -> object:
    return {"slug": value} if isinstance(value, str) else value


class Limitation(Model):
    """A limitation that the source names."""

    noun = "a limitation"
    slug: Slug
    locator: Text | None = None


PrintedLimitation = Annotated[Limitation, BeforeValidator(_limitation)]


class StatedFigure(Model):
    """A number in a statement, as printed."""

    noun = "a stated figure"
    endpoint: words.EndpointId | None = None
    what: Text | None = None
    value: Bound | None = None
    unit: Text | None = None
    interval: Interval | None = None


class Statement(Model):
    """What a report says about anything but its own trial."""

    noun = "a statement"
    about: Text | None = None
    drugs: Annotated[tuple[words.DrugId, ...], BeforeValidator(one_or_many)] = ()
    population: Text | None = Field(None, description="Of whom it speaks, in our words.")
    line: words.Line | None = None
    drugs_printed: Texts = Field((), description="As printed; not checked against the vocabulary.")
    says: Text | None = Field(None, description="The claim, in our words.")
    figures: tuple[StatedFigure, ...] = ()
    see: Texts = Field((), description="Address or trial where it is data.")
    references: Texts = ()
    locator: Text
