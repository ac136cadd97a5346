"""The command group. Each command is imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from storegen import __version__
from storegen.cli.examples import examples
from storegen.errors import ProblemsError, StoregenError, UsageError, explain_os_error, suggest

COMMANDS = {
    "docs": "Read the documentation in the browser.",
    "new": "Make a new shop.",
    "build": "Build the shop.",
    "serve": "Show the shop while you edit it.",
    "check": "Find every mistake without writing anything.",
    "schema": "Write JSON Schemas, for completion in editors.",
    "import": "Bring in products of another platform.",
    "links": "Tag the addresses of campaigns.",
    "mail": "Write the mails of your series for your mail service.",
    "card": "Write packing cards, to be printed.",
    "funnel": "Show the way from lead pages to the cart.",
    "pay": "Make payment links, and check what the shop charges.",
    "theme": "Change parts of the theme.",
    "prices": "Record what things cost, and look it up.",
    "schedule": "List the times when the shop must be built.",
    "track": "Tell whose a parcel's number is, and link to it.",
    "verify-order": "Prove the prices of an order mail.",
}


STOPPED = 130  # the exit code that shells use for a command stopped by Ctrl+C


class _Lazy(click.Group):
    """A command group that imports commands on use, so that --version and --help stay fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and return it, None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"storegen.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their short help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the arguments; for an unknown name, suggest a similar one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f'there is no command "{args[0]}"{suggest(args[0], COMMANDS)}')
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        ("storegen docs", "read how to begin and how to publish"),
        ("storegen new my-shop", "make a shop with one product"),
        ("storegen new my-shop --language fi", "make a Finnish shop with one product"),
        ("storegen serve --site my-shop", "preview it; every save updates the page"),
        ("storegen build --site my-shop", "write it to my-shop/output/"),
        after="Help for one command: storegen build --help",
    ),
)
@click.version_option(__version__, prog_name="storegen")
def cli() -> None:
    """Turn a folder of YAML and Markdown into a fast static shop."""


def main() -> NoReturn:
    """Run the command line. Mistakes in content exit with 1, mistakes in usage with 2."""
    code = _run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the reader of the pipe is gone
            stream.flush()
    os._exit(code)  # freeing a whole shop's memory would take a tenth of a short build


def _run() -> int:
    try:
        return cli.main(standalone_mode=False) or 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return STOPPED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ProblemsError as error:
        from storegen.cli.problems import show_problems  # noqa: PLC0415 - few commands meet a mistake

        show_problems(error)
        return 1
    except UsageError as error:
        click.echo(f"storegen: {error}", err=True)
        return 2
    except StoregenError as error:
        click.echo(f"storegen: {error}", err=True)
        return 1
    except OSError as error:
        click.echo(f"storegen: {explain_os_error(error)}", err=True)
        return 1
    except MemoryError:
        click.echo("storegen: not enough memory; close other programs, or use --jobs 1", err=True)
        return 1
