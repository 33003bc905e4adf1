"""What was set aside: one line a report and reason."""

from kb.rendering.tables.set_aside import by_report


def test_one_line_a_report_and_reason():
    """Sets of one report, number and reason share a line; another reason has its own."""
    assert [
        "alpha/x-2020 (all, lms; orr/proportion): no count",
        "alpha/x-2020 (all; pfs/median): no count",
        "alpha/x-2020 (all; orr/proportion): no n",
        "beta/x-2020 (all; orr/proportion): no count",
    ] == by_report(
        [
            ("alpha/x-2020/all/orr/proportion", "no count"),
            ("alpha/x-2020/all/pfs/median", "no count"),
            ("alpha/x-2020/lms/orr/proportion", "no count"),
            ("alpha/x-2020/all/orr/proportion", "no n"),
            ("beta/x-2020/all/orr/proportion", "no count"),
        ]
    )


def test_rows_without_an_address():
    """Rows of a table of one's own are listed by reason."""
    assert ["row 3, row 5: no n", "row 4: no count"] == by_report(
        [("row 3", "no n"), ("row 4", "no count"), ("row 5", "no n")]
    )
    assert [] == by_report([])
