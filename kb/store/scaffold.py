"""New files: a record to fill in, an empty knowledge base. Nothing is ever overwritten."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

from kb.errors import KBError
from kb.store.layout import MARK, packaged, shipped
from kb.store.reader import read_record, read_vocabulary
from kb.store.reading import Reading
from kb.store.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kb.vocabulary import Vocabulary

TEMPLATE = """\
id: {id}
title: {title}
{registrations}phase: not-stated
design:
  allocation: single-arm          # single-arm | parallel-cohorts | randomised
  timing: prospective             # prospective | retrospective
population:
  histologies: [soft-tissue-sarcoma]
  line: not-stated                # first | anthracycline-naive | second | previously-treated | …
  from: {report}

arms:
{arms}
reports:
  {report}:
    citation:{citation}
    read: abstract                # full-text | abstract | registry | conference | news | …
    extraction: {{status: single, date: {today}}}
    assessment: {{criteria: not-stated, assessor: not-stated, confirmed: not-stated}}
    analysis_sets:
{sets}
    # Take the numbers as they are printed; leave out what is not.
    # estimates:
    #   - {{endpoint: orr, set: {first}, measure: proportion, events: 16, value: 30.8,
    #      interval: {{level: 95, low: 18.7, high: 45.1}}, locator: "Abstract, Results"}}
    #   - {{endpoint: pfs, set: {first}, measure: median, unit: months, value: 6.2,
    #      interval: {{level: 95, low: 2.6, high: not-reached}}, locator: "Abstract, Results"}}
"""


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
    """Write a record that checks clean and has no numbers yet; returns its path.

    `arms` are regimens as drug ids joined by `+`. KBError if the id is malformed or taken, if the
    base is the copy inside an installed package, or if what is given would not check clean.
    """
    import datetime as dt

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", trial_id):
        raise KBError(f"{trial_id!r} is not an id: lower-case letters, digits and hyphens")
    if shipped(root):
        raise KBError(
            f"{root} came with the package and goes with its next version; "
            "start a base of your own with `kb init DIR` and work in it"
        )
    path = root / "trials" / f"{trial_id}.yaml"
    taken = next((root / "trials").rglob(f"{trial_id}.yaml"), None)
    if taken is not None:
        raise KBError(f"{taken} exists; nothing was written")
    today = dt.datetime.now(tz=dt.UTC).date()
    vocabulary = read_vocabulary(root)[0]
    regimens = [_drugs(vocabulary, one) for one in arms] or [["doxorubicin"]]
    ids = ["-".join(one) for one in regimens]
    report_id = report or f"author-{today.year}"
    text = TEMPLATE.format(
        id=trial_id,
        title=json.dumps(title or f"Title of {trial_id}", ensure_ascii=False),
        registrations=f"registrations: [{json.dumps(registration)}]\n" if registration else "",
        report=report_id,
        citation=f"\n      doi: {json.dumps(doi)}"
        if doi
        else f" {{year: {today.year}}}        # authors, title, container, year, doi, pmid, url, …",
        today=today,
        first=ids[0],
        arms="".join(
            f"  {arm}:\n    name: {' + '.join(drugs)}\n    regimen:\n      from: {report_id}\n"
            f"      phases:\n        - components:\n"
            + "".join(f"            - {{drug: {drug}}}\n" for drug in drugs)
            for arm, drugs in zip(ids, regimens, strict=True)
        ),
        sets="\n".join(f"      {arm}: {{arm: {arm}, population: not-stated}}" for arm in ids),
    )
    source = Source(path, path.name, text)
    alone = Reading(root, "", vocabulary, {}, {}, [])
    read_record(source, alone, {"explain_term": vocabulary.explain})
    if alone.problems:
        raise KBError("\n".join(["nothing was written:", *map(str, alone.problems)]))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


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
