"""Query texts before they reach an engine: tokens, parameters, and limits that keep the engine from crashing.

A parameter is a variable with a leading underscore and a type: ``?_outcome_iri``, ``?_text``, ``?_hops_integer``.
Binding replaces the variable by an RDF term and nothing else, so that every engine gets standard SPARQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..errors import ParameterError, QuerySyntaxError
from ..table import Ref
from ..vocabulary import PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
#: Deeper nesting and longer chains of operators, groups or triples than any person writes. Engines recurse over both:
#: Oxigraph crashes at 2,500 groups. Long lists are written as VALUES, which no engine recurses over.
MAX_DEPTH, MAX_STEPS = 100, 1000
#: Characters of a query that a user hands over.
MAX_LENGTH = 1_000_000
_OPERATORS = "!|&+-/*=<>^;.,"
_STEPS = frozenset([*_OPERATORS, *"UNION OPTIONAL MINUS FILTER BIND GRAPH".split()])

# The grammar of SPARQL 1.1 (section 19.8), down to the characters of IRIs, names and comments: a SERVICE that only
# seems to stand inside one of them must not escape check(). Texts, not patterns: re compiles them when first needed.
_TOKENS = r"""
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
_PARAMETER = r"[?$]_(?P<name>[A-Za-z]\w*?)(?:_(?P<type>iri|integer|decimal|string|literal))?"
#: Engines take a keyword that follows a number, or precedes a colon, without a space.
_SERVICE = r"(?i:SERVICE(?:SILENT)?:?)$"
#: IRIs that cannot be read as a comparison (``//`` ends one) or as the inside of a string.
_PLAIN_IRI = r"<[A-Za-z][\w+.-]*://[^<>\"'{}|^`\\\x00-\x20]*+>"
_CLOSING = {"{": "}", "(": ")", "[": "]"}
#: Content of an IRI behind which a comparison without spaces, ``?a<2)#>``, may hide.
_HIDING = rf"#|&&|[()]|.{{{MAX_STEPS}}}"


class Token(NamedTuple):
    """A token of a query: its kind (a group of the tokeniser), its text and where it starts."""

    kind: str
    text: str
    start: int


class Parameter(NamedTuple):
    """A parameter of a query; ``type`` is iri, integer, decimal or string."""

    name: str
    type: str


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query in order, without white space and comments."""
    for match in re.finditer(_TOKENS, text, re.VERBOSE | re.DOTALL):
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
    for _, parameter in _parameter_tokens(text):
        found.setdefault(parameter.name, parameter)
    return found


def bind(text: str, terms: Mapping[str, str]) -> str:
    """Replace parameters by RDF terms.

    :param terms: parameter name to term in SPARQL syntax, see :func:`term`
    :raises ParameterError: if a parameter of the text has no term, or a term no parameter

    >>> bind("ASK { ?s ?p ?_text }", {"text": term("it's")})
    'ASK { ?s ?p "it\\'s" }'
    """
    known = parameters(text)
    for name in known.keys() ^ terms.keys():
        wrong = "has no value for" if name in known else "has no"
        raise ParameterError(f"the query {wrong} parameter {name!r}; its parameters: {', '.join(known) or 'none'}")
    parts, end = [], 0
    for token, parameter in _parameter_tokens(text):
        parts += [text[end : token.start], terms[parameter.name]]
        end = token.start + len(token.text)
    return "".join(parts) + text[end:]


def term(value: object) -> str:
    """Return a Python value or an rdflib term in SPARQL syntax; a :class:`~nlc_graph.table.Ref` is an IRI.

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
    first = next(body(text), None)
    return first.text.upper() if first and first.text.upper() in FORMS else ""


def body(text: str) -> Iterator[Token]:
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


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes that a query uses and does not declare, on its first line.

    >>> with_prefixes("ASK { ?s a nlc:Claim }", {"nlc": "http://n#", "x": "http://x#"})
    'PREFIX nlc: <http://n#> ASK { ?s a nlc:Claim }'
    """
    declared, used = _prefixes(text)
    missing = dict.fromkeys(token.text[:-1] for token in used if token.text not in declared)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in missing if name in prefixes) + text


def counting(text: str) -> str:
    """Return a query for the number of rows or triples in the answer to another; empty if there is no simple one.

    >>> counting("SELECT ?s { ?s ?p ?o }").split()
    ['SELECT', '(COUNT(*)', 'AS', '?count)', '{', '{', 'SELECT', '?s', '{', '?s', '?p', '?o', '}', '}', '}']
    """
    found = list(body(text))
    words = {token.text.upper() for token in found if token.kind == "word"}
    start = found[0].start
    query = text[start:]
    if "FROM" in words or "DESCRIBE" in words:
        return ""
    if "CONSTRUCT" in words:
        template = re.match(r"CONSTRUCT\s*\{\s*(\?\w+)\s+(\?\w+)\s+(\?\w+)\s*\.?\s*\}", query, re.IGNORECASE)
        if not template or "LIMIT" in words:
            return ""
        query = f"SELECT DISTINCT {' '.join(template.groups())} {query[template.end() :]}"
    return f"{text[:start]}SELECT (COUNT(*) AS ?count) {{ {{ {query}\n}} }}"


def is_suspect(text: str) -> bool:
    """Tell cheaply whether a query needs :func:`check` before an engine reads it.

    True for what is no query, may call another host, be nested too deep or be too long a chain. Syntax errors are left
    to the engine. Keywords that count as a step come with a bracket, so counting brackets and operators is enough.
    """
    brackets = sum(text.count(bracket) for bracket in "{([")
    return brackets > MAX_DEPTH or "service" in text.lower() or _may_be_a_chain(text) or not query_form(text)


def check(text: str, name: str = "query", prefixes: Mapping[str, str] = PREFIXES, *, service: bool = False) -> None:
    """Refuse a query that an engine must not be given, or whose error can be explained better than by the engine.

    :param service: whether SERVICE, which calls another host, is allowed
    :raises QuerySyntaxError: for no query or an update, a call of another host, an undeclared prefix, unbalanced
        brackets, nesting deeper than :data:`MAX_DEPTH`, chains longer than :data:`MAX_STEPS`, or a comparison that
        looks like an IRI
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(f"longer than {MAX_LENGTH:,} characters; ask for less at once", name=name)
    found = list(body(text))
    form = found[0].text.upper() if found else ""
    if form not in FORMS:
        problem = "an update, but the graph is read-only" if form in _UPDATES else f"not a query: {form[:40]!r}"
        raise _error(text, found[0] if found else None, f"{problem}; expected {', '.join(FORMS)}", name)
    declared, used = _prefixes(text)
    for token in used:
        if token.text not in declared | {f"{prefix}:" for prefix in prefixes} | {"_:"}:
            raise _error(text, token, f"the prefix {token.text} is not declared", name)
    _check_brackets(text, found, name)
    _check_steps(text, found, name)
    for token in found:
        if token.kind in ("word", "prefixed") and re.search(_SERVICE, token.text) and not service:
            message = "SERVICE would call another host; allow it with --allow-service"
            raise _error(text, token, message, name, code="service-refused")


def explain(message: str, text: str, name: str = "query") -> QuerySyntaxError:
    """Turn a syntax error of the engine into one line: where, what was found and what was expected."""
    found = re.match(r"error at (\d+):(\d+): expected (.*)", message, re.DOTALL)
    if not found:
        return QuerySyntaxError(" ".join(message.split()), name=name)
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines() or [""]
    rest = lines[min(line, len(lines)) - 1][column - 1 :].split()
    position = repr(rest[0][:30]) if rest else f"on after {text.split()[-1][-30:]!r}"
    words = re.findall(r"\"[^\"]+\"|\b(?!LATERAL|F[A-F]+\b)[A-Z]{2,}(?: [A-Z]+)*", found[3])
    # The engine lists keywords only; where just a term may follow it lists nothing.
    expected = ", ".join(dict.fromkeys(words[:8])) or "a variable, IRI, CURIE or literal"
    return QuerySyntaxError(f"cannot read {position}; expected {expected}", line, column, name)


def _parameter_tokens(text: str) -> Iterator[tuple[Token, Parameter]]:
    for token in tokens(text):
        match = re.fullmatch(_PARAMETER, token.text) if token.kind == "variable" else None
        if match:
            kind = (match["type"] or "string").replace("literal", "string")
            yield token, Parameter(match["name"], kind)


def _prefixes(text: str) -> tuple[set[str], list[Token]]:
    """Return the prefixes that a query declares, and the tokens in which it uses one."""
    declared: set[str] = set()
    used: list[Token] = []
    previous = ""
    for token in tokens(text):
        if token.kind == "prefixed" and previous == "PREFIX":
            declared.add(token.text)
        elif token.kind == "prefixed":
            used.append(token)
        previous = token.text.upper()
    return declared, used


def _may_be_a_chain(text: str) -> bool:
    if len(text) <= MAX_STEPS:
        return False
    rest = re.sub(_PLAIN_IRI, "", text)  # a list of these may be of any length
    return sum(rest.count(operator) for operator in _OPERATORS) > MAX_STEPS


def _check_brackets(text: str, found: list[Token], name: str) -> None:
    previous = ""
    opened: list[Token] = []
    for token in found:
        # After an operand in parentheses engines read `<` as "less than", where the grammar has an IRI.
        after_operand = bool(opened) and opened[-1].text == "(" and previous not in f"({_OPERATORS}"
        previous = token.text
        if token.kind == "iri" and after_operand and _may_hide_a_comparison(token.text):
            raise _error(text, token, "'<' may be a comparison or begin an IRI; write a space after it", name)
        if token.kind == "unended":
            raise _error(text, token, f"the string that begins with {token.text[:10]!r} is never closed", name)
        if token.kind == "other" and token.text in _CLOSING:
            opened.append(token)
        elif token.kind == "other" and token.text in _CLOSING.values():
            if not opened or _CLOSING[opened.pop().text] != token.text:
                raise _error(text, token, f"{token.text!r} closes no open bracket", name)
        if len(opened) > MAX_DEPTH:
            raise _error(text, token, f"brackets are nested more than {MAX_DEPTH} deep", name, code="too-deep")
    if opened:
        raise _error(text, opened[-1], f"{opened[-1].text!r} is never closed", name)


def _may_hide_a_comparison(iri: str) -> bool:
    return bool(re.search(_HIDING, iri, re.DOTALL)) and not re.fullmatch(_PLAIN_IRI, iri)


def _check_steps(text: str, found: list[Token], name: str) -> None:
    steps = 0
    for token in found:
        steps += token.kind in ("other", "word") and token.text.upper() in _STEPS
        if steps > MAX_STEPS:
            message = f"more than {MAX_STEPS:,} operators, groups and triples; write long lists as VALUES"
            raise _error(text, token, message, name, code="too-deep")


def _error(text: str, token: Token | None, message: str, name: str, code: str = "") -> QuerySyntaxError:
    if token is None:
        return QuerySyntaxError(message, name=name, code=code)
    before = text[: token.start]
    return QuerySyntaxError(message, before.count("\n") + 1, token.start - before.rfind("\n"), name, code=code)
