"""The unadjusted contrast of two counts, for the measures that counts give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kb.printed.measure import ODDS_RATIO, RISK_DIFFERENCE, RISK_RATIO
from kb.stats.proportions.two_group import odds_ratio, risk_difference, risk_ratio
from kb.stats.results import Effect

CRUDE: Final[dict[str, Callable[..., Effect]]] = {
    ODDS_RATIO: odds_ratio,
    RISK_RATIO: risk_ratio,
    RISK_DIFFERENCE: risk_difference,
}
"""Of each measure with a method under `counted`: the function of two counts that has it."""
