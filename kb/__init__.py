"""Evidence knowledge base for sarcoma combination therapy.

Every public name is resolved on first use, so `import kb` loads nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.comparison.result import (
        Comparison as Comparison,
    )
    from kb.comparison.result import (
        compare as compare,
    )
    from kb.comparison.row import Row as Row
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
    from kb.model import Trial as Trial
    from kb.query.select import (
        Selection as Selection,
    )
    from kb.query.select import (
        select as select,
    )
    from kb.rendering.views import render as render
    from kb.stats.proportion import proportion_interval as proportion_interval
    from kb.stats.results import (
        Bounds as Bounds,
    )
    from kb.stats.results import (
        Effect as Effect,
    )
    from kb.stats.results import (
        Pooled as Pooled,
    )
    from kb.stats.rounding import (
        matching_interval_methods as matching_interval_methods,
    )
    from kb.stats.rounding import (
        reconstruct_counts as reconstruct_counts,
    )
    from kb.stats.rounding import (
        reconstruct_denominators as reconstruct_denominators,
    )
    from kb.store.knowledge_base import (
        KnowledgeBase as KnowledgeBase,
    )
    from kb.store.knowledge_base import (
        check as check,
    )
    from kb.store.knowledge_base import (
        load as load,
    )
    from kb.vocabulary import Vocabulary as Vocabulary

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

__all__ = [
    "Bounds",
    "Comparison",
    "Effect",
    "InvalidRecordsError",
    "KBError",
    "KnowledgeBase",
    "MissingExtraError",
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
    "check",
    "compare",
    "load",
    "matching_interval_methods",
    "proportion_interval",
    "reconstruct_counts",
    "reconstruct_denominators",
    "render",
    "select",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'kb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
