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


def test_a_better_treatment_scores_higher_in_its_direction():
    """With lower values better the lowest scores most; with higher better the order turns."""
    estimates, covariance = np.array([0.0, -1.0, 2.0]), np.diag([0.0, 0.5, 0.5])
    lower = p_scores("ABC", estimates, covariance, better="lower")
    higher = p_scores("ABC", estimates, covariance, better="higher")
    assert ["B", "A", "C"] == sorted(lower, key=lower.get, reverse=True)
    assert ["C", "A", "B"] == sorted(higher, key=higher.get, reverse=True)
    assert [1, 1, 1] == pytest.approx([lower[name] + higher[name] for name in "ABC"])


def test_scores_are_means_over_the_others():
    """Each score is the mean of the pairwise certainties, with the variance of the difference."""
    estimates = np.array([0.0, 0.4, 0.9])
    covariance = np.array([[0.0, 0.0, 0.0], [0.0, 0.2, 0.05], [0.0, 0.05, 0.3]])
    phi = NormalDist().cdf
    ab, ac, bc = phi(0.4 / 0.2**0.5), phi(0.9 / 0.3**0.5), phi(0.5 / 0.4**0.5)
    found = p_scores("ABC", estimates, covariance, better="lower")
    assert [(ab + ac) / 2, (1 - ab + bc) / 2, (2 - ac - bc) / 2] == pytest.approx(
        list(found.values())
    )
