"""Which options pooling takes, by what is pooled: one that does nothing is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EFFECTS: Final = ("model", "tau2", "adjust", "level", "prediction")
PROPORTIONS: Final = (*EFFECTS, "method", "continuity")
MEDIANS: Final = {
    "weighted-median": ("method", "level"),
    "inverse-variance": ("method", "level", "model", "tau2", "adjust", "scale"),
    "quantile-estimation": ("method", "level", "model", "tau2", "adjust", "quantiles"),
}


def usable(given: Mapping[str, object], known: Collection[str], what: str) -> None:
    """Refuse an option that has no part in pooling something; ValueError names those that have."""
    for name in given:
        if name not in known:
            raise ValueError(f"{name} is no option of {what}; there are {', '.join(known)}")
    if given.get("model") == "common" and "prediction" in given:
        raise ValueError("one common effect predicts nothing else, so prediction is of random ones")
