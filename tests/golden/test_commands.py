"""What every verb prints of a frozen base, word for word; rewritten only by --update-golden.

`commands.txt` lists the commands; `commands/<name>.txt` holds what each prints, its remarks on
stderr, its exit status, and the text of what it wrote. Of figures the words and how many marks
they have are kept, since coordinates change with every version of the library that draws them.
"""

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from kb.cli import main
from kb.synthesis.gate.reasons import REASONS

HERE = Path(__file__).parent
BASE = HERE / "base"
COMMANDS = dict(
    [part.strip() for part in line.split(" | ")]
    for line in (HERE / "commands.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def _later(folder):
    """The frozen base with one number changed, one taken away and one trial more."""
    later = folder / "later"
    shutil.copytree(BASE, later)
    path = later / "trials" / "saint.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("value: 24.7", "value: 25.8", 1), encoding="utf-8")
    (later / "trials" / "tnt.yaml").unlink()
    return later


def _broken(folder):
    """A base whose records have every kind of problem."""
    broken = folder / "broken"
    shutil.copytree(BASE, broken)
    for path in (broken / "trials").iterdir():
        if path.stem not in ("saint", "geddis"):
            path.unlink()
    path = broken / "trials" / "saint.yaml"
    text = path.read_text(encoding="utf-8").replace("phase: 2", "phase: two", 1)
    path.write_text(text.replace("endpoint: orr", "endpoint: orrr", 1), encoding="utf-8")
    return broken


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Compiled copies that the commands share, so that the base is read once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def places(tmp_path):
    """What stands for the words in braces."""
    return {
        "{out}": str(tmp_path),
        "{tables}": os.path.relpath(HERE / "tables"),
        "{base}": str(BASE),
        "{later}": str(_later(tmp_path)),
        "{broken}": str(_broken(tmp_path)),
        "{every}": ",".join(REASONS),
    }


def _figure(text):
    """The words of an SVG in their order, and how many marks it has."""
    words = re.findall(r"<text[^>]*>(.*?)</text>", text, re.DOTALL)
    marks = len(re.findall(r"<use ", text)), len(re.findall(r"<path ", text))
    return "\n".join([*words, f"({marks[0]} marks, {marks[1]} paths)"]) + "\n"


def _written(folder):
    for path in sorted(folder.iterdir()):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield f"--- {path.name}\n{_figure(text) if path.suffix == '.svg' else text}"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_command(name, places, tmp_path, request, monkeypatch, capsys, cache):
    """The command prints exactly this."""
    monkeypatch.chdir(HERE.parents[1])
    monkeypatch.setenv("KB_CACHE", str(cache))
    typed = COMMANDS[name]
    for word, meant in places.items():
        typed = typed.replace(word, meant)
    words = shlex.split(typed)
    by_itself = words[0] in ("check", "diff") or "--curve" in words
    if "--records" not in words and not by_itself:
        words += ["--records", str(BASE)]
    monkeypatch.setattr(sys, "argv", ["kb", *words])
    try:
        main()
    except SystemExit as left:
        status = left.code
    printed, remarks = capsys.readouterr()
    said = [f"--- stderr\n{remarks}"] if remarks else []
    parts = [f"$ kb {COMMANDS[name]}\n", printed, *said, f"--- exit {status}\n"]
    found = "".join([*parts, *_written(tmp_path)])
    for meant in (os.path.relpath(tmp_path), str(tmp_path), str(HERE.parents[1])):
        found = found.replace(meant + "/", "")
    path = HERE / "commands" / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found


def test_every_verb_has_a_golden_file():
    """A verb without a command here would change unseen; `new`, `init` and `schema` write files."""
    from kb.cli import VERBS

    called = {words.split()[0] for words in COMMANDS.values()}
    assert {"new", "init", "schema"} == set(VERBS) - called
    assert {path.stem for path in (HERE / "commands").iterdir()} == set(COMMANDS)


def test_every_format_has_a_golden_file():
    """A format of export or of text without a command here would change unseen."""
    from kb.exporters import FORMATS
    from kb.rendering.views import FORMATS as RENDERED

    unasked = {"export bibliography": "bibtex", "export graph": "graphml", "export r": "r"}
    shown = {"text"} | {
        form for start, form in unasked.items() if any(one.startswith(start) for one in COMMANDS.values())
    }  # fmt: skip
    for words in COMMANDS.values():
        shown |= set(re.findall(r"--format (\S+)", words))
    assert {*(one.name for one in FORMATS), *RENDERED} - shown == set()
