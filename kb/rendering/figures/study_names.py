"""What a study is called in a figure: its acronym, else its first author and year."""

from __future__ import annotations

import re
from collections import defaultdict
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from kb.sentences import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.model import Citation, Trial
    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

UNDATED: Final = "undated"
DEGREES: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "md", "phd", "msc", "et", "al"))
"""What stands behind a name and is no part of it."""
PARTICLES: Final = frozenset(
    ("van", "von", "der", "den", "de", "del", "della", "di", "da", "dal", "dos", "du", "el", "la",
     "le", "st", "ten", "ter")
)  # fmt: skip
"""What a family name may begin with, when the given names stand first."""


def study_names(rows: Sequence[Row], base: KnowledgeBase | None) -> dict[str, str]:
    """A name for each trial of some rows, no two alike.

    The acronym; else first author and year of the document of its first row, of what that relays,
    or of another report of the trial; else where and when it appeared, or its number in PubMed. A
    study of a table goes by what the table calls it. Equal author-years get letters in the order of
    their ids, other equal names the id behind them.
    """
    names: dict[str, str] = {}
    for row in rows:
        if row.trial not in names:
            of_record = ""
            if base is not None and row.trial in base:
                of_record = _of_record(base[row.trial], row.report)
            names[row.trial] = row.acronym or of_record or row.trial
    alike: dict[str, list[str]] = defaultdict(list)
    for one, name in names.items():
        alike[name].append(one)
    for name, trials in alike.items():
        numbered = name[-1:].isdigit() and len(trials) <= len(ascii_lowercase)
        for place, one in enumerate(sorted(trials) if len(trials) > 1 else ()):
            names[one] = f"{name}{ascii_lowercase[place]}" if numbered else f"{name} ({one})"
    return names


def _of_record(trial: Trial, report: str) -> str:
    """Author and year, else outlet and year or a number, else the words of the report's id."""
    own = list(_documents(trial, report))
    others = sorted(one for one in trial.reports if one != report)
    found = [*own, *(pair for one in others for pair in _documents(trial, one))]
    for identifier, citation in found:
        author = _author(citation)
        if author:
            return f"{surname(author, identifier)} {_year(citation)}"
    for _, citation in own:
        outlet, year = citation.container or citation.meeting or "", _year(citation)
        if outlet and (year != UNDATED or not (citation.pmcid or citation.pmid)):
            return outlet if year in outlet else f"{outlet} {year}"
        if citation.pmcid or citation.pmid:
            return citation.pmcid or f"PMID {citation.pmid}"
    return plain(report).capitalize()


def _documents(trial: Trial, report: str) -> Iterator[tuple[str, Citation]]:
    """The document of a report, then what it passes on, with ids that may name the author."""
    found = trial.reports.get(report)
    if found is not None:
        yield report, found.citation
        if found.relays is not None:
            yield found.relays.report or "", found.relays


def _author(citation: Citation) -> str:
    return (citation.authors[0] if citation.authors else citation.first_author) or ""


def _year(citation: Citation) -> str:
    return (citation.year or citation.date or "")[:4] or UNDATED


def surname(author: str, report: str = "") -> str:
    """The family name of an author as printed: `D'Angelo SP`, `Attia, S.`, `Jean-Yves Blay`.

    Before the comma, if there is one; before initials; what the id of the `report` begins with,
    where the name has it; else the last word, with the particles before it.
    """
    before, comma, rest = author.partition(",")
    if comma and before.strip() and _bare(rest) not in DEGREES:
        return _cased(before.strip())
    words = author.replace(",", " ").split()
    while len(words) > 1 and _bare(words[-1]) in DEGREES:
        words.pop()
    whole = [word for word in words if not _initials(word)]
    if len(words) > 1 and whole and _initials(words[-1]):
        last = max(place for place, word in enumerate(words) if word in whole)
        return _cased(" ".join(words[: last + 1]))
    stem = re.sub(r"-(\d{4}|undated).*$", "", report).split("-")
    for start in range(len(words) - len(stem) + 1):
        if "".join(stem) == "".join(_bare(word) for word in words[start : start + len(stem)]):
            return _cased(" ".join(words[start : start + len(stem)]))
    first = len(words) - 1
    while first > 0 and _bare(words[first - 1]) in PARTICLES:
        first -= 1
    return _cased(" ".join(words[first:]))


def _cased(name: str) -> str:
    """A name without capitals throughout."""
    return name.title() if len(name) > 3 and name.isupper() else name


def _bare(word: str) -> str:
    """A word of a name without case, points and marks."""
    return "".join(letter for letter in word.casefold() if letter.isalpha())


def _initials(word: str) -> bool:
    """Whether a word is initials: `SP`, `S.P.`, `J-Y`."""
    letters = [letter for letter in word if letter.isalpha()]
    return 0 < len(letters) <= 3 and "".join(letters).isupper()
