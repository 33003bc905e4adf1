"""A bibliography as BibTeX, in UTF-8; read by BibTeX 0.99d, biber and reference managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kb.exporters.references import Entry, entries, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.exporters.references import Name

TYPES: Final = {"article": "article", "meeting": "inproceedings"}
SPECIAL: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


def write(view: Any) -> str:
    """One entry per document; its key is `<trial>_<report>`, its keywords are the trials."""
    return "\n".join(map(_entry, entries(view)))


def _entry(entry: Entry) -> str:
    kind = TYPES.get(entry.kind, "misc")
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(entry) if value]
    return "\n".join([f"@{kind}{{{entry.key},", *lines, "}", ""])


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    cited = entry.citation
    yield "author", " and ".join([*map(_author, entry.authors), *(["others"] * entry.others)])
    title = _escaped(cited.title)
    yield "title", f"{{{title}}}" if title else ""
    if entry.kind == "article":
        yield "journal", _escaped(cited.container)
    elif entry.kind == "meeting":
        yield "booktitle", _escaped(cited.meeting or cited.container)
    else:
        yield "howpublished", _escaped(cited.container)
    year, month, *_ = (*entry.date, "", "")
    yield "year", year
    yield "month", month
    yield "volume", _escaped(cited.volume)
    yield "number", _escaped(cited.issue or cited.abstract)
    yield "pages", _escaped(cited.pages).replace("-", "--")
    yield "doi", known(cited.doi)
    yield "eprint", known(cited.pmid)
    yield "eprinttype", "pubmed" if known(cited.pmid) else ""
    yield "url", known(cited.url)
    yield "urldate", known(cited.accessed)
    yield "keywords", ", ".join(entry.trials)
    yield "note", _escaped("; ".join(part for part in (known(cited.text), entry.note) if part))


def _author(name: Name) -> str:
    """A name in parts, or as printed; in braces where BibTeX would take it for two."""
    if name.family:
        return f"{_escaped(name.family)}, {_escaped(name.given)}"
    text = _escaped(name.literal)
    return f"{{{text}}}" if " and " in text else text


def _escaped(text: str | None) -> str:
    return known(text).translate(SPECIAL)
