"""Bring the database up to this release."""

import click

from huiyin.cli.environment import setup


@click.command()
def command() -> None:
    """Bring the database up to this release; nothing else."""
    setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
