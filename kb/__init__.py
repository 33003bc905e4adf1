"""Evidence knowledge base for sarcoma combination therapy.

Every public name is resolved on first use, so `import kb` loads nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kb.version import VERSION

if TYPE_CHECKING:
    from kb.audits import (
        audit as audit,
    )
    from kb.audits import (
        audit_table as audit_table,
    )
    from kb.audits.finding import Finding as Finding
    from kb.comparison.caveat import Caveat as Caveat
    from kb.comparison.changes import diff as diff
    from kb.comparison.compare import (
        Comparison as Comparison,
    )
    from kb.comparison.compare import (
        compare as compare,
    )
    from kb.errors import (
        InvalidRecordsError as InvalidRecordsError,
    )
    from kb.errors import (
        KBError as KBError,
    )
    from kb.errors import (
        MissingExtraError as MissingExtraError,
    )
    from kb.errors import (
        NotComparableError as NotComparableError,
    )
    from kb.errors import (
        Place as Place,
    )
    from kb.errors import (
        Problem as Problem,
    )
    from kb.errors import (
        RootNotFoundError as RootNotFoundError,
    )
    from kb.errors import (
        UnknownFormatError as UnknownFormatError,
    )
    from kb.errors import (
        UnknownTermError as UnknownTermError,
    )
    from kb.errors import (
        UnsupportedFormatError as UnsupportedFormatError,
    )
    from kb.exporters import export as export
    from kb.graphs.evidence import graph as graph
    from kb.graphs.gaps import gaps as gaps
    from kb.graphs.neighbours import (
        related as related,
    )
    from kb.graphs.neighbours import (
        reporting as reporting,
    )
    from kb.graphs.paths import path as path
    from kb.model import Trial as Trial
    from kb.query.select import (
        Selection as Selection,
    )
    from kb.query.select import (
        select as select,
    )
    from kb.rendering.figures.forest import forest as forest
    from kb.rendering.views import render as render
    from kb.rows.row import Row as Row
    from kb.stats.network.estimate import (
        NetworkResult as NetworkResult,
    )
    from kb.stats.network.estimate import (
        network_effects as network_effects,
    )
    from kb.stats.pooling.matching import matching_weights as matching_weights
    from kb.stats.pooling.medians import pool_medians as pool_medians
    from kb.stats.pooling.multiverse import multiverse as multiverse
    from kb.stats.pooling.pool import (
        pool_effects as pool_effects,
    )
    from kb.stats.pooling.pool import (
        pool_proportions as pool_proportions,
    )
    from kb.stats.pooling.sensitivity import (
        cumulative as cumulative,
    )
    from kb.stats.pooling.sensitivity import (
        leave_one_out as leave_one_out,
    )
    from kb.stats.pooling.sensitivity import (
        subgroups as subgroups,
    )
    from kb.stats.pooling.standard_errors import (
        standard_error as standard_error,
    )
    from kb.stats.pooling.standard_errors import (
        standard_error_from_p as standard_error_from_p,
    )
    from kb.stats.proportions.bayes import (
        probability_above as probability_above,
    )
    from kb.stats.proportions.bayes import (
        probability_greater as probability_greater,
    )
    from kb.stats.proportions.counts import (
        matching_interval_methods as matching_interval_methods,
    )
    from kb.stats.proportions.counts import (
        reconstruct_counts as reconstruct_counts,
    )
    from kb.stats.proportions.counts import (
        reconstruct_denominators as reconstruct_denominators,
    )
    from kb.stats.proportions.intervals import proportion_interval as proportion_interval
    from kb.stats.proportions.simon import simon_two_stage as simon_two_stage
    from kb.stats.proportions.two_by_two import two_by_two as two_by_two
    from kb.stats.proportions.two_group import (
        odds_ratio as odds_ratio,
    )
    from kb.stats.proportions.two_group import (
        risk_difference as risk_difference,
    )
    from kb.stats.proportions.two_group import (
        risk_ratio as risk_ratio,
    )
    from kb.stats.results import (
        Bounds as Bounds,
    )
    from kb.stats.results import (
        Effect as Effect,
    )
    from kb.stats.results import (
        Pooled as Pooled,
    )
    from kb.stats.survival.curves import reconstruct_survival as reconstruct_survival
    from kb.stats.survival.models import landmark_interval as landmark_interval
    from kb.store.knowledge_base import (
        KnowledgeBase as KnowledgeBase,
    )
    from kb.store.knowledge_base import (
        check as check,
    )
    from kb.store.knowledge_base import (
        load as load,
    )
    from kb.synthesis.network import network as network
    from kb.synthesis.pool import pool as pool
    from kb.synthesis.unanchored import across as across
    from kb.vocabulary import Vocabulary as Vocabulary

__version__ = VERSION

_HOMES = {
    "Bounds": "kb.stats.results",
    "Caveat": "kb.comparison.caveat",
    "Comparison": "kb.comparison.compare",
    "Effect": "kb.stats.results",
    "Finding": "kb.audits.finding",
    "InvalidRecordsError": "kb.errors",
    "KBError": "kb.errors",
    "KnowledgeBase": "kb.store.knowledge_base",
    "MissingExtraError": "kb.errors",
    "NetworkResult": "kb.stats.network.estimate",
    "NotComparableError": "kb.errors",
    "Place": "kb.errors",
    "Pooled": "kb.stats.results",
    "Problem": "kb.errors",
    "RootNotFoundError": "kb.errors",
    "Row": "kb.rows.row",
    "Selection": "kb.query.select",
    "Trial": "kb.model",
    "UnknownFormatError": "kb.errors",
    "UnknownTermError": "kb.errors",
    "UnsupportedFormatError": "kb.errors",
    "Vocabulary": "kb.vocabulary",
    "across": "kb.synthesis.unanchored",
    "audit": "kb.audits",
    "audit_table": "kb.audits",
    "check": "kb.store.knowledge_base",
    "compare": "kb.comparison.compare",
    "cumulative": "kb.stats.pooling.sensitivity",
    "diff": "kb.comparison.changes",
    "export": "kb.exporters",
    "forest": "kb.rendering.figures.forest",
    "gaps": "kb.graphs.gaps",
    "graph": "kb.graphs.evidence",
    "landmark_interval": "kb.stats.survival.models",
    "leave_one_out": "kb.stats.pooling.sensitivity",
    "load": "kb.store.knowledge_base",
    "matching_interval_methods": "kb.stats.proportions.counts",
    "matching_weights": "kb.stats.pooling.matching",
    "multiverse": "kb.stats.pooling.multiverse",
    "network": "kb.synthesis.network",
    "network_effects": "kb.stats.network.estimate",
    "odds_ratio": "kb.stats.proportions.two_group",
    "path": "kb.graphs.paths",
    "pool": "kb.synthesis.pool",
    "pool_effects": "kb.stats.pooling.pool",
    "pool_medians": "kb.stats.pooling.medians",
    "pool_proportions": "kb.stats.pooling.pool",
    "probability_above": "kb.stats.proportions.bayes",
    "probability_greater": "kb.stats.proportions.bayes",
    "proportion_interval": "kb.stats.proportions.intervals",
    "reconstruct_counts": "kb.stats.proportions.counts",
    "reconstruct_denominators": "kb.stats.proportions.counts",
    "reconstruct_survival": "kb.stats.survival.curves",
    "related": "kb.graphs.neighbours",
    "render": "kb.rendering.views",
    "reporting": "kb.graphs.neighbours",
    "risk_difference": "kb.stats.proportions.two_group",
    "risk_ratio": "kb.stats.proportions.two_group",
    "select": "kb.query.select",
    "simon_two_stage": "kb.stats.proportions.simon",
    "standard_error": "kb.stats.pooling.standard_errors",
    "standard_error_from_p": "kb.stats.pooling.standard_errors",
    "subgroups": "kb.stats.pooling.sensitivity",
    "two_by_two": "kb.stats.proportions.two_by_two",
}

__all__ = [
    "Bounds",
    "Caveat",
    "Comparison",
    "Effect",
    "Finding",
    "InvalidRecordsError",
    "KBError",
    "KnowledgeBase",
    "MissingExtraError",
    "NetworkResult",
    "NotComparableError",
    "Place",
    "Pooled",
    "Problem",
    "RootNotFoundError",
    "Row",
    "Selection",
    "Trial",
    "UnknownFormatError",
    "UnknownTermError",
    "UnsupportedFormatError",
    "Vocabulary",
    "across",
    "audit",
    "audit_table",
    "check",
    "compare",
    "cumulative",
    "diff",
    "export",
    "forest",
    "gaps",
    "graph",
    "landmark_interval",
    "leave_one_out",
    "load",
    "matching_interval_methods",
    "matching_weights",
    "multiverse",
    "network",
    "network_effects",
    "odds_ratio",
    "path",
    "pool",
    "pool_effects",
    "pool_medians",
    "pool_proportions",
    "probability_above",
    "probability_greater",
    "proportion_interval",
    "reconstruct_counts",
    "reconstruct_denominators",
    "reconstruct_survival",
    "related",
    "render",
    "reporting",
    "risk_difference",
    "risk_ratio",
    "select",
    "simon_two_stage",
    "standard_error",
    "standard_error_from_p",
    "subgroups",
    "two_by_two",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
