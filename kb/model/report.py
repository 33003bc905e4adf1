"""A report: the document that was read, its analysis sets and everything it prints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from kb.base import Bound, Duration, Flag, Model, PartialDate, Printed, Slug, Text, Whole, fail, one_or_many
from kb.model import words
from kb.model.estimate import Assessment, Contrast, Estimate, Interval, PrintedP, Spread
from kb.model.population import Described
from kb.model.regimen import Amount, Given

Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]


def _identifier(pattern: str, example: str) -> Any:
    import re

    def check(value: object) -> object:
        if value == "not-stated" or (isinstance(value, str) and re.fullmatch(pattern, value)):
            return value
        raise fail("malformed-identifier", f"expected something like {example}, got {value!r}")

    return BeforeValidator(check)


Doi = Annotated[Text, _identifier(r"10\.\d{4,9}/\S+", "10.1200/JCO.2016.67.6684")]
Pmid = Annotated[Text, _identifier(r"[1-9]\d{0,8}", "35835135")]
Pmcid = Annotated[Text, _identifier(r"PMC\d+", "PMC7669707")]
Url = Annotated[Text, _identifier(r"https?://\S+", "https://doi.org/10.1000/1")]


class Citation(Model):
    """How a document is cited; only what it prints of itself."""

    noun = "a citation"
    authors: Texts = ()
    first_author: Text | None = None
    title: Text | None = None
    container: Text | None = Field(None, description="Journal, congress, outlet or registry.")
    year: PartialDate | None = None
    date: PartialDate | None = None
    accessed: PartialDate | None = None
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    meeting: Text | None = None
    abstract: Text | None = Field(None, description="Abstract number.")
    text: Text | None = Field(None, description="Whatever else is printed of it.")
    doi: Doi | None = None
    pmid: Pmid | None = None
    pmcid: Pmcid | None = None
    url: Url | None = None


class Relays(Citation):
    """The publication whose results a document passes on, as far as it is named there."""

    noun = "a relayed publication"
    report: Slug | None = Field(None, description="A report of this record.")
    same_as: Slug | None = Field(None, description="The publication that this report relays too.")


class Extraction(Model):
    """How often the report was read for this record, and when."""

    noun = "an extraction"
    status: Literal["single", "double"]
    date: PartialDate
    unread: Texts = Field((), description="Parts of the document that were not in front of us.")


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


class FollowUp(Model):
    """Length of follow-up, as printed."""

    noun = "a follow-up"
    months: Bound | None = None
    weeks: Bound | None = None
    days: Bound | None = None
    years: Bound | None = None
    statistic: Text | None = Field(None, description="median, mean, minimum …")
    interval: Interval | None = None
    range: Spread | None = None
    iqr: Spread | None = None
    unlabelled: Spread | None = Field(None, description="Two bounds that are not said to be what.")
    set: Slug | None = None
    note: Text | None = None
    locator: Text | None = None


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


class Subgroup(Model):
    """What restricts an analysis set; several keys restrict together."""

    noun = "a subgroup"
    histology: Annotated[tuple[words.HistologyId, ...], BeforeValidator(one_or_many)] = ()
    biomarker: Texts = ()
    prior_therapy: Texts = Field((), alias="prior-therapy")
    drug_received: Annotated[tuple[words.DrugId, ...], BeforeValidator(one_or_many)] = Field(
        (), alias="drug-received"
    )
    age: Texts = ()
    other: Texts = ()

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        """Key and values of each restriction, in field order, keys as written in records."""
        fields = type(self).model_fields
        pairs = [(field.alias or name, getattr(self, name)) for name, field in fields.items()]
        return [(key, values) for key, values in pairs if values]


class AnalysisSet(Model):
    """The patients a number is about."""

    noun = "an analysis set"
    arm: Slug | None = None
    arms: tuple[Slug, ...] = ()
    population: words.PopulationName
    n: Whole | None = Field(None, description="Absent where the source prints none.")
    of: Slug | None = Field(None, description="The set of which this is a part.")
    subgroup: Subgroup | None = None
    line: words.Line | None = None
    assessment: Assessment | None = None
    approximation: words.Approximation | None = None
    defined_as: Text | None = Field(None, description="How the source defines it, in our words.")
    as_printed: Flag = Field(default=False, description="The curator looked twice at its n.")
    note: Text | None = None
    locator: Text | None = None

    @model_validator(mode="after")
    def _some_arm(self) -> AnalysisSet:
        if (self.arm is None) == (not self.arms):
            raise fail("missing-field", "an analysis set names one `arm`, or several `arms`")
        return self

    @property
    def all_arms(self) -> tuple[str, ...]:
        """The arms whose patients are in it."""
        return self.arms or ((self.arm,) if self.arm else ())


class Characteristic(Model):
    """A baseline characteristic: a count and percent of a category, or a measured value."""

    noun = "a baseline entry"
    set: Slug | None = None
    characteristic: Slug
    category: Text | None = None
    instrument: Slug | None = None
    measure: Literal["mean", "median", "range", "total"] | None = None
    unit: Text | None = None
    count: Whole | None = None
    value: Bound | None = None
    sd: Printed | None = None
    range: Spread | None = None
    iqr: Spread | None = None
    interval: Interval | None = None
    unlabelled: Spread | None = Field(None, description="Two bounds that are not said to be what.")
    approximation: words.Approximation | None = None
    note: Text | None = None
    locator: Text


class Flow(Model):
    """How many patients reached a step."""

    noun = "a flow entry"
    arm: Slug | None = None
    arms: tuple[Slug, ...] = ()
    set: Slug | None = None
    step: words.FlowStep
    what: Text | None = Field(None, description="What the step is, where the word is `other`.")
    count: Whole | None = None
    of: Whole | None = Field(None, description="The printed denominator.")
    value: Bound | None = Field(None, description="The printed percent.")
    at: Duration | None = None
    from_: PartialDate | None = Field(None, alias="from")
    to: PartialDate | None = None
    reasons: Texts = ()
    approximation: words.Approximation | None = None
    note: Text | None = None
    locator: Text

    @model_validator(mode="after")
    def _some_number(self) -> Flow:
        if self.count is None and self.value is None:
            raise fail("missing-field", "a flow entry needs a count or a value")
        return self


class Harm(Model):
    """An adverse event, with whatever numbers are printed."""

    noun = "a harm"
    set: Slug | None = None
    event: Slug
    grade: Text | None = Field(None, description="Such as 3-4, any, >=3.")
    severity: Slug | None = None
    relation: words.Relation | None = None
    drug: words.DrugId | None = Field(None, description="The drug blamed, if printed.")
    events: Whole | None = None
    value: Bound | None = None
    share: Literal["all", "most", "some", "none"] | None = Field(
        None, description="Where print has a word and no number."
    )
    interval: Interval | None = None
    p: PrintedP | None = None
    approximation: words.Approximation | None = None
    rank: Slug | None = None
    outcome: Text | None = None
    note: Text | None = None
    locator: Text


class Exposure(Model):
    """How much treatment was received."""

    noun = "an exposure"
    set: Slug | None = None
    arm: Slug | None = None
    drug: words.DrugId | None = None
    measure: Slug
    statistic: Text | None = None
    value: Bound
    unit: Text | None = None
    range: Spread | None = None
    iqr: Spread | None = None
    unlabelled: Spread | None = None
    note: Text | None = None
    locator: Text


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


class FoundDose(Amount):
    """A dose that was found, and the phase it is for."""

    noun = "a dose"
    phase: Slug | None = None
    level: Text | None = None
    times: Text | None = None
    days: Texts = ()


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


def _limitation(value: object) -> object:
    return {"slug": value} if isinstance(value, str) else value


class Limitation(Model):
    """A limitation that the source names."""

    noun = "a limitation"
    slug: Slug
    locator: Text | None = None


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


class StatedFigure(Model):
    """A number in a statement, as printed."""

    noun = "a stated figure"
    endpoint: words.EndpointId | None = None
    what: Text | None = None
    value: Bound | None = None
    unit: Text | None = None
    interval: Interval | None = None


class Reference(Model):
    """A reference that the report lists."""

    noun = "a reference"
    number: Text | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    url: Url | None = None
    text: Text | None = None
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
    limitations: tuple[Annotated[Limitation, BeforeValidator(_limitation)], ...] = ()
    statements: dict[Slug, Statement] = {}
    references: tuple[Reference, ...] = ()

    @property
    def figures(self) -> tuple[Estimate | Contrast, ...]:
        """Estimates, then contrasts."""
        return (*self.estimates, *self.contrasts)
