"""Lines of a table to rows: what is printed there, as the records would have it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kb.printed.level import RANGE, is_level
from kb.printed.measure import (
    LANDMARK,
    MEASURES,
    MEDIAN,
    NOT_STATED,
    PERCENT,
    PROPORTION,
    TIME,
)
from kb.printed.number import is_number
from kb.printed.state import state_named
from kb.printed.time import UNITS
from kb.rows.derived import implied
from kb.rows.flat import joined, pairs, part_of_arm
from kb.rows.row import Row
from kb.tables import words as column_words
from kb.tables.cells import Said, comma_is_decimal, said
from kb.tables.regimens import regimen
from kb.tables.scales import exponentiated, of_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kb.tables.plan import Entry, Plan
    from kb.tables.sheet import CellProblem, Line, Sheet
    from kb.tables.words import Word
    from kb.vocabulary import Vocabulary

NUMBERS: Final = {
    "value": "number", "interval": "interval", "low": "bound", "high": "bound",
    "events": "count", "n": "count", "p": "p", "level": "level", "at": "time", "se": "number",
}  # fmt: skip
"""Columns that hold numbers, and the kind of their cells; in this order they are read."""
TEXTS: Final = {
    "study": "trial", "report": "report", "definition": "definition", "data_cut": "data_cut",
    "follow_up": "follow_up", "timing": "timing", "method": "interval_method", "year": "year",
}  # fmt: skip
"""Columns whose text is taken as it stands, and the field of a row that it is."""
WORDS: Final = (
    "measure", "unit", "at_unit", "sides", "endpoint", "criteria", "assessor", "confirmed",
    "analysis_set", "estimator", "line", "design", "adjusted", "histology", "subgroup",
)  # fmt: skip
"""Columns that hold words; a function of their name in `kb.tables.words` reads each."""
PARTS: Final = ("value", "low", "high", "events", "n", "level", "p", "sides", "unit")
"""What a cell may say beside its own number."""
ALONE: Final = {
    "events": ("events", "value"), "n": ("n", "events", "value"), "low": ("value", "low"),
    "high": ("value", "high"), "p": ("p", "value"), "level": ("level", "value"), "at": ("value",),
}  # fmt: skip
"""Columns of one number, and the parts of a cell that may hold it, the first first."""
BESIDE: Final = {"events": {"n": "n"}, "p": {"sides": "sides"}, "at": {"unit": "at_unit"}}
"""What such a cell says besides, and of which field."""
INTERVAL: Final = "interval"
FRACTION: Final = "fraction"
UNREADABLE: Final = "unreadable-cell"
DISAGREE: Final = "cells-disagree"
YEAR: Final = 4


class Reader:
    """Rows of the lines of one sheet; `problems` grow as it reads, `places` hold the sheet rows."""

    def __init__(self, sheet: Sheet, plan: Plan, words: Vocabulary) -> None:
        self.sheet, self.plan, self.words = sheet, plan, words
        self.problems: list[CellProblem] = []
        self.places: dict[int, int] = {}
        used = {column for entry in plan.entries for column in entry.fields.values()}
        self.commas = {
            column: comma_is_decimal(line.cells[column] for line in sheet.lines) for column in used
        }

        @lru_cache(maxsize=65536)
        def word(name: str, text: str) -> Word:
            found: Word = getattr(column_words, name)(text, words)
            return found

        self.word: Callable[[str, str], Word] = word

    def rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The rows of lines, those of one line in the order of the plan's entries."""
        for line in lines:
            self.places[line.number] = line.at
            for entry in self.plan.entries:
                if any(line.cells[column] for column in entry.own):
                    yield _Printed(self, line, entry).row()


class _Printed:
    """What one entry of a line prints, gathered field by field."""

    def __init__(self, reader: Reader, line: Line, entry: Entry) -> None:
        self.reader, self.line, self.entry = reader, line, entry
        self.found: dict[str, str] = {}
        self.states: dict[str, str] = {}
        self.approximation = ""
        self.percent = False

    def text(self, name: str) -> str:
        """The text of a field: of its column, or the constant of the layout."""
        column = self.entry.fields.get(name)
        text = self.line.cells[column] if column is not None else ""
        return text or self.entry.constants.get(name, "")

    def wrong(self, name: str, message: str, rule: str = UNREADABLE) -> None:
        """A problem at the cell of a field."""
        column = self.entry.fields.get(name, 0)
        sheet = self.reader.sheet
        self.reader.problems.append(sheet.problem(self.line, column, rule, message))

    def row(self) -> Row:
        """The row; a cell that cannot be read leaves its field empty and is a problem."""
        for name, kind in NUMBERS.items():
            text = self.text(name)
            if text:
                column = self.entry.fields.get(name, -1)
                comma = self.reader.commas.get(column, False)
                self._number(
                    name,
                    _of_interval(text, comma=comma)
                    if name == INTERVAL
                    else said(text, kind, comma=comma),
                )
        words = {name: self._word(name) for name in WORDS}
        measure = self._measure(words)
        fields = self._numbers(measure, words) | self._texts(words)
        fields["measure"] = measure
        fields |= implied(fields)
        if self.entry.log:
            fields |= exponentiated(fields, self.found.get("se", ""))
        elif self.found.get("se") and not fields["low"] and not fields["high"]:
            fields |= of_error(fields, self.found["se"])
        number = str(self.line.number)
        address = f"{number}/{self.entry.name}" if self.entry.name else number
        return Row(address=address, **fields)

    def _number(self, name: str, cell: Said) -> None:
        """Take what a cell says; a number that another cell of the row has stays its own."""
        if cell.problem:
            self.wrong(name, cell.problem)
            return
        if name in ALONE:
            parts = (getattr(cell, part) for part in ALONE[name])
            self._take(name, name, next(filter(None, parts), ""))
            for part, own in BESIDE.get(name, {}).items():
                self._take(name, own, getattr(cell, part))
        else:
            for part in PARTS:
                self._take(name, name if part == "value" else part, getattr(cell, part))
        for part in ("value", "low", "high"):
            state = getattr(cell, f"{part}_state")
            if state:
                self.states[name if part == "value" else part] = state
        if name == "value":
            self.approximation, self.percent = cell.approximation, cell.percent
        elif cell.approximation and name in ("low", "high") and name in self.found:
            self.wrong(name, f"{self.text(name)} is no bound but a limit of one")
            del self.found[name]

    def _take(self, column: str, name: str, text: str) -> None:
        if not text:
            return
        known = self.found.get(name, text)
        if is_number(known) and is_number(text) and float(known) != float(text):
            self.wrong(column, f"the row says {name} {known} and here {text}", DISAGREE)
        self.found[name] = text

    def _word(self, name: str) -> str:
        text = self.text(name)
        if not text:
            return ""
        found = self.reader.word(name, text)
        if found.problem:
            self.wrong(name, found.problem)
        return found.word

    def _measure(self, words: dict[str, str]) -> str:
        """The measure named, or the one that the other columns leave; `not-stated` for neither.

        A number without a unit of time, a percent sign or a count is a percent only where the
        vocabulary lets its endpoint be one; a median whose row does not say so is none.
        """
        named, versus = words["measure"], self.text("versus")
        if named and versus and not MEASURES[named].contrast:
            self.wrong("measure", f"a {MEASURES[named].name} is of one arm, and the row has two")
            return NOT_STATED
        if named:
            return named
        if versus or self.text("measure"):
            return NOT_STATED
        unit = words["unit"] or self.found.get("unit", "")
        if unit in UNITS:
            return MEDIAN
        term = self.reader.words.endpoints.get(words["endpoint"])
        measures = term.measures if term else ()
        if self.found.get("at"):
            rate = term is None or LANDMARK in measures
            return LANDMARK if rate and "events" not in self.found else PROPORTION
        if "events" in self.found or self.percent or not measures or PROPORTION in measures:
            return PROPORTION
        return NOT_STATED

    def _numbers(self, measure: str, words: dict[str, str]) -> dict[str, Any]:
        """The fields that hold numbers, with where they come from."""
        found, kind = self.found, MEASURES[measure]
        value, low, high = (found.get(name, "") for name in ("value", "low", "high"))
        level = self._level()
        fields: dict[str, Any] = {"printed_low": low, "printed_high": high}
        if kind.unit == PERCENT and words["unit"] == FRACTION:
            value, low, high = (_percent(text) for text in (value, low, high))
        states = {name: self.states.get(name, "") for name in ("value", "low", "high")}
        n, events = self._count("n"), self._count("events")
        timed = kind.unit == TIME or measure == NOT_STATED
        unit = words["unit"] or found.get("unit", "")
        return fields | {
            "value": value,
            "low": low,
            "high": high,
            **{f"{name}_state": "" if found.get(name) else state for name, state in states.items()},
            "value_source": "reported" if value or states["value"] else "",
            "interval_source": "reported" if low or high else "",
            "approximation": self.approximation,
            "unit": (unit if unit in UNITS else "") if timed else kind.unit,
            "level": level,
            "printed_level": level,
            "events": events,
            "events_source": "" if events is None else "reported",
            "n": n,
            "at_value": found.get("at", ""),
            "at_unit": words["at_unit"] or found.get("at_unit", ""),
            "p": found.get("p", ""),
            **self._sides(words["sides"] or column_words.SIDES.get(found.get("sides", ""), "")),
        }

    def _count(self, name: str) -> int | None:
        text = self.found.get(name, "")
        if not text:
            return None
        if name == "n" and int(text) == 0:
            self.wrong(name, "nobody can be counted out of 0 patients")
            return None
        return int(text)

    def _level(self) -> float | None:
        text = self.found.get("level", "")
        if not text:
            return None
        if not is_number(text) or not is_level(float(text)):
            self.wrong("level", f'a level is a percent {RANGE}, not "{text}"')
            return None
        return float(text)

    def _sides(self, sides: str) -> dict[str, str]:
        """Sides of the interval and of p; those of a p that are not stated say so."""
        of_p = sides if sides in ("one", "two", "not-stated") else ""
        return {
            "interval_sides": sides if sides in ("lower", "upper") else "two",
            "p_sides": of_p or ("not-stated" if "p" in self.found else ""),
        }

    def _texts(self, words: dict[str, str]) -> dict[str, Any]:
        """The fields that hold words, with the drugs that the text of the arm names."""
        fields: dict[str, Any] = {
            field: text for name, field in TEXTS.items() if (text := self.text(name))
        }
        year = fields.pop("year", "")
        if year:
            fields["year"] = int(year) if year.isdecimal() and len(year) == YEAR else None
        arm, versus, subgroup = self.text("arm"), self.text("versus"), words["subgroup"]
        given = regimen(arm, self.reader.words)
        histologies = words["histology"] or dict(pairs(subgroup)).get("histology", "")
        return fields | {
            "trial": fields.get("trial", ""),
            "arm": arm,
            "drugs": given.treatment,
            "regimen_classes": joined(given.classes),
            "set": part_of_arm(arm, subgroup),
            "versus": versus,
            "versus_set": part_of_arm(versus, subgroup) if versus else "",
            "subgroup": subgroup,
            "endpoint": words["endpoint"],
            "criteria": words["criteria"],
            "assessor": words["assessor"],
            "confirmed": words["confirmed"],
            "analysis_set": words["analysis_set"],
            "estimator": words["estimator"],
            "line": words["line"],
            "design": words["design"],
            "allocation": words["design"],
            "adjusted_for": words["adjusted"],
            "histologies": histologies,
        }


def _cell(text: str, kind: str, *, comma: bool) -> Said:
    return _of_interval(text, comma=comma) if kind == INTERVAL else said(text, kind, comma=comma)


def _of_interval(text: str, *, comma: bool) -> Said:
    """What a cell of an interval alone says: `18.7–45.1`, `(2.6 to NR)`."""
    found = said(f"0 ({text.strip('()[] ')})", "number", comma=comma)
    state = state_named(text)
    if found.problem:
        return (
            Said(low_state=state, high_state=state)
            if state
            else Said(problem=f'"{text}" is not understood as an interval')
        )
    return replace(found, value="")


def _percent(text: str) -> str:
    """A printed fraction as a percent, digit by digit."""
    from decimal import Decimal

    return f"{Decimal(text).scaleb(2):f}" if is_number(text) else text


def row_number(row: Row) -> int:
    """The number of the data row that a row stands in, from 1."""
    return int(row.address.partition("/")[0])


def entry_name(row: Row) -> str:
    """Which of the rows that its line makes a row is; empty where there is one."""
    return row.address.partition("/")[2]


def kept_lines(plan: Plan, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that are used, and those of single readers."""
    if plan.kept is None:
        return list(lines), []
    column, wanted = plan.kept
    used = [line for line in lines if line.cells[column].casefold() == wanted.casefold()]
    chosen = {id(line) for line in used}
    return used, [line for line in lines if id(line) not in chosen]
