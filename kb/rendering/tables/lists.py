"""Lists: the arms of a selection, the words of the vocabulary with how often they are used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb import links
from kb.graphs.patients import largest_n
from kb.rendering.table import Column, Table
from kb.rendering.words.trials import narrowing
from kb.sentences import count
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.treatment_ids import spaced

if TYPE_CHECKING:
    from kb.query.select import Selection
    from kb.query.terms import Kinds, Terms
    from kb.vocabulary.terms import Term


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
                spaced(links.treatment(trial, arm, base.vocabulary)),
                str((population.line if population else None) or "not-stated"),
                trial.phase,
                _few(histologies),
                "–" if n is None else str(n),
                str(len(trial.reports)),
            )
        )
    trials = len(selection.trials)
    title = f"{count(len(lines), 'arm')} of {count(trials, 'trial')}"
    table = Table.plain(
        title,
        (
            Column("Trial/arm", yields=4, way="apart"),
            Column("Acronym", yields=3),
            Column("Drugs", yields=6, way="under", least=20),
            "Line",
            Column("Phase", yields=2),
            Column("Histologies", yields=5, way="under"),
            "Largest n",
            Column("Reports", "right", yields=1),
        ),
        lines,
        right=("Largest n",),
    )
    return replace(table, hint=narrowing(trials))


def _few(words: list[str], most: int = 2) -> str:
    more = f" +{len(words) - most}" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def kinds(view: Kinds) -> Table:
    """The kinds of terms, and how many there are of each."""
    lines = [(kind, name, str(number)) for kind, name, number in view]
    return Table.plain("Kinds of terms", ("Kind", "File", "Terms"), lines, right=("Terms",))


def terms(view: Terms) -> Table:
    """The terms of one kind with their use counts."""
    lines = [
        (
            one.id,
            one.term.name,
            ", ".join(one.above),
            ", ".join(one.term.synonyms),
            " ".join(_codes(one.term)),
            str(one.arms),
        )
        for one in view
    ]
    known = KINDS[view.kind]
    noun = known.noun.split(" ", 1)[1] if len(lines) == 1 else known.file
    return Table.plain(
        f"{len(lines)} {noun.replace('-', ' ')}",
        (
            Column("Id", yields=4, way="apart"),
            "Name",
            Column("Under", yields=3, way="under"),
            Column("Synonyms", yields=2, way="under", least=20),
            Column("Codes", yields=1),
            "Arms",
        ),
        lines,
        right=("Arms",),
    )


def _codes(term: Term) -> list[str]:
    given = term.codes.model_dump() if term.codes else {}
    return [f"{name}:{code}" for name, code in given.items() if code]
