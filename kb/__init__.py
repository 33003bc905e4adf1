"""Evidence knowledge base for sarcoma combination therapy.

Every public name is resolved on first use, so `import kb` loads nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "2026.11"

_HOMES = {
    "Bounds": "kb.stats.results",
    "Comparison": "kb.comparison.result",
    "Effect": "kb.stats.results",
    "InvalidRecordsError": "kb.errors",
    "KBError": "kb.errors",
    "KnowledgeBase": "kb.store.knowledge_base",
    "MissingExtraError": "kb.errors",
    "NotComparableError": "kb.errors",
    "Place": "kb.errors",
    "Pooled": "kb.stats.results",
    "Problem": "kb.errors",
    "RootNotFoundError": "kb.errors",
    "Row": "kb.comparison.row",
    "Selection": "kb.query.select",
    "Trial": "kb.model",
    "UnknownFormatError": "kb.errors",
    "UnknownTermError": "kb.errors",
    "UnsupportedFormatError": "kb.errors",
    "Vocabulary": "kb.vocabulary",
    "check": "kb.store.knowledge_base",
    "compare": "kb.comparison.result",
    "load": "kb.store.knowledge_base",
    "matching_interval_methods": "kb.stats.rounding",
    "proportion_interval": "kb.stats.proportion",
    "reconstruct_counts": "kb.stats.rounding",
    "reconstruct_denominators": "kb.stats.rounding",
    "render": "kb.rendering.views",
    "select": "kb.query.select",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
