"""A reviewer's own table, read: the rows that `compare`, `pool` and the audit take."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.printed.measure import CONTRASTS, NOT_STATED, RATIOS
from kb.tables.addresses import entry_name, row_number
from kb.tables.sheet import LEVEL
from kb.view import View

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from kb.rows.row import Row
    from kb.tables.plan import Plan
    from kb.tables.sheet import CellProblem, Sheet
    from kb.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Table(View):
    """The rows of a table in its order, its columns, and what could not be read.

    `columns` is the header as it stands; `plan` says what each column is taken for. `problems` are
    cells that could not be read, each of which left its field empty, and what is doubtful about
    whole columns. `readers` are the rows of single readers where a consensus is used. `said` are
    remarks on how the file was read. `sheet` is the file as text.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    vocabulary: Vocabulary
    problems: tuple[CellProblem, ...]
    plan: Plan
    sheet: Sheet
    readers: tuple[Row, ...] = ()
    places: Mapping[int, int] = field(default_factory=dict)
    _numbered: dict[int, list[Row]] = field(default_factory=dict, repr=False, compare=False)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def said(self) -> tuple[str, ...]:
        """Remarks on how the file and its columns were read."""
        return (*self.sheet.said, *self.plan.said)

    @property
    def stated(self) -> frozenset[str]:
        """The fields that some column, or the layout, says something about."""
        return frozenset(
            name for entry in self.plan.entries for name in (*entry.fields, *entry.constants)
        )

    def cell(self, row: Row, name: str) -> str:
        """The cell that holds a field of a row, as the sheet shows it; empty where none does."""
        number, entry_of = row_number(row), entry_name(row)
        for entry in self.plan.entries:
            column = entry.fields.get(name, entry.fields.get("value"))
            if entry.name == entry_of and column is not None and number in self.places:
                return self.sheet.cell_at(self.places[number], column)
        return ""

    def rows_of(self, number: int) -> list[Row]:
        """The rows that a line makes, by the number of the line."""
        if not self._numbered:
            for row in (*self.rows, *self.readers):
                self._numbered.setdefault(row_number(row), []).append(row)
        return self._numbered.get(number, [])

    def fields_at(self, row: Row, header: str) -> list[str]:
        """The fields of a row that a column, by its header, is taken for."""
        entries = (one for one in self.plan.entries if one.name == entry_name(row))
        return [
            name
            for entry in entries
            for name, column in entry.fields.items()
            if self.columns[column] == header
        ]

    def named(self, endpoint: str = "", measure: str = "") -> Iterator[Row]:
        """The rows with what their file leaves open: a study each, `endpoint` where there is none.

        A contrast is taken as one of randomised arms; a logarithm whose ratio is not named is that
        of the `measure` that is asked for; an interval without a level is one of 95 %, while
        `printed_level` stays empty.
        """
        for row in self.rows:
            contrast = bool(row.versus) or row.measure in CONTRASTS
            yield replace(
                row,
                trial=row.trial or f"row {row.address}",
                endpoint=row.endpoint or endpoint,
                measure=measure if measure in RATIOS and _open(row) else row.measure,
                contrast_kind="randomised" if contrast else "",
                level=row.level or (LEVEL if row.low or row.high else None),
            )


def _open(row: Row) -> bool:
    """Whether a row is the logarithm of a ratio that the table does not name."""
    return row.measure == NOT_STATED and row.value_source == "computed"


def table(
    path: str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | str | os.PathLike[str] | None = None,
    sheet: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Table:
    """Read a table as it comes: CSV in any dialect, XLSX, XLS or ODS; `-` is standard input.

    Columns are those of `audit_table`, or known spellings and layouts, or what `mapping` says: a
    mapping from field to header (`{"study": "Author"}`), or the path of a `mapping.yaml`; one that
    lies beside the file is used if there is none. `sheet` names a sheet of a workbook. Words are
    looked up in the vocabulary, by default that of the base found from here; words that it lacks
    stay as they are. A cell that cannot be read spoils its field and is one of `.problems`.
    ValueError for what is no table, MissingExtraError for a workbook without the extra `office`.
    """
    from kb.tables.reading import read_sheet

    words = vocabulary if vocabulary is not None else nearest_vocabulary()
    columns, named, used = _mapped(path, mapping, words)
    found = read_sheet(path, sheet=sheet if sheet is not None else named)
    plan = _planned(found, words, columns)
    said = [f"columns are what {used} says"] if used else []
    return _made(found, replace(plan, said=(*plan.said, *said)), words)


BESIDE: Final = "mapping.yaml"


def _mapped(
    path: str | os.PathLike[str],
    mapping: Mapping[str, str] | str | os.PathLike[str] | None,
    words: Vocabulary,
) -> tuple[Mapping[str, str], str | None, str]:
    """What columns are said to be, the sheet, and the file that says so, beside the table if any.

    `own.mapping.yaml` goes before `mapping.yaml`.
    """
    from collections.abc import Mapping as Pairs

    from kb.tables.mapping import read_mapping

    if isinstance(mapping, Pairs):
        return mapping, None, ""
    own = Path(path)
    a_file = own.name and own.is_file()
    beside = (own.with_suffix(f".{BESIDE}"), own.with_name(BESIDE)) if a_file else ()
    chosen = [Path(mapping)] if mapping is not None else [one for one in beside if one.is_file()]
    if not chosen:
        return {}, None, ""
    found = read_mapping(chosen[0], words)
    return found["columns"], found["sheet"] or None, chosen[0].name


def table_of(rows: Iterable[Mapping[str, object]], vocabulary: Vocabulary) -> Table:
    """Mappings from column to printed text, such as `csv.DictReader` gives, as a table."""
    found = sheet_of(rows)
    return _made(found, _planned(found, vocabulary), vocabulary)


def _planned(sheet: Sheet, words: Vocabulary, mapping: Mapping[str, str] | None = None) -> Plan:
    from kb.tables.headers import plan_of
    from kb.tables.plan import BASELINE, Plan, of_baseline

    if of_baseline(sheet.header):
        said = "characteristics with a mean or a median: each line is judged by itself"
        return Plan((), (), BASELINE, (said,))
    return plan_of(sheet.header, words, mapping=mapping, lines=sheet.lines)


def sheet_of(rows: Iterable[Mapping[str, object]]) -> Sheet:
    """Mappings as a sheet that has no cells to name."""
    from kb.tables.sheet import Line, Sheet

    listed = [{str(name).strip(): value for name, value in row.items()} for row in rows]
    header = tuple(dict.fromkeys(name for row in listed for name in row))
    lines = [
        Line(number, number, tuple(_text(row.get(name)) for name in header))
        for number, row in enumerate(listed, start=1)
    ]
    return Sheet("", header, (), [line for line in lines if any(line.cells)])


def _text(value: object) -> str:
    missing = value is None or value != value  # noqa: PLR0124  (a missing number is nan)
    return "" if missing else str(value).strip()


@contextmanager
def without_collector() -> Iterator[None]:
    """No search for cycles while many objects are made that have none."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _made(sheet: Sheet, plan: Plan, words: Vocabulary) -> Table:
    from kb.tables.doubts import doubtful
    from kb.tables.rows import Reader, kept_lines
    from kb.tables.studies import settled

    sheet, unsettled = settled(sheet, plan)
    reader = Reader(sheet, plan, words)
    used, others = kept_lines(plan, sheet.lines)
    with without_collector():
        rows = list(reader.rows(used))
    read = Reader(sheet, plan, words) if others else reader
    readers = tuple(read.rows(others))
    rows, doubts = doubtful(rows, sheet, plan, reader.places)
    return Table(
        path=Path(sheet.path),
        columns=sheet.header,
        rows=tuple(rows),
        vocabulary=words,
        problems=tuple(sorted({*sheet.problems, *reader.problems, *unsettled, *doubts})),
        plan=plan,
        sheet=sheet,
        readers=readers,
        places={**reader.places, **read.places},
    )


def nearest_vocabulary() -> Vocabulary:
    """The vocabulary of the base found from here, else of the one in the package."""
    from kb.store.layout import find_root
    from kb.store.reader import read_vocabulary

    return read_vocabulary(find_root(None))[0]
