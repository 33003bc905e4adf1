"""What stands beneath a forest plot: how it was pooled, its caveats, and what its marks mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.printed.measure import MEASURES
from kb.printed.state import STATES
from kb.sentences import count, named
from kb.synthesis.carried import carried
from kb.synthesis.effect_sizes import error_sources
from kb.synthesis.pool import PooledComparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.comparison.caveat import Caveat
    from kb.comparison.compare import Comparison
    from kb.rows.row import Row

LONGEST: Final = 240
"""Letters of the sentences of one rule."""
MOST_ASIDE: Final = 8
"""Reasons for setting rows aside that are named one by one."""
CUT: Final = "Sentences that end in … are shortened; the table of these rows has them whole."


def effects(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Rows that answer a question about treatment, and contrasts that are no treatment effect."""
    listed = list(rows)
    others = [row for row in listed if row.is_contrast and row.contrast_kind != "randomised"]
    return [row for row in listed if row not in others], others


def side_of(rows: Sequence[Row], endpoint_better: str) -> str:
    """Where the regimen is in favour, of contrasts that are treatment effects: `above`, `below`.

    Empty where the rows hold none, where neither direction is better, and where measures on one
    axis disagree. `endpoint_better` is what the vocabulary says of more of the endpoint.
    """
    measures = {row.measure for row in effects(rows)[0] if row.is_contrast}
    found = {MEASURES[one].better(endpoint_better) for one in measures}
    side = found.pop() if len(found) == 1 else ""
    return {"higher": "above", "lower": "below"}.get(side, "")


def favours(rows: Sequence[Row], endpoint_better: str) -> Iterator[str]:
    """Which side of no effect is in favour, of contrasts that are treatment effects; of no others.

    `endpoint_better` is what the vocabulary says of more of the endpoint.
    """
    own, others = effects(rows)
    for measure in dict.fromkeys(row.measure for row in own if row.is_contrast):
        known = MEASURES[measure]
        side = side_of([row for row in own if row.measure == measure], endpoint_better)
        if side:
            article = "An" if known.name[0] in "aeiou" else "A"
            yield (
                f"{article} {known.name} {side} {known.null:g} is in favour of the regimen "
                "under Drugs."
            )
    if others:
        kinds = " and ".join(dict.fromkeys(row.contrast_kind for row in others))
        trials = named(row.trial for row in others)
        yield f"No treatment effect, and in favour of nothing: {kinds} contrasts ({trials})."


def pooled_notes(view: PooledComparison, names: Mapping[str, str]) -> Iterator[str]:
    """How a diamond was made, in spite of what, and what could not be used for it."""
    yield f"Pooled: {view.method}."
    sources = list(error_sources(view.rows))
    if sources:
        yield f"Standard errors {'; '.join(sources)}."
    yield from (f"{one.rstrip('.')}." for one in view.notes)
    for reason, sentence in view.accepted.items():
        yield f"Pooled in spite of {reason}: {_ended(_short(sentence))}"
    why: dict[str, list[str]] = {}
    for one in view.rows_set_aside:
        why.setdefault(one.why, []).append(names.get(one.row.trial, one.row.trial))
    said = [f"{named(trials)}: {reason}" for reason, trials in why.items()] + [*view.set_aside]
    if said:
        rest = len(said) - MOST_ASIDE
        more = [f"and {count(rest, 'reason')} more, which the table names"] if rest > 0 else []
        yield f"Set aside, not in the diamond: {'; '.join([*said[:MOST_ASIDE], *more])}."


def caveats_of(view: Comparison | PooledComparison) -> tuple[Caveat, ...]:
    """The caveats that the table of the same view has."""
    return carried(view) if isinstance(view, PooledComparison) else view.caveats


def caveat_notes(caveats: Sequence[Caveat]) -> Iterator[str]:
    """Each rule with its sentences on a line of its own, and that long ones are shortened."""
    rules: dict[str, list[str]] = {}
    for one in caveats:
        rules.setdefault(one.rule, []).append(one.message)
    for rule, messages in rules.items():
        text = _short("; ".join(messages))
        many = text.endswith("…") and len(messages) > 1
        yield f"{rule}: {_ended(text)}{f' ({len(messages)} in all)' if many else ''}"


def shortened(notes: Iterable[str]) -> Iterator[str]:
    """Notes, with a last one that says of shortened sentences where they stand whole."""
    cut = False
    for note in notes:
        cut = cut or "…" in note
        yield note
    if cut:
        yield CUT


def key_of(notes: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    """Which study an id in the notes is, of those that the figure calls otherwise."""
    text = "\n".join(notes)
    words = set(re.findall(r"[\w-]+", text))
    found = [
        f"{trial} is {name}"
        for trial, name in names.items()
        if trial in words and _letters(trial) != _letters(name)
    ]
    if found:
        yield f"Ids in these notes: {', '.join(found)}."


def row_notes(rows: Sequence[Row]) -> Iterator[str]:
    """What signs in the cells of rows mean, of those that are there."""
    if any(row.events_source == "reconstructed" for row in rows):
        yield "* events reconstructed from the percent and n; the source prints no count."
    if any(row.interval_source and row.level is None for row in rows):
        yield "‡ the level of the interval is not stated."
    states = {state for row in rows for state in (row.value_state, row.low_state, row.high_state)}
    yield from (f"{one.note.rstrip('.')}." for state, one in STATES.items() if state in states)


def _short(text: str) -> str:
    """A text of no more than `LONGEST` letters, cut behind a word."""
    text = text.rstrip(".")
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def _ended(text: str) -> str:
    return text if text.endswith("…") else f"{text}."


def _letters(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())
