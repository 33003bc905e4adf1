"""Why two trials are neighbours: one reason, one function; its docstring is its page.

A reason is found between two trials or it is not. `REASONS` is read top to bottom, strongest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kb.graphs.evidence import class_name, regimen_name
from kb.graphs.treatments import heads, treatments_of
from kb.links import active_drugs_of, endpoints_of, regimen_classes, studied_by
from kb.printed.reading import PASSING_ON, second_hand
from kb.rows.documents import identifiers
from kb.sentences import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kb.model import Trial
    from kb.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two trials have in common: its kind, what it is (ids), and a sentence."""

    kind: str
    shared: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a trial is compared by; everything by arm but the treatments that it randomised."""

    trial: Trial
    treatments: Mapping[str, str]
    randomised: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    drugs: Mapping[str, frozenset[str]]
    histologies: Mapping[str, frozenset[str]]
    endpoints: Mapping[str, frozenset[str]]

    def arms_of(self, treatment: str) -> list[str]:
        """The arms that give a treatment."""
        return [arm for arm, given in self.treatments.items() if given == treatment]

    def is_experimental(self, treatment: str) -> bool:
        """Whether every arm that gives it is the experimental one."""
        return all(self.trial.arms[arm].role == "experimental" for arm in self.arms_of(treatment))


def profile(trial: Trial, vocabulary: Vocabulary) -> Profile:
    """The profile of a trial."""
    treatments = treatments_of(trial, vocabulary)
    return Profile(
        trial=trial,
        treatments=treatments,
        randomised=frozenset(
            treatments[arm] for head in heads(trial) for arm in (head.arm, head.versus)
        ),
        classes={arm: regimen_classes(trial, arm, vocabulary) for arm in trial.arms},
        drugs={arm: active_drugs_of(trial, arm, vocabulary) for arm in trial.arms},
        histologies={arm: studied_by(trial, arm) for arm in trial.arms},
        endpoints={arm: endpoints_of(trial, arm) for arm in trial.arms},
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two trials, the words for what they share, and the overlaps that records declare."""

    one: Profile
    other: Profile
    vocabulary: Vocabulary
    overlaps: Mapping[frozenset[str], str] = field(default_factory=dict)

    @property
    def treatments(self) -> list[str]:
        """The treatments that both give."""
        return sorted(set(self.one.treatments.values()) & set(self.other.treatments.values()))

    def is_comparator(self, treatment: str) -> bool:
        """Whether both compare others with a treatment that both give, at random."""
        both = (self.one, self.other)
        return all(treatment in side.randomised for side in both) and not all(
            side.is_experimental(treatment) for side in both
        )

    def names(self, kind: str, ids: Iterable[str]) -> str:
        """Terms by name, the first few of them."""
        return named(self.vocabulary.name(kind, one) for one in ids)


def overlapping_patients(pair: Pair) -> Reason | None:
    """A record says that sets of the two trials share patients."""
    trials = {pair.one.trial.id, pair.other.trial.id}
    found = {
        sentence: tuple(sorted(names))
        for names, sentence in pair.overlaps.items()
        if {name.split("/")[0] for name in names} == trials
    }
    shared = tuple(dict.fromkeys(name for names in found.values() for name in names))
    return Reason("overlapping-patients", shared, "; ".join(found)) if found else None


def shared_registration(pair: Pair) -> Reason | None:
    """Both stand under one registration."""
    one, other = pair.one.trial, pair.other.trial
    shared = tuple(one_id for one_id in one.registrations if one_id in other.registrations)
    if shared:
        return Reason("shared-registration", shared, f"both are registered as {named(shared)}")
    return None


def shared_publication(pair: Pair) -> Reason | None:
    """One publication has results of both: it is in both records, or reports pass it on."""
    one, other = _publications(pair.one.trial), _publications(pair.other.trial)
    ids = tuple(sorted(_printed(mark, one[mark]) for mark in one.keys() & other.keys()))
    if ids:
        return Reason(
            "shared-publication", ids, f"one publication has results of both: {named(ids)}"
        )
    return None


def _publications(trial: Trial) -> dict[tuple[str, str], str]:
    """Identifiers of the publications that reports of a trial are, or pass on, as printed."""
    found: dict[tuple[str, str], str] = {}
    for report in trial.reports.values():
        if report.relays is not None:
            found |= identifiers(report.relays)
        elif not second_hand(report.read, report.relays):
            found |= identifiers(report.citation)
    return found


def _printed(mark: tuple[str, str], text: str) -> str:
    """An identifier as people read it: an address as it is, others with their kind."""
    return text if mark[0] == "url" else f"{mark[0]}:{text}"


def same_regimen(pair: Pair) -> Reason | None:
    """Both have an arm with the same active drugs."""
    shared = tuple(one for one in pair.treatments if not pair.is_comparator(one))
    if not shared:
        return None
    names = named(regimen_name(one, pair.vocabulary) for one in shared)
    return Reason("same-regimen", shared, f"both give {names}")


def shared_comparator(pair: Pair) -> Reason | None:
    """Both randomise against the same regimen, so that their other arms are linked through it."""
    shared = tuple(one for one in pair.treatments if pair.is_comparator(one))
    if not shared:
        return None
    names = named(regimen_name(one, pair.vocabulary) for one in shared)
    return Reason("shared-comparator", shared, f"both compare with {names} at random")


def shared_class(pair: Pair) -> Reason | None:
    """Arms of different regimens are in one regimen class; families where no named class is."""
    shared = _of_other_arms(pair, "classes")
    known = pair.vocabulary.regimen_classes
    ids = tuple(sorted(shared & set(known)) or sorted(shared))
    if not ids:
        return None
    names = named(class_name(one, pair.vocabulary) for one in ids)
    return Reason("shared-regimen-class", ids, f"both have an arm of {names}")


def _of_other_arms(pair: Pair, what: str) -> frozenset[str]:
    """Classes or drugs that both have in arms whose regimen is not itself shared."""
    sides = []
    for side in (pair.one, pair.other):
        by_arm: Mapping[str, frozenset[str]] = getattr(side, what)
        own = (
            by_arm[arm] for arm, given in side.treatments.items() if given not in pair.treatments
        )
        sides.append(frozenset().union(*own))
    return sides[0] & sides[1]


def shared_drugs(pair: Pair) -> Reason | None:
    """Arms of different regimens contain the same active drug."""
    ids = tuple(sorted(_of_other_arms(pair, "drugs")))
    if not ids:
        return None
    return Reason("shared-drug", ids, f"both give {pair.names('drug', ids)} in another combination")


def shared_drug_class(pair: Pair) -> Reason | None:
    """Both give drugs of one class that are not the same drugs; the narrowest classes are named."""
    every = [frozenset().union(*side.drugs.values()) for side in (pair.one, pair.other)]
    shared: set[str] = set()
    for drug in every[0] - every[1]:
        for other in every[1] - every[0]:
            above = [pair.vocabulary.ancestors("drug", each) for each in (drug, other)]
            shared |= above[0] & above[1]
    ids = tuple(sorted(_narrowest(pair.vocabulary, "drug-class", shared)))
    if not ids:
        return None
    names = pair.names("drug-class", ids)
    return Reason("shared-drug-class", ids, f"both give a drug of the class {names}")


def _narrowest(vocabulary: Vocabulary, kind: str, terms: set[str]) -> set[str]:
    """Terms without those that stand above another of them."""
    above = {up for one in terms for up in vocabulary.ancestors(kind, one) - {one}}
    return terms - above


def shared_histology_and_endpoint(pair: Pair) -> Reason | None:
    """Arms study a histology in common, or one above the other, and report one endpoint."""
    histologies: set[str] = set()
    endpoints: set[str] = set()
    for arm, studied in pair.one.histologies.items():
        for other, also_studied in pair.other.histologies.items():
            common = pair.one.endpoints[arm] & pair.other.endpoints[other]
            related = _related(pair.vocabulary, studied, also_studied)
            if common and related:
                histologies |= related
                endpoints |= common
    if not histologies:
        return None
    ids = (*sorted(_narrowest(pair.vocabulary, "histology", histologies)), *sorted(endpoints))
    studied_names = pair.names("histology", (one for one in ids if one in histologies))
    reported = pair.names("endpoint", sorted(endpoints))
    message = f"both study {studied_names} and report {reported}"
    return Reason("shared-histology-and-endpoint", ids, message)


def _related(vocabulary: Vocabulary, one: Iterable[str], other: Iterable[str]) -> set[str]:
    """Histologies of one side that are, or lie under, a histology of the other side."""
    left, right = set(one), set(other)
    under_right = {each for each in left if vocabulary.ancestors("histology", each) & right}
    under_left = {each for each in right if vocabulary.ancestors("histology", each) & left}
    return under_right | under_left


def shared_document(pair: Pair) -> Reason | None:
    """One news report or review table covers both."""
    documents = [
        {
            _printed(mark, text): report.citation.container or report.citation.title or text
            for report in side.trial.reports.values()
            if report.read in PASSING_ON
            for mark, text in identifiers(report.citation).items()
        }
        for side in (pair.one, pair.other)
    ]
    shared = tuple(sorted(documents[0].keys() & documents[1].keys()))
    if not shared:
        return None
    names = named(documents[0][one] for one in shared)
    return Reason("shared-document", shared, f"one document covers both: {names}")


REASONS: Final[tuple[Callable[[Pair], Reason | None], ...]] = (
    overlapping_patients,
    shared_registration,
    shared_publication,
    same_regimen,
    shared_comparator,
    shared_drugs,
    shared_class,
    shared_drug_class,
    shared_histology_and_endpoint,
    shared_document,
)
