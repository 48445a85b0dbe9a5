"""The command line: parse options, make one call, print the result, exit with a status.

Each command is a module, imported only when it runs, so that no command waits for what it does not need.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import islice
from typing import Any

import click

from ..errors import NlcGraphError
from . import watchdog
from .text import escaped

#: Command to the module that holds it, in the order of ``--help``.
COMMANDS = {
    "impacts": "impacts",
    "show": "show",
    "find": "find",
    "query": "query",
    "queries": "query",
    "view": "view",
    "export": "export",
    "analyse": "analyse",
    "passage": "passages",
    "passages": "passages",
    "validate": "validate",
    "sheet": "sheet",
    "compare": "compare",
    "diff": "diff",
    "publish": "publish",
    "load": "load",
    "serve": "serve",
}
#: Commands that read files and never a store or an endpoint.
FILES_ONLY = ("load", "validate", "diff")


class Failure(click.ClickException):
    """The command could not run: one line on standard error and exit status 2."""

    exit_code = 2


class Commands(click.Group):
    """A group that imports a command when it is needed and turns our errors into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f".{COMMANDS[cmd_name]}", __name__), cmd_name)
        return command if isinstance(command, click.Command) else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Accept the global options after the name of the command too."""
        return super().parse_args(ctx, self._options_first(args))

    def _options_first(self, args: list[str]) -> list[str]:
        options = [option for option in self.params if isinstance(option, click.Option) and not option.is_eager]
        is_flag = {name: option.is_flag for option in options for name in option.opts}
        first: list[str] = []
        rest: list[str] = []
        remaining = iter(args)
        for arg in remaining:
            name, equals, _ = arg.partition("=")
            if arg == "--":
                rest += [arg, *remaining]
            elif name not in is_flag:
                rest.append(arg)
            elif equals or is_flag[name]:
                first.append(arg)
            else:
                value = list(islice(remaining, 1))
                if not value:
                    return [arg]  # click reports the missing value
                first += [arg, *value]
        return first + rest

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Suggest the nearest command for an unknown one."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            nearest = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {nearest[0]}? " if nearest else ""
            raise Failure(f"unknown command {args[0]!r}; {hint}commands: {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours becomes one line, a programming error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except NlcGraphError as error:
            raise Failure(str(error)) from error
        except UnicodeEncodeError as error:
            if error.reason != "surrogates not allowed":
                raise
            raise Failure("an argument is not UTF-8 text; type it again") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", "data", multiple=True, metavar="PATH", help="Add a file or folder of evidence; repeatable.")
@click.option("--no-bundled", is_flag=True, help="Leave out the evidence of the 2005 enquiry.")
@click.option("--store", metavar="DIR", help="Use only the store that `load` built in DIR.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Stop after this time.")
@click.option("--allow-service", is_flag=True, help="Allow queries to call other hosts with SERVICE.")
@click.option("--endpoint", metavar="URL", help="Use only a remote SPARQL 1.1 endpoint.")
@click.option("--prefix", "prefixes", multiple=True, metavar="NAME=IRI", help="Add a prefix for CURIEs; repeatable.")
@click.version_option(package_name="nlc-graph", message="%(prog)s %(version)s")
@click.pass_context
def cli(
    ctx: click.Context,
    data: tuple[str, ...],
    no_bundled: bool,
    store: str | None,
    endpoint: str | None,
    prefixes: tuple[str, ...],
    timeout: float | None,
    allow_service: bool,
) -> None:
    """Which practices relate to which impacts, on what evidence?

    An evidence graph of school networks, built from the Networked Learning Communities enquiry of 2005.

    \b
    Examples:
      nlc-graph impacts attendance
      nlc-graph show "learning mentors"
      nlc-graph query practices-for-outcome -p outcome=attendance

    The options below work with every command, before or after its name.
    """
    if timeout is not None:
        watchdog.exit_after(timeout)
    ctx.obj = (data, not no_bundled)
    ctx.meta.update(store=store, endpoint=endpoint, timeout=timeout, allow_service=allow_service)
    ctx.meta["prefixes"] = dict(map(_prefix, prefixes))
    for option, value in (("--store", store), ("--endpoint", endpoint)):
        if value is None:
            continue
        if data or no_bundled or (store and endpoint):
            raise click.UsageError(f"{option} replaces all other evidence; leave out the other options for evidence")
        if ctx.invoked_subcommand in FILES_ONLY or (endpoint and ctx.invoked_subcommand == "serve"):
            raise click.UsageError(f"{ctx.invoked_subcommand} reads files and takes no {option}")


def _prefix(text: str) -> tuple[str, str]:
    from ..vocabulary import is_iri

    name, equals, iri = text.partition("=")
    if not equals or not name.replace("-", "").isalnum() or not is_iri(iri):
        raise click.UsageError(f"--prefix {text}: write it as name=IRI, such as t=https://example.org/tiny/")
    return name, iri


def main() -> None:
    """Run ``nlc-graph`` and exit with its status."""
    watchdog.exit_on_interrupt()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_pipe = not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="utf-8" if is_pipe else None, errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit status; a reader that closes the pipe (``| head``) gives status 2."""
    try:
        status = cli.main(args or ["--help"], prog_name="nlc-graph", standalone_mode=False)
        if sys.stdout:  # None if it is closed
            sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "nlc-graph"
        return fail(f"{error.format_message()} (see {command} --help)")
    except click.ClickException as error:
        return fail(error.format_message())
    except MemoryError:
        return fail("not enough memory; narrow the question, or `nlc-graph load` the evidence into a store on disk")
    except BrokenPipeError:
        _discard_output()
        return 2
    except OSError as error:
        _discard_output()
        return fail(f"{error.filename or 'standard output'}: {error.strerror}")


def fail(message: str) -> int:
    """Print one line on standard error and return status 2."""
    click.echo(f"nlc-graph: {escaped(' '.join(message.split()))}", err=True)
    return 2


def _discard_output() -> None:
    # Otherwise Python tries to write the rest when it exits, and prints a traceback.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
