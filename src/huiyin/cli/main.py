"""`huiyin COMMAND`: one file in `huiyin/cli/commands` is one command; it is imported only when it is asked for."""

import os
import pkgutil
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

import huiyin.cli.commands
from huiyin.cli.faults import explain


class Fault(click.ClickException):
    exit_code = 2


class Commands(click.Group):
    """The files of the folder. What people can mend ends with one sentence and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        found = {module.name.replace("_", "-") for module in pkgutil.iter_modules(huiyin.cli.commands.__path__)}
        return sorted({*found, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{huiyin.cli.commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def invoke(self, ctx: click.Context) -> None:
        try:
            super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except Exception as error:
            sentence = explain(error)
            if sentence is None or debugging():
                raise
            raise Fault(sentence) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="huiyin")
def cli() -> None:
    """Huiyin 回音: every request gets an echo."""


def debugging() -> bool:
    return os.environ.get("HUIYIN_DEBUG") == "1"


def main() -> NoReturn:
    signal.signal(signal.SIGTERM, _end)
    try:
        cli.main(prog_name="huiyin")
    except Exception as error:
        if debugging():
            raise
        click.echo(f"huiyin: unexpected {type(error).__name__}: {error} (HUIYIN_DEBUG=1 shows where)", err=True)
    sys.exit(1)


def _end(number: int, _: FrameType | None) -> NoReturn:
    """Leave in the ordinary way, so that everything opened is closed."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
