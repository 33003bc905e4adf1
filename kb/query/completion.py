"""The words that may stand in a filter or option, by its name: what a shell offers.

A new filter is completed once its name has an entry here. Words that can be told from the facets of
a base are, so that a compiled copy answers without validating a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from kb.printed.measure import MEASURES
from kb.printed.reading import DIRECTNESS
from kb.vocabulary.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.store.knowledge_base import KnowledgeBase


def _terms(kind: str) -> Callable[[KnowledgeBase, str], Iterable[str]]:
    return lambda base, _begun: base.vocabulary[kind]


def _facet(name: str) -> Callable[[KnowledgeBase, str], Iterable[str]]:
    """The words of a facet that some arm has."""

    def found(base: KnowledgeBase, _begun: str) -> Iterable[str]:
        words = (one[name] for trial_id in base for one in base.facets(trial_id).values())
        return sorted(frozenset().union(*words))

    return found


def _classes(base: KnowledgeBase, _begun: str) -> Iterable[str]:
    """The named classes, and the families that arms have."""
    return dict.fromkeys([*base.vocabulary.regimen_classes, *_facet("regimen_class")(base, "")])


def _trials(base: KnowledgeBase, _begun: str) -> Iterable[str]:
    return base


def _arms(base: KnowledgeBase, begun: str) -> Iterable[str]:
    """Drugs, and the addresses of arms: what a regimen is typed as."""
    whole, plus, _ = begun.rpartition("+")
    yield from (f"{whole}{plus}{drug}" for drug in base.vocabulary.drugs)
    for trial_id in base:
        yield from (f"{trial_id}/{arm}" for arm in base.facets(trial_id))


def _addresses(base: KnowledgeBase, begun: str) -> Iterable[str]:
    """Trials; once one is typed its reports, their sets, and the numbers of these."""
    trial_id, slash, _ = begun.partition("/")
    if not slash:
        yield from base
        return
    if trial_id not in base:
        return
    from kb.model.address import Address

    trial = base[trial_id]
    for report_id, report in trial.reports.items():
        yield f"{trial_id}/{report_id}"
        if begun.count("/") > 1:
            yield from (f"{trial_id}/{report_id}/{one}" for one in report.analysis_sets)
        if begun.count("/") > 2:
            yield from (str(Address.of(trial_id, report_id, one)) for one in report.figures)


def _word_list(name: str) -> Callable[[KnowledgeBase, str], Iterable[str]]:
    def found(_base: KnowledgeBase, _begun: str) -> Iterable[str]:
        from kb.model import words

        return get_args(getattr(words, name))

    return found


def _listed(*words: str) -> Callable[[KnowledgeBase, str], Iterable[str]]:
    return lambda _base, _begun: words


WORDS: Final[dict[str, Callable[[KnowledgeBase, str], Iterable[str]]]] = {
    "trial": _trials,
    "trials": _trials,
    "drug": _terms("drug"),
    "drug_class": _terms("drug-class"),
    "regimen_class": _classes,
    "histology": _terms("histology"),
    "line": _facet("line"),
    "phase": _facet("phase"),
    "allocation": _facet("allocation"),
    "year": _facet("year"),
    "endpoint": _terms("endpoint"),
    "criteria": _terms("criteria"),
    "assessor": _terms("assessor"),
    "confirmed": _word_list("Confirmed"),
    "analysis_set": _word_list("PopulationName"),
    "read": _listed(*DIRECTNESS),
    "definition": _listed("not-stated", "12wk", "16wk", "18wk", "24wk"),
    "cut": _listed("not-stated"),
    "exclude": _addresses,
    "measure": _listed(*MEASURES),
    "reports": _listed("latest", "all"),
    "grade": _listed("any", "1-2", "3", "3-4", "3+", "4", "5", "not-stated"),
    "kind": _listed(*KINDS),
    "show.what": _addresses,
    "name": _trials,
    "a": _arms,
    "b": _arms,
}
"""By the name of a filter, of an option, or of an argument of a verb."""


def completed(base: KnowledgeBase, name: str, begun: str) -> list[str]:
    """The words of a name that go on from what was begun."""
    return matching(WORDS[name](base, begun.rpartition(",")[2]), begun)


def matching(words: Iterable[str], begun: str) -> list[str]:
    """The words that go on from what was begun; of a list with commas, from its end."""
    before, comma, last = begun.rpartition(",")
    found = dict.fromkeys(word for word in words if word.startswith(last))
    return [f"{before}{comma}{word}" for word in found]
