"""Findings as text, JSON, CSV and Markdown, and the verb that shows them."""

import json

import pytest
from typer import Typer
from typer.testing import CliRunner

from builders import estimate, report, trial, write_base
from kb.audits.finding import Finding, Findings
from kb.cli.audit import audit
from kb.errors import UnknownFormatError
from kb.exporters import text_of
from kb.rendering.tables.findings import summary
from kb.rendering.views import render

ONE = Finding("a/r/s/orr/proportion", "percent-truncated", "note", "cut | off", "a", "r")
TWO = Finding("b/r", "misprint", "note", "printed 'x'", "b", "r")
ROW = Finding("", "rate-order", "error", "above", "X", "", (2, 3))
CELL = Finding("", "percent-truncated", "note", "cut off", "X", "", (4,), "D5")


def test_text():
    """Text groups findings by trial, the message under the finding."""
    assert (
        "a\n"
        "  note     percent-truncated  a/r/s/orr/proportion\n"
        "           cut | off\n"
        "\n"
        "b\n"
        "  note     misprint  b/r\n"
        "           printed 'x'\n"
    ) == render(Findings([ONE, TWO]))


def test_text_is_wrapped():
    """A long message is broken between words, but not before a percent sign."""
    long = Finding("a", "misprint", "note", "word " * 16 + "wordwo 25 % of patients", "a")
    lines = render(Findings([long])).splitlines()
    assert [" " * 11 + "word " * 16 + "wordwo", " " * 11 + "25 % of patients"] == lines[2:]


def test_text_of_a_table():
    """Findings about a table name the study and the rows."""
    assert (
        "X\n"
        "  error    rate-order  rows 2, 3\n"
        "           above\n"
        "  note     percent-truncated  row 4 (D5)\n"
        "           cut off\n"
    ) == render(Findings([ROW, CELL]))


def test_json():
    """JSON has the keys of the interface: an address in records, rows in a table."""
    assert [
        {"address": "b/r", "trial": "b", "report": "r", "rule": "misprint", "severity": "note",
         "message": "printed 'x'"}
    ] == json.loads(text_of(Findings([TWO]), "json"))  # fmt: skip
    assert [
        {
            "row": 2,
            "rows": [2, 3],
            "cell": "",
            "rule": "rate-order",
            "severity": "error",
            "message": "above",
        },
        {
            "row": 4,
            "cell": "D5",
            "rule": "percent-truncated",
            "severity": "note",
            "message": "cut off",
        },
    ] == json.loads(text_of(Findings([ROW, CELL]), "json"))
    assert [] == json.loads(text_of(Findings([]), "json"))


def test_csv():
    """CSV has one line per finding, in the order of the JSON keys."""
    assert (
        "address,trial,report,rule,severity,message\nb/r,b,r,misprint,note,printed 'x'\n"
    ) == text_of(Findings([TWO]), "csv")
    assert "rows,rule,severity,message\n2;3,rate-order,error,above\n" == text_of(
        Findings([ROW]), "csv"
    )


def test_markdown():
    """Markdown is a table with a section per trial; what would be markup is escaped."""
    assert (
        "**0 errors, 0 warnings, 1 note in 1 trial**\n\n"
        "| Severity | Rule | Where | What |\n| --- | --- | --- | --- |\n"
        "| **a** |  |  |  |\n"
        "| note | percent-truncated | a/r/s/orr/proportion | cut \\| off |\n"
    ) == render(Findings([ONE]), "markdown")


@pytest.mark.parametrize(
    ("style", "start"), [("latex", "% \\usepackage{booktabs"), ("html", '<div class="kb">')]
)
def test_other_tables(style, start):
    """LaTeX and HTML hold the same table."""
    found = render(Findings([ONE]), style)
    assert found.startswith(start)
    assert "percent-truncated" in found


def test_unknown_format():
    """Another format is refused by name."""
    with pytest.raises(UnknownFormatError, match="'xml' is not a format"):
        render(Findings([]), "xml")


def test_summary():
    """The summary counts severities and trials, or studies of a table."""
    assert "0 errors, 0 warnings, 2 notes in 2 trials" == summary([ONE, TWO])
    assert "1 error, 0 warnings, 1 note in 1 study" == summary([ROW, CELL])


APP = Typer()
APP.command("audit")(audit)
RUN = CliRunner()
WRONG = trial(reports={"smith-2020": report(estimates=[estimate(events=10, value="27")])})
CUT = trial("beta", reports={"smith-2020": report(estimates=[estimate(events=11, value="27")])})


@pytest.fixture
def base(tmp_path):
    """A base with one error and one note."""
    return str(write_base(tmp_path / "base", WRONG, CUT))


def test_verb(base):
    """Findings go to stdout, the count to stderr; an error is exit 1."""
    done = RUN.invoke(APP, ["--records", base])
    message = (
        "           ORR: 27 % is printed for 10 of 40, which is 25 %; 10 of 37 would print so\n"
    )
    assert (
        "alpha\n  error    percent-against-count  alpha/smith-2020/one/orr/proportion\n" + message
    ) == done.stdout.partition("\nbeta")[0]
    assert "1 error, 0 warnings, 1 note in 2 trials\n" == done.stderr
    assert 1 == done.exit_code


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--trial", "beta"], 0),
        (["--trial", "beta", "--fail-on", "note"], 1),
        (["--trial", "alpha", "--fail-on", "error"], 1),
        (["--trial", "alpha", "--format", "json"], 1),
        (["--drug", "ifosfamide"], 1),
    ],
)
def test_exit_status(base, options, expected):
    """Exit 1 from the severity asked for on, and where known words match no trial."""
    assert expected == RUN.invoke(APP, ["--records", base, *options]).exit_code


def test_verb_writes(base, tmp_path):
    """With -o the suffix decides, and nothing goes to stdout."""
    path = tmp_path / "findings.json"
    done = RUN.invoke(APP, ["--records", base, "-o", str(path)])
    assert "" == done.stdout
    assert f"wrote {path}\n1 error, 0 warnings, 1 note in 2 trials\n" == done.stderr
    assert ["alpha", "beta"] == [one["trial"] for one in json.loads(path.read_text("utf-8"))]


def test_verb_on_a_table(base, tmp_path):
    """A table of one's own is audited with the vocabulary of the base."""
    path = tmp_path / "table.csv"
    path.write_text("study,endpoint,events,n,value\nX,orr,10,40,27\n", encoding="utf-8")
    done = RUN.invoke(APP, ["--records", base, "--table", str(path), "--format", "json"])
    assert [(1, "percent-against-count")] == [
        (one["row"], one["rule"]) for one in json.loads(done.stdout)
    ]
    assert "1 error, 0 warnings, 0 notes in 1 study\n" == done.stderr
    assert 1 == done.exit_code


def test_wrong_usage(base, tmp_path):
    """A table takes no filters, and must be there."""
    path = str(tmp_path / "no.csv")
    for options in (["--table", path], ["--table", path, "--drug", "doxorubicin"]):
        assert 2 == RUN.invoke(APP, ["--records", base, *options]).exit_code


def _closing(done):
    """What stands under the findings."""
    return done.stdout.rstrip("\n").rpartition("\n\n")[2].replace("\n", " ")


def test_verb_says_what_it_looked_at(base):
    """Text ends in the rows and studies that were read, the checks, and what was not tested."""
    done = RUN.invoke(APP, ["--records", base])
    assert _closing(done).startswith("2 rows of 2 studies read; ")
    lines = RUN.invoke(APP, ["--records", base, "--format", "markdown"]).stdout
    assert "**Looked at**\n\n- 2 rows of 2 studies read; " in lines


def test_verb_with_summary(base):
    """With --summary JSON holds both; CSV is a list alone and is refused."""
    asked = ["--records", base, "--summary"]
    data = json.loads(RUN.invoke(APP, [*asked, "--format", "json"]).stdout)
    assert (2, 2) == (len(data["findings"]), data["summary"]["rows"])
    assert RUN.invoke(APP, asked).stdout == RUN.invoke(APP, asked[:2]).stdout
    assert 2 == RUN.invoke(APP, [*asked, "--format", "csv"]).exit_code


def test_verb_with_acknowledged(tmp_path):
    """With --acknowledged the silenced findings are listed with their reasons, and none is a failure."""
    at = "alpha/smith-2020/one/orr/proportion"
    seen = [{"finding": "percent-against-count", "at": at, "note": "so in the table"}]
    number = estimate(events=10, value="27", as_printed=True)
    own = trial(reports={"smith-2020": report(estimates=[number])}, acknowledged=seen)
    asked = ["--records", str(write_base(tmp_path / "base", own))]
    done = RUN.invoke(APP, [*asked, "--acknowledged"])
    assert "acknowledged: so in the table\n" in done.stdout
    assert "acknowledged: 1 error, 0 warnings, 0 notes in 1 trial\n" == done.stderr
    assert 0 == done.exit_code
    closing = "1 finding acknowledged in records; --acknowledged lists them"
    assert _closing(RUN.invoke(APP, asked)).endswith(closing)
    table = tmp_path / "table.csv"
    table.write_text("endpoint,events,n\norr,10,40\n", encoding="utf-8")
    assert 2 == RUN.invoke(APP, [*asked, "--acknowledged", "--table", str(table)]).exit_code
