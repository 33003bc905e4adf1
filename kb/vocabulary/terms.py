"""The terms of the vocabulary: what a drug, a class, a histology, an endpoint carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field

from kb.base import Flag, Model, Slug, Text, Whole, Word, one_or_many
from kb.printed.measure import LISTED

Words = Annotated[tuple[Word, ...], BeforeValidator(one_or_many)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]
if TYPE_CHECKING:
    Measure = str
else:
    Measure = Literal[LISTED]


class Codes(Model):
    """Identifiers of the same thing elsewhere."""

    noun = "a set of codes"
    ncit: Text | None = None
    rxnorm: Text | None = None
    atc: Text | None = None
    mesh: Text | None = None
    unii: Text | None = None
    chembl: Text | None = None
    oncotree: Text | None = None
    umls: Text | None = None
    icdo: Text | None = None
    pubchem: Text | None = None
    drugbank: Text | None = None


class Term(Model):
    """What every term has: a name, and other words for it."""

    noun = "a term"
    kind_name: ClassVar[str] = "term"
    name: Text
    synonyms: Texts = ()
    description: Text | None = None
    codes: Codes | None = None


class Drug(Term):
    """A substance or procedure that a regimen may contain."""

    noun = "a drug"
    kind: Literal[
        "drug",
        "cell-therapy",
        "vaccine",
        "radiotherapy",
        "hyperthermia",
        "surgery",
        "placebo",
        "supportive-care",
    ] = "drug"
    classes: Words = Field((), alias="class", description="Its drug classes.")
    unnamed: Literal["one", "some"] | None = Field(
        None, description="Of a drug that print names by its class only: whether it is one."
    )

    @property
    def parents(self) -> tuple[str, ...]:
        """Its classes."""
        return self.classes

    @property
    def active(self) -> bool:
        """Whether it counts as treatment of the tumour when its component says nothing else."""
        return self.kind not in ("placebo", "supportive-care")


class DrugClass(Term):
    """A class of drugs; some are families, of which regimen families are made."""

    noun = "a drug class"
    parents: Words = ()
    family: Flag = False


class RegimenClass(Term):
    """A named kind of regimen, said as components that its drugs must match."""

    noun = "a regimen class"
    components: Words = Field(min_length=1, description="Drug classes or drugs.")
    match: Literal["exactly", "covers"] = "exactly"


class Histology(Term):
    """A kind of sarcoma, placed in the tree."""

    noun = "a histology"
    parents: Words = ()


class Endpoint(Term):
    """What is measured, by which measures, and how it stands to other endpoints."""

    noun = "an endpoint"
    definition: Text
    measures: tuple[Measure, ...] = Field(min_length=1)
    better: Literal["higher", "lower", "none"]
    sum_of: Words = Field(
        (),
        description="Endpoints whose events add up to its events, first the one that is none "
        "where a source prints the others only and they hold every patient.",
    )
    when_defined: Words = Field(
        (), description="The endpoint that its sum is where a part of it has a stated definition."
    )
    apart_from: Words = Field(
        (), description="Endpoints whose patients a source may count as this one instead."
    )
    completes: Words = Field(
        (), description="Endpoints that, with it, count every patient exactly once."
    )
    not_below: Words = Field((), description="Endpoints that it cannot be below.")
    not_above: Words = Field((), description="Endpoints that it cannot be above.")
    of: Literal["all", "responders", "controlled"] = Field(
        "all",
        description="Of whom it is measured: all, those with a response, or with disease control.",
    )
    counts: Literal["responders", "controlled"] | None = Field(
        None, description="Whom its events are: those of whom another endpoint is measured."
    )
    requires: tuple[Literal["at", "by"], ...] = Field((), description="Keys it cannot do without.")
    varies: dict[Slug, Literal["duration"]] = Field(
        {}, description="Typed keys in which definitions of it differ."
    )
    column: Whole | None = Field(
        None, description="Its place among the columns of a comparison that names no endpoint."
    )
    after_crossover: Flag = Field(
        default=False, description="true where it goes on after patients have crossed over."
    )
    title_patterns: Texts = Field((), description="How registries write it; regular expressions.")


class ResponseCriteria(Term):
    """Response criteria."""

    noun = "response criteria"


class Assessor(Term):
    """Who judged response."""

    noun = "an assessor"


MODELS: Final[dict[str, type[Term]]] = {
    "drug": Drug,
    "drug-class": DrugClass,
    "regimen-class": RegimenClass,
    "histology": Histology,
    "endpoint": Endpoint,
    "criteria": ResponseCriteria,
    "assessor": Assessor,
}
"""The model of each kind of `kb.vocabulary.kinds.KINDS`."""
