"""Branch coverage room by room, held to what each must have.

`pytest --cov=kb --cov-branch --cov-report=json` writes `coverage.json`; this reads it, prints a
line a room and leaves with status 1 where one has less than its share. Lines that no test can
reach carry `# pragma: no cover` and the reason.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

LEAST = {
    "stats": 100.0,
    "checks": 100.0,
    "printed": 100.0,
    "rows": 100.0,
    "comparison": 95.0,
    "audits": 95.0,
    "synthesis": 95.0,
    "rendering": 95.0,
    "exporters": 95.0,
    "graphs": 95.0,
    "query": 95.0,
    "tables": 95.0,
    "store": 95.0,
    "model": 95.0,
    "vocabulary": 95.0,
    "cli": 90.0,
}


def shares(report: Path) -> dict[str, float]:
    """Percent of the statements and branches of each room that tests run."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, one in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        parts = Path(name).parts
        room = parts[parts.index("kb") + 1]
        totals = one["summary"]
        counted[room][0] += totals["covered_lines"] + totals["covered_branches"]
        counted[room][1] += totals["num_statements"] + totals["num_branches"]
    return {room: 100 * run / every for room, (run, every) in counted.items() if every}


def main() -> None:
    """Print every room; status 1 where one is below its share."""
    found = shares(Path(sys.argv[1] if len(sys.argv) > 1 else "coverage.json"))
    low = [room for room, least in LEAST.items() if found.get(room, 0.0) < least]
    for room, least in LEAST.items():
        mark = "  below" if room in low else ""
        print(f"{room:<12} {found.get(room, 0.0):6.2f} %, at least {least:g} %{mark}")
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
