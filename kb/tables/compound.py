"""How far the filled cells of an XLS file reach: the stream of its workbook, record by record.

A compound file is a small file system: chains of sectors, a table that links them, a directory.
Only what says where cells stand is read here.
"""

from __future__ import annotations

import struct
from typing import Final

from kb.tables.span import Span

SHEET_CELLS: Final = 65536 * 256
"""Cells of a sheet of an XLS file; one that says that it has more is damaged."""
_NAMES: Final = ("Workbook", "Book")
_MINI: Final = 64
_START: Final = 0x0809
_DIMENSIONS: Final = 0x0200
_SEVERAL: Final = 0x00BD
_CELLS: Final = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406}
"""Records of cells that hold something; their row and column come first."""


def xls_area(data: bytes) -> int:
    """The largest number of cells that a sheet of an XLS file spans; 0 where it is damaged."""
    try:
        stream = _workbook(data)
    except (struct.error, IndexError):
        return 0
    largest, rows, columns = 0, Span(), Span()
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _START:
            largest = max(largest, rows.length * columns.length)
            rows, columns = Span(), Span()
        elif kind == _DIMENSIONS and len(body) >= 10:
            said = _said_area(body)
            largest = max(largest, said if said > SHEET_CELLS else 0)
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows.reach(row)
            columns.reach(column)
            if kind == _SEVERAL:
                columns.reach(column + max((len(body) - 6) // 6 - 1, 0))
    return max(largest, rows.length * columns.length)


def _said_area(body: bytes) -> int:
    """The cells that a sheet says it has, for which a reader makes room before it reads one."""
    form = "<IIHH" if len(body) >= 12 else "<HHHH"
    first, last, left, right = map(int, struct.unpack_from(form, body))
    return max(last - first, 0) * max(right - left, 0)


def _workbook(data: bytes) -> bytes:
    """The stream that holds the workbook; empty where there is none."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    start, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    table = _table(data, size)
    directory = _chain(data, table, start, size, size)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") not in _NAMES:
            continue
        first, amount = struct.unpack_from("<II", entry, 116)
        if amount >= cutoff:
            return _chain(data, table, first, size, size)[:amount]
        small = _chain(data, table, struct.unpack_from("<I", entries[0], 116)[0], size, size)
        links = _numbers(_chain(data, table, mini_start, size, size))
        return _chain(small, links, first, _MINI, 0)[:amount]
    return b""


def _table(data: bytes, size: int) -> list[int]:
    """The table of sectors: which follows which."""
    listed = list(struct.unpack_from("<109I", data, 76))
    more, seen = struct.unpack_from("<I", data, 68)[0], set[int]()
    while (more + 2) * size <= len(data) and more not in seen:
        seen.add(more)
        numbers = _numbers(data[(more + 1) * size : (more + 2) * size])
        listed += numbers[:-1]
        more = numbers[-1]
    parts = [data[(one + 1) * size : (one + 2) * size] for one in listed]
    return _numbers(b"".join(parts))


def _numbers(part: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))


def _chain(data: bytes, table: list[int], start: int, size: int, offset: int) -> bytes:
    """The sectors of a chain, one after the other, as far as they are there."""
    parts, at, seen = [], start, set[int]()
    while at < len(table) and at not in seen:
        seen.add(at)
        parts.append(data[offset + at * size : offset + (at + 1) * size])
        at = table[at]
    return b"".join(parts)
