"""What was set aside, in one line a report and reason, with all the numbers that it concerns."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def by_report(found: Iterable[tuple[str, str]]) -> list[str]:
    """Pairs of an address and a reason as `trial/report (set, set): reason`, in their order.

    Sets that share the rest of their addresses are listed with it once: `(a, b; orr/proportion)`.
    An address that is none of a record stands whole.
    """
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for address, why in found:
        parts = address.split("/")
        if len(parts) < 4:
            groups["", "", why].append(address)
        else:
            groups["/".join(parts[:2]), "/".join(parts[3:]), why].append(parts[2])
    lines = []
    for (report, number, why), names in groups.items():
        listed = ", ".join(dict.fromkeys(names))
        lines.append(f"{report} ({listed}; {number}): {why}" if report else f"{listed}: {why}")
    return lines
