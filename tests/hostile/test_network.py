"""No command opens a socket, whatever it is given; only --endpoint, serve and --allow-service may."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import TINY, in_ci
from .batch import Batch, is_plain
from .inputs import MALFORMED, MISTAKES, NO_SHEETS, STRANGE
from .programs import ONLY_TINY
from .sealed import CAN_SEAL

COPY = "Tiny report\n\nALDER\nAlder is a network with rooms. No more is said at last.\n"
ANALYSES = (
    ("rank", "--plot", "rank.svg"), ("gaps",), ("groups", "--plot", "groups.png"), ("peers", "Alder NLC"),
    ("paths", "learning mentors", "attendance"), ("robustness",), ("timeline",),
)  # fmt: skip
FORMATS = (
    "turtle", "ntriples", "trig", "jsonld", "rdfxml", "graphml", "gexf", "cytoscape", "kgx", "evidence", "tables",
    "dot", "html",
)  # fmt: skip
#: Every command, as far as it works without another host; those that answer "no" end with 1.
COMMANDS = [
    *(("impacts",), ("show", "learning mentors"), ("find", "story"), ("find", "nothing at all like this")),
    *(("query", "outcome-types"), ("queries",), ("compare", "Tiny enquiry", "Tiny enquiry")),
    *(("view", "-o", "view.html", "--copy", "copy.txt"), ("passage", "Alder NLC", "--copy", "copy.txt")),
    *(("passages", "check", "--copy", "copy.txt"), ("validate", str(TINY), "--copy", "copy.txt"), ("validate",)),
    *(("analyse", *words) for words in ANALYSES),
    *(("export", "--format", form, "-o", f"export-{form}") for form in FORMATS),
    *(("sheet", "template"), ("sheet", "template", "-o", "template.xlsx"), ("sheet", "export", "-o", "sheet.csv")),
    *(("sheet", "export", "-o", "sheet.xlsx"), ("load", "store"), ("diff", str(TINY), str(TINY))),
    *(("--help",), ("--version",), ("impacts", "--help"), ("nosuch",), ("query", "nosuch")),
]
pytestmark = pytest.mark.skipif(not CAN_SEAL and not in_ci(), reason="sockets are refused by a filter of Linux")


def test_the_seal_holds_for_python_and_for_compiled_libraries(batch: Batch) -> None:
    """Else the other tests would prove nothing."""
    assert batch.run("--endpoint", "http://127.0.0.1:8099/", "impacts").status == -signal.SIGSYS
    folder = Path(__file__).parent.parent.parent
    program = "from tests.hostile.sealed import seal; import pyoxigraph as ox; seal(); "
    for group, status in (("?a ?b ?c", 0), ("SERVICE <http://127.0.0.1:8099/> { ?a ?b ?c }", -signal.SIGSYS)):
        asking = f"{program}list(ox.Store().query('SELECT * {{ {group} }}'))"
        done = subprocess.run([sys.executable, "-c", asking], cwd=folder, capture_output=True, check=False)
        assert done.returncode == status, done.stderr


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_no_command_opens_a_socket(args: tuple[str, ...], tmp_path: Path, batch: Batch) -> None:
    (tmp_path / "copy.txt").write_text(COPY)
    data = () if args[0] == "diff" else ONLY_TINY
    done = batch.run(*data, *args, cwd=tmp_path)
    assert done.status in (0, 1, 2) and "Traceback" not in done.err, done
    assert done.status < 2 or args[0] in ("nosuch", "query"), done


ASKING = {name: content for name, content in {**MALFORMED, **STRANGE}.items() if "127.0.0.1" in str(content)}


@pytest.mark.parametrize("name", ASKING)
def test_what_data_asks_for_is_not_fetched(name: str, tmp_path: Path, batch: Batch) -> None:
    """Contexts, external entities, imports, style sheets: by the engine, and by rdflib when it is written anew."""
    content = ASKING[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for form in ("jsonld", "rdfxml", "html"):
        done = batch.run(*ONLY_TINY, "--data", str(path), "export", "--format", form, "-o", str(tmp_path / form))
        assert is_plain(done, [0, 2]), done
    assert is_plain(batch.run("validate", str(path)), [0, 1])


@pytest.mark.parametrize("name", ["linked.xlsx", "external.xlsx", "entities.xlsx"])
def test_what_workbooks_link_to_is_not_fetched(name: str, tmp_path: Path, batch: Batch) -> None:
    content = {**MISTAKES, **NO_SHEETS}[name]
    assert isinstance(content, bytes)
    (tmp_path / name).write_bytes(content)
    assert is_plain(batch.run("sheet", "import", str(tmp_path / name), "-o", str(tmp_path / "x.ttl")), [1, 2])
