"""A reviewer's file: its header and its data rows, as text."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import os

COLUMNS: Final = (
    "study", "arm", "versus", "subgroup", "endpoint", "definition", "measure", "at", "at_unit",
    "events", "n", "value", "low", "high", "level", "sides", "p", "unit", "criteria", "report",
)  # fmt: skip


def read_table(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """The data rows of a CSV file with a header, as text; ValueError for one that is none."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(f"{path}: line {reader.reader.line_num}: {error}") from None
    if not reader.fieldnames:
        raise ValueError(f"{path}: the file holds no header; columns are {', '.join(COLUMNS)}")
    for number, row in enumerate(rows, start=1):
        if None in row or None in row.values():
            raise ValueError(
                f"row {number}: expected {len(reader.fieldnames)} fields, as the header has"
            )
    return rows
