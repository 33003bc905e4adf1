"""The words of one header: which endpoint, which measure, at which time, and what is printed."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from kb.printed.level import is_level
from kb.printed.measure import LANDMARK, MEASURES, MEDIAN, PROPORTION, RATIOS, measure_named
from kb.tables.grammar import BRACKET, unit_of
from kb.tables.meaning import Meaning, words_of
from kb.tables.spellings import (
    CONFIRMED,
    COUNT_WORDS,
    FILLING,
    HIGH_WORDS,
    INTERVAL_WORDS,
    LOG_WORDS,
    LOW_WORDS,
    MEDIAN_WORDS,
    PERCENT_WORDS,
    SIGNS,
    TEST_WORDS,
    TOTAL_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.tables.grammar import Grammar

_RATES: Final = COUNT_WORDS | PERCENT_WORDS
_COMPARED: Final = re.compile("[<>≤≥]")
"""What is longer or more than so much has a definition of its own: `SD ≥ 6 months`."""
_LONGEST: Final = 5
"""More words than any name of an endpoint or a measure has in a header."""


def read(grammar: Grammar, header: str, words: list[str] | None = None) -> Meaning | None:
    """What a header means, None where one of its words is not understood.

    `words` are those of the header that are left where one for an arm was taken off; a plain
    count is then one of that arm.
    """
    if _COMPARED.search(header):
        return None
    bracketed = any(
        INTERVAL_WORDS.intersection(one.casefold() for one in words_of(found))
        for found in BRACKET.findall(header)
    )
    left = words_of(header) if words is None else list(words)
    return _Header(grammar, left, sided=words is not None, bracketed=bracketed).meaning()


class _Header:
    """The words of one header that are still to be understood."""

    def __init__(self, grammar: Grammar, words: list[str], *, sided: bool, bracketed: bool) -> None:
        self.grammar, self.words = grammar, words
        self.sided, self.bracketed = sided, bracketed
        self.more: dict[str, str] = {}

    def meaning(self) -> Meaning | None:
        endpoint = self.taken(self.grammar.endpoint_of)
        if not endpoint and any(one.casefold() in _RATES for one in self.words):
            endpoint = self.taken(self.grammar.rate_of)
        measure = self.taken(_ratio)
        log = self.without(LOG_WORDS) if measure in RATIOS else False
        at, at_unit = self.time() if endpoint else ("", "")
        timed = endpoint and MEDIAN in self.grammar.vocabulary.endpoints[endpoint].measures
        if timed and not measure and self.without(MEDIAN_WORDS):
            measure = MEDIAN
        self.interval_level()
        unit = self.unit(measure) if endpoint or measure else ""
        if endpoint and (self.words[:1] == ["c"] or "confirmed" in map(str.casefold, self.words)):
            self.without(CONFIRMED)
            self.more["confirmed"] = "yes"
        if endpoint:
            self.qualities()
        field = self.holds(endpoint, measure)
        if not field or (measure in RATIOS and "%" in self.words):
            return None
        if endpoint and not measure:
            measure = self.measure(endpoint, field, at, unit)
        if unit:
            self.more["unit"] = unit
        if at and not measure:
            return None
        if field == "se" and measure and not (log or "selog" in map(str.casefold, self.words)):
            return None
        more = tuple(self.more.items())
        return Meaning(
            field, endpoint, measure, at, at_unit, more=more, log=log and field not in ("se", "p")
        )

    def taken(self, named: Callable[[list[str]], str]) -> str:
        """The longest run of words that names something, taken off; empty for none."""
        for length in range(min(_LONGEST, len(self.words)), 0, -1):
            for start in range(len(self.words) - length + 1):
                run = self.words[start : start + length]
                if not SIGNS.intersection(run) and (found := named(run)):
                    del self.words[start : start + length]
                    return found
        return ""

    def without(self, words: frozenset[str]) -> bool:
        """Whether one of these words is there; it is taken off."""
        for index, one in enumerate(self.words):
            if one.casefold() in words:
                del self.words[index]
                return True
        return False

    def time(self) -> tuple[str, str]:
        """A number with a unit of time, taken off."""
        for index in range(len(self.words) - 1):
            number, unit = self.words[index], unit_of(self.words[index + 1])
            if number[0].isdigit() and unit:
                del self.words[index : index + 2]
                return number, unit
        return "", ""

    def qualities(self) -> None:
        """Who assessed, and by which criteria, where the words left over say it."""
        for field in self.grammar.qualities:
            found = self.taken(partial(self.grammar.quality, field))
            if found:
                self.more[field] = found

    def interval_level(self) -> None:
        """The level of an interval: 95 in `95% CI`."""
        if not any(one.casefold() in INTERVAL_WORDS | LOW_WORDS | HIGH_WORDS for one in self.words):
            return
        for index, one in enumerate(self.words):
            if one[0].isdigit() and is_level(float(one)):
                self.more["level"] = one
                after = self.words[index + 1 : index + 2]
                del self.words[index : index + (2 if after == ["%"] else 1)]
                return

    def unit(self, measure: str) -> str:
        """A unit of time without a number, taken off; `m` is one only beside a median."""
        for index, one in enumerate(self.words):
            found = unit_of(one) if len(one) > 1 or measure == MEDIAN else ""
            if found:
                del self.words[index]
                return found
        return ""

    def holds(self, endpoint: str, measure: str) -> str:
        """The field that the words left over name; empty where they do not say it."""
        left = [one.casefold() for one in self.words]
        known = bool(endpoint or measure)
        if "p" in left and set(left) - {"p"} <= TEST_WORDS | FILLING:
            return "p"
        left = [one for one in left if one not in FILLING]
        if left in (["se"], ["selog"], ["standard", "error"]):
            return "se"
        percents = [one for one in left if one in PERCENT_WORDS]
        bounds = [name for name, some in (("low", LOW_WORDS), ("high", HIGH_WORDS))
                  if some.intersection(left)]  # fmt: skip
        interval = bool(INTERVAL_WORDS.intersection(left))
        rest = set(left) - LOW_WORDS - HIGH_WORDS - INTERVAL_WORDS - PERCENT_WORDS
        if bounds and not rest:
            return bounds[0] if len(bounds) == 1 else "interval"
        counts, totals = rest & COUNT_WORDS, rest & TOTAL_WORDS
        fraction = "/" in self.words and bool(counts)
        if rest - counts - totals or not (known or self.sided or fraction):
            return "interval" if interval and not rest and not percents else ""
        if counts or totals:
            return self.counted(left, totals)
        if interval:
            return "value" if self.bracketed or percents else "interval"
        return "value" if known or percents else ""

    def counted(self, left: list[str], totals: set[str]) -> str:
        """A count is of events, of patients where it says so; a percent before it is the value."""
        if left[0] in PERCENT_WORDS:
            return "value"
        if "N" in self.words and left.count("n") == 1:
            return "n"
        if "/" in self.words:
            return "events"
        return "n" if totals and not {"responders", "events"} & set(left) else "events"

    def measure(self, endpoint: str, field: str, at: str, unit: str) -> str:
        """The measure that an endpoint leaves where its header names none; empty where open."""
        measures = self.grammar.vocabulary.endpoints[endpoint].measures
        rate = any(one.casefold() in PERCENT_WORDS for one in self.words)
        if PROPORTION in measures:
            return PROPORTION
        if (at or rate) and LANDMARK in measures:
            return LANDMARK
        return MEDIAN if unit and field == "value" and MEDIAN in measures else ""


def _ratio(words: list[str]) -> str:
    """The contrast that these words name, if they name one."""
    found = measure_named(" ".join(words))
    return found if found and MEASURES[found].contrast else ""
