"""Fit triage on the district's own history."""

import json
from dataclasses import asdict

import click

from huiyin.cli.environment import setup


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, nothing else.")
def command(*, as_json: bool) -> None:
    """Learn categories from dispatched cases; prints the score on the latest fifth, kept aside."""
    setup()
    from huiyin.assign.learning import learn
    from huiyin.assign.starting import start

    try:
        lesson = learn()
    except ValueError as error:
        taught = start()
        told = (
            f" Until then the list's own words answer, taught by {taught:,} texts without categories." if taught else ""
        )
        raise click.ClickException(f"{error}{told}") from error
    if as_json:
        click.echo(json.dumps(asdict(lesson)))
        return
    click.echo(
        f"Learned {lesson.categories} categories from {lesson.cases:,} cases; "
        f"{lesson.accuracy:.1%} right on the latest {lesson.held_out:,}, kept aside "
        f"(macro-F1 {lesson.macro_f1:.3f}, calibration error {lesson.calibration_error:.3f}).\n"
        f"Model card: {lesson.card}"
    )
