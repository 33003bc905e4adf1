"""What a file is, by what it holds and then by its name: a workbook, text, or no table."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, Literal

from kb.tables.compound import xls_area
from kb.tables.extent import AREA_LIMIT, area

Family = Literal["workbook", "text"]

PDF: Final = b"%PDF"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
NOT_ZIPPED: Final = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"II*\x00": "a picture", b"MM\x00*": "a picture", b"BM": "a picture",
    b"\x1f\x8b": "a compressed file", b"7z\xbc\xaf": "a compressed file", b"PAR1": "a Parquet file",
    b"{\\rtf": "an RTF text",
}  # fmt: skip
"""First bytes that tell what is no table here; `BM` only where the rest is no text."""
NAMES: Final = {
    ".md": "a Markdown file", ".markdown": "a Markdown file", ".html": "an HTML page",
    ".htm": "an HTML page", ".json": "a JSON file", ".xml": "an XML file",
    ".yaml": "a YAML file", ".yml": "a YAML file", ".tex": "a LaTeX file",
}  # fmt: skip
"""Suffixes of texts that are no delimited tables."""
MARKUP: Final = (
    (re.compile(rb"\s*(<!doctype html|<html|<table|<head|<meta)", re.IGNORECASE), "an HTML page"),
    (re.compile(rb"\s*<\?xml"), "an XML file"),
    (re.compile(rb"\s*\{\s*[\"}]|\s*\[\s*[{\[]"), "a JSON file"),
)
"""How texts begin that are no delimited tables."""
DASHES: Final = rb"[ \t]*(?::?-{2,}:?|:-:?|-:)[ \t]*"
MARKDOWN: Final = re.compile(
    rb"^[^\n|]*\|[^\n]*\n[ \t]*\|?(?:" + DASHES + rb"\|)+(?:" + DASHES + rb")?\r?$", re.MULTILINE
)
"""A row of cells between bars with a row of dashes under it."""
HEAD: Final = 4096
"""Bytes at the start of a file that are looked at."""
MEMBER_LIMIT: Final = 50_000_000
"""Bytes to which a member of a workbook may unpack; the largest sheets in use stay far below."""
RATIO_LIMIT: Final = 100
"""How many times larger a member may be than it is packed: XML of a sheet reaches 20."""
RATIO_FROM: Final = 100_000
"""Members smaller than this many bytes may be packed as tightly as they like."""


def family(data: bytes, path: str, suffix: str) -> Family:
    """Whether a file is a workbook or a text; ValueError names anything else for what it is."""
    head = data[:HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(PDF):
        raise ValueError(f"{path} is a PDF; copy its table into a CSV or spreadsheet file")
    if head.startswith(OLE):
        if far := _far(xls_area(data), "a sheet"):
            raise ValueError(f"{path} {far}")
        return "workbook"
    if head.startswith(ZIP):
        _check_zip(data, path)
        return "workbook"
    noun = _noun(head, suffix)
    if noun:
        raise ValueError(f"{path} is {noun}; save its table as a CSV or spreadsheet file")
    return "text"


def _noun(head: bytes, suffix: str) -> str:
    """What a file is that is neither workbook nor delimited text; empty for text."""
    binary = b"\x00" in head and not utf_16(head)
    for start, noun in NOT_ZIPPED.items():
        if head.startswith(start) and (binary or start != b"BM"):
            return noun
    if binary:
        return "a binary file that is not known"
    for pattern, noun in MARKUP:
        if pattern.match(head):
            return noun
    if MARKDOWN.search(head):
        return "a Markdown table"
    return NAMES.get(suffix, "")


def utf_16(head: bytes) -> str:
    """The byte order of UTF-16 or UTF-32 text; empty where it is none.

    Without a byte order mark, text in Latin letters is unmistakable: every second byte is zero.
    """
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[::2], head[1::2]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    if 0 not in even and odd.count(0) > 0.7 * len(odd):
        return "utf-16-le"
    if 0 not in odd and even.count(0) > 0.7 * len(even):
        return "utf-16-be"
    return ""


def _check_zip(data: bytes, path: str) -> None:
    """Raise ValueError for a zip file that is no workbook, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refused = _refused(archive)
    except Exception as error:  # noqa: BLE001  (zipfile raises a dozen kinds)
        raise ValueError(f"{path} is a damaged workbook: {error or 'it is cut off'}") from None
    if refused:
        raise ValueError(f"{path} {refused}")


def _refused(archive: zipfile.ZipFile) -> str:
    """Why a zip file is not read as a workbook; empty where it is.

    Members are read to their end, so that one that unpacks to more than it says is damaged.
    """
    kind = archive.read("mimetype")[:80] if _small(archive, "mimetype") else b""
    noun = _zipped(set(archive.namelist()), kind)
    if noun:
        return f"is {noun}; save its table as a CSV or spreadsheet file"
    for member in archive.infolist():
        name, size, packed = member.filename, member.file_size, max(member.compress_size, 1)
        if size > MEMBER_LIMIT:
            return f"unpacks to too much: {name} has {size:,} bytes, more than {MEMBER_LIMIT:,}"
        if size > RATIO_FROM and size > RATIO_LIMIT * packed:
            return (
                f"unpacks to too much: {name} is packed {size // packed} to 1, "
                f"more than {RATIO_LIMIT} to 1"
            )
    for member in archive.infolist():
        xml = archive.read(member) if member.filename.endswith(".xml") else b""
        if far := _far(area(member.filename, xml), member.filename):
            return far
    return ""


def _far(cells: int, where: str) -> str:
    """That a sheet spans more than is read; empty where it does not."""
    if cells <= AREA_LIMIT:
        return ""
    return (
        f"has a cell far from the others: {where} spans {cells:,} cells, more than {AREA_LIMIT:,}"
    )


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < HEAD


def _zipped(names: set[str], kind: bytes) -> str:
    """What a zip file is that is no workbook; empty for one that is."""
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return ""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return "an OpenDocument file that is no spreadsheet"
    if "xl/workbook.xml" in names:
        return ""
    if "xl/workbook.bin" in names:
        return "a binary workbook (XLSB)"
    if "word/document.xml" in names:
        return "a Word document"
    if any(name.startswith("ppt/") for name in names):
        return "a presentation"
    if any(name.startswith("Index/") for name in names):
        return "an Apple Numbers file"
    return "a zip archive"
