"""What a comparison was asked: endpoints as ids, measures, and which intervals are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kb.errors import UnknownTermError
from kb.printed.measure import CONTRASTS
from kb.rows import intervals
from kb.store.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row
    from kb.tables.table import Table


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: endpoints as ids, measures, and which intervals and reports are shown."""

    endpoints: tuple[str, ...]
    measures: tuple[str, ...]
    interval: str
    method: str
    level: float
    reports: str
    controls: bool = False
    doses: bool = False

    def wants(self, row: Row) -> bool:
        """Whether a row is of an endpoint and a measure that were asked for."""
        return row.endpoint in self.endpoints and row.measure in self.measures

    @property
    def of_arms(self) -> bool:
        """Whether no contrast is among the measures, so that contrasts may stand beside."""
        return set(self.measures).isdisjoint(CONTRASTS)

    def of(self, measures: tuple[str, ...]) -> Asked:
        """The same question about other measures."""
        return replace(self, measures=measures)

    def with_interval(self, row: Row) -> Row:
        """A row with the interval that is shown."""
        return intervals.with_interval(
            row, interval=self.interval, method=self.method, level=self.level
        )


def endpoints_of(
    source: KnowledgeBase | Table, endpoint: str | Iterable[str] | None
) -> tuple[str, ...]:
    """Endpoints as ids; none is the columns that the vocabulary names, in their order."""
    vocabulary = source.vocabulary
    if endpoint is None:
        columns = {name: one.column for name, one in vocabulary.endpoints.items() if one.column}
        if not columns:
            raise ValueError("name an endpoint: no endpoint of this vocabulary has a `column`")
        return tuple(sorted(columns, key=lambda name: (int(columns[name]), name)))
    asked = endpoint.split(",") if isinstance(endpoint, str) else list(endpoint)
    return tuple(dict.fromkeys(_endpoint(source, one.strip()) for one in asked))


def _endpoint(source: KnowledgeBase | Table, word: str) -> str:
    """The id of an endpoint; of a trial in its place it is said where it belongs."""
    try:
        return source.vocabulary.resolve("endpoint", word)
    except UnknownTermError as error:
        known = isinstance(source, KnowledgeBase) and (word in source or not error.nearest)
        if not isinstance(source, KnowledgeBase) or not known:
            raise
        try:
            trial = source.trial(word)
        except UnknownTermError:
            raise error from None
        hint = f"it is a trial: `kb compare orr {trial.id}`, or `kb compare --trial {trial.id}`"
        raise UnknownTermError("endpoint", word, hint=hint) from None
