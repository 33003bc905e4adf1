"""What a reviewer says of the columns: `--map`, and `mapping.yaml` beside the table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import InvalidRecordsError, Place, Problem
from kb.printed.measure import CONTRASTS, LANDMARK, MEDIAN, PROPORTION, measure_named
from kb.printed.time import UNITS, unit_named
from kb.sentences import suggestion
from kb.store.yaml_text import read
from kb.tables.meaning import MAPPED, NUMBERS, Meaning
from kb.tables.plan import FIELDS
from kb.vocabulary.vocabulary import folded, nearest

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from kb.vocabulary import Vocabulary

EXPERIMENTAL: Final = "experimental"
CONTROL: Final = "control"
"""How arms are called that a mapping tells apart and does not name."""
NAME: Final = "mapping.yaml"
_TIMED: Final = re.compile(r"([^.@]+)@\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)(?:\.|$)")
_PAIR: Final = re.compile(r"([^=]*)=(.*)", re.DOTALL)
_FIELDS: Final = {folded(one): one for one in FIELDS}
_VERSUS: Final = "versus"


def parse_mapping(text: str) -> dict[str, str]:
    """`study=Author,n=N,events="ORR n"` as a mapping from a field to a header or a constant.

    A comma inside a header is kept: nothing that follows it is `field=`, or quotes stand around.
    """
    found: dict[str, str] = {}
    last = ""
    quoted = re.sub(r'=\s*"([^"]*)"', lambda m: "=" + m[1].replace(",", "\0"), text)
    for part in quoted.split(","):
        pair = _PAIR.fullmatch(part)
        if pair is None:
            if not last:
                raise ValueError(f"--map takes field=header, as in study=Author; got {part!r}")
            found[last] += f",{part}".replace("\0", ",")
            continue
        last, value = pair[1].strip(), pair[2]
        if last in found:
            raise ValueError(f"--map names {last!r} twice: {found[last]!r} and {value!r}")
        found[last] = value.strip().replace("\0", ",")
    return found


def read_mapping(
    path: str | os.PathLike[str], vocabulary: Vocabulary | None = None
) -> dict[str, Any]:
    """The file `mapping.yaml`: `columns`, a mapping as of `--map`, and `sheet`, if it is named.

    InvalidRecordsError with every problem; fields are looked at where a vocabulary is given.
    """
    where = str(path)
    marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
    try:
        data, problems = read(Path(path).read_text(encoding="utf-8"), where, marks)
    except UnicodeDecodeError:
        raise ValueError(f"{where}: this is not UTF-8; save it as UTF-8") from None

    def complain(key: tuple[str | int, ...], rule: str, message: str) -> None:
        line, column = marks.get((*key, "\0key"), marks.get(key, (1, 1)))
        problems.append(Problem(Place(where, line, column), rule, message))

    content = data if isinstance(data, dict) else {}
    if data is not None and not content:
        complain((), "not-a-map", "a mapping has the keys `columns` and `sheet`")
    for key in content:
        if key not in ("columns", "sheet"):
            near = suggestion(nearest(key, ["columns", "sheet"]))
            complain((key,), "unknown-key", f"{key!r} is neither `columns` nor `sheet`{near}")
    columns = content.get("columns", {})
    if not isinstance(columns, dict):
        complain(("columns",), "not-a-map", "`columns` leads from a field to a header")
        columns = {}
    for key, value in columns.items():
        if not isinstance(value, str):
            complain(("columns", key), "not-text", f"`{key}` is a header or =text")
        elif vocabulary is not None:
            try:
                meant(key, vocabulary)
            except ValueError as error:
                complain(("columns", key), "unknown-field", str(error))
    if not isinstance(content.get("sheet", ""), str):
        complain(("sheet",), "not-text", "`sheet` is the name of a sheet")
    if problems:
        raise InvalidRecordsError(sorted(problems))
    return {"columns": columns, "sheet": content.get("sheet", "")}


def meant(key: str, vocabulary: Vocabulary) -> Meaning:
    """What a key of a mapping means: a field, of an endpoint, a time, a measure or an arm.

    `study`; `orr.events`; `orr` for its value; `pfs.median`, `pfs.median.low`;
    `pfs@6 months.value`; `pfs.hazard-ratio`, `hr.low`; `versus.n` and `orr.versus.events` for the
    arm that is compared with. ValueError for anything else.
    """
    text = key.strip()
    endpoint = measure = at = unit = field = side = ""
    if timed := _TIMED.match(text):
        at, unit = timed[2], unit_named(timed[3])
        if not unit:
            raise ValueError(f"{key!r}: {timed[3]!r} is none of {', '.join(UNITS)}")
        endpoint = _endpoint(timed[1].strip(), vocabulary)
        if not endpoint:
            raise _unknown(key, timed[1].strip(), vocabulary)
        text = text[timed.end() :]
    parts = [one.strip() for one in text.split(".")] if text else []
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if last and folded(part) in _FIELDS:
            field = _FIELDS[folded(part)]
        elif part.casefold() == _VERSUS and not side:
            side = CONTROL
        elif not endpoint and not index and (found := _endpoint(part, vocabulary)):
            endpoint = found
        elif not measure and (named := measure_named(part)):
            measure = named
        else:
            raise _unknown(key, part, vocabulary)
    field = field or "value"
    if endpoint and not measure:
        measure = _measure(key, endpoint, at, vocabulary)
    if side and measure in CONTRASTS:
        raise ValueError(f"{key!r}: a {measure} is of two arms, not of one")
    if field not in NUMBERS and endpoint and field not in ("unit", "definition"):
        raise ValueError(f"{key!r}: {field} is of the whole line; map {field!r} alone")
    return Meaning(field, endpoint, measure, at, unit, side, how=MAPPED, rank=-2)


def column_named(header: Sequence[str], wanted: str) -> int:
    """Where a header stands: as it is written, else without regard to case; ValueError else."""
    for same in (str, str.casefold):
        found = [index for index, one in enumerate(header) if same(one.strip()) == same(wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"--map: {wanted!r} heads {len(found)} columns")
    near = suggestion(nearest(wanted, list(header)))
    raise ValueError(f"--map: no column is headed {wanted!r}{near}")


def mapped(
    mapping: Mapping[str, str], header: Sequence[str], vocabulary: Vocabulary
) -> tuple[dict[int, Meaning], list[tuple[Meaning, str]]]:
    """The columns that a mapping takes, and its constants; ValueError for what it cannot mean.

    Where it speaks of an arm that is compared with, what is said of no arm is of the other one.
    """
    columns: dict[int, Meaning] = {}
    constants: list[tuple[Meaning, str]] = []
    for key, value in mapping.items():
        meaning = meant(key, vocabulary)
        if value.startswith("="):
            constants.append((meaning, value[1:].strip()))
            continue
        index = column_named(header, value)
        if index in columns:
            raise ValueError(f"--map takes the column {value!r} twice; once is for {key!r}")
        columns[index] = meaning
    if any(one.side for one in columns.values()):
        columns = {index: _of_arm(one) for index, one in columns.items()}
        constants = [(_of_arm(one, named=True), text) for one, text in constants]
    return columns, constants


def _of_arm(one: Meaning, *, named: bool = False) -> Meaning:
    fields = {"events", "n", "value", "low", "high", "interval"} | ({"arm"} if named else set())
    if named and one.field == _VERSUS:
        return one._replace(field="arm", side=CONTROL)
    plain = one.field in fields and not one.side and one.measure not in CONTRASTS
    return one._replace(side=EXPERIMENTAL) if plain else one


def _endpoint(word: str, vocabulary: Vocabulary) -> str:
    wanted = folded(word)
    for one, term in vocabulary.endpoints.items():
        if wanted in map(folded, (one, term.name, *term.synonyms)):
            return one
    return ""


def _measure(key: str, endpoint: str, at: str, vocabulary: Vocabulary) -> str:
    measures = vocabulary.endpoints[endpoint].measures
    if at:
        return LANDMARK if LANDMARK in measures else PROPORTION
    if PROPORTION in measures:
        return PROPORTION
    if LANDMARK not in measures:
        return MEDIAN
    raise ValueError(
        f"{key!r} leaves open what is printed: say {endpoint}.median, {endpoint}@6 months or "
        f"{endpoint}.hazard-ratio"
    )


def _unknown(key: str, part: str, vocabulary: Vocabulary) -> ValueError:
    known = [*FIELDS, *vocabulary.endpoints]
    near = nearest(part, known)
    listed = ", ".join(dict.fromkeys([*near, *FIELDS]))
    asked = suggestion(near) or "."
    return ValueError(
        f"{key!r}: {part!r} is no field, endpoint or measure{asked} Fields are {listed}; an "
        "endpoint of the vocabulary stands before one, as in orr.events"
    )
