"""Load a district."""

import click

from huiyin.cli.environment import setup


@click.command()
@click.argument("code")
def command(code: str) -> None:
    """CODE is a pack that ships (muhe, fengtai) or a folder of your own. Loading again updates; nothing is removed."""
    setup()
    from huiyin.cli.packs import load_pack
    from huiyin.packs.reader import PackError

    try:
        pack = load_pack(code)
    except PackError as error:
        raise click.ClickException("\n".join(error.problems)) from error
    click.echo(
        f"{pack.district.name}: {len(pack.units)} units, {len(pack.areas)} areas, {len(pack.catalogue)} catalogue rows."
    )
