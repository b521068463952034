"""The web process."""

import click

from huiyin.cli.environment import prepare
from huiyin.config.database import keep_running
from huiyin.config.server import follow_parent, port_is_free

THREADS = 4  # per process; each keeps one database connection


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to be reached from other machines.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
def command(host: str, port: int, processes: int) -> None:
    """Serve the web pages and the API."""
    require_port(host, port)
    prepare()
    follow_parent()
    keep_running()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "huiyin.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def require_port(host: str, port: int) -> None:
    if not port_is_free(host, 0):
        raise click.ClickException(
            f"{host} is no address of this machine: leave --host out, or say 0.0.0.0 to be reached from other machines."
        )
    if not port_is_free(host, port):
        other = next((number for number in range(port + 1, port + 100) if port_is_free(host, number)), None)
        advice = f"choose another, for instance --port {other}" if other else "choose another with --port"
        raise click.ClickException(f"Port {port} on {host} is taken: {advice} (make run PORT=…).")
