"""Miller 1978, Am Stat 32:138, 10.2307/2682942: the inverse of the Freeman–Tukey transformation.

His four proportions, page 138: 3/11, 6/17, 10/21, 1/6; the weighted mean is 1.3093 on his scale
(twice ours), and 0.3595 as a proportion by the harmonic mean of the sizes.
"""

import kb


def test_back_transformation():
    """The common-effect mean comes back as the paper's proportion."""
    found = kb.pool_proportions(
        [3, 6, 10, 1], [11, 17, 21, 6], model="common", method="freeman-tukey"
    )
    assert 0.3595 == round(found.value, 4)
