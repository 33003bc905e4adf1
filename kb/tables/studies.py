"""Whose line it is: studies named once for several rows, totals at the foot, authors of two papers.

A study that is named in the first of its rows alone is that of the rows below it where something
else tells them apart, such as their arms; a line that sums up others is no study; two papers of one
author are told apart by their years.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.sentences import quoted
from kb.tables.sheet import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.tables.plan import Plan
    from kb.tables.sheet import CellProblem, Line, Sheet

APART: Final = ("arm", "versus", "subgroup", "endpoint", "report")
"""Columns that tell the rows of one study apart."""
SUMMING: Final = re.compile(
    r"(?:grand |sub-?)?totals?(?: (?:events?|n|no\.?|number|patients|participants|studies).*)?"
    r"|(?:all|overall|pooled|combined|summary|weighted|mean|average|sum)"
    r"(?: (?:all|the|of|studies|trials|estimates?|effects?|results?|rates?|mean|average|total|orr"
    r"|proportions?|patients|(?:random|fixed|common)(?:[- ]effects?)?|model))*"
    r"|(?:random|fixed|common)[- ]effects?(?: model)?"
    r"|(?:heterogeneity|test for (?:overall|subgroup)|i[²2] ?=|tau[²2] ?=|τ[²2] ?=).*",
    re.IGNORECASE,
)
"""Names of lines that sum up others, without what stands in brackets behind them."""
BRACKETED: Final = re.compile(r"[\s:,]*(?:[(\[][^()\[\]]*[)\]])?[\s:,*]*$")
AUTHOR: Final = re.compile(r"\b(?:authors?|1st author)\b", re.IGNORECASE)
YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
STUDY: Final = "study"


class Settled(NamedTuple):
    """A sheet whose lines are those of studies, each with its name, and what was said of others."""

    sheet: Sheet
    problems: tuple[CellProblem, ...] = ()


def settled(sheet: Sheet, plan: Plan) -> Settled:
    """The lines of studies, each with the study that it is of."""
    column = _column(plan, STUDY)
    if column is None:
        return Settled(sheet)
    problems: list[CellProblem] = []
    lines = list(_without_sums(sheet, sheet.lines, column, problems))
    lines = _named_above(sheet, plan, lines, problems)
    if AUTHOR.search(sheet.header[column]):
        lines = _apart(plan, lines, column)
    if not problems and lines == list(sheet.lines):
        return Settled(sheet)
    return Settled(replace(sheet, lines=tuple(lines)), tuple(problems))


def sums_up(name: str) -> bool:
    """Whether the name of a line says that it sums up others: `Total (95% CI)`, `Pooled`."""
    return SUMMING.fullmatch(BRACKETED.sub("", name.strip())) is not None


def _column(plan: Plan, field: str) -> int | None:
    return next((one.fields[field] for one in plan.entries if field in one.fields), None)


def _without_sums(
    sheet: Sheet, lines: Sequence[Line], column: int, problems: list[CellProblem]
) -> Iterator[Line]:
    """Lines that are no sums of others; the first may be none, as there is nothing above it.

    What stands under a sum without a name is of that sum, such as its other arm.
    """
    known: dict[str, bool] = {}
    above, within = False, ""
    for line in lines:
        name = line.cells[column]
        found = known.get(name)
        if found is None:
            found = known[name] = bool(name) and sums_up(name)
        if found and above:
            message = f"{quoted(name)} sums up other rows and is no study; the row is left out"
            problems.append(sheet.problem(line, column, UNREADABLE, message))
            within = name
            continue
        if within and not name:
            message = f"the row stands under {quoted(within)}, and is left out with it"
            problems.append(sheet.problem(line, column, UNREADABLE, message))
            continue
        above, within = above or bool(name), ""
        yield line


def _named_above(
    sheet: Sheet, plan: Plan, lines: list[Line], problems: list[CellProblem]
) -> list[Line]:
    """Lines without a study get the one above them where their arms, say, tell its rows apart.

    One problem says for all of them that this was done; each line for which it was not is one. A
    blank row ends what a name stands for.
    """
    column, year = _column(plan, STUDY), _column(plan, "year")
    others = [one for one in (_column(plan, name) for name in APART) if one is not None]
    if column is None or all(line.cells[column] for line in lines):
        return lines
    found: list[Line] = []
    filled: list[Line] = []
    above: Line | None = None
    known: set[tuple[str, ...]] = set()
    at = 0
    for line in lines:
        at, before = line.at, at
        if line.cells[column]:
            above, known = line, {_key(line, others)}
        elif at > before + 1:
            above = None
        elif (
            above is not None and _another(line, above, others) and _key(line, others) not in known
        ):
            known.add(_key(line, others))
            cells = list(line.cells)
            cells[column] = above.cells[column]
            if year is not None and not cells[year]:
                cells[year] = above.cells[year]
            filled.append(line)
            found.append(line._replace(cells=tuple(cells)))
            continue
        elif above is not None and _says_something(plan, line):
            message = (
                f"no study is named: is it that of row {above.at}, {quoted(above.cells[column])}? "
                f"It is taken as a study by itself"
            )
            problems.append(sheet.problem(line, column, UNREADABLE, message))
        found.append(line)
    if filled:
        more = len(filled) - 1
        message = "no study is named: the row is taken as of the study named above it" + (
            f", and so are {more} others" if more > 1 else ", and so is 1 other" if more else ""
        )
        problems.append(sheet.problem(filled[0], column, UNREADABLE, message))
    return found


def _key(line: Line, columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(line.cells[one] for one in columns)


def _another(line: Line, above: Line, columns: Sequence[int]) -> bool:
    """Whether a line has another arm, subgroup or endpoint than the one that names the study."""
    pairs = [(line.cells[one], above.cells[one]) for one in columns]
    return any(one and other and one != other for one, other in pairs)


def _says_something(plan: Plan, line: Line) -> bool:
    return any(line.cells[column] for entry in plan.entries for column in entry.own)


def _apart(plan: Plan, lines: list[Line], column: int) -> list[Line]:
    """Authors with their years where one of them has papers of two years."""
    year = _column(plan, "year")
    if year is None:
        return lines
    years: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if YEAR.fullmatch(line.cells[year]):
            years[line.cells[column]].add(line.cells[year])
    several = {name for name, own in years.items() if name and len(own) > 1}
    return [
        line._replace(cells=_with_year(line.cells, column, line.cells[year]))
        if line.cells[column] in several and line.cells[year]
        else line
        for line in lines
    ]


def _with_year(cells: Sequence[str], column: int, year: str) -> tuple[str, ...]:
    name = cells[column]
    return (*cells[:column], f"{name} {year}", *cells[column + 1 :])
