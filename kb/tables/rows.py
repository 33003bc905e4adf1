"""A reviewer's own table to rows: what is printed there, as the records would have it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError

from kb.base import NUMBER, read_p
from kb.errors import UnknownTermError
from kb.rows.row import Row
from kb.rows.units import MONTHS_PER, months
from kb.sentences import suggestion
from kb.vocabulary.vocabulary import folded, nearest

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from kb.vocabulary import Vocabulary

COLUMNS: Final = (
    "study", "arm", "versus", "subgroup", "endpoint", "definition", "measure", "at", "at_unit",
    "events", "n", "value", "low", "high", "level", "sides", "p", "unit", "criteria", "report",
)  # fmt: skip
MEASURES: Final = {
    "proportion": "proportion", "rate": "proportion", "percent": "proportion",
    "median": "median", "landmark": "landmark",
    "hazardratio": "hazard-ratio", "hr": "hazard-ratio", "oddsratio": "odds-ratio",
    "or": "odds-ratio", "riskratio": "risk-ratio", "relativerisk": "risk-ratio",
    "rr": "risk-ratio", "riskdifference": "risk-difference", "rd": "risk-difference",
    "notstated": "not-stated",
}  # fmt: skip
CONTRASTS: Final = ("hazard-ratio", "odds-ratio", "risk-ratio", "risk-difference", "not-stated")
UNITS: Final = {
    "d": "days", "day": "days", "days": "days", "w": "weeks", "wk": "weeks", "week": "weeks",
    "weeks": "weeks", "mo": "months", "month": "months", "months": "months", "y": "years",
    "yr": "years", "year": "years", "years": "years",
}  # fmt: skip
STATES: Final = {
    "nr": "not-reached",
    "notreached": "not-reached",
    "ne": "not-estimable",
    "notestimable": "not-estimable",
    "na": "not-given",
    "notgiven": "not-given",
    "": "not-given",
}
SIDES: Final = {"one": "one", "1": "one", "two": "two", "2": "two", "lower": "lower",
                "upper": "upper", "notstated": "not-stated"}  # fmt: skip


def read_table(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """The data rows of a CSV file with a header, as text; ValueError for one that is none."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(f"{path}: line {reader.line_num}: {error}") from None
    if not reader.fieldnames:
        raise ValueError(f"{path}: the file holds no header; columns are {', '.join(COLUMNS)}")
    for number, row in enumerate(rows, start=1):
        if None in row or None in row.values():
            raise ValueError(
                f"row {number}: expected {len(reader.fieldnames)} fields, as the header has"
            )
    return rows


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
        unit = self.unit("unit") if measure == "median" else ""
        sides = SIDES.get(folded(self.text("sides")))
        if self.text("sides") and sides is None:
            raise self.wrong(
                "sides", f"expected one, two, lower or upper, got {self.text('sides')!r}"
            )
        numbers: dict[str, Any] = {}
        if unit and value:
            numbers["value_months"] = months(float(value), unit)
        return Row(
            address=str(self.number),
            trial=self.text("study"),
            report=self.text("report"),
            arm=self.text("arm"),
            set=f"{self.text('arm')}|{subgroup}",
            versus=versus,
            versus_set=f"{versus}|{subgroup}" if versus else "",
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
            unit=unit or ("percent" if measure in ("proportion", "landmark") else ""),
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
            **numbers,
        )

    def measure(self) -> str:
        """The measure named, or the one that the other columns leave."""
        text, versus = self.text("measure"), self.text("versus")
        if text:
            found = MEASURES.get(folded(text))
            if found is None:
                known = sorted(set(MEASURES.values()))
                raise self.wrong("measure", f"{text!r} is none of {', '.join(known)}")
            if bool(versus) != (found in CONTRASTS):
                needs = "needs `versus`" if found in CONTRASTS else "stands with `versus`"
                raise self.wrong("measure", f"{text!r} {needs}, the other arm")
            return found
        if versus:
            if self.text("value") or self.text("low"):
                raise self.wrong("measure", "a contrast with a value needs its measure")
            return "not-stated"
        if folded(self.text("unit")) in UNITS:
            return "median"
        term = self.words.endpoints.get(self.endpoint())
        rate = term is None or "landmark" in term.measures
        return "landmark" if self.text("at") and not self.text("events") and rate else "proportion"

    def endpoint(self) -> str:
        text = self.text("endpoint")
        try:
            return self.words.resolve("endpoint", text) if text else ""
        except UnknownTermError:
            return text

    def subgroup(self) -> str:
        """`key=value`; a bare histology of the vocabulary gets its key."""
        text = self.text("subgroup")
        key, equals, value = text.partition("=")
        word = value if equals and key.strip() == "histology" else text
        try:
            return f"histology={self.words.resolve('histology', word.strip())}" if word else text
        except UnknownTermError:
            return text

    def unit(self, column: str) -> str:
        text = self.text(column)
        found = UNITS.get(folded(text), "")
        if text and not found:
            raise self.wrong(column, f"{text!r} is none of {', '.join(MONTHS_PER)}")
        return found

    def at(self) -> str:
        text = self.text("at")
        if text and not (NUMBER.fullmatch(text) and float(text) >= 0):
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
        if NUMBER.fullmatch(text):
            return text, ""
        state = STATES.get(folded(text))
        if state is None:
            raise self.wrong(column, f"expected a number as printed, got {self.text(column)!r}")
        return "", state

    def level(self) -> float | None:
        text = self.text("level").removesuffix("%").strip()
        if not text or folded(text) == "notstated":
            return None
        if not NUMBER.fullmatch(text) or not 50 <= float(text) < 100:
            raise self.wrong("level", f"a level is a percent from 50 and below 100, got {text!r}")
        return float(text)

    def p(self) -> str:
        text = re.sub(r"^[Pp]\s*(?==|<|>|≤|≥)", "", self.text("p")).replace("·", ".").strip()
        try:
            return read_p(text) if text else ""
        except PydanticCustomError as error:
            raise self.wrong("p", error.message()) from None
