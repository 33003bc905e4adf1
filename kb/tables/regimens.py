"""Which drugs the text of an arm names: `doxorubicin 75 mg/m² + ifosfamide`, `Ipi/Nivo`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.vocabulary.regimens import Given, classes, treatment

if TYPE_CHECKING:
    from kb.vocabulary import Vocabulary

INACTIVE: Final = ("placebo", "supportive-care")
"""Kinds of drugs that are given and not counted."""
_UNIT: Final = r"(?:mg|mcg|g|µg|μg|ug|iu|mu|gy|%)"
_PER: Final = r"(?:\s?/\s?(?:m2|m²|sqm|kg|day|d|dose|week|wk))*"
DOSE: Final = re.compile(
    rf"\b\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?{_UNIT}\b{_PER}"
    r"|\bauc\s?=?\s?\d+(?:\.\d+)?"
    r"|\b(?:q\d+\s?[wd]|q\d+\s?weeks?|every \d+ (?:weeks?|days?))\b"
    r"|\b(?:bid|tid|qd|od|iv|po|sc|weekly|daily)\b"
    r"|\b(?:days?|d)\s?\d+(?:\s?[-–,]\s?\d+)*\b",
    re.IGNORECASE,
)
"""Doses and schedules, which name no drug."""
BETWEEN: Final = re.compile(r"\s*(?:\+|/|,|;|&|\band\b|\bplus\b|\bwith\b)\s*", re.IGNORECASE)


class Regimen(NamedTuple):
    """What the text of an arm says: its treatment as an id, its classes, and what is not known.

    `treatment` is the text itself where a drug of it is not in the vocabulary; `classes` are then
    empty and `unknown` holds the parts that are none.
    """

    treatment: str
    classes: tuple[str, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=4096)
def regimen(text: str, vocabulary: Vocabulary) -> Regimen:
    """The regimen that the text of an arm names.

    The whole text may be a drug; else its parts are, between `+`, `/`, `,`, `and`, `plus`, `with`.
    Doses, schedules and what stands in brackets are passed over.
    """
    drugs: set[str] = set()
    unknown: list[str] = []
    for part in _parts(text, vocabulary):
        drug = vocabulary.known("drug", part)
        if drug:
            drugs.add(drug)
        else:
            unknown.append(part)
    if unknown or not drugs:
        return Regimen(text, (), tuple(unknown) or ((text,) if text else ()))
    active = sorted(one for one in drugs if vocabulary.drugs[one].kind not in INACTIVE)
    phase = tuple(Given((frozenset({one}),)) for one in active)
    if not phase:
        return Regimen("+".join(sorted(drugs)), (), ())
    return Regimen(treatment([phase], vocabulary), tuple(sorted(classes([phase], vocabulary))), ())


def _parts(text: str, vocabulary: Vocabulary) -> list[str]:
    bare = re.sub(r"\([^()]*\)|\[[^][]*\]", " ", text)
    for whole in (text.strip(), bare.strip()):
        if not whole:
            return []
        if vocabulary.known("drug", whole):
            return [whole]
    parts = (" ".join(one.split()) for one in BETWEEN.split(DOSE.sub(" ", bare)))
    return [one for one in parts if one]
