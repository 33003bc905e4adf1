"""Pooled estimates, networks and differences across trials as tables."""

from __future__ import annotations

from itertools import combinations
from math import exp, isnan, sqrt
from typing import TYPE_CHECKING, Any, Final

from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.words import numbers
from kb.rows.labels import label, labels
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.rows.row import Row
    from kb.stats.results import Pooled
    from kb.synthesis.network import NetworkComparison
    from kb.synthesis.pool import PooledComparison
    from kb.synthesis.unanchored import AcrossTrials

DECIMALS: Final = {"proportion": 1, "months": 1, "log-ratio": 2}


def shown(value: float, scale: str) -> str:
    """A pooled number as people read it: percent, months, or a ratio."""
    if isnan(value):
        return "–"
    natural = (
        100 * value if scale == "proportion" else exp(value) if scale == "log-ratio" else value
    )
    sign = "%" if scale == "proportion" else ""
    return f"{numbers.rounded(natural, DECIMALS[scale])}{sign}"


def bounds(low: float, high: float, scale: str) -> str:
    """An interval as people read it; empty where there is none."""
    if isnan(low) and isnan(high):
        return "–"
    return f"{shown(low, scale)}–{shown(high, scale)}"


def small(value: float) -> str:
    """A variance or a Q: three decimals, or that it is unknown."""
    return "–" if isnan(value) else numbers.rounded(value, 3)


def pooled_table(view: PooledComparison) -> Table:
    """The rows, the pooled line, its groups or sensitivity, and everything that was assumed."""
    level = f"{view.options.get('level', 95):g}% interval"
    columns = (
        Column("Trial"),
        Column("Drugs"),
        Column("Line"),
        Column("Events / n", "right"),
        Column("Estimate", "right"),
        Column(level, "right"),
        Column("Report"),
    )
    vocabulary = view.comparison.base.vocabulary if view.comparison is not None else None
    named = zip(view.rows, labels(view.rows, vocabulary), strict=True)
    lines = tuple(_row_line(row, name, view.scale) for row, name in named)
    total = (
        f"Pooled, k = {view.k}",
        "",
        "",
        _total(view.rows) if view.scale == "proportion" else "",
        shown(view.value, view.scale),
        bounds(view.low, view.high, view.scale),
        "",
    )
    sections = [Section("", lines), Section("Pooled", (total,))]
    if view.parts:
        more = tuple(
            (
                part.label,
                "",
                "",
                f"k = {part.k}",
                shown(part.value, view.scale),
                bounds(part.low, part.high, view.scale),
                "",
            )
            for part in view.parts
        )
        sections.append(Section(view.parts_are, more))
    name = abbreviated(view.endpoint)
    if view.comparison is not None:
        name = view.comparison.base.vocabulary.name("endpoint", view.endpoint)
    return Table(f"{name}, pooled", columns, tuple(sections), tuple(_pooled_notes(view)))


def _row_line(row: Row, name: str, scale: str) -> tuple[str, ...]:
    interval = numbers.interval_text(row).partition(", ")[2]
    if row.interval_source and row.level is not None and row.level != 95:
        interval += f" ({row.level:g}%)"
    count = numbers.count_text(row) if scale == "proportion" else ""
    return (
        name,
        row.drugs.replace("+", " + "),
        row.line.replace("-", " ") or "not stated",
        count,
        numbers.value_text(row),
        interval or "–",
        row.report if "|" in row.set else f"{row.report}/{row.set}",
    )


def _total(rows: tuple[Row, ...]) -> str:
    return f"{sum(row.events or 0 for row in rows)}/{sum(row.n or 0 for row in rows)}"


def heterogeneity(pooled: Pooled) -> str:
    """tau², I² and Q with its p-value on one line; what is unknown is left out or a dash."""
    interval = (
        ""
        if isnan(pooled.tau2_low)
        else f" ({small(pooled.tau2_low)} to {small(pooled.tau2_high)})"
    )
    i2 = "–" if isnan(pooled.i2) else f"{numbers.rounded(100 * pooled.i2, 0)}%"
    return (
        f"tau² = {small(pooled.tau2)}{interval}, I² = {i2}, "
        f"Q = {small(pooled.q)}, df = {pooled.df}, {_p(pooled.q_p)}"
    )


def _p(value: float) -> str:
    if isnan(value):
        return "p –"
    text = numbers.computed_p(value)
    return f"p {text}" if text.startswith("<") else f"p = {text}"


def _pooled_notes(view: PooledComparison) -> list[Note]:
    prediction = bounds(view.prediction_low, view.prediction_high, view.scale)
    lines = (view.method, heterogeneity(view), f"prediction interval {prediction}")
    notes = [Note("Method", lines)]
    errors = tuple(error_sources(view))
    if errors:
        notes.append(Note("Standard errors", errors))
    if view.notes:
        notes.append(Note("Notes", tuple(view.notes)))
    notes += accepted_notes(view)
    aside = [f"{one.row.address}: {one.why}" for one in view.rows_set_aside]
    aside += list(view.set_aside)
    if aside:
        notes.append(Note("Set aside", tuple(aside)))
    caveats = tuple(_caveats(view))
    if caveats:
        notes.append(Note("Caveats", caveats))
    return notes


def error_sources(view: PooledComparison) -> Iterator[str]:
    """Of pooled ratios, where each standard error comes from: an interval, a p-value, counts."""
    from kb.sentences import named
    from kb.synthesis.effect_sizes import contrasted

    if view.scale != "log-ratio":
        return
    sources: dict[str, list[str]] = {}
    for one in contrasted(view.rows)[0]:
        sources.setdefault(one.source, []).append(one.row.trial)
    for source, trials in sources.items():
        yield f"from {source}: {named(trials)}"


def accepted_notes(view: PooledComparison | NetworkComparison) -> list[Note]:
    """The reasons of the gate that somebody accepted, which every output of a view carries."""
    if not view.accepted:
        return []
    lines = tuple(f"{reason}: {sentence}" for reason, sentence in view.accepted.items())
    return [Note("Accepted in spite of", lines)]


def _caveats(view: PooledComparison) -> Iterator[str]:
    """What makes the pooled rows hard to compare; of rows without records nothing is known."""
    from kb.comparison.caveats import caveats_of

    found = view.comparison
    if found is not None and all(row.trial in found.base for row in view.rows):
        for one in caveats_of(view.rows, found.base, found.criteria):
            yield f"{one.rule}: {one.message}"


def multiverse_table(view: PooledComparison, variants: list[Any]) -> Table:
    """What every reasonable model gives for the same counts, and whose default each is."""
    lines = []
    for one in variants:
        pooled: Pooled = one.pooled
        lines.append(
            (
                one.method,
                one.model,
                one.tau2 or "–",
                one.adjust,
                shown(pooled.value, view.scale),
                bounds(pooled.low, pooled.high, view.scale),
                bounds(pooled.prediction_low, pooled.prediction_high, view.scale),
                ", ".join(one.default_of),
            )
        )
    return Table.plain(
        "What every reasonable model gives",
        ("Method", "Model", "tau²", "Interval", "Pooled", "Bounds", "Prediction", "Default of"),
        lines,
        tuple(accepted_notes(view)),
        right=("Pooled", "Bounds", "Prediction"),
    )


def network_table(view: NetworkComparison) -> Table:
    """The league table of each connected part, pair by pair: A versus B."""
    sections = []
    columns = (
        Column("A versus B"),
        Column("Network", "right"),
        Column("Direct", "right"),
        Column("Indirect", "right"),
        Column("p of difference", "right"),
        Column("Trials", "right"),
    )
    splits = {(one.a, one.b): one for one in view.split()}
    for component in view.components:
        names = component.treatments
        lines = [_pair_line(view, a, b, splits) for a, b in combinations(names, 2)]
        tau = "unknown" if isnan(component.tau2) else numbers.rounded(sqrt(component.tau2), 3)
        heading = f"{len(names)} treatments, {len(component.studies)} trials, tau = {tau}"
        sections.append(Section(heading, tuple(lines)))
    endpoint = abbreviated(view.endpoint)
    return Table(
        f"{endpoint} network: ratios, A versus B, {view.better} is better for A",
        columns,
        tuple(sections),
        tuple(_network_notes(view)),
    )


def _pair_line(view: NetworkComparison, a: str, b: str, splits: dict[Any, Any]) -> tuple[str, ...]:
    def text(effect: Any) -> str:
        if effect is None or isnan(effect.value):
            return "–"
        return (
            f"{shown(effect.value, 'log-ratio')} ({bounds(effect.low, effect.high, 'log-ratio')})"
        )

    one = splits.get((a, b)) or splits.get((b, a))
    direct = indirect = None
    p = "–"
    if one is not None:
        turned = (one.a, one.b) != (a, b)
        direct, indirect = (_turned(x) if turned else x for x in (one.direct, one.indirect))
        p = "–" if isnan(one.p) else numbers.computed_p(one.p)
    trials = sum({a, b} == {pair[1], pair[2]} for pair in view.pairs)
    name = f"{a.replace('+', ' + ')} v {b.replace('+', ' + ')}"
    return name, text(view.effect(a, b)), text(direct), text(indirect), p, str(trials)


def _turned(effect: Any) -> Any:
    if effect is None:
        return None
    from kb.stats.results import Effect

    return Effect(-effect.value, -effect.high, -effect.low, effect.se)


def _network_notes(view: NetworkComparison) -> list[Note]:
    notes = []
    if view.cautions:
        notes.append(Note("Before any ranking: what may break transitivity", view.cautions))
    scores = [
        ", ".join(f"{name} {numbers.rounded(score, 2)}" for name, score in _ranked(view, component))
        for component in view.components
        if len(component.treatments) > 2
    ]
    if scores:
        notes.append(Note("P-scores (under the cautions above)", tuple(scores)))
    q = (
        f"Q total {small(view.q_total)} (df {view.df}); "
        f"within designs {small(view.q_heterogeneity)} (df {view.df_heterogeneity}); "
        f"between designs {small(view.q_inconsistency)} "
        f"(df {view.df_inconsistency}, {_p(view.p_inconsistency)})"
    )
    lines = [f"{view.model} effects, tau² by {view.estimator}, {view.level:g}% intervals", q]
    lines += _drivers(view)
    if len(view.components) > 1:
        lines.append("the parts are not connected, and are estimated apart")
    notes.append(Note("Method", tuple(lines)))
    notes += accepted_notes(view)
    if view.rows_set_aside:
        aside = tuple(f"{one.row.address}: {one.why}" for one in view.rows_set_aside)
        notes.append(Note("Set aside", aside))
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
        if least.tau2_without < component.tau2:
            yield (
                f"{least.study} drives heterogeneity: without it tau² is "
                f"{small(least.tau2_without)}, with it {small(component.tau2)}"
            )


def across_table(view: AcrossTrials) -> Table:
    """Differences of arms of different trials, under their label."""
    lines = [
        (
            abbreviated(one.one.endpoint),
            label(one.one),
            label(one.other),
            f"{numbers.rounded(100 * one.effect.value, 1)}",
            " to ".join(
                numbers.rounded(100 * bound, 1) for bound in (one.effect.low, one.effect.high)
            ),
        )
        for one in view.differences
    ]
    return Table.plain(
        "Differences across trials, percentage points",
        ("Endpoint", "Arm", "Minus arm", "Difference", "95% CI"),
        lines,
        (Note("Read this first", (view.label,)),),
        right=("Difference", "95% CI"),
    )
