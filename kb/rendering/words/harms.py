"""An adverse event in words: how often, which grade, and to what it is attributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.printed.adverse_event import OVERALL
from kb.printed.measure import MEASURES, PROPORTION
from kb.printed.state import short
from kb.rendering.words.numbers import APPROXIMATE, computed, p_text

if TYPE_CHECKING:
    from kb.rows.harm import HarmRow

ATTRIBUTIONS: Final = {"treatment-related": "related", "any": "any cause"}
"""Attributions where room is short; what is not stated is a dash."""


def frequency_text(row: HarmRow) -> str:
    """How often: `12/52 (23.1%)`, `25% of 92`, `none of 52`; a computed percent carries `†`."""
    of = f" of {row.n}" if row.n is not None else ""
    percent = _percent(row)
    if not row.of_patients and row.events is not None:
        unit = "patients or events" if row.counted == "not-stated" else row.counted
        text = " ".join(part for part in (f"{row.events} {unit},", f"n {row.n}") if row.n) or (
            f"{row.events} {unit}"
        )
    elif not row.of_patients and percent:
        text = f"{percent} of {row.counted.replace('-', ' ')}"
    elif row.events is not None:
        count = f"{row.events}/{row.n if row.n is not None else '?'}"
        text = f"{count} ({percent})" if percent else count
    elif percent:
        text = f"{percent}{of}"
    else:
        text = f"{row.share}{of}" if row.share else short(row.value_state)
    if row.low or row.high:
        level = f"{row.level:g}% CI" if row.level is not None else "CI"
        text += f" [{level}, {row.low}–{row.high}]"
    return f"{text}; {p_text(row.p)}" if row.p else text


def _percent(row: HarmRow) -> str:
    if not row.value:
        return ""
    if row.value_source == "computed":
        return f"{computed(row.value, MEASURES[PROPORTION])}%†"
    return f"{APPROXIMATE.get(row.approximation, '')}{row.value}%"


def grade_text(row: HarmRow) -> str:
    """The printed grade with the signs of print: `3–4`, `≥3`; a dash for none."""
    text = row.grade.replace(">=", "≥").replace("<=", "≤").replace("-", "–")
    return text or "–"


def attribution_text(row: HarmRow) -> str:
    """`related`, `any cause`, or a dash; and the drug that is blamed."""
    text = ATTRIBUTIONS.get(row.relation, "–")
    return f"{text}: {row.drug}" if row.drug else text


def event_text(row: HarmRow) -> str:
    """An event by its name, with its severity and what came of it: `any, serious`."""
    name = "any event" if row.event == OVERALL else row.event.replace("-", " ")
    outcome = "fatal" if row.outcome == "death" else row.outcome
    return ", ".join(part for part in (name, row.severity.replace("-", " "), outcome) if part)
