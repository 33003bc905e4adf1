"""What a shell is offered when it asks through the environment, as bash does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from builders import arm, randomised, report, trial, write_base
from kb.cli import VERBS, main

TOP = Path(__file__).resolve().parents[3]
HARMS = [{"set": "one", "event": "nausea", "events": 4, "locator": "p1"}]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Two trials, one with a harm."""
    return write_base(
        tmp_path_factory.mktemp("completion") / "base",
        randomised("alpha", arm("doxorubicin", "ifosfamide"), arm("doxorubicin")),
        trial("beta", reports={"smith-2020": report(harms=HARMS)}),
    )


@pytest.fixture
def offered(root, monkeypatch, capsys):
    """Type words after `kb`; gives what is offered for the last of them."""

    def typed(line, records=root):
        words = f"kb {line}".split(" ")
        monkeypatch.setenv("_KB_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", f"kb {line}")
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        monkeypatch.setenv("KB_RECORDS", str(records))
        monkeypatch.setattr(sys, "argv", ["kb"])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        assert (0, "") == (left.value.code, err)
        return out.split()

    return typed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("har", ["harms"]),
        ("compare orr al", ["alpha"]),
        ("compare orr,d", ["orr,dcr"]),
        ("compare orr --style j", ["jama", "jco"]),
        ("compare os --measure haz", ["hazard-ratio"]),
        ("list --drug ifo", ["ifosfamide"]),
        ("list --class chemotherapy-", ["chemotherapy-doublet"]),
        ("list --histology leio", ["leiomyosarcoma"]),
        ("list --line ", ["first"]),
        ("pool orr --accept quan", ["quantities-differ"]),
        ("pool orr --accept quantities-differ,regimens", ["quantities-differ,regimens-unlike"]),
        ("harms --event n", ["nausea"]),
        ("export bib", ["bibliography"]),
        ("show beta/", ["beta/smith-2020"]),
        ("related be", ["beta"]),
        ("terms histo", ["histology"]),
        ("compare orr --format la", ["latex"]),
        ("new gamma --report x", []),
    ],
)
def test_words(line, words, offered):
    """Options and arguments offer the words of the base, by their names."""
    assert words == offered(line)


def test_a_base_that_is_not_there(offered, tmp_path):
    """Where no base can be read nothing is offered, and nothing is complained of."""
    assert [] == offered("list --drug dox", tmp_path / "nowhere")


def test_as_a_process(root):
    """A shell asks a process; what it prints is one word a line."""
    settings = {
        **os.environ, "_KB_COMPLETE": "complete_bash", "COMP_WORDS": "kb list --trial ",
        "COMP_CWORD": "3", "KB_RECORDS": str(root), "PYTHONPATH": str(TOP),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "kb"], capture_output=True, text=True, env=settings, check=False
    )
    assert (0, "alpha\nbeta\n") == (done.returncode, done.stdout)


def test_the_script_for_bash():
    """`kb --show-completion` prints what a shell has to run; where no shell is found it says so."""
    call = f"{sys.executable} -m kb --show-completion bash"
    settings = {**os.environ, "PYTHONPATH": str(TOP)}
    done = subprocess.run(
        ["bash", "-c", f"{call}; true"], capture_output=True, text=True, env=settings, check=False
    )
    assert "_KB_COMPLETE=complete_bash" in done.stdout


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_offers_its_options(verb, offered):
    """No verb fails when it is asked for its options."""
    assert "--help" in offered(f"{verb} --")
