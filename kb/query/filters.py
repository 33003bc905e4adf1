"""The one list of filters: keyword, option, what it asks for, and how its words become ids.

A filter is an entry of `FILTERS`, its keyword in `Criteria`, and the facet of its name in
`kb.links`, by which arms are found. One that chooses among rows names the field of a row instead,
and what meets its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import eq
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypedDict, get_args

from kb.query import row_words
from kb.query.line_words import LINES, NEAR
from kb.vocabulary.treatment_ids import THEN

if TYPE_CHECKING:
    from kb.store.knowledge_base import KnowledgeBase

Words = str | Iterable[str]


class Criteria(TypedDict, total=False):
    """What `select`, `compare`, `audit` and `gaps` take: one word or several per filter.

    `only_histology` and `one_per_trial` are yes or no.
    """

    trial: Words
    drug: Words
    drug_class: Words
    regimen_class: Words
    histology: Words
    line: Words
    phase: Words
    allocation: Words
    year: int | str | Iterable[int | str]
    criteria: Words
    assessor: Words
    confirmed: Words
    analysis_set: Words
    read: Words
    definition: Words
    cut: Words
    exclude: Words
    only_histology: bool | str
    one_per_trial: bool | str


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: keyword, option, what it asks for, and whether all its words must be met.

    `resolve` makes a word as typed an id of a base; UnknownTermError for one that it lacks. One
    that chooses among rows says by which `field` of a row and by what an id `is_met`; `leaves_out`
    keeps the rows that meet none. A `flag` takes no word; one may be of no use without the filter
    that it `needs`.
    """

    name: str
    option: str
    help: str
    resolve: Callable[[KnowledgeBase, str], str]
    all_of: bool = False
    field: str = ""
    is_met: Callable[[str, str], bool] = eq
    leaves_out: bool = False
    flag: bool = False
    needs: str = ""


def _term(kind: str) -> Callable[[KnowledgeBase, str], str]:
    return lambda base, word: base.vocabulary.resolve(kind, word)


def _trial(base: KnowledgeBase, word: str) -> str:
    return word if word in base else base.trial(word).id


def _drug(base: KnowledgeBase, word: str) -> str:
    """A drug; a word that is a class too, and a drug only where print names none, is refused.

    Who asks for `chemotherapy` wants every cytotoxic drug. The id asks for what is not named.
    """
    from kb.errors import UnknownTermError

    vocabulary = base.vocabulary
    found = vocabulary.resolve("drug", word)
    if word == found or not vocabulary.drugs[found].unnamed:
        return found
    try:
        named = vocabulary.resolve("drug-class", word)
    except UnknownTermError:
        return found
    told = f"it is a drug class: --drug-class {named}; not named in print is {found}"
    raise UnknownTermError("drug", word, hint=told)


def _regimen_class(base: KnowledgeBase, word: str) -> str:
    """An exact id of a family, then a named class, then families by their names.

    A family is typed as drug classes joined by `+` in any order, a sequence of them with `..`.
    """
    from kb.errors import UnknownTermError

    vocabulary = base.vocabulary
    phases = [[part.strip() for part in phase.split("+")] for phase in word.split(THEN)]

    def family(ids: list[list[str]]) -> str:
        return THEN.join("+".join(sorted(set(phase))) for phase in ids)

    known = vocabulary.drug_classes
    if all(part in known and known[part].family for phase in phases for part in phase):
        return family(phases)
    try:
        return vocabulary.resolve("regimen-class", word)
    except UnknownTermError as error:
        try:
            return family(
                [[vocabulary.resolve("drug-class", one) for one in phase] for phase in phases]
            )
        except UnknownTermError:
            raise error from None


def _listed(
    kind: str,
    words: Callable[[], tuple[str, ...]],
    synonyms: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    near: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Callable[[KnowledgeBase, str], str]:
    """One of some words, or a synonym of one; `near` are words that are answered with one."""

    def resolve(_base: KnowledgeBase, word: str) -> str:
        from kb.errors import UnknownTermError
        from kb.vocabulary.vocabulary import folded, nearest

        def bare(one: str) -> str:
            return folded(one.replace("+", "plus"))

        own = words()
        known = {bare(one): name for name in own for one in (name, *synonyms.get(name, ()))}
        if bare(word) not in known:
            close = [name for name in own if bare(word) in map(bare, near.get(name, ()))]
            raise UnknownTermError(kind, word, close or nearest(word, list(own)), own)
        return known[bare(word)]

    return resolve


def _lines() -> tuple[str, ...]:
    from kb.model.words import Line

    return get_args(Line)


def _allocations() -> tuple[str, ...]:
    from kb.model.words import Allocation

    return get_args(Allocation)


def _phase(_base: KnowledgeBase, word: str) -> str:
    from kb.errors import UnknownTermError
    from kb.model.trial import PHASES
    from kb.vocabulary.vocabulary import nearest

    roman = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
    bare = word.casefold().removeprefix("phase").strip()
    parts = [
        re.sub(r"^[iv]+", lambda found: roman.get(found[0], found[0]), part)
        for part in bare.split("/")
    ]
    phase = "/".join(parts)
    if phase not in PHASES:
        raise UnknownTermError("phase", word, nearest(phase, list(PHASES)), PHASES)
    return phase


def _year(_base: KnowledgeBase, word: str) -> str:
    """A year, or a range such as 2020-2024, 2020- or -2020."""
    from kb.errors import UnknownTermError

    text = str(word)
    if re.fullmatch(r"\d{4}|\d{4}-(\d{4})?|-\d{4}", text, re.ASCII):
        low, _, high = text.partition("-")
        if low and high and low > high:
            raise UnknownTermError("year", text, [f"{high}-{low}"])
        return text
    raise UnknownTermError("year", text, ["2024", "2020-2024", "2020-"])


def _flag(_base: KnowledgeBase, word: str) -> str:
    """A flag that is set; ValueError for a word."""
    if word != YES:
        raise ValueError(f"this filter is yes or no, got {word!r}")
    return word


YES: Final = "yes"
"""What a flag that is set stands for among criteria as ids."""

FILTERS: Final = (
    Filter("trial", "--trial", "Trial id, acronym or registration.", _trial),
    Filter(
        "drug", "--drug", "A drug the arm contains; several: all of them.", _drug,
        all_of=True,
    ),
    Filter("drug_class", "--drug-class", "A class of drugs.", _term("drug-class")),
    Filter(
        "regimen_class", "--class", "A regimen class, or a family such as a+b.", _regimen_class
    ),
    Filter(
        "histology", "--histology", "A histology; those under it count.", _term("histology")
    ),
    Filter("line", "--line", "Line of treatment.", _listed("line", _lines, LINES, NEAR)),
    Filter("phase", "--phase", "Phase; 2 finds 1/2 and 2/3 too.", _phase),
    Filter(
        "allocation", "--allocation", "single-arm, parallel-cohorts or randomised.",
        _listed("allocation", _allocations),
    ),
    Filter(
        "year", "--year", "Year of the report; 2020-2024, 2020- and -2020 work.", _year
    ),
    Filter(
        "criteria", "--criteria", "Response criteria of the row; recist is every version of it.",
        row_words.criteria, field="criteria", is_met=row_words.is_one_of,
    ),
    Filter(
        "assessor", "--assessor", "Who judged; independent is central or blinded central.",
        row_words.assessor, field="assessor", is_met=row_words.is_one_of,
    ),
    Filter(
        "confirmed", "--confirmed", "confirmed, unconfirmed or not-stated.",
        row_words.confirmed, field="confirmed", is_met=row_words.is_one_of,
    ),
    Filter(
        "analysis_set", "--set", "Population of the set, such as intention-to-treat.",
        row_words.population, field="analysis_set", is_met=row_words.is_one_of,
    ),
    Filter(
        "read", "--read", "How the report was read, such as full-text or news.",
        row_words.read, field="read", is_met=row_words.is_one_of,
    ),
    Filter(
        "definition", "--definition", "Least length of stable disease, 16wk, or not-stated.",
        row_words.definition, field="definition", is_met=row_words.defines,
    ),
    Filter(
        "cut", "--cut", "Data cut: 2022-04, 2020-2024, 2022-04..2023-01 or not-stated.",
        row_words.cut, field="data_cut", is_met=row_words.cut_within,
    ),
    Filter(
        "exclude", "--exclude", "A trial, or an address or its beginning, to leave out.",
        row_words.excluded, field="address", is_met=row_words.is_part, leaves_out=True,
    ),
    Filter(
        "only_histology", "--only-histology", "With --histology: no row of mixed histology.",
        _flag, flag=True, needs="histology",
    ),
    Filter(
        "one_per_trial", "--one-per-trial", "One row per trial and quantity: its whole, best set.",
        _flag, flag=True,
    ),
)  # fmt: skip
AMONG_ROWS: Final = tuple(one for one in FILTERS if one.field)
"""The filters that choose among rows."""


def worded(criteria: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Each filter with its words, `drug a and b`, `line first or second`, as they were applied."""
    known = {one.name: one for one in FILTERS}
    return [_worded(known[name], words) for name, words in criteria.items()]


def _worded(one: Filter, words: tuple[str, ...]) -> str:
    name = one.name.replace("_", " ")
    if one.flag:
        return name
    joined = (" and " if one.all_of or one.leaves_out else " or ").join(words)
    return f"without {joined}" if one.leaves_out else f"{name} {joined}"
