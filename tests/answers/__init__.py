"""A snapshot of what the command line answers about the bundled evidence."""
