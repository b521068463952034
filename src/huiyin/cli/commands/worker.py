"""The background process: imports, suggestions, notices."""

import click

from huiyin.cli.environment import setup
from huiyin.config.database import keep_running
from huiyin.config.server import follow_parent


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs at a time.")
def command(concurrency: int) -> None:
    """Work off the queue until told to stop."""
    setup()
    follow_parent()
    keep_running()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(concurrency=concurrency, shutdown_graceful_timeout=10)
