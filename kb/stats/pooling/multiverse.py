"""What every reasonable model makes of the same arms, and whose default each of them is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kb.stats.pooling.heterogeneity import ESTIMATORS
from kb.stats.pooling.pool import pool_proportions
from kb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike

    from kb.stats.results import Pooled


class Variant(NamedTuple):
    """One model: its options, its answer, and the packages that give it unasked."""

    method: str
    model: str
    tau2: str
    adjust: str
    pooled: Pooled
    default_of: tuple[str, ...]


class Multiverse(list[Variant], View):
    """The variants in the order of methods: a list that can be rendered and exported."""


# Documented in the usage lines of metafor's rma.uni (method="REML", test="z", add=1/2, to="only0")
# and rma.glmm (method="ML", nAGQ=7), in the help page of meta's metaprop since 4.9-6 (GLMM for the
# logit, its default scale), and in the news of meta 5.0-0 (REML in place of DerSimonian–Laird).
_DEFAULTS = {
    ("glmm", "random", "ml", "none"): (
        "meta::metaprop(x, n) since 4.9-6",
        'metafor::rma.glmm(measure="PLO")',
    ),
    ("logit", "random", "reml", "none"): (
        'metafor::rma(measure="PLO")',
        'meta::metaprop(method="Inverse") since 5.0-0',
    ),
    ("logit", "random", "dl", "none"): ('meta::metaprop(method="Inverse") before 5.0-0',),
    ("freeman-tukey", "random", "reml", "none"): (
        'metafor::rma(measure="PFT")',
        'meta::metaprop(sm="PFT") since 5.0-0',
    ),
    ("freeman-tukey", "random", "dl", "none"): ('meta::metaprop(sm="PFT") before 5.0-0',),
    ("arcsine", "random", "reml", "none"): (
        'metafor::rma(measure="PAS")',
        'meta::metaprop(sm="PAS") since 5.0-0',
    ),
    ("arcsine", "random", "dl", "none"): ('meta::metaprop(sm="PAS") before 5.0-0',),
}


def multiverse(events: ArrayLike, n: ArrayLike, *, level: float = 95) -> Multiverse:
    """Return the pooled proportion under every combination of method, model, tau² and interval.

    Arms and `level` as for `pool_proportions`; the logit with ½ in arms with a zero cell. `tau2`
    is empty under a common effect. Steegen et al. 2016, 10.1177/1745691616658637.
    """
    return Multiverse(
        Variant(
            method,
            model,
            tau2,
            adjust,
            pool_proportions(
                events, n, method=method, model=model, tau2=tau2 or None, adjust=adjust, level=level
            ),
            _DEFAULTS.get((method, model, tau2, adjust), ()),
        )
        for method, model, tau2, adjust in _combinations()
    )


def _combinations() -> Iterator[tuple[str, str, str, str]]:
    yield "glmm", "random", "ml", "none"
    yield "glmm", "common", "", "none"
    for method in ("logit", "freeman-tukey", "arcsine"):
        yield method, "common", "", "none"
        for tau2, adjust in product(ESTIMATORS, ("none", "hksj")):
            yield method, "random", tau2, adjust
