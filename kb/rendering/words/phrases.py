"""Pieces of a record as phrases: doses, durations, spans, and any other model generically."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.base import Duration, Model
from kb.model.citation import Citation
from kb.model.estimate import Definition, Interval, P, Spread
from kb.model.regimen import Alternatives, Amount, Component, Infusion
from kb.model.span import Span
from kb.rendering.words.citations import cited
from kb.rendering.words.numbers import APPROXIMATE

if TYPE_CHECKING:
    from kb.model.regimen import Given, Phase

UNSAID = ("locator",)


def phrase(value: Any) -> str:
    """Any value of a record in words; empty for nothing."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Duration):
        return f"{value.amount} {value.unit}"
    if isinstance(value, Citation):
        named, same = getattr(value, "report", None), getattr(value, "same_as", None)
        names = (
            f"report {named}" if named else "",
            f"the same as {same}" if same else "",
            cited(value),
        )
        return ", ".join(part for part in names if part)
    if isinstance(value, Span):
        return span(value)
    if isinstance(value, Interval):
        return interval(value)
    if isinstance(value, Spread):
        return f"{value.low or ''}{value.low_mark or ''}–{value.high or ''}{value.high_mark or ''}"
    if isinstance(value, Amount):
        return amount(value)
    if isinstance(value, Infusion):
        return value.text or f"{value.minutes or value.hours or value.days} " + (
            "min" if value.minutes else "h" if value.hours else "d"
        )
    if isinstance(value, P):
        return f"P {value.printed}" + (
            f" ({value.sides}-sided)" if value.sides != "not-stated" else ""
        )
    if isinstance(value, Definition):
        return f"stable disease for {phrase(value.stable_disease_for)}"
    if isinstance(value, Component):
        return component(value)
    if isinstance(value, Alternatives):
        return " or ".join(" & ".join(map(component, one)) for one in value.one_of)
    if isinstance(value, Model):
        return ", ".join(f"{key} {text}" for key, text in parts(value))
    if isinstance(value, (tuple, list)):
        return ", ".join(map(phrase, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {phrase(one)}" for key, one in value.items())
    return str(value)


def parts(model: Model, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The fields that a record gives, as (key, phrase) in field order; locators aside."""
    fields = type(model).model_fields
    found = []
    for name, field in fields.items():
        key = field.alias or name
        given = name in model.model_fields_set
        if not given or key in UNSAID or key in without:
            continue
        text = phrase(getattr(model, name))
        if text:
            found.append((key.replace("_", " "), text))
    return found


def locator(model: Model) -> str:
    """Where in the source, if the piece says so."""
    return str(getattr(model, "locator", None) or "")


def span(value: Span) -> str:
    """`4 to 6`, `up to 6`, `from 18`, `ecog 0 to 1`."""
    if value.number is not None:
        text = value.number
    elif value.from_ is not None and value.to is not None:
        text = f"{value.from_} to {value.to}"
    else:
        text = f"up to {value.to}" if value.to is not None else f"from {value.from_}"
    words = [
        value.scale.upper() if value.scale else "",
        text,
        value.unit or "",
        value.statistic or "",
    ]
    return " ".join(word for word in words if word)


def interval(value: Interval) -> str:
    """`95% CI 18.7–45.1`, as printed, with the unit of the bounds where it is one of their own."""
    level = f"{value.level}%" if value.level != "not-stated" else "level not stated,"
    bounds = {
        "two": f"{value.low}–{value.high}",
        "lower": f"≥{value.low}",
        "upper": f"≤{value.high}",
    }[value.sides]
    unit = f" ({value.unit})" if value.unit else ""
    first = ", level printed with the first" if value.level_from else ""
    return f"{level} CI {bounds}{unit}{first}"


def amount(value: Amount) -> str:
    """`40 mg/m2`, `10–20 mg`, `~5 g in total`."""
    per = f"/{value.per}" if value.per else ""
    about = APPROXIMATE.get(value.approximation or "", "")
    number: str | None = value.amount
    if number is None and (value.low or value.high):
        number = f"{value.low or ''}–{value.high or ''}"
    words = (
        [f"{about}{number} {value.unit or ''}{per}".strip() + (" in total" if value.total else "")]
        if (number)
        else []
    )
    rest = parts(value, ("amount", "low", "high", "unit", "per", "total", "approximation"))
    return ", ".join([*words, *(f"{key} {text}" for key, text in rest)])


def given(value: Given) -> str:
    """How a drug is given: dose, route, days and rhythm."""
    words = []
    if value.dose:
        words.append(amount(value.dose))
    if value.dose_levels:
        words.append("levels " + "; ".join(map(amount, value.dose_levels)))
    words += [text for text in (value.route, value.times) if text]
    if value.days:
        words.append(
            f"day{'s' if len(value.days) > 1 or '-' in value.days[0] else ''} "
            + ", ".join(value.days)
        )
    if value.every:
        words.append(f"every {phrase(value.every)}")
    rest = parts(
        value,
        (
            "dose",
            "dose_levels",
            "route",
            "times",
            "days",
            "every",
            "drug",
            "role",
            "phase",
            "note",
            "until",
        ),
    )
    words += [f"{key} {text}" for key, text in rest]
    return ", ".join(words)


def component(value: Component) -> str:
    """`anlotinib 12 mg, oral, once daily, days 1-14`."""
    role = f" ({value.role})" if value.role != "active" else ""
    return f"{value.drug}{role} {given(value)}".strip()


def phase_lines(value: Phase) -> list[tuple[str, str]]:
    """A phase as lines: its name with what holds for all of it, then one line per component."""
    rest = parts(value, ("phase", "components"))
    head = ", ".join(f"{key} {text}" for key, text in rest)
    lines = [(value.phase or "regimen", head)] if value.phase or head else []
    for part in value.components:
        if isinstance(part, Alternatives):
            lines += [
                ("  one of" if not index else "  or", " & ".join(map(component, alternative)))
                for index, alternative in enumerate(part.one_of)
            ]
        else:
            lines.append(("  component", component(part)))
    return lines
