"""The command line as a person meets it: real subprocesses, stdout, stderr, exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kb
from builders import analysis_set, estimate, report, text, trial, write_base

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A base of two small trials."""
    later = report({"one": analysis_set(n=50)}, [estimate(events=15)], citation={"year": 2023})
    return write_base(
        tmp_path_factory.mktemp("cli") / "base",
        trial("alpha"),
        trial("beta", acronym="BETA", reports={"smith-2020": report(), "late-2023": later}),
    )


def _kb(*words, cwd="/", records=None, **more):
    settings = {**os.environ, "PYTHONPATH": str(TOP), "NO_COLOR": "1", **more}
    settings.pop("KB_RECORDS", None)
    if records is not None:
        settings["KB_RECORDS"] = str(records)
    return subprocess.run(
        [sys.executable, "-m", "kb", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=settings,
        check=False,
    )


def test_help_lists_the_verbs():
    """Help is plain, lists every verb, and is fine."""
    done = _kb("--help")
    assert 0 == done.returncode
    for verb in ("check", "compare", "list", "show", "terms", "new", "init"):
        assert verb in done.stdout


def test_version():
    """The version is the month of the evidence."""
    assert f"kb {kb.__version__}\n" == _kb("--version").stdout


def test_a_mistyped_verb():
    """A wrong verb is wrong usage, with the near one named."""
    done = _kb("compre", "orr")
    assert 2 == done.returncode
    assert "Did you mean 'compare'?" in done.stderr


def test_main_job_from_any_directory():
    """The main job works in `/`, on the packaged records."""
    done = _kb("compare", "orr,dcr,pfs", "anlo-ai", "saint")
    assert 0 == done.returncode
    for piece in (
        "30.8%",
        "82.7%",
        "6.2 mo",
        "24.7%",
        "82.5%",
        "reported",
        "computed",
        "Set aside",
        "saint/gordon-2023",
        "Caveats",
    ):
        assert piece in done.stdout
    assert "" == done.stderr


def test_all_reports(root):
    """`--reports all` shows what the default sets aside."""
    default = _kb("compare", "orr", "beta", records=root)
    assert "beta/smith-2020 (ORR): an earlier release than late-2023" in default.stdout
    both = _kb("compare", "orr", "beta", "--reports", "all", records=root)
    assert "smith-2020/one" in both.stdout
    assert "Set aside" not in both.stdout


def test_json_has_every_field(root):
    """JSON has rows and caveats with the fields of the interface, numbers as text."""
    from kb.rows.row import FIELDS

    found = json.loads(_kb("compare", "orr", "--format", "json", records=root).stdout)
    assert {"rows", "caveats"} == set(found)
    row = found["rows"][0]
    assert list(FIELDS) == list(row)
    assert ("25", "computed", 10, 40, 95) == (
        row["value"],
        row["value_source"],
        row["events"],
        row["n"],
        row["level"],
    )
    assert isinstance(row["low"], str)
    assert set(found["caveats"][0]) == {"rule", "rows", "message"}


def test_csv_is_the_same(root):
    """CSV has the same columns."""
    done = _kb("compare", "orr", "--format", "csv", records=root)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert ["alpha/smith-2020/one/orr/proportion", "beta/late-2023/one/orr/proportion"] == [
        row["address"] for row in rows
    ]


def test_one_method_for_all():
    """`--interval wilson` recomputes and keeps what was printed."""
    done = _kb("compare", "orr", "anlo-ai", "--interval", "wilson", "--format", "json")
    row = json.loads(done.stdout)["rows"][0]
    assert ("computed", "wilson", "18.7", "45.1", 95) == (
        row["interval_source"],
        row["interval_method"],
        row["printed_low"],
        row["printed_high"],
        row["printed_level"],
    )
    assert row["low"].startswith("19.9")


@pytest.mark.parametrize("suffix", ["md", "html", "htm", "tex", "csv", "json", "txt"])
def test_output_file(root, tmp_path, suffix):
    """The suffix of a file decides its format; stdout stays empty."""
    path = tmp_path / f"out.{suffix}"
    done = _kb("compare", "orr", "-o", path, records=root)
    assert ("", 0) == (done.stdout, done.returncode)
    text = path.read_text(encoding="utf-8")
    assert text
    assert suffix.startswith("htm") is ('<meta charset="utf-8">' in text)


def test_terms_are_counted_in_words(root):
    """One term is no plural, and kinds are words."""
    assert _kb("terms", "drug", "doxorubicin", records=root).stdout.startswith("1 drug\n")
    assert " regimen classes\n" in _kb("terms", "regimen-class").stdout


def test_a_problem_outside_the_records(root, tmp_path):
    """A file of the vocabulary is no record: the count does not exceed the files it is of."""
    folder = tmp_path / "mine"
    _kb("init", folder)
    (folder / "vocabulary" / "drugs.yaml").unlink()
    assert "1 problem in 1 file\n" in _kb("check", records=folder).stderr


def test_show_number():
    """An address gives the number with its report, locator and file:line."""
    done = _kb("show", "anlo-ai/ajmc-2026/all/orr/proportion")
    assert "30.8% (95% CI, 18.7%–45.1%)" in done.stdout
    assert "paragraph 8" in done.stdout
    assert "anlo-ai.yaml:" in done.stdout
    relayed = _kb("show", "anlo-ai/mims-undated").stdout
    assert "the same as ajmc-2026" in relayed


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["compare", "orrr"], 2, "'orrr' is not a known endpoint; did you mean 'orr'?"),
        (["compare", "orr", "--drug", "doxorubicine"], 2, "did you mean 'doxorubicin'?"),
        (["compare", "orr", "alfa"], 2, "'alfa' is not a known trial; did you mean 'alpha'?"),
        (["compare", "orr", "--method", "wilsen"], 2, "'wilsen' is not an interval method"),
        (["compare", "orr", "--level", "9.5"], 2, "a level is a percent from 50 to 99.99, got 9.5"),
        (["compare", "orr", "--histology", "osteosarcoma"], 1, "no arm has histology osteosarcoma"),
        (["list", "--year", "1999"], 1, "no arm has year 1999"),
        (["show", "alpha/smith-2020/one/orr/median"], 2, "is not a known address"),
        (
            ["show", "alpha/smith-2020/one/orr"],
            2,
            "not a known address; did you mean 'alpha/smith-2020/one/orr/proportion'?",
        ),
        (["compare", "orr", "-o", "x.docx"], 2, "known are .md, .html, .htm, .tex, .txt, .csv"),
        (["show", "alpha/nobody"], 2, "'alpha/nobody' is not a known report"),
        (["terms", "drugz"], 2, "is not a known kind of term"),
        (["terms", "line"], 2, "known are drug, drug-class, regimen-class, histology"),
        (["pool"], 2, "Missing argument"),
    ],
)
def test_wrong_usage(root, words, status, message):
    """A wrong word exits with 2 and near words, a fruitless one with 1; never a stack trace."""
    done = _kb(*words, records=root)
    assert status == done.returncode
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert "" == done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "orr", "-o", "/nonexistent/x.md"],
        ["init", "/proc/nobody"],
        ["list", "--phase", "vi"],
        ["show", ""],
        ["compare", "orr", "--across", "--format", "json"],
        ["pool", "orr", "--multiverse", "-o", "x.csv"],
        ["compare", "orr", "-o", "x.docx"],
    ],
)
def test_no_stack_trace(root, words):
    """A place that cannot be written, nothing at all, tables that do not fit: a sentence, and 2."""
    done = _kb(*words, records=root)
    assert (2, "") == (done.returncode, done.stdout)
    assert "Traceback" not in done.stderr


def test_format_of_a_file_without_suffix(root, tmp_path):
    """`--format` decides where the file has no suffix, and an upper-case suffix is one."""
    _kb("compare", "orr", "--format", "json", "-o", tmp_path / "rows", records=root)
    assert "rows" in json.loads((tmp_path / "rows").read_text(encoding="utf-8"))
    _kb("compare", "orr", "-o", tmp_path / "ROWS.CSV", records=root)
    assert (tmp_path / "ROWS.CSV").read_text(encoding="utf-8").startswith("address,")


def test_differences_across_trials(root, tmp_path):
    """`--across` adds a table under the first, at the level asked for, on stdout or in the file."""
    path = tmp_path / "both.md"
    words = ("compare", "orr", "--across", "--level", "90")
    shown = _kb(*words, "--format", "markdown", records=root).stdout
    _kb(*words, "-o", path, records=root)
    assert shown == path.read_text(encoding="utf-8")
    assert "unadjusted and unanchored" in shown


def test_a_terminal_of_another_alphabet(root):
    """Where stdout cannot hold a character it is escaped; nothing is lost for it."""
    done = _kb("compare", "orr", "alpha", records=root, PYTHONIOENCODING="ascii")
    assert 0 == done.returncode
    assert "25.0%" in done.stdout


def test_check_without_a_base(tmp_path):
    """Without a base of one's own the packaged one is checked, and stderr says so."""
    done = _kb("check", cwd=tmp_path)
    assert (0, "") == (done.returncode, done.stdout)
    assert "checked the packaged knowledge base" in done.stderr


def test_check_formats(root, tmp_path):
    """Problems as text, JSON and annotations; status 1."""
    folder = write_base(tmp_path / "bad", trial("alpha"))
    (folder / "trials" / "x.yaml").write_text("id: [\n")
    done = _kb("check", records=folder, cwd=folder)
    assert 1 == done.returncode
    assert done.stdout.startswith("trials/x.yaml:2:1: broken-yaml:")
    assert "1 problem in 1 of 2 files" in done.stderr
    found = json.loads(_kb("check", "--format", "json", records=folder, cwd=folder).stdout)
    assert [{"path", "line", "column", "rule", "message"}] == [set(one) for one in found]
    assert "::error file=trials/x.yaml,line=2,col=1" in (
        _kb("check", "--format", "github", records=folder, cwd=folder).stdout
    )


def test_check_one_file(root, tmp_path):
    """A named file is checked in the base it lies in; the others' problems stay out."""
    folder = write_base(tmp_path / "bad", trial("alpha"))
    (folder / "trials" / "x.yaml").write_text("id: [\n")
    assert 0 == _kb("check", folder / "trials" / "alpha.yaml").returncode
    assert 1 == _kb("check", folder / "trials" / "x.yaml").returncode


def test_check_a_file_outside_a_base(tmp_path):
    """A record that lies in no base is read by the packaged words, never passed over in silence."""
    path = tmp_path / "loose.yaml"
    path.write_text(text(trial("loose")))
    assert 0 == _kb("check", path).returncode
    path.write_text(text(trial("loose", phase="9")))
    done = _kb("check", path)
    assert 1 == done.returncode
    assert "unknown-phase" in done.stdout
    assert 2 == _kb("check", tmp_path / "nobody.yaml").returncode


def test_other_verbs_stop_at_bad_records(root, tmp_path):
    """A base with problems is not compared: every problem is listed, status 1."""
    folder = write_base(tmp_path / "bad", trial("alpha"))
    (folder / "trials" / "x.yaml").write_text("id: [\n")
    done = _kb("compare", "orr", records=folder)
    assert 1 == done.returncode
    assert "broken-yaml" in done.stderr


def test_init_and_new(tmp_path):
    """A new record says nothing but what was given, and neither it nor a base is overwritten."""
    folder = tmp_path / "mine"
    assert 0 == _kb("init", folder, "--title", "Mine").returncode
    made = _kb(
        "new", "my-trial", "--arm", "Adriamycin+ifosfamide", "--doi", "10.1000/x", records=folder
    )
    assert 0 == made.returncode, made.stderr
    checked = _kb("check", records=folder)
    assert (1, {"todo"}) == (
        checked.returncode, {line.split(": ")[1] for line in checked.stdout.splitlines()}
    )  # fmt: skip
    again = _kb("new", "my-trial", records=folder)
    assert 2 == again.returncode
    assert "nothing was written" in again.stderr
    assert 2 == _kb("init", folder).returncode
    assert 2 == _kb("new", "../evil", records=folder).returncode


def test_missing_base(tmp_path):
    """A folder without kb.yaml is refused with its name."""
    done = _kb("list", "--records", tmp_path)
    assert 2 == done.returncode
    assert "no knowledge base at" in done.stderr


def test_closed_pipe(root):
    """A reader that goes away early is no error."""
    call = f"{sys.executable} -m kb terms drug | head -1"
    done = subprocess.run(
        ["bash", "-c", call],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        cwd="/",
    )
    assert "Traceback" not in done.stderr


def test_text_of_a_record(root):
    """`kb show` prints every block of a record."""
    (root / "trials" / "gamma.yaml").write_text(text(trial("gamma", registrations=["NCT00000009"])))
    done = _kb("show", "gamma", records=root)
    for piece in (
        "NCT00000009",
        "Design",
        "Population",
        "Arm one",
        "Report smith-2020",
        "one/orr/proportion",
    ):
        assert piece in done.stdout


def test_diff_of_two_bases(root, tmp_path):
    """`kb diff` lists the numbers of one base that the other prints otherwise."""
    old = write_base(tmp_path / "old", trial("alpha"))
    done = _kb("diff", old, root, "--format", "csv")
    assert 0 == done.returncode
    assert "beta/smith-2020/one/orr/proportion,added,value,,25" in done.stdout
    assert done.stdout == _kb("diff", old, "--format", "csv", records=root).stdout
    assert 2 == _kb("diff", tmp_path / "none", root).returncode


def test_schema_of_a_record(tmp_path):
    """`kb schema` is the JSON Schema of a record, on stdout or in a file."""
    done = _kb("schema", "-o", tmp_path / "record.schema.json")
    assert ("", 0) == (done.stdout, done.returncode)
    written = (tmp_path / "record.schema.json").read_text(encoding="utf-8")
    assert written == _kb("schema").stdout
    assert "arms" in json.loads(written)["properties"]
