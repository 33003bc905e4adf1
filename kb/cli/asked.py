"""The comparison that pooling, drawing and networks work on: of records or of one's own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.cli.output import base_at, leave_if_empty, say_mixed

if TYPE_CHECKING:
    from pathlib import Path

    from kb.comparison.compare import Comparison
    from kb.store.knowledge_base import KnowledgeBase
    from kb.tables.table import Table


def with_trials(criteria: dict[str, Any], trials: list[str] | None) -> dict[str, Any]:
    """Filters with the trials that were given as arguments in front of those of `--trial`."""
    asked = [*(trials or []), *criteria.get("trial", [])]
    return {**criteria, "trial": asked} if asked else criteria


def read(table: Path, records: Path | None) -> Table:
    """A table of one's own, by the words of the base that was named, else of the nearest one."""
    from kb.store.layout import find_root
    from kb.store.reader import read_vocabulary
    from kb.tables.table import table as read_own

    vocabulary = None if records is None else read_vocabulary(find_root(records))[0]
    return read_own(table, vocabulary=vocabulary)


def compared(
    records: Path | None,
    endpoint: str | None,
    criteria: dict[str, Any],
    table: Path | None = None,
    **options: Any,
) -> Comparison:
    """What `kb.compare` gives, without what stands beside; exit status 1 where no row answers."""
    from kb.comparison.compare import compare

    source: KnowledgeBase | Table = base_at(records) if table is None else read(table, records)
    found = compare(source, endpoint, **{"controls": False, **options}, **criteria)
    if not found.rows:
        say_mixed(found)
    leave_if_empty(found.rows, found.why_empty)
    return found
