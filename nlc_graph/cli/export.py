"""``nlc-graph export``: a part of the graph to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from ..errors import ParameterError
from ..evidence import subgraph
from ..evidence.impacts import find_claims
from ..evidence.subgraph import Subgraph
from ..export import FORMATS, Written, format_for, write_files, written
from ..graph.graph import Graph
from .options import filter_options, opened, read_filters, tell
from .query import answered

_SUFFIXES = " ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)


@click.command()
@click.option(
    "-o", "--output", metavar="FILE", help=f"File to write, - for standard output; its suffix decides: {_SUFFIXES}."
)
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), help="Format, whatever the suffix.")
@click.option("--around", multiple=True, metavar="THING", help="Only claims that touch this thing; repeatable.")
@click.option(
    "--hops", type=click.IntRange(1, 10), help="With --around: all that so many statements join to it instead."
)
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME", help="With --hops: follow only this; repeatable."
)
@filter_options
@click.option("--query", "question", metavar="NAME|FILE|-", help="What a CONSTRUCT query answers, and all it rests on.")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a parameter of the query.")
@click.option(
    "--shape",
    type=click.Choice(("statements", "linkage")),
    default="statements",
    show_default=True,
    help="Of networks: every statement an edge, or practices, outcomes and so on with claims as edges.",
)
@click.option("--view", is_flag=True, help="Open what was cut out in the web browser.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.pass_context
def export(
    ctx: click.Context,
    /,
    output: str | None,
    form: str | None,
    around: tuple[str, ...],
    hops: int | None,
    relations: tuple[str, ...],
    question: str | None,
    params: tuple[str, ...],
    shape: str,
    view: bool,
    force: bool,
    **given: tuple[str, ...],
) -> None:
    """Write a part of the graph with all it rests on: evidence, strategies, units, voices, passages, sources.

    Without a choice, everything. Filters narrow together. The RDF formats carry all of it; for networks every statement
    is an edge (--shape); .csv has one row a claim and piece of evidence, --format tables one row a node and an edge.

    \b
    Examples:
      nlc-graph export -o everything.ttl
      nlc-graph export --practice "learning mentors" -o mentors.csv
      nlc-graph export --around practice:learning-mentors --hops 2 -o mentors.graphml
      nlc-graph export --query network-subgraph -p network=Penryn -o penryn.gexf
      nlc-graph export --feature well-being --view
    """
    form = _format(output, form, view)
    graph = opened(ctx)
    part = _part(graph, around, hops, relations, question, params, given)
    ready = Written({"": _page(part)}) if form == "html" else written(part, form, shape)
    # What the page has read tells its claims; to read the whole part would take an endpoint one request more.
    claims = len({*part.things}.intersection(find_claims(graph)) if form == "html" else part.claims)
    _write(ready, output, force, claims)
    if view:
        _open(output if form == "html" and output != "-" else None, part)


def _format(output: str | None, form: str | None, view: bool) -> str:
    if output is None and not view:
        raise click.UsageError("Missing option '-o' / '--output' (or --view).")
    if output == "-" and not form:
        raise ParameterError("-o - needs --format, such as --format turtle")
    return form or (format_for(output) if output else "html")


def _part(
    graph: Graph,
    around: tuple[str, ...],
    hops: int | None,
    relations: tuple[str, ...],
    question: str | None,
    params: tuple[str, ...],
    given: dict[str, tuple[str, ...]],
) -> Subgraph:
    filtered = any(given.values())
    if (question and (around or filtered)) or (hops and filtered):
        raise ParameterError("--query, --around with --hops, and filters are three ways to choose; give one of them")
    if (relations and not hops) or (hops and not around):
        raise ParameterError("--relation goes with --hops, and --hops with --around THING")
    if params and not question:
        raise ParameterError("-p binds a parameter of --query NAME")
    names = [(text, ()) for text in around] + [(text, (name,)) for name, texts in given.items() for text in texts]
    graph.names.look_up((text, sorts) for text, sorts in names if "://" not in text)
    if question:
        return answered(graph, question, params, lambda query: subgraph.constructed(graph, query))
    seeds = [graph.resolve(thing) for thing in around]
    if hops:
        return subgraph.around(graph, seeds, hops=hops, relations=relations)
    if filtered and not seeds and set(filter(given.get, given)) == {"enquiry"}:
        return subgraph.recorded_by(graph, read_filters(graph.names, given).enquiries)
    if seeds or filtered:
        return subgraph.matching(graph, read_filters(graph.names, given), seeds)
    return subgraph.everything(graph)


def _page(part: Subgraph) -> bytes:
    from ..explorer import render_page

    return render_page(part.graph, part.things).encode()


def _write(ready: Written, output: str | None, force: bool, claims: int) -> None:
    if output is None:
        return
    if output == "-":
        for content in ready.files.values():
            sys.stdout.buffer.write(content)
        return
    path = Path(output)
    files: dict[str | os.PathLike[str], bytes] = {
        path.with_name(path.stem + end) if end else path: content for end, content in ready.files.items()
    }
    write_files(files, force=force)
    tell(f"{claims} {'claim' if claims == 1 else 'claims'} written to {' and '.join(map(str, files))}")
    if ready.note:
        click.echo(ready.note, err=True)


def _open(page: str | None, part: Subgraph) -> Any:
    if page is None:
        import tempfile

        page = str(Path(tempfile.mkdtemp(prefix="nlc-graph-")) / "part.html")
        write_files({page: _page(part)})
        tell(f"page written to {page}")
    click.launch(Path(page).resolve().as_uri())
