"""Hold the stored cases against their events."""

import json
import sys
from collections import Counter
from datetime import datetime
from time import monotonic

import click

from huiyin.cli.environment import setup

_SHOWN = 20


@click.group()
def command() -> None:
    """Hold stored cases against their events."""


@command.command()
@click.option("--from", "first", default=1, show_default=True, help="Begin at this id (the digits that end a number).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, nothing else.")
def rebuild(first: int, as_json: bool) -> None:
    """Fold every case's events again and compare with what is stored; exit 1 when anything differs."""
    setup()
    from huiyin.cases.rebuild import check_cases

    started, cases, events = monotonic(), 0, 0
    columns: Counter[str] = Counter()
    differing: list[tuple[str, tuple[str, ...]]] = []
    for checked in check_cases(first=first):
        cases, events = cases + 1, events + checked.events
        if checked.differs:
            columns.update(checked.differs)
            differing.append((checked.number, checked.differs))
        if cases % 5000 == 0 and sys.stderr.isatty():
            click.echo(f"\r{cases:,} cases, {events:,} events", nl=False, err=True)
    seconds = monotonic() - started
    found = {
        "cases": cases, "events": events, "agree": cases - len(differing), "seconds": round(seconds, 3),
        "differ": {number: list(names) for number, names in differing}, "columns": dict(columns),
    }  # fmt: skip
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else _told(cases, events, seconds, differing))
    raise SystemExit(1 if differing else 0)


def _told(cases: int, events: int, seconds: float, differing: list[tuple[str, tuple[str, ...]]]) -> str:
    rate = f"{events / seconds:,.0f} events/s" if seconds else ""
    lines = [
        f"{cases - len(differing):,} of {cases:,} cases agree with their {events:,} events ({seconds:.1f} s, {rate})."
    ]
    lines += [f"  {number}: {', '.join(names)}" for number, names in differing[:_SHOWN]]
    if len(differing) > _SHOWN:
        lines.append(f"  … and {len(differing) - _SHOWN:,} more; --json lists all.")
    return "\n".join(lines)


@command.command()
def whistles() -> None:
    """Make the rows of whistles and called units anew from the events."""
    setup()
    from huiyin.answer.projection import rebuild as whistles_anew

    click.echo(f"{whistles_anew():,} whistles made anew from their events.")


@command.command()
@click.argument("number")
def verify(number: str) -> None:
    """Follow one case's chain from its first event; exit 1 when it is broken or the stored case differs."""
    setup()
    from huiyin.cases.models import Case
    from huiyin.cases.rebuild import check_cases

    pk = Case.objects.filter(number=number.upper()).values_list("id", flat=True).first()
    if pk is None:
        raise click.ClickException(f"There is no case {number}.")
    (checked,) = check_cases(first=pk, last=pk)
    if checked.differs:
        raise click.ClickException(f"{checked.number}: {', '.join(checked.differs)}")
    click.echo(f"{checked.number}: {checked.events} events, chain whole, stored case agrees.")


@command.command()
@click.option(
    "--before", type=click.DateTime(["%Y-%m-%d"]), help="Archived before this day; else by HUIYIN_RETENTION_DAYS."
)
def erase(before: datetime | None) -> None:
    """Erase what names a person from cases archived long enough ago. The worker does this every night."""
    setup()
    from django.utils import timezone

    from huiyin.cases.retention import erase_before, retention_ends

    moment = timezone.make_aware(before) if before else retention_ends()
    click.echo(f"{erase_before(moment):,} cases erased that were archived before {moment:%Y-%m-%d}.")
