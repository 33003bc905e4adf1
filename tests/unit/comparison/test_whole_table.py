"""A table where a comparison is wanted: that of its only endpoint and measure."""

import pytest

import kb
from kb.comparison.whole_table import comparison_of


def _table(tmp_path, *lines):
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["study,arm,endpoint,measure,value,events,n", *lines, ""]))
    return kb.table(path)


def test_a_comparison_is_taken_as_it_is(tmp_path):
    """Of a table of one endpoint as one measure it is what `kb.compare` gives of them."""
    table = _table(tmp_path, "A,x,orr,proportion,,16,52", "B,x,orr,proportion,,8,40")
    chosen = kb.compare(table, "orr", measure="proportion")
    assert chosen.rows == comparison_of(table).rows
    assert chosen is comparison_of(chosen)


@pytest.mark.parametrize(
    ("lines", "listed"),
    [
        (["A,x,orr,proportion,,16,52", "A,x,dcr,proportion,,43,52"], "orr, dcr as proportion"),
        (["A,x,pfs,median,6.2,,52", "A,x,pfs,landmark,30,,52"], "pfs as median, landmark"),
        (["A,x,,proportion,,16,52"], "no endpoint as proportion"),
        ([], "no endpoint as nothing"),
    ],
    ids=["two endpoints", "two measures", "no endpoint", "nothing"],
)
def test_a_table_of_several_is_refused(tmp_path, lines, listed):
    """What it holds is said, and where to choose."""
    with pytest.raises(ValueError, match=f"the table holds {listed}: choose one"):
        comparison_of(_table(tmp_path, *lines))
