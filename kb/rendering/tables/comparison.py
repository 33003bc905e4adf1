"""A comparison as a table: arms as sections, analysis sets as lines, endpoints as columns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.comparison.beside import CONTRAST, by_arm
from kb.printed.measure import MEDIAN
from kb.printed.state import STATES
from kb.printed.time import CONVERSION
from kb.query.filters import worded
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.tables import beside
from kb.rendering.words import numbers
from kb.rendering.words.trials import narrowing
from kb.rows.labels import restriction
from kb.rows.sums import computed_sum, lower_bound
from kb.sentences import count, named
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from kb.comparison.compare import Comparison
    from kb.rows.row import Row

UNSTATED: Final = "§"
"""Behind an interval whose level no source states."""
LineKey = tuple[str, str, str, str, str, str]


def table_of(comparison: Comparison, style: numbers.Style = numbers.HOUSE) -> Table:
    """One line per arm, analysis set and report; histology subgroups nested under their arm."""
    names = comparison.base.vocabulary
    levels = {one: _level(comparison, one, style) for one in comparison.endpoints}
    columns = (
        Column("Analysis set", yields=2, way="apart"),
        Column("n", "right"),
        *(
            Column(_heading(one, names.name("endpoint", one), levels[one]), keep=True)
            for one in comparison.endpoints
        ),
        Column("Report", yields=1, way="under"),
    )
    sections = []
    for (trial_id, _), rows in by_arm(comparison.rows).items():
        lines: dict[LineKey, list[Row]] = defaultdict(list)
        for row in rows:
            lines[_line_key(row)].append(row)
        ordered = beside.in_order(lines.values())
        heading = [_arm_heading(trial_id, rows[0]), beside.of_control(comparison.base, rows[0])]
        doses = beside.doses(comparison, rows)
        sections.append(
            Section(
                "\n".join([" · ".join(filter(None, heading)), *doses]),
                tuple(_line(comparison, own, style, levels) for own in ordered),
            )
        )
    notes = tuple(notes_of(comparison, style))
    return Table(title_of(comparison), columns, tuple(sections), notes, _hint(comparison))


def _heading(endpoint: str, name: str, level: float | None) -> str:
    short = abbreviated(endpoint) if len(endpoint) <= 4 else name
    return f"{short} ({numbers.interval_heading(level)})" if level is not None else short


def _level(comparison: Comparison, endpoint: str, style: numbers.Style) -> float | None:
    """The level that heads the column of an endpoint; None in a style that wants it in the cell."""
    own = (row for row in comparison.rows if row.endpoint == endpoint)
    return numbers.shared_level(own) if style.level_in_heading else None


def title_of(comparison: Comparison) -> str:
    """Endpoints, filters, and how many trials and sets."""
    names = [comparison.base.vocabulary.name("endpoint", one) for one in comparison.endpoints]
    trials = len({row.trial for row in comparison.answers})
    sets = len({row.place for row in comparison.answers})
    filters = worded({name: one for name, one in comparison.criteria.items() if name != "trial"})
    counted = f"{count(trials, 'trial')}, {count(sets, 'analysis set')}"
    return " · ".join([", ".join(names), *filters, counted])


def _hint(comparison: Comparison) -> str:
    return narrowing(len({row.trial for row in comparison.answers}))


def _line_key(row: Row) -> LineKey:
    against = row.versus_set if row.beside else ""
    return row.report, row.set, row.analysis_set, row.subgroup, row.beside, against


def _arm_heading(trial_id: str, row: Row) -> str:
    title = f"{row.acronym} ({trial_id})" if row.acronym else trial_id
    line = f"{row.line} line" if row.line in ("first", "second") else row.line.replace("-", " ")
    line = {"not stated": "line not stated", "": "line not stated", "mixed": "mixed lines"}.get(
        line, line
    )
    parts = (title, row.arm_name or row.arm, line, row.allocation)
    return " · ".join(part for part in parts if part)


def _line(
    comparison: Comparison,
    rows: list[Row],
    style: numbers.Style,
    levels: dict[str, float | None],
) -> tuple[str, ...]:
    first = rows[0]
    cells = []
    for endpoint in comparison.endpoints:
        own = [row for row in rows if row.endpoint == endpoint]
        cells.append("\n".join(_cell(row, style, levels[endpoint]) for row in own))
    n = str(first.n) if first.n is not None else "–"
    n = "" if first.beside == CONTRAST else n
    read = "\n".join(part for part in (source(first), _read(first)) if part)
    return (_set_label(comparison, first), n, *cells, read)


def source(row: Row) -> str:
    """The report and the set; a row of a table has no set of its own."""
    return f"{row.report}/{row.set}" if row.address.startswith(f"{row.trial}/") else row.report


def _read(row: Row) -> str:
    cut = f", cut {row.data_cut}" if row.data_cut else ""
    return f"{row.read.replace('-', ' ')}{cut}"


def _set_label(comparison: Comparison, row: Row) -> str:
    marks = [beside.label(comparison.base, row), _patients(comparison, row)]
    marks.append(beside.histology(comparison, row))
    return ("└ " if row.subgroup else "") + "\n".join(filter(None, marks))


def _patients(comparison: Comparison, row: Row) -> str:
    """Of whom a line is: the population of a whole set, or what restricts a subgroup."""
    population = "set not stated" if row.analysis_set == "not-stated" else row.analysis_set
    if not row.subgroup:
        return "" if row.beside == CONTRAST else population.replace("-", " ")
    vocabulary = comparison.base.vocabulary
    return ", ".join(restriction(key, value, vocabulary) for key, value in row.restrictions)


def _cell(row: Row, style: numbers.Style, level: float | None) -> str:
    """Value and count; then the interval, marked where it is computed.

    A style that wants levels in the cell says there too that an interval is printed.
    """
    head = value_of(row, style)
    if style.level_in_heading:
        return _marked(row, head, interval_of(row, level))
    interval = numbers.interval_text(row, style) or numbers.range_text(row)
    if not interval:
        return f"{head} {row.value_source or row.events_source}".strip()
    origin = " computed†" if row.interval_source == "computed" else " reported"
    return f"{head}\n({interval}){origin if row.interval_source else ''}"


def value_of(row: Row, style: numbers.Style = numbers.HOUSE) -> str:
    """What the number is, its value, its count and its p: `HR v placebo: 0.33; P < 0.0001`."""
    if lower_bound(row):
        label = numbers.label_text(row)
        return f"{label}: {numbers.bound_text(row)}" if label else numbers.bound_text(row)
    value, counted = numbers.value_text(row), numbers.count_text(row)
    body = f"{value} ({counted})" if value and counted else value or counted
    if row.p:
        body = "; ".join(part for part in (body, numbers.p_text(row.p, style)) if part)
    label = numbers.label_text(row)
    return f"{label}: {body}" if label else body


def interval_of(row: Row, level: float | None) -> str:
    """The interval in a column of a level, marked where it is computed or its level not stated."""
    bounds = numbers.bounds_beside(row, level, UNSTATED)
    computed = "†" * (row.interval_source == "computed")
    return f"{bounds}{computed}" if bounds else numbers.range_text(row)


def _marked(row: Row, head: str, interval: str) -> str:
    if interval:
        return f"{head}\n{interval}"
    return f"{head}{'†' * (row.value_source == 'computed' and not computed_sum(row))}"


def notes_of(comparison: Comparison, style: numbers.Style = numbers.HOUSE) -> list[Note]:
    """Marks, then caveats, then what was set aside."""
    notes = []
    if comparison.why_empty:
        notes.append(Note("No row answers", (comparison.why_empty,)))
    marks = _marks(comparison, style)
    if marks:
        notes.append(Note("Marks", tuple(marks)))
    if comparison.caveats:
        lines = tuple(f"{one.rule}: {one.message}" for one in comparison.caveats)
        notes.append(Note("Caveats", lines))
    if comparison.mixed:
        left = f"{count(len(comparison.mixed), 'row')} of mixed histology left out"
        notes.append(Note("Left out", (left,)))
    if comparison.set_aside:
        lines = tuple(_set_aside(comparison.set_aside))
        notes.append(Note("Set aside (all reports are shown with --reports all)", lines))
    return notes


def _marks(comparison: Comparison, style: numbers.Style) -> list[str]:
    rows = comparison.rows
    found = []
    computed = sorted(
        {(row.interval_method, row.level) for row in rows if row.interval_source == "computed"}
    )
    if style.level_in_heading and any(row.interval_source == "reported" for row in rows):
        found.append("intervals without a mark are reported by the source")
    if style.level_in_heading and any(row.interval_source and row.level is None for row in rows):
        found.append(f"{UNSTATED} {numbers.NO_LEVEL}")
    for method, level in computed:
        found.append(f"† computed here from the count: {method}, {level:g}%")
    if any(
        row.value_source == "computed" and not row.interval_source and not computed_sum(row)
        for row in rows
    ):
        found.append("† behind a value: computed here, with no interval")
    if any(row.events_source == "reconstructed" for row in rows):
        found.append("* not printed: the only count that fits the printed percent and n")
    if any(computed_sum(row) and not lower_bound(row) for row in rows):
        found.append("‡ not printed: computed here from printed parts; sum-computed says how")
    if any(row.value_months is not None and row.unit != "months" for row in rows):
        found.append(f"≈ converted: {CONVERSION}")
    states = {state for row in rows for state in (row.value_state, row.low_state, row.high_state)}
    found += [one.note for state, one in STATES.items() if state in states]
    return found


def _set_aside(rows: tuple[Row, ...]) -> list[str]:
    by_reason: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        what = " ".join(part for part in (_kind(row), numbers.label_text(row)) if part)
        by_reason[row.trial, row.report, row.set_aside].append(what)
    return [
        f"{trial}/{report} ({named(whats, 6)}): {reason}"
        for (trial, report, reason), whats in by_reason.items()
    ]


def _kind(row: Row) -> str:
    """The endpoint, a median said to be one: `ORR`, `median PFS`, `OS`."""
    short = abbreviated(row.endpoint)
    return f"median {short}" if row.measure == MEDIAN else short


def styled(comparison: Comparison, style: str) -> Table:
    """The table in the style of a journal; ValueError for a style that nobody wrote."""
    if style not in numbers.STYLES:
        known = ", ".join(numbers.STYLES)
        raise ValueError(f"{style!r} is not a style; known are {known}")
    return table_of(comparison, numbers.STYLES[style])
