"""``nlc-graph export``: write a subgraph to a file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from ..errors import ParameterError, UnknownNameError
from ..evidence import subgraph
from ..evidence.subgraph import Subgraph
from ..export import FORMATS, SUFFIXES, Exported, export_subgraph, format_for, write_files
from ..graph.graph import Graph
from .options import filter_options, opened, read_filters, tell
from .query import answered

Names = tuple[str, ...]
SHAPES = ("statements", "linkage")
SHAPE_HELP = "In network formats: each triple as an edge, or each claim as an edge between practice and outcome."


@click.command()
@click.option("-o", "--output", metavar="FILE", help=f"File to write, - for stdout. Suffixes: {' '.join(SUFFIXES)}.")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), help="Format, whatever the suffix.")
@click.option("--around", multiple=True, metavar="NAME", help="Only claims that concern this resource; repeatable.")
@click.option("--hops", type=click.IntRange(1, 10), help="With --around: everything within so many links instead.")
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME", help="With --hops: follow only this; repeatable."
)
@filter_options
@click.option("--query", "question", metavar="NAME|FILE|-", help="The result of a CONSTRUCT query.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter of the query.")
@click.option("--shape", type=click.Choice(SHAPES), default=SHAPES[0], show_default=True, help=SHAPE_HELP)
@click.option("--view", is_flag=True, help="Open the result in the web browser.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def export(
    ctx: click.Context,
    /,
    output: str | None,
    form: str | None,
    around: Names,
    hops: int | None,
    relations: Names,
    question: str | None,
    params: Names,
    shape: str,
    view: bool,
    force: bool,
    **filters: Names,
) -> None:
    """Write part of the graph with everything it rests on: evidence, strategies, units, voices, passages, sources.

    Without a choice, everything is written. Filters narrow together. The RDF formats carry all of it. In network
    formats every triple is an edge (--shape). .csv has one row for each claim and piece of evidence; --format tables
    has one row for each node and one for each edge.

    \b
    Examples:
      nlc-graph export -o everything.ttl
      nlc-graph export --practice "learning mentors" -o mentors.csv
      nlc-graph export --around practice:learning-mentors --hops 2 -o mentors.graphml
      nlc-graph export --query network-subgraph -p network=Penryn -o penryn.gexf
      nlc-graph export --feature well-being --view
    """
    if output is None and not view:
        raise click.UsageError("Missing option '-o' / '--output' (or --view).")
    if output == "-" and not form:
        raise ParameterError("-o - needs --format, such as --format turtle")
    form = form or (format_for(output) if output else "html")
    _check_choice(around, hops, relations, question, params, any(filters.values()))
    graph = opened(ctx)
    if question:
        part = answered(graph, question, params, lambda query: subgraph.constructed(graph, query))
    else:
        part = _select(graph, around, hops, relations, filters)
    result = Exported({"": _page(part)}) if form == "html" else export_subgraph(part, form, shape)
    if output == "-":
        sys.stdout.buffer.writelines(result.files.values())
    elif output:
        _write(output, result, force, len(part.claims))
    if view:
        page = output if output and output != "-" and form == "html" else _save_page(part)
        click.launch(Path(page).resolve().as_uri())


def _check_choice(
    around: Names, hops: int | None, relations: Names, question: str | None, params: Names, filtered: bool
) -> None:
    """Refuse options that contradict each other."""
    if (question and (around or filtered)) or (hops and filtered):
        raise ParameterError("--query, --around with --hops, and filters exclude each other; give one of them")
    if (relations and not hops) or (hops and not around):
        raise ParameterError("--relation needs --hops, and --hops needs --around NAME")
    if params and not question:
        raise ParameterError("-p binds a parameter of --query NAME")


def _select(graph: Graph, around: Names, hops: int | None, relations: Names, filters: dict[str, Names]) -> Subgraph:
    seeds = [_existing(graph, name) for name in around]
    if hops:
        return subgraph.around(graph, seeds, hops=hops, relations=relations)
    chosen = read_filters(graph.names, filters)
    if not seeds and {name for name, values in filters.items() if values} == {"enquiry"}:
        return subgraph.recorded_by(graph, chosen.enquiries)
    if seeds or any(chosen):
        return subgraph.matching(graph, chosen, seeds)
    return subgraph.everything(graph)


def _existing(graph: Graph, name: str) -> str:
    """Resolve a name; a whole IRI must be in the graph too."""
    iri = graph.resolve(name)
    if not graph.names.is_there(iri):
        raise UnknownNameError(name)
    return iri


def _page(part: Subgraph) -> bytes:
    from ..explorer import render_page  # networkx and a template engine, which other formats do not need

    return render_page(part.graph, part.things).encode()


def _write(output: str, result: Exported, force: bool, claims: int) -> None:
    path = Path(output)
    files = {str(path.with_name(path.stem + end) if end else path): data for end, data in result.files.items()}
    write_files(files, force=force)
    names = " and ".join(files)
    tell(f"{claims} {'claim' if claims == 1 else 'claims'} written to {names}")
    if result.note:
        click.echo(result.note, err=True)


def _save_page(part: Subgraph) -> Path:
    path = Path(tempfile.mkdtemp(prefix="nlc-graph-")) / "part.html"
    path.write_bytes(_page(part))
    tell(f"page written to {path}")
    return path
