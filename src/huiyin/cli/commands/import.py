"""Files of other systems become cases."""  # noqa: N999 the command is called import

from __future__ import annotations

import json
import sys
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from huiyin.cli.environment import setup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huiyin.collect.importing import Map, Result
    from huiyin.collect.importing.runs import Progress

_SECONDS_A_LINE = 5.0


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "map_name", help="A shipped or drawn map, or a TOML file; found by the columns when not given.")
@click.option("--dry-run", is_flag=True, help="Check every row, import none.")
@click.option("--no-assign", is_flag=True, help="Leave every row to the dispatcher.")
@click.option("--json", "as_json", is_flag=True, help="One object on standard output, nothing else.")
def command(file: Path, *, map_name: str | None, dry_run: bool, no_assign: bool, as_json: bool) -> None:
    """Import FILE (CSV, XLSX, XLS, Parquet). Safe to repeat: rows that are here already are skipped."""
    setup()
    from huiyin.collect.importing import FileProblem, run

    try:
        chosen = _map(file, map_name)
        with _progress() as progress:
            result = run(file, chosen, dry_run=dry_run, assign=not no_assign, progress=progress)
    except FileProblem as problem:
        if as_json:
            click.echo(json.dumps({"error": {"zh": problem.zh, "en": problem.en}}, ensure_ascii=False))
            sys.exit(2)
        raise click.ClickException(f"{problem.zh}\n{problem.en}") from problem
    except BrokenExecutor as error:
        raise click.ClickException("A process of the import was killed. Run it again: it goes on.") from error
    click.echo(json.dumps(asdict(result), ensure_ascii=False) if as_json else _said(result))


def _map(file: Path, name: str | None) -> Map:
    from huiyin.collect.importing import FileProblem, find_map, fitting_map
    from huiyin.collect.importing.sheet import open_sheet

    if name:
        return find_map(name)
    found = fitting_map(open_sheet(file).columns)
    if found is None:
        raise FileProblem(
            "没有哪个映射认得这个文件的列。请用 --map 指定,或在浏览器的“导入”里配对列。",
            "No map knows these columns. Name one with --map, or pair the columns in the browser under Imports.",
        )
    return found


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, a line every few seconds elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (BarColumn(), TaskProgressColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)
        yield lambda done, rows: bars.update(bar, completed=done, total=rows)


def _lines() -> Progress:
    last = monotonic()

    def say(done: int, rows: int) -> None:
        nonlocal last
        if monotonic() - last >= _SECONDS_A_LINE:
            last = monotonic()
            click.echo(f"{done:,} / {rows:,}", err=True)

    return say


def _said(result: Result) -> str:
    verb = "would be imported" if result.dry_run else "imported"
    counts = f"{result.created:,} {verb}, {result.known:,} here already, {result.refused:,} refused"
    lines = [f"{result.rows:,} rows: {counts} ({result.seconds:.1f} s, map {result.map})."]
    if result.unused_columns:
        lines.append(f"Columns not used: {', '.join(result.unused_columns)}")
    if result.report:
        lines.append(f"What is wrong with which row: {result.report}")
    return "\n".join(lines)
