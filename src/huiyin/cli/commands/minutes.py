"""Reviews and directives out of the report or minutes of a meeting."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from huiyin.language.documents import text_of
from huiyin.language.minutes import Minutes, read_minutes


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One object on standard output, nothing else.")
def command(file: Path, *, as_json: bool) -> None:
    """Read FILE (text or .docx): units reviewed with achievements and shortcomings, and what speakers demanded."""
    try:
        minutes = read_minutes(text_of(file.read_bytes()))
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(json.dumps(asdict(minutes), ensure_ascii=False, indent=1, default=str) if as_json else _said(minutes))


def _said(minutes: Minutes) -> str:
    counts = f"{len(minutes.reviews)} units reviewed, {len(minutes.directives)} directives"
    lines = [f"{counts} (due days counted from {minutes.at})."]
    for review in minutes.reviews:
        lines += ["", review.unit, *(f"  + {done}" for done in review.achievements)]
        lines += [f"  - {wanting}" for wanting in review.shortcomings]
    speaker = topic = ""
    for directive in minutes.directives:
        if (directive.speaker, directive.topic) != (speaker, topic):
            speaker, topic = directive.speaker, directive.topic
            lines += ["", f"{speaker} · {topic}" if topic else speaker]
        lines.append(f"  > {directive.text}" + (f" [{directive.due}]" if directive.due else ""))
    return "\n".join(lines)
