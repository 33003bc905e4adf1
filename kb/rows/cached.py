"""The rows of a base by trial: from the compiled copy where there is one, else from the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kb.rows.harm import HARM_FIELDS, HarmRow
from kb.rows.row import FIELDS, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.store.knowledge_base import KnowledgeBase

R = TypeVar("R", Row, HarmRow)
_SILENT = Row("", "").as_dict()
_SILENT_HARM = HarmRow("", "").as_dict()


class _Rows(Mapping[str, list[R]], Generic[R]):
    """Rows of trials, made when a trial is asked for."""

    def __init__(self, kind: type[R], documents: Mapping[str, Any]) -> None:
        self._kind: type[R] = kind
        self._documents = documents

    def __getitem__(self, trial_id: str) -> list[R]:
        return [self._kind(**each) for each in self._documents[trial_id]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class _Written(Mapping[str, Any]):
    """The documents of rows, each written from its record when it is asked for."""

    def __init__(
        self, base: KnowledgeBase, write: Callable[[str], Iterable[dict[str, Any]]]
    ) -> None:
        self._base, self._write = base, write

    def __getitem__(self, trial_id: str) -> list[dict[str, Any]]:
        return list(self._write(trial_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._base)

    def __len__(self) -> int:
        return len(self._base)


def rows_by_trial(base: KnowledgeBase) -> Mapping[str, list[Row]]:
    """Every number of each trial as a row, in the order of its record."""

    def write(trial_id: str) -> Iterator[dict[str, Any]]:
        from kb.rows.from_records import rows_of

        return (_said(row) for row in rows_of(base[trial_id], base.vocabulary))

    return _Rows(Row, base.derived("rows", lambda: _Written(base, write)))


def harms_by_trial(base: KnowledgeBase) -> Mapping[str, list[HarmRow]]:
    """Every adverse event of each trial as a row, in the order of its record."""

    def write(trial_id: str) -> Iterator[dict[str, Any]]:
        from kb.rows.harms import harms_of

        return (_said_harm(row) for row in harms_of(base[trial_id], base.vocabulary))

    return _Rows(HarmRow, base.derived("harms", lambda: _Written(base, write)))


def _said(row: Row) -> dict[str, Any]:
    """The fields of a row in which the source is not silent."""
    return {name: value for name in FIELDS if (value := getattr(row, name)) != _SILENT[name]}


def _said_harm(row: HarmRow) -> dict[str, Any]:
    """The same of a row of harms."""
    return {
        name: value for name in HARM_FIELDS if (value := getattr(row, name)) != _SILENT_HARM[name]
    }
