"""Stijnen, Hamza & Ozdemir 2010, Stat Med 29:3046, 10.1002/sim.4040: catheter infections.

Counts of Niel-Weise et al. 2007, 10.1007/s00134-007-0897-3, as in the data set dat.nielweise2007 of
metadat. Expected numbers are Table II on page 3050; where the paper and we differ it is said.
"""

import math

import pytest

import kb

CONTROL = [
    (3, 117),
    (3, 35),
    (9, 195),
    (7, 136),
    (6, 157),
    (4, 139),
    (3, 177),
    (2, 39),
    (19, 103),
    (2, 122),
    (7, 64),
    (1, 58),
    (5, 175),
    (11, 180),
    (0, 105),
    (1, 262),
    (3, 362),
    (1, 69),
]
COATED = [
    (0, 116),
    (1, 44),
    (2, 208),
    (0, 130),
    (5, 151),
    (1, 98),
    (1, 174),
    (1, 74),
    (1, 97),
    (1, 113),
    (0, 66),
    (0, 70),
    (3, 188),
    (6, 187),
    (0, 118),
    (0, 252),
    (1, 345),
    (4, 64),
]


def _pooled(counts, **options):
    events, n = zip(*counts, strict=True)
    return kb.pool_proportions(events, n, **options)


@pytest.mark.parametrize(
    ("counts", "logit", "se", "tau2", "percent"),
    [
        (CONTROL, -3.50, 0.26, 0.81, (0.029, 0.018, 0.048)),
        (COATED, -4.81, 0.36, 0.83, (0.008, 0.004, 0.016)),
    ],
    ids=["control", "coated"],
)
def test_binomial_normal_model(counts, logit, se, tau2, percent):
    """The exact likelihood gives the paper's binomial-normal rows, arms without events included."""
    found = _pooled(counts)
    assert logit == round(math.log(found.value / (1 - found.value)), 2)
    assert se == round(found.se, 2)
    assert tau2 == round(found.tau2, 2)
    assert percent == (round(found.value, 3), round(found.low, 3), round(found.high, 3))


@pytest.mark.parametrize(
    ("counts", "logit", "se", "tau2", "percent"),
    [
        (CONTROL, -3.30, 0.24, 0.663, (0.036, 0.023, 0.055)),  # the paper has 0.035 and 0.056
        (COATED, -4.26, 0.26, 0.393, (0.014, 0.008, 0.023)),
    ],
    ids=["control", "coated"],
)
def test_normal_normal_model(counts, logit, se, tau2, percent):
    """Inverse variance on the logit, with ½ in arms without events, gives the normal-normal rows."""
    found = _pooled(counts, method="logit")
    assert logit == round(math.log(found.value / (1 - found.value)), 2)
    assert se == round(found.se, 2)
    assert tau2 == round(found.tau2, 3)
    assert percent == (round(found.value, 3), round(found.low, 3), round(found.high, 3))
