"""Lists: the arms of a selection, and the words of the vocabulary with how often they are used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb import links
from kb.errors import UnknownTermError
from kb.graphs.patients import largest_n
from kb.rendering.table import Table
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from kb.query.select import Selection
    from kb.store.knowledge_base import KnowledgeBase


def arms(selection: Selection) -> Table:
    """One line per arm; the largest n is that printed for the arm alone."""
    base = selection.base
    lines = []
    for trial, arm in selection:
        n = largest_n(trial, arm)
        population = trial.population_of(arm)
        histologies = [
            base.vocabulary.name("histology", one) for one in links.histologies_of(trial, arm)
        ]
        lines.append(
            (
                f"{trial.id}/{arm}" if len(trial.arms) > 1 else trial.id,
                trial.acronym or "",
                links.treatment(trial, arm, base.vocabulary).replace("+", " + "),
                str((population.line if population else None) or "not-stated"),
                trial.phase,
                _few(histologies),
                "–" if n is None else str(n),
                str(len(trial.reports)),
            )
        )
    trials = len(selection.trials)
    title = f"{len(lines)} arm{'s' * (len(lines) != 1)} of {trials} trial{'s' * (trials != 1)}"
    return Table.plain(
        title,
        ("Trial/arm", "Acronym", "Drugs", "Line", "Phase", "Histologies", "Largest n", "Reports"),
        lines,
        right=("Largest n", "Reports"),
    )


def _few(words: list[str], most: int = 2) -> str:
    more = f" +{len(words) - most}" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def uses(base: KnowledgeBase) -> Counter[tuple[str, str]]:
    """How many arms use each word, counting what lies under it."""
    found: Counter[tuple[str, str]] = Counter()
    vocabulary = base.vocabulary
    for trial in base.values():
        for arm in trial.arms:
            facets = links.facets(trial, arm, vocabulary)
            for facet, kind in (
                ("drug", "drug"),
                ("drug_class", "drug-class"),
                ("regimen_class", "regimen-class"),
                ("histology", "histology"),
            ):
                found.update((kind, one) for one in facets[facet])
            found.update(("endpoint", one) for one in links.endpoints_of(trial, arm))
            assessments = [
                piece.assessment
                for report, name in links.sets_of(trial, arm)
                for piece in (trial.reports[report], trial.reports[report].analysis_sets[name])
                if piece.assessment is not None
            ]
            for kind in ("criteria", "assessor"):
                words = {getattr(one, kind) for one in assessments} - {None}
                found.update((kind, word) for word in words)
    return found


def kinds(base: KnowledgeBase) -> Table:
    """The kinds of terms, and how many there are of each."""
    lines = [(kind, name, str(len(base.vocabulary[kind]))) for kind, (name, _) in KINDS.items()]
    return Table.plain("Kinds of terms", ("Kind", "File", "Terms"), lines, right=("Terms",))


def terms(base: KnowledgeBase, kind: str, word: str | None = None) -> Table:
    """The terms of one kind with their use counts; with a word, that term and those under it."""
    if kind not in KINDS:
        plural = {name: kind_id for kind_id, (name, _) in KINDS.items()}
        if kind not in plural:
            raise UnknownTermError("kind of term", kind, nearest(kind, list(KINDS)), list(KINDS))
        kind = plural[kind]
    vocabulary = base.vocabulary
    chosen = list(vocabulary[kind])
    if word is not None:
        term_id = vocabulary.resolve(kind, word)
        under = vocabulary.descendants(kind, term_id) if kind != "drug" else frozenset()
        chosen = [one for one in chosen if one == term_id or one in under]
    counted = uses(base)
    lines = []
    for term_id in chosen:
        term = vocabulary[kind][term_id]
        above = ", ".join(vocabulary.parents(kind, term_id))
        codes = [
            f"{name}:{code}"
            for name, code in (term.codes.model_dump() if term.codes else {}).items()
            if code
        ]
        lines.append(
            (
                term_id,
                term.name,
                above,
                ", ".join(term.synonyms),
                " ".join(codes),
                str(counted[kind, term_id]),
            )
        )
    lines.sort(key=lambda line: (-int(line[-1]), line[0]))
    counted_as = KINDS[kind].noun.split(" ", 1)[1] if len(lines) == 1 else KINDS[kind].file
    return Table.plain(
        f"{len(lines)} {counted_as.replace('-', ' ')}",
        ("Id", "Name", "Under", "Synonyms", "Codes", "Arms"),
        lines,
        right=("Arms",),
    )
