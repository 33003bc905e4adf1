"""P-scores: how certainly each treatment of a network is better than the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def p_scores(
    treatments: Sequence[str], estimates: Array, covariance: Array, *, better: str
) -> dict[str, float]:
    """Return, per treatment, the mean over the others of the certainty of being better, 0 to 1.

    Rücker & Schwarzer 2015, BMC Med Res Methodol 15:58, 10.1186/s12874-015-0060-8, equation 3:
    Φ of the difference over its standard error. `better` is `lower` (hazard ratios of harm) or
    `higher`. Raises ValueError for another word.
    """
    if better not in ("lower", "higher"):
        raise ValueError(f"better is 'lower' or 'higher', not {better!r}")
    own = np.diag(covariance)
    errors = np.sqrt(own[:, None] + own - 2 * covariance)
    np.fill_diagonal(errors, 1.0)
    ahead = (estimates - estimates[:, None]) / errors
    certainty = ndtr(ahead if better == "lower" else -ahead)
    np.fill_diagonal(certainty, 0.0)
    scores = certainty.sum(axis=1) / (len(treatments) - 1)
    return dict(zip(treatments, scores.tolist(), strict=True))
