"""Strategies with their practices, users and networks, worked out from tiny.ttl."""

from __future__ import annotations

from nlc_graph import Graph
from nlc_graph.explorer.uses import read_uses


def test_a_use_in_a_school_is_one_of_its_network(tiny: Graph) -> None:
    curie = tiny.names.curie
    uses = {
        curie(use.iri): (list(map(curie, use.practices)), list(map(curie, use.users)), list(map(curie, use.networks)))
        for use in read_uses(tiny)
    }
    assert uses == {
        "t:alder-mentors": (["practice:learning-mentors"], ["t:alder"], ["t:alder"]),
        "t:alder-rooms": (["practice:nurture-room"], ["t:alder-school"], ["t:alder"]),
        "t:alder-stories": (["practice:story-making"], ["t:alder"], ["t:alder"]),
        "t:birch-stories": (["practice:story-making"], ["t:birch"], ["t:birch"]),
        "t:birch-maps": (["practice:story-maps"], ["t:birch"], ["t:birch"]),
        "t:birch-walls": (["practice:talent-walls"], ["t:birch"], ["t:birch"]),
    }
