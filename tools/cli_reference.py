"""Write ``docs/cli.md`` from the help texts of the command line: ``make docs``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from nlc_graph.cli import cli

REFERENCE = Path(__file__).parent.parent / "docs" / "cli.md"
WIDTH = 100
HEAD = """# Command reference

Written by `make docs` from the help texts. [guide.md](guide.md) explains how to use the commands.
"""


def reference() -> str:
    """Return the reference: one section a command, with its help text."""
    sections = [f"## {name}\n\n```text\n{text}\n```\n" for name, text in _help(cli, "nlc-graph", None)]
    return "\n".join([HEAD, *sections])


def _help(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(command, parent, name, terminal_width=WIDTH, **command.context_settings)
    yield context.command_path, command.get_help(context).strip()
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found:
                yield from _help(found, child, context)


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
