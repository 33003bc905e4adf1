"""The command line in this process: what each verb answers, and its exit status."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kb
from builders import analysis_set, arm, base_of, estimate, randomised, report, trial, write_base
from kb.cli import VERBS, main
from kb.cli.options import Format
from kb.cli.output import SUFFIXES, chosen, put
from kb.cli.progress import working

TOP = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A randomised trial, a trial of two reports, and a trial apart."""
    later = report({"one": analysis_set(n=50)}, [estimate(events=15)], citation={"year": 2023})
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    harmful = report(harms=[{"set": "one", "event": "rash", "events": 4, "locator": "p1"}])
    return write_base(
        tmp_path_factory.mktemp("cli") / "base",
        randomised("alpha", *pair, acronym="ALPHA"),
        trial("beta", reports={"smith-2020": report(), "late-2023": later}),
        trial("single", arms={"one": arm("pembrolizumab")}, reports={"smith-2020": harmful}),
    )


@pytest.fixture
def run(root, monkeypatch, capsys):
    """Type words after `kb`; gives the exit status, stdout and stderr."""

    def typed(*words, records=True):
        asked = ["kb", *map(str, words)]
        if records:
            monkeypatch.setenv("KB_RECORDS", str(root))
        monkeypatch.setattr(sys, "argv", asked)
        with pytest.raises(SystemExit) as left:
            main()
        return (left.value.code, *capsys.readouterr())

    return typed


CALLS = {
    "check": ([], 0, ""),
    "list": ([], 0, "4 arms of 3 trials"),
    "show": (["alpha"], 0, "ALPHA · alpha"),
    "compare": (["orr"], 0, "Objective response rate"),
    "harms": (["--event", "rash"], 0, "Harms · event rash"),
    "terms": (["drug"], 0, "8 drugs"),
    "related": (["alpha"], 0, "Neighbours of alpha (ALPHA)"),
    "path": (["doxorubicin", "doxorubicin+ifosfamide"], 0, "compared directly"),
    "gaps": ([], 0, "Trials · patients"),
    "audit": (["--fail-on", "error"], 0, ""),
    "pool": (["orr", "beta", "single", "--accept", "regimens-unlike"], 0, "pooled"),
    "network": (["pfs"], 1, ""),
    "forest": (["orr", "-o", "{out}/f.svg"], 0, ""),
    "export": (["bibliography"], 0, "@article{alpha_smith-2020,"),
    "diff": (["{root}", "{root}"], 0, "Numbers: 0 added"),
    "schema": ([], 0, '"properties"'),
    "new": (["nobody", "--records", "{out}/made"], 0, "nobody.yaml"),
    "init": (["{out}/made"], 0, "made"),
}


@pytest.fixture
def words(root, tmp_path):
    """The words of a call with places in it; `kb new` gets a base of its own."""

    def filled(verb):
        if verb == "new":
            write_base(tmp_path / "made", trial("alpha"))
        return [
            one.replace("{out}", str(tmp_path)).replace("{root}", str(root))
            for one in CALLS[verb][0]
        ]

    return filled


def test_every_verb_is_called():
    """A verb that nobody calls here fails this file."""
    assert set(VERBS) == set(CALLS)


@pytest.mark.parametrize("verb", list(CALLS))
def test_verb(verb, run, words):
    """Each verb answers on stdout, with its remarks on stderr, and says by its status how it went."""
    _, status, said = CALLS[verb]
    found, out, err = run(verb, *words(verb))
    assert (status, "Traceback" in err) == (found, False)
    assert said in out


@pytest.mark.parametrize("verb", list(CALLS))
def test_verb_as_a_process(verb, root, words):
    """The same call in a process of its own prints the same kind of thing with the same status."""
    _, status, said = CALLS[verb]
    done = subprocess.run(
        [sys.executable, "-m", "kb", verb, *words(verb)], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(TOP), "KB_RECORDS": str(root)}, check=False,
    )  # fmt: skip
    assert (status, False) == (done.returncode, "Traceback" in done.stderr)
    assert said in done.stdout


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        (["--version"], 0, ""),
        (["compare", "orr", "--histology", "osteosarcoma"], 1, "no arm has histology osteosarcoma"),
        (["harms", "alpha"], 1, "these words are known, but no record has such harms"),
        (["harms", "--grade", "7"], 2, "kb: a grade is 1 to 5"),
        (["harms", "--event", "rush"], 2, "kb: 'rush' is not a known adverse event"),
        (
            ["compare", "orr", "--class", "zzzz"],
            2,
            "kb: 'zzzz' is not a known regimen-class; `kb terms regimen-class` lists them",
        ),
        (["list", "--year", "1999"], 1, "no arm has year 1999"),
        (["audit", "--year", "1999"], 1, "no arm has year 1999"),
        (["gaps", "--year", "1999"], 1, "no arm has year 1999"),
        (["path", "axitinib", "doxorubicin"], 1, "no arm gives one of these regimens"),
        (["related", "--endpoint", "os"], 1, "4 arms recorded, none with os"),
        (["related", "alpha", "--year", "1999"], 1, "no trial has anything in common with alpha"),
        (["export", "estimates", "--year", "1999"], 1, "no arm has year 1999"),
        (
            ["compare", "alpha"],
            2,
            "kb: 'alpha' is not a known endpoint; it is a trial: `kb compare",
        ),
        (["pool", "orr"], 1, "these rows must not be pooled:"),
        (["pool", "orr", "--accept", "nobody"], 2, "kb: 'nobody' is not a reason"),
        (["pool", "orr", "--multiverse", "--format", "csv"], 2, "--multiverse adds a second table"),
        (["pool", "orr,dcr"], 2, "kb: one endpoint can be pooled at a time"),
        (["related"], 2, "give a trial, or --endpoint"),
        (["related", "alpha", "--endpoint", "orr"], 2, "give a trial, or --endpoint"),
        (["audit", "--table", "x.csv", "--drug", "doxorubicin"], 2, "a table is audited whole"),
        (["audit", "--table", "nobody.csv"], 2, "there is no file nobody.csv"),
        (["audit", "--curve", "nobody.csv"], 2, "there is no file nobody.csv"),
        (["audit", "--curve", "x.csv", "--table", "y.csv"], 2, "a curve is audited by itself"),
        (["audit", "--curve", "x.csv", "--drug", "doxorubicin"], 2, "a curve is audited by itself"),
        (["audit", "--at-risk", "x.csv"], 2, "need a --curve"),
        (["audit", *(["--curve", "x.csv"] * 3)], 2, "one curve, or two for their ratio"),
        (
            ["audit", "--curve", "x.csv", "--events", "1", "--events", "2"],
            2,
            "--events stands once for each --curve",
        ),
        (["audit", "--curve", "x.csv", "--hazard-ratio", "0.7"], 2, "needs a second --curve"),
        (["export", "everything"], 2, "'everything' is none of estimates, trials"),
        (["export", "r"], 2, "an R script is of one endpoint: give --endpoint"),
        (["export", "trials", "--format", "xml"], 2, "kb: 'xml' is not a format of export"),
        (["export", "r", "--endpoint", "orr"], 1, "these rows must not be pooled:"),
        (
            ["compare", "orr", "--style", "nature"],
            2,
            "kb: 'nature' is not a style; known are house",
        ),
        (["compare", "orr", "--across", "--format", "csv"], 2, "--across adds a second table"),
        (["compare", "orr", "-o", "x.docx"], 2, "x.docx' ends in no known suffix"),
        (["compare", "orr", "-o", "x.svg"], 2, "figures are drawn by kb forest"),
        (["forest", "orr", "-o", "x.docx"], 2, "kb: '.docx' is no figure"),
        (["gaps", "--plot", "x.docx"], 2, "kb: '.docx' is no figure"),
        (["network", "pfs", "--plot", "x.docx"], 2, "kb: '.docx' is no figure"),
        (["pool", "orr", "--funnel", "x.docx"], 2, "kb: '.docx' is no figure"),
        (
            ["forest", "orr", "-o", "x.svg", "--accept", "sets-mixed"],
            2,
            "nothing is pooled without --pool",
        ),
        (["forest", "orr", "-o", "x.svg", "--width", "20"], 2, "kb: a figure is 80 to 600 mm wide"),
        (["forest", "orr", "-o", "x.svg", "--xlim", "60"], 2, "kb: --xlim is LOW,HIGH, such as"),
        (["forest", "orr", "-o", "x.svg", "--xlim", "1,2,3"], 2, "not '1,2,3'"),
        (["forest", "orr", "-o", "x.svg", "--xlim", "60,10"], 2, "from a lower number to a higher"),
        (
            ["forest", "orr", "-o", "x.svg", "--sort", "nobody"],
            2,
            "kb: rows are sorted by value, n",
        ),
        (["forest", "orr", "-o", "x.svg", "--dpi", "300"], 2, "kb: dots to the inch are of .png"),
        (["forest", "orr", "-o", "x.png", "--dpi", "9"], 2, "kb: a figure has 72 to 1200 dots"),
        (["show", "nobody"], 2, "kb: 'nobody' is not a known trial"),
        (["list", "--records", "/nonexistent"], 2, "kb: no knowledge base at"),
        (["compare", "orr", "-o", "/nonexistent/x.md"], 2, "kb: /nonexistent/x.md: No such file"),
        (["nobody"], 2, "No such command 'nobody'"),
        (["shwo", "alpha"], 2, "'show'"),
    ],
)
def test_status(typed, status, said, run, tmp_path, monkeypatch):
    """0 is fine, 1 is nothing found or refused by the gate, 2 is wrong usage; always a sentence."""
    monkeypatch.chdir(tmp_path)
    found, _, err = run(*typed)
    assert status == found
    assert said in err
    assert [] == list(tmp_path.iterdir())


def test_version(run):
    """The version stands on stdout."""
    assert f"kb {kb.__version__}\n" == run("--version")[1]


def test_help_without_words(run):
    """No word at all is help and wrong usage, also after a verb was called."""
    assert 0 == run("list")[0]
    status, out, err = run()
    assert 2 == status
    for verb in VERBS:
        assert f"  {verb} " in out + err


def test_problems_stop_a_verb(run, tmp_path):
    """Records with problems are not compared: all are named, status 1."""
    folder = write_base(tmp_path / "bad", trial("alpha"), trial("beta"))
    for name in ("alpha", "beta"):
        (folder / "trials" / f"{name}.yaml").write_text("id: [\n")
    status, out, err = run("compare", "orr", "--records", folder)
    assert (1, "") == (status, out)
    assert err.startswith("2 problems in 2 files")
    assert 2 == err.count("broken-yaml")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "alpha.yaml:2:1: broken-yaml: "),
        ("json", '"rule": "broken-yaml"'),
        ("github", "alpha.yaml,line=2,col=1,title=broken-yaml::"),
    ],
)
def test_formats_of_problems(form, said, run, tmp_path):
    """Problems as text, JSON and annotations; how many stands on stderr."""
    folder = write_base(tmp_path / "bad", trial("alpha"), trial("beta"))
    (folder / "trials" / "alpha.yaml").write_text("id: [\n")
    status, out, err = run("check", "--records", folder, "--format", form)
    assert (1, "1 problem in 1 of 2 files\n") == (status, err)
    assert said in out


@pytest.mark.parametrize(
    ("level", "failing"),
    [
        ("error", {"error"}),
        ("warning", {"error", "warning"}),
        ("note", {"error", "warning", "note"}),
    ],
)
@pytest.mark.parametrize("events", [20, 5])
def test_fail_on(level, failing, events, run, tmp_path):
    """Findings from the severity that is asked for on are a failure."""
    body = report(None, [estimate(events=10), estimate("dcr", measure="proportion", events=events)])
    folder = write_base(tmp_path / "base", trial("alpha", reports={"smith-2020": body}))
    found = {one.severity for one in kb.audit(kb.load(folder))}
    status, out, err = run("audit", "--fail-on", level, "--records", folder)
    assert int(bool(found & failing)) == status
    assert (" rows of 1 study read; " in out, 5 == events) == (True, bool(found))
    assert err.endswith(" in 1 trial\n" if found else " in 0 trials\n")


@pytest.mark.parametrize("suffix", list(SUFFIXES))
def test_suffix_decides(suffix, run, tmp_path):
    """A file's suffix decides its format, whatever is asked for; stdout stays empty."""
    path = tmp_path / f"out{suffix}"
    status, out, err = run("compare", "orr", "beta", "--format", "json", "-o", path)
    assert (0, "", f"wrote {path}\n") == (status, out, err)
    text = path.read_text(encoding="utf-8")
    view = kb.compare(kb.load(os.environ["KB_RECORDS"]), "orr", trial="beta")
    form = SUFFIXES[suffix].value
    if form in ("csv", "json"):
        from kb.exporters import text_of

        assert text_of(view, form) == text
    else:
        assert text.endswith(kb.render(view, form))
    assert (suffix in (".html", ".htm")) is text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("name", "beginning"), [("a.bib", "@article{"), ("a.ris", "TY  - "), ("a.csl.json", "[")]
)
def test_export_by_suffix(name, beginning, run, tmp_path):
    """A bibliography is written as the suffix says, and --format wins over it."""
    path = tmp_path / name
    assert (0, "", f"wrote {path}\n") == run("export", "bibliography", "-o", path)
    assert path.read_text(encoding="utf-8").startswith(beginning)
    assert 0 == run("export", "bibliography", "--format", "ris", "-o", path)[0]
    assert path.read_text(encoding="utf-8").startswith("TY  - ")


def test_a_table_in_a_format_of_exports(run, tmp_path):
    """A comparison goes into a bibliography where the suffix asks for one."""
    assert 0 == run("compare", "orr", "beta", "-o", tmp_path / "a.bib")[0]
    assert (tmp_path / "a.bib").read_text(encoding="utf-8").startswith("@")


@pytest.mark.parametrize(
    ("form", "output", "found"),
    [
        (Format.JSON, None, Format.JSON),
        (Format.JSON, Path("x.MD"), Format.MARKDOWN),
        (Format.JSON, Path("x"), Format.JSON),
        (Format.TEXT, Path("x.bib"), Format.TEXT),
    ],
)
def test_chosen_format(form, output, found):
    """The suffix, in any case of letters; else what was asked for."""
    assert found is chosen(form, output)


def test_no_cache(run, monkeypatch, tmp_path):
    """`--no-cache` writes no compiled copy."""
    monkeypatch.setenv("KB_CACHE", str(tmp_path))
    assert 0 == run("--no-cache", "list")[0]
    assert "off" == os.environ["KB_CACHE"]
    assert [] == list(tmp_path.iterdir())


def test_trials_as_words_and_as_filter(run):
    """Trials that are typed stand before those of --trial."""
    rows = json.loads(run("compare", "orr", "single", "--trial", "beta", "--format", "json")[1])
    assert ["single", "beta"] == [one["trial"] for one in rows["rows"]]


def test_figures_of_a_pool(run, tmp_path):
    """A forest and a funnel plot are drawn beside the table, each named on stderr."""
    forest, funnel = tmp_path / "a.svg", tmp_path / "b.svg"
    status, out, err = run(
        "pool", "orr", "beta", "single", "--accept", "regimens-unlike",
        "--forest", forest, "--funnel", funnel, "--multiverse",
    )  # fmt: skip
    assert (0, f"wrote {forest}\nwrote {funnel}\n") == (status, err)
    assert "What every reasonable model gives" in out
    assert forest.read_text(encoding="utf-8").startswith("<?xml")
    assert funnel.exists()


def test_options_of_a_forest(run, tmp_path):
    """Width, limits, order and dots of a figure, which ends up as wide as was asked."""
    path = tmp_path / "f.png"
    found = run(
        "forest", "orr", "-o", path, "--width", "85", "--xlim", "10,60", "--sort", "-n",
        "--dpi", "100", "--columns", "label,count", "--title", "Mine",
    )  # fmt: skip
    assert (0, "", f"wrote {path}\n") == found
    assert 85 / 25.4 * 100 == pytest.approx(int.from_bytes(path.read_bytes()[16:20], "big"), abs=1)


@pytest.mark.parametrize(
    "typed",
    [
        ["gaps", "--plot", "x.svg"],
        ["forest", "orr", "-o", "x.svg"],
        ["pool", "orr", "--forest", "x.svg"],
        ["pool", "orr", "--funnel", "x.svg"],
        ["network", "pfs", "--plot", "x.svg"],
    ],
    ids=" ".join,
)
def test_a_figure_without_its_library(typed, root, tmp_path):
    """Without the extra a verb says at once what to install, and neither computes nor prints."""
    blocked = (
        "import sys; sys.modules['matplotlib'] = None; "
        "from kb.cli import main; sys.argv = ['kb', *sys.argv[1:]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", blocked, *typed, "--records", str(root)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TOP), "KB_CACHE": "off"},
    )  # fmt: skip
    said = "kb: this needs matplotlib: pip install 'sarcoma-kb[plots]'\n"
    assert (2, "", said) == (done.returncode, done.stdout, done.stderr)
    assert [] == list(tmp_path.iterdir())


def test_options_of_a_pool(run):
    """Options that are given reach the statistics; those that are not leave their defaults."""
    typed = ["pool", "orr", "beta", "single", "--accept", "regimens-unlike", "--format", "json"]
    plain = json.loads(run(*typed)[1])["pooled"]
    asked = json.loads(
        run(*typed, "--method", "logit", "--tau2", "dl", "--level", "80", "--model", "common")[1]
    )["pooled"]
    assert "binomial" in plain["method"]
    assert "common effect" in asked["method"]
    assert asked["high"] - asked["low"] < plain["high"] - plain["low"]


class _Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        return True


def test_on_a_terminal(monkeypatch):
    """A table is fitted to a terminal; problems are lines there too."""
    monkeypatch.setenv("COLUMNS", "60")
    stream = _Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    found = kb.Problems([kb.Problem(kb.Place("a.yaml"), "rule", "wrong")])
    put(kb.compare(base_of(trial()), "orr"), found, form=Format.TEXT)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert "\nAnalysis set" in shown
    assert shown.endswith("a.yaml:1:1: rule: wrong\n")
    assert max(map(len, shown.splitlines())) <= 60


def test_sign_of_life(monkeypatch):
    """Where somebody looks at a terminal, long work says what it does; elsewhere it is silent."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with working("pooling 3 rows"):
        pass
    assert "pooling 3 rows" in stream.getvalue()
    silent = io.StringIO()
    monkeypatch.setattr(sys, "stderr", silent)
    with working("pooling 3 rows"):
        pass
    assert "" == silent.getvalue()


def test_stopping_a_watch(root):
    """A watch that is stopped says so and ends with the status of its last round."""
    watch = subprocess.Popen(
        [sys.executable, "-m", "kb", "check", "--watch", "--records", str(root)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )  # fmt: skip
    assert "0 problems in 3 files\n" == watch.stderr.readline()
    time.sleep(1)  # the round is over soon after what it says
    watch.send_signal(signal.SIGINT)
    out, err = watch.communicate(timeout=60)
    assert (0, "", "stopped\n") == (watch.returncode, out, err)


def test_new_and_init(run, tmp_path):
    """A new record leaves what is to be decided to `kb check`, and is never written over."""
    folder = tmp_path / "mine"
    assert (0, f"{folder}\n") == run("init", folder, "--title", "Mine")[:2]
    status, out, err = run("new", "mine-1", "--arm", "doxorubicin", "--records", folder)
    assert 0 == status
    assert out.endswith("mine-1.yaml\n")
    assert err.startswith("decide every TODO, then: kb check ")
    status, out, _ = run("check", "--records", folder)
    assert 1 == status
    assert all(": todo: " in line for line in out.splitlines())
    assert 2 == run("new", "mine-1", "--records", folder)[0]
    assert 2 == run("init", folder)[0]


CURVE = "time,surv\n0,1\n3,0.8\n6,0.6\n9,0.4\n12,0.3\n"


def test_a_digitised_curve(run, tmp_path):
    """A curve is held against what is printed beside it, and what was looked at is said."""
    curve, risk = tmp_path / "a.csv", tmp_path / "risk.csv"
    curve.write_text(CURVE, encoding="utf-8")
    risk.write_text("time,nrisk\n0,50\n6,30\n12,31\n", encoding="utf-8")
    status, out, err = run("audit", "--curve", curve)
    assert (0, "") == (status, out)
    assert "a.csv: 5 points up to 12; not tested for want of them: numbers at risk" in err
    status, out, _ = run("audit", "--curve", curve, "--at-risk", risk, "--median", "NR",
                         "--rate", "6=60.1%", "--format", "json")  # fmt: skip
    found = {one["rule"]: one for one in json.loads(out)}
    assert 1 == status
    assert {"at-risk-rising", "median-against-curve"} == set(found)
    assert "risk.csv row 3" == found["at-risk-rising"]["address"]
    assert 2 == run("audit", "--curve", risk)[0]
    assert 2 == run("audit", "--curve", curve, "--rate", "6")[0]


def test_two_digitised_curves(run, tmp_path):
    """The ratio of two curves is held against the printed one; the first curve is experimental."""
    curve, other, risk = (tmp_path / name for name in ("a.csv", "b.csv", "risk.csv"))
    curve.write_text(CURVE, encoding="utf-8")
    other.write_text("time,surv\n0,1\n3,0.6\n6,0.4\n9,0.2\n12,0.1\n", encoding="utf-8")
    risk.write_text("time,nrisk\n0,100\n", encoding="utf-8")
    given = ["audit", "--curve", curve, "--curve", other, "--at-risk", risk, "--at-risk", risk]
    assert 0 == run(*given, "--hazard-ratio", "0.55", "--median", "9", "--median", "6")[0]
    status, out, _ = run(*given, "--hazard-ratio", "1.80")
    assert 1 == status
    assert "it fits the other arm against this one" in " ".join(out.split())


def test_a_table_of_baseline_values(run, tmp_path):
    """A table of means is audited by the rules about those."""
    path = tmp_path / "baseline.csv"
    path.write_text("study,characteristic,n,mean,sd\nS,prior lines,36,1.54,0.7\n", encoding="utf-8")
    status, out, _ = run("audit", "--table", path)
    assert 1 == status
    assert "mean-without-data" in out


def test_own_table(run, tmp_path):
    """A table of one's own is pooled, drawn and audited without any record."""
    path = tmp_path / "own.csv"
    path.write_text("study,arm,endpoint,events,n\nS,A,orr,4,20\nT,A,orr,9,30\n", encoding="utf-8")
    assert "Pooled, k = 2" in run("pool", "orr", "--table", path)[1]
    assert 0 == run("forest", "orr", "--pool", "--table", path, "-o", tmp_path / "f.svg")[0]
    assert 0 == run("audit", "--table", path)[0]


def test_a_further_report(run, tmp_path):
    """`kb new` adds a report to a record that exists; what is of a new record only is refused."""
    write_base(tmp_path / "made", trial("alpha"))
    own = ["--records", tmp_path / "made"]
    status, out, err = run("new", "alpha", "--report", "late-2024", *own)
    assert (0, True) == (status, out.endswith("alpha.yaml\n"))
    assert "decide every TODO" in err
    status, _, err = run("new", "alpha", "--report", "last-2025", "--title", "A title", *own)
    assert (2, True) == (status, "--report adds a report, which takes --doi only" in err)
