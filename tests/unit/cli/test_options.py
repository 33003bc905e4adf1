"""No option is ignored: each verb's options in one table, and what is refused where."""

import shlex
import sys
from typing import Any

import pytest
import typer

from builders import analysis_set, arm, base_of, estimate, randomised, report, trial, write_base
from kb.cli import VERBS, app, main
from kb.cli.refused import said
from kb.errors import NotComparableError
from kb.query.filters import FILTERS

TABULAR = ("--format", "-o", "--output", "--records")
LAID_OUT = ("--columns", "--sort", "--no-pager")
CUT = (*LAID_OUT, "--limit")
TABLE = ("--table", "--sheet", "--map", "--strict")
OPTIONS = {
    "check": ("--records", "--format", "--watch"),
    "list": (*TABULAR, *CUT),
    "show": (*TABULAR, "--no-pager"),
    "compare": (
        "--measure", "--interval", "--method", "--level", "--reports", "--across", "--style",
        "--controls", "--doses", "--brief", *TABLE, *TABULAR, *CUT,
    ),
    "harms": ("--event", "--grade", "--reports", *TABULAR, *CUT),
    "terms": (*TABULAR, *CUT),
    "related": ("--endpoint", "--most", *TABULAR, *CUT),
    "path": ("--endpoint", *TABULAR, "--columns", "--no-pager"),
    "gaps": ("--endpoint", "--plot", *TABULAR, *LAID_OUT),
    "audit": (
        *TABLE, "--explain", "--fail-on", "--summary", "--acknowledged", "--curve", "--at-risk",
        "--events", "--median", "--rate", "--hazard-ratio", *TABULAR, "--no-pager",
    ),
    "pool": (
        "--measure", "--method", "--model", "--tau2", "--adjust", "--level", "--continuity",
        "--prediction", "--by", "--shared-tau2", "--leave-one-out", "--cumulative", "--multiverse",
        "--funnel", "--forest", "--accept", *TABLE, *TABULAR, *LAID_OUT,
    ),
    "network": (
        "--measure", "--model", "--tau2", "--level", "--plot", "--accept", *TABLE, *TABULAR, *LAID_OUT,
    ),
    "forest": (
        "-o", "--output", "--measure", "--columns", "--by", "--pool", "--title", "--accept",
        *TABLE, "--records", "--width", "--xlim", "--sort", "--dpi",
    ),
    "export": (
        "--format", "--endpoint", "--measure", "--network", "--accept", *TABLE, "--records", "-o",
        "--output",
    ),
    "diff": (*TABULAR, "--columns", "--no-pager"),
    "schema": ("-o", "--output"),
    "new": ("--title", "--arm", "--report", "--doi", "--registration", "--records"),
    "init": ("--title",),
}  # fmt: skip
"""The options of each verb besides filters; one that is added is tried here or in `REFUSED`."""
FILTERED = (
    "list",
    "compare",
    "harms",
    "related",
    "gaps",
    "audit",
    "pool",
    "network",
    "forest",
    "export",
)
REFUSED = {
    "audit --explain": "it is of a table",
    "audit --table {out}/t.csv --drug anlotinib": "a table is audited whole",
    "audit --table {out}/t.csv --map studdy=study": "'studdy'",
    "audit --table {out}/t.csv --sheet one": "which has no sheets",
    "audit --table {out}/none.csv": "there is no file",
    "audit --sheet one": "are of a --table",
    "pool orr --map study=study": "are of a --table",
    "export trials --table {out}/t.csv": "a table holds estimates, not trials",
    "compare orr --table {out}/t.csv --drug anlotinib": "a table takes no filter",
    "export estimates --endpoint nonsense": "--endpoint",
    "export trials --measure median": "--measure",
    "export graph --network": "--network",
    "export bibliography --accept lines-mixed": "--accept",
    "export r": "give --endpoint",
    "forest orr --accept lines-mixed -o {out}/f.svg": "nothing is pooled without --pool",
    "forest orr --by nonsense -o {out}/f.svg": "'nonsense' is no column",
    "compare orr --style jama --format csv": "json and csv hold numbers, not a style",
    "compare orr --style jama -o {out}/x.json": "json and csv hold numbers, not a style",
    "compare orr --across --format json": "adds a second table",
    "compare orr --interval wilson --method wald": "--interval wilson puts every proportion on",
    "compare pfs --measure hazard-ratio --method wald": "not of a hazard-ratio",
    "compare pfs --measure median --interval wilson": "not of a median",
    "compare pfs --measure hazard-ratio --level 90": "no interval of a hazard-ratio is computed",
    "compare orr --reports all --one-per-trial": "reports cannot be all",
    "compare orr --only-histology": "say which",
    "compare orr --definition 16wk": "orr has one",
    "harms --criteria recist": "an adverse event has none of its own",
    "harms --one-per-trial": "every event of a trial is a row of its own",
    "related --endpoint orr --most 3": "every arm that reports an endpoint is listed",
    "related alpha --one-per-trial": "a neighbour is a whole trial",
    "gaps --one-per-trial": "counted once",
    "audit --one-per-trial": "a trial is audited whole",
    "audit --acknowledged --table {out}/t.csv": "a table cannot",
    "audit --summary --format csv": "choose json",
    "export graph --one-per-trial": "the graph holds whole trials",
    "audit --table {out}/t.csv --criteria recist": "a table is audited whole",
    "pool orr --table {out}/t.csv --criteria recist": "a table takes no filter",
    "pool orr --shared-tau2": "shared_tau2 is of groups",
    "pool orr --by line --cumulative": "at a time",
    "pool orr --multiverse --format csv": "adds a second table",
    "pool orr --model common --prediction k-2": "prediction is of random ones",
    "pool orr --measure odds-ratio --method logit": "method is no option of pooled contrasts",
    "pool orr --measure odds-ratio --continuity all": "continuity is no option",
    "pool pfs --measure median --tau2 dl": "tau2 is no option of the weighted-median of medians",
    "pool orr --accept nonsense": "'nonsense' is not a reason",
    "network orr --measure odds-ratio --accept nonsense": "'nonsense' is not a reason",
    "diff {root} {root} --records {root}": "both bases are named",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A randomised trial, and two trials of unlike lines of which one is read two ways."""
    sets = {"one": analysis_set(), "seen": analysis_set(n=30, population="response-evaluable")}
    both = report(sets, [estimate(), estimate(of="seen"), estimate("pfs")])
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    second = {"histologies": ["liposarcoma"], "line": "second", "from": "smith-2020"}
    return write_base(
        tmp_path_factory.mktemp("options") / "base",
        randomised("alpha", *pair),
        trial("beta", reports={"smith-2020": both}),
        trial("gamma", population=second),
    )


@pytest.fixture
def run(root, monkeypatch, capsys, tmp_path):
    """Type words after `kb`; gives the exit status, stdout and stderr."""
    (tmp_path / "t.csv").write_text("study,endpoint,events,n\na,orr,5,20\nb,orr,6,20\n")

    def typed(line):
        words = shlex.split(line.format(out=tmp_path, root=root))
        monkeypatch.setenv("KB_RECORDS", str(root))
        monkeypatch.setattr(sys, "argv", ["kb", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return (left.value.code, *capsys.readouterr())

    return typed


def test_every_option_is_known_here():
    """The table holds every option of every verb, and every filter where there are filters."""
    group: Any = typer.main.get_command(app)
    filters = {one.option for one in FILTERS}
    found = {}
    for verb in VERBS:
        command = group.get_command(None, verb)
        found[verb] = {one for each in command.params for one in each.opts if one[0] == "-"}
    assert {verb: set(own) for verb, own in OPTIONS.items()} == {
        verb: own - filters for verb, own in found.items()
    }
    assert set(FILTERED) == {verb for verb, own in found.items() if own & filters}
    assert {verb for verb in found if filters <= found[verb]} == set(FILTERED)


@pytest.mark.parametrize("line", list(REFUSED))
def test_an_option_that_a_verb_cannot_use_is_refused(line, run):
    """Exit status 2, nothing on stdout, and the reason on stderr."""
    status, printed, remarks = run(line)
    assert (2, "") == (status, printed)
    assert REFUSED[line] in " ".join(remarks.split())


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("compare orr --set ITT --format csv --no-controls", 4),
        ("compare orr --set evaluable --format csv", 1),
        ("compare orr --exclude alpha --exclude beta --format csv", 1),
        ("compare orr --histology liposarcoma --only-histology --format csv", 1),
        ("compare orr --one-per-trial --format csv --no-controls", 3),
        ("compare orr --measure risk-ratio --level 90 --format csv", 1),
        ("compare orr --method wilson --level 80 --format csv --no-controls", 5),
        ("list --set response-evaluable --format csv", 1),
        ("list --one-per-trial --format csv", 3),
        ("export estimates --read full-text --format csv", 6),
        ("export estimates --trial beta --set evaluable --format csv", 1),
    ],
)
def test_filters_of_rows(line, rows, run):
    """Each verb keeps the rows that meet the filters."""
    status, printed, _ = run(line)
    assert (0, rows) == (status, len(printed.splitlines()) - 1)


def test_mixed_histology_is_said(run, tmp_path):
    """How many rows were left out is in the table, and on stderr beside a file of numbers."""
    asked = "compare orr --histology leiomyosarcoma --histology liposarcoma --only-histology"
    assert "1 row of mixed" not in run(asked)[1]
    mixed = trial("mixed", population={"histologies": ["liposarcoma", "leiomyosarcoma"], "from": "smith-2020"})  # fmt: skip
    other = write_base(tmp_path / "mixed", mixed, trial("whole", population={"histologies": ["liposarcoma"], "from": "smith-2020"}))  # fmt: skip
    line = f"orr --histology liposarcoma --only-histology --records {other}"
    assert "1 row of mixed histology left out" in run(f"compare {line}")[1]
    for verb in (f"compare {line} --format csv", f"pool {line}", f"forest {line} -o {{out}}/f.svg"):
        assert "1 row of mixed histology left out\n" in run(verb)[2]


def test_a_refusal_can_be_pasted(run):
    """The last line accepts everything that is needed; what is not is said, and left out of it."""
    status, _, remarks = run("pool orr beta gamma --accept timing-mixed,lines-mixed")
    lines = remarks.splitlines()
    assert (1, "not needed: timing-mixed") == (status, lines[-3])
    assert lines[-1].startswith("  kb pool orr beta gamma --accept lines-mixed,")
    status, printed, remarks = run(lines[-1].strip().removeprefix("kb "))
    assert (0, "") == (status, remarks)
    assert "Accepted in spite of" in printed


def test_options_can_be_pasted(run):
    """Where several rows would stay, the command with options stands before it, and goes through."""
    status, _, remarks = run("pool orr")
    lines = remarks.splitlines()
    assert (1, "with options that satisfy them:") == (status, lines[-4])
    status, printed, remarks = run(lines[-3].strip().removeprefix("kb "))
    assert (0, "") == (status, remarks)
    assert "Accepted" not in printed


def test_accept_repeats(run):
    """Once with commas or several times is the same."""
    reasons = ("patients-shared", "sets-mixed", "lines-mixed")
    once = run(f"pool orr beta gamma --accept {','.join(reasons)}")
    several = " ".join(f"--accept {one}" for one in reasons)
    assert once == run(f"pool orr beta gamma {several}")
    assert 0 == once[0]


@pytest.mark.parametrize(
    ("typed", "together", "shown"),
    [
        ("pool orr", "--criteria recist", "kb pool orr --criteria recist"),
        ("pool orr --criteria recist --criteria choi --level 90", "--criteria recist",
         "kb pool orr --level 90 --criteria recist"),
        ("pool orr --criteria=choi", "--criteria recist", "kb pool orr --criteria recist"),
        ("pool orr --exclude a", "--exclude b", "kb pool orr --exclude a --exclude b"),
        ("pool orr --one-per-trial beta", "--one-per-trial", "kb pool orr beta --one-per-trial"),
        ("pool orr --class 'a b'", "--set treated", "kb pool orr --class 'a b' --set treated"),
        ("pool orr -- beta", "--set treated", "kb pool orr --set treated -- beta"),
    ],
)  # fmt: skip
def test_commands_with_options(typed, together, shown):
    """What would widen takes the place of its namesakes; what narrows is added."""
    error = NotComparableError({"sets-mixed": "x"}, {}, shlex.split(together))
    lines = said(error, shlex.split(typed)).splitlines()
    assert ("with options that satisfy them:", f"  {shown}") == tuple(lines[-4:-2])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("pool orr", "kb pool orr --accept a,b"),
        ("pool orr --accept c --line first", "kb pool orr --line first --accept c,a,b"),
        ("pool orr --accept=c,a --accept d", "kb pool orr --accept c,a,d,b"),
        ("pool --accept c -- orr beta", "kb pool --accept c,a,b -- orr beta"),
    ],
)
def test_commands_that_accept(typed, shown):
    """What was accepted stays accepted, each reason once."""
    error = NotComparableError({"a": "x", "b": "y"})
    assert f"  {shown}" == said(error, shlex.split(typed)).splitlines()[-1]


def test_words_of_an_own_table_are_those_of_the_base(run):
    """`--records` gives the vocabulary of a table: one that lacks the word refuses it."""
    assert 0 == run("pool orr --table {out}/t.csv --records {root}")[0]
    assert (
        "'ttp' is not a known endpoint" in run("pool ttp --table {out}/t.csv --records {root}")[2]
    )
    assert base_of(trial()).vocabulary.endpoints.keys() >= {"orr"}
