"""The demonstration district and its year."""

import click
from rich.progress import Progress

from huiyin.cli.environment import setup

PACK = "muhe"
PASSWORD = "huiyin-demo"  # noqa: S105 - printed for everybody to use; `huiyin demo` listens on this machine only
CASES = 20_000
SEED = 12345
_READING_SECONDS = 60


@click.command()
@click.option("--cases", default=CASES, show_default=True, type=click.IntRange(0))
@click.option("--seed", default=SEED, show_default=True)
def command(cases: int, seed: int) -> None:
    """Migrate, load the demonstration district, simulate its year. Leaves a district that has cases as it is."""
    setup()
    from django.core.management import call_command

    click.echo("Database …", err=True)
    call_command("migrate", interactive=False, verbosity=0)

    from huiyin.cases.models import Case
    from huiyin.cli.packs import load_pack

    if not Case.objects.exists():
        click.echo("District …", err=True)
        load_pack(PACK, password=PASSWORD)
        _simulate(cases, seed)
        click.echo("Similar cases and topics …", err=True)
        _read()
        _hold()


def _simulate(cases: int, seed: int) -> None:
    from huiyin.cli.simulate import simulate

    with Progress(transient=True) as progress:
        bar = progress.add_task(f"A year of {cases:,} cases", total=cases)
        simulate(cases=cases, seed=seed, progress=lambda done, _total: progress.update(bar, completed=done))


def _hold() -> None:
    from huiyin.cli.simulate import bulletins, indicators, reception, standing
    from huiyin.cli.simulate.hall import hold
    from huiyin.cli.simulate.monthly import review_months
    from huiyin.cli.simulate.polls import put_to_the_vote
    from huiyin.cli.simulate.ranking import rank
    from huiyin.cli.simulate.season import report

    report()
    rank()
    meeting = hold()
    reception.open_desks(meeting)
    reception.publish_lines()
    put_to_the_vote(meeting)
    indicators.bring()
    standing.score()
    bulletins.report()
    review_months()


def _read() -> None:
    """What the worker would do of itself within half an hour: the first look at the district is not at empty pages."""
    from django.utils import timezone

    from huiyin.alike import domain, topics

    domain.read_new(seconds=_READING_SECONDS, everything=True)
    topics.find(timezone.now())
