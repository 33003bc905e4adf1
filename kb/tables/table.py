"""A reviewer's own table, read: the rows that `compare`, `pool` and the audit take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kb.tables.file import read_table
from kb.tables.rows import nearest_vocabulary, table_rows
from kb.view import View

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from kb.errors import Problem
    from kb.rows.row import Row
    from kb.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Table(View):
    """The rows of a file in its order, its columns, and the words that read it."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    vocabulary: Vocabulary
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def named(self, endpoint: str = "") -> Iterator[Row]:
        """The rows with what their file leaves open: a study each, `endpoint` where there is none.

        Arms stand where records have drugs; a contrast is taken as one of randomised arms.
        """
        for row in self.rows:
            yield replace(
                row,
                trial=row.trial or f"row {row.address}",
                endpoint=row.endpoint or endpoint,
                drugs=row.arm,
                contrast_kind="randomised" if row.versus else "",
            )


def table(path: str | os.PathLike[str], *, vocabulary: Vocabulary | None = None) -> Table:
    """Read a CSV table whose columns are those of `audit_table`, any subset in any order.

    Endpoints and histologies are looked up in the vocabulary, by default that of the base found
    from here; words that it lacks stay as they are. ValueError names the row and the column of what
    cannot be read.
    """
    words = vocabulary if vocabulary is not None else nearest_vocabulary()
    listed = read_table(path)
    columns = tuple(listed[0]) if listed else ()
    return Table(Path(path), columns, tuple(table_rows(listed, words)), words)
