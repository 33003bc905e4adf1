"""How answers are laid out: columns, order, limit, brief; on a terminal its width and a pager."""

import io
import json
import sys

import pytest

from builders import analysis_set, estimate, report, trial, write_base
from kb.cli import main, terminal
from kb.cli.layout import ASKED, LAYOUTS, OPTIONS, Layout, paged, with_layout
from kb.cli.output import say


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Three trials of 20, 40 and 60 patients, with 5 responses each."""
    return write_base(
        tmp_path_factory.mktemp("layout") / "base",
        *(
            trial(name, reports={"smith-2020": report({"one": analysis_set(n=n)}, [estimate(events=5)])})
            for name, n in (("alpha", 40), ("beta", 20), ("gamma", 60))
        ),
    )  # fmt: skip


@pytest.fixture
def run(root, monkeypatch, capsys):
    """Type words after `kb`; gives the exit status, stdout and stderr."""

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["kb", *words])
        monkeypatch.setenv("KB_RECORDS", str(root))
        with pytest.raises(SystemExit) as left:
            main()
        return (left.value.code, *capsys.readouterr())

    return typed


class _Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        return True


def _starts(text, *words):
    return [
        line.split()[0]
        for line in text.splitlines()
        if line.split()[:1] and line.split()[0] in words
    ]


def test_limit_and_sort_of_a_comparison(run):
    """The largest first, the rest counted: under a table, and on stderr where there is none."""
    _, out, err = run("compare", "orr", "--sort", "n", "--limit", "2")
    assert ["gamma", "alpha"] == _starts(out.split("\n\nLeft out")[0], "alpha", "beta", "gamma")
    assert "Left out by --limit\n  1 of 3 analysis sets\n" in out
    assert "" == err
    _, out, err = run("compare", "orr", "--sort", "n:asc", "--limit", "1", "--format", "json")
    assert ["beta"] == [row["trial"] for row in json.loads(out)["rows"]]
    assert "left out by --limit: 2 of 3 analysis sets\n" == err
    _, out, err = run("compare", "orr", "--limit", "3")
    assert ("Left out" in out, err) == (False, "")


def test_limit_and_sort_of_a_table(run):
    """A list is sorted by a column, and lines are counted."""
    _, out, _ = run("list", "--sort", "n", "--limit", "2", "--columns", "trial,n")
    assert "Trial/arm  Largest n" in out
    assert ["gamma", "alpha"] == _starts(out, "alpha", "beta", "gamma")
    assert "Left out by --limit\n  1 of 3 lines\n" in out


def test_columns_and_brief(run):
    """Only the columns that were asked for; in brief one line a number."""
    _, out, _ = run("compare", "orr", "alpha", "--columns", "orr,n")
    assert "ORR (95% CI)   n\n" in out
    _, out, _ = run("compare", "orr", "alpha", "--brief")
    assert "alpha  one  40  12.5% (5/40)  4.2%–26.8%†  smith-2020/one" in out
    _, out, _ = run("compare", "orr", "alpha", "--style", "jama", "--columns", "orr")
    assert "(95% CI, 4.2-26.8) computed†" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("compare orr --columns n --format json", "--columns lays out a table"),
        ("compare orr --brief --format csv", "--brief lays out a table"),
        ("list --sort n --limit 1 --format csv", "--sort, --limit lays out a table"),
        ("compare orr --brief --style jama", "--brief is in the house style"),
        ("compare orr --columns phase", "'phase' is no column of this table; it has analysis-set"),
        ("compare orr --sort rank", "'rank' is nothing to sort by"),
        ("list --sort n:up", "a direction is asc or desc"),
        ("compare orr --limit 0", "0 is not in the range"),
        ("pool orr --limit 1", "No such option: --limit"),
        ("forest orr --brief", "No such option: --brief"),
        ("check --no-pager", "No such option: --no-pager"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(run, words, said):
    """An option that cannot be used is never ignored."""
    status, out, err = run(*words.split())
    assert (2, "") == (status, out)
    assert said in err


def test_options_are_those_of_the_table():
    """Each verb has options that exist; what was asked does not outlive its call."""
    assert {one for options in LAYOUTS.values() for one in options} == set(OPTIONS)
    seen = []
    verb = with_layout(lambda: seen.append(ASKED.get()), "compare")
    verb(columns="n", sort="", limit=2, brief=False, no_pager=False)
    assert [Layout(columns="n", limit=2)] == seen
    assert Layout() == ASKED.get()
    assert print is with_layout(print, "schema")


@pytest.mark.parametrize(
    ("setting", "asked", "through"),
    [
        ("", Layout(), True), ("less", Layout(), True), ("off", Layout(), False),
        ("cat", Layout(), False), ("", Layout(no_pager=True), False),
    ],
)  # fmt: skip
def test_pager_or_not(monkeypatch, setting, asked, through):
    """A pager is used unless KB_PAGER or --no-pager says that it is not wanted."""
    monkeypatch.setenv("KB_PAGER", setting)
    token = ASKED.set(asked)
    try:
        assert through is paged()
    finally:
        ASKED.reset(token)


def _screen(monkeypatch):
    """A terminal of ten lines with somebody before it."""
    monkeypatch.setenv("LINES", "10")
    monkeypatch.setattr(sys, "stdin", _Terminal())
    stream = _Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.delenv("PAGER", raising=False)
    return stream


@pytest.mark.parametrize(("lines", "through"), [(9, False), (10, True)])
def test_long_answers_go_through_a_pager(monkeypatch, tmp_path, lines, through):
    """What fits above the prompt is printed; one line more goes to the pager whole."""
    screen = _screen(monkeypatch)
    kept = tmp_path / "kept"
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\ncat > "{kept}"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("KB_PAGER", str(script))
    text = "18.7%–45.1%†\n" * lines
    terminal.show(text, paged=True)
    assert through is kept.exists()
    assert text == (kept.read_text(encoding="utf-8") if through else screen.getvalue())


def test_a_pager_that_is_not_there(monkeypatch):
    """Without the pager, and where none is wanted, an answer is printed."""
    screen = _screen(monkeypatch)
    monkeypatch.setenv("PAGER", "no-such-pager-anywhere")
    terminal.show("a\n" * 20, paged=True)
    terminal.show("b\n" * 20, paged=False)
    assert "a\n" * 20 + "b\n" * 20 == screen.getvalue()


@pytest.mark.parametrize(("kind", "through"), [("xterm", True), ("dumb", False), ("", False)])
def test_the_usual_pager_needs_a_screen(monkeypatch, kind, through):
    """Where the terminal says that it can move nothing, an answer is printed."""
    screen = _screen(monkeypatch)
    monkeypatch.setattr(terminal, "PAGER", "true")
    monkeypatch.delenv("KB_PAGER", raising=False)
    monkeypatch.setenv("TERM", kind)
    terminal.show("a\n" * 20, paged=True)
    assert ("" if through else "a\n" * 20) == screen.getvalue()


def test_a_pager_that_is_left_early(monkeypatch):
    """Leaving the pager before the end is no error."""
    screen = _screen(monkeypatch)
    monkeypatch.setenv("PAGER", "true")
    terminal.show("line\n" * 100_000, paged=True)
    assert "" == screen.getvalue()


@pytest.mark.parametrize(
    ("columns", "lines", "found"),
    [("100", "30", (100, 30)), ("", "", (80, 24)), ("wide", "0", (80, 24))],
)
def test_size_of_a_terminal(monkeypatch, columns, lines, found):
    """COLUMNS and LINES are believed where they are numbers; else it is asked, else 80 by 24."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", lines)
    assert found == terminal.size(io.StringIO())


@pytest.mark.parametrize(
    ("setting", "kind", "coloured"),
    [("", "xterm", True), ("1", "xterm", False), ("", "dumb", False)],
)
def test_colour(monkeypatch, setting, kind, coloured):
    """Colour is for terminals that have it and people who did not say no."""
    monkeypatch.setenv("NO_COLOR", setting)
    monkeypatch.setenv("TERM", kind)
    assert coloured is terminal.coloured(_Terminal())
    assert terminal.coloured(io.StringIO()) is False


def test_messages_fit_a_terminal(monkeypatch):
    """A remark is wrapped to the terminal of stderr between words, and left alone in a pipe."""
    monkeypatch.setenv("COLUMNS", "30")
    message = "sets-mixed: intention to treat (gem-doc-sts-second-line)\naccept with: a,b"
    for stream, said in (
        (
            _Terminal(),
            "sets-mixed: intention to treat\n  (gem-doc-sts-second-line)\naccept with: a,b\n",
        ),
        (io.StringIO(), f"{message}\n"),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        say(message)
        assert said == stream.getvalue()


def test_wrong_usage_fits_a_terminal(run, monkeypatch):
    """What is said about wrong usage is wrapped like every other message."""
    monkeypatch.setenv("COLUMNS", "50")
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    run("compare", "orr", "--columns", "n", "--format", "json")
    error = stream.getvalue().partition("Error: ")[2].splitlines()
    assert [True, True, True] == [
        len(f"Error: {line}" if not at else line) <= 50 for at, line in enumerate(error)
    ]
    assert error[0].startswith("Invalid value for --format: --columns")


def test_an_answer_fits_a_terminal(run, monkeypatch):
    """Tables, findings and problems are as wide as the terminal, whichever it is."""
    for columns in ("40", "80"):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("KB_PAGER", "off")
        for words in ("compare orr", "list", "audit", "show alpha", "terms drug", "gaps"):
            stream = _Terminal()
            monkeypatch.setattr(sys, "stdout", stream)
            run(*words.split())
            wide = [one for one in stream.getvalue().splitlines() if len(one) > int(columns)]
            assert [] == [one for one in wide if len(one.split()) > 1], (words, columns)
            assert words == "audit" or stream.getvalue()
