"""The graph behind a SPARQL server."""
