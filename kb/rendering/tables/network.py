"""Networks as league tables."""

from __future__ import annotations

from itertools import combinations
from math import isnan, sqrt
from typing import TYPE_CHECKING, Any

from kb.printed.measure import MEASURES
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.tables.pooled import accepted_notes
from kb.rendering.tables.set_aside import by_report
from kb.rendering.words import numbers
from kb.rendering.words.estimates import bounds, p_words, shown, small
from kb.sentences import count
from kb.vocabulary.kinds import abbreviated
from kb.vocabulary.treatment_ids import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.synthesis.network import NetworkComparison


def network_table(view: NetworkComparison) -> Table:
    """The league table of each connected part, pair by pair: A versus B."""
    sections = []
    columns = (
        Column("A versus B", yields=1, way="apart", least=16),
        Column("Network", "right"),
        Column("Direct", "right"),
        Column("Indirect", "right"),
        Column("p of difference", "right", yields=2),
        Column("Trials", "right"),
    )
    splits = {(one.a, one.b): one for one in view.split()}
    for component in view.components:
        names = component.treatments
        lines = [_pair_line(view, a, b, splits) for a, b in combinations(names, 2)]
        tau = "unknown" if isnan(component.tau2) else numbers.rounded(sqrt(component.tau2), 3)
        trials = count(len(component.studies), "trial")
        heading = f"{count(len(names), 'treatment')}, {trials}, tau = {tau}"
        sections.append(Section(heading, tuple(lines)))
    endpoint = abbreviated(view.endpoint)
    better = f", {view.better} is better for A" if view.better else ""
    return Table(
        f"{endpoint} network: {MEASURES[view.measure].name}, A versus B{better}",
        columns,
        tuple(sections),
        tuple(_network_notes(view)),
    )


def _pair_line(view: NetworkComparison, a: str, b: str, splits: dict[Any, Any]) -> tuple[str, ...]:
    scale = MEASURES[view.measure].pooled_as

    def text(effect: Any) -> str:
        if isnan(effect.value):
            return numbers.UNKNOWN
        return (
            f"{shown(effect.value, view.measure, scale)} "
            f"({bounds(effect.low, effect.high, view.measure, scale)})"
        )

    one = splits[a, b]
    p = numbers.UNKNOWN if isnan(one.p) else numbers.computed_p(one.p)
    trials = sum({a, b} == {pair[1], pair[2]} for pair in view.pairs)
    name = f"{spaced(a)} v {spaced(b)}"
    return name, text(view.effect(a, b)), text(one.direct), text(one.indirect), p, str(trials)


def _network_notes(view: NetworkComparison) -> list[Note]:
    notes = []
    if view.cautions:
        notes.append(Note("Before any ranking: what may break transitivity", view.cautions))
    ranked = view.components if view.better else ()
    scores = [
        ", ".join(f"{name} {numbers.rounded(score, 2)}" for name, score in _ranked(view, component))
        for component in ranked
        if len(component.treatments) > 2
    ]
    if scores:
        notes.append(Note("P-scores (under the cautions above)", tuple(scores)))
    q = (
        f"Q total {small(view.q_total)} (df {view.df}); "
        f"within designs {small(view.q_heterogeneity)} (df {view.df_heterogeneity}); "
        f"between designs {small(view.q_inconsistency)} "
        f"(df {view.df_inconsistency}, {p_words(view.p_inconsistency)})"
    )
    lines = [f"{view.model} effects, tau² by {view.estimator}, {view.level:g}% intervals", q]
    lines += _drivers(view)
    if len(view.components) > 1:
        lines.append("the parts are not connected, and are estimated apart")
    notes.append(Note("Method", tuple(lines)))
    notes += accepted_notes(view)
    if view.rows_set_aside:
        aside = by_report((one.row.address, one.why) for one in view.rows_set_aside)
        notes.append(Note("Set aside", tuple(aside)))
    return notes


def _alone(view: NetworkComparison, component: Any) -> Any:
    """One connected part as a network of its own: nothing is ranked across parts."""
    from kb.stats.network.estimate import NetworkResult

    return NetworkResult((component,), view.model, view.estimator, view.level, None)


def _ranked(view: NetworkComparison, component: Any) -> list[tuple[str, float]]:
    scores = _alone(view, component).p_scores(better=view.better)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _drivers(view: NetworkComparison) -> Iterator[str]:
    """Of each part, the trial without which its spread would be least."""
    for component in view.components:
        if isnan(component.tau2) or component.tau2 <= 0:
            continue
        least = min(_alone(view, component).influence(), key=lambda one: one.tau2_without)
        left, held = small(least.tau2_without), small(component.tau2)
        if least.tau2_without < component.tau2 and left != held:
            yield (f"{least.study} drives heterogeneity: without it tau² is {left}, with it {held}")
