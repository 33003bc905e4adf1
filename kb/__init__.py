"""Evidence knowledge base for sarcoma combination therapy.

Every public name is resolved on first use, so `import kb` loads nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kb.version import VERSION

if TYPE_CHECKING:
    from kb.audits import audit as audit, audit_table as audit_table
    from kb.audits.digitised_curves import audit_curve as audit_curve
    from kb.audits.finding import Finding as Finding, Findings as Findings
    from kb.comparison.caveat import Caveat as Caveat
    from kb.comparison.changes import diff as diff
    from kb.comparison.compare import Comparison as Comparison, compare as compare
    from kb.comparison.harms import Harms as Harms, harms as harms
    from kb.errors import (
        InvalidRecordsError as InvalidRecordsError,
        KBError as KBError,
        MissingExtraError as MissingExtraError,
        NotComparableError as NotComparableError,
        Place as Place,
        Problem as Problem,
        Problems as Problems,
        RootNotFoundError as RootNotFoundError,
        UnknownFormatError as UnknownFormatError,
        UnknownTermError as UnknownTermError,
        UnsupportedFormatError as UnsupportedFormatError,
    )
    from kb.exporters import export as export
    from kb.graphs.evidence import graph as graph
    from kb.graphs.gaps import gaps as gaps
    from kb.graphs.neighbours import related as related, reporting as reporting
    from kb.graphs.paths import path as path
    from kb.model import Trial as Trial
    from kb.query.select import Selection as Selection, select as select
    from kb.query.terms import terms as terms
    from kb.rendering.figures.forest import forest as forest
    from kb.rendering.views import render as render
    from kb.rows.row import Row as Row
    from kb.stats.network.estimate import (
        NetworkResult as NetworkResult,
        network_effects as network_effects,
    )
    from kb.stats.pooling.matching import matching_weights as matching_weights
    from kb.stats.pooling.medians import pool_medians as pool_medians
    from kb.stats.pooling.multiverse import multiverse as multiverse
    from kb.stats.pooling.pool import (
        pool_effects as pool_effects,
        pool_proportions as pool_proportions,
    )
    from kb.stats.pooling.sensitivity import (
        cumulative as cumulative,
        leave_one_out as leave_one_out,
        subgroups as subgroups,
    )
    from kb.stats.pooling.standard_errors import (
        standard_error as standard_error,
        standard_error_from_p as standard_error_from_p,
    )
    from kb.stats.proportions.bayes import (
        probability_above as probability_above,
        probability_greater as probability_greater,
    )
    from kb.stats.proportions.counts import (
        matching_interval_methods as matching_interval_methods,
        reconstruct_counts as reconstruct_counts,
        reconstruct_denominators as reconstruct_denominators,
    )
    from kb.stats.proportions.intervals import proportion_interval as proportion_interval
    from kb.stats.proportions.simon import simon_two_stage as simon_two_stage
    from kb.stats.proportions.two_by_two import two_by_two as two_by_two
    from kb.stats.proportions.two_group import (
        odds_ratio as odds_ratio,
        risk_difference as risk_difference,
        risk_ratio as risk_ratio,
    )
    from kb.stats.results import Bounds as Bounds, Effect as Effect, Pooled as Pooled
    from kb.stats.survival.curves import reconstruct_survival as reconstruct_survival
    from kb.stats.survival.models import landmark_interval as landmark_interval
    from kb.store.knowledge_base import KnowledgeBase as KnowledgeBase, check as check, load as load
    from kb.synthesis.alternatives import alternatives as alternatives
    from kb.synthesis.network import network as network
    from kb.synthesis.pool import pool as pool
    from kb.synthesis.unanchored import across as across
    from kb.tables.table import table as table
    from kb.vocabulary import Vocabulary as Vocabulary

__version__ = VERSION

_NAMES = {
    "kb.audits": "audit audit_table",
    "kb.audits.digitised_curves": "audit_curve",
    "kb.audits.finding": "Finding Findings",
    "kb.comparison.caveat": "Caveat",
    "kb.comparison.changes": "diff",
    "kb.comparison.compare": "Comparison compare",
    "kb.comparison.harms": "Harms harms",
    "kb.errors": (
        "InvalidRecordsError KBError MissingExtraError NotComparableError Place Problem "
        "Problems RootNotFoundError UnknownFormatError UnknownTermError "
        "UnsupportedFormatError"
    ),
    "kb.exporters": "export",
    "kb.graphs.evidence": "graph",
    "kb.graphs.gaps": "gaps",
    "kb.graphs.neighbours": "related reporting",
    "kb.graphs.paths": "path",
    "kb.model": "Trial",
    "kb.query.select": "Selection select",
    "kb.query.terms": "terms",
    "kb.rendering.figures.forest": "forest",
    "kb.rendering.views": "render",
    "kb.rows.row": "Row",
    "kb.stats.network.estimate": "NetworkResult network_effects",
    "kb.stats.pooling.matching": "matching_weights",
    "kb.stats.pooling.medians": "pool_medians",
    "kb.stats.pooling.multiverse": "multiverse",
    "kb.stats.pooling.pool": "pool_effects pool_proportions",
    "kb.stats.pooling.sensitivity": "cumulative leave_one_out subgroups",
    "kb.stats.pooling.standard_errors": "standard_error standard_error_from_p",
    "kb.stats.proportions.bayes": "probability_above probability_greater",
    "kb.stats.proportions.counts": (
        "matching_interval_methods reconstruct_counts reconstruct_denominators"
    ),
    "kb.stats.proportions.intervals": "proportion_interval",
    "kb.stats.proportions.simon": "simon_two_stage",
    "kb.stats.proportions.two_by_two": "two_by_two",
    "kb.stats.proportions.two_group": "odds_ratio risk_difference risk_ratio",
    "kb.stats.results": "Bounds Effect Pooled",
    "kb.stats.survival.curves": "reconstruct_survival",
    "kb.stats.survival.models": "landmark_interval",
    "kb.store.knowledge_base": "KnowledgeBase check load",
    "kb.synthesis.alternatives": "alternatives",
    "kb.synthesis.network": "network",
    "kb.synthesis.pool": "pool",
    "kb.synthesis.unanchored": "across",
    "kb.tables.table": "table",
    "kb.vocabulary": "Vocabulary",
}
"""The public names of each module; the imports above say the same to editors and type checkers."""

_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOMES)  # noqa: PLE0605  (a list of names)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
