"""``nlc-graph query`` and ``nlc-graph queries``: named queries and SPARQL."""

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
from ..table import as_table
from .options import (
    FORMATS,
    enquiry_option,
    format_option,
    opened_for,
    print_data,
    print_rows,
    print_table,
    with_enquiries,
)

T = TypeVar("T")

#: Formats of the answer to a CONSTRUCT query.
RDF_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}


@click.command()
@click.argument("name", metavar="NAME|FILE|-")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter; repeatable.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *RDF_FORMATS]),
    help="Output format; by default a table for rows and Turtle for triples.",
)
@enquiry_option
@click.pass_context
def query(ctx: click.Context, name: str, params: tuple[str, ...], enquiry: tuple[str, ...], form: str | None) -> None:
    """Run a named query, a file with SPARQL, or SPARQL from standard input (-).

    Parameters are variables such as ?_outcome_iri, given here as -p outcome=attendance: labels, identifiers, numbers
    or texts. The project's prefixes need no declaration. An ASK query prints true or false and exits with 0 or 1.

    If the graph has several enquiries, each row of a named query names its enquiry.

    \b
    Examples:
      nlc-graph query practices-for-outcome -p outcome=attendance
      echo 'SELECT ?n { ?n a nlc:Network }' | nlc-graph query -
    """
    graph = opened_for(ctx, enquiry, evidence=False)
    answered(graph, name, params, lambda text: _print_answer(ctx, graph, name, text, form))


def answered(graph: Graph, name: str, params: tuple[str, ...], answer: Callable[[str], T]) -> T:
    """Bind the parameters of a named query, a file, or standard input (-), and answer it.

    :param params: ``name=value`` each
    :param answer: takes the SPARQL text
    :raises QuerySyntaxError: if it is not valid SPARQL; names the query
    """
    source = _read(name)
    text = source.bind(dict(_values(params)), graph.resolve)
    try:
        sparql.check(text, prefixes=graph.prefixes, service=graph.allow_service)
        return answer(text)
    except QuerySyntaxError as error:
        error.name = source.name
        raise


def _print_answer(ctx: click.Context, graph: Graph, name: str, text: str, form: str | None) -> None:
    kind = sparql.query_form(text)
    if kind in ("CONSTRUCT", "DESCRIBE"):
        print_data(_triples(graph, text, form or "ttl"))
        return
    if form in RDF_FORMATS:
        raise ParameterError(f"--format {form} is for CONSTRUCT queries; this is a {kind} query")
    if kind == "ASK":
        answer = graph.ask(text)
        click.echo(str(answer).lower())
        ctx.exit(0 if answer else 1)
    rows = graph.select(text)
    print_table(with_enquiries(graph, rows) if name in query_files() else rows, form or "table", graph.names)
    if not rows.rows:
        click.echo("no rows", err=True)


def _triples(graph: Graph, text: str, form: str) -> str:
    if form not in RDF_FORMATS:
        raise ParameterError(f"--format {form} is for SELECT queries; formats for triples: {', '.join(RDF_FORMATS)}")
    written = ox.serialize(graph.triples(text), format=RDF_FORMATS[form], prefixes=dict(graph.prefixes))
    return (written or b"").decode()


@click.command()
@click.argument("text", nargs=-1)
@format_option
@click.pass_context
def queries(ctx: click.Context, text: tuple[str, ...], form: str) -> None:
    """List the named queries with their questions and parameters, or only those that contain every word of TEXT.

    Name, question, description and parameters are searched. Parameters in brackets are optional.

    \b
    Examples:
      nlc-graph queries
      nlc-graph queries figures
    """
    found = [each for each in named_queries() if each.matches(*text)]
    rows = [(each.name, each.summary, _parameters(each)) for each in found]
    print_rows(as_table(("name", "question", "parameters"), rows), form)
    if not rows:
        click.echo(f"no query contains {' '.join(text)!r}; `nlc-graph queries` lists all", err=True)


def _parameters(named: NamedQuery) -> str:
    return " ".join(name if name in named.required else f"[{name}]" for name in named.parameters)


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
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise ParameterError(f"-p {param}: write it as name=value")
        if name in values:
            raise ParameterError(f"-p {name} is given twice; give it once, or run the query twice")
        values[name] = value
    return values
