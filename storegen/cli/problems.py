"""Printing of mistakes and placeholders."""

from __future__ import annotations

import click

from storegen.config import PLACEHOLDER
from storegen.errors import PlaceholderError, ProblemsError, counted


def show_problems(error: ProblemsError) -> None:
    """Print every problem, and the number of problems."""
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    if isinstance(error, PlaceholderError):
        click.echo(f"\n{placeholder_advice(count)}\nnothing was written; to build it all the same,", err=True, nl=False)
        click.echo(" add --allow-placeholders", err=True)
    else:
        click.echo(f"\n{counted(count, 'mistake')}; nothing was written", err=True)


def placeholder_advice(count: int) -> str:
    """Return the number of placeholders, and what to do about them."""
    left = f"{counted(count, 'placeholder')} left to replace"
    return f"{left}: write your own value or text, and delete {PLACEHOLDER} and the words after it"
