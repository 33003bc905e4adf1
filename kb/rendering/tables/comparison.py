"""A comparison as a table: arms as sections, analysis sets as lines, endpoints as columns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.printed.measure import MEDIAN
from kb.printed.state import STATES
from kb.printed.time import CONVERSION
from kb.query.filters import worded
from kb.rendering.table import Column, Note, Section, Table
from kb.rendering.words import numbers
from kb.rows.labels import restriction
from kb.sentences import count, named
from kb.vocabulary.kinds import abbreviated

if TYPE_CHECKING:
    from kb.comparison.compare import Comparison
    from kb.rows.row import Row

LineKey = tuple[str, str, str, str]


def table_of(comparison: Comparison, style: numbers.Style = numbers.HOUSE) -> Table:
    """One line per arm, analysis set and report; histology subgroups nested under their arm."""
    names = comparison.base.vocabulary
    headings = [names.name("endpoint", one) for one in comparison.endpoints]
    columns = (
        Column("Analysis set"),
        Column("n", "right"),
        *(
            Column(_heading(one, name))
            for one, name in zip(comparison.endpoints, headings, strict=True)
        ),
        Column("Report"),
    )
    sections = []
    for (trial_id, _), rows in _by_arm(comparison.rows).items():
        lines: dict[LineKey, list[Row]] = defaultdict(list)
        for row in rows:
            lines[_line_key(row)].append(row)
        ordered = sorted(lines.values(), key=lambda own: bool(own[0].subgroup))
        sections.append(
            Section(
                _arm_heading(trial_id, rows[0]),
                tuple(_line(comparison, own, style) for own in ordered),
            )
        )
    return Table(_title(comparison), columns, tuple(sections), tuple(_notes(comparison)))


def _heading(endpoint: str, name: str) -> str:
    return abbreviated(endpoint) if len(endpoint) <= 4 else name


def _title(comparison: Comparison) -> str:
    names = [comparison.base.vocabulary.name("endpoint", one) for one in comparison.endpoints]
    trials = len({row.trial for row in comparison.rows})
    sets = len({row.place for row in comparison.rows})
    filters = worded({name: one for name, one in comparison.criteria.items() if name != "trial"})
    counted = f"{trials} trial{'s' * (trials != 1)}, {sets} analysis set{'s' * (sets != 1)}"
    return " · ".join([", ".join(names), *filters, counted])


def _by_arm(rows: tuple[Row, ...]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.trial, row.arm].append(row)
    return found


def _line_key(row: Row) -> LineKey:
    return row.report, row.set, row.analysis_set, row.subgroup


def _arm_heading(trial_id: str, row: Row) -> str:
    title = f"{row.acronym} ({trial_id})" if row.acronym else trial_id
    line = f"{row.line} line" if row.line in ("first", "second") else row.line.replace("-", " ")
    line = {"not stated": "line not stated", "": "line not stated", "mixed": "mixed lines"}.get(
        line, line
    )
    parts = (title, row.arm_name or row.arm, line, row.allocation)
    return " · ".join(part for part in parts if part)


def _line(comparison: Comparison, rows: list[Row], style: numbers.Style) -> tuple[str, ...]:
    first = rows[0]
    cells = []
    for endpoint in comparison.endpoints:
        own = [row for row in rows if row.endpoint == endpoint]
        cells.append("\n".join(_cell(row, style) for row in own))
    n = str(first.n) if first.n is not None else "–"
    read = "\n".join(part for part in (source(first), _read(first)) if part)
    return (_set_label(comparison, first), n, *cells, read)


def source(row: Row) -> str:
    """The report and the set; a row of a table has no set of its own."""
    return f"{row.report}/{row.set}" if row.address.startswith(f"{row.trial}/") else row.report


def _read(row: Row) -> str:
    cut = f", cut {row.data_cut}" if row.data_cut else ""
    return f"{row.read.replace('-', ' ')}{cut}"


def _set_label(comparison: Comparison, row: Row) -> str:
    population = "set not stated" if row.analysis_set == "not-stated" else row.analysis_set
    if not row.subgroup:
        return population.replace("-", " ")
    vocabulary = comparison.base.vocabulary
    return "└ " + ", ".join(restriction(key, value, vocabulary) for key, value in row.restrictions)


def _cell(row: Row, style: numbers.Style) -> str:
    """Value and count; then interval and where it came from."""
    value, count = numbers.value_text(row), numbers.count_text(row)
    body = f"{value} ({count})" if value and count else value or count
    if row.p:
        body = "; ".join(part for part in (body, numbers.p_text(row.p, style)) if part)
    label = numbers.label_text(row)
    head = f"{label}: {body}" if label else body
    interval = numbers.interval_text(row, style) or numbers.range_text(row)
    if not interval:
        return f"{head} {row.value_source or row.events_source}".strip()
    origin = " computed†" if row.interval_source == "computed" else " reported"
    return f"{head}\n({interval}){origin if row.interval_source else ''}"


def _notes(comparison: Comparison) -> list[Note]:
    notes = []
    marks = list(_marks(comparison))
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


def _marks(comparison: Comparison) -> list[str]:
    rows = comparison.rows
    found = []
    computed = sorted(
        {(row.interval_method, row.level) for row in rows if row.interval_source == "computed"}
    )
    for method, level in computed:
        found.append(f"† computed here from the count: {method}, {level:g}%")
    if any(row.events_source == "reconstructed" for row in rows):
        found.append("* not printed: the only count that fits the printed percent and n")
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
