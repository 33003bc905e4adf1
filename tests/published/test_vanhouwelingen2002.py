"""van Houwelingen, Arends & Stijnen 2002, Stat Med 21:589, 10.1002/sim.1040: BCG vaccine.

Thirteen trials of Colditz et al. 1994, as in the data set dat.colditz1994 of metadat: cases and
healthy, vaccinated and not. Expected numbers stand in the text of pages 596 and 597.
"""

from math import exp, log, sqrt

import pytest

import kb

TRIALS = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]
VALUES = [log(a * d / (b * c)) for a, b, c, d in TRIALS]
ERRORS = [sqrt(1 / a + 1 / b + 1 / c + 1 / d) for a, b, c, d in TRIALS]


def _ratios(found):
    return tuple(round(exp(one), 3) for one in (found.value, found.low, found.high))


def test_common_effect():
    """Page 596: 0.647 (0.595 to 0.703); we have 0.702, as metafor does."""
    assert (0.647, 0.595, 0.702) == _ratios(kb.pool_effects(VALUES, ERRORS, model="common"))


def test_random_effects():
    """Page 597: 0.476 (0.336 to 0.675) with tau² 0.302 by maximum likelihood."""
    found = kb.pool_effects(VALUES, ERRORS, tau2="ml")
    assert (0.476, 0.336, 0.675) == _ratios(found)
    assert 0.302 == round(found.tau2, 3)


def test_interval_of_tau2():
    """Page 597 has 0.135 to 1.181 by Satterthwaite's approximation; the Q-profile has 0.130."""
    found = kb.pool_effects(VALUES, ERRORS, tau2="ml")
    assert (0.130, 1.181) == (round(found.tau2_low, 3), round(found.tau2_high, 3))


def test_odds_ratios_themselves():
    """The odds ratio of each trial is that of `odds_ratio`, with Woolf's error."""
    for (a, b, c, d), value, error in zip(TRIALS, VALUES, ERRORS, strict=True):
        found = kb.odds_ratio(a, a + b, c, c + d)
        assert exp(value) == pytest.approx(found.value, rel=1e-12)
        assert error == pytest.approx(
            (log(found.high) - log(found.low)) / (2 * 1.959963984540054), rel=1e-9
        )
