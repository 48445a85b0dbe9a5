"""Run the command line, as ``nlc-graph`` and ``python -m nlc_graph`` do."""


def main() -> None:
    """Run the command line."""
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
