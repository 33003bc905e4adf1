"""Many pools at once against one at a time."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from kb.stats.pooling.grouped import pool_by_group
from kb.stats.pooling.pool import pool_effects

STUDIES = st.lists(
    st.tuples(st.floats(-2, 2), st.floats(0.05, 2), st.integers(0, 4)), min_size=1, max_size=30
)


@given(STUDIES)
def test_each_group_is_pooled_as_if_alone(studies):
    """Value, standard error, tau² and Q of every group are those of `pool_effects`."""
    values, errors, groups = map(np.array, zip(*studies, strict=True))
    found = pool_by_group(values, errors, groups)
    for group in range(groups.max() + 1):
        mine = groups == group
        if not mine.any():
            assert np.isnan(found.value[group])
            assert np.isnan(found.se[group])
            continue
        alone = pool_effects(values[mine], errors[mine], tau2="dl")
        expected = [alone.value, alone.se, alone.tau2, alone.df]
        assert expected == pytest.approx(
            [found.value[group], found.se[group], found.tau2[group], found.df[group]],
            rel=1e-9,
            abs=1e-12,
            nan_ok=True,
        )
        if alone.k > 1:
            assert alone.q == pytest.approx(found.q[group], rel=1e-9, abs=1e-12)


def test_a_study_that_outweighs_the_rest_leaves_tau2_its_digits():
    """Beside a weight of 1e18 the scale of two weights of 1 is still 2, so tau² = (Q − 2)/4."""
    groups = np.array([1, 1, 1, 0, 0, 0, 2, 2], np.uint64)
    found = pool_by_group([0, 1, 4, 0, 1, 4, 0, 0], [1e-9, 1, 1, 1e-9, 1, 1, 1, 1], groups)
    assert [15 / 4, 15 / 4, 0] == pytest.approx(found.tau2, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.1], [0.1, 0.2], [0]), "values and standard errors are two lists"),
        (([0.1, 0.2], [0.1, 0.2], [0]), "three columns of one length"),
        (([], [], []), "two lists of one length"),
        (([0.1], [0.1], [-1]), "groups are whole numbers from 0"),
        (([0.1], [0.1], [0.5]), "groups are whole numbers from 0"),
        (([0.1], [0.1], ["a"]), "groups are whole numbers from 0"),
        (([0.1, 0.2], [0.1, 0.0], [0, 0]), "standard errors must be positive, not 0.0"),
    ],
)
def test_impossible_columns_are_refused(arguments, message):
    """Columns of unequal length, errors of 0 and groups without a number are named."""
    with pytest.raises(ValueError, match=message):
        pool_by_group(*arguments)
