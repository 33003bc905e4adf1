"""Values and bounds that cannot stand as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.base import Printed
from kb.checks.fault import DataPath, Fault, each_figure, excused
from kb.model.estimate import Contrast, Estimate, unit_of
from kb.printed import sense
from kb.printed.measure import LOG, MEASURES, PERCENT, TIME
from kb.printed.number import is_number
from kb.printed.unit import others

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.model.estimate import Interval
    from kb.vocabulary import Vocabulary


def _numbers(
    path: DataPath, figure: Estimate | Contrast
) -> Iterator[tuple[DataPath, str, Printed]]:
    """Every printed number of a figure in the unit of its value: its path, its name, the number."""
    if isinstance(figure.value, Printed):
        yield (*path, "value"), "value", figure.value
    for inner, interval in _intervals(path, figure):
        bounds = interval.in_unit(unit_of(figure))
        for name, bound in zip(("low", "high"), bounds, strict=True):
            if isinstance(bound, Printed):
                yield (*inner, name), name, bound


def _intervals(path: DataPath, figure: Estimate | Contrast) -> Iterator[tuple[DataPath, Interval]]:
    if figure.interval is not None:
        yield (*path, "interval"), figure.interval
    for index, interval in enumerate(figure.also):
        yield (*path, "also", index), interval


def percent_out_of_range(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """Proportions and landmark rates lie between 0 and 100 percent, bounds included."""
    for path, report_id, _, figure in each_figure(trial):
        measure = MEASURES[figure.measure]
        if measure.contrast or measure.unit != PERCENT or excused(trial, report_id, figure):
            continue
        for inner, name, number in _numbers(path, figure):
            if sense.percent_out_of_range(number):
                message = f"{name} ({number}) is a percent and lies between 0 and 100"
                yield Fault(inner, "percent-out-of-range", message)


def negative(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """Times are not below 0 and ratios are above it; only a difference may be negative."""
    for path, report_id, _, figure in each_figure(trial):
        measure = MEASURES[figure.measure]
        ratio = measure.scale == LOG
        if not ratio and (measure.contrast or measure.unit != TIME):
            continue
        for inner, name, number in _numbers(path, figure):
            if number.number < 0 or (ratio and name != "low" and number.number == 0):
                if excused(trial, report_id, figure):
                    continue
                what = "a ratio lies above 0" if ratio else "a time is not below 0"
                yield Fault(inner, "negative", f"{name} is {number}; {what}")


def interval_order(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """The low bound of an interval is not above its high bound."""
    for path, report_id, _, figure in each_figure(trial):
        for inner, interval in _intervals(path, figure):
            low, high = interval.low, interval.high
            wrong = sense.interval_order(str(low), str(high))
            if wrong and not excused(trial, report_id, figure):
                message = f"low ({low}) is above high ({high})"
                yield Fault((*inner, "low"), "interval-order", message)


def value_outside_interval(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """A value lies inside its interval, its rounding and that of the bounds allowed for.

    `25 (25.1 to 43.4)` is allowed, since 25 may be 25.4. Bounds in a unit of their own are held
    against the value in its unit; where another unit would put the value inside, it is named.
    """
    for path, report_id, _, figure in each_figure(trial):
        value = figure.value
        if value is None or figure.approximation or excused(trial, report_id, figure):
            continue
        for _, interval in _intervals(path, figure):
            unit = unit_of(figure)
            low, high = map(str, interval.in_unit(unit))
            if sense.value_outside_interval(value, low, high):
                message = (
                    f"value ({value}) lies outside its interval ({low} to {high})"
                    f"{_in_another_unit(str(value), interval, unit)}"
                )
                yield Fault((*path, "value"), "value-outside-interval", message)


def _in_another_unit(value: str, interval: Interval, unit: str) -> str:
    """What to write if the bounds are printed in a unit in which they hold the value."""
    for other in others(unit) if interval.unit is None else ():
        low, high = map(str, interval.model_copy(update={"unit": other}).in_unit(unit))
        possible = unit != PERCENT or all(
            not is_number(bound) or float(bound) <= 100 for bound in (low, high)
        )
        if possible and not sense.value_outside_interval(value, low, high):
            return f"; if the bounds are printed in {other}, say `unit: {other}` in the interval"
    return ""
