"""Addresses: the name of one number, the same in every output.

`trial/report/set/endpoint/measure[@<number><d|wk|mo|y>][#id]`; for a contrast the set is
`experimental:reference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.model.estimate import Contrast, Estimate
from kb.printed.time import UNITS

if TYPE_CHECKING:
    from kb.base import Duration
    from kb.model.trial import Trial

BLOCKS: Final = ("estimates", "contrasts")
PATTERN: Final = re.compile(
    r"(?P<trial>[^/]+)/(?P<report>[^/]+)/(?P<set>[^/]+)/(?P<endpoint>[^/]+)/"
    r"(?P<measure>[^/@#]+)(?:@(?P<at>-?[\d.]+(?:d|wk|mo|y)))?(?:#(?P<id>[^/]+))?",
    re.ASCII,
)


@dataclass(frozen=True, order=True, slots=True)
class Address:
    """The parts of an address; `at` as `12mo`, empty where there is none."""

    trial: str
    report: str
    set: str
    endpoint: str
    measure: str
    at: str = ""
    id: str = ""

    def __str__(self) -> str:
        tail = (f"@{self.at}" if self.at else "") + (f"#{self.id}" if self.id else "")
        return f"{self.trial}/{self.report}/{self.set}/{self.endpoint}/{self.measure}{tail}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address; ValueError if it is none."""
        found = PATTERN.fullmatch(text)
        if found is None:
            raise ValueError(
                f"{text!r} is not an address trial/report/set/endpoint/measure[@time][#id]"
            )
        return cls(**{key: value or "" for key, value in found.groupdict().items()})

    @classmethod
    def of(cls, trial: str, report: str, figure: Estimate | Contrast) -> Address:
        """The address of a number in a report."""
        return cls(
            trial,
            report,
            set_of(figure),
            figure.endpoint,
            figure.measure,
            short(figure.at),
            figure.id or "",
        )


def set_of(figure: Estimate | Contrast) -> str:
    """The set part of an address."""
    if isinstance(figure, Contrast):
        return f"{figure.experimental}:{figure.reference}"
    return figure.set


def short(at: Duration | None) -> str:
    """A duration as addresses write it: `12mo`, `18wk`."""
    return "" if at is None else f"{at.amount}{UNITS[at.unit].short}"


def points_at(at: str, address: Address) -> bool:
    """Whether a path in a report, as errata give it, leads to a number, into it or to its group.

    `estimates/all/orr` and `contrasts/os/hazard-ratio/interval` do: a path may stop early, go on
    into the number, and leave the set out.
    """
    block, *steps = at.split("/")
    whole = str(address).split("/")[2:]
    return block in BLOCKS and any(
        all(step == part for step, part in zip(steps, parts, strict=False))
        for parts in (whole, whole[1:])
    )


def find(
    trial: Trial, address: Address
) -> tuple[Estimate | Contrast, tuple[str | int, ...]] | None:
    """The number at an address and its path inside the record, or None."""
    report = trial.reports.get(address.report)
    if report is None:
        return None
    for block in BLOCKS:
        for index, figure in enumerate(getattr(report, block)):
            if Address.of(trial.id, address.report, figure) == address:
                return figure, ("reports", address.report, block, index)
    return None
