"""Rows as comma-separated values that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, Final

from kb.exporters.rows import rows_of

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
NUMBER: Final = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")


def write(view: Any) -> str:
    """A header and one line per row; nothing known is an empty cell.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers do not.
    """
    found = rows_of(view)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, found.fields, lineterminator="\n")
    writer.writeheader()
    for row in found.rows:
        writer.writerow({name: cell(value) for name, value in row.items()})
    return stream.getvalue()


def cell(value: Any) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    if text.startswith(FORMULA) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text
