"""SPARQL texts before they reach an engine: their words, their parameters, and what is plainly wrong with them.

A parameter is a variable named in grlc's way, with a leading underscore and a type: ``?_outcome_iri``, ``?_text``,
``?_hops_integer``. Binding replaces the variable, and nothing else, by an RDF term; strings, comments and IRIs in the
text are never touched. So one mechanism serves the embedded engine, rdflib and a remote endpoint alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ..errors import ParameterError, QuerySyntaxError
from ..table import Ref, Table, Value, as_count
from ..vocabulary import PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
#: Deeper nesting and longer chains (of operators, groups, triples) than any person writes; engines recurse over both
#: and crash on more, Oxigraph at 2,500 groups. Long lists are written as VALUES, which no engine recurses over.
MAX_DEPTH, MAX_STEPS = 100, 1000
#: Characters of a query that a user hands over.
MAX_LENGTH = 1_000_000
_OPERATORS = "!|&+-/*=<>^;.,"
_STEPS = frozenset([*_OPERATORS, *"UNION OPTIONAL MINUS FILTER BIND GRAPH".split()])

# As the grammar says it (SPARQL 1.1, section 19.8), down to what an IRI, a name and a comment may hold: a word that
# only seems to stand in one of them would be kept from check().
_WORDS = r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<string>'''(?:[^'\\]|\\.|'(?!''))*+'''|\"""(?:[^"\\]|\\.|"(?!""))*+\"""
                |(?!'''|\""")(?:'(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+"))
    | (?P<unended>(?:'''|\"""|['"]).*)
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>[A-Za-z][\w.-]{0,200}+:|(?<![\w:]):|_:)
      (?P<local>(?:(?:[\w:-]|\\[_~.!$&'()*+,;=/?\#@%-]|%[0-9A-Fa-f]{2})|\.+(?=[\w:\\%-]))++)?
    | (?P<word>@?[A-Za-z_][\w-]*)
    | (?P<space>\s+)
    | (?P<other>\\.|.)
    """
# Texts, not patterns: re compiles and keeps them when they are first needed.
_PARAMETER = r"[?$]_(?P<name>[A-Za-z]\w*?)(?:_(?P<type>iri|integer|decimal|string|literal))?"
#: Engines take a keyword that follows a number, or precedes a colon, without a space.
_CALLS = r"(?i:SERVICE(?:SILENT)?:?)$"
#: IRIs that nothing else can be, neither a comparison (``//`` ends one) nor the inside of strings.
_PLAIN_IRI = r"<[A-Za-z][\w+.-]*://[^<>\"'{}|^`\\\x00-\x20]*+>"
#: What a comparison without spaces, ``?a<2)#>``, may hide behind.
_HIDING = rf"#|&&|[()]|.{{{MAX_STEPS}}}"
_USEFUL = r"\"[^\"]+\"|[A-Z]{2,}(?: [A-Z]+)*"


class Token(NamedTuple):
    """A word of a query: its kind (a group name of the tokeniser), its text and where it starts."""

    kind: str
    text: str
    start: int


class Parameter(NamedTuple):
    """What a query can be asked with: ``type`` is iri, integer, decimal or string."""

    name: str
    type: str


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a query in order, without white space and comments."""
    for match in re.finditer(_WORDS, text, re.VERBOSE | re.DOTALL):
        kind = match.lastgroup or "other"
        if kind == "local":
            yield Token("prefixed", match["prefixed"], match.start())
            yield Token("local", match["local"], match.start("local"))
        elif kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def parameters(text: str) -> dict[str, Parameter]:
    """Return the parameters of a query in order of first use.

    >>> parameters("SELECT ?p WHERE { ?p ?o ?_outcome_iri FILTER(?n > ?_least_integer) } # ?_no")
    {'outcome': Parameter(name='outcome', type='iri'), 'least': Parameter(name='least', type='integer')}
    """
    found: dict[str, Parameter] = {}
    for token in tokens(text):
        match = re.fullmatch(_PARAMETER, token.text) if token.kind == "variable" else None
        if match:
            found.setdefault(
                match["name"], Parameter(match["name"], (match["type"] or "string").replace("literal", "string"))
            )
    return found


def bind(text: str, terms: Mapping[str, str], examples: Mapping[str, str] | None = None) -> str:
    """Put RDF terms in the place of parameters.

    :param terms: parameter name to term, written as SPARQL writes it (see :func:`term`)
    :param examples: parameter name to a value that the error names where the parameter is missing
    :raises ParameterError: if a parameter of the text has no term, or a term no parameter

    >>> bind("ASK { ?s ?p ?_text }", {"text": term("it's")})
    'ASK { ?s ?p "it\\'s" }'
    """
    known = parameters(text)
    if unknown := [name for name in terms if name not in known]:
        raise ParameterError(f"the query has no parameter {unknown[0]!r}; {_known(known)}")
    if missing := [name for name in known if name not in terms]:
        value = (examples or {}).get(missing[0])
        asked = f'-p {missing[0]}="{value}", for example' if value else f"-p {missing[0]}=VALUE"
        raise ParameterError(f"the query needs the parameter {missing[0]!r}: {asked}; {_known(known)}")
    parts, end = [], 0
    for token in tokens(text):
        match = re.fullmatch(_PARAMETER, token.text) if token.kind == "variable" else None
        if match:
            parts += [text[end : token.start], terms[match["name"]]]
            end = token.start + len(token.text)
    return "".join(parts) + text[end:]


def term(value: object) -> str:
    """Write a Python value or an rdflib term as SPARQL writes it; an IRI is anything with ``n3`` or of type Ref.

    >>> term(3), term("a\\"b"), term(True)
    ('3', '"a\\\\"b"', 'true')
    """
    if hasattr(value, "n3"):
        return str(value.n3())
    if isinstance(value, Ref):
        return f"<{value}>"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, Decimal)):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def query_form(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; an empty text if it is none of them."""
    first = next(_body(text), None)
    return first.text.upper() if first and first.text.upper() in FORMS else ""


def is_suspect(text: str) -> bool:
    """Tell cheaply whether a query needs :func:`check` before an engine sees it; syntax errors can wait for the engine.

    True for what is no query, might call another host, or might be nested too deep or a chain too long. Of the words
    that count as a step each has a bracket, so that counting brackets and operators is enough.
    """
    brackets = sum(text.count(bracket) for bracket in "{([")
    return brackets > MAX_DEPTH or "service" in text.lower() or _may_be_a_chain(text) or not query_form(text)


def _may_be_a_chain(text: str) -> bool:
    if len(text) <= MAX_STEPS:
        return False
    rest = re.sub(_PLAIN_IRI, "", text)  # of which a list may be as long as you like
    return sum(rest.count(operator) for operator in _OPERATORS) > MAX_STEPS


def check(text: str, name: str = "query", prefixes: Mapping[str, str] = PREFIXES, *, service: bool = False) -> None:
    """Refuse what no engine should be given, with words a person can use.

    :param service: whether SERVICE, which calls another host, is allowed

    :raises QuerySyntaxError: for an unknown query form, an update, a call to another host, a prefix without a
        namespace, brackets that do not match, nesting deeper than :data:`MAX_DEPTH`, chains longer than
        :data:`MAX_STEPS`, a comparison that looks like an IRI, or AS without a variable
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(f"the query is longer than {MAX_LENGTH:,} characters; ask for less at once", name=name)
    body = list(_body(text))
    if not body:
        raise QuerySyntaxError("the query is empty; expected SELECT, ASK, CONSTRUCT or DESCRIBE", name=name)
    first = body[0]
    if first.text.upper() not in FORMS:
        wrong = "an update, and the graph is read-only" if first.text.upper() in UPDATES else "no form of query"
        raise _error(text, first, f"{first.text!r} is {wrong}; expected {', '.join(FORMS[:3])} or DESCRIBE", name)
    _check_prefixes(text, name, prefixes)
    _check_brackets(text, body, name)
    _check_steps(text, body, name)
    for token in body:
        if token.kind in ("word", "prefixed") and re.search(_CALLS, token.text) and not service:
            raise _error(text, token, "SERVICE would call another host; allow it with --allow-service", name)
    for token, following in pairwise(body):
        if token.text.upper() == "AS" and token.kind == "word" and following.kind != "variable":
            raise _error(text, following, f"{following.text!r} after AS; expected a variable such as ?total", name)


def explain(message: str, text: str, name: str = "query") -> QuerySyntaxError:
    """Turn the engine's account of a syntax error into one line: where, what stands there, what was expected."""
    found = re.match(r"error at (\d+):(\d+): expected (.*)", message, re.DOTALL)
    if not found:
        return QuerySyntaxError(" ".join(message.split()), name=name)
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines() or [""]
    rest = lines[min(line, len(lines)) - 1][column - 1 :].split()
    expected = [word for word in re.findall(_USEFUL, found[3]) if word not in ("LATERAL", "SERVICE")]
    # The engine names what may come next at the furthest place it reached; where that is only a term, it names nothing.
    wanted = (
        f"expected {', '.join(dict.fromkeys(expected[:8]))}"
        if expected
        else "expected a variable, IRI, CURIE or literal"
    )
    where = repr(rest[0][:30]) if rest else f"on after {text.split()[-1][-30:]!r}"
    return QuerySyntaxError(f"cannot read {where}; {wanted}", line, column, name)


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes that a query uses and does not declare, on its first line.

    >>> with_prefixes("ASK { ?s a nlc:Claim }", {"nlc": "http://n#", "x": "http://x#"})
    'PREFIX nlc: <http://n#> ASK { ?s a nlc:Claim }'
    """
    declared: set[str] = set()
    used: dict[str, None] = {}
    previous = ""
    for token in tokens(text):
        if token.kind == "prefixed":
            if previous == "PREFIX":
                declared.add(token.text)
            else:
                used[token.text] = None
        previous = token.text.upper()
    missing = [name[:-1] for name in used if name not in declared and name[:-1] in prefixes]
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in missing) + text


def united(queries: Sequence[str]) -> str:
    """Join SELECT queries, whose prefixes agree, into one, whose rows say in ?part from which query they are.

    >>> united(["SELECT ?a { ?a ?p 1 }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"])
    'SELECT ?part ?a ?n WHERE { { { SELECT ?a { ?a ?p 1 } } BIND(0 AS ?part) } UNION \
{ { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } BIND(1 AS ?part) } }'
    """
    names = dict.fromkeys(name for query in queries for name in selected(query))
    heads: dict[str, None] = {}
    parts = []
    for number, query in enumerate(queries):
        begin = next(_body(query)).start
        heads.setdefault(" ".join(query[:begin].split()))
        parts.append(f"{{ {{ {query[begin:].strip()} }} BIND({number} AS ?part) }}")
    body = f"SELECT ?part {' '.join(f'?{name}' for name in names)} WHERE {{ {' UNION '.join(parts)} }}"
    return " ".join([*filter(None, heads), body])


def parted(table: Table, queries: Sequence[str]) -> list[Table]:
    """Take the answer to :func:`united` queries apart again.

    :raises ValueError: if a row is of none of the queries
    """
    rows: list[list[tuple[Value, ...]]] = [[] for _ in queries]
    columns = [selected(query) for query in queries]
    places = [[table.columns.index(name) for name in names] for names in columns]
    where = table.columns.index("part")
    for row in table.rows:
        part = _part(row[where], len(rows))
        rows[part].append(tuple(row[place] for place in places[part]))
    return [Table(names, tuple(found)) for names, found in zip(columns, rows, strict=True)]


def _part(value: Value, count: int) -> int:
    part = as_count(value)
    if part not in range(count):
        raise ValueError(f"a row is of part {part} of {count}")
    return part


def in_order(table: Table, query: str) -> Table:
    """Put the rows of an answer that came with others in the order of the variables with which its query ends, if any.

    Values compare as SPARQL says: nothing, then IRIs, then literals, numbers by size.

    >>> in_order(Table(("a", "n"), ((Ref("urn:b"), 10), (Ref("urn:b"), 9), (None, 1))), "SELECT … ORDER BY ?a ?n").rows
    ((None, 1), ('urn:b', 9), ('urn:b', 10))
    """
    named = re.search(r"ORDER\s+BY((?:\s+\?\w+)+)\s*$", query, re.IGNORECASE)
    if named is None:
        return table
    places = [table.columns.index(name[1:]) for name in named.group(1).split()]
    return Table(table.columns, tuple(sorted(table.rows, key=lambda row: [_order(row[place]) for place in places])))


def _order(value: Value) -> tuple[int, object]:
    if value is None or isinstance(value, Ref):
        return (0, "") if value is None else (1, str(value))
    return (3, value) if isinstance(value, str) else (2, float(value))


def selected(query: str) -> tuple[str, ...]:
    """Return the names of the variables that a SELECT query gives.

    >>> selected("SELECT DISTINCT ?a (COUNT(?x) AS ?n) WHERE { ?a ?p ?x }")
    ('a', 'n')
    """
    names, depth, previous = [], 0, ""
    for token in _body(query):
        if token.text == "{" or token.text.upper() == "WHERE":
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "variable" and (depth == 0 or (depth == 1 and previous == "AS")):
            names.append(token.text[1:])
        previous = token.text.upper()
    return tuple(names)


def _body(text: str) -> Iterator[Token]:
    """Yield the tokens after the prologue of BASE and PREFIX declarations."""
    stream = tokens(text)
    for token in stream:
        word = token.text.upper()
        if word == "BASE":
            next(stream, None)
        elif word == "PREFIX":
            next(stream, None)
            next(stream, None)
        else:
            yield token
            yield from stream


def _check_prefixes(text: str, name: str, prefixes: Mapping[str, str]) -> None:
    declared = {f"{prefix}:" for prefix in prefixes} | {"_:"}
    previous = ""
    for token in tokens(text):
        if token.kind == "prefixed":
            if previous == "PREFIX":
                declared.add(token.text)
            elif token.text not in declared:
                known = ", ".join(sorted(p.rstrip(":") for p in declared if p != "_:"))
                raise _error(text, token, f"the prefix {token.text} is not declared; known prefixes: {known}", name)
        previous = token.text.upper()


def _check_brackets(text: str, body: list[Token], name: str) -> None:
    closing, previous = {"{": "}", "(": ")", "[": "]"}, ""
    stack: list[Token] = []
    for token in body:
        # After an operand in parentheses engines read `<` as less than, whatever follows, and not as the grammar says.
        operand_before = bool(stack) and stack[-1].text == "(" and previous not in f"({_OPERATORS}"
        if token.kind == "iri" and operand_before and re.search(_HIDING, token.text, re.DOTALL):
            if not re.fullmatch(_PLAIN_IRI, token.text):
                raise _error(text, token, "'<' may be a comparison or begin an IRI; write a space after it", name)
        previous = token.text
        if token.kind == "unended":
            mark = token.text[:3] if token.text[:3] in ("'''", '"""') else token.text[0]
            raise _error(text, token, f"the string that {mark} opens is never closed", name)
        if token.kind != "other":
            continue
        if token.text in closing:
            stack.append(token)
            if len(stack) > MAX_DEPTH:
                raise _error(
                    text, token, f"brackets are nested more than {MAX_DEPTH} deep; write the query flatter", name
                )
        elif token.text in closing.values():
            if not stack or closing[stack.pop().text] != token.text:
                raise _error(
                    text, token, f"{token.text!r} closes nothing that is open; look for a bracket too many", name
                )
    if stack:
        raise _error(text, stack[-1], f"{stack[-1].text!r} is never closed; expected {closing[stack[-1].text]!r}", name)


def _check_steps(text: str, body: list[Token], name: str) -> None:
    steps = 0
    for token in body:
        steps += token.kind in ("other", "word") and token.text.upper() in _STEPS
        if steps > MAX_STEPS:
            what = f"more than {MAX_STEPS:,} operators, groups and triples"
            raise _error(text, token, f"{what}; ask for less at once, and write long lists as VALUES", name)


def _error(text: str, token: Token, message: str, name: str) -> QuerySyntaxError:
    before = text[: token.start]
    return QuerySyntaxError(message, before.count("\n") + 1, token.start - before.rfind("\n"), name)


def _known(parameters: Mapping[str, Parameter]) -> str:
    return f"known parameters: {', '.join(parameters)}" if parameters else "it has no parameters"
