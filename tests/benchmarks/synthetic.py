"""Made-up evidence of any size that is true to the schema: it passes the shapes and the must-be-empty checks.

Streams N-Triples, so that size is bounded by the disk alone: ``python -m tests.benchmarks.synthetic --triples 1200000
-o big.nt``. The same seed gives the same bytes. Nothing in it is about a real school.

As in the bundled enquiry: link types, directions and kinds of evidence in about its shares; one claim in ten tied to
several strategies jointly; most claims rest on what people say, a sixth on statistics, half of these with a
comparator. A claim takes 29 triples here, since it comes without context facts and notes. Assumed: few practices and
outcome types draw most of the claims (Zipf's law, exponent 1), and networks differ in size by orders of magnitude
(log-normal, mean about 90 claims).
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
from collections.abc import Iterator, Sequence
from typing import Generic, TextIO, TypeVar

from nlc_graph import Graph, open_graph
from nlc_graph.vocabulary import BASE, PREFIXES

SPACE = "https://example.org/synthetic/"
#: Claims of a network: median and spread (standard deviation of the logarithm).
MEDIAN_CLAIMS, SPREAD = 40, 1.3
NETWORKS_A_SOURCE = 40
YEARS = range(1999, 2025)

T = TypeVar("T")


class Draw(Generic[T]):
    """Draws from some values by weight."""

    def __init__(self, values: Sequence[T], weights: Sequence[float] | None = None) -> None:
        """:param weights: one a value; when None they follow Zipf's law in the order given"""
        self.values = values
        self.cumulative = list(itertools.accumulate(weights or [1 / rank for rank in range(1, len(values) + 1)]))

    def __call__(self, chance: random.Random) -> T:
        """Return one of the values."""
        return chance.choices(self.values, cum_weights=self.cumulative)[0]


LINKS = Draw(("attributed", "co-reported", "intended", "none"), (42, 18, 17, 23))
RESULTS = Draw(("improved", "state", "unchanged", "mixed", "worsened"), (60, 25, 7, 5, 3))
STRATEGIES = Draw((1, 2, 3, 5), (88, 9, 2, 1))
SAYINGS = Draw(
    ("author-statement", "quoted-testimony", "summarised-testimony", "observation", "inspection-report", "cited-study"),
    (55, 24, 11, 4, 4, 2),
)
ROLES = ("pupil", "teacher", "headteacher", "parent", "coordinator")


class Evidence:
    """A source of chance and of terms, from which lines of N-Triples are made."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  repeatable on purpose
        graph = open_graph(bundled=False)
        self.practices = Draw(self._shuffled(graph, "SELECT ?x { ?x a nlc:Practice } ORDER BY ?x"))
        self.features = [str(x) for x in graph.select("SELECT ?x { ?x a nlc:KeyFeature } ORDER BY ?x").column("x")]
        self.indicators: dict[str, list[str]] = {}
        for indicator, outcome in graph.select("SELECT ?i ?o { ?i nlc:indicates ?o } ORDER BY ?i ?o").rows:
            self.indicators.setdefault(str(outcome), []).append(str(indicator))
        outcomes = self._shuffled(graph, "SELECT ?x { ?x a nlc:OutcomeType } ORDER BY ?x")
        # What is measured is claimed most: else figures would be rarer than they are.
        self.outcomes = Draw(sorted(outcomes, key=lambda outcome: outcome not in self.indicators))

    def _shuffled(self, graph: Graph, query: str) -> list[str]:
        found = [str(x) for x in graph.select(query).column("x")]
        self.chance.shuffle(found)
        return found

    def lines(self) -> Iterator[str]:
        """Yield lines without end; what precedes any claim, and each claim with all it needs, comes in one piece."""
        yield from self._periods()
        for number in itertools.count():
            if number % NETWORKS_A_SOURCE == 0:
                source = f"source{number // NETWORKS_A_SOURCE}"
                yield from self._source(source)
            yield from self._network(f"network{number}", source)

    def _periods(self) -> Iterator[str]:
        yield "".join(
            _thing(f"year{year}", "Period", label=str(year))
            + _number(f"year{year}", "startYear", year)
            + _number(f"year{year}", "endYear", year)
            for year in YEARS
        )

    def _source(self, source: str) -> Iterator[str]:
        enquiry, authors, elsewhere = f"{source}-enquiry", f"{source}-authors", f"{source}-elsewhere"
        text = _thing(enquiry, "Enquiry", label=f"Synthetic enquiry {source}")
        text += _thing(source, "Source") + f'<{SPACE}{source}> <{PREFIXES["dcterms"]}title> "Report of {source}" .\n'
        text += f"<{SPACE}{source}> <{PREFIXES['prov']}wasGeneratedBy> <{SPACE}{enquiry}> .\n"
        text += f"<{SPACE}{authors}> <{_TYPE}> <{PREFIXES['prov']}Agent> .\n" + _label(authors, f"authors of {source}")
        text += _thing(elsewhere, "Group", label=f"schools elsewhere ({source})")
        text += _term(elsewhere, "memberKind", "role/school") + _term(elsewhere, "quantifier", "quantifier/all")
        for position, feature in enumerate([*self.features, ""], 1):
            section = f"{source}-section{position}"
            text += _thing(section, "Section", label=f"Section {position} of {source}") + _link(
                section, "source", source
            )
            text += _number(section, "position", position) + _text(section, "heading", f"Section {position}")
            if feature:
                text += f"<{SPACE}{section}> <{_NLC}sectionFeature> <{feature}> .\n"
        yield text

    def _network(self, network: str, source: str) -> Iterator[str]:
        chance = self.chance
        size = max(1, round(chance.lognormvariate(math.log(MEDIAN_CLAIMS), SPREAD)))
        text = _thing(network, "Network", label=f"Synthetic {network} NLC") + _number(
            network, "formedYear", chance.choice(YEARS)
        )
        units = [network]
        for number in range(chance.randint(3, 12)):
            school = f"{network}-school{number}"
            text += _thing(school, "School", label=f"School {number} of {network}")
            text += _term(school, "identification", "identification/unnamed")
            text += f"<{SPACE}{school}> <{PREFIXES['org']}memberOf> <{SPACE}{network}> .\n"
            units.append(school)
        for number in range(3):
            group = f"{network}-group{number}"
            text += _thing(group, "Group", label=f"Group {number} of {network}") + _term(
                group, "memberKind", "role/pupil"
            )
            text += _term(group, "quantifier", "quantifier/some") + _link(group, "within", chance.choice(units))
            units.append(group)
        yield text
        strategies = [f"{network}-strategy{number}" for number in range(max(2, round(size**0.5 * 1.5)))]
        for strategy in strategies:
            yield self._strategy(strategy, network, units, source)
        speakers: set[str] = set()
        for number in range(size):
            yield self._claim(f"{network}-claim{number}", network, units, strategies, speakers, source)

    def _strategy(self, strategy: str, network: str, units: list[str], source: str) -> str:
        chance = self.chance
        practices = {self.practices(chance) for _ in range(1 if chance.random() < 0.85 else 2)}
        text = _thing(strategy, "Strategy", label=f"Strategy {strategy}")
        text += "".join(f"<{SPACE}{strategy}> <{_NLC}practice> <{practice}> .\n" for practice in sorted(practices))
        text += _link(strategy, "usedBy", network if chance.random() < 0.7 else chance.choice(units))
        text += _words(strategy, f"What {strategy} does, in made-up words.")
        return text + self._passage(strategy, source, len(self.features) + 1)

    def _claim(
        self, claim: str, network: str, units: list[str], strategies: list[str], speakers: set[str], source: str
    ) -> str:
        chance = self.chance
        outcome = self.outcomes(chance)
        section = chance.randint(1, len(self.features) + 1)
        link = LINKS(chance)
        direction = "open" if link == "intended" else RESULTS(chance)
        unit = network if chance.random() < 0.6 else chance.choice(units)
        text = _thing(claim, "Claim", label=f"Claim {claim}") + _words(claim, f"What {claim} says, in made-up words.")
        text += _link(claim, "about", unit) + f"<{SPACE}{claim}> <{_NLC}outcome> <{outcome}> .\n"
        text += _term(claim, "direction", f"direction/{direction}") + _term(claim, "linkType", f"link/{link}")
        text += _term(claim, "affects", f"role/{chance.choice(ROLES)}") + _link(
            claim, "assertedBy", f"{source}-authors"
        )
        text += _term(claim, "reviewStatus", "review/coded-once")
        if section <= len(self.features):
            text += f"<{SPACE}{claim}> <{_NLC}reportedUnder> <{self.features[section - 1]}> .\n"
        if link != "none":
            joint = min(STRATEGIES(chance), len(strategies))
            text += "".join(_link(claim, "strategy", s) for s in sorted(chance.sample(strategies, joint)))
        text += self._passage(claim, source, section)
        if outcome in self.indicators and chance.random() < 0.2:
            text += self._statistic(claim, outcome, unit, source)
        for number in range(1 if chance.random() < 0.8 else 2):
            bearing = "supportedBy" if number == 0 or chance.random() < 0.8 else "qualifiedBy"
            text += self._saying(claim, number, bearing, network, speakers, source)
        return text

    def _saying(self, claim: str, number: int, bearing: str, network: str, speakers: set[str], source: str) -> str:
        kind = SAYINGS(self.chance)
        item = f"{claim}-evidence{number}"
        spoken = kind.endswith("testimony")
        text = _link(claim, bearing, item) + _thing(item, "Testimony" if spoken else "EvidenceItem")
        text += _term(item, "evidenceKind", f"kind/{kind}") + _words(item, f"What {item} says, in made-up words.")
        text += _link(item, "statedIn", f"{claim}-passage")
        if not spoken:
            return text + _link(item, "providedBy", f"{source}-authors")
        role = self.chance.choice(ROLES)
        speaker = f"{network}-{role}"
        if speaker not in speakers:
            speakers.add(speaker)
            text += _thing(speaker, "Speaker", label=f"a {role} of {network}")
            text += _term(speaker, "speakerRole", f"role/{role}") + _link(speaker, "speaksFrom", network)
        return text + _link(item, "spokenBy", speaker)

    def _statistic(self, claim: str, outcome: str, unit: str, source: str) -> str:
        """Return a level or a change with both its levels; half of them with the same for schools elsewhere."""
        chance = self.chance
        indicator = chance.choice(self.indicators[outcome])
        first, last = sorted(chance.sample(YEARS, 2))
        start, end, other = chance.randint(300, 700), chance.randint(300, 700), chance.randint(300, 700)
        compared = chance.random() < 0.5
        end_level, elsewhere = f"{claim}-level2", f"{source}-elsewhere"

        def level(item: str, of: str, year: int, tenths: int) -> str:
            about = _link(item, "about", of) + _link(item, "atPeriod", f"year{year}") + _value(item, tenths)
            return self._figure(item, "Level", indicator, "unit/percent", claim) + about

        text = level(end_level, unit, last, end)
        if chance.random() < 0.4:
            text += _link(claim, "supportedBy", end_level)
            if compared and other != end:
                text += level(f"{claim}-level3", elsewhere, last, other)
                position = "aboveComparator" if end > other else "belowComparator"
                text += _link(end_level, position, f"{claim}-level3")
            return text
        change, beside = f"{claim}-change", f"{claim}-change-elsewhere"
        text += level(f"{claim}-level1", unit, first, start) + _link(claim, "supportedBy", change)
        text += self._figure(change, "Change", indicator, "unit/percentage-points", claim) + _link(
            change, "about", unit
        )
        text += _link(change, "startLevel", f"{claim}-level1") + _link(change, "endLevel", end_level)
        text += _link(change, "fromPeriod", f"year{first}") + _link(change, "toPeriod", f"year{last}")
        grown = chance.randint(-90, 90)
        if compared and grown != end - start:
            text += self._figure(beside, "Change", indicator, "unit/percentage-points", claim) + _value(beside, grown)
            text += _link(beside, "about", elsewhere)
            text += _link(beside, "fromPeriod", f"year{first}") + _link(beside, "toPeriod", f"year{last}")
            text += _link(change, "aboveComparator" if end - start > grown else "belowComparator", beside)
        return text

    def _figure(self, item: str, kind: str, indicator: str, unit: str, claim: str) -> str:
        text = _thing(item, kind) + _term(item, "evidenceKind", "kind/statistic") + _term(item, "measurementUnit", unit)
        return (
            text + f"<{SPACE}{item}> <{_NLC}measures> <{indicator}> .\n" + _link(item, "statedIn", f"{claim}-passage")
        )

    def _passage(self, item: str, source: str, section: int) -> str:
        passage = f"{item}-passage"
        text = _link(item, "statedIn", passage) + _thing(passage, "Passage") + _link(passage, "source", source)
        text += _link(passage, "section", f"{source}-section{section}")
        return text + _text(passage, "opens", f"here begins {item}") + _text(passage, "closes", f"here ends {item}")


def write_triples(file: TextIO, triples: int, seed: int = 1) -> tuple[int, int]:
    """Write at least so many triples, to the end of the claim that makes them enough.

    :returns: numbers of triples and of claims written
    """
    written = claims = 0
    for piece in Evidence(seed).lines():
        file.write(piece)
        written += piece.count("\n")
        claims += f"> <{_NLC}linkType> <" in piece
        if written >= triples and claims:
            break
    return written, claims


_NLC = PREFIXES["nlc"]
_TYPE = f"{PREFIXES['rdf']}type"
_XSD = PREFIXES["xsd"]


def _thing(name: str, kind: str, label: str = "") -> str:
    return f"<{SPACE}{name}> <{_TYPE}> <{_NLC}{kind}> .\n" + (_label(name, label) if label else "")


def _label(name: str, label: str) -> str:
    return f'<{SPACE}{name}> <{PREFIXES["rdfs"]}label> "{label}" .\n'


def _link(name: str, term: str, other: str) -> str:
    return f"<{SPACE}{name}> <{_NLC}{term}> <{SPACE}{other}> .\n"


def _term(name: str, term: str, other: str) -> str:
    return f"<{SPACE}{name}> <{_NLC}{term}> <{BASE}{other}> .\n"


def _text(name: str, term: str, text: str) -> str:
    return f'<{SPACE}{name}> <{_NLC}{term}> "{text}" .\n'


def _words(name: str, text: str) -> str:
    return f'<{SPACE}{name}> <{_NLC}paraphrase> "{text}"@en .\n'


def _number(name: str, term: str, number: int) -> str:
    return f'<{SPACE}{name}> <{_NLC}{term}> "{number}"^^<{_XSD}integer> .\n'


def _value(name: str, tenths: int) -> str:
    return f'<{SPACE}{name}> <{_NLC}value> "{tenths / 10:.1f}"^^<{_XSD}decimal> .\n'


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--triples", type=int, required=True, help="at least so many")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes")
    parser.add_argument("-o", "--output", required=True, help="N-Triples file to write")
    given = parser.parse_args()
    with open(given.output, "w", encoding="utf-8") as out:
        counts = write_triples(out, given.triples, given.seed)
    sys.stderr.write(f"{counts[0]} triples, {counts[1]} claims written to {given.output}\n")
