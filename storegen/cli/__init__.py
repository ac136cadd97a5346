"""The command line: one thin module per command. Only this package prints or exits."""

from storegen.cli.main import main

__all__ = ["main"]
