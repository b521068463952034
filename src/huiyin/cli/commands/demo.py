"""What `make run` ends in: the fictional district, web, worker and live pages, on this machine."""

import os
import socket
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
from huiyin.config.server import Supervisor, port_is_free

HOST = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 only when somebody says so
HUIYIN = (sys.executable, "-m", "huiyin.cli.main")
PATIENCE_SECONDS = 60


@click.command()
@click.option("--host", default=HOST, show_default=True, help="0.0.0.0 to open it on phones in the same network.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--cases", default=fill.CASES, show_default=True, type=click.IntRange(0), help="Only on the first start.")
@click.option("--seed", default=fill.SEED, show_default=True, help="The same seed simulates the same year.")
def command(host: str, port: int, cases: int, seed: int) -> None:
    """Run a fictional district: fill it on the first start, then serve it until Ctrl-C."""
    require_port(host, port)
    live = _port_beside(host, port)
    os.environ.setdefault("HUIYIN_LIVE_URL", f":{live}")
    os.environ.setdefault("HUIYIN_HOSTS", ",".join(dict.fromkeys(["localhost", HOST, "[::1]", shown(host)])))
    prepare()
    # A process of its own, so that the one that stays is small.
    filled = subprocess.run([*HUIYIN, "fill", f"--cases={cases}", f"--seed={seed}"], check=False)  # noqa: S603
    if filled.returncode != 0:
        sys.exit(filled.returncode)
    keep_running()
    supervisor = Supervisor(
        {
            "web": [*HUIYIN, "serve", f"--host={host}", f"--port={port}"],
            "live": [*HUIYIN, "live", f"--host={host}", f"--port={live}", "--processes=1"],
            "worker": [*HUIYIN, "worker"],
        }
    )
    supervisor.run(after_start=lambda stopping: announce(host, port, stopping))
    click.echo("Stopped.", err=True)


def _port_beside(host: str, port: int) -> int:
    """For the live pages: the next one that is free."""
    found = next((number for number in range(port + 1, min(port + 100, 65536)) if port_is_free(host, number)), None)
    if found is None:
        raise click.ClickException(f"No port after {port} is free for the live pages: choose another with --port.")
    return found


def shown(host: str) -> str:
    """The name to open it by; for 0.0.0.0 this machine's address in its network."""
    if host != EVERYWHERE:
        return "localhost" if host == HOST else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only chooses the way out
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"


def announce(host: str, port: int, stopping: threading.Event) -> None:
    for _ in range(PATIENCE_SECONDS * 5):
        if answers(HOST if host == EVERYWHERE else host, port):
            welcome(shown(host), port)
            return
        if stopping.wait(0.2):
            return
    click.echo(f"The web process does not answer after {PATIENCE_SECONDS} s: the lines above say why.", err=True)


def answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500  # noqa: PLR2004
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(host: str, port: int) -> None:
    from huiyin.packs.reader import read_pack

    pack = read_pack(fill.PACK)
    units = {unit.code: unit.name for unit in pack.units}
    table = Table("account", "who", "unit", title=f"Demo accounts, password {fill.PASSWORD}", title_justify="left")
    for account in pack.accounts:
        table.add_row(account.username, account.name, units[account.unit])
    console = Console()
    console.print(table)
    console.print(f"{pack.district.name} is open at [bold]http://{host}:{port}/[/bold]  (Ctrl-C stops it)")
