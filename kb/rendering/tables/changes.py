"""The changes from one base to another as a table."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kb.comparison.changes import KINDS
from kb.rendering.table import Column, Section, Table

if TYPE_CHECKING:
    from kb.comparison.changes import Diff


def table_of(view: Diff) -> Table:
    """One line per change, in a section per trial; the title counts numbers of each kind."""
    found = {kind: {one.address for one in view.changes if one.kind == kind} for kind in KINDS}
    counts = ", ".join(f"{len(numbers)} {kind}" for kind, numbers in found.items())
    sections = tuple(
        Section(trial, tuple((one.address, one.kind, one.field, one.old, one.new) for one in own))
        for trial, own in groupby(view.changes, key=lambda one: one.address.partition("/")[0])
    )
    columns = (
        Column("Number", yields=1, way="apart"),
        *map(Column, ("Change", "Field", "Old", "New")),
    )
    return Table(f"Numbers: {counts}", columns, sections)
