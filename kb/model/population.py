"""Who was treated: histology, line, extent and whatever else selects patients."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from kb.base import Flag, Model, Slug, Text, one_or_many
from kb.model import words
from kb.model.span import Numbers


class Described(Model):
    """A description of patients."""

    histologies: Annotated[tuple[words.HistologyId, ...], BeforeValidator(one_or_many)] = ()
    excluded_histologies: Annotated[
        tuple[words.HistologyId, ...], BeforeValidator(one_or_many)
    ] = ()
    grade: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    extent: Annotated[tuple[words.Extent, ...], BeforeValidator(one_or_many)] = ()
    line: words.Line | None = None
    prior_lines: Numbers = None
    prior_therapy: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    biomarkers: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    after: Text | None = Field(None, description="What came right before, such as a response.")
    chemosensitive: Flag | None = Field(None, description="Only kinds sensitive to chemotherapy.")
    age: Numbers = Field(None, description="Such as {from: 18, to: 70, unit: years}.")
    sex: Text | None = None
    performance_status: Numbers = Field(None, description="Such as {scale: ecog, from: 0, to: 1}.")
    measurable: Text | None = Field(None, description="Whether measurable disease was required.")
    measurable_by: words.CriteriaId | None = Field(
        None, description="Criteria by which disease had to be measurable."
    )
    other: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Further criteria of entry, in our words."
    )
    progressing: Text | None = Field(None, description="Progression required before entry.")
    countries: Annotated[tuple[Text, ...], BeforeValidator(one_or_many)] = ()
    centres: Text | None = Field(None, description="single, multi, or a number.")


class Population(Described):
    """Whom a trial or an arm takes in, in the words of one report."""

    noun = "a population"
    from_: Slug = Field(alias="from", description="The report whose words these are.")
    locator: Text | None = None
