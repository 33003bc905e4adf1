"""The pieces that rules are made of: printed numbers, slips, interval forms, tests."""

import json
from math import inf
from pathlib import Path

import pytest

from kb.audits import NUMBER_RULES, RECORD_RULES, RULES, methods
from kb.audits.deviates import p_of, z_span
from kb.audits.rules.associations import fisher_one_sided, likelihood_ratio
from kb.audits.rules.cells import CELL_RULES
from kb.audits.typing_errors import meant_by, slip
from kb.printed.number import Span, says, span
from kb.printed.p_value import p_span


@pytest.mark.parametrize(
    ("text", "low", "high"), [("25", 24.5, 26), ("24.7", 24.65, 24.8), ("0", -1, 1), (".19", 0.185, 0.2)]
)  # fmt: skip
def test_span(text, low, high):
    """A printed number may have been rounded half up or cut off."""
    assert (low, high) == pytest.approx(span(text))


def test_says():
    """A value is printed so if it lies in the span, ends included."""
    assert [True, True, True, False] == [says("25", one) for one in (24.5, 25.0, 26.0, 26.1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<.001", (0, 0.001)), (">0.99", (0.99, 1)), ("NS", (0.05, 1)), ("= .19", (0.185, 0.2)),
     ("1.0", (0.95, 1)), ("x", None), ("1.2", None), ("12", None)],
)  # fmt: skip
def test_p_span(text, expected):
    """A printed p-value admits a range inside 0 to 1; what is none admits nothing."""
    found = p_span(text)
    assert expected is found if expected is None else expected == pytest.approx(found)


def test_deviates():
    """P = .05 two-sided is z = 1.96, and one-sided 1.64; p = 0 has no finite deviate."""
    assert (1.9600, 1.9600) == pytest.approx(z_span(Span(0.05, 0.05), 2), abs=1e-4)
    assert (1.6449, 1.6449) == pytest.approx(z_span(Span(0.05, 0.05), 1), abs=1e-4)
    assert inf == z_span(Span(0.0, 0.05), 2).high
    assert (".050", "<.0001") == (p_of(1.96), p_of(9))


@pytest.mark.parametrize(
    ("printed", "meant", "words"),
    [
        ("1.80", "1.08", "two digits swapped"),
        ("24.7", "42.7", "two digits swapped"),
        ("24.7", "23.7", "one digit changed"),
        ("1", "11", "a digit lost"),
        ("6.2", "6.25", ""),
        ("122.1", "12.1", "a digit too many"),
        ("10.3", "1.03", "the decimal point moved"),
        ("0.73", "7.3", "the decimal point moved"),
        ("25", "26", ""),
        ("25", "25", ""),
        ("7", "9", ""),
    ],
)
def test_slips(printed, meant, words):
    """One slip leads from what was meant to what is printed; another last digit is none."""
    assert words == slip(printed, meant)


def test_slips_are_numbers():
    """No slip has a leading zero, and none is the number itself."""
    found = meant_by("10.5")
    assert "10.5" not in found
    assert not [one for one in found if one[0] == "0" and one[1] != "."]


FORMS = json.loads(
    (Path(__file__).parents[2] / "reference" / "proportions.json").read_text("utf-8")
)


def test_forms_hold_the_methods():
    """The forms of an interval include each method of the statistics, in percent."""
    from kb.stats.proportions.intervals import METHODS, proportion_interval

    forms = methods.forms(8, 32, 95)
    for method in METHODS:
        bounds = proportion_interval(8, 32, method=method)
        assert (100 * bounds.low, 100 * bounds.high) == pytest.approx(forms[method])


def test_forms_by_their_equations():
    """The transformed forms have the same distance from the estimate on their own scale."""
    from math import asin, log, sqrt

    p, forms = 0.25, methods.forms(8, 32, 95)
    scales = {
        "wald, not cut off at 0 and 100": lambda x: x,
        "wald with continuity correction": lambda x: x,
        "logit": lambda x: log(x / (1 - x)),
        "log-log": lambda x: log(-log(x)),
        "log": log,
        "arcsine": lambda x: asin(sqrt(x)),
    }
    for form, scale in scales.items():
        low, high = (scale(bound / 100) for bound in forms[form])
        assert scale(p) == pytest.approx((low + high) / 2), form
    error = sqrt(p * (1 - p) / 32)
    assert 1.959964 * error == pytest.approx(forms["wald, not cut off at 0 and 100"].high / 100 - p)
    assert 1.959964 * error + 1 / 64 == pytest.approx(
        forms["wald with continuity correction"].high / 100 - p
    )
    assert 1.959964 / sqrt(32 * p * (1 - p)) == pytest.approx(
        scales["logit"](forms["logit"].high / 100) - scales["logit"](p)
    )
    assert 1.959964 * sqrt((1 - p) / 8) == pytest.approx(log(forms["log"].high / 100) - log(p))
    assert 1.959964 / (2 * sqrt(32)) == pytest.approx(
        asin(sqrt(forms["arcsine"].high / 100)) - asin(sqrt(p))
    )


def test_border_form():
    """At 0 events the one-sided bound solves (1 − p)ⁿ = 1 − level."""
    bounds = methods.forms(0, 14, 95)[methods.ONE_SIDED]
    assert (0, 100 * (1 - 0.05 ** (1 / 14))) == pytest.approx(bounds)


def test_tests_by_their_equations():
    """One-sided Fisher sums the tail; the likelihood ratio is 2 Σ O ln(O/E) on one degree."""
    from math import comb, erfc, log, sqrt

    tail = sum(comb(30, x) * comb(30, 12 - x) for x in range(9, 13)) / comb(60, 12)
    assert tail == pytest.approx(fisher_one_sided(9, 30, 3, 30))
    cells = ((9, 6), (3, 6), (21, 24), (27, 24))
    statistic = 2 * sum(seen * log(seen / expected) for seen, expected in cells)
    assert erfc(sqrt(statistic / 2)) == pytest.approx(likelihood_ratio(9, 30, 3, 30))


def test_rules_are_named_and_explained():
    """Every rule has an id of its own, a first sentence and more, and yields under its own name."""
    names = [rule.__name__ for rule in RULES]
    assert len(names) == len(set(names))
    assert (*CELL_RULES, *NUMBER_RULES, *RECORD_RULES) == RULES[:-1]
    for rule in RULES:
        first, _, _ = rule.__doc__.partition("\n")
        assert first.endswith((".", ". A note.")), rule.__name__
