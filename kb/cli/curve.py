"""The options of `kb audit` for digitised curves, and what they ask for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from kb.audits.finding import Findings

RATE = re.compile(r"([0-9]+(?:\.[0-9]+)?)=([0-9]+(?:\.[0-9]+)?)%?")
Curve = Annotated[
    list[Path] | None,
    typer.Option(
        help="A digitised survival curve instead of the records: CSV with time and surv. "
        "A second one is the reference arm.",
    ),
]
AtRisk = Annotated[
    list[Path] | None,
    typer.Option(
        help="Its numbers at risk: CSV with time and nrisk. Once for each curve.",
    ),
]
Events = Annotated[
    list[int] | None,
    typer.Option(help="The events printed, once for each curve."),
]
MedianTime = Annotated[
    list[str] | None,
    typer.Option(
        "--median",
        help="The median printed, or NR, in the unit of the curve. Once for each curve.",
    ),
]
RateAt = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        help="A percent printed at a time of the first curve: 12=45.1.",
    ),
]
HazardRatio = Annotated[
    str | None,
    typer.Option(help="The ratio printed of the first curve against the second."),
]


class Asked(NamedTuple):
    """What is given of one curve or of two."""

    curve: list[Path] | None
    at_risk: list[Path] | None
    events: list[int] | None
    median: list[str] | None
    rate: list[str] | None
    hazard_ratio: str | None

    @property
    def given(self) -> bool:
        """Whether anything is."""
        return any(self)


def of_curves(asked: Asked, *, others: bool) -> Findings:
    """The findings about one or two curves; `others` says that something else was asked for, too.

    What cannot be used, and files that cannot be read, are wrong usage.
    """
    from kb.audits.digitised_curves import audit_curve, looked_at
    from kb.cli.output import say

    curves = asked.curve or []
    if not curves:
        raise typer.BadParameter("numbers at risk, events and the rest need a --curve")
    if others:
        raise typer.BadParameter("a curve is audited by itself, without a table or records")
    if len(curves) > 2:
        raise typer.BadParameter("one curve, or two for their ratio, are audited")
    for option, values in (
        ("--at-risk", asked.at_risk), ("--events", asked.events), ("--median", asked.median),
    ):  # fmt: skip
        if len(values or []) > len(curves):
            raise typer.BadParameter(f"{option} stands once for each --curve")
    if asked.hazard_ratio is not None and len(curves) < 2:
        raise typer.BadParameter("--hazard-ratio needs a second --curve")
    for path in (*curves, *(asked.at_risk or [])):
        if not path.is_file():
            raise typer.BadParameter(f"there is no file {path}")
    risks, events, medians = (
        [*(values or []), None, None] for values in (asked.at_risk, asked.events, asked.median)
    )
    rates = dict(_rate(text) for text in asked.rate or [])
    try:
        for at, path in enumerate(curves):
            say(looked_at(path, at_risk=risks[at], events=events[at], median=medians[at] or "",
                          rates={} if at else rates))  # fmt: skip
        return audit_curve(
            curves[0],
            risks[0],
            events=events[0],
            median=medians[0] or "",
            rates=rates,
            versus=curves[1] if len(curves) > 1 else None,
            versus_at_risk=risks[1],
            versus_events=events[1],
            versus_median=medians[1] or "",
            hazard_ratio=asked.hazard_ratio or "",
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _rate(text: str) -> tuple[float, str]:
    """`12=45.1`: a time and the percent printed then."""
    found = RATE.fullmatch(text)
    if not found:
        raise typer.BadParameter(f"{text!r} is no time and percent, such as 12=45.1")
    return float(found[1]), found[2]
