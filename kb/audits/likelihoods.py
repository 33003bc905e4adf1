"""How likely a printed p-value is beside the interval of a ratio, under each reading of the two.

Numbers only, no rows. A ratio is printed with two bounds, and the three are tied: the true
logarithm lies in the middle of the bounds, up to a little skew. Every true value and bound that
prints so, rounded half up, is as likely as another, and gives the normal deviate of the effect in
half-widths; times the critical value of a level it is the deviate of the Wald test. The p-value
comes from a test of the same data and the same model, or of another model, or from elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, inf, log, sqrt
from typing import Final, NamedTuple

from kb.printed.number import Span, admitted, decimals
from kb.printed.p_value import read
from kb.stats.numeric.special import critical_value, normal_quantile


class Test(NamedTuple):
    """How the deviate of a test lies about that of the Wald interval of the same model.

    It is off by `offset` and by `shift` times the squared deviate; the standard deviation is
    `least` and `growth` times that square. `share` is how often this test is used.
    """

    share: float
    offset: float
    shift: float
    least: float
    growth: float


LOG_RANK: Final = (Test(1.0, 0.0, 0.004, 0.006, 0.004),)
"""Log-rank beside Cox and Wald, by 12,000 simulated trials of 40 to 400 events: the means are .001
to .005 of the squared deviate, the standard deviations .001 to .004."""
OF_COUNTS: Final = (Test(0.5, 0.0, 0.005, 0.01, 0.015), Test(0.5, -0.12, 0.0, 0.10, 0.01))
"""Chi-square, and Fisher's or Yates's test, beside Woolf and log-Wald, by 4,000 simulated pairs of
arms of 25 to 200: the exact ones are .11 to .15 lower."""
MIXED: Final = 0.10
MIXED_IF_ADJUSTED: Final = 0.5
"""How many p-values beside a ratio are of another model than its interval (stratified or adjusted
against not): 3 % of printed rows are seen to be, and more where a row says adjusted."""
APART: Final = 0.30
"""The standard deviation of the difference of two such deviates."""
STRAY: Final = 0.01
"""How many p-values have nothing to do with their interval: no reading is believed in more than
this allows."""
SKEW: Final = ((0.95, 0.01), (0.05, 0.10))
"""Shares of intervals, and how far their estimate lies off the middle, in half-widths: those of a
Wald interval by nothing, those of a profile or exact one by some per cent."""
FLOOR: Final = 0.10
FLOOR_PLACES: Final = 3
"""How many p-values that are one unit of their third decimal or a later one, such as .001, stand
for "<.001", and which decimal is the first."""
NEARER: Final = 0.75
"""How often a one-sided test looks at the side on which the estimate lies."""
STEPS: Final = 5
"""Into how many pieces the rounding of each bound is cut."""
NEGLIGIBLE: Final = 1e-4
"""Share of the weight of the likeliest piece below which a piece is left out."""
WIDE: Final = 6.0
"""Standard deviations beyond which a normal distribution is taken to be empty."""


class Node(NamedTuple):
    """A piece of what the rounding admits: its weight, its deviate in half-widths, its spread."""

    weight: float
    deviate: float
    spread: float


class Reading(NamedTuple):
    """What a p-value and an interval are taken for: sides of the test, level of the interval."""

    sides: int
    level: float


@lru_cache(maxsize=16384)
def nodes(value: str, low: str, high: str) -> tuple[Node, ...]:
    """The deviates, in half-widths of the interval, that a printed ratio with its bounds admits.

    Empty where the bounds are no interval of a ratio, or where the ratio is nowhere near their
    middle: then nothing can be said of p.
    """
    own, below, above = _box(value), _box(low), _box(high)
    if own.high <= 0 or below.low <= 0 or below.high >= above.low:
        return ()
    least, most = log(own.low) if own.low > 0 else -inf, log(own.high)
    found = []
    for start, step in _pieces(below):
        for end, stride in _pieces(above):
            width = end - start
            middle, half = (start + end) / 2, width / 2
            weight = sum(
                share * _between(least - middle, most - middle, skew * half) for share, skew in SKEW
            )
            if weight > 0:
                centre = min(max(middle, least), most)
                spread = 2 * sqrt((end * step) ** 2 + (start * stride) ** 2) / width**2
                found.append(Node(weight, abs(centre) / half, spread / sqrt(12)))
    kept = [node for node in found if node.weight > NEGLIGIBLE * max(found).weight]
    total = sum(node.weight for node in kept)
    return tuple(Node(node.weight / total, node.deviate, node.spread) for node in kept)


def wald(value: str, low: str, high: str, level: float) -> Span | None:
    """The deviates of the Wald test that a printed ratio with its bounds admits at a level."""
    found = nodes(value, low, high)
    if not found:
        return None
    critical = critical_value(level)
    return Span(
        critical * max(0.0, min(node.deviate - node.spread for node in found)),
        critical * max(node.deviate + node.spread for node in found),
    )


@lru_cache(maxsize=65536)
def likelihood(
    ratio: tuple[str, str, str], p: str, reading: Reading, tests: tuple[Test, ...], mixed: float
) -> float:
    """The probability that p is printed so, given value and bounds as printed and a reading.

    1 where nothing can be said: p is a limit, or the ratio is not in the middle of its interval.
    """
    box = p_box(p)
    if box is None or not nodes(*ratio):
        return 1.0
    printed = _of_box(ratio, box, reading, tests, mixed)
    if not _is_floor(p):
        return printed
    limit = Span(0.0, (box.low + box.high) / 2)
    return (1 - FLOOR) * printed + FLOOR * _of_box(ratio, limit, reading, tests, mixed)


def _of_box(
    ratio: tuple[str, str, str], box: Span, reading: Reading, tests: tuple[Test, ...], mixed: float
) -> float:
    critical = critical_value(reading.level)
    within = below, above = _deviates(box, reading.sides)
    same = mean = square = 0.0
    for weight, deviate, piece in nodes(*ratio):
        centre = deviate * critical
        for share, offset, shift, least, growth in tests:
            near = max(0.0, centre + offset + shift * centre**2)
            variance = (piece * critical) ** 2 + (least + growth * centre**2) ** 2
            spread = sqrt(variance)
            reach = WIDE * spread
            if (below <= near + reach and above >= near - reach) or (
                below <= reach - near and above >= -near - reach
            ):
                same += weight * share * _tested(within, reading.sides, near, spread)
            mean += weight * share * near
            square += weight * share * (near**2 + variance)
    other = _tested(within, reading.sides, mean, sqrt(square - mean**2 + APART**2))
    return STRAY * (box.high - box.low) + (1 - STRAY) * ((1 - mixed) * same + mixed * other)


@lru_cache(maxsize=16384)
def p_box(p: str) -> Span | None:
    """The true p-values that an exact printed one admits, rounded half up; None for a limit.

    `.000` is a limit too.
    """
    found = read(p)
    if found is None or not found.exact:
        return None
    low, high = _box(found.digits).times(10.0**-found.power)
    return Span(max(low, 0.0), min(high, 1.0))


def _is_floor(p: str) -> bool:
    """Whether an exact p-value is .001, or a one at a later place."""
    found = read(p)
    text = found.digits if found and not found.power else ""
    return decimals(text) >= FLOOR_PLACES and text.partition(".")[2].lstrip("0") == "1"


@lru_cache(maxsize=16384)
def _box(text: str) -> Span:
    true = admitted(text)
    return Span(float(true.low), float(true.high))


def _pieces(box: Span) -> list[tuple[float, float]]:
    """The logarithms of the middles of the pieces of a box, and how long each piece is there."""
    step = (box.high - box.low) / STEPS
    middles = [box.low + (at + 0.5) * step for at in range(STEPS)]
    return [(log(middle), step / middle) for middle in middles]


def _deviates(box: Span, sides: int) -> Span:
    """The deviates of a test of so many sides whose p-value lies in a box."""

    def deviate(tail: float) -> float:
        if 0 < tail < 1:
            return -normal_quantile(tail)
        return inf if tail <= 0 else -inf

    return Span(deviate(box.high / sides), deviate(box.low / sides))


def _tested(within: Span, sides: int, mean: float, spread: float) -> float:
    """The probability that a test whose deviate is so distributed gives p within its box.

    A two-sided p-value is that of either sign; a one-sided one looks at either tail.
    """
    along = _between(within.low - mean, within.high - mean, spread)
    against = _between(within.low + mean, within.high + mean, spread)
    return along + against if sides > 1 else NEARER * along + (1 - NEARER) * against


def _between(low: float, high: float, spread: float) -> float:
    """The probability that a normal deviate of mean 0 lies between two values."""
    if low > WIDE * spread or high < -WIDE * spread:
        return 0.0
    scale = spread * sqrt(2)
    if low > 0:
        return (erfc(low / scale) - erfc(high / scale)) / 2
    return (erfc(-high / scale) - erfc(-low / scale)) / 2
