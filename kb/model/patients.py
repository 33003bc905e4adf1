"""Patients: the sets that numbers are about, who they were, what became of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from kb.base import (
    Bound,
    Duration,
    Flag,
    Model,
    PartialDate,
    Printed,
    Slug,
    Text,
    Whole,
    fail,
    one_or_many,
)
from kb.model import words
from kb.model.citation import Texts
from kb.model.estimate import Assessment, Interval, PrintedP, Spread


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
    responders: words.Responders | None = Field(
        None, description="Only patients with a response, and which response counts."
    )
    other: Texts = ()

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        """Key and values of each restriction, in field order, keys as written in records."""
        fields = type(self).model_fields
        pairs = [(field.alias or name, getattr(self, name)) for name, field in fields.items()]
        return [
            (key, (values,) if isinstance(values, str) else values)
            for key, values in pairs
            if values
        ]


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
    covers: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)] = Field(
        (), description="The phases of treatment that its numbers cover, if not all."
    )
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
    counted: Literal["patients", "episodes", "events", "cycles", "not-stated"] | None = Field(
        None, description="What is counted, where it is not patients or may not be."
    )
    interval: Interval | None = None
    p: PrintedP | None = None
    approximation: words.Approximation | None = None
    rank: Slug | None = None
    outcome: Text | None = None
    note: Text | None = None
    locator: Text
