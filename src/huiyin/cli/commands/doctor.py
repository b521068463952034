"""What is wrong with this installation."""

import json
import sys
from dataclasses import asdict

import click

from huiyin.config.doctor import examine


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port the web process uses.")
@click.option("--live-port", type=int, help="The port of huiyin live; else that of HUIYIN_LIVE_URL, or 8100.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(port: int, live_port: int | None, as_json: bool) -> None:
    """Say what is wrong with this installation, and what to do about it."""
    findings = examine(port, live_port)
    well = all(finding.ok for finding in findings)
    if as_json:
        click.echo(json.dumps({"ok": well, "checks": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            mark = click.style("✓", fg="green") if finding.ok else click.style("✗", fg="red")
            click.echo(f"{mark} {finding.name}: {finding.detail}")
            if not finding.ok:
                click.echo(f"    → {finding.advice}")
    if not well:
        sys.exit(1)
