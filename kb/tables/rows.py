"""A reviewer's own table to rows: what is printed there, as the records would have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.errors import UnknownTermError
from kb.printed import p_value
from kb.printed.level import RANGE, is_level
from kb.printed.measure import (
    LANDMARK,
    MEASURES,
    MEDIAN,
    NOT_STATED,
    PERCENT,
    PROPORTION,
    TIME,
    measure_named,
)
from kb.printed.number import is_number
from kb.printed.state import NOT_GIVEN, state_named
from kb.printed.time import UNITS, unit_named
from kb.rows.derived import derived
from kb.rows.flat import paired, pairs, part_of_arm
from kb.rows.row import Row
from kb.sentences import suggestion
from kb.tables.file import COLUMNS
from kb.vocabulary.vocabulary import folded, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.vocabulary import Vocabulary

HISTOLOGY: Final = "histology"
SIDES: Final = {"one": "one", "1": "one", "two": "two", "2": "two", "lower": "lower",
                "upper": "upper", "notstated": "not-stated"}  # fmt: skip


def table_rows(
    rows: Iterable[Mapping[str, object]], vocabulary: Vocabulary | None = None
) -> Iterator[Row]:
    """One row for each that says something; its address is its number, from 1.

    Endpoints and histologies are looked up in the vocabulary, by default that of the base found
    from here; words that it lacks stay as they are. Raises ValueError naming row and column.
    """
    words = vocabulary if vocabulary is not None else nearest_vocabulary()
    for number, cells in enumerate(rows, start=1):
        reader = _Reader(number, cells, words)
        if any(reader.cells.values()):
            yield reader.row()


def row_number(row: Row) -> int:
    """The number of a data row, from 1."""
    return int(row.address)


def nearest_vocabulary() -> Vocabulary:
    """The vocabulary of the base found from here, else of the one in the package."""
    from kb.store.layout import find_root
    from kb.store.reader import read_vocabulary

    return read_vocabulary(find_root(None))[0]


class _Reader:
    """The cells of one row; every ValueError names the row and the column."""

    def __init__(self, number: int, cells: Mapping[str, object], words: Vocabulary) -> None:
        self.number, self.words = number, words
        self.cells: dict[str, str] = {}
        for column, value in cells.items():
            name = str(column).strip().casefold()
            if name not in COLUMNS:
                raise self.wrong(name, f"is no column{suggestion(nearest(name, list(COLUMNS)))}")
            missing = value is None or value != value  # noqa: PLR0124  (a missing number is nan)
            self.cells[name] = "" if missing else str(value).strip()

    def wrong(self, column: str, what: str) -> ValueError:
        return ValueError(f"row {self.number}, column {column!r}: {what}")

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def row(self) -> Row:
        """The row; its address is its number."""
        measure, versus, subgroup = self.measure(), self.text("versus"), self.subgroup()
        events, level = self.count("events"), self.level()
        value, value_state = self.number_or_state("value")
        low, low_state = self.number_or_state("low")
        high, high_state = self.number_or_state("high")
        timed = MEASURES[measure].unit == TIME
        percent = not timed and folded(self.text("unit")) in ("", PERCENT)
        printed = "" if percent else self.unit("unit")
        sides = SIDES.get(folded(self.text("sides")))
        if self.text("sides") and sides is None:
            raise self.wrong(
                "sides", f"expected one, two, lower or upper, got {self.text('sides')!r}"
            )
        row = Row(
            address=str(self.number),
            trial=self.text("study"),
            report=self.text("report"),
            arm=self.text("arm"),
            set=part_of_arm(self.text("arm"), subgroup),
            versus=versus,
            versus_set=part_of_arm(versus, subgroup) if versus else "",
            subgroup=subgroup,
            endpoint=self.endpoint(),
            definition=self.text("definition"),
            measure=measure,
            at_value=self.at(),
            at_unit=self.unit("at_unit"),
            events=events,
            events_source="" if events is None else "reported",
            n=self.count("n"),
            value=value,
            value_state=value_state,
            value_source="reported" if value or value_state else "",
            unit=printed if timed else MEASURES[measure].unit,
            low=low,
            high=high,
            low_state=low_state,
            high_state=high_state,
            level=level,
            interval_source="reported" if low or high else "",
            interval_sides=sides if sides in ("lower", "upper") else "two",
            p=self.p(),
            p_sides=sides if sides in ("one", "two", "not-stated") else "",
            criteria=self.text("criteria"),
            printed_low=low,
            printed_high=high,
            printed_level=level,
        )
        return derived(row)

    def measure(self) -> str:
        """The measure named, or the one that the other columns leave."""
        text, versus = self.text("measure"), self.text("versus")
        if text:
            found = measure_named(text)
            if not found:
                raise self.wrong("measure", f"{text!r} is none of {', '.join(sorted(MEASURES))}")
            if bool(versus) != MEASURES[found].contrast:
                needs = "needs `versus`" if MEASURES[found].contrast else "stands with `versus`"
                raise self.wrong("measure", f"{text!r} {needs}, the other arm")
            return found
        if versus:
            if self.text("value") or self.text("low"):
                raise self.wrong("measure", "a contrast with a value needs its measure")
            return NOT_STATED
        if unit_named(self.text("unit")):
            return MEDIAN
        term = self.words.endpoints.get(self.endpoint())
        rate = term is None or LANDMARK in term.measures
        return LANDMARK if self.text("at") and not self.text("events") and rate else PROPORTION

    def endpoint(self) -> str:
        text = self.text("endpoint")
        try:
            return self.words.resolve("endpoint", text) if text else ""
        except UnknownTermError:
            return text

    def subgroup(self) -> str:
        """`key=value`; a bare histology of the vocabulary gets its key."""
        text = self.text("subgroup")
        named = [(key.strip(), value.strip()) for key, value in pairs(text)]
        if [key for key, _ in named] not in ([""], [HISTOLOGY]):
            return text
        try:
            return paired([(HISTOLOGY, self.words.resolve(HISTOLOGY, named[0][1]))])
        except UnknownTermError:
            return text

    def unit(self, column: str) -> str:
        text = self.text(column)
        found = unit_named(text)
        if text and not found:
            raise self.wrong(column, f"{text!r} is none of {', '.join(UNITS)}")
        return found

    def at(self) -> str:
        text = self.text("at")
        if text and not (is_number(text) and float(text) >= 0):
            raise self.wrong("at", f"expected a number, got {text!r}")
        return text

    def count(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        if not re.fullmatch(r"\d+(\.0+)?", text):
            raise self.wrong(column, f"expected a whole number from 0, got {text!r}")
        number = int(text.partition(".")[0])
        if column == "n" and number == 0:
            raise self.wrong(column, "nobody can be counted out of 0 patients")
        return number

    def number_or_state(self, column: str) -> tuple[str, str]:
        """A printed number, or a state such as not-reached; a middle dot is a decimal point."""
        text = self.text(column).removesuffix("%").strip().replace("·", ".").replace("−", "-")
        if not text:
            return "", ""
        if is_number(text):
            return text, ""
        state = state_named(text) if folded(text) else NOT_GIVEN
        if not state:
            raise self.wrong(column, f"expected a number as printed, got {self.text(column)!r}")
        return "", state

    def level(self) -> float | None:
        text = self.text("level").removesuffix("%").strip()
        if not text or folded(text) == "notstated":
            return None
        if not is_number(text) or not is_level(float(text)):
            raise self.wrong("level", f"a level is a percent {RANGE}, got {text!r}")
        return float(text)

    def p(self) -> str:
        text = re.sub(r"^[Pp]\s*(?==|<|>|≤|≥)", "", self.text("p")).replace("·", ".").strip()
        if text and p_value.read(text) is None:
            raise self.wrong("p", f"expected a p-value such as .19 or <.001, got {text!r}")
        return text
