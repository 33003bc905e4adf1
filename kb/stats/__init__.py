"""Statistics: numbers in, numbers out; no trials, no records.

What reviewers need daily has a name in `kb`; what they need now and then has one here. Every name
is resolved on first use, so `import kb.stats` loads nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.stats.network.estimate import (
        ConnectedPart as ConnectedPart,
        NetworkResult as NetworkResult,
        StudyInfluence as StudyInfluence,
    )
    from kb.stats.network.split import Split as Split
    from kb.stats.pooling.grouped import Grouped as Grouped, pool_by_group as pool_by_group
    from kb.stats.pooling.influence import Influence as Influence, influence as influence
    from kb.stats.pooling.matching import (
        Matching as Matching,
        bootstrap_proportion as bootstrap_proportion,
        weighted_proportion as weighted_proportion,
    )
    from kb.stats.pooling.multiverse import Multiverse as Multiverse, Variant as Variant
    from kb.stats.pooling.sensitivity import Subgroups as Subgroups, driver as driver
    from kb.stats.proportions.counts import (
        CountMatch as CountMatch,
        counts_from_interval as counts_from_interval,
    )
    from kb.stats.proportions.granularity import (
        debit as debit,
        grim as grim,
        grimmer as grimmer,
        largest_deviation as largest_deviation,
        whole_median as whole_median,
    )
    from kb.stats.proportions.simon import TwoStage as TwoStage
    from kb.stats.proportions.two_by_two import (
        TableMatch as TableMatch,
        TwoByTwo as TwoByTwo,
        boschloo as boschloo,
        chi_square as chi_square,
        fisher as fisher,
        matching_tests as matching_tests,
        reconstruct_two_by_two as reconstruct_two_by_two,
        yates as yates,
    )
    from kb.stats.results import Bounds as Bounds, Effect as Effect, Pooled as Pooled
    from kb.stats.survival.curves import Individuals as Individuals
    from kb.stats.survival.hazards import (
        LogRank as LogRank,
        cox_ratio as cox_ratio,
        log_rank as log_rank,
    )
    from kb.stats.survival.kaplan_meier import (
        CurveValues as CurveValues,
        SurvivalCurve as SurvivalCurve,
        restricted_mean as restricted_mean,
        survival_at as survival_at,
        survival_curve as survival_curve,
        survival_interval as survival_interval,
        survival_quantile as survival_quantile,
    )
    from kb.stats.survival.models import (
        PiecewiseExponential as PiecewiseExponential,
        Weibull as Weibull,
        curve_through as curve_through,
    )

_ROOMS = {
    "network.estimate": ("ConnectedPart", "NetworkResult", "StudyInfluence"),
    "network.split": ("Split",),
    "pooling.grouped": ("Grouped", "pool_by_group"),
    "pooling.influence": ("Influence", "influence"),
    "pooling.matching": ("Matching", "bootstrap_proportion", "weighted_proportion"),
    "pooling.multiverse": ("Multiverse", "Variant"),
    "pooling.sensitivity": ("Subgroups", "driver"),
    "proportions.counts": ("CountMatch", "counts_from_interval"),
    "proportions.granularity": ("debit", "grim", "grimmer", "largest_deviation", "whole_median"),
    "proportions.simon": ("TwoStage",),
    "proportions.two_by_two": (
        "TableMatch",
        "TwoByTwo",
        "boschloo",
        "chi_square",
        "fisher",
        "matching_tests",
        "reconstruct_two_by_two",
        "yates",
    ),
    "results": ("Bounds", "Effect", "Pooled"),
    "survival.curves": ("Individuals",),
    "survival.hazards": ("LogRank", "cox_ratio", "log_rank"),
    "survival.kaplan_meier": (
        "CurveValues",
        "SurvivalCurve",
        "restricted_mean",
        "survival_at",
        "survival_curve",
        "survival_interval",
        "survival_quantile",
    ),
    "survival.models": ("PiecewiseExponential", "Weibull", "curve_through"),
}
_HOMES = {name: f"{__name__}.{room}" for room, names in _ROOMS.items() for name in names}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
