"""Where benchmarks leave what they measured: ``build/bench-NAME.json``, with the machine and the versions."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path


def write_results(name: str, packages: Iterable[str], **measured: object) -> None:
    """Write what a benchmark measured.

    :param packages: those whose versions matter
    :param measured: what was measured, by what it is called
    """
    about = {
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": platform.python_version(),
        "versions": {package: version(package) for package in packages},
    }
    target = Path("build") / f"bench-{name}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({**about, **measured}, indent=2) + "\n", encoding="utf-8")
