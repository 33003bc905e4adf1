"""What no arithmetic allows: each predicate just inside and just outside."""

import inspect
from typing import Any

import pytest

from kb.printed import sense

CASES: dict[str, list[tuple[tuple[Any, ...], bool]]] = {
    "events_over_n": [
        ((40, 40), False), ((41, 40), True), ((0, 0), False), ((1, 0), True),
        ((None, 40), False), ((41, None), False),
    ],
    "percent_out_of_range": [
        (("0",), False), (("-0.1",), True), (("100",), False), (("100.0",), False),
        (("100.1",), True), (("",), False), (("not-reached",), False), (("<101",), False),
    ],
    "interval_order": [
        (("1.0", "1.0"), False), (("1.1", "1.0"), True), (("-2", "-3"), True), (("9", "10"), False),
        (("not-given", "1"), False), (("2", "not-reached"), False), (("", ""), False),
    ],
    "value_outside_interval": [
        (("25", "25.1", "43.4"), False),
        (("25", "26.0", "43.4"), False),
        (("25", "26.1", "43.4"), True),
        (("25.0", "25.1", "43.4"), False),
        (("25.0", "25.2", "43.4"), True),
        (("25", "12.7", "25"), False),
        (("25", "12.7", "24.5"), False),
        (("25", "12.7", "24.3"), True),
        (("25.0", "12.7", "24.9"), False),
        (("25.0", "12.7", "24.8"), True),
        (("25.0", "not-given", "24.8"), True),
        (("25.0", "not-given", "25.1"), False),
        (("25.0", "25.2", "not-reached"), True),
        (("25.0", "24.9", "not-reached"), False),
        (("25.0", "not-given", "not-estimable"), False),
        (("not-reached", "26", "30"), False),
        (("25", "43.4", "30.1"), False),
        (("", "1", "2"), False),
    ],
    "set_over_arm": [
        ((40, 40), False), ((41, 40), True), ((None, 40), False), ((41, None), False), ((0, 0), False),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "wrong"),
    [(name, *case) for name, cases in CASES.items() for case in cases],
)
def test_predicate(name, given, wrong):
    """True where it cannot be, false on the edge, and silent where a number is missing."""
    assert wrong is getattr(sense, name)(*given)


def test_every_predicate_has_a_case_on_either_side():
    """A predicate without a case that is refused and one that is not fails here."""
    own = {
        name
        for name, one in inspect.getmembers(sense, inspect.isfunction)
        if one.__module__ == sense.__name__
    }
    assert own == set(CASES)
    assert all({True, False} == {wrong for _, wrong in cases} for cases in CASES.values())
