"""`kb list`: the arms that match."""

from __future__ import annotations

from typing import Any

from kb.cli.options import Format, Output, Records, TableFormat, with_filters
from kb.cli.output import base_at, leave_if_empty, put


@with_filters
def list_(
    *,
    records: Records = None,
    form: TableFormat = Format.TEXT,
    output: Output = None,
    criteria: dict[str, Any],
) -> None:
    """List trials and arms that match, with regimen, line, reports and largest n."""
    from kb.query.select import select

    base = base_at(records)
    leave_if_empty(base, "this knowledge base holds no trial yet; `kb new` starts one")
    found = select(base, **criteria)
    if not found.arms:
        from kb.comparison.emptiness import no_arm

        leave_if_empty(found.arms, no_arm(base, criteria))
    put(found, form=form, output=output)
