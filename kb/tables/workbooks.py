"""Workbooks (XLSX, XLS, ODS) as records: the cells of one sheet as it would show them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from kb.errors import MissingExtraError
from kb.sentences import count, quoted
from kb.tables.grid import sheet_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from kb.tables.sheet import Sheet

VISIBLE: Final = "SheetVisibleEnum.Visible"
WITH_CELLS: Final = "SheetTypeEnum.WorkSheet"
PANIC: Final = "PanicException"
"""What the library raises where it meets bytes that its authors did not expect: no `Exception`."""
EXTRA: Final = ("python-calamine", "office")
LEAST: Final = 2
"""Rows and columns of a table."""
SHOWN: Final = 15
"""Significant digits that a spreadsheet keeps: 0.1 + 0.2 is 0.3 there."""
PLACES: Final = 12
"""Decimals of a computed cell that are kept, as many as a printed number may have."""
WHOLE: Final = 1e15
"""Below it every whole number is exact."""


def workbook_sheet(data: bytes, path: str, title: str | None = None) -> Sheet:
    """A sheet of a workbook: the one named, else the first visible one that holds a table.

    That is two columns and two rows; where none has so many, the first that is not empty.

    Values stand as the sheet would show them without number formats, which are not known here. A
    cell in which a formula failed is blank. Raises ValueError for a file that cannot be read and
    for an unknown sheet, MissingExtraError without the library.
    """
    try:
        import python_calamine as calamine
    except ImportError:
        raise MissingExtraError(*EXTRA) from None
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            chosen, remarks = _chosen(book, path, title)
            rows = chosen.to_python(skip_empty_area=False)
            name = chosen.name
    except calamine.PasswordError:
        raise ValueError(f"{path} is protected by a password; save it without one") from None
    except calamine.CalamineError as error:
        raise ValueError(f"{path} is no workbook that can be read: {error}") from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise ValueError(f"{path} is a damaged workbook") from None
    return sheet_of((list(map(shown, row)) for row in rows), path, title=name, said=remarks)


def _chosen(
    book: CalamineWorkbook, path: str, title: str | None
) -> tuple[CalamineSheet, list[str]]:
    """The sheet to read, and what is said of the choice."""
    names = book.sheet_names
    if title is not None:
        if title not in names:
            known = ", ".join(map(quoted, names))
            raise ValueError(f"{path} has no sheet {quoted(title)}; there are {known}")
        return book.get_sheet_by_name(title), []
    visible = [
        book.get_sheet_by_name(one.name)
        for one in book.sheets_metadata
        if str(one.visible) == VISIBLE and str(one.typ) == WITH_CELLS
    ]
    filled = [one for one in visible if one.height]
    if not filled:
        raise ValueError(f"{path} holds no header: there is nothing in its visible sheets")
    tables = [one for one in filled if one.height >= LEAST and one.width >= LEAST]
    found = (tables or filled)[0]
    said = f"sheet {quoted(found.name)} is read, the first that holds a table, of "
    return found, [said + count(len(names), "sheet")] if len(names) > 1 else []


def shown(value: object) -> str:
    """A cell as text: whole numbers without decimals, dates as ISO, TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number_shown(value)
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value)
    return str(value)


def number_shown(value: float) -> str:
    """A number as a sheet without formats shows it: `16`, `30.8`, never 30.799999."""
    if value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    text = f"{value:.{SHOWN}g}"
    if "e" not in text and len(text.partition(".")[2]) <= PLACES:
        return text
    plain = f"{value:.{PLACES}f}".rstrip("0")
    return plain if float(plain) else text
