"""Columns that hold words: what is written in a cell, as a row says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from kb.model import words as closed
from kb.printed.measure import PROPORTION, measure_named
from kb.printed.time import unit_named
from kb.query.row_words import CONFIRMATION, POPULATIONS
from kb.rows.flat import joined, paired, pairs
from kb.vocabulary.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.vocabulary import Vocabulary

HISTOLOGY: Final = "histology"
BETWEEN: Final = re.compile(r"[;,/]")
"""What stands between the histologies of a cell."""
SIDES: Final = {
    "one": "one", "1": "one", "onesided": "one", "1sided": "one", "two": "two", "2": "two",
    "twosided": "two", "2sided": "two", "lower": "lower", "upper": "upper",
    "notstated": "not-stated",
}  # fmt: skip
LINES: Final = {
    "1": "first", "1st": "first", "1l": "first", "firstline": "first", "1stline": "first",
    "frontline": "first", "untreated": "first", "treatmentnaive": "first", "2": "second",
    "2nd": "second", "2l": "second", "secondline": "second", "2ndline": "second",
    "pretreated": "previously-treated", "secondorlater": "previously-treated",
    "2ndorlater": "previously-treated",
}  # fmt: skip
DESIGNS: Final = {
    "randomized": "randomised", "rct": "randomised", "randomisedcontrolledtrial": "randomised",
    "randomizedcontrolledtrial": "randomised", "singlearm": "single-arm", "onearm": "single-arm",
    "cohorts": "parallel-cohorts",
}  # fmt: skip
ESTIMATORS: Final = {"km": "kaplan-meier"}
NO: Final = ("no", "none", "unadjusted", "crude", "univariate", "univariable", "false", "0")
"""What says that a contrast is not adjusted."""


class Word(NamedTuple):
    """A word as a row has it, and the problem with it; one of both is empty."""

    word: str
    problem: str = ""


def _listed(what: str, text: str, known: Iterable[str], others: Mapping[str, str]) -> Word:
    listed = list(known)
    found = {**others, **{folded(one): one for one in listed}}.get(folded(text))
    return Word(found) if found else Word("", f'"{text}" is none of {what}: {", ".join(listed)}')


def measure(text: str, _words: Vocabulary) -> Word:
    """A measure by its name or a synonym, such as `HR`."""
    found = measure_named(text)
    return Word(found) if found else Word("", f'"{text}" is no measure')


def unit(text: str, _words: Vocabulary) -> Word:
    """A unit of time, `percent`, or `fraction`."""
    if folded(text) in ("percent", "percents", "") or text.strip() == "%":
        return Word("percent")
    if folded(text) in ("fraction", PROPORTION):
        return Word("fraction")
    found = unit_named(text)
    return Word(found) if found else Word("", f'"{text}" is no unit')


def at_unit(text: str, _words: Vocabulary) -> Word:
    """The unit of the time of a rate."""
    found = unit_named(text)
    return Word(found) if found else Word("", f'"{text}" is no unit of time')


def sides(text: str, _words: Vocabulary) -> Word:
    """The sides of a p-value, or of a one-sided interval."""
    found = SIDES.get(folded(text), "")
    return Word(found) if found else Word("", f'"{text}" is none of one, two, lower, upper')


def endpoint(text: str, words: Vocabulary) -> Word:
    """An endpoint of the vocabulary; a word that it lacks stays as it is."""
    return Word(_known("endpoint", text, words) or text)


def criteria(text: str, words: Vocabulary) -> Word:
    """Response criteria of the vocabulary; a word that it lacks stays as it is."""
    return Word(_known("criteria", text, words) or text)


def assessor(text: str, words: Vocabulary) -> Word:
    """An assessor of the vocabulary; a word that it lacks stays as it is."""
    return Word(_known("assessor", text, words) or text)


def confirmed(text: str, _words: Vocabulary) -> Word:
    """Whether responses had to be confirmed."""
    return _listed("confirmation", text, get_args(closed.Confirmed), CONFIRMATION)


def analysis_set(text: str, _words: Vocabulary) -> Word:
    """The population of a set; `ITT` and the like are understood, other words stay."""
    found = _listed("sets", text, get_args(closed.PopulationName), POPULATIONS)
    return found if found.word else Word(text)


def estimator(text: str, _words: Vocabulary) -> Word:
    """How a rate was estimated; other words stay."""
    found = _listed("estimators", text, get_args(closed.Estimator), ESTIMATORS)
    return found if found.word else Word(text)


def line(text: str, _words: Vocabulary) -> Word:
    """The line of therapy."""
    return _listed("lines", text, get_args(closed.Line), LINES)


def design(text: str, _words: Vocabulary) -> Word:
    """How patients were allocated; other words, such as of the phase, are left."""
    found = _listed("designs", text, get_args(closed.Allocation), DESIGNS)
    return found if found.word else Word("")


def adjusted(text: str, _words: Vocabulary) -> Word:
    """What a contrast is adjusted for; empty where it is not."""
    return Word("" if folded(text) in NO else text)


def histology(text: str, words: Vocabulary) -> Word:
    """Histologies of the vocabulary, between `;`, `,` or `/`; a problem where one is none."""
    whole = _known(HISTOLOGY, text, words)
    if whole:
        return Word(whole)
    parts = [one.strip() for one in BETWEEN.split(text)]
    found = [(one, _known(HISTOLOGY, one, words)) for one in parts if one]
    missing = [one for one, known in found if not known]
    if missing:
        return Word("", f'"{missing[0]}" is no histology of the vocabulary')
    return Word(joined(dict.fromkeys(known for _, known in found)))


def subgroup(text: str, words: Vocabulary) -> Word:
    """`key=value`; a bare histology of the vocabulary gets its key, any other text stays."""
    named = [(key.strip(), value.strip()) for key, value in pairs(text)]
    if [key for key, _ in named] not in ([""], [HISTOLOGY]):
        return Word(text)
    found = _known(HISTOLOGY, named[0][1], words)
    return Word(paired([(HISTOLOGY, found)]) if found else text)


def _known(kind: str, text: str, words: Vocabulary) -> str:
    """The id of a word; a histology may go without `sarcoma`."""
    further = f"{text} sarcoma" if kind == HISTOLOGY and text else ""
    return words.known(kind, text) or words.known(kind, further)
