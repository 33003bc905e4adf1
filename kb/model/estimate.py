"""One number for one analysis set: a proportion, a landmark rate or a median, as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from kb.base import (
    Bound,
    Duration,
    Flag,
    Model,
    Printed,
    PValue,
    Slug,
    Text,
    Whole,
    fail,
    one_or_many,
)
from kb.model import words
from kb.printed.level import LEAST, MOST, is_level
from kb.printed.measure import (
    CONTRASTS,
    ESTIMATES,
    LANDMARK,
    MEASURES,
    NOT_STATED,
    PERCENT,
    PROPORTION,
    TIME,
)
from kb.printed.time import UNITS
from kb.printed.unit import converted, convertible

AT_A_TIME: Final = "its time point, such as {months: 12}"

if TYPE_CHECKING:
    EstimateMeasure = str
    ContrastMeasure = str
else:
    EstimateMeasure = Literal[ESTIMATES]
    ContrastMeasure = Literal[CONTRASTS]


def _level(value: object) -> object:
    if value == "not-stated":
        return value
    level = Printed.read(value)
    if not is_level(float(level.number)):
        raise fail("level-out-of-range", f"a level lies between {LEAST} and {MOST}, got {value}")
    return level


class Interval(Model):
    """A printed interval: its level, and bounds that are numbers or states."""

    noun = "an interval"
    level: Annotated[
        Printed | str, PlainValidator(_level), WithJsonSchema({"type": ["number", "string"]})
    ] = Field(description="95, 90, … or not-stated.")
    low: Bound | None = None
    high: Bound | None = None
    unit: words.IntervalUnit | None = Field(
        None, description="Unit of the bounds, where it is printed in another than the value's."
    )
    level_from: Literal["first"] | None = Field(
        None,
        description="first: the source prints the level with the first interval of the sentence.",
    )
    sides: words.IntervalSides = "two"
    method: Text | None = Field(None, description="The method, if the source names it.")

    @model_validator(mode="after")
    def _both_bounds(self) -> Interval:
        if self.sides == "two" and (self.low is None or self.high is None):
            raise fail("missing-field", "a two-sided interval needs low and high")
        if self.low is None and self.high is None:
            raise fail("missing-field", "an interval needs a bound")
        if self.level_from is not None and self.level == NOT_STATED:
            raise fail("field-conflict", "`level_from` says where a level is from; give the level")
        return self

    def in_unit(self, unit: str) -> tuple[Bound | None, Bound | None]:
        """Its bounds in the unit of the value; as printed where they are in it already."""
        low, high = (
            Printed(converted(bound, self.unit or unit, unit))
            if isinstance(bound, Printed)
            else bound
            for bound in (self.low, self.high)
        )
        return low, high


class Spread(Model):
    """A printed range or interquartile range; never an interval."""

    noun = "a range"
    low: Bound | None = None
    high: Bound | None = None
    low_mark: Literal["+"] | None = None
    high_mark: Literal["+"] | None = Field(None, description="+ for a censored extreme.")


class Assessment(Model):
    """Who judged, by which criteria, and whether responses were confirmed."""

    noun = "an assessment"
    criteria: words.CriteriaId | None = None
    assessor: words.AssessorId | None = None
    confirmed: words.Confirmed | None = None
    every: Duration | None = Field(None, description="Interval between tumour assessments.")
    locator: Text | None = None


class P(Model):
    """A p-value as printed, with its sides and test."""

    noun = "a p-value"
    printed: PValue
    sides: words.Sides = "not-stated"
    test: Text | None = None
    against: Slug | None = Field(None, description="The other set of a comparison.")


def _p(value: object) -> object:
    return {"printed": value} if isinstance(value, str) else value


PrintedP = Annotated[P, BeforeValidator(_p)]


def _definition(value: object) -> object:
    return None if value == "not-stated" else value


class Definition(Model):
    """What varies in an endpoint's definition; the vocabulary says which keys an endpoint takes."""

    noun = "a definition"
    stable_disease_for: Duration | None = Field(None, alias="stable-disease-for")

    @property
    def keys_set(self) -> tuple[str, ...]:
        """The keys that are given, as records write them."""
        fields = type(self).model_fields
        return tuple(fields[name].alias or name for name in self.model_fields_set)


class Maturity(Model):
    """How far the data had come."""

    noun = "a maturity"
    value: Printed | None = Field(None, description="Percent.")
    events: Whole | None = None
    of: Text | None = Field(None, description="Of what: targeted-events, patients …")


class Figure(Model):
    """What estimates and contrasts share."""

    endpoint: words.EndpointId
    id: Slug | None = Field(None, description="Tells two numbers of one address apart.")
    at: Duration | None = Field(None, description="The time point of a landmark.")
    by: Duration | None = Field(None, description="Counted if it happened within this time.")
    definition: Annotated[Definition | None, BeforeValidator(_definition)] = Field(
        None, description="Typed keys such as stable-disease-for, or not-stated."
    )
    assessment: Assessment | None = None
    also: tuple[Interval, ...] = Field((), description="Further intervals of the same number.")
    p: PrintedP | None = None
    interval: Interval | None = None
    primary: Flag = Field(default=False, description="A primary endpoint of the trial.")
    covers: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)] = Field(
        (), description="The phases of treatment that it covers, where they are not the set's."
    )
    origin: words.Origin | None = Field(None, description="Where the clock starts, if printed.")
    approximation: words.Approximation | None = Field(None, description="If printed so.")
    as_printed: Flag = Field(
        default=False, description="The curator looked twice: it is printed like this."
    )
    endpoint_printed: Text | None = Field(None, description="The endpoint's name in print.")
    maturity: Maturity | None = None
    repeats: Slug | None = Field(None, description="The report whose number is only repeated.")
    note: Text | None = None
    locator: Text = Field(description="Where in the source.")

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Its interval and the further ones."""
        return (*((self.interval,) if self.interval else ()), *self.also)

    def _interval_units(self, unit: str) -> None:
        """Refuse bounds in a unit that the value cannot have."""
        for one in self.intervals:
            if one.unit is not None and not convertible(one.unit, unit):
                what = f"in {unit}" if unit else "a number without a unit"
                message = f"bounds in {one.unit} do not go with a value that is {what}"
                raise fail("field-conflict", message)


class Estimate(Figure):
    """A proportion, landmark rate or median of one analysis set."""

    noun = "an estimate"
    set: Slug = Field(description="The analysis set.")
    measure: EstimateMeasure
    events: Whole | None = Field(None, description="Printed count; never computed.")
    value: Bound | None = Field(None, description="Percent, or time in `unit`; may be a state.")
    percent_of: Whole | None = Field(
        None, description="The n of which the percent is printed, where it is not that of the set."
    )
    unit: words.Unit | None = Field(None, description="Unit of a median.")
    range: Spread | None = None
    iqr: Spread | None = None
    estimator: words.Estimator | None = Field(
        None, description="kaplan-meier, meta-analysis (no count of n) or not-stated."
    )
    statistic_printed: Text | None = Field(None, description="If not called a median in print.")
    timing: Literal["best", "at-last-assessment"] | None = Field(
        None, description="at-last-assessment where a response is no best overall response."
    )
    responding_histologies: tuple[words.HistologyId, ...] = ()
    null: Printed | None = Field(None, description="The rate that a one-sample p tests against.")

    @model_validator(mode="after")
    def _shape(self) -> Estimate:
        if self.value is None and self.events is None and self.interval is None:
            raise fail("missing-field", "an estimate needs a value, events or an interval")
        timed = MEASURES[self.measure].unit == TIME
        if timed and self.unit is None:
            units = ", ".join(UNITS)
            raise fail("missing-field", f"a {self.measure} needs its unit, one of {units}")
        if not timed and self.unit is not None:
            raise fail("field-conflict", f"a {self.measure} is a percent and takes no unit")
        if MEASURES[self.measure].timed and self.at is None:
            raise fail("missing-field", f"a {self.measure} needs `at`, {AT_A_TIME}")
        if self.measure == LANDMARK and self.events is not None:
            raise fail("field-conflict", "a landmark is a Kaplan–Meier rate and takes no events")
        if self.percent_of is not None and (self.measure != PROPORTION or self.value is None):
            raise fail("field-conflict", "`percent_of` goes with the percent of a proportion")
        self._interval_units(unit_of(self))
        return self


class Contrast(Figure):
    """One number that sets two analysis sets side by side."""

    noun = "a contrast"
    measure: ContrastMeasure
    unit: words.Unit | None = Field(None, description="Unit of a difference of medians.")
    kind: words.ContrastKind
    experimental: Slug = Field(description="The analysis set in the numerator.")
    reference: Slug = Field(description="The analysis set it is set against.")
    value: Printed | None = None
    adjusted_for: tuple[Text, ...] = ()
    stratified: Flag | None = None

    @model_validator(mode="after")
    def _shape(self) -> Contrast:
        if self.value is None and self.p is None and self.interval is None:
            raise fail("missing-field", "a contrast needs a value, an interval or p")
        timed = MEASURES[self.measure].unit == TIME
        if timed and self.unit is None:
            raise fail("field-conflict", f"a {self.measure} has a unit")
        if not timed and self.unit is not None:
            raise fail("field-conflict", f"a {self.measure} has no unit")
        if MEASURES[self.measure].timed and self.at is None:
            raise fail("missing-field", f"a {self.measure} needs `at`, {AT_A_TIME}")
        if self.measure == NOT_STATED and (self.value is not None or self.interval is not None):
            raise fail(
                "field-conflict", "a number without a measure cannot be recorded; only its p"
            )
        self._interval_units(unit_of(self))
        return self


AnyFigure = Estimate | Contrast


def unit_of(figure: AnyFigure) -> str:
    """The unit of a value: as printed of a time, percent, or none."""
    return figure.unit or (PERCENT if MEASURES[figure.measure].unit == PERCENT else "")


def assessed(*levels: Assessment | None) -> dict[str, str]:
    """The nearest word for each key of an assessment, given levels from near to far."""
    found: dict[str, Any] = {}
    for key in ("criteria", "assessor", "confirmed"):
        words_found = (getattr(level, key) for level in levels if level is not None)
        found[key] = next((one for one in words_found if one is not None), "")
    return found
