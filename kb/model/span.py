"""A whole number, or a range of them, with what they are counted in."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from kb.base import Model, Text


class Span(Model):
    """A number as printed, or the ends of a range; either end may be open."""

    noun = "a number or range"
    number: Text | None = None
    from_: Text | None = Field(None, alias="from")
    to: Text | None = None
    unit: Text | None = None
    scale: Text | None = Field(None, description="Such as ecog.")
    statistic: Text | None = Field(None, description="planned, median, maximum; if printed.")


def _span(value: object) -> object:
    return {"number": value} if isinstance(value, str) else value


Numbers = Annotated[Span | None, BeforeValidator(_span)]
