"""The three rates and the score."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from huiyin.cli.environment import setup
from huiyin.kernel.figures import said
from huiyin.kernel.measures import FIRST, MEASURES, VARIANTS

if TYPE_CHECKING:
    from huiyin.kernel.measures import By
    from huiyin.review.figures import Table


@click.command()
@click.option("--period", default="assess", show_default=True, help="2026-11, assess:2026-11, 2026-11-01..2026-11-20 …")
@click.option("--by", type=click.Choice(["unit", "category"]), default="unit", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One object, with the definitions.")
@click.option(
    "--facts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Count a folder of `huiyin facts` again, for its period: no database is asked.",
)
def command(period: str, by: By, as_json: bool, facts: Path | None) -> None:
    """Response, resolution, satisfaction and score, by unit or category; this assessment month by default."""
    if facts is not None:
        _recount(facts, by, as_json=as_json)
        return
    setup()
    from huiyin.review import figures, periods
    from huiyin.review.report import report

    try:
        asked = periods.read(period)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    table = figures.table(by, asked)
    if as_json:
        click.echo(json.dumps(report(table), ensure_ascii=False, indent=1))
    else:
        _print(table)


def _recount(folder: Path, by: By, *, as_json: bool) -> None:
    from huiyin.review.recount import recount

    try:
        found = recount(folder, by)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print_recount(found, by)


def _print_recount(found: dict[str, Any], by: By) -> None:
    grid = Grid(title=escape(found["period"]["label"]), caption="剔除后 after exclusions: ( )")
    grid.add_column(by)
    for name in FIRST:
        grid.add_column(MEASURES[name].label_zh, justify="right")
    for line in [*found["lines"], {"name": "Σ", "figures": found["pooled"]}]:
        figures = line["figures"]
        grid.add_row(
            escape(line["name"]), *(_said(*(_text(name, figures[which][name]) for which in VARIANTS)) for name in FIRST)
        )
    Console().print(grid)


def _text(name: str, figure: dict[str, float | None]) -> str:
    value = figure["value"]
    return said(None if value is None else Fraction(str(value)), MEASURES[name])


def _print(table: Table) -> None:
    from huiyin.review import cells, periods

    grid = Grid(title=periods.said(table.period), caption="剔除后 after exclusions: ( )")
    grid.add_column(table.by)
    for name in FIRST:
        grid.add_column(cells.label(MEASURES[name]), justify="right")
    for line in table.lines:
        grid.add_row(
            escape(line.name),
            *(_said(line.figures["all"][name].text, line.figures["net"][name].text) for name in FIRST),
        )
    grid.add_section()
    grid.add_row("Σ", *(_said(table.pooled["all"][name].text, table.pooled["net"][name].text) for name in FIRST))
    means = ([table.mean[variant].get(name) for variant in ("all", "net")] for name in FIRST)
    grid.add_row("x̄", *(_said(all_.text, net.text) if all_ and net else "" for all_, net in means))
    Console().print(grid)


def _said(text: str, net: str) -> str:
    return text if text == net else f"{text} ({net})"
