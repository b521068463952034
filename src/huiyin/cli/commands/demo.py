"""What `make run` ends in: the fictional district, web and worker, on this machine."""

import subprocess
import sys
import threading
from http.client import HTTPConnection, HTTPException

import click
from rich.console import Console
from rich.table import Table

from huiyin.cli.commands import fill
from huiyin.cli.commands.serve import require_port
from huiyin.cli.environment import prepare
from huiyin.config.database import keep_running
from huiyin.config.server import Supervisor

HOST = "127.0.0.1"
HUIYIN = (sys.executable, "-m", "huiyin.cli.main")
PATIENCE_SECONDS = 60


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--cases", default=fill.CASES, show_default=True, type=click.IntRange(0), help="Only on the first start.")
@click.option("--seed", default=fill.SEED, show_default=True, help="The same seed simulates the same year.")
def command(port: int, cases: int, seed: int) -> None:
    """Run a fictional district: fill it on the first start, then serve it until Ctrl-C."""
    require_port(HOST, port)
    prepare()
    # A process of its own, so that the one that stays is small.
    filled = subprocess.run([*HUIYIN, "fill", f"--cases={cases}", f"--seed={seed}"], check=False)  # noqa: S603
    if filled.returncode != 0:
        sys.exit(filled.returncode)
    keep_running()
    supervisor = Supervisor({"web": [*HUIYIN, "serve", f"--port={port}"], "worker": [*HUIYIN, "worker"]})
    supervisor.run(after_start=lambda stopping: announce(port, stopping))
    click.echo("Stopped.", err=True)


def announce(port: int, stopping: threading.Event) -> None:
    for _ in range(PATIENCE_SECONDS * 5):
        if answers(port):
            welcome(port)
            return
        if stopping.wait(0.2):
            return
    click.echo(f"The web process does not answer after {PATIENCE_SECONDS} s: the lines above say why.", err=True)


def answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500  # noqa: PLR2004
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(port: int) -> None:
    from huiyin.packs.reader import read_pack

    pack = read_pack(fill.PACK)
    units = {unit.code: unit.name for unit in pack.units}
    table = Table("account", "who", "unit", title=f"Demo accounts, password {fill.PASSWORD}", title_justify="left")
    for account in pack.accounts:
        table.add_row(account.username, account.name, units[account.unit])
    console = Console()
    console.print(table)
    console.print(f"{pack.district.name} is open at [bold]http://localhost:{port}/[/bold]  (Ctrl-C stops it)")
