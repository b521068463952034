"""Suggest a category and a unit for texts, one JSON line each."""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

import click

from huiyin.cli.environment import setup

BATCH = 500


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--json", "as_json", is_flag=True, required=True, help="One suggestion a line.")
def command(file: IO[str], *, as_json: bool) -> None:  # noqa: ARG001 the flag states the format
    """FILE holds one JSON object a line with `text` (and `title`, `place`); - reads standard input."""
    setup()
    from huiyin.assign.domain import look_at

    for batch in _batches(_rows(file)):
        for suggestion in look_at(batch):
            click.echo(json.dumps(suggestion, ensure_ascii=False))


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"Line {number} is not JSON: {error}") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise click.ClickException(f"Line {number} needs an object with a text under “text”.")
        yield row


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
