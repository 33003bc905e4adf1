"""Intervals of proportions against the known methods."""

import pytest

from builders import analysis_set, estimate, report, trial

CASES = [
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=11.5 high=43.4 level=95"],
        [],
        id="Clopper-Pearson",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=12.1 high=43.8 level=95"],
        [],
        id="Wilson with correction",
    ),
    pytest.param(
        ["endpoint=orr n=38 value=16 low=7 high=29 level=90"],
        [],
        id="90 percent, count not printed",
    ),
    pytest.param(
        ["endpoint=orr n=38 value=16 low=7 high=29"],
        [],
        id="level not stated",
    ),
    pytest.param(
        ["endpoint=cbr n=38 value=18 low=1 high=32 level=90"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "CBR: 18 % (90 % interval 1 to 32) is given by no known method for 7 of 38; the high bound is that of clopper-pearson, whose low bound is 9",
            ),
        ],
        id="a bound that fits nothing",
    ),
    pytest.param(
        ["endpoint=pfr at=6 at_unit=months events=13 n=43 value=30.23 low=17.2 high=40.1 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "PFR: 30.23 % (95 % interval 17.2 to 40.1) is given by no known method for 13 of 43; the low bound is that of clopper-pearson, whose high bound is 46.1 (one digit changed?); a rate at a time may be a Kaplan–Meier estimate",
            ),
        ],
        id="a bound mistyped",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=34 value=23.5 low=11.5 high=43.4 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 23.5 % (95 % interval 11.5 to 43.4) is given by no known method for 8 of 34; 8 of 32 would have it by clopper-pearson",
            ),
        ],
        id="the interval of another n",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=13.7 high=46.7 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 25 % (95 % interval 13.7 to 46.7) is given by no known method for 8 of 32; 9 of 32 would have it by clopper-pearson",
            ),
        ],
        id="the interval of another count",
    ),
    pytest.param(
        ["endpoint=orr events=81 n=184 value=44 low=31 high=58 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 44 % (95 % interval 31 to 58) is given by no known method for 81 of 184; the closest, wald with continuity correction, gives 37 to 51; it is as wide as for about 56 patients",
            ),
        ],
        id="as wide as for fewer patients",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=12.3 high=43.0 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "note",
                "ORR: 25.0 % (95 % interval 12.3 to 43.0) is given by no known method for 8 of 32; the low bound is that of mid-p, whose high bound is 42.0 (one digit changed?)",
            ),
        ],
        id="among the known methods",
    ),
    pytest.param(
        ["endpoint=pfr at=3 at_unit=months events=31 n=44 value=70.5 low=56.7 high=84.2 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "note",
                "PFR: 70.5 % (95 % interval 56.7 to 84.2) is given by no known method for 31 of 44; the closest, wald, gives 57.0 to 83.9; a rate at a time may be a Kaplan–Meier estimate",
            ),
        ],
        id="a rate at a time",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=13.1 high=40.6 level=95"],
        [
            (
                (1,),
                "interval-at-other-level",
                "warning",
                "ORR: 25 % (95 % interval 13.1 to 40.6) is that of clopper-pearson at 90 % for 8 of 32; no known method gives it at 95 %",
            ),
        ],
        id="90 sold as 95 percent",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=17.3 high=32.7 level=95"],
        [
            (
                (1,),
                "standard-error-sold-as-interval",
                "warning",
                "ORR: 25.0 % (95 % interval 17.3 to 32.7) is the proportion ± one standard error for 8 of 32, which is an interval of 68 %",
            ),
        ],
        id="one standard error",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=13.1 level=95 sides=lower"],
        [],
        id="one bound",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=18.0 level=95 sides=lower"],
        [
            (
                (1,),
                "bound-against-count",
                "warning",
                "ORR: the lower 95 % bound 18.0 is given by no known method for 8 of 32",
            ),
        ],
        id="one bound that fits nothing",
    ),
    pytest.param(
        ["endpoint=orr events=0 n=14 value=0 low=0 high=0 level=95"],
        [
            ((1,), "wald-at-border", "warning", "ORR: an interval from 0 to 0 has no width"),
        ],
        id="no width",
    ),
    pytest.param(
        ["endpoint=orr events=0 n=14 value=0 low=0 high=19.3 level=95"],
        [],
        id="the whole of 1 − level on one side at the border",
    ),
    pytest.param(
        ["endpoint=orr events=1 n=15 value=6.7 low=0 high=19.3 level=95"],
        [
            (
                (1,),
                "wald-at-border",
                "note",
                "ORR: 6.7 % (95 % interval 0 to 19.3) is the normal approximation, which passes 0 % here; it covers less than it says",
            ),
        ],
        id="Wald passes the border",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95",
            "arm=a endpoint=dcr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95",
        ],
        [
            (
                (1, 2),
                "interval-method-mixed",
                "note",
                "no one method gives all the intervals of this report (clopper-pearson ORR 11.5 to 43.4; wilson DCR 45.3 to 77.1)",
            ),
        ],
        id="two methods in one report",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95",
            "report=r2 arm=a endpoint=dcr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95",
        ],
        [],
        id="two methods in two reports",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=18.0 high=31.0"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 25 % (interval 18.0 to 31.0) is given by no known method for 8 of 32; the closest, wilson, gives 13.3 to 42.1; it is as wide as for about 158 patients",
            ),
        ],
        id="level not stated and no method",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)


def _eight(low, high, n=32, level=95, value=" value=25.0", **more):
    """Eight responses with their interval."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    at = f" level={level}" if level else ""
    return [f"endpoint=orr events=8 n={n}{value} low={low} high={high}{at}{rest}"]


def _bound(cells, side="lower", level=95):
    """Eight of 32 responses with one bound."""
    return [f"endpoint=orr events=8 n=32 {cells} level={level} sides={side}"]


def _named(method, low="11.5", high="43.4"):
    """A record of eight of 32 responses with an interval by a named method."""
    interval = {"level": 95, "low": low, "high": high, "method": method}
    numbers = [estimate(events=8, value="25.0", interval=interval)]
    return trial(reports={"smith-2020": report({"one": analysis_set("one", 32)}, numbers)})


BOUNDARIES = {
    # The 95 % bounds of 8 of 32 run from 8.435 (Wald with continuity correction) to 13.719 (log),
    # and from 40.003 (Wald) to 45.558 (log); Clopper–Pearson gives 11.462 to 43.405.
    "interval-against-count": [
        ("as rounded", _eight("11.5", "43.4"), []),
        ("as cut off", _eight("11.4", "43.4"), []),
        ("a tenth lower than cut off", _eight("11.3", "43.4"),
         [("note", "the high bound is that of clopper-pearson, whose low bound is 11.5.")]),
        ("a tenth higher than rounded", _eight("11.6", "43.4"), [("note", "8 of 32; the high bound")]),
        ("the low bound a unit above every method's", _eight("13.8", "42.0"), [("note", "mid-p")]),
        ("the low bound higher", _eight("13.9", "42.0"), [("warning", "mid-p, whose low bound is 12.3.")]),
        ("the low bound as low as any", _eight("8.4", "45.0"), [("note", "wald with continuity")]),
        ("the low bound lower", _eight("8.3", "45.0"),
         [("warning", "the closest, wald with continuity correction, gives 8.4 to 41.6.")]),
        ("the high bound as high as any", _eight("9.0", "45.6"), [("note", "that of log")]),
        ("the high bound higher", _eight("9.0", "45.7"), [("warning", "the closest")]),
        ("the high bound as low as any", _eight("9.0", "40.0"), [("note", "that of wald")]),
        ("the high bound lower", _eight("9.0", "39.9"), [("warning", "the closest, wald, gives")]),
        ("at a time, bounds of no method", _eight("8.3", "45.0", at=6, at_unit="weeks"),
         [("note", "gives 8.4 to 41.6; a rate at a time may be a Kaplan–Meier estimate.")]),
        ("at a time, a slip in one bound", _eight("11.5", "34.4", at=6, at_unit="weeks"),
         [("warning", "high bound is 43.4 (two digits swapped?); a rate at a time")]),
        ("another count", _eight("13.7", "46.7"), [("warning", "8 of 32; 9 of 32 would have it by")]),
        ("all of them", ["endpoint=orr events=30 n=32 low=89.1 high=100.0 level=95"], [("warning", "; 32 of 32 would have it by")]),
        ("nobody", ["endpoint=orr events=2 n=32 low=0.0 high=10.9 level=95"], [("warning", "; 0 of 32 would have it by")]),
        ("five more patients", _eight("11.5", "43.4", 27, value=""), [("warning", "8 of 27; 8 of 32 would")]),
        ("six more patients of 26", _eight("11.5", "43.4", 26, value=""), [("warning", "the closest, wald, gives")]),
        ("six fewer patients of 38", _eight("11.5", "43.4", 38, value=""), [("warning", "8 of 38; 8 of 32 would")]),
        ("eight fewer patients of 40", _eight("11.5", "43.4", 40, value=""), [("warning", "8 of 40; 8 of 32 would")]),
        ("nine fewer patients of 41", _eight("11.5", "43.4", 41, value=""), [("warning", "the closest, log, gives")]),
        ("an n printed elsewhere for the arm",
         ["arm=a " + _eight("11.5", "43.4", 60, value="")[0], "arm=a endpoint=pfr events=9 n=32"],
         [("warning", "; 8 of 32, an n printed for this arm elsewhere, would have it by clopper-pearson.")]),
        ("an n printed elsewhere, and no arm named",
         [*_eight("11.5", "43.4", 60, value=""), "endpoint=pfr events=9 n=32"], [("warning", "closest")]),
        ("an n printed for another arm",
         [*_eight("11.5", "43.4", 60, value=""), "arm=b endpoint=pfr events=9 n=32"], [("warning", "closest")]),
        ("an n printed elsewhere that is too small",
         [*_eight("11.5", "43.4", 60, value=""), "endpoint=pfr events=3 n=7"], [("warning", "closest")]),
        ("four fifths as wide", ["endpoint=orr events=81 n=184 low=38.35 high=49.75 level=95"],
         [("warning", "the closest, wilson, gives 37.04 to 51.24.")]),
        ("less than four fifths", ["endpoint=orr events=81 n=184 low=38.40 high=49.70 level=95"],
         [("warning", "gives 37.04 to 51.24; it is as wide as for about 291 patients.")]),
        ("less than five quarters as wide", ["endpoint=orr events=81 n=184 low=34.80 high=53.30 level=95"],
         [("warning", "the closest, wald with continuity correction, gives 36.58 to 51.47.")]),
        ("five quarters", ["endpoint=orr events=81 n=184 low=34.70 high=53.40 level=95"],
         [("warning", "gives 36.58 to 51.47; it is as wide as for about 117 patients.")]),
        ("at 90 %", _eight("13.1", "40.6", level=90), []),
        ("at another level, which another rule says", _eight("13.1", "40.6"), []),
        ("one standard error, which another rule says", _eight("17.3", "32.7"), []),
        ("the level is not printed, at 80 %", _eight("15.1", "37.4", level=""), []),
        ("the level is not printed, at none", _eight("18.0", "31.0", level=""),
         [("warning", "25.0 % (interval 18.0 to 31.0) is given by no known method")]),
        ("n is not printed", ["endpoint=orr events=8 value=25.0 low=8.3 high=45.0 level=95"], []),
        ("more events than n", ["endpoint=orr events=8 n=7 low=8.3 high=45.0 level=95"], []),
        ("as many events as n", ["endpoint=orr events=8 n=8 low=8.3 high=45.0 level=95"], [("warning", "8 of 8")]),
        ("both bounds alike", _eight("25.0", "25.0"), []),
        ("one bound", _eight("8.3", "NE"), []),
        ("one-sided", _eight("8.3", "45.0", sides="lower"), []),
        ("no count of n has the percent", ["endpoint=orr n=41 value=16 low=1 high=60 level=95"], []),
        ("a count that follows from the percent", ["endpoint=orr n=32 value=25.0 low=8.3 high=45.0 level=95"],
         [("warning", "for 8 of 32")]),
    ],
    # Clopper–Pearson gives for 8 of 32 15.141 to 37.419 at 80 %, 13.093 to 40.606 at 90 %, 12.530 to
    # 41.543 at 92 %, 8.661 to 48.917 at 99 %.
    "interval-at-other-level": [
        ("at the printed level", _eight("11.5", "43.4"), []),
        ("80 %", _eight("15.1", "37.4"), [("warning", "is that of clopper-pearson at 80 % for 8 of 32; no known method gives it at 95 %.")]),
        ("90 %", _eight("13.1", "40.6"), [("warning", "clopper-pearson at 90 %")]),
        ("92 %", _eight("12.5", "41.5"), [("warning", "clopper-pearson at 92 %")]),
        ("95 %", _eight("11.5", "43.4", level=90), [("warning", "clopper-pearson at 95 % for 8 of 32; no known method gives it at 90 %.")]),
        ("99 %", _eight("8.7", "48.9"), [("warning", "clopper-pearson at 99 %")]),
        ("none", _eight("8.3", "45.0"), []),
        ("the level is not printed, and it is 95", _eight("11.5", "43.4", level=""), []),
        ("the level is not printed, and it is 80", _eight("15.1", "37.4", level=""),
         [("note", "clopper-pearson at 80 % for 8 of 32; the level is not printed, and no known method gives it at 95 %.")]),
        ("the level is not printed, and it is 92", _eight("12.5", "41.5", level=""), [("note", "at 92 %")]),
        ("one patient more is likelier than 92 %", ["endpoint=orr events=8 n=32 low=12.1 high=42.4 level=95"], []),
    ],
    # The least low bound of 8 of 32 is 8.435 at 95 % and the greatest 15.108 at 90 %, the log one;
    # the greatest high bound is 45.558 at 95 %. At 2 % the Wald one is 24.808, at 1 % 24.904.
    "bound-against-count": [
        ("the greatest low bound", _bound("low=15.1"), []),
        ("greater", _bound("low=15.2"), [("warning", "the lower 95 % bound 15.2 is given by no known method for 8 of 32.")]),
        ("the least low bound", _bound("low=8.4"), []),
        ("less", _bound("low=8.3"), [("warning", "the lower 95 % bound 8.3")]),
        ("the greatest high bound", _bound("high=45.6", "upper"), []),
        ("greater on the upper side", _bound("high=45.7", "upper"), [("warning", "the upper 95 % bound 45.7")]),
        ("the other bound", _bound("high=45.7"), []),
        ("the other bound on the upper side", _bound("low=8.3", "upper"), []),
        ("a bound that is open", _bound("low=NE"), []),
        ("a second bound is not looked at", _bound("low=15.1 high=99"), []),
        ("two-sided", _bound("low=15.2", "two"), []),
        ("the level is not printed", ["endpoint=orr events=8 n=32 low=15.2 sides=lower"], []),
        ("n is not printed", ["endpoint=orr events=8 low=15.2 level=95 sides=lower"], []),
        ("more events than n", ["endpoint=orr events=8 n=7 low=15.2 level=95 sides=lower"], []),
        ("as many events as n", ["endpoint=orr events=8 n=8 low=15.2 level=95 sides=lower"], [("warning", "8 of 8")]),
        ("the count follows from the percent", ["endpoint=orr value=25.0 n=32 low=15.2 level=95 sides=lower"], [("warning", "8 of 32")]),
        ("51 % on one side, 2 % on two", _bound("low=24.8", level=51), []),
        ("50.5 % on one side, 1 % on two", _bound("low=24.9", level="50.5"), [("warning", "the lower 50.5 % bound")]),
    ],
    # 25 % ± 7.655 % is 17.345 to 32.655.
    "standard-error-sold-as-interval": [
        ("one standard error", _eight("17.3", "32.7"),
         [("warning", "is the proportion ± one standard error for 8 of 32, which is an interval of 68 %.")]),
        ("cut off", _eight("17.3", "32.6"), [("warning", "one standard error")]),
        ("a low bound beyond", _eight("17.2", "32.7"), []),
        ("a high bound beyond", _eight("17.3", "32.8"), []),
        ("at 68 %, which Wald gives", _eight("17.3", "32.7", level="68.27"), []),
        ("nobody", ["endpoint=orr events=0 n=32 low=0 high=0 level=95"], []),
        ("a count that follows from the percent", ["endpoint=orr n=32 value=25.0 low=17.3 high=32.7 level=95"], [("warning", "8 of 32")]),
    ],
    # Wald gives 1 of 15 −5.96 to 19.29 and 14 of 15 80.71 to 105.96; 10.00 to 40.00 of 8 of 32.
    "wald-at-border": [
        ("nobody, without width", ["endpoint=orr events=0 n=14 value=0 low=0 high=0 level=95"], [("warning", "an interval from 0 to 0 has no width.")]),
        ("all, without width", ["endpoint=orr events=14 n=14 value=100 low=100 high=100 level=95"], [("warning", "from 100 to 100 has no width.")]),
        ("nobody, with width", ["endpoint=orr events=0 n=14 value=0 low=0 high=23.2 level=95"], []),
        ("one, without width", ["endpoint=orr events=1 n=14 value=7 low=7 high=7 level=95"], []),
        ("all but one, without width", ["endpoint=orr events=13 n=14 value=93 low=93 high=93 level=95"], []),
        ("nobody, by the percent", ["endpoint=orr n=14 value=0 low=0 high=0"], [("warning", "has no width.")]),
        ("nobody or one, by the percent", ["endpoint=orr n=300 value=0 low=0 high=0"], []),
        ("n is not printed", ["endpoint=orr events=0 value=0 low=0 high=0 level=95"], []),
        ("passing 0", ["endpoint=orr events=1 n=15 value=6.7 low=0 high=19.3 level=95"],
         [("note", "is the normal approximation, which passes 0 % here; it covers less than it says.")]),
        ("passing 0 and not cut off", ["endpoint=orr events=1 n=15 value=6.7 low=-6.0 high=19.3 level=95"], [("note", "passes 0 % here")]),
        ("passing 100", ["endpoint=orr events=14 n=15 value=93.3 low=80.7 high=100 level=95"], [("note", "passes 100 % here")]),
        ("inside", _eight("10.0", "40.0"), []),
        ("another method passes nothing", ["endpoint=orr events=1 n=15 value=6.7 low=0.2 high=31.9 level=95"], []),
    ],
    "interval-method-mixed": [
        ("one method", ["endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95", "endpoint=pfr events=20 n=32 value=62.5 low=43.7 high=78.9 level=95"], []),
        ("two methods", ["endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95", "endpoint=pfr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95"],
         [("note", "(clopper-pearson ORR 11.5 to 43.4; wilson PFR 45.3 to 77.1).")]),
        ("the method of most goes first",
         ["endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95", "endpoint=pfr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95", "endpoint=dcr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95"],
         [("note", "(wilson PFR 45.3 to 77.1, DCR 45.3 to 77.1; clopper-pearson ORR 11.5 to 43.4).")]),
        ("two reports", ["report=r1 endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95", "report=r2 endpoint=pfr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95"], []),
        ("one by no method", [*_eight("8.3", "45.0"), "endpoint=pfr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95"], []),
    ],
    # 12.1 to 43.8 is Wilson with continuity correction, 12.3 to 42.0 mid-p.
    "interval-method-contradicted": [
        ("exact", [_named("exact")], []),
        ("Clopper–Pearson", [_named("Clopper–Pearson")], []),
        ("Wilson, and it is Clopper–Pearson", [_named("Wilson score")],
         [("warning", "is said to be Wilson score, and is that of clopper-pearson.")]),
        ("exact, and it is Wilson", [_named("exact", "12.1", "43.8")], [("warning", "is said to be exact, and is that of wilson-cc.")]),
        ("Wilson, with correction", [_named("Wilson", "12.1", "43.8")], []),
        ("exact mid-p", [_named("exact mid-P", "12.3", "42.0")], []),
        ("mid-p, and it is Clopper–Pearson", [_named("mid-p exact")], [("warning", "is said to be mid-p exact")]),
        ("words that name none", [_named("binomial")], []),
        ("an interval by no method", [_named("Wilson", "8.3", "45.0")], []),
        ("no words", _eight("11.5", "43.4"), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
