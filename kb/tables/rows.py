"""Lines of a table to rows: what is printed there, as the records would have it.

A table may have a hundred thousand lines, so what a layout says of every line is looked up once,
and so is what each different text of a column says.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kb.printed.level import RANGE, is_level
from kb.printed.measure import LANDMARK, MEASURES, MEDIAN, NOT_STATED, PERCENT, PROPORTION, TIME
from kb.printed.number import decimals, is_number, prints_as
from kb.printed.time import UNITS
from kb.rows.derived import implied
from kb.rows.flat import joined, pairs, part_of_arm
from kb.rows.row import Row
from kb.tables import words as column_words
from kb.tables.cells import comma_is_decimal
from kb.tables.filled import KINDS, Filled, filled
from kb.tables.regimens import regimen
from kb.tables.scales import exponentiated, of_error
from kb.tables.sheet import DISAGREE, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.tables.plan import Entry, Plan
    from kb.tables.sheet import CellProblem, Line, Sheet
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
YEAR: Final = 4
OF_ARMS: Final = ("arm", "versus", "year")
"""Columns whose texts say the same in every line, besides words."""
NONE: Final[dict[str, str]] = {}
NOTHING: Final = Filled()
NUMBERS: Final = ("value", "low", "high")
PRINTED: Final = {"low": "printed_low", "high": "printed_high"}
REPORTED: Final = "reported"
BESIDE_COUNT: Final = ("events", "value")
"""A column of counts, and what it says besides: `6 (16%)`."""


class Reader:
    """Rows of the lines of one sheet; `problems` grow as it reads, `places` hold the sheet rows."""

    def __init__(self, sheet: Sheet, plan: Plan, words: Vocabulary) -> None:
        self.sheet, self.plan, self.words = sheet, plan, words
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
        self.of_value = name == "value"
        self.known: dict[str, Filled] = {}

    def filled(self, text: str) -> Filled:
        """What a text says that was not met before."""
        found = self.known[text] = filled(self.name, text, comma=self._comma)
        return found


class _Still(NamedTuple):
    """What the words of a line say, which is the same for every line with these words."""

    words: dict[str, str]
    fields: dict[str, Any]
    problems: tuple[tuple[str, str], ...]


class _Entry:
    """One row that each line makes: its columns, and what the layout says of every line."""

    def __init__(self, reader: Reader, entry: Entry) -> None:
        self.reader, self.entry, self.own = reader, entry, entry.own
        self.suffix = f"/{entry.name}" if entry.name else ""
        fields, constants = entry.fields, entry.constants
        self.numbers = [_Column(reader, name, fields[name]) for name in KINDS if name in fields]
        self.texts = [(TEXTS[name], fields[name]) for name in TEXTS if name in fields]
        self.plain = {TEXTS[name]: text for name, text in constants.items() if name in TEXTS}
        self.printed: dict[str, str] = {}
        for name in KINDS:
            if name in constants:
                self.printed |= dict(filled(name, constants[name], comma=False).fields)
        self.rate = _of_rate(fields, constants)
        self.of_all = _of_all(reader.plan, fields, constants)
        self.worded = tuple(name for name in (*WORDS, *OF_ARMS) if name in fields)
        self._key = tuple(fields[name] for name in self.worded)
        self._still: dict[tuple[str, ...], _Still] = {}

    def row(self, line: Line) -> Row:
        """The row; a cell that cannot be read leaves its field empty and is a problem."""
        cells = line.cells
        key = tuple([cells[column] for column in self._key])
        still = self._still.get(key)
        if still is None:
            still = self._still[key] = self._words(key)
        if still.problems:
            for name, problem in still.problems:
                self.wrong(line, name, problem)
        found, states, meant = self._printed(line)
        measure = self._measure(line, found, still, percent=meant.percent)
        fields = dict(still.fields)
        for field, column in self.texts:
            text = cells[column]
            if text:
                fields[field] = text
        fields["measure"] = measure
        self._numbers(line, fields, found, states, still.words)
        if meant.approximation:
            fields["approximation"] = meant.approximation
        more = implied(fields)
        if more:
            fields.update(more)
        if "se" in found or self.entry.log:
            fields.update(self._scaled(fields, found))
        fields["address"] = f"{line.number}{self.suffix}"
        return Row.of(fields)

    def _words(self, key: tuple[str, ...]) -> _Still:
        """What the words of a line say; with the drugs that the text of its arm names."""
        told = dict(self.entry.constants)
        told.update({name: text for name, text in zip(self.worded, key, strict=True) if text})
        words: dict[str, str] = {}
        problems = []
        for name in WORDS:
            if told.get(name):
                word = getattr(column_words, name)(told[name], self.reader.words)
                words[name] = word.word
                if word.problem:
                    problems.append((name, word.problem))
        arm, versus, year = (told.get(name, "") for name in OF_ARMS)
        fields: dict[str, Any] = {"trial": "", **self.plain}
        fields |= _of_arms(arm, versus, words.get("subgroup", ""), self.reader.words)
        fields |= {TAKEN[name]: word for name, word in words.items() if name in TAKEN and word}
        if "design" in fields:
            fields["allocation"] = fields["design"]
        if len(year) == YEAR and year.isdecimal():
            fields["year"] = int(year)
        words["versus"], words["named"] = versus, told.get("measure", "")
        return _Still(words, fields, tuple(problems))

    def wrong(self, line: Line, name: str, message: str, rule: str = UNREADABLE) -> None:
        """A problem at the cell of a field."""
        sheet, column = self.reader.sheet, self.entry.fields.get(name, 0)
        self.reader.problems.append(sheet.problem(line, column, rule, message))

    def _printed(self, line: Line) -> tuple[dict[str, str], dict[str, str], Filled]:
        """The numbers of a line as text, their states, and how its value is meant.

        A number that a column of its own has goes before one that a cell says besides.
        """
        found, states, meant = dict(self.printed), NONE, NOTHING
        cells = line.cells
        for column in self.numbers:
            text = cells[column.column]
            if not text:
                continue
            cell = column.known.get(text) or column.filled(text)
            if cell.problem:
                self.wrong(line, column.name, cell.problem)
                continue
            for field, one in cell.fields:
                apart = field in found or (field == "value" and not column.of_value)
                if not apart or self._goes_before(
                    line, column.name, field, one, found.get(field, "")
                ):
                    found[field] = one
            if cell.states:
                states = {**states, **dict(cell.states)}
            if column.of_value:
                meant = cell
        return found, states, meant

    def _goes_before(self, line: Line, column: str, field: str, text: str, known: str) -> bool:
        """Whether a number is that of the row, where another cell may have said one before.

        The percent beside a count is the value of a rate that has no other; a count out of fewer
        patients than the line has is out of those, as 6/38 where 42 were treated.
        """
        if (column, field) == BESIDE_COUNT:
            if self.rate and known and not _alike(known, text):
                self._same(line, column, field, known, text)
            return self.rate and not known
        if column == field == "n" and known and self.of_all and int(known) < int(text):
            return False
        if known and known != text:
            self._same(line, column, field, known, text)
        return True

    def _same(self, line: Line, column: str, field: str, known: str, text: str) -> None:
        """A problem where two cells of a row say different numbers of one thing."""
        given = field in self.printed
        if not given and is_number(known) and is_number(text) and float(known) != float(text):
            self.wrong(line, column, f"the row says {field} {known} and here {text}", DISAGREE)

    def _measure(self, line: Line, found: dict[str, str], still: _Still, *, percent: bool) -> str:
        """The measure named, or the one that the other columns leave; `not-stated` for neither.

        A number without a unit of time, a percent sign or a count is a percent only where the
        vocabulary lets its endpoint be one; a median whose row does not say so is none, and a
        logarithm is of some ratio.
        """
        words = still.words
        named, versus = words.get("measure", ""), words["versus"]
        if named and versus and not MEASURES[named].contrast:
            message = f"a {MEASURES[named].name} is of one arm, and the row has two"
            self.wrong(line, "measure", message)
            return NOT_STATED
        if named:
            return named
        if versus or words["named"] or self.entry.log:
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
        fields: dict[str, Any],
        found: dict[str, str],
        states: dict[str, str],
        words: dict[str, str],
    ) -> None:
        """Put in the fields that hold numbers, with where they come from."""
        measure = fields["measure"]
        kind, unit = MEASURES[measure], words.get("unit") or found.get("unit", "")
        fraction = unit == FRACTION and kind.unit == PERCENT
        for name in NUMBERS:
            if name in found:
                text = found[name]
                fields[name] = f"{Decimal(text).scaleb(2):f}" if fraction else text
                if name != "value":
                    fields[PRINTED[name]] = text
            elif name in states:
                fields[f"{name}_state"] = states[name]
        if "value" in found or "value" in states:
            fields["value_source"] = REPORTED
        if "low" in found or "high" in found:
            fields["interval_source"] = REPORTED
        timed = kind.unit == TIME or measure == NOT_STATED
        fields["unit"] = (unit if unit in UNITS else "") if timed else kind.unit
        if "events" in found:
            fields["events"], fields["events_source"] = int(found["events"]), REPORTED
        if "n" in found:
            self._size(line, int(found["n"]), fields)
        if "level" in found:
            fields["level"] = fields["printed_level"] = self._level(line, found["level"])
        if "at" in found:
            fields["at_value"] = found["at"]
            fields["at_unit"] = words.get("at_unit") or found.get("at_unit", "")
        sides = words.get("sides") or column_words.SIDES.get(found.get("sides", ""), "")
        fields["interval_sides"] = sides if sides in ("lower", "upper") else "two"
        if "p" in found:
            fields["p"] = found["p"]
        if "p" in found or sides in ("one", "two", "not-stated"):
            fields["p_sides"] = sides if sides in ("one", "two") else "not-stated"

    def _size(self, line: Line, n: int, fields: dict[str, Any]) -> None:
        if n:
            fields["n"] = n
        else:
            self.wrong(line, "n", "nobody can be counted out of 0 patients")

    def _level(self, line: Line, text: str) -> float | None:
        level = _percent_of_level(text)
        if level is None:
            self.wrong(line, "level", f'a level is a percent {RANGE}, not "{text}"')
        return level

    def _scaled(self, fields: dict[str, Any], found: dict[str, str]) -> dict[str, Any]:
        """What follows from a standard error, or from logarithms."""
        if self.entry.log:
            return exponentiated(fields, found.get("se", ""))
        printed = fields.get("low") or fields.get("high")
        return {} if printed else of_error(fields, found["se"])


def _of_rate(fields: Mapping[str, int], constants: Mapping[str, str]) -> bool:
    """Whether the counts of an entry are those of its value, which is a rate."""
    if "measure" in constants:
        return constants["measure"] == PROPORTION
    return not {"measure", "versus", "value"} & {*fields, *constants}


def _of_all(plan: Plan, fields: Mapping[str, int], constants: Mapping[str, str]) -> bool:
    """Whether n is that of a whole line, and the entry is of one endpoint of it."""
    endpoint, column = constants.get("endpoint"), fields.get("n")
    if endpoint is None or column is None:
        return False
    return not any(one.column == column and endpoint in one.about for one in plan.taken)


def _alike(one: str, other: str) -> bool:
    """Whether the number with fewer decimals is the other one, rounded."""
    short, long = sorted((one, other), key=decimals)
    return prints_as(float(long), short, rounding="any")


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
