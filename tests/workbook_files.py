"""Workbooks made for tests, as small as a reader takes them: XLSX, ODS and XLS, by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip file of some members; one named `mimetype` is not packed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, compress_type=kind)
    return held.getvalue()


def xlsx(
    sheets: Mapping[str, Mapping[str, object]], hidden: tuple[str, ...] = (), *, more: str = ""
) -> bytes:
    """An XLSX file of sheets, each a mapping of cell to value, such as `{"C5": "study"}`.

    `more` is XML at the end of each.
    """
    listed, linked, members = "", "", dict[str, str | bytes]()
    for at, (title, cells) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if title in hidden else ""
        listed += f'<sheet name="{escape(title)}" sheetId="{at}"{state} r:id="rId{at}"/>'
        target = f"worksheets/sheet{at}.xml"
        linked += f'<Relationship Id="rId{at}" Type="{LINKS}/worksheet" Target="{target}"/>'
        rows: dict[int, str] = {}
        for cell, value in cells.items():
            row = int("".join(filter(str.isdigit, cell)))
            rows[row] = rows.get(row, "") + _xlsx_cell(cell, value)
        data = "".join(f'<row r="{row}">{rows[row]}</row>' for row in sorted(rows))
        members[f"xl/{target}"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{data}{more}</sheetData></worksheet>'
        )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>'
    root = f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    members |= {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{linked}</Relationships>'
        ),
    }
    return zipped(members)


def _xlsx_cell(cell: str, value: object) -> str:
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c r="{cell}" t="inlineStr">{text}</c>'
    if isinstance(value, bool):
        return f'<c r="{cell}" t="b"><v>{value:d}</v></c>'
    return f'<c r="{cell}"><v>{value!r}</v></c>'


def ods(sheets: Mapping[str, Sequence[Sequence[object]]], *, more: str = "") -> bytes:
    """An ODS file of sheets, each a list of rows from A1; `more` is XML at the end of each."""
    tables = ""
    for title, rows in sheets.items():
        body = "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        tables += f'<table:table table:name="{escape(title)}">{body}{more}</table:table>'
    names = "".join(
        f' xmlns:{one}="{OASIS}{one}:1.0"' for one in ("office", "table", "text", "manifest")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    return zipped(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": f"<manifest:manifest{names}>{entry}</manifest:manifest>",
            "content.xml": content,
        }
    )


def _ods_cell(value: object) -> str:
    kind = 'office:value-type="string"'
    if not isinstance(value, str):
        kind = f'office:value-type="float" office:value="{value!r}"'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return (
        f"<table:table-cell {kind}>{text}</table:table-cell>"
        if value != ""
        else "<table:table-cell/>"
    )


def xls(
    rows: Sequence[Sequence[object]],
    *,
    more: bytes = b"",
    said: tuple[int, int] | None = None,
    small: bool = False,
) -> bytes:
    """An XLS file (BIFF8 in a compound file) of one sheet from A1.

    `more` are records at its end, `said` the rows and columns that it says it has. A `small` one
    lies in the stream of small sectors.
    """
    height, width = said or (len(rows), max(map(len, rows)))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                sheet += _record(0x0204, place + text) if value else b""
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
    sheet += more + _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    page = _record(0x0042, struct.pack("<H", 1200))
    name = b"\x05\x00Sheet"
    offset = len(start) + len(page) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    return _compound(start + page + bound + _record(0x000A, b"") + sheet, small=small)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes, *, small: bool) -> bytes:
    """A compound file with one stream, `Workbook`: its table of sectors, its directory, itself.

    A small stream lies in small sectors, whose table comes before it.
    """
    size = -(-len(stream) // 512) * 512 if small else max(4096, -(-len(stream) // 512) * 512)
    end, free, first = 0xFFFFFFFE, 0xFFFFFFFF, 3 if small else 2
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 2 if small else end, int(small), end, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    chain = [*range(first + 1, first + size // 512), end]
    table = [0xFFFFFFFD, end, *([end] if small else []), *chain]
    links = [*range(1, size // 64), end]

    def entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
        return (
            head
            + struct.pack("<III", free, free, child)
            + bytes(36)
            + struct.pack("<IQ", first, length)
        )

    def numbers(listed: list[int]) -> bytes:
        return struct.pack("<128I", *listed, *[free] * (128 - len(listed)))

    blank = bytes(68) + b"\xff" * 12 + bytes(48)
    root = entry("Root Entry", 5, 1, first, size) if small else entry("Root Entry", 5, 1, end, 0)
    book = entry("Workbook", 2, free, 0 if small else 2, len(stream) if small else size)
    middle = numbers(links) if small else b""
    return header + numbers(table) + root + book + 2 * blank + middle + stream.ljust(size, b"\0")
