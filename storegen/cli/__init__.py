"""The command line: one thin module a command, the only place that prints or exits."""

from storegen.cli.main import main

__all__ = ["main"]
