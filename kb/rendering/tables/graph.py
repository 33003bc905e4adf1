"""Neighbours, paths and gaps as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.graphs.evidence import class_name, regimen_name
from kb.graphs.gaps import Gaps
from kb.graphs.neighbours import Related, Reporting
from kb.graphs.paths import Path
from kb.links import histologies_of, treatment_id
from kb.query.filters import worded
from kb.rendering.table import Column, Note, Section, Table
from kb.sentences import count, named
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from kb.graphs.gaps import Cell
    from kb.graphs.paths import Side, Step
    from kb.graphs.treatments import Head
    from kb.model import Trial
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary


def related(view: Related) -> Table:
    """One line per neighbour: trial, what its arms give, why it is one; the others by name only."""
    shown = view.neighbours[: view.most]
    lines = [
        (
            _named(view.base[one.trial]),
            "\n".join(dict.fromkeys(_regimens(view.base, view.base[one.trial]))),
            "\n".join(reason.message for reason in one.reasons),
        )
        for one in shown
    ]
    left = [one.trial for one in view.neighbours[len(shown) :]]
    notes = (Note(f"{len(left)} more, described with --most", (named(left, 20),)),) if left else ()
    title = f"Neighbours of {_named(view.base[view.trial])}: {count(len(view), 'trial')}"
    columns = (
        Column("Trial", yields=2, way="apart"),
        Column("Regimens", yields=1, way="under", least=20),
        Column("Why", yields=3, way="apart", least=30),
    )
    return Table.plain(title, columns, lines, notes)


def _named(trial: Trial) -> str:
    return f"{trial.id} ({trial.acronym})" if trial.acronym else trial.id


def _regimens(base: KnowledgeBase, trial: Trial) -> list[str]:
    return [
        regimen_name(treatment_id(trial, arm, base.vocabulary), base.vocabulary)
        for arm in trial.arms
    ]


def reporting(view: Reporting) -> Table:
    """One line per arm that reports the endpoint: regimen, line, largest n, reports."""
    vocabulary = view.base.vocabulary
    lines = [
        (
            f"{one.trial}/{one.arm}",
            regimen_name(one.treatment, vocabulary),
            _line(view.base[one.trial], one.arm),
            "–" if one.n is None else str(one.n),
            str(len(one.reports)),
        )
        for one in view.arms
    ]
    title = " · ".join(
        [
            vocabulary.name("endpoint", view.endpoint),
            *worded(view.criteria),
            count(len(view), "arm"),
        ]
    )
    headings = (
        Column("Trial/arm", yields=2, way="apart"),
        Column("Regimen", yields=3, way="under", least=20),
        "Line",
        "Largest n",
        Column("Reports", "right", yields=1),
    )
    return Table.plain(title, headings, lines, right=("Largest n",))


def _line(trial: Trial, arm: str) -> str:
    population = trial.population_of(arm)
    return (population.line if population else None) or "not-stated"


def path(view: Path) -> Table:
    """One section per route, one line per trial in it; what each side is connected to below."""
    columns = (
        Column("Comparison", yields=4, way="apart", least=20),
        Column("Trial"),
        Column("Arms", yields=3, way="under"),
        Column("Line"),
        Column("Histologies", yields=2, way="under", least=20),
        Column("Reported for both arms", yields=1, way="under", least=20),
    )
    sections = tuple(
        Section(_route(view, route), tuple(line for step in route for line in _step(view, step)))
        for route in view.routes
    )
    return Table(_path_title(view), columns, sections, tuple(_path_notes(view)))


def _path_title(view: Path) -> str:
    vocabulary = view.base.vocabulary
    a, b = (regimen_name(side.asked, vocabulary) for side in (view.a, view.b))
    if view.connection == "same":
        return f"{a}: both are this regimen"
    within = f" for {vocabulary.name('endpoint', view.endpoint)}" if view.endpoint else ""
    said = {
        "direct": "compared directly",
        "indirect": "connected indirectly",
        "none": "not connected by randomised comparisons",
    }[view.connection]
    return f"{a} and {b}: {said}{within}"


def _route(view: Path, route: tuple[Step, ...]) -> str:
    nodes = [route[0].start, *(step.end for step in route)]
    return " → ".join(regimen_name(node, view.base.vocabulary) for node in nodes)


def _step(view: Path, step: Step) -> list[tuple[str, ...]]:
    ends = [regimen_name(one, view.base.vocabulary) for one in (step.start, step.end)]
    return [(" vs ".join(ends), *_head(view.base, head)) for head in step.heads]


def _head(base: KnowledgeBase, head: Head) -> tuple[str, ...]:
    trial = base[head.trial]
    histologies = [
        base.vocabulary.name("histology", one) for one in histologies_of(trial, head.arm)
    ]
    return (
        _named(trial),
        f"{head.arm} vs {head.versus}",
        _line(trial, head.arm),
        ", ".join(histologies),
        ", ".join(_short(one, base.vocabulary) for one in sorted(head.endpoints)),
    )


def _path_notes(view: Path) -> list[Note]:
    vocabulary = view.base.vocabulary
    notes = []
    if view.shared_comparators:
        names = tuple(regimen_name(one, vocabulary) for one in view.shared_comparators)
        notes.append(Note("Both are compared with", names))
    sides = [line for side in (view.a, view.b) for line in _side_lines(side, vocabulary)]
    if view.connection == "none":
        notes.append(Note("What each side is connected to", tuple(sides)))
    elif view.a.as_alternative or view.b.as_alternative:
        own = [line for line in sides if "alternative" in line]
        notes.append(Note("Alternatives", tuple(own)))
    return notes


def _side_lines(side: Side, vocabulary: Vocabulary) -> list[str]:
    name = regimen_name(side.asked, vocabulary)
    if not side.arms:
        return [f"{name}: no arm of the knowledge base gives it"]
    lines = []
    if side.as_alternative:
        lines.append(f"{name}: given as one alternative in {', '.join(side.arms)}")
    if not side.compared_with:
        given = "" if side.as_alternative else f"; given in {', '.join(side.arms)}"
        return [*lines, f"{name}: in no randomised comparison{given}"]
    near = "; ".join(regimen_name(one, vocabulary) for one in side.compared_with)
    lines.append(f"{name}: compared with {near}")
    if side.reachable:
        far = "; ".join(regimen_name(one, vocabulary) for one in side.reachable)
        lines.append(f"{name}: through these with {far}")
    return lines


def gaps(view: Gaps) -> Table:
    """Classes as lines, endpoints as columns, cells `trials · patients`; 0 where nothing is known.

    Classes of most trials first. Unless endpoints were asked for, at most eight are columns, those
    with most evidence; the rest is named below.
    """
    vocabulary = view.base.vocabulary
    rows = {one: view.row(one) for one in view.ordered_classes}
    columns = list(view.columns)
    positions = [view.endpoints.index(one) for one in columns]
    named = [one for one in rows if one in vocabulary.regimen_classes]
    families = [one for one in rows if one not in vocabulary.regimen_classes]
    sections = tuple(
        Section(
            heading,
            tuple(
                (
                    class_name(one, vocabulary),
                    *(_cell(rows[one][position]) for position in positions),
                )
                for one in classes
            ),
        )
        for heading, classes in (("Regimen classes", named), ("Families", families))
        if classes
    )
    heads = (
        Column("Regimen class", least=14),
        *(Column(_short(one, vocabulary), "right") for one in columns),
    )
    empty = sum(not rows[one][position].trials for one in rows for position in positions)
    title = f"Trials · patients; {empty} of {len(rows) * len(positions)} cells are empty"
    return Table(title, heads, sections, tuple(_gap_notes(view, columns)))


def _cell(cell: Cell) -> str:
    if not cell.trials:
        return "0"
    return f"{len(cell.trials)} · {cell.patients}{'+' * bool(cell.unsized)}"


def _gap_notes(view: Gaps, columns: list[str]) -> list[Note]:
    vocabulary, reported = view.base.vocabulary, view.reported
    others = [one for one in view.endpoints if one not in columns]
    rare = [f"{_short(one, vocabulary)} ({reported[one]})" for one in others if reported[one]]
    never = [_short(one, vocabulary) for one in view.endpoints if not reported[one]]
    lines = [
        "patients: the largest n per arm; reports, data cuts and subgroups of an arm are not summed"
    ]
    if any(cell.unsized for cell in view.cells):
        lines.append("+: further trials that do not print how many patients")
    if rare:
        lines.append(
            f"shown with --endpoint all, with the trials that report them: {', '.join(rare)}"
        )
    if never:
        lines.append(f"not reported by any trial: {', '.join(never)}")
    return [Note("Notes", tuple(lines))]


def _short(endpoint: str, vocabulary: Vocabulary) -> str:
    return abbreviated(endpoint) if len(endpoint) <= 4 else vocabulary.name("endpoint", endpoint)
