"""Delimited text as records: its encoding and its delimiter, found and said."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from kb.tables.grid import sheet_of
from kb.tables.kinds import HEAD, utf_16

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterable, Iterator

    from kb.tables.sheet import Sheet

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
LOOKED_AT: Final = 50
"""Records at the start of a file by which its delimiter is found."""
OLD: Final = "cp1252"
CHUNK: Final = 1 << 20
SEPARATOR: Final = re.compile(r"\ufeff?sep=(.)\r?\n?")
"""The first line by which Excel tells itself the delimiter."""


def text_sheet(data: bytes, path: str) -> Sheet:
    """A delimited text as a sheet; ValueError for what is none, with the line where there is one.

    Records are made as they are read: text is never held whole.
    """
    encoding, said = encoding_of(data, path)
    delimiter, skipped = _delimiter(data, encoding)
    remarks = [said] if said else []
    if delimiter != ",":
        remarks.append(f"columns are separated by {DELIMITERS.get(delimiter, repr(delimiter))}")
    try:
        reader = _reader(_lines(data, encoding, skipped), delimiter)
        return sheet_of(reader, path, said=remarks, start=1 + skipped)
    except csv.Error as error:
        line = skipped + _start(_reader(_lines(data, encoding, skipped), delimiter))
        raise ValueError(f"{path}:{line}: {_reason(error)}") from None


def encoding_of(data: bytes, path: str) -> tuple[str, str]:
    """The encoding of a text, and what is said of it; UTF-8 goes without saying."""
    wide = utf_16(data[:HEAD])
    if _decodes(data, wide or "utf-8-sig"):
        return (wide, f"read as {wide[:6].upper()}") if wide else ("utf-8-sig", "")
    if wide:
        raise ValueError(f"{path} is damaged: its bytes are no {wide[:6].upper()} text")
    if _decodes(data, OLD):
        return OLD, f"read as Windows-1252 ({OLD}); save it as UTF-8 if letters look odd"
    raise ValueError(f"{path} is neither UTF-8 nor Windows-1252 text; save it as UTF-8")


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether all bytes are text of an encoding; looked at piece by piece."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    try:
        for start in range(0, len(view), CHUNK):
            decoder.decode(bytes(view[start : start + CHUNK]))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(data: bytes, encoding: str, skipped: int = 0) -> Iterator[str]:
    """The lines of a text with their ends, of whatever kind."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    return islice(text, skipped, None)


def _reader(lines: Iterable[str], delimiter: str, *, strict: bool = True) -> Reader:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def _delimiter(data: bytes, encoding: str) -> tuple[str, int]:
    """The delimiter of a text, and how many lines stand before the table to name it.

    It is the one that splits most records alike; of two, the one that makes more columns. Where
    none splits anything, the comma: a table of one column.
    """
    named = SEPARATOR.fullmatch(next(_lines(data, encoding), ""))
    if named:
        return named[1], 1
    best, most = ",", (0, 0)
    for one in DELIMITERS:
        records = islice(
            filter(None, _reader(_lines(data, encoding), one, strict=False)), LOOKED_AT
        )
        widths = Counter(map(len, _readable(records)))
        alike = max(
            ((number, width) for width, number in widths.items() if width > 1), default=(0, 0)
        )
        if alike > most:
            best, most = one, alike
    return best, 0


def _readable(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """Records up to the first that cannot be read."""
    try:
        yield from records
    except csv.Error:
        return


def _start(reader: Reader) -> int:
    """The line at which the record starts that cannot be read."""
    line = 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error:
        pass
    return line + 1


def _reason(error: csv.Error) -> str:
    """What is wrong with a record, for people."""
    if "end of data" in str(error) or "field larger" in str(error):
        return "a quotation mark opens in this row and is not closed"
    return "text stands after a closing quotation mark"
