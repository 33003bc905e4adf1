"""DerSimonian & Kacker 2007, Contemp Clin Trials 28:105, 10.1016/j.cct.2006.04.004: CLASP.

Aspirin against none in pre-eclampsia. Expected numbers are Tables 3 and 4, pages 111-112. We differ
in maximum likelihood: the tables have tau 0.0023 and mean -0.1974, where an iteration stopped; the
likelihood falls from 0 on, so the maximum is at 0.
"""

import math

import pytest

import kb

TREATED = [(5, 156), (5, 303), (12, 565), (69, 1570), (9, 103), (313, 4659)]
CONTROL = [(8, 74), (17, 303), (9, 477), (94, 1565), (11, 105), (352, 4650)]


def _log_odds_ratios():
    for (a, n1), (c, n2) in zip(TREATED, CONTROL, strict=True):
        b, d = n1 - a, n2 - c
        yield math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


@pytest.mark.parametrize(
    ("method", "tau", "mean", "se"),
    [
        ("pm", 0.3681, -0.3811, 0.2060),
        ("dl", 0.2323, -0.3240, 0.1540),
        ("ml", 0.0, -0.1973, 0.0694),
        ("reml", 0.1843, -0.2980, 0.1343),
    ],
)
def test_estimators_of_tau2(method, tau, mean, se):
    """Paule–Mandel, DerSimonian–Laird, ML and REML give the paper's four decimals."""
    values, errors = zip(*_log_odds_ratios(), strict=True)
    found = kb.pool_effects(values, errors, tau2=method)
    assert (tau, mean, se) == (
        round(math.sqrt(found.tau2), 4),
        round(found.value, 4),
        round(found.se, 4),
    )


def test_likelihood_falls_from_zero():
    """The profile likelihood is highest at tau² = 0, so 0.0023 is no maximum."""
    values, errors = zip(*_log_odds_ratios(), strict=True)

    def profile(tau2):
        weights = [1 / (error**2 + tau2) for error in errors]
        mean = sum(w * y for w, y in zip(weights, values, strict=True)) / sum(weights)
        return (
            sum(math.log(w) - w * (y - mean) ** 2 for w, y in zip(weights, values, strict=True)) / 2
        )

    heights = [profile(tau2) for tau2 in (0, 1e-7, 0.0023**2, 1e-4, 1e-2)]
    assert heights == sorted(heights, reverse=True)
