"""The reports of a view as entries of a bibliography, each document once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from kb.comparison.compare import Comparison
from kb.errors import UnknownFormatError
from kb.query.select import Selection
from kb.rows.documents import identifiers, linked
from kb.store.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Citation, Report
    from kb.model.citation import Relays

Kind = Literal["article", "meeting", "registry", "news", "document"]
INITIALS: Final = re.compile(r"(?P<family>.+) (?P<given>[A-Z]{1,4}(?:-[A-Z])?)")
ET_AL: Final = re.compile(r",? et al\.?$")


class Name(NamedTuple):
    """An author; only `literal` where print does not say which part is the family name."""

    literal: str
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: what it is, how it is cited, which trials it reports on, what it passes on."""

    key: str
    kind: Kind
    citation: Citation
    authors: tuple[Name, ...]
    others: bool
    trials: tuple[str, ...]
    note: str

    @property
    def date(self) -> tuple[str, ...]:
        """Year, month and day, as far as printed."""
        text = self.citation.date or self.citation.year or ""
        return tuple(text.split("-")) if text else ()


def entries(view: Any) -> list[Entry]:
    """The documents of a base, of selected trials, or of the rows of a comparison.

    A document that reports on several trials is one entry, its key that of the first; reports of
    one DOI, PubMed number or address are one document, cited as where most is said of it.
    """
    reports = {f"{trial}/{name}": (trial, name, report) for trial, name, report in _reports(view)}
    groups = linked((key, _keys(report.citation)) for key, (_, _, report) in reports.items())
    documents: dict[frozenset[str], list[tuple[str, str, Report]]] = {}
    for key, own in reports.items():
        documents.setdefault(groups[key], []).append(own)
    return list(map(_entry, documents.values()))


def _keys(citation: Citation) -> list[object]:
    """What a document can be recognised by; all that is said of it, where it has no identifier."""
    return [*identifiers(citation)] or [citation]


def _reports(view: Any) -> Iterator[tuple[str, str, Report]]:
    if isinstance(view, Comparison):
        for trial_id, report_id in dict.fromkeys((row.trial, row.report) for row in view.rows):
            if trial_id not in view.base:
                raise UnknownFormatError("a bibliography is of records; a table cites no reports")
            yield trial_id, report_id, view.base[trial_id].reports[report_id]
        return
    if isinstance(view, KnowledgeBase):
        trials = tuple(view.values())
    elif isinstance(view, Selection):
        trials = view.trials
    else:
        raise UnknownFormatError(
            f"a bibliography is of a base, a selection or a comparison, not a {type(view).__name__}"
        )
    for trial in trials:
        for report_id, report in trial.reports.items():
            yield trial.id, report_id, report


def _entry(own: list[tuple[str, str, Report]]) -> Entry:
    trial, report_id, report = own[0]
    citation = max((one.citation for _, _, one in own), key=lambda one: len(one.model_fields_set))
    listed = citation.authors or ((citation.first_author,) if citation.first_author else ())
    names = [ET_AL.sub("", name) for name in listed]
    more = not citation.authors and citation.first_author is not None
    return Entry(
        key=f"{trial}_{report_id}",
        kind=_kind(report),
        citation=citation,
        authors=tuple(map(_name, names)),
        others=more or any(ET_AL.search(name) for name in listed),
        trials=tuple(dict.fromkeys(trial for trial, _, _ in own)),
        note=_note([report for _, _, report in own]),
    )


def _kind(report: Report) -> Kind:
    if report.read in ("registry", "news"):
        return "registry" if report.read == "registry" else "news"
    if report.read == "conference" or report.citation.meeting:
        return "meeting"
    return "article" if report.citation.container else "document"


def _name(text: str) -> Name:
    """A name in its parts where a comma or trailing initials show them; else as printed."""
    if "," in text:
        family, _, given = text.partition(",")
        return Name(text, family.strip(), given.strip())
    found = INITIALS.fullmatch(text)
    return Name(text, found["family"], found["given"]) if found else Name(text)


def _note(reports: list[Report]) -> str:
    """How the document was read, and whose results it passes on."""
    words = [f"read: {', '.join(dict.fromkeys(report.read for report in reports))}"]
    sources = dict.fromkeys(_source(one.relays) for one in reports if one.relays is not None)
    if sources:
        words.append(f"passes on results of: {', '.join(sources)}")
    return "; ".join(words)


def _source(relayed: Relays) -> str:
    doi = f"doi:{relayed.doi}" if relayed.doi and relayed.doi != "not-stated" else None
    pmid = f"pmid:{relayed.pmid}" if relayed.pmid else None
    named = (relayed.report, doi, pmid, relayed.meeting, relayed.same_as, relayed.container)
    return next((one for one in named if one), relayed.first_author or "not stated")


def known(value: str | None) -> str:
    """A field of a citation on one line; empty where the source is silent or the record says so."""
    return "" if value in (None, "not-stated") else " ".join(str(value).split())
