"""A bibliography in RIS, the tagged format that reference managers import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kb.exporters.references import Entry, entries, known

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES: Final = {
    "article": "JOUR", "meeting": "CONF", "registry": "ELEC", "news": "NEWS", "document": "GEN",
}  # fmt: skip


def write(view: Any) -> str:
    """One record per document: `TY` first, `ER` last; `ID` is `<trial>_<report>`."""
    return "\n".join(map(_record, entries(view)))


def _record(entry: Entry) -> str:
    lines = [f"{tag}  - {value}" for tag, value in _fields(entry) if value]
    return "\n".join([*lines, "ER  - ", ""])


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    cited = entry.citation
    yield "TY", TYPES[entry.kind]
    yield "ID", entry.key
    for name in entry.authors:
        yield "AU", f"{name.family}, {name.given}" if name.family else name.literal
    yield "TI", known(cited.title)
    yield "T2", known(cited.container or cited.meeting)
    year, month, day, *_ = (*entry.date, "", "", "")
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/" if month else ""
    yield "VL", known(cited.volume)
    yield "IS", known(cited.issue)
    first, last = _pages(known(cited.pages))
    yield "SP", first
    yield "EP", last
    yield "DO", known(cited.doi)
    yield "AN", known(cited.pmid)
    yield "C2", known(cited.pmcid)
    yield "UR", known(cited.url)
    yield "Y2", known(cited.accessed).replace("-", "/")
    for trial in entry.trials:
        yield "KW", trial
    yield "N1", entry.note


def _pages(text: str) -> tuple[str, str]:
    """First and last page of `1044-1054`; anything else is a first page as it stands."""
    found = re.fullmatch(r"(\w+)\s*[-–]\s*(\w+)", text)
    return (found[1], found[2]) if found else (text, "")
