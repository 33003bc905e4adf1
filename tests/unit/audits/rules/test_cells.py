"""Cells that cannot be read, or not for sure: what is said of them, and how loud."""

READERS = "Covidence_#=12 Study_ID=Smith Title=t Reviewer_Name={} ORR_Intervention_n={} ORR_Intervention_N=52"
BOUNDARIES = {
    "unreadable-cell": [
        ("everything is read", ["study=A endpoint=orr events=8 n=32"], []),
        ("a count that n waits for", ["study=A endpoint=orr events=8x3 n=32"],
         [("warning", '"8x3" is not understood as a count')]),
        ("words in its place", ["study=A endpoint=orr events=some n=32"],
         [("warning", '"some" is not understood as a count')]),
        ("n that nothing waits for", ["study=A endpoint=orr events=8 n=32", "study=B endpoint=orr n=many"],
         [("note", '"many" is not understood as a count')]),
        ("n that a percent waits for", ["study=A endpoint=orr value=25 n=many"],
         [("warning", '"many" is not understood as a count')]),
        ("n that a median waits for in vain", ["study=A endpoint=pfs value=25 unit=months n=many"],
         [("note", '"many" is not understood as a count')]),
        ("a level of an interval with its count", ["study=A endpoint=orr events=8 n=32 low=11 high=43 level=high"],
         [("warning", '"high" is not understood as a level')]),
        ("a p of a ratio with its interval", ["study=A arm=x versus=y endpoint=pfs measure=hr value=0.7 low=0.5 high=0.9 p=good"],
         [("warning", '"good" is not understood as a p-value')]),
        ("a p of a ratio alone", ["study=A arm=x versus=y endpoint=pfs measure=hr value=0.7 p=good"],
         [("note", '"good" is not understood as a p-value')]),
        ("a column of words", ["study=A endpoint=orr events=8 n=32 confirmed=7"],
         [("note", '"7" is none of confirmation')]),
        ("nobody", ["study=A endpoint=orr events=0 n=0"],
         [("warning", "nobody can be counted out of 0 patients")]),
        ("each cell of each row", ["study=A endpoint=orr events=8x3 n=3y2", "study=B endpoint=orr events=z n=32"],
         [("note", '"8x3"'), ("note", '"3y2"'), ("warning", '"z"')]),
    ],
    "cells-disagree": [
        ("the same n twice", ["study=A endpoint=orr value=8/32 n=32"], []),
        ("another n", ["study=A endpoint=orr value=8/32 n=33"],
         [("warning", "the row says n 32 and here 33")]),
    ],
    "fraction-among-percents": [
        ("fractions alone", ["study=A endpoint=orr value=0.25 n=33", "study=B endpoint=orr value=0.5 n=34"], []),
        ("beside a percent", ["study=A endpoint=orr value=0.25 n=33", "study=B endpoint=orr value=50 n=34"],
         [("note", "0.25 stands among percents")]),
    ],
    "n-stands-once": [
        ("n in both rows", ["study=A events=1 n=33", "study=A events=1 n=20"], []),
        ("n in the first", ["study=A events=1 n=33", "study=A events=1"],
         [("warning", "n = 33 stands in the first row of A alone")]),
    ],
    "readers-disagree": [
        ("readers agree", [READERS.format("One", 16), READERS.format("Two", 16), READERS.format("Consensus", 16)], []),
        ("one has another count", [READERS.format("One", 16), READERS.format("Two", 17), READERS.format("Consensus", 16)],
         [("note", "events is 17 by this reader, 16 in the consensus")]),
        ("no consensus of one study",
         [READERS.format("Consensus", 16), READERS.format("One", 16).replace("Smith", "Jones")],
         [("note", "Jones has readers and no consensus; it is not used")]),
    ],
}  # fmt: skip


def test_boundary(says, boundary):
    """Each case is said as loud as it is, and no more."""
    rule, lines, expected = boundary
    assert expected == says(rule, lines, expected)
