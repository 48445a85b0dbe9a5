"""Print pip constraints that pin every runtime dependency to the lowest version that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest() -> list[str]:
    """Return one constraint a dependency, such as ``click==8.1.7``, with its marker."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    requirements = [
        *project["dependencies"],
        *(r for extra in project["optional-dependencies"].values() for r in extra),
    ]
    return [re.sub(r"^([\w-]+)\s*[>=]=\s*([\w.]+)", r"\1==\2", requirement) for requirement in requirements]


if __name__ == "__main__":
    print("\n".join(lowest()))
