"""Findings as text of a width."""

import pytest

from kb.audits.finding import Finding
from kb.rendering.tables.findings import WIDTH, text_of

LONG = "n is not printed; up to 150 only 97 admits these percents (ORR 24.7 % is 24) and no other"


def _lines(width):
    found = [
        Finding("saint/ajmc-2026/phase-2/orr/proportion", "percent-not-possible", "note", LONG)
    ]
    return text_of(found, width).splitlines()


@pytest.mark.parametrize("width", [50, 60, 80, WIDTH])
def test_findings_fit(width):
    """Each line is as long as the width allows, and no percent is parted from its sign."""
    lines = _lines(width)
    assert max(map(len, lines)) <= width
    assert any("24.7 %" in line for line in lines)
    assert LONG.split() == " ".join(lines[1:]).split()[-len(LONG.split()) :]


def test_place_of_a_finding_is_whole():
    """The address goes on a line of its own where it does not fit behind the rule."""
    assert "  note     percent-not-possible" == _lines(50)[1]
    assert "saint/ajmc-2026/phase-2/orr/proportion" == _lines(50)[2].strip()
    assert (
        "  note     percent-not-possible  saint/ajmc-2026/phase-2/orr/proportion" == _lines(80)[1]
    )
