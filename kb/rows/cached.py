"""The rows of a base by trial: from the compiled copy where there is one, else from the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kb.rows.row import FIELDS, Row

if TYPE_CHECKING:
    from kb.store.knowledge_base import KnowledgeBase

_SILENT = Row("", "").as_dict()


class _Rows(Mapping[str, list[Row]]):
    """Rows of trials, made when a trial is asked for."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents = documents

    def __getitem__(self, trial_id: str) -> list[Row]:
        return [Row(**each) for each in self._documents[trial_id]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class _Written(Mapping[str, Any]):
    """The documents of rows, each written from its record when it is asked for."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def __getitem__(self, trial_id: str) -> list[dict[str, Any]]:
        from kb.rows.from_records import rows_of

        return [_said(row) for row in rows_of(self._base[trial_id], self._base.vocabulary)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._base)

    def __len__(self) -> int:
        return len(self._base)


def rows_by_trial(base: KnowledgeBase) -> Mapping[str, list[Row]]:
    """Every number of each trial as a row, in the order of its record."""
    return _Rows(base.derived("rows", lambda: _Written(base)))


def _said(row: Row) -> dict[str, Any]:
    """The fields of a row in which the source is not silent."""
    return {name: value for name in FIELDS if (value := getattr(row, name)) != _SILENT[name]}
