"""The command line: options in, one call, text out, an exit status.

Each command is a module of its own, imported only when it runs, so that no command waits for what it does not need.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from itertools import islice
from typing import Any

import click

from ..cleanup import give_up
from ..errors import NlcGraphError
from . import streams, watchdog
from .text import escaped

#: Command to the module that holds it, in the order in which help lists them.
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
#: Commands that work on files and never on a store.
FILES_ONLY = ("load", "validate", "diff")


class Failure(click.ClickException):
    """One line on standard error and exit status 2: the command could not run."""

    exit_code = 2


class Commands(click.Group):
    """A group that finds its commands in :data:`COMMANDS` and is the one way out for errors."""

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
        """Take the options of all commands after the name of the command too."""
        return super().parse_args(ctx, self._options_first(ctx, args))

    def _options_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options of all commands, with their values, before the name of the command."""
        takes_value = {
            name: not option.is_flag
            for option in self.params
            if isinstance(option, click.Option) and not option.is_eager
            for name in option.opts
        }
        first: list[str] = []
        rest: list[str] = []
        words = iter(args)
        for word in words:
            name, equals, _ = word.partition("=")
            if word == "--":
                rest += [word, *words]
            elif name in takes_value:
                value = list(islice(words, 1)) if takes_value[name] and not equals else []
                if takes_value[name] and not equals and not value:
                    return [word]  # for click to say what it lacks
                first += [word, *value]
            else:
                rest.append(word)
        return first + rest

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest command where one is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            nearest = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {nearest[0]}? " if nearest else ""
            raise Failure(f"no command is called {args[0]!r}; {hint}commands: {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the user can mend becomes one line, a programming error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except NlcGraphError as error:
            raise Failure(str(error)) from error
        except UnicodeEncodeError as error:
            wrong = next((arg for arg in sys.argv if any("\ud800" <= c <= "\udfff" for c in arg)), None)
            if wrong is None:
                raise
            raise Failure(f"{wrong!r} is no UTF-8 text; type it anew") from error
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            if ctx.meta.get("endpoint") is None:
                raise
            from ..graph.endpoint import unexpected  # what anybody's server answers is no error of ours

            raise Failure(str(unexpected(ctx.meta["endpoint"], error))) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", "data", multiple=True, metavar="PATH", help="Add a file or folder of evidence; repeatable.")
@click.option("--no-bundled", is_flag=True, help="Leave out the evidence of the 2005 enquiry.")
@click.option("--store", metavar="DIR", help="Ask the store that `load` built in DIR, and nothing else.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Stop when it takes longer."
)
@click.option("--allow-service", is_flag=True, help="Let queries call other hosts by SERVICE; refused otherwise.")
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL 1.1 endpoint, and nothing else.")
@click.option("--prefix", "prefixes", multiple=True, metavar="NAME=IRI", help="Shorten identifiers by it; repeatable.")
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

    The options below go with every command, and may stand after it too.

    """
    ctx.obj = (data, not no_bundled)
    ctx.meta.update(store=store, endpoint=endpoint, timeout=timeout, allow_service=allow_service)
    ctx.meta["prefixes"] = dict(map(_prefix, prefixes))
    if timeout is not None:
        if timeout != timeout:
            raise click.UsageError("--timeout nan: give a number of seconds")
        watchdog.end_after(timeout)
    for option, value in (("--store", store), ("--endpoint", endpoint)):
        if value is not None and (data or no_bundled or (store and endpoint)):
            raise click.UsageError(f"{option} takes the place of other evidence; `load` takes --data and --no-bundled")
        if value is not None and ctx.invoked_subcommand in (*FILES_ONLY, *(["serve"] if endpoint else [])):
            raise click.UsageError(f"{ctx.invoked_subcommand} reads files, and takes no {option}")


def _prefix(text: str) -> tuple[str, str]:
    name, equals, iri = text.partition("=")
    if not equals or not name.replace("-", "").isalnum() or any(c in ' <>"{}|\\^`' for c in iri) or ":" not in iri:
        raise click.UsageError(f"--prefix {text}: write it as name=IRI, such as t=https://example.org/tiny/")
    return name, iri


def main() -> None:
    """Run ``nlc-graph``; a reader that went away (``| head``) ends it quietly with status 2."""
    streams.open_missing()
    watchdog.watch_for_interrupt()
    gc.disable()  # one command makes no cycles worth collecting, and looking for them costs 5 ms
    streams.set_encoding()
    try:
        status = cli.main(sys.argv[1:] or ["--help"], prog_name="nlc-graph", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        status = 2
    except click.exceptions.Abort:
        status = _failed("stopped")
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "nlc-graph"
        status = _failed(f"{error.format_message()} ({command} --help says more)")
    except click.ClickException as error:
        status = _failed(error.format_message())
    except OSError as error:  # of files, all is told where it happens; what is left is what is printed to
        place = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else "standard output"
        status = _failed(f"{place}: {error.strerror or error}; give it another place")
    except MemoryError:
        status = _failed(
            "not enough memory; narrow the question, or `nlc-graph load` the evidence into a store on disk"
        )
    watchdog.finish()
    give_up()
    streams.leave(status if isinstance(status, int) else 0)


def _failed(message: str) -> int:
    watchdog.finish()
    sys.unraisablehook = lambda _: None  # that a file half written cannot be closed either is no news
    with suppress(OSError):
        click.echo(f"nlc-graph: {escaped(' '.join(message.split()))}", err=True)
    return 2
