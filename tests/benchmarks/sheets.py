"""How long a large sheet takes to come in, and how validation grows: whole commands, beside pySHACL on the same file.

``python -m tests.benchmarks.sheets --rows 1000 100000 --triples 10000 100000 1000000`` (``make bench`` runs it). Sheets
are made up, a claim a row with an item of evidence; triples are made by :mod:`.synthetic`. Seconds by the clock and of
processor time, start-up included, and the peak of memory, are printed and written to ``build/bench-sheets.json``.
pySHACL is timed on the smallest file alone: on larger ones it takes hours.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from nlc_graph import resources
from nlc_graph.sheet import heading

from .results import write_results
from .scale import Run, command
from .synthetic import write_triples

#: What is asked for: seconds and megabytes for 100,000 rows, seconds for the bundled graph.
ROWS_SECONDS, ROWS_MEMORY, BUNDLED_SECONDS = 40, 800, 5
#: Validation of a larger sheet takes minutes, and 5 GB for 100,000 rows, which are millions of triples.
MOST_VALIDATED = 20_000
PYSHACL = """
import sys, time, pyshacl, rdflib
data, shapes = rdflib.Graph(), rdflib.Graph()
for path in sys.argv[2:]:
    data.parse(path)
shapes.parse(sys.argv[1])
start = time.process_time()
pyshacl.validate(data, shacl_graph=shapes)
print(time.process_time() - start)
"""


def write_sheet(path: Path, rows: int) -> None:
    """Write a sheet of so many rows, a fifth of them with figures; the same at every run."""
    chance = random.Random(1)  # noqa: S311  repeatable on purpose
    practices = ["learning mentors", "nurture room", "Philosophy for Children", "story-making", "peer mentoring"]
    outcomes = ["attendance", "confidence", "mathematics", "writing", "behaviour"]
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, heading(), restval="")
        sheet.writeheader()
        for row in range(rows):
            network = row // 25
            said = {
                "network": f"Network {network}",
                "school or group": f"School {row % 7} of network {network}" if chance.random() < 0.6 else "",
                "practice": chance.choice(practices),
                "outcome": chance.choice(outcomes),
                "key feature": "achievement",
                "link": chance.choice(["attributed", "co-reported"]),
                "direction": "improved",
                "in our words": f"What row {row} says of it.",
                "passage opens": f"here row {row} begins",
                "passage closes": f"here row {row} ends",
                "section": f"Section {network % 9}",
                "source": "Big report",
            }
            if chance.random() < 0.2:
                said |= {
                    "outcome": "attendance",
                    "kind of evidence": "statistic",
                    "measure": "attendance rate",
                    "unit": "per cent",
                    "from period": "2002",
                    "from value": str(chance.randint(80, 90)),
                    "to period": "2004",
                    "to value": str(chance.randint(90, 99)),
                }
            else:
                said |= {"kind of evidence": "quoted testimony", "who says it": f"a teacher of network {network}"}
            sheet.writerow(said)


def validated(*args: str) -> Run:
    """Run ``validate``, whose findings (status 1) are no failure here."""
    return command("validate", *args, statuses=(0, 1))


def main(rows: list[int], triples: list[int], folder: str | None) -> None:
    """Measure and print."""
    found: dict[str, Run] = {"validate: the bundled graph": validated()}
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = Path(name)
        for number in rows:
            write_sheet(place / "own.csv", number)
            out = str(place / "own.ttl")
            found[f"sheet import: {number:,} rows"] = command(
                "sheet", "import", str(place / "own.csv"), "-o", out, "--force"
            )
            if number <= MOST_VALIDATED:
                found[f"validate: a sheet of {number:,} rows"] = validated(str(place / "own.csv"))
        growth = []
        for number in sorted(triples):
            file = place / f"{number}.nt"
            with file.open("w", encoding="utf-8") as made:
                written, _ = write_triples(made, number)
            run = found[f"validate: {written:,} triples"] = validated(str(file))
            growth.append((written, run.processor))
        small = place / f"{min(triples)}.nt"
        files = [*resources.ontology_files(), str(small)]
        done = subprocess.run(
            [sys.executable, "-c", PYSHACL, resources.shapes_file(), *files], check=True, capture_output=True, text=True
        )
    pyshacl = float(done.stdout)
    (few, short), (many, long) = growth[0], growth[-1]
    exponent = math.log(long / short) / math.log(many / few) if many > few else float("nan")
    for what, run in found.items():
        sys.stdout.write(f"{what:40} {run.seconds:8.2f} s {run.processor:8.2f} s of processor {run.memory:7.0f} MB\n")
    sys.stdout.write(
        f"pySHACL alone, {few:,} triples: {pyshacl:.2f} s of processor, {pyshacl / short:.1f} x validate\n"
    )
    sys.stdout.write(f"validate grows with triples to the power of {exponent:.2f}\n")
    sys.stdout.write(
        f"bounds: {ROWS_SECONDS} s and {ROWS_MEMORY} MB for 100,000 rows, {BUNDLED_SECONDS} s for the bundled graph\n"
    )
    measured = {what: run._asdict() for what, run in found.items()}
    peer = {"pyshacl_s": pyshacl, "pyshacl_triples": few}
    write_results("sheets", ("pyoxigraph", "pyshacl"), measured=measured, **peer, exponent=exponent)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000], help="sizes of sheets")
    parser.add_argument("--triples", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="sizes of files")
    parser.add_argument("--folder", help="where evidence is made, and taken away")
    given = parser.parse_args()
    main(given.rows, given.triples, given.folder)
