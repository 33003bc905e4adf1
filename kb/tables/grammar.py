"""Spellings that headers are read by: of fields, and of the endpoints of a vocabulary."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kb.printed.measure import (
    HAZARD_RATIO,
    measure_named,
)
from kb.printed.time import unit_named
from kb.tables.meaning import AS_NAMED, Meaning, joined, words_of
from kb.tables.plan import FIELDS
from kb.tables.spellings import (
    ASSESSORS,
    MONTHS_SHORT,
    SPELLINGS,
)
from kb.vocabulary.vocabulary import folded

if TYPE_CHECKING:
    from kb.vocabulary import Vocabulary

BRACKET: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")
_SPELLED: Final = {
    spelling: (field, rank)
    for field, ranks in SPELLINGS.items()
    for rank, spellings in enumerate(ranks)
    for spelling in spellings
}
_EXACT: Final = {joined(field): field for field in FIELDS if field not in ("interval", "reference")}
"""Those two are words that a header uses for other things: of doses, of a citation."""
_DRUG_NAME: Final = 5
"""Letters of a drug's name that make it no abbreviation."""
_SHORT_NAME: Final = 2
"""Letters of a name that alone may be something else: SD, OR."""


class Grammar:
    """Reads headers by the endpoints of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @cached_property
    def endpoints(self) -> dict[str, str]:
        """Spellings of endpoints, folded, and their ids."""
        return self.known("endpoint")

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Names of drugs of one word, in small letters; letters alone may be anything."""
        return frozenset(
            spelling.casefold()
            for one, term in self.vocabulary.drugs.items()
            for spelling in (*term.synonyms, term.name, one)
            if spelling.isalpha() and len(spelling) >= _DRUG_NAME
        )

    def known(self, kind: str) -> dict[str, str]:
        """Spellings of the terms of a kind, folded, and their ids."""
        return {
            folded(spelling): one
            for one, term in self.vocabulary[kind].items()
            for spelling in (*term.synonyms, term.name, one)
        }

    @cached_property
    def qualities(self) -> dict[str, dict[str, str]]:
        """Words in a header that say who assessed a response, and by which criteria."""
        assessors = {**self.known("assessor"), **ASSESSORS}
        return {
            "assessor": {
                spelling: one
                for spelling, one in assessors.items()
                if one in self.vocabulary["assessor"]
            },
            "criteria": self.known("criteria"),
        }

    def named(self, header: str) -> Meaning | None:
        """What a header means as a whole: the name of a field or a known spelling of it."""
        whole = joined(header)
        if whole in _EXACT:
            return Meaning(_EXACT[whole], how=AS_NAMED, rank=-1)
        bare = joined(BRACKET.sub(" ", header))
        inside = [one for found in BRACKET.findall(header) for one in words_of(found)]
        if field_of := _SPELLED.get(whole):
            return Meaning(field_of[0], rank=field_of[1])
        field, rank = _SPELLED.get(bare) or (_EXACT.get(bare, ""), 0)
        timed = field == "follow_up" or (field == "at" and all(unit_of(one) for one in inside))
        counted = [one.casefold() for one in inside] == ["n"] and field in ("n", "events")
        return Meaning(field, rank=rank) if field and (timed or counted) else None

    def quality(self, field: str, words: list[str]) -> str:
        """The assessor or the criteria that these words name, empty for none."""
        return self.qualities[field].get(folded("".join(words)), "")

    def rate_of(self, words: list[str]) -> str:
        """The endpoint of which these words are the rate: `response`, beside a count of it."""
        return self.endpoints.get(folded("".join(words)) + "rate", "")

    def endpoint_of(self, words: list[str]) -> str:
        """The endpoint that these words name, empty for none; `overall response` is a rate."""
        whole = folded("".join(words))
        return self.endpoints.get(whole, "") or (self.rate_of(words) if len(words) > 1 else "")


def unit_of(word: str) -> str:
    """The unit of time that a word of a header names."""
    return unit_named(word) or MONTHS_SHORT.get(word.casefold(), "")


def alone(header: str) -> bool:
    """Whether a header is a name so short that it may be something else: `SD`, `OR`, `RR`."""
    whole = joined(header)
    return len(whole) <= _SHORT_NAME and measure_named(whole) != HAZARD_RATIO
