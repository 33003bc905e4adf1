"""The words of filters that choose among rows: what may be typed, and what meets it.

A word as typed becomes an id here (UnknownTermError with near ones where it is none), and an id
meets what a row says, or does not. What is silent is `not-stated`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, get_args

from kb.errors import UnknownTermError
from kb.printed.reading import DIRECTNESS
from kb.printed.time import Time, unit_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.model import Trial
    from kb.store.knowledge_base import KnowledgeBase

NOT_STATED: Final = "not-stated"
STABLE: Final = "stable-disease-for"
"""What a length alone defines: how long disease was stable."""
INDEPENDENT: Final = "independent"
FAMILIES: Final[dict[str, tuple[str, ...]]] = {INDEPENDENT: ("bicr", "central")}
"""Words for several ids; a family of versions, such as `recist`, is what their ids begin with."""
POPULATIONS: Final = {
    "itt": "intention-to-treat", "intenttotreat": "intention-to-treat",
    "evaluable": "response-evaluable", "pp": "per-protocol", "astreated": "treated",
    "safetyset": "safety", "safetypopulation": "safety",
}  # fmt: skip
READINGS: Final = {"paper": "full-text", "article": "full-text", "meeting": "conference"}
CONFIRMATION: Final = {
    "true": "confirmed", "yes": "confirmed", "false": "unconfirmed", "no": "unconfirmed",
}  # fmt: skip
DATE: Final = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
LENGTH: Final = re.compile(
    r"(?:(?P<key>[a-z][a-z-]*)\s*=)?\s*(?:≥|>=)?\s*(?P<number>\d+(?:\.\d+)?)\s*-?\s*(?P<unit>[A-Za-z]+)\.?"
)
"""A length, with or without what it is the length of."""


def criteria(base: KnowledgeBase, word: str) -> str:
    """Response criteria; the beginning that the ids of all versions share means every version."""
    return _family(base, "criteria", word)


def assessor(base: KnowledgeBase, word: str) -> str:
    """Who judged; `independent` means central readers, blinded or not."""
    return _family(base, "assessor", word)


def _family(base: KnowledgeBase, kind: str, word: str) -> str:
    """A family of ids before an id or synonym of the vocabulary."""
    from kb.vocabulary.vocabulary import folded

    known = base.vocabulary[kind]
    named = {folded(one): one for one in FAMILIES if set(FAMILIES[one]) & known.keys()}
    begun = {folded(one.partition("-")[0]): one.partition("-")[0] for one in known if "-" in one}
    begun.pop(folded(NOT_STATED.partition("-")[0]), None)
    family = {**begun, **named}.get(folded(word))
    return family if family and word not in known else base.vocabulary.resolve(kind, word)


def is_one_of(asked: str, said: str) -> bool:
    """Whether a word is the one asked for, or of its family."""
    said = said or NOT_STATED
    return said == asked or said in FAMILIES.get(asked, ()) or said.startswith(f"{asked}-")


def confirmed(_base: KnowledgeBase, word: str) -> str:
    """Whether responses had to be confirmed."""
    from kb.model.words import Confirmed

    return _listed("confirmation", word, get_args(Confirmed), CONFIRMATION)


def population(_base: KnowledgeBase, word: str) -> str:
    """The population of an analysis set; `ITT` and the like are understood."""
    from kb.model.words import PopulationName

    return _listed("population of a set", word, get_args(PopulationName), POPULATIONS)


def read(_base: KnowledgeBase, word: str) -> str:
    """How a report was read."""
    return _listed("way of reading", word, DIRECTNESS, READINGS)


def _listed(kind: str, word: str, words: Iterable[str], others: Mapping[str, str]) -> str:
    from kb.vocabulary.vocabulary import folded, nearest

    listed = list(words)
    known = {**others, **{folded(one): one for one in listed}}
    if folded(word) not in known:
        raise UnknownTermError(kind, word, nearest(word, listed), listed)
    return known[folded(word)]


def definition(_base: KnowledgeBase, word: str) -> str:
    """A length (`16wk`, `16 weeks`, with or without `stable-disease-for=`), or `not-stated`."""
    from kb.vocabulary.vocabulary import folded

    if folded(word) == folded(NOT_STATED):
        return NOT_STATED
    length = _length(word)
    if length is None:
        raise UnknownTermError("definition", word, [f"{STABLE}=16 weeks", "16wk", NOT_STATED])
    return str(length)


def _length(text: str) -> Time | None:
    found = LENGTH.fullmatch(text.strip())
    unit = unit_named(found["unit"]) if found else ""
    if not found or not unit or found["key"] not in (None, STABLE):
        return None
    return Time(found["number"], unit)


def defines(asked: str, said: str) -> bool:
    """Whether a definition states what was asked for; 24 months are 2 years."""
    lengths = _length(asked), _length(said)
    if lengths[0] is None or lengths[1] is None:
        return asked == (said or NOT_STATED)
    return lengths[0].exact == lengths[1].exact


def cut(_base: KnowledgeBase, word: str) -> str:
    """A date, year, or range of the data cut: 2022-04, 2020-2024, 2022-04..2023-01, not-stated."""
    from kb.vocabulary.vocabulary import folded

    if folded(word) == folded(NOT_STATED):
        return NOT_STATED
    years = re.fullmatch(r"(\d{4})?-(\d{4})?", word, re.ASCII)
    text = f"{years[1] or ''}..{years[2] or ''}" if years else word
    if not re.fullmatch(rf"{DATE}|({DATE})?\.\.({DATE})?", text, re.ASCII) or text == "..":
        raise UnknownTermError("data cut", word, ["2022-04", "2020-2024", "2022-04..2023-01"])
    low, dots, high = text.partition("..")
    if dots and low and high and low > high:
        raise UnknownTermError("data cut", word, [f"{high}..{low}"])
    return text


def cut_within(asked: str, said: str) -> bool:
    """Whether a printed date is surely the one asked for, or inside the range."""
    if asked == NOT_STATED or not said:
        return asked == (said or NOT_STATED)
    low, dots, high = asked.partition("..")
    high = high if dots else low
    return said[: len(low)] >= low and (not high or _ends(said, high))


def _ends(said: str, high: str) -> bool:
    if len(said) < len(high):
        return said < high[: len(said)]
    return said[: len(high)] <= high


def excluded(base: KnowledgeBase, word: str) -> str:
    """A trial, or an address or its beginning: TRIAL/REPORT, TRIAL/REPORT/SET, a whole address."""
    named, *rest = word.strip("/").split("/")
    trial = base[named] if named in base else base.trial(named)
    if rest:
        _found(trial, rest)
    return "/".join([trial.id, *rest])


def _found(trial: Trial, rest: list[str]) -> None:
    """Refuse what is not in a trial: a report, a set, or a number."""
    from kb.model.address import Address
    from kb.model.harm_address import BLOCK
    from kb.vocabulary.vocabulary import nearest

    report_id, *parts = rest
    if report_id not in trial.reports:
        known = list(trial.reports)
        raise UnknownTermError(f"report of {trial.id}", report_id, nearest(report_id, known), known)
    report = trial.reports[report_id]
    sets = list(report.analysis_sets)
    if parts[1:2] == [BLOCK]:
        _found_harm(trial, "/".join([trial.id, *rest]))
        return
    for one in parts[0].split(":") if parts else ():
        if one not in sets:
            where = f"set of {trial.id}/{report_id}"
            raise UnknownTermError(where, one, nearest(one, sets), sets)
    if len(parts) > 1:
        begun = "/".join([trial.id, *rest])
        numbers = {str(Address.of(trial.id, report_id, one)) for one in report.figures}
        # What is computed from two sets has an address that no record holds.
        if ":" not in parts[0] and not any(is_part(begun, one) for one in numbers):
            raise UnknownTermError("address", begun, nearest(begun, list(numbers)))


def _found_harm(trial: Trial, begun: str) -> None:
    """Refuse the address of an adverse event that is not in a trial."""
    from kb.model.harm_address import harms_with_addresses
    from kb.vocabulary.vocabulary import nearest

    known = [address for _, _, address in harms_with_addresses(trial)]
    if not any(is_part(begun, one) for one in known):
        raise UnknownTermError("address", begun, nearest(begun, known))


def is_part(begun: str, address: str) -> bool:
    """Whether an address begins so; a set begins the contrasts that it takes part in too."""
    asked, own = begun.split("/"), address.split("/")
    if asked[:2] != own[: len(asked[:2])]:
        return False
    if len(asked) == 3:
        return asked[2] == own[2] or asked[2] in own[2].split(":")
    return asked == own[: len(asked)]
