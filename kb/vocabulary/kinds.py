"""The kinds of terms: the file of each, and how one is called in a sentence."""

from __future__ import annotations

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """The file that holds the terms of a kind, and the noun for one of them."""

    file: str
    noun: str


KINDS: Final = {
    "drug": Kind("drugs", "a drug"),
    "drug-class": Kind("drug-classes", "a drug class"),
    "regimen-class": Kind("regimen-classes", "a regimen class"),
    "histology": Kind("histologies", "a histology"),
    "endpoint": Kind("endpoints", "an endpoint"),
    "criteria": Kind("criteria", "response criteria"),
    "assessor": Kind("assessors", "an assessor"),
}


def abbreviated(endpoint: str) -> str:
    """How an endpoint is written where room is short: `ORR`; a longer id as words."""
    return endpoint.upper() if len(endpoint) <= 4 else endpoint.replace("-", " ")
