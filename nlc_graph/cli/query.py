"""``nlc-graph query`` and ``nlc-graph queries``: SPARQL, named or one's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TypeVar

import click
import pyoxigraph as ox

from ..errors import ParameterError, QuerySyntaxError, UnknownQueryError
from ..graph import sparql
from ..graph.graph import Graph
from ..graph.queries import NamedQuery, named_queries, named_query, read_query, read_stream
from ..resources import query_files
from ..table import Table, as_table
from .options import FORMATS, enquiry_option, format_option, opened_for, print_rows, print_table, with_enquiries

T = TypeVar("T")

#: Formats of what a CONSTRUCT query returns.
GRAPH_FORMATS = ("ttl", "nt", "jsonld")


@click.command()
@click.argument("name", metavar="NAME|FILE|-")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter; repeatable.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *GRAPH_FORMATS]),
    help="How to print: rows as a table unless told; triples as Turtle.",
)
@enquiry_option
@click.pass_context
def query(ctx: click.Context, name: str, params: tuple[str, ...], enquiry: tuple[str, ...], form: str | None) -> None:
    """Run a named query, a file with SPARQL, or SPARQL from standard input (-).

    Parameters are variables such as ?_outcome_iri, given here as -p outcome=attendance: labels, identifiers, numbers
    or texts. The project's prefixes need no declaration. An ASK query prints true or false and exits with 0 or 1.

    Where the graph holds several enquiries, each row of a named query says from which it comes; --enquiry asks only
    what one of them states.

    \b
    Examples:
      nlc-graph query practices-for-outcome -p outcome=attendance
      echo 'SELECT ?n { ?n a nlc:Network }' | nlc-graph query -
    """
    graph = opened_for(ctx, enquiry, evidence=False)
    answer = answered(graph, name, params, lambda text: _answer(graph, text, form))
    if isinstance(answer, bool):
        click.echo(str(answer).lower())
        ctx.exit(0 if answer else 1)
    elif isinstance(answer, str):
        click.echo(answer, nl=False)
    else:
        # One's own query selects what its author wants to read.
        _print_rows(with_enquiries(graph, answer) if name in query_files() else answer, form or "table", graph)


def answered(graph: Graph, name: str, params: tuple[str, ...], answer: Callable[[str], T]) -> T:
    """Bind a named query, a file, or standard input (-), and answer it; a mistake in it is told with its name.

    :param params: ``name=value`` each
    :param answer: takes the SPARQL text
    """
    asked = _read(name)
    values: dict[str, object] = dict(_values(params))
    graph.look_up({**asked.defaults, **values}, asked.parameters)
    text = asked.bind(values, graph.resolve)
    try:
        sparql.check(text, prefixes=graph.prefixes, service=graph.allow_service)
        return answer(text)
    except QuerySyntaxError as error:
        error.name = asked.name
        raise


def _answer(graph: Graph, text: str, form: str | None) -> Table | bool | str:
    kind = sparql.query_form(text)
    if kind in ("CONSTRUCT", "DESCRIBE"):
        return _triples(graph, text, form or "ttl")
    if form in GRAPH_FORMATS:
        raise ParameterError(f"--format {form} is for CONSTRUCT queries; this is {kind}")
    return graph.ask(text) if kind == "ASK" else graph.select(text)


def _triples(graph: Graph, text: str, form: str) -> str:
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
    if form not in formats:
        raise ParameterError(f"--format {form} is for SELECT queries; triples are written as {', '.join(formats)}")
    written = ox.serialize(graph.triples(text), format=formats[form], prefixes=dict(graph.prefixes))
    return (written or b"").decode()


def _print_rows(table: Table, form: str, graph: Graph) -> None:
    print_table(table, form, graph.names)
    if not table.rows:
        click.echo("no rows", err=True)


@click.command()
@click.argument("text", nargs=-1)
@format_option
@click.pass_context
def queries(ctx: click.Context, text: tuple[str, ...], form: str) -> None:
    """List the named queries, or those that hold TEXT: what each asks, and its parameters.

    Looked through are name, question, description and parameters, for every word of TEXT. Parameters in brackets may
    be left out: they narrow the answer.

    \b
    Examples:
      nlc-graph queries
      nlc-graph queries figures
    """
    found = [each for each in named_queries() if each.speaks_of(*text)]
    rows = [(each.name, each.summary, _parameters(each)) for each in found]
    print_rows(as_table(("name", "question", "parameters"), rows), form)
    if not rows:
        click.echo(f"no query speaks of {' '.join(text)!r}; nlc-graph queries lists all", err=True)


def _parameters(asked: NamedQuery) -> str:
    return " ".join(name if name in asked.required else f"[{name}]" for name in asked.parameters)


def _read(name: str) -> NamedQuery:
    if name == "-":
        return read_stream(sys.stdin.buffer, "standard input", "standard input")
    if name in query_files():
        return named_query(name)
    if os.path.isfile(name):
        return read_query(name)
    if "/" in name or name.endswith((".rq", ".sparql")):
        raise UnknownQueryError(name, list(query_files()))
    return named_query(name)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise ParameterError(f"-p {param}: write it as name=value")
        if name in values:
            raise ParameterError(f"-p {name} is given twice; give it once, or ask twice")
        values[name] = value
    return values
