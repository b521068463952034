"""A token that lets a program use the API as an account."""

import click

from huiyin.cli.environment import setup


@click.command()
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What it is for; shown to administrators.")
def command(username: str, name: str) -> None:
    """Print a new token for USERNAME. It is shown once; only a digest is kept."""
    setup()
    from huiyin.api.models import ApiToken
    from huiyin.people.models import Account

    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise click.ClickException(f"There is no active account {username}. `huiyin manage createsuperuser` makes one.")
    click.echo(ApiToken.make(account, name))
