"""Documents: how they are cited, what they relay, how often they were read."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kb.base import Model, PartialDate, Slug, Text, fail, one_or_many

Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]


def _identifier(pattern: str, example: str) -> Any:
    def check(value: object) -> object:
        if isinstance(value, str) and re.fullmatch(rf"not-stated|{pattern}", value, re.ASCII):
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


class Reference(Model):
    """A reference that the report lists."""

    noun = "a reference"
    number: Text | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    url: Url | None = None
    text: Text | None = None
    locator: Text | None = None
