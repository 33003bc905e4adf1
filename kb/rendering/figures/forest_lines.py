"""The rows of a view as the lines of a forest plot: cells in words, numbers on a scale, marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Final

from kb.printed.measure import FRACTION, TIME
from kb.printed.state import NOT_ESTIMABLE, NOT_GIVEN, NOT_REACHED
from kb.rendering.figures.forest_fields import HEADINGS, field, words
from kb.rendering.figures.forest_line import Column, Line
from kb.rendering.figures.forest_notes import effects
from kb.rendering.figures.page import TIED
from kb.rendering.words import numbers
from kb.rendering.words.estimates import bounds, heterogeneity, natural, shown
from kb.rows.identity import arm_of
from kb.rows.labels import group_name, labels, part_of, tails
from kb.vocabulary.treatment_ids import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.rendering.figures.forest_scale import Axis
    from kb.rows.row import Row
    from kb.stats.results import Pooled
    from kb.store.knowledge_base import KnowledgeBase
    from kb.synthesis.pool import PooledComparison

BARE: Final = numbers.Style(label="", percent_in_bounds=False)
"""Intervals of the level that the heading names; others name their own."""
LEVELLED: Final = numbers.Style(percent_in_bounds=False)
EQUALS: Final = " = ".replace(" ", TIED)
"""An equals sign that stays with what it is between."""
UNSTATED: Final = "CI of unstated level, "
SIDES: Final = {
    "under": "below",
    "just-under": "below",
    "up-to": "below",
    "over": "above",
    "at-least": "above",
}
"""On which side of its number a value lies that is printed as a bound."""
NUMBERS: Final = ("count", "n", "year", "events", "p")
"""Columns of numbers, which stand at the right of their column and never wrap."""


@dataclass(frozen=True)
class Rows:
    """What is drawn: rows with what was pooled of them, an axis, columns, and how rows are grouped.

    `names` are those of studies, `weights` the shares of pooled rows by their address. The words of
    a base are there for rows of records; those of a table have none.
    """

    rows: Sequence[Row]
    pooled: PooledComparison | None
    axis: Axis
    base: KnowledgeBase | None
    asked: tuple[str, ...]
    by: str | None
    names: Mapping[str, str]
    weights: Mapping[str, float] | None = None
    suitable: tuple[str, ...] = ("label",)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns on the left: those that were asked for, else those that suit the measure."""
        return self.asked or self.suitable

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns, with the estimate, p-values and weights on the right where there are any."""
        found = [
            Column(
                one,
                HEADINGS.get(one, one.replace("_", " ")),
                align="right" if one in NUMBERS else "left",
                wraps=one not in NUMBERS,
                asked=bool(self.asked) or one == "label",
            )
            for one in self.keys
        ]
        heading = "Estimate"
        if self.pooled is not None or any(row.interval_source for row in self.rows):
            heading = f"Estimate ({numbers.interval_heading(self.level)})"
        found.append(Column("estimate", heading, "right", "right", wraps=False, asked=True))
        if any(row.p for row in self.rows):
            found.append(Column("p", "P", "right", "right", wraps=False))
        if self.weights is not None:
            found.append(Column("weight", "Weight", "right", "right", wraps=False))
        return tuple(found)

    @cached_property
    def level(self) -> float | None:
        """The level that most intervals have, and the heading names; None where two are as many.

        None too where the level of a pooled estimate is another.
        """
        levels = Counter(row.level for row in self.rows if row.interval_source)
        if not levels:
            return self.pooled.level if self.pooled is not None else None
        most = [level for level, one in levels.items() if one == max(levels.values())]
        shared = most[0] if len(most) == 1 else None
        if self.pooled is not None and self.pooled.level != shared:
            return None
        return shared

    def lines(self) -> Iterator[Line]:
        """The rows group by group, what was pooled, and apart what is no treatment effect."""
        effect, others = effects(self.rows)
        grouped, parts = self.by, {}
        if self.pooled is not None and self.pooled.parts_are.startswith("by "):
            grouped = grouped or self.pooled.parts_are[3:].partition(":")[0]
            parts = {part.label: part for part in self.pooled.parts}
        largest = max((row.n or 0 for row in effect), default=0) or 1
        for name, own in self._groups(effect, grouped).items():
            if grouped:
                yield self._spanning(f"{self._heading(grouped)}: {words(name, grouped)}", "heading")
            for row, cells in zip(own, self.cells(own), strict=True):
                yield self.row_line(row, cells, largest)
            if name in parts:
                yield from self.pooled_lines(parts[name], "Subtotal", own)
        if self.pooled is not None:
            yield from self.pooled_lines(self.pooled, "Pooled", effect)
        if others:
            kinds = ", ".join(dict.fromkeys(row.contrast_kind or "not stated" for row in others))
            yield self._spanning(f"No treatment effect ({kinds.replace('-', ' ')})", "heading")
            for row, cells in zip(others, self.cells(others), strict=True):
                yield replace(self.row_line(row, cells, largest), muted=True)

    def _groups(self, rows: Sequence[Row], grouped: str | None) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(group_name(field(row, grouped)) if grouped else "", []).append(row)
        return found

    def _heading(self, name: str) -> str:
        return HEADINGS.get(name, name.replace("_", " "))

    def _spanning(self, text: str, kind: Any) -> Line:
        """A line of words alone, over all columns."""
        return Line((text, *("",) * (len(self.columns) - 1)), kind=kind)

    def cells(self, rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
        """The cells of rows that stand together; a part beneath its whole is not named by trial."""
        vocabulary = self.base.vocabulary if self.base is not None else None
        wholes = {arm_of(row) for row in rows if not row.subgroup}
        called = [replace(row, acronym=self.names[row.trial]) for row in rows]
        for row, name, tail in zip(rows, labels(called, vocabulary), tails(called), strict=True):
            beneath = row.subgroup and arm_of(row) in wholes
            label = f"    {part_of(row, vocabulary)}{tail}" if beneath else name
            yield tuple(
                f"{label}{_when(row)}" if one.key == "label" else self.cell(row, one.key)
                for one in self.columns
            )

    def cell(self, row: Row, column: str) -> str:
        """One field of a row in words, or what stands on the right of it."""
        if column == "count":
            return numbers.count_text(row).rstrip()
        if column == "estimate":
            return self.estimate(row)
        if column == "p":
            return numbers.p_text(row.p).removeprefix("P ").removeprefix("= ") if row.p else ""
        if column == "weight":
            share = (self.weights or {}).get(row.address)
            return "" if share is None else f"{numbers.rounded(100 * share, 1)}%"
        known = self.base is not None and row.trial in self.base
        if column == "drugs":
            drugs = ", ".join(map(spaced, row.treatments))
            return drugs or ("no active drug" if known else "")
        if column == "versus":
            return self.versus(row)
        return words(field(row, column), column)

    def versus(self, row: Row) -> str:
        """What a contrast is set against: other drugs, or another set of patients on the same."""
        known = self.base is not None and row.trial in self.base
        if not row.versus or self.base is None or not known:
            return words(row.versus, "versus")
        drugs = _treatments(self.base, row)
        if drugs == ", ".join(row.treatments) and row.versus_set:
            return words(row.versus_set, "versus_set")
        return spaced(drugs).replace("no-", "no ")

    def estimate(self, row: Row) -> str:
        """A value with its interval, whose level stands in the heading where it is that of most."""
        value = numbers.value_text(row)
        own = row.level is not None and row.level == self.level
        interval = numbers.interval_text(row, BARE if own else LEVELLED)
        if interval.startswith(UNSTATED):
            interval = f"{interval.removeprefix(UNSTATED)}‡"
        return whole(value, interval or numbers.range_text(row))

    def row_line(self, row: Row, cells: tuple[str, ...], largest: int) -> Line:
        """One row as it is drawn: its numbers on the axis, and how it is marked."""
        shape: Any = SIDES.get(row.approximation, "")
        bounded = row.low or row.high or row.low_state or row.high_state
        if not shape:
            shape = "square" if bounded else "circle"
        counted = self.axis.kind in ("percent", "time")
        weight = max(0.1, (row.n or largest * 0.4) / largest) if counted else 0.5
        if self.weights:
            weight = self.weights.get(row.address, 0.0) / max(self.weights.values())
        drawn = shape in ("square", "circle")
        return Line(
            cells=cells,
            value=_number(row, "value"),
            low=_number(row, "low") if drawn else None,
            high=_number(row, "high") if drawn else None,
            weight=weight,
            shape=shape,
            open_low=drawn and row.low_state in (NOT_ESTIMABLE, NOT_GIVEN),
            open_high=drawn and bool(row.high_state or row.value_state == NOT_REACHED),
            hollow=row.value_source == "computed",
            dashed=row.interval_source == "computed",
        )

    def pooled_lines(self, pooled: Pooled, name: str, rows: Sequence[Row]) -> Iterator[Line]:
        """A diamond, the bar of its prediction, and how much the rows differ."""
        assert self.pooled is not None
        measure, scale = self.pooled.measure, self.pooled.scale

        def drawn(value: float) -> float | None:
            found = natural(value, scale)
            return found if isfinite(found) or (found == inf and scale != FRACTION) else None

        own = "" if pooled.level == self.level else f"{numbers.interval_heading(pooled.level)}, "
        percent = scale == FRACTION

        def between(low: float, high: float) -> str:
            text = bounds(low, high, measure, scale)
            return text.replace("%", "") if percent else text

        value = shown(pooled.value, measure, scale)
        shares = [self.weights[row.address] for row in rows] if self.weights else []
        cells = {
            self.columns[0].key: f"{name}, k = {pooled.k}".replace(" = ", EQUALS),
            "count": _total(rows) if percent else "",
            "estimate": whole(value, f"{own}{between(pooled.low, pooled.high)}"),
            "weight": f"{numbers.rounded(100 * sum(shares), 1)}%" if shares else "",
        }
        yield Line(
            cells=tuple(cells.get(one.key, "") for one in self.columns),
            value=drawn(pooled.value),
            low=drawn(pooled.low),
            high=drawn(pooled.high),
            kind="pooled",
        )
        low, high = drawn(pooled.prediction_low), drawn(pooled.prediction_high)
        if low is not None and high is not None:
            cells = {
                self.columns[0].key: "Prediction interval for a new study",
                "estimate": whole(
                    "", f"{own}{between(pooled.prediction_low, pooled.prediction_high)}"
                ),
            }
            texts = tuple(cells.get(one.key, "") for one in self.columns)
            yield Line(texts, low=low, high=high, kind="prediction")
        if pooled.k > 1 and isfinite(pooled.q):
            yield self._spanning(heterogeneity(pooled).replace(" = ", EQUALS), "note")


def whole(value: str, interval: str) -> str:
    """A value and its interval in one text that can be broken between them and nowhere else."""
    parts = (value, f"({interval})" if interval else "")
    return " ".join(one.replace(" ", TIED) for one in parts if one)


def _number(row: Row, name: str) -> float | None:
    """A number of a row on the scale: times in months."""
    if row.kind.unit == TIME:
        found: float | None = getattr(row, f"{name}_months")
        return found
    text = getattr(row, name)
    return float(text) if text else None


def _total(rows: Sequence[Row]) -> str:
    return f"{sum(row.events or 0 for row in rows)}/{sum(row.n or 0 for row in rows)}"


def _when(row: Row) -> str:
    """The time and the definition of a rate, which one figure may hold several of."""
    said = "" if row.is_contrast else numbers.label_text(replace(row, id=""))
    return f", {said}" if said else ""


def _treatments(base: KnowledgeBase, row: Row) -> str:
    from kb.links import treatment_id

    trial = base[row.trial]
    found = (treatment_id(trial, arm, base.vocabulary) for arm in row.versus_arms)
    return ", ".join(dict.fromkeys(found)).replace("active-drug", "active drug")
