"""What a column is of where its own header does not say it: its neighbours do, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.printed.measure import CONTRASTS, HAZARD_RATIO, LANDMARK, PROPORTION
from kb.tables.entries import key_of
from kb.tables.grammar import alone
from kb.tables.meaning import BESIDE, BETWEEN, MAPPED, QUALITIES, Meaning, joined, words_of
from kb.tables.spellings import REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.tables.grammar import Grammar
    from kb.vocabulary import Vocabulary

_FOLLOWING: Final = frozenset({"low", "high", "interval", "se", "sides"})
_PRINTED: Final = frozenset({"value", "events", "interval", "low", "high", "se", "p"})
_TWO: Final = 2
_RESPONDERS: Final = "responders"


def without_doubt(
    meanings: Mapping[int, Meaning],
    header: Sequence[str],
    vocabulary: Vocabulary,
    why: dict[int, str],
    given: set[str],
) -> dict[int, Meaning]:
    """The columns without those that may be something else, and one for each field.

    `why` is told of those left out; `given` are fields that have a constant. ValueError where two
    columns are equally good for a field.
    """
    found = dict(meanings)
    endpoints = {one.endpoint for one in found.values() if one.endpoint}
    arms = any(one.side or one.field == "versus" for one in found.values())
    bounds = {"low", "high", "interval"} & {one.field for one in found.values()}
    for index, one in meanings.items():
        short = alone(header[index]) and one.how != MAPPED
        if short and one.endpoint and not _in_company(one.endpoint, endpoints, vocabulary):
            why[index] = "may be something else"
            del found[index]
        elif short and one.measure in CONTRASTS and not (arms or bounds or one.endpoint):
            why[index] = f"may be a {one.measure} or something else"
            del found[index]
        elif one.field in given and not one.keyed and one.how != MAPPED:
            why[index] = f"{one.field} is given by --map"
            del found[index]
    found = _cased(found, header)
    return _one_each(found, header, why)


def _in_company(endpoint: str, others: set[str], vocabulary: Vocabulary) -> bool:
    """Whether another endpoint is there that is counted or added up with this one."""
    return any(
        endpoint in together and len(together & others) >= _TWO
        for one, term in vocabulary.endpoints.items()
        for together in ({one, *term.completes}, {one, *term.sum_of})
    )


def _cased(meanings: dict[int, Meaning], header: Sequence[str]) -> dict[int, Meaning]:
    """`n` beside `N`, of one arm or of all, is a count of events, and `%` beside both theirs."""
    totals = {
        joined(header[index]) for index, one in meanings.items()
        if one.field == "n" and "N" in words_of(header[index])
    }  # fmt: skip
    found = {
        index: one._replace(field="events")
        if one.field == "n" and "n" in words_of(header[index]) and joined(header[index]) in totals
        and one.how != MAPPED else one
        for index, one in meanings.items()
    }  # fmt: skip
    plain = {one.field for one in found.values() if not one.keyed}
    for index, text in enumerate(header):
        before = found.get(index - 1)
        signs = [] if index in found else [one.casefold() for one in words_of(text)]
        if signs == ["n", "%"] and "n" in plain and "events" not in plain:
            found[index] = Meaning("events")
        elif signs == ["%"] and before is not None:
            counted = before.field == "events" or {"events", "n"} <= plain
            if counted and (before.keyed or "value" not in plain):
                found[index] = _like(Meaning("value"), before)
    return {index: found[index] for index in sorted(found)}


def beside_another(one: Meaning) -> bool:
    """Whether a column leaves open of which number it is, which one beside it may say."""
    if one.endpoint or one.side:
        return False
    return one.measure in CONTRASTS or (
        not one.measure and (one.field in _FOLLOWING or one.field == "p")
    )


def _one_each(
    meanings: dict[int, Meaning], header: Sequence[str], why: dict[int, str]
) -> dict[int, Meaning]:
    places: dict[tuple[object, str], list[int]] = {}
    keyed = any(one.keyed for one in meanings.values())
    natural = {key_of(one) for one in meanings.values() if one.field == "value" and not one.log}
    found = dict(meanings)
    for index, one in meanings.items():
        if one.log and key_of(one) in natural:
            why[index] = "the ratio itself stands in another column"
            del found[index]
        elif one.field and (not beside_another(one) or one.how == MAPPED or not keyed):
            places.setdefault((key_of(one), one.field), []).append(index)
    for (_, field), indices in places.items():
        best = min(meanings[index].rank for index in indices)
        good = [index for index in indices if meanings[index].rank == best]
        if len(good) > 1:
            raise _both([header[index] for index in good], meanings[good[0]])
        for index in indices:
            if index not in good:
                why[index] = f"{field} is taken from {header[good[0]]!r}"
                del found[index]
                report = not any(one.field == "report" for one in found.values())
                if field == "study" and joined(header[index]) in REPORTS and report:
                    found[index] = meanings[index]._replace(field="report", rank=0)
    return found


def _both(headers: Sequence[str], one: Meaning) -> ValueError:
    """Two columns are taken for the same field, and how to say which of them is."""
    time = f"@{one.at} {one.at_unit}" if one.at else ""
    measure = one.measure if one.measure not in (PROPORTION, LANDMARK) else ""
    key = ".".join(each for each in (f"{one.endpoint}{time}", measure, one.field) if each)
    listed = " and ".join(map(repr, headers))
    if len(set(headers)) == 1:
        return ValueError(f"the header {headers[0]!r} stands {len(headers)} times; rename one")
    if one.side not in ("", BETWEEN):
        return ValueError(
            f"the columns {listed} are both taken for {key} of arm {one.side}; rename one, or say "
            "with --map which is whose, as in events=…, versus.events=…"
        )
    return ValueError(
        f"the columns {listed} are both taken for {key}; say which with --map "
        f"{key}=" + shell(headers[0])
    )


def shell(header: str) -> str:
    """A header as a mapping writes it in a shell."""
    return header if header.isalnum() else f'"{header}"'


def put_beside(
    meanings: Mapping[int, Meaning], header: Sequence[str], grammar: Grammar, why: dict[int, str]
) -> dict[int, Meaning]:
    """Every column with the number that it belongs to, as the columns around it have it."""
    found = dict(meanings)
    sides = {one.side.casefold() for one in found.values() if one.side not in ("", BETWEEN)}
    keyed = any(one.endpoint or one.measure or one.side for one in found.values())
    pair = len(sides) == _TWO or any(one.field == "versus" for one in found.values())
    named = any(one.field == "endpoint" for one in found.values())
    for index, one in meanings.items():
        if one.how == MAPPED and not (one.endpoint and not one.measure) and not sides:
            continue
        if one.field == "p" and keyed and (one.measure not in CONTRASTS or not one.endpoint):
            put = _p(index, one, found, pair=pair)
        elif one.endpoint and not one.measure and one.side != BETWEEN:
            put = _open(index, one, found)
        elif one.measure in CONTRASTS and not one.endpoint and one.field != "value":
            put = _left(index, one, found)
        elif one.measure in CONTRASTS and not one.endpoint and not named:
            put = _contrast(index, one, found, grammar)
        elif one.field == "events" and keyed and not one.keyed:
            put = _events(one, header[index], found, grammar)
        elif one.field == "value" and sides and not one.keyed:
            put = one._replace(side=BETWEEN) if len(sides) == _TWO else one
        elif one.field in _FOLLOWING and keyed and not one.keyed:
            put = _left(index, one, found)
        else:
            continue
        if put is None:
            del found[index]
            why[index] = (
                "says neither median, rate at a time nor ratio"
                if one.field == "value"
                else "of which number is not said"
            )
        else:
            found[index] = put
    return _checked(found, header)


def _checked(meanings: dict[int, Meaning], header: Sequence[str]) -> dict[int, Meaning]:
    places: dict[tuple[object, str], int] = {}
    for index, one in meanings.items():
        if one.field:
            other = places.setdefault((key_of(one), one.field), index)
            if other != index:
                raise _both([header[other], header[index]], one)
    return meanings


def _like(one: Meaning, other: Meaning) -> Meaning:
    more = {**dict(one.more), **{name: text for name, text in other.more if name in QUALITIES}}
    return one._replace(
        endpoint=other.endpoint, measure=other.measure, at=other.at, at_unit=other.at_unit,
        side=other.side, more=tuple(more.items()), log=other.log and one.field != "se",
        how=one.how if one.how == MAPPED else BESIDE,
    )  # fmt: skip


def _left(index: int, one: Meaning, found: Mapping[int, Meaning]) -> Meaning:
    """A bound is of the nearest number to the left, where there is none of that to the right."""
    before = sorted((each for each in found if each < index), reverse=True)
    for place in (*before, *sorted(each for each in found if each > index)):
        other = found[place]
        if other.field in _PRINTED and one.measure in ("", other.measure):
            return _like(one, other) if other.keyed else one
    return one


def _contrast(index: int, one: Meaning, found: Mapping[int, Meaning], grammar: Grammar) -> Meaning:
    """A ratio right behind an endpoint that has it is of that: `mPFS`, `95% CI`, `HR`."""
    before = found.get(index - 1)
    term = grammar.vocabulary.endpoints.get(before.endpoint) if before is not None else None
    if before is None or term is None or one.measure not in term.measures:
        return one
    put = _like(one, before)._replace(measure=one.measure, side="", log=one.log)
    return put._replace(at="", at_unit="") if one.measure == HAZARD_RATIO else put


def _open(index: int, one: Meaning, found: Mapping[int, Meaning]) -> Meaning | None:
    """An endpoint whose measure the header leaves open: that of its nearest column, left first."""
    same = [
        place for place, other in found.items()
        if other.endpoint == one.endpoint and other.measure and place != index
        and other.side.casefold() in (one.side.casefold(), BETWEEN)
    ]  # fmt: skip
    if not same or one.field == "value":
        return None
    nearest = min(same, key=lambda place: (place > index, abs(place - index)))
    return _like(one, found[nearest])


def _p(index: int, one: Meaning, found: Mapping[int, Meaning], *, pair: bool) -> Meaning | None:
    """A p-value beside a ratio is of that; else of the two arms, where there are two."""
    before = [place for place in sorted(found) if place < index and found[place].keyed
              and found[place].field in _PRINTED]  # fmt: skip
    same = [place for place in before if one.endpoint in ("", found[place].endpoint)]
    other = found[same[-1]] if same else one
    contrast = [
        each for place, each in found.items()
        if key_of(each).contrast and each.endpoint == other.endpoint and each.field != "p"
        and (place < index or one.endpoint)
    ]  # fmt: skip
    if contrast:
        return _like(one, contrast[-1])
    if not pair:
        return None
    put = _like(one, other)
    return put._replace(measure="", side=BETWEEN)


def _events(one: Meaning, header: str, found: Mapping[int, Meaning], grammar: Grammar) -> Meaning:
    """Responders are of the endpoint that counts them; other events of the only rate there is."""
    rates = {
        key_of(each): each for each in found.values()
        if each.endpoint and each.measure == PROPORTION
    }  # fmt: skip
    counting = [
        each for each in rates.values()
        if (term := grammar.vocabulary.endpoints.get(each.endpoint)) and term.counts == _RESPONDERS
    ]  # fmt: skip
    responders = any(each.casefold().startswith("respon") for each in words_of(header))
    fitting = counting if responders and counting else list(rates.values())
    free = [
        each for each in fitting
        if not any(key_of(other) == key_of(each) and other.field == one.field
                   for other in found.values())
    ]  # fmt: skip
    return _like(one, free[0]) if len(free) == 1 else one
