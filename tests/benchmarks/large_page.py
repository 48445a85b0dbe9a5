"""An explorer model of any size, made without a graph, to measure and test very large pages."""

from __future__ import annotations

import random

from nlc_graph.explorer.model import Model

FAMILIES, FEATURES, NETWORKS = 60, 7, 300


def large_model(concepts: int = 10_000, pieces: int = 35_000, seed: int = 1) -> Model:
    """Return a model with so many practices and outcome types together, and so many pieces of evidence.

    Few practices and outcomes have many claims and most have few, as in the field; one claim in seven has no
    practice.
    """
    pick = random.Random(seed)  # noqa: S311  repeatable numbers, not secrets
    model = Model(
        "A made-up enquiry", sources=[{"iri": "x:source", "label": "made-up report", "title": "Made-up report"}]
    )

    def entity(sort: str, label: str, **more: object) -> int:
        model.entities.append({"id": f"{sort}:{label.replace(' ', '-')}", "sort": sort, "label": label, **more})
        return len(model.entities) - 1

    features = [entity("feature", f"feature {n}", number=str(n)) for n in range(1, FEATURES + 1)]
    families = [entity("practice", f"family {n}") for n in range(FAMILIES)]
    practices = [
        entity("practice", f"practice {n}", up=families[n % FAMILIES]) for n in range(concepts // 2 - FAMILIES)
    ]
    outcomes = [entity("outcome", f"outcome {n}", feature=features[n % FEATURES]) for n in range(concepts // 2)]
    networks = [entity("network", f"network {n}") for n in range(NETWORKS)]
    links = [
        entity("link", name, rank=rank) for rank, name in enumerate(("attributed", "co-reported", "intended", "none"))
    ]
    kinds = [entity("kind", f"kind {mark}", mark=mark) for mark in range(4)]
    directions = [entity("direction", name) for name in ("improved", "mixed")]
    strategies: dict[tuple[int, int], int] = {}
    model.passages = [{"section": f"section {n}", "opens": "Some words", "closes": "at the end"} for n in range(500)]
    while len(model.evidence) < pieces:
        number = len(model.claims)
        network = pick.choice(networks)
        # Each practice and outcome once, then at random with a few in front.
        practice = practices[number] if number < len(practices) else _skewed(practices, pick)
        outcome = outcomes[number] if number < len(outcomes) else _skewed(outcomes, pick)
        items = []
        for _ in range(pick.choice((1, 2, 3))):
            items.append([len(model.evidence), 0])
            model.evidence.append({"kind": pick.choice(kinds), "text": f"Text of piece {len(model.evidence)}."})
        claim: dict[str, object] = {
            "id": f"x:claim-{number}",
            "text": f"Text of claim {number}.",
            "outcome": outcome,
            "feature": model.entities[outcome]["feature"],
            "direction": pick.choice(directions),
            "networks": [network],
            "about": [network],
            "evidence": items,
            "passages": [pick.randrange(500)],
            "link": links[3],
        }
        if number % 7:
            key = (network, practice)
            if key not in strategies:
                label = f"use {len(strategies)}"
                strategies[key] = entity("strategy", label, practices=[practice], networks=[network])
            claim |= {"practices": [practice], "strategies": [strategies[key]], "link": pick.choice(links[:3])}
        model.claims.append(claim)
    return model


def _skewed(entities: list[int], pick: random.Random) -> int:
    return entities[int(len(entities) * pick.random() ** 4)]
