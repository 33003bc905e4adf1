"""A bibliography as CSL-JSON, which Zotero, pandoc and citation processors read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kb.exporters.references import Entry, entries, known

if TYPE_CHECKING:
    from kb.exporters.references import Name

TYPES: Final = {
    "article": "article-journal",
    "meeting": "paper-conference",
    "registry": "webpage",
    "news": "webpage",
    "document": "document",
}


def write(view: Any) -> str:
    """A list of items; the id of one is `<trial>_<report>`, its keyword the trials."""
    items = [_item(entry) for entry in entries(view)]
    return json.dumps(items, indent=2, allow_nan=False, ensure_ascii=False) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    cited = entry.citation
    accessed = known(cited.accessed)
    item = {
        "id": entry.key,
        "type": TYPES[entry.kind],
        "author": [_author(name) for name in entry.authors],
        "title": known(cited.title),
        "container-title": known(cited.container),
        "event-title": known(cited.meeting),
        "issued": _date(entry.date),
        "accessed": _date(tuple(accessed.split("-")) if accessed else ()),
        "volume": known(cited.volume),
        "issue": known(cited.issue),
        "number": known(cited.abstract),
        "page": known(cited.pages),
        "DOI": known(cited.doi),
        "PMID": known(cited.pmid),
        "PMCID": known(cited.pmcid),
        "URL": known(cited.url),
        "keyword": ", ".join(entry.trials),
        "note": entry.note,
    }
    return {name: value for name, value in item.items() if value}


def _author(name: Name) -> dict[str, str]:
    if name.family:
        return {"family": name.family, "given": name.given}
    return {"literal": name.literal}


def _date(parts: tuple[str, ...]) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in parts]]} if parts else None
