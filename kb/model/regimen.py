"""What an arm is given: phases, components, doses and alternatives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from kb.base import Duration, Flag, Model, Printed, Slug, Text, fail, one_or_many
from kb.model import words
from kb.model.span import Numbers

Days = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]


class Amount(Model):
    """An amount as printed: number or range, unit, and per what."""

    amount: Printed | None = Field(None, description="The printed number.")
    low: Printed | None = Field(None, description="Lower end of a printed range of doses.")
    high: Printed | None = Field(None, description="Upper end of a printed range of doses.")
    unit: Text | None = Field(None, description="mg, g, IU, AUC, Gy …; absent if not printed.")
    per: Literal["m2", "kg", "fraction"] | None = Field(None, description="m2 or kg.")
    total: Flag | None = Field(None, description="true where the amount is for all its days.")
    approximation: words.Approximation | None = None


class Dose(Amount):
    """A dose, with its number or the ends of its range."""

    noun = "a dose"

    @model_validator(mode="after")
    def _some_amount(self) -> Dose:
        if self.amount is None and self.low is None and self.high is None:
            raise fail("missing-field", "a dose needs an amount, or low and high")
        return self


class Change(Amount):
    """A change of dose or rhythm that was printed."""

    noun = "a change of dose"
    days: Days = ()
    every: Duration | None = None
    who: Text | None = None


class DoseLevel(Dose):
    """One level of a dose escalation."""

    noun = "a dose level"
    level: Text | None = None
    days: Days = ()
    later: Change | None = None


class Titration(Model):
    """A dose that is moved between two ends."""

    noun = "a titration"
    from_: Printed | None = Field(None, alias="from")
    to: Printed | None = None
    unit: Text | None = None
    who: Text | None = None


class Start(Model):
    """When a drug starts, if later than the phase."""

    noun = "a start"
    day: Text | None = None
    cycle: Text | None = None
    days: Printed | None = None
    weeks: Printed | None = None
    after: Text | None = None


class Infusion(Model):
    """How long an infusion takes."""

    noun = "an infusion"
    minutes: Text | None = None
    hours: Text | None = None
    days: Text | None = None
    text: Text | None = None


def _infusion(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class Given(Model):
    """How a drug is given: dose, route, days and rhythm."""

    dose: Dose | None = None
    dose_levels: tuple[DoseLevel, ...] = Field((), description="The levels of a dose escalation.")
    titration: Titration | None = None
    later: Change | None = Field(None, description="A change of dose that was printed.")
    route: Text | None = None
    days: Days = Field((), description="Days of the cycle, such as [1, 8] or [1-14].")
    times: Text | None = Field(None, description="Such as once daily.")
    every: Duration | None = None
    infusion: Annotated[Infusion | None, BeforeValidator(_infusion)] = None
    starts: Start | None = None
    cycles: Numbers = Field(None, description="Cycles in which it is given, if not all.")
    doses: Numbers = Field(None, description="How many doses, if limited.")
    longest: Duration | None = Field(None, description="How long it is given at most.")
    who: Text | None = Field(None, description="Patients to whom this applies, if not all.")


class Component(Given):
    """One drug of a regimen."""

    noun = "a component"
    drug: words.DrugId
    role: words.ComponentRole = Field("active", description="active, supportive or placebo.")
    unnamed: words.Unnamed | None = Field(
        None, description="Of a drug without a name: whether this source means one, or some."
    )
    partners: Literal["not-stated"] | None = Field(
        None, description="not-stated where print says `based` and names no partners."
    )
    locator: Text | None = Field(None, description="Where the source says so.")


class Alternatives(Model):
    """Alternatives inside one arm: each is a list of components with doses of its own."""

    noun = "a list of alternatives"
    one_of: tuple[tuple[Component, ...], ...] = Field(min_length=2)


def _which(value: Any) -> str:
    has_choice = "one_of" in value if isinstance(value, dict) else hasattr(value, "one_of")
    return "alternatives" if has_choice else "component"


Part = Annotated[
    Annotated[Component, Tag("component")] | Annotated[Alternatives, Tag("alternatives")],
    Discriminator(_which),
]


class Phase(Model):
    """A stretch of treatment with one set of components."""

    noun = "a phase"
    phase: Slug | None = Field(None, description="induction, maintenance, continuation …")
    cycles: Numbers = None
    doses: Numbers = Field(None, description="Number of doses, where cycles are not printed.")
    every: Duration | None = Field(None, description="Length of a cycle.")
    duration: Duration | None = Field(None, description="Length of the phase.")
    longest: Duration | None = Field(None, description="Maximal length of the phase.")
    components: tuple[Part, ...] = Field(min_length=1)
    until: tuple[Slug, ...] = Field((), description="What ends the phase: progression, …")


class Regimen(Model):
    """What an arm is given, in the words of one report; or the same as another arm."""

    noun = "a regimen"
    from_: Slug | None = Field(None, alias="from", description="The report whose words these are.")
    same_as: Slug | None = Field(None, description="An arm with the same regimen.")
    chosen_by: words.ChosenBy | None = None
    phases: tuple[Phase, ...] = ()
    crossover: Flag | None = Field(None, description="Whether crossover was allowed, if printed.")
    crossover_to: tuple[words.DrugId, ...] = Field((), description="What crossover was to.")

    @model_validator(mode="after")
    def _one_origin(self) -> Regimen:
        if self.same_as is None and (self.from_ is None or not self.phases):
            raise fail("missing-field", "a regimen needs `from` and `phases`, or `same_as`")
        if self.same_as is not None and self.phases:
            raise fail("field-conflict", "a regimen has `phases` or `same_as`, not both")
        return self
