"""Layouts of programs for reviews and meta-analyses, recognised by their headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kb.tables.meaning import BETWEEN, Meaning, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT: Final = Meaning("")
"""A column that a layout is known to have and that is not used."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A layout: headers that it must have, as they are written, and what its columns mean.

    Headers are compared without separators, as `event.e` is written `event_e` elsewhere; those of
    `cased` layouts with their case. `pattern` and `letters` are for columns that are numbered by
    arm. `said` are remarks on how it is taken.
    """

    name: str
    needs: tuple[str, ...]
    columns: dict[str, Meaning] = field(default_factory=dict)
    cased: bool = False
    pattern: re.Pattern[str] | None = None
    letters: dict[str, Meaning] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    def fits(self, headers: Sequence[str]) -> bool:
        """Whether these are headers of it."""
        there = {self._bare(one) for one in headers}
        return all(self._bare(one) in there for one in self.needs)

    def meaning(self, header: str) -> Meaning | None:
        """What a column of it means; None for one that is not of this layout."""
        found = {self._bare(one): each for one, each in self.columns.items()}
        meaning = found.get(self._bare(header))
        if meaning is None and self.pattern is not None and (m := self.pattern.fullmatch(header)):
            meaning = self.letters[m[1].upper()]._replace(side=m[2])
        return meaning and meaning._replace(how=self.name)

    def _bare(self, header: str) -> str:
        return re.sub(r"[\s._\-]+", "", header) if self.cased else joined(header)


def _two_arms(*headers: str) -> dict[str, Meaning]:
    """Events and n of the experimental arm, then of the control arm."""
    return {
        header: Meaning(name, side=side)
        for header, (name, side) in zip(
            headers,
            [(name, side) for side in ("experimental", "control") for name in ("events", "n")],
            strict=True,
        )
    }


_EXACT_EFFECT: Final = (
    "{0} is taken as the natural log of a ratio and {1} as its standard error; which ratio the "
    "table does not say: add a column `measure`, or --map measure==hazard-ratio"
)
_SUMMED: Final = "n is the sum of two columns here, which is not worked out: add columns of n"

PRESETS: Final = (
    Preset("meta two arms", ("Ee", "Ne", "Ec", "Nc"), _two_arms("Ee", "Ne", "Ec", "Nc"),
           cased=True),
    Preset("meta two arms", ("event.e", "n.e", "event.c", "n.c"),
           _two_arms("event.e", "n.e", "event.c", "n.c")),
    Preset("metafor two arms", ("ai", "n1i", "ci", "n2i"),
           {**_two_arms("ai", "n1i", "ci", "n2i"), "bi": KEPT, "di": KEPT}),
    Preset("metafor 2×2 table", ("ai", "bi", "ci", "di"),
           dict.fromkeys(("ai", "bi", "ci", "di"), KEPT), said=(_SUMMED,)),
    Preset("metafor 2×2 table", ("tpos", "tneg", "cpos", "cneg"),
           dict.fromkeys(("tpos", "tneg", "cpos", "cneg"), KEPT), said=(_SUMMED,)),
    Preset("netmeta contrasts", ("TE", "seTE"),
           {"TE": Meaning("value", side=BETWEEN, log=True), "seTE": Meaning("se", side=BETWEEN)},
           cased=True, said=(_EXACT_EFFECT.format("TE", "seTE"),)),
    Preset("metafor effects", ("yi", "sei"),
           {"yi": Meaning("value", side=BETWEEN, log=True), "sei": Meaning("se", side=BETWEEN)},
           said=(_EXACT_EFFECT.format("yi", "sei"),)),
    Preset("netmeta contrasts", ("hr", "treat1", "treat2"),
           said=("hr is taken as that of treat1 against treat2, as netmeta has it",)),
    Preset("MetaInsight long", ("Study", "T", "R", "N"),
           {"T": Meaning("arm"), "R": Meaning("events"), "N": Meaning("n")}),
    Preset("gemtc arms", ("study", "treatment", "r", "n"), {"r": Meaning("events")}),
    Preset("gemtc arms", ("study", "treatment", "responders", "sampleSize")),
    Preset("MetaInsight wide", ("Study", "T.1", "N.1", "R.1", "T.2", "N.2", "R.2"),
           pattern=re.compile(r"([TNRtnr])[._]?([1-9])"),
           letters={"T": Meaning("arm"), "N": Meaning("n"), "R": Meaning("events")}),
    Preset("RevMan data rows", ("Study", "Experimental N", "Control N", "Mean", "CI start",
                                "CI end"),
           {
               "Analysis name": Meaning("endpoint"),
               "Study year": Meaning("year"),
               "Effect measure": Meaning("measure", side=BETWEEN),
               "Experimental cases": Meaning("events", side="Experimental"),
               "Experimental N": Meaning("n", side="Experimental"),
               "Control cases": Meaning("events", side="Control"),
               "Control N": Meaning("n", side="Control"),
               "Mean": Meaning("value", side=BETWEEN),
               "CI start": Meaning("low", side=BETWEEN),
               "CI end": Meaning("high", side=BETWEEN),
               "GIV SE": Meaning("se", side=BETWEEN),
               **dict.fromkeys(
                   ("Analysis group", "Analysis number", "Subgroup number", "Applicability",
                    "GIV Mean", "Experimental mean", "Experimental SD", "Control mean",
                    "Control SD", "O-E", "Variance", "Weight", "Footnotes", "Log scale data"),
                   KEPT),
           },
           said=("Mean, CI start and CI end are taken as printed, on the natural scale, whatever "
                 "`Log scale data` says; GIV SE is of the logarithm of a ratio",)),
    Preset("Covidence", ("Study ID", "Reviewer Name"),
           dict.fromkeys(("Covidence #", "Title", "Reviewer Name"), KEPT)),
)  # fmt: skip

REVIEWER: Final = "reviewername"
CONSENSUS: Final = "Consensus"
"""The column of Covidence that says who read a line, and what it says where readers agreed."""


def fitting(headers: Sequence[str]) -> list[Preset]:
    """The layouts that these headers are of; one that another says more of is left out."""
    found = [one for one in PRESETS if one.fits(headers)]
    counted = any(one.name == "metafor two arms" for one in found)
    return [one for one in found if not (counted and one.name == "metafor 2×2 table")]
