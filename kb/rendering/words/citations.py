"""A document cited in one line: authors, title, container, year, numbers, identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.model import Citation


def cited(citation: Citation) -> str:
    """`Liu Z, et al. Title. Journal. 2023;41(16):11553. doi:… PMID …`; only what is known."""
    parts = [_authors(citation), citation.title or "", citation.container or ""]
    year = citation.date or citation.year or ""
    numbers = (citation.volume or "") + (f"({citation.issue})" if citation.issue else "")
    pages = f":{citation.pages}" if citation.pages else ""
    issue = f"{year};{numbers}{pages}" if numbers or pages else year
    parts += [issue, citation.meeting or "", citation.text or ""]
    if citation.abstract:
        parts.append(f"abstract {citation.abstract}")
    if citation.doi and citation.doi != "not-stated":
        parts.append(f"doi:{citation.doi}")
    if citation.pmid:
        parts.append(f"PMID {citation.pmid}")
    if citation.pmcid:
        parts.append(citation.pmcid)
    if citation.url and not citation.doi:
        parts.append(citation.url)
    text = ". ".join(part.rstrip(". ") for part in parts if part)
    accessed = f" (accessed {citation.accessed})" if citation.accessed else ""
    return f"{text}{accessed}"


def _authors(citation: Citation) -> str:
    names = citation.authors or ((citation.first_author,) if citation.first_author else ())
    short = [name.replace(",", "") for name in names]
    if len(short) > 3:
        return f"{short[0]}, et al"
    tail = ", et al" if citation.first_author and not citation.authors else ""
    return ", ".join(short) + tail
