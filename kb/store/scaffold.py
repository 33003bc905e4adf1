"""New files: a record to fill in, a further report, an empty base. Nothing is ever overwritten.

What is written states no fact: every word that a person has to decide is `TODO`, which `kb check`
refuses with what is asked for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import KBError
from kb.store.layout import MARK, packaged, shipped
from kb.store.reader import read_record, read_vocabulary
from kb.store.reading import Reading
from kb.store.source import Source
from kb.store.todo import MARK as TODO, RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.errors import Problem
    from kb.vocabulary import Vocabulary

TRIAL = """\
id: {id}
title: {title}
{registrations}phase: TODO
design:
  allocation: TODO                # single-arm | parallel-cohorts | randomised
  timing: TODO                    # prospective | retrospective | not-stated
  # comparative: TODO             # of randomised arms: false if they were not to be compared
population:
  histologies: TODO               # kb terms histology
  line: TODO                      # first | anthracycline-naive | second | previously-treated | …
  from: {report}

arms:
{arms}
reports:
"""
ARM = """\
  {arm}:
    name: {name}
    # role: TODO                  # of randomised arms: experimental | control
    regimen:
      from: {report}
      phases:
        - components:
{drugs}"""
REPORT = """\
  {report}:
    citation:                     # of the document that is read; doi, pmid, url as it prints them
{citation}      title: TODO
      container: TODO
      year: TODO
    read: TODO                    # full-text | abstract | registry | conference | news | …
    extraction: {{status: single, date: {today}}}
    assessment: {{criteria: TODO, assessor: TODO, confirmed: TODO}}
    analysis_sets:                # n: only if it is printed
{sets}
      # {first}-part: {{arm: {first}, population: TODO, n: TODO, of: {first}, subgroup: {{histology: TODO}}}}
    # Numbers as they are printed; what is not printed is left out. Take the # off what there is.
    # estimates:
    #   - {{endpoint: TODO, set: {first}, measure: proportion, events: TODO, value: TODO, interval: {{level: TODO, low: TODO, high: TODO}}, locator: TODO}}
    #   - {{endpoint: TODO, set: {first}, measure: median, unit: TODO, value: TODO, interval: {{level: TODO, low: TODO, high: TODO}}, locator: TODO}}
    # contrasts:
    #   - {{endpoint: TODO, measure: TODO, kind: TODO, experimental: {first}, reference: {second}, value: TODO, interval: {{level: TODO, low: TODO, high: TODO}}, p: TODO, locator: TODO}}
    # harms:
    #   - {{set: {first}, event: TODO, grade: TODO, relation: TODO, events: TODO, value: TODO, locator: TODO}}
"""  # noqa: E501  (lines of a record)
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def new_record(
    root: Path,
    trial_id: str,
    *,
    title: str = "",
    arms: Sequence[str] = (),
    report: str = "",
    doi: str = "",
    registration: str = "",
) -> Path:
    """Write a record in which everything that is not given is `TODO`; returns its path.

    `arms` are regimens as drug ids joined by `+`. KBError if the id is malformed or taken, if the
    base is the copy inside an installed package, or if what is given would not check clean.
    """
    _refuse_shipped(root)
    if not ID.fullmatch(trial_id):
        raise KBError(f"{trial_id!r} is not an id: lower-case letters, digits and hyphens")
    path = root / "trials" / f"{trial_id}.yaml"
    taken = record_path(root, trial_id)
    if taken is not None:
        raise KBError(f"{taken} exists; nothing was written. A further report: --report ID")
    vocabulary = read_vocabulary(root)[0]
    regimens = [_drugs(vocabulary, one) for one in arms] or [[TODO]]
    ids = ["-".join(one) for one in regimens]
    report_id = report or TODO
    text = TRIAL.format(
        id=trial_id,
        title=json.dumps(title, ensure_ascii=False) if title else TODO,
        registrations=f"registrations: [{json.dumps(registration)}]\n" if registration else "",
        report=report_id,
        arms="".join(
            ARM.format(
                arm=arm,
                name=" + ".join(drugs),
                report=report_id,
                drugs="".join(f"            - {{drug: {drug}}}\n" for drug in drugs),
            )
            for arm, drugs in zip(ids, regimens, strict=True)
        ),
    )
    text += _report(report_id, doi, ids)
    _refuse_unsound(text, path, root, vocabulary)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def new_report(root: Path, trial_id: str, report: str, *, doi: str = "") -> Path:
    """Add a report to a record, below those it has; returns the path of the record.

    Nothing else in the file is touched, and the file is replaced as a whole. KBError if there is no
    such record, if it has a report of that id, or if it cannot be read as a record.
    """
    _refuse_shipped(root)
    path = record_path(root, trial_id)
    if path is None:
        raise KBError(f"there is no record {trial_id!r} under {root / 'trials'}")
    if not ID.fullmatch(report):
        raise KBError(f"{report!r} is not an id: lower-case letters, digits and hyphens")
    source = Source(path, path.name)
    data = source.read()
    if source.problems:
        raise KBError("\n".join(["nothing was written:", *map(str, source.problems)]))
    reports, arms = (
        data.get(name) if isinstance(data, dict) else None for name in ("reports", "arms")
    )
    if not (isinstance(reports, dict) and reports and isinstance(arms, dict) and arms):
        raise KBError(f"{path} has no `arms` and `reports` to add to; nothing was written")
    if report in reports:
        raise KBError(f"{path} has a report {report!r} already; nothing was written")
    lines = source.text.splitlines(keepends=True)
    first = source.place(("reports", next(iter(reports))), at_key=True)
    if first.line == source.place(("reports",), at_key=True).line:
        raise KBError(f"{path}: `reports` stands in braces; write it as a block first")
    end = _end_of_block(lines, first.line, first.column - 1)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    indent = " " * (first.column - 1 - 2)
    block = [f"{indent}{line}" for line in _report(report, doi, list(arms)).splitlines()]
    before = [*lines[:end]]
    if before and not before[-1].endswith("\n"):
        before[-1] += ending
    text = "".join([*before, ending, *(f"{line}{ending}" for line in block), *lines[end:]])
    _refuse_unsound(text, path, root, read_vocabulary(root)[0], before=source.text)
    _replace(path, text)
    return path


def record_path(root: Path, trial_id: str) -> Path | None:
    """Where the record of a trial lies, wherever under `trials/`; None where there is none."""
    if not ID.fullmatch(trial_id):
        return None
    return next((root / "trials").rglob(f"{trial_id}.yaml"), None)


def _report(report: str, doi: str, arms: Sequence[str]) -> str:
    import datetime as dt

    return REPORT.format(
        report=report,
        citation=f"      doi: {json.dumps(doi)}\n" if doi else "",
        today=dt.datetime.now(tz=dt.UTC).date(),
        sets="\n".join(f"      {arm}: {{arm: {arm}, population: {TODO}}}" for arm in arms),
        first=arms[0],
        second=arms[1] if len(arms) > 1 else TODO,
    )


def _end_of_block(lines: list[str], first: int, indent: int) -> int:
    """The line after the last one that belongs to a block which starts in line `first`.

    It ends at the next line that is indented less and is neither blank nor a comment; blank lines
    and comments in front of that which stand further left belong to what follows.
    """
    end = first
    for number, line in enumerate(lines[first:], first + 1):
        bare = line.strip()
        depth = len(line) - len(line.lstrip(" "))
        if bare and depth < indent and not bare.startswith("#"):
            break
        if bare and depth >= indent:
            end = number
    return end


def _refuse_shipped(root: Path) -> None:
    if shipped(root):
        raise KBError(
            f"{root} came with the package and goes with its next version; "
            "start a base of your own with `kb init DIR` and work in it"
        )


def _refuse_unsound(
    text: str, path: Path, root: Path, vocabulary: Vocabulary, before: str = ""
) -> None:
    """KBError if a text has problems other than what is to be decided, and had not before."""
    known = {(one.rule, one.message) for one in _problems(before, path, root, vocabulary)}
    found = [
        one
        for one in _problems(text, path, root, vocabulary)
        if one.rule != RULE and (not before or (one.rule, one.message) not in known)
    ]
    if found:
        raise KBError("\n".join(["nothing was written:", *map(str, found)]))


def _problems(text: str, path: Path, root: Path, vocabulary: Vocabulary) -> list[Problem]:
    alone = Reading(root, "", vocabulary, {}, {}, [])
    source = Source(path, path.name, text)
    read_record(source, alone, {"explain_term": vocabulary.explain})
    return alone.problems


def _replace(path: Path, text: str) -> None:
    """Put a text in the place of a file at once, with the mode of the file."""
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        shutil.copymode(path, part)
        Path(part).replace(path)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def _drugs(vocabulary: Vocabulary, regimen: str) -> list[str]:
    return [vocabulary.resolve("drug", one.strip()) for one in regimen.split("+")]


def new_base(folder: Path, title: str = "") -> Path:
    """An empty knowledge base with the packaged vocabulary; KBError if the folder is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KBError(f"{folder} exists and is not an empty folder; nothing was written")
    (folder / "trials").mkdir(parents=True)
    shutil.copytree(packaged() / "vocabulary", folder / "vocabulary")
    named = json.dumps(title or folder.resolve().name, ensure_ascii=False)
    (folder / MARK).write_text(f"format: 1\ntitle: {named}\n", encoding="utf-8")
    return folder
