"""Lines of a table to rows: what is printed there, as the records would have it.

A table may have a hundred thousand lines, so what a layout says of every line is looked up once,
and so is what each different text of a column says.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kb.printed.level import RANGE, is_level
from kb.printed.measure import LANDMARK, MEASURES, MEDIAN, NOT_STATED, PERCENT, PROPORTION, TIME
from kb.printed.number import is_number
from kb.printed.time import UNITS
from kb.rows.derived import implied
from kb.rows.flat import joined, pairs, part_of_arm
from kb.rows.row import Row
from kb.tables import words as column_words
from kb.tables.cells import comma_is_decimal
from kb.tables.filled import KINDS, Filled, filled
from kb.tables.regimens import regimen
from kb.tables.scales import exponentiated, of_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.tables.plan import Entry, Plan
    from kb.tables.sheet import CellProblem, Line, Sheet
    from kb.tables.words import Word
    from kb.vocabulary import Vocabulary

TEXTS: Final = {
    "study": "trial", "report": "report", "definition": "definition", "data_cut": "data_cut",
    "follow_up": "follow_up", "timing": "timing", "method": "interval_method",
}  # fmt: skip
"""Columns whose text is taken as it stands, and the field of a row that it is."""
WORDS: Final = (
    "measure", "unit", "at_unit", "sides", "endpoint", "criteria", "assessor", "confirmed",
    "analysis_set", "estimator", "line", "design", "adjusted", "histology", "subgroup",
)  # fmt: skip
"""Columns that hold words; a function of their name in `kb.tables.words` reads each."""
TAKEN: Final = {
    "endpoint": "endpoint", "criteria": "criteria", "assessor": "assessor",
    "confirmed": "confirmed", "analysis_set": "analysis_set", "estimator": "estimator",
    "line": "line", "design": "design", "adjusted": "adjusted_for", "histology": "histologies",
    "subgroup": "subgroup",
}  # fmt: skip
"""Words that a row takes as they are, and its field."""
FRACTION: Final = "fraction"
UNREADABLE: Final = "unreadable-cell"
DISAGREE: Final = "cells-disagree"
YEAR: Final = 4
REPORTED: Final = "reported"


class Reader:
    """Rows of the lines of one sheet; `problems` grow as it reads, `places` hold the sheet rows."""

    def __init__(self, sheet: Sheet, plan: Plan, words: Vocabulary) -> None:
        self.sheet, self.words = sheet, words
        self.problems: list[CellProblem] = []
        self.places: dict[int, int] = {}
        self.entries = [_Entry(self, entry) for entry in plan.entries]

    def rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        """The rows of lines, those of one line in the order of the plan's entries."""
        for line in lines:
            self.places[line.number] = line.at
            for entry in self.entries:
                if any(map(line.cells.__getitem__, entry.own)):
                    yield entry.row(line)

    def comma(self, column: int) -> bool:
        """Whether a comma is the decimal point in a column."""
        texts = [line.cells[column] for line in self.sheet.lines]
        return any("," in text for text in texts) and comma_is_decimal(texts)


class _Column:
    """A column as an entry reads it: what each different text in it says is looked up once."""

    def __init__(self, reader: Reader, name: str, column: int) -> None:
        self.name, self.column = name, column
        self._comma = name in KINDS and reader.comma(column)
        self._filled: dict[str, Filled] = {}
        self._words: dict[str, Word] = {}
        self._vocabulary = reader.words

    def filled(self, text: str) -> Filled:
        found = self._filled.get(text)
        if found is None:
            found = self._filled[text] = filled(self.name, text, comma=self._comma)
        return found

    def word(self, text: str) -> Word:
        found = self._words.get(text)
        if found is None:
            found = getattr(column_words, self.name)(text, self._vocabulary)
            self._words[text] = found
        return found


class _Entry:
    """One row that each line makes: its columns, and what the layout says of every line."""

    def __init__(self, reader: Reader, entry: Entry) -> None:
        self.reader, self.entry, self.own = reader, entry, entry.own
        self.suffix = f"/{entry.name}" if entry.name else ""
        fields, constants = entry.fields, entry.constants
        self.numbers = [_Column(reader, name, fields[name]) for name in KINDS if name in fields]
        self.words = [_Column(reader, name, fields[name]) for name in WORDS if name in fields]
        self.texts = [(TEXTS[name], fields[name]) for name in TEXTS if name in fields]
        self.said = {
            name: getattr(column_words, name)(text, reader.words).word
            for name, text in constants.items()
            if name in WORDS
        }
        self.printed: dict[str, str] = {}
        for name in KINDS:
            if name in constants:
                self.printed |= dict(filled(name, constants[name], comma=False).fields)
        self.plain = {TEXTS[name]: text for name, text in constants.items() if name in TEXTS}
        self._arms: dict[tuple[str, str, str], dict[str, Any]] = {}

    def row(self, line: Line) -> Row:
        """The row; a cell that cannot be read leaves its field empty and is a problem."""
        found, states, meant = self._printed(line)
        words = dict(self.said)
        for column in self.words:
            text = line.cells[column.column]
            if text:
                word = column.word(text)
                if word.problem:
                    self.wrong(line, column.name, word.problem)
                words[column.name] = word.word
        measure = self._measure(line, found, words, percent=meant.percent)
        fields = self._numbers(line, measure, found, states, words)
        fields["measure"] = measure
        if meant.approximation:
            fields["approximation"] = meant.approximation
        fields.update(self._texts(line, words))
        fields.update(implied(fields))
        if "se" in found or self.entry.log:
            fields.update(self._scaled(fields, found))
        return Row(address=f"{line.number}{self.suffix}", **fields)

    def wrong(self, line: Line, name: str, message: str, rule: str = UNREADABLE) -> None:
        """A problem at the cell of a field."""
        sheet, column = self.reader.sheet, self.entry.fields.get(name, 0)
        self.reader.problems.append(sheet.problem(line, column, rule, message))

    def _printed(self, line: Line) -> tuple[dict[str, str], dict[str, str], Filled]:
        """The numbers of a line as text, their states, and how its value is meant.

        A number that a column of its own has goes before one that a cell says besides.
        """
        found, states, meant = dict(self.printed), dict[str, str](), Filled()
        for column in self.numbers:
            text = line.cells[column.column]
            if not text:
                continue
            cell = column.filled(text)
            if cell.problem:
                self.wrong(line, column.name, cell.problem)
                continue
            for field, one in cell.fields:
                if field in found and found[field] != one:
                    self._same(line, column.name, field, found[field], one)
                found[field] = one
            if cell.states:
                states.update(cell.states)
            if column.name == "value":
                meant = cell
        return found, states, meant

    def _same(self, line: Line, column: str, field: str, known: str, text: str) -> None:
        """A problem where two cells of a row say different numbers of one thing."""
        given = field in self.printed
        if not given and is_number(known) and is_number(text) and float(known) != float(text):
            self.wrong(line, column, f"the row says {field} {known} and here {text}", DISAGREE)

    def _text(self, line: Line, name: str) -> str:
        column = self.entry.fields.get(name)
        text = line.cells[column] if column is not None else ""
        return text or self.entry.constants.get(name, "")

    def _measure(
        self, line: Line, found: dict[str, str], words: dict[str, str], *, percent: bool
    ) -> str:
        """The measure named, or the one that the other columns leave; `not-stated` for neither.

        A number without a unit of time, a percent sign or a count is a percent only where the
        vocabulary lets its endpoint be one; a median whose row does not say so is none.
        """
        named, versus = words.get("measure", ""), self._text(line, "versus")
        if named and versus and not MEASURES[named].contrast:
            message = f"a {MEASURES[named].name} is of one arm, and the row has two"
            self.wrong(line, "measure", message)
            return NOT_STATED
        if named:
            return named
        if versus or self._text(line, "measure"):
            return NOT_STATED
        if (words.get("unit") or found.get("unit", "")) in UNITS:
            return MEDIAN
        term = self.reader.words.endpoints.get(words.get("endpoint", ""))
        measures = term.measures if term else ()
        if found.get("at"):
            rate = term is None or LANDMARK in measures
            return LANDMARK if rate and "events" not in found else PROPORTION
        if "events" in found or percent or not measures or PROPORTION in measures:
            return PROPORTION
        return NOT_STATED

    def _numbers(
        self,
        line: Line,
        measure: str,
        found: dict[str, str],
        states: dict[str, str],
        words: dict[str, str],
    ) -> dict[str, Any]:
        """The fields that hold numbers, with where they come from; empty ones are left out."""
        kind, unit = MEASURES[measure], words.get("unit") or found.get("unit", "")
        fields: dict[str, Any] = {"interval_sides": "two"}
        for name in ("value", "low", "high"):
            text = found.get(name, "")
            if text:
                if name != "value":
                    fields[f"printed_{name}"] = text
                fraction = unit == FRACTION and kind.unit == PERCENT
                fields[name] = f"{Decimal(text).scaleb(2):f}" if fraction else text
            elif name in states:
                fields[f"{name}_state"] = states[name]
        if "value" in fields or "value_state" in fields:
            fields["value_source"] = REPORTED
        if "low" in fields or "high" in fields:
            fields["interval_source"] = REPORTED
        timed = kind.unit == TIME or measure == NOT_STATED
        fields["unit"] = (unit if unit in UNITS else "") if timed else kind.unit
        for name in ("events", "n"):
            if name in found:
                self._count(line, name, int(found[name]), fields)
        if "level" in found:
            fields["level"] = fields["printed_level"] = self._level(line, found["level"])
        if "at" in found:
            fields["at_value"] = found["at"]
            fields["at_unit"] = words.get("at_unit") or found.get("at_unit", "")
        sides = words.get("sides") or column_words.SIDES.get(found.get("sides", ""), "")
        if sides in ("lower", "upper"):
            fields["interval_sides"] = sides
        if "p" in found:
            fields["p"] = found["p"]
        if "p" in found or sides in ("one", "two", "not-stated"):
            fields["p_sides"] = sides if sides in ("one", "two") else "not-stated"
        return fields

    def _count(self, line: Line, name: str, count: int, fields: dict[str, Any]) -> None:
        if name == "n" and count == 0:
            self.wrong(line, name, "nobody can be counted out of 0 patients")
            return
        fields[name] = count
        if name == "events":
            fields["events_source"] = REPORTED

    def _level(self, line: Line, text: str) -> float | None:
        level = _percent_of_level(text)
        if level is None:
            self.wrong(line, "level", f'a level is a percent {RANGE}, not "{text}"')
        return level

    def _texts(self, line: Line, words: dict[str, str]) -> dict[str, Any]:
        """The fields that hold words, with the drugs that the text of the arm names."""
        fields: dict[str, Any] = {"trial": "", **self.plain}
        for field, column in self.texts:
            text = line.cells[column]
            if text:
                fields[field] = text
        for name, word in words.items():
            if name in TAKEN and word:
                fields[TAKEN[name]] = word
        year = self._text(line, "year")
        if len(year) == YEAR and year.isdecimal():
            fields["year"] = int(year)
        if "design" in fields:
            fields["allocation"] = fields["design"]
        subgroup = words.get("subgroup", "")
        key = (self._text(line, "arm"), self._text(line, "versus"), subgroup)
        if key not in self._arms:
            self._arms[key] = _of_arms(*key, self.reader.words)
        found = self._arms[key]
        return found | fields if "histologies" in fields else fields | found

    def _scaled(self, fields: dict[str, Any], found: dict[str, str]) -> dict[str, Any]:
        """What follows from a standard error, or from logarithms."""
        if self.entry.log:
            return exponentiated(fields, found.get("se", ""))
        printed = fields.get("low") or fields.get("high")
        return {} if printed else of_error(fields, found["se"])


@lru_cache(maxsize=256)
def _percent_of_level(text: str) -> float | None:
    return float(text) if is_number(text) and is_level(float(text)) else None


def _of_arms(arm: str, versus: str, subgroup: str, words: Vocabulary) -> dict[str, Any]:
    """What follows from the texts of arms and of a subgroup."""
    given = regimen(arm, words)
    return {
        "arm": arm,
        "drugs": given.treatment,
        "regimen_classes": joined(given.classes),
        "set": part_of_arm(arm, subgroup),
        "versus": versus,
        "versus_set": part_of_arm(versus, subgroup) if versus else "",
        "histologies": dict(pairs(subgroup)).get("histology", ""),
    }


def kept_lines(plan: Plan, lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines that are used, and those of single readers."""
    if plan.kept is None:
        return lines, ()
    column, wanted = plan.kept
    used = [line for line in lines if line.cells[column].casefold() == wanted.casefold()]
    chosen = {line.number for line in used}
    return used, [line for line in lines if line.number not in chosen]
