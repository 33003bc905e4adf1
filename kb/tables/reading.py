"""A reviewer's file, of whatever kind, as a sheet of text."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.sentences import quoted
from kb.tables.delimited import text_sheet
from kb.tables.kinds import family
from kb.tables.workbooks import workbook_sheet

if TYPE_CHECKING:
    from kb.tables.sheet import Sheet

STANDARD_INPUT: Final = "-"


def read_sheet(path: str | os.PathLike[str], *, sheet: str | None = None) -> Sheet:
    """Read a table: delimited text (CSV, TSV) or a workbook (XLSX, XLS, ODS); `-` is stdin.

    What the file holds decides, not its name. `sheet` names one of a workbook. ValueError, which
    begins with the file, for what is no table or has a header twice; whatever else is wrong is in
    `problems` and `said` of the sheet.
    """
    name = os.fspath(path)
    if name == STANDARD_INPUT:
        name, suffix, data = "standard input", "", sys.stdin.buffer.read()
    else:
        suffix, data = Path(name).suffix.casefold(), Path(name).read_bytes()
    if family(data, name, suffix) == "workbook":
        return workbook_sheet(data, name, sheet)
    if sheet is not None:
        raise ValueError(f"{name} is text, which has no sheets; {quoted(sheet)} is not in it")
    return text_sheet(data, name)
