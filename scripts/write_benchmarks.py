"""Write the figures of the last run (var/bench.json) into docs/benchmarks.md: a row a figure, a column a size.

Tables of benches that this machine has not run stay as they are.
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
START, END = "<!-- bench -->\n", "<!-- /bench -->"


def main() -> None:
    rows: list[dict[str, Any]] = json.loads((ROOT / "var" / "bench.json").read_text("utf-8"))
    before, rest = PAGE.read_text("utf-8").split(START)
    written, after = rest.split(END)
    tables = {_name(table): table.strip() + "\n" for table in written.split("\n\n") if table.strip()}
    fresh = {name: _table(name, [row for row in rows if row["bench"] == name]) for name in _distinct(rows, "bench")}
    shown = "\n".join((tables | fresh).values())
    PAGE.write_text(f"{before}{START}\n{shown}\n{END}{after}", "utf-8")


def _name(table: str) -> str:
    return table.split("|")[1].strip()


def _distinct(rows: list[dict[str, Any]], field: str) -> list[str]:
    return list(dict.fromkeys(row[field] for row in rows))


def _table(name: str, rows: list[dict[str, Any]]) -> str:
    sizes = _distinct(rows, "size")
    found = {(row["figure"], row["size"]): row for row in rows}
    lines = [f"| {name} | {' | '.join(sizes)} | unit | target |", f"|---|{'--:|' * len(sizes)}---|---|"]
    for figure in _distinct(rows, "figure"):
        cells = [found.get((figure, size)) for size in sizes]
        some = [cell for cell in cells if cell]
        lines.append(f"| {figure} | {' | '.join(map(_shown, cells))} | {some[0]['unit']} | {_target(some)} |")
    return "\n".join(lines) + "\n"


def _shown(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    return f"{cell['value']:,.0f}" if cell["value"] >= 100 else f"{cell['value']:.3g}"  # noqa: PLR2004


def _target(cells: list[dict[str, Any]]) -> str:
    """Met only where every size that has one meets it."""
    bound = [cell for cell in cells if cell["target"]]
    return f"{'✓' if all(cell['met'] for cell in bound) else '✗'} {bound[0]['target']}" if bound else ""


if __name__ == "__main__":
    main()
