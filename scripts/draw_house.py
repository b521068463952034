"""Draw docs/house.svg: the rooms on their floors, and an arrow for every import between them, read from the code.

`python scripts/draw_house.py` writes it; `--check` says whether the drawing is the code's.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

FLOORS = (
    ("5", ("cli", "config", "api", "live", "site")),
    ("4¾", ("cockpit", "monthly", "bulletins", "indicators", "standing")),
    ("4½", ("review", "rounds", "reception", "polls")),
    ("4", ("townhall", "timers")),
    ("3", ("collect", "assign", "answer", "evaluate")),
    ("2", ("cases", "alike", "assistant")),
    ("1", ("people", "packs", "notices")),
    ("0", ("kernel", "language", "documents")),
)
TARGET = Path(__file__).parent.parent / "docs" / "house.svg"
WIDTH, STOREY, ROOM_WIDTH, ROOM_HEIGHT = 960, 118, 150, 52
COLOURS = {
    "5": "#8a8175",
    "4¾": "#b7791f",
    "4½": "#b7791f",
    "4": "#b7791f",
    "3": "#c8371f",
    "2": "#1f1d1a",
    "1": "#2f7d5b",
    "0": "#6d675e",
}


def imports() -> dict[tuple[str, str], int]:
    """(importer, imported) → how many modules of one room import how many of the other."""
    graph = grimp.build_graph("huiyin", cache_dir=None)
    counted: dict[tuple[str, str], int] = {}
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            pair = (_room(module), _room(other))
            if pair[0] != pair[1] and "" not in pair:
                counted[pair] = counted.get(pair, 0) + 1
    return counted


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def places() -> dict[str, tuple[float, float, str]]:
    found = {}
    for row, (floor, rooms) in enumerate(FLOORS):
        gap = (WIDTH - 60) / len(rooms)
        for column, room in enumerate(rooms):
            found[room] = (60 + gap * (column + 0.5), 50 + row * STOREY, floor)
    return found


def svg() -> str:
    where = places()
    height = 50 + len(FLOORS) * STOREY - 30
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="system-ui,sans-serif">',
            "<title>The rooms of Huiyin and the imports between them</title>",
            '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#6d675e"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{height}" fill="#faf8f4"/>',
            *_storeys(),
            *_arrows(where),
            *_rooms(where),
            "</svg>",
            "",
        ]
    )


def _storeys() -> Iterator[str]:
    for row, (floor, _) in enumerate(FLOORS):
        y = 50 + row * STOREY
        yield f'<text x="18" y="{y + 6}" font-size="15" fill="#8a8175">{floor}</text>'
        yield f'<path d="M14 {y + 58}H{WIDTH - 14}" stroke="#e6e0d5"/>'


def _arrows(where: dict[str, tuple[float, float, str]]) -> Iterator[str]:
    for (importer, imported), count in sorted(imports().items()):
        x1, y1, _ = where[importer]
        x2, y2, _ = where[imported]
        start, end = (y1 + ROOM_HEIGHT / 2, y2 - ROOM_HEIGHT / 2) if y2 > y1 else (y1, y2)
        width = min(3.5, 0.8 + count / 12)
        if y1 == y2:
            side = ROOM_WIDTH / 2 if x2 > x1 else -ROOM_WIDTH / 2
            path = f"M{x1 + side:.0f} {y1}L{x2 - side:.0f} {y2}"
        else:
            bend = (start + end) / 2
            path = f"M{x1:.0f} {start:.0f}C{x1:.0f} {bend:.0f} {x2:.0f} {bend:.0f} {x2:.0f} {end:.0f}"
        yield (
            f'<path d="{path}" fill="none" stroke="#6d675e" stroke-opacity=".45" stroke-width="{width:.1f}" '
            f'marker-end="url(#a)"><title>{importer} → {imported}: {count} imports</title></path>'
        )


def _rooms(where: dict[str, tuple[float, float, str]]) -> Iterator[str]:
    for room, (x, y, floor) in where.items():
        left, top = x - ROOM_WIDTH / 2, y - ROOM_HEIGHT / 2
        yield (
            f'<rect x="{left:.0f}" y="{top:.0f}" width="{ROOM_WIDTH}" height="{ROOM_HEIGHT}" rx="12" fill="#fffefb" '
            f'stroke="{COLOURS[floor]}" stroke-width="1.6"/>'
        )
        yield (
            f'<text x="{x:.0f}" y="{y + 6:.0f}" text-anchor="middle" font-size="17" font-weight="600" fill="#1f1d1a">{room}</text>'
        )


def main() -> int:
    drawn = svg()
    if "--check" in sys.argv:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == drawn
        print("docs/house.svg is the code's." if same else "docs/house.svg is stale: python scripts/draw_house.py")
        return 0 if same else 1
    TARGET.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
