"""The fact table as a file that anybody can count again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from huiyin.cli.environment import setup


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--period", default="assess", show_default=True, help="2026-11, assess:2026-11, 2026-11-01..2026-11-20 …")
def command(folder: Path, period: str) -> None:
    """Write the facts of a period, one row a case, as Parquet, with the definition of every measure."""
    setup()
    from huiyin.review import handing, periods

    try:
        asked = periods.read(period)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    folder.mkdir(parents=True, exist_ok=True)
    handed = handing.write(folder / "facts.parquet", asked)
    definitions = json.dumps(handing.definitions(asked, handed.as_of), ensure_ascii=False, indent=1)
    (folder / "definitions.json").write_text(definitions + "\n", encoding="utf-8")
    click.echo(f"{folder}: facts.parquet, {handed.rows} cases; definitions.json")
