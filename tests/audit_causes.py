"""How often the first cause that the audit names for a proportion is the right one.

Proportions with their percent and interval are made up, one slip is put into each without regard to
whether it shows, and what the audit says first of those that it sees is held against the slip.
`measured()` gives the figures that the page on sharpness prints.
"""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from audit_studies import METHODS, seeded
from kb.audits import methods
from kb.audits.causes import BOUND, COUNT, ERROR, LEVEL, PERCENT, Cause, Claim, N, causes
from kb.printed.number import half_up
from kb.stats.proportions.intervals import proportion_interval

if TYPE_CHECKING:
    from random import Random

KINDS = ("n off by 1 to 3", "count off by 1 or 2", "a digit of a bound", "a digit of the percent",
         "another level", "one standard error", "another method")  # fmt: skip
USUAL = ("clopper-pearson",) * 6 + ("wilson",) * 2 + ("wald",) * 2 + METHODS
"""Methods as they are met: exact intervals most often, then Wilson and Wald, then all alike."""
EXOTIC = ("logit", "log-log", "log", "arcsine", "wald with continuity correction")


class Planted(NamedTuple):
    """A proportion with a slip: what is printed, and what the first cause should name."""

    claim: Claim
    kind: str
    truth: tuple[object, ...]


class Accuracy(NamedTuple):
    """Of slips of one kind: planted, seen, the kind named right, the very number named right."""

    planted: int
    seen: int
    kind_right: int
    number_right: int


def planted(random: Random, kind: str, *, counted: bool = True, decimals: int = 1) -> Planted:
    """A made-up proportion with one slip of this kind."""
    n = random.randint(12, 220)
    x = random.randint(1, n - 1)
    method = random.choice(USUAL)
    percent = half_up(100 * x / n, decimals)
    low, high = _bounds(x, n, 95, method, decimals)
    printed_x, printed_n = x, n
    truth: tuple[object, ...] = ()
    match kind:
        case "n off by 1 to 3":
            printed_n = n + random.choice((-3, -2, -1, 1, 2, 3))
            truth = (N, n)
        case "count off by 1 or 2":
            printed_x = x + random.choice((-2, -1, 1, 2))
            truth = (COUNT, x)
        case "a digit of a bound":
            side = random.choice(("low", "high"))
            meant = low if side == "low" else high
            wrong = _mistyped(random, meant)
            low, high = (wrong, high) if side == "low" else (low, wrong)
            truth = (BOUND, meant)
        case "a digit of the percent":
            truth = (PERCENT, percent) if counted else (COUNT, x)
            percent = _mistyped(random, percent)
        case "another level":
            level = random.choice((80, 90, 99))
            low, high = _bounds(x, n, level, method, decimals)
            truth = (LEVEL, level)
        case "one standard error":
            error = sqrt(x * (n - x) / n**3)
            low, high = (half_up(100 * (x / n + k * error), decimals) for k in (-1, 1))
            truth = (ERROR, None)
        case "another method":
            form = methods.forms(x, n, 95)[random.choice(EXOTIC)]
            low, high = (half_up(bound, decimals) for bound in (form.low, form.high))
    printed_n = max(1, printed_n)
    counts = (printed_x,) if counted else _admitted(percent, printed_n)
    claim = Claim(percent, printed_n, counts, low, high, 95, counted=counted)
    return Planted(claim, kind, truth)


def seen(one: Planted) -> tuple[Cause, ...] | None:
    """The causes that the audit weighs, likeliest first; None where it sees nothing."""
    claim = one.claim
    possible = claim.counts and 0 <= min(claim.counts) and max(claim.counts) <= claim.n
    if not possible or float(claim.value) > 100:
        return None
    if float(claim.low) >= float(claim.high):
        return None
    if claim.percent_fits and claim.interval_fits:
        return None
    return causes(claim)


def measured(
    per_kind: int = 400, *, counted: bool = True, decimals: int = 1
) -> dict[str, Accuracy]:
    """For each kind of slip how many were seen, and how many of these were named right first."""
    found = {}
    for kind in KINDS:
        if kind == "count off by 1 or 2" and not counted:
            continue
        tally: Counter[str] = Counter()
        for seed in range(per_kind):
            one = planted(seeded(f"{kind} {seed} {decimals}"), kind, counted=counted,
                          decimals=decimals)  # fmt: skip
            weighed = seen(one)
            if weighed is None:
                continue
            tally["seen"] += 1
            first = weighed[0] if weighed else None
            if first and one.truth and first.kind == one.truth[0]:
                tally["kind"] += 1
                tally["number"] += _named(first) == one.truth
        found[kind] = Accuracy(per_kind, tally["seen"], tally["kind"], tally["number"])
    return found


def _named(cause: Cause) -> tuple[object, ...]:
    """The kind of a cause, and the number that it says was meant."""
    meant = {N: cause.n, COUNT: cause.events, BOUND: cause.meant, PERCENT: cause.meant,
             LEVEL: cause.level, ERROR: None}  # fmt: skip
    return cause.kind, meant[cause.kind]


def _bounds(x: int, n: int, level: float, method: str, decimals: int) -> tuple[str, str]:
    bounds = proportion_interval(x, n, level=level, method=method)
    return half_up(100 * bounds.low, decimals), half_up(100 * bounds.high, decimals)


def _mistyped(random: Random, text: str) -> str:
    """A number with two neighbouring digits swapped, or one digit changed."""
    digits = list(text)
    places = [at for at, one in enumerate(digits) if one.isdigit()]
    if random.random() < 0.5 and len(places) > 1:
        at = random.randrange(len(places) - 1)
        left, right = places[at], places[at + 1]
        digits[left], digits[right] = digits[right], digits[left]
    else:
        digits[random.choice(places)] = random.choice("0123456789")
    return "".join(digits)


def _admitted(percent: str, n: int) -> tuple[int, ...]:
    from kb.stats.proportions.counts import reconstruct_counts

    return tuple(reconstruct_counts(percent, n, rounding="any")) if float(percent) <= 100 else ()


if __name__ == "__main__":
    for counted in (True, False):
        for decimals in (1, 0):
            total = [0, 0, 0]
            print(f"count printed: {counted}; decimals: {decimals}")
            for kind, one in measured(counted=counted, decimals=decimals).items():
                print(f"  {kind}: {one}")
                if kind != KINDS[-1]:
                    total = [a + b for a, b in zip(total, one[1:], strict=True)]
            print(f"  all: seen {total[0]}, kind right {100 * total[1] / total[0]:.0f} %, "
                  f"number right {100 * total[2] / total[0]:.0f} %")  # fmt: skip
