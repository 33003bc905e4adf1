"""Single slips of the pen: which number may have been meant by which."""

import pytest

from kb.audits.typing_errors import CHANGED, DOUBLED, LOST, MOVED, SWAPPED, meant_by, slip


@pytest.mark.parametrize(
    ("printed", "meant", "words"),
    [
        ("12", "21", SWAPPED),
        ("1.80", "1.08", SWAPPED),
        ("1.80", "8.10", SWAPPED),
        ("123", "321", SWAPPED),
        ("123", "231", ""),
        ("0.05", "0.5", MOVED),
        ("0.05", "0.005", MOVED),
        ("0.05", "5", ""),
        ("0.7", "7", MOVED),
        ("12", "1.2", MOVED),
        ("1.2", "12", MOVED),
        ("12", "0.12", ""),
        ("12", "120", LOST),
        ("12", "112", LOST),
        ("12", "132", LOST),
        ("12", "1234", ""),
        ("1.2", "1.52", ""),
        ("1.2", "15.2", LOST),
        ("105", "15", DOUBLED),
        ("105", "10", DOUBLED),
        ("105", "05", ""),
        ("105", "1", ""),
        ("7", "0", ""),
        ("7", "", ""),
        ("105", "115", CHANGED),
        ("105", "905", CHANGED),
        ("105", "005", ""),
        ("105", "106", ""),
        ("105", "215", ""),
        ("0.86", "0.96", CHANGED),
        ("0.86", "0.87", ""),
        ("12", "12", ""),
        ("0", "0", ""),
    ],
)
def test_one_slip(printed, meant, words):
    """One slip has its name, two have none; the last digit changed is no slip."""
    assert words == slip(printed, meant)


def test_likelier_slips_first():
    """A number that two slips explain is explained by the likelier, and those come first."""
    assert SWAPPED == slip("32", "23")
    order = list(dict.fromkeys(meant_by("123").values()))
    assert [SWAPPED, MOVED, LOST, DOUBLED, CHANGED] == order


def test_every_lost_digit():
    """A digit may be lost at either end and between, any of ten, but no zero in front."""
    found = {meant for meant, words in meant_by("5").items() if words == LOST}
    assert {f"{digit}5" for digit in "123456789"} | {f"5{digit}" for digit in "0123456789"} == found
