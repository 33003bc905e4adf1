"""Write everything under docs/reference from the code; `--check` says what is stale instead."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

import kb
from kb import checks
from kb.base import Model
from kb.comparison.caveats import RULES as CAVEATS
from kb.comparison.harm_caveats import RULES as HARM_CAVEATS
from kb.model import Trial
from kb.printed.measure import MEASURES
from kb.rows.columns import columns
from kb.rows.harm_columns import harm_columns
from kb.stats.proportions.intervals import METHODS
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.terms import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterable

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py; edit the code instead. -->\n\n"


def said(*words: str) -> str:
    """What the command line answers, at a fixed width."""
    settings = {**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"}
    call = [sys.executable, "-m", "kb", *words]
    done = subprocess.run(call, capture_output=True, text=True, check=True, env=settings)
    return done.stdout


def command_help(*words: str) -> str:
    """The help text of a verb."""
    return said(*words, "--help").strip()


def verbs() -> list[str]:
    """The verbs of the command line, in the order of its help."""
    from kb.cli import VERBS

    return list(VERBS)


def cli() -> str:
    """The reference of the command line."""
    parts = [
        "# Command line\n",
        "Data goes to stdout, everything else to stderr. "
        "Exit status: 0 fine; 1 problems, findings or nothing matched; 2 wrong usage.\n",
        f"```text\n{command_help()}\n```\n",
    ]
    for verb in verbs():
        parts += [f"## kb {verb}\n", f"```text\n{command_help(verb)}\n```\n"]
    return "\n".join(parts)


def _type_words(annotation: Any) -> str:
    """A field's type as a curator reads it."""
    origin = get_origin(annotation)
    name = getattr(annotation, "__name__", str(annotation))
    if origin is None:
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
        return {
            "str": "text",
            "int": "whole number",
            "bool": "true or false",
            "NoneType": "",
            "Printed": "number",
            "Any": "anything",
        }.get(name, name)
    inner = [_type_words(one) for one in get_args(annotation) if one is not type(None)]
    if "Annotated" in str(origin):
        return inner[0]
    if "Literal" in str(origin):
        return " \\| ".join(f"`{one}`" for one in get_args(annotation))
    if origin in (tuple, list):
        return f"list of {inner[0]}"
    if origin is dict:
        return f"map of {inner[1]}"
    return " or ".join(dict.fromkeys(one for one in inner if one))


def _models(model: type[Model], seen: dict[type[Model], None]) -> None:
    if model in seen:
        return
    seen[model] = None

    def walk(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, Model):
            _models(annotation, seen)
        for one in get_args(annotation):
            walk(one)

    for field in model.model_fields.values():
        walk(field.annotation)


def record() -> str:
    """The reference of the record format, field by field in canonical order."""
    seen: dict[type[Model], None] = {}
    _models(Trial, seen)
    parts = [
        "# Record format\n",
        "One trial, one YAML file in `records/trials/`, named as its id. "
        "Keys stand in the order of these tables. Numbers stay as printed.\n",
    ]
    for model in seen:
        parts += [
            f"## {model.__name__}\n",
            f"{inspect.getdoc(model)}\n",
            "| field | type | required | meaning |",
            "| --- | --- | --- | --- |",
        ]
        for name, field in model.model_fields.items():
            required = "yes" if field.is_required() else ""
            words = _type_words(field.annotation)
            parts.append(
                f"| `{field.alias or name}` | {words} | {required} | {field.description or ''} |"
            )
        parts.append("")
    return "\n".join(parts)


def _rule_sections(rules: Iterable[Any]) -> list[str]:
    parts = []
    for rule in rules:
        parts += [f"## {rule.__name__.replace('_', '-')}\n", f"{inspect.getdoc(rule)}\n"]
    return parts


def checks_page() -> str:
    """The reference of checks: problems of records, which block loading."""
    rules = [*checks.RULES, *checks.ACROSS, *checks.VOCABULARY_RULES]
    return "\n".join(
        [
            "# Checks\n",
            "A problem is about a record, and blocks loading. `kb check` lists all of them in one pass. "
            "Shape and words come first: `missing-field`, `unknown-field`, `unknown-word`, "
            "`unknown-drug` and the like. The rules below wait until the shape of a record is sound.\n",
            *_rule_sections(rules),
        ]
    )


def caveats_page() -> str:
    """The reference of caveats: remarks that travel with a comparison."""
    return "\n".join(
        [
            "# Caveats\n",
            "A caveat is about rows shown together: what makes them hard to compare. "
            "It travels with the table in every format.\n",
            *_rule_sections(CAVEATS),
            "# Caveats about harms\n",
            *_rule_sections(HARM_CAVEATS),
        ]
    )


def audits_page() -> str:
    """The reference of audits: findings about sources, which never block."""
    from kb import audits
    from kb.audits.digitised_curves import CURVE_RULES, CURVE_YIELDED
    from kb.audits.rules.curves import ratio_against_curves
    from kb.audits.severities import YIELDED

    parts = [
        "# Audits\n",
        "A finding is about a source, and never blocks. `kb audit` lists them; `acknowledged:` in "
        "a record silences one with a reason.\n",
    ]
    for rule in audits.RULES:
        name = rule.__name__.replace("_", "-")
        parts += [f"## {name}\n", f"*{' or '.join(YIELDED[name])}*\n", f"{inspect.getdoc(rule)}\n"]
    parts += [
        "# Digitised curves\n",
        "`kb audit --curve CURVE.csv` holds these against a curve that was read off a figure.\n",
    ]
    for of_curve in (*CURVE_RULES, ratio_against_curves):
        name = of_curve.__name__.replace("_", "-")
        declared = " or ".join(CURVE_YIELDED[name])
        parts += [f"## {name}\n", f"*{declared}*\n", f"{inspect.getdoc(of_curve)}\n"]
    return "\n".join(parts)


def methods() -> str:
    """The reference of interval methods."""
    parts = [
        "# Interval methods of one proportion\n",
        "| method | source | advice |",
        "| --- | --- | --- |",
    ]
    parts += [f"| `{name}` | {one.citation} | {one.advice} |" for name, one in METHODS.items()]
    return "\n".join(parts) + "\n"


def vocabulary() -> str:
    """The reference of the vocabulary files."""
    parts = [
        "# Vocabulary\n",
        "Words are data: one YAML file per kind in `records/vocabulary/`. "
        "`kb terms KIND` lists them with how often they are used.\n",
    ]
    for kind, (name, _) in KINDS.items():
        model = MODELS[kind]
        parts += [
            f"## {kind}\n",
            f"`{name}.yaml`. {inspect.getdoc(model)}\n",
            "| field | type | required | meaning |",
            "| --- | --- | --- | --- |",
        ]
        for field_name, field in model.model_fields.items():
            required = "yes" if field.is_required() else ""
            words = _type_words(field.annotation)
            parts.append(
                f"| `{field.alias or field_name}` | {words} | {required} | {field.description or ''} |"
            )
        parts.append("")
    return "\n".join(parts)


def python() -> str:
    """The reference of the public names."""
    parts = ["# Python\n", "`import kb` loads nothing else; every name is resolved on first use.\n"]
    for name in kb.__all__:
        thing = getattr(kb, name)
        is_class = inspect.isclass(thing)
        try:
            signature = "" if is_class else str(inspect.signature(thing))
        except (TypeError, ValueError):
            signature = ""
        parts += [f"## kb.{name}\n"]
        if signature:
            parts.append(f"```text\n{name}{signature}\n```\n")
        parts.append(f"{inspect.getdoc(thing)}\n")
    return "\n".join(parts)


def errors() -> str:
    """The reference of exceptions."""
    import kb.errors as module

    return f"# Errors\n\n```text\n{inspect.getdoc(module)}\n```\n"


def columns_page() -> str:
    """The dictionary of the flat fields of a row."""
    parts = [
        "# Columns\n",
        "The fields of a row, in the order of CSV and JSON. Text is empty and numbers are null "
        "where the source is silent. In Python the same names are attributes of `kb.Row`.\n",
        "| name | type | unit | meaning |",
        "| --- | --- | --- | --- |",
    ]
    parts += [f"| `{one.name}` | {one.type} | {one.unit} | {one.meaning} |" for one in columns()]
    parts += ["", "## Harms", "", "Columns of `kb harms` and `kb export harms`.", ""]
    parts += ["| column | type | unit | meaning |", "|---|---|---|---|"]
    parts += [
        f"| `{one.name}` | {one.type} | {one.unit} | {one.meaning} |" for one in harm_columns()
    ]
    return "\n".join(parts)


def measures_page() -> str:
    """What each measure is: contrast, scale, null, unit, decimals, direction."""
    parts = [
        "# Measures\n",
        "What a number can be. A computed value has these decimals; an interval is symmetric on "
        "the scale; a contrast sets two sets side by side and has no effect at its null. Where "
        "more of the endpoint is better, the better direction of the measure is given.\n",
        "| measure | name | short | contrast | scale | null | unit | decimals | better |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in MEASURES.items():
        null = "" if one.null is None else f"{one.null:g}"
        cells = (
            f"`{name}`", one.name, one.short, "yes" if one.contrast else "", one.scale, null,
            one.unit, str(one.decimals), one.better("higher"),
        )  # fmt: skip
        parts.append(f"| {' | '.join(cells)} |")
    return "\n".join(parts)


def schema() -> str:
    """The JSON Schema of a record, for editors."""
    return said("schema")


PAGES = {
    "cli.md": cli, "record.md": record, "checks.md": checks_page, "caveats.md": caveats_page,
    "audits.md": audits_page, "methods.md": methods, "vocabulary.md": vocabulary,
    "python.md": python, "errors.md": errors, "record.schema.json": schema,
    "columns.md": columns_page, "measures.md": measures_page,
}  # fmt: skip


def fresh() -> dict[str, str]:
    """Every generated page by file name."""
    return {
        name: (NOTE if name.endswith(".md") else "") + write().rstrip() + "\n"
        for name, write in PAGES.items()
    }


def main() -> None:
    """Write the pages, or with --check list those that are stale."""
    REFERENCE.mkdir(exist_ok=True)
    stale = []
    for name, text in fresh().items():
        path = REFERENCE / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    print(*(stale or ["everything is current"]), sep="\n")
    sys.exit(1 if stale and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()
