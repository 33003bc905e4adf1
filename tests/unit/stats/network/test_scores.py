"""P-scores against netmeta's and their definition; the reference cases are in `test_network`."""

from statistics import NormalDist

import numpy as np
import pytest

from kb.stats.network.scores import p_scores


def test_two_treatments_share_certainty():
    """Of two treatments the lower one has Φ(d/se), the other the rest; `higher` turns them."""
    estimates, covariance = np.array([0.0, 0.3]), np.array([[0.0, 0.0], [0.0, 0.04]])
    certain = NormalDist().cdf(0.3 / 0.2)
    assert {"A": certain, "B": 1 - certain} == pytest.approx(
        p_scores("AB", estimates, covariance, better="lower")
    )
    assert {"A": 1 - certain, "B": certain} == pytest.approx(
        p_scores("AB", estimates, covariance, better="higher")
    )


def test_the_direction_must_be_said_in_a_known_word():
    """Another word than lower or higher is refused."""
    with pytest.raises(ValueError, match="better is 'lower' or 'higher', not 'small'"):
        p_scores("AB", np.zeros(2), np.eye(2), better="small")
