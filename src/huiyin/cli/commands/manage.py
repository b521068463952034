"""Django's own commands, for people who work on Huiyin."""

import click

from huiyin.cli.environment import setup


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Django's management commands: makemigrations, shell, dbshell, …"""
    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["huiyin manage", *arguments])
