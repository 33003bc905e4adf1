"""The comparison that pooling, drawing and networks work on: of records or of one's own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.cli.output import base_at, leave_if_empty, say_mixed
from kb.cli.tables import say_problems

if TYPE_CHECKING:
    from pathlib import Path

    from kb.cli.tables import OwnTable
    from kb.comparison.compare import Comparison
    from kb.store.knowledge_base import KnowledgeBase
    from kb.tables.table import Table


def with_trials(criteria: dict[str, Any], trials: list[str] | None) -> dict[str, Any]:
    """Filters with the trials that were given as arguments in front of those of `--trial`."""
    asked = [*(trials or []), *criteria.get("trial", [])]
    return {**criteria, "trial": asked} if asked else criteria


def compared(
    records: Path | None,
    endpoint: str | None,
    criteria: dict[str, Any],
    table: OwnTable | None = None,
    **options: Any,
) -> Comparison:
    """What `kb.compare` gives, without what stands beside; exit status 1 where no row answers."""
    from kb.comparison.compare import compare

    source: KnowledgeBase | Table = base_at(records) if table is None else table.read(records)
    found = compare(source, endpoint, **{"controls": False, **options}, **criteria)
    say_problems(found.table)
    if not found.rows:
        say_mixed(found)
    leave_if_empty(found.rows, found.why_empty)
    return found
