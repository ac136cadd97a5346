"""Measure what more languages cost: cold builds of one catalogue in one language and in three, and one translated word.

    python benchmarks/languages.py --work /tmp/languages
    python benchmarks/languages.py --work /tmp/languages --products 1000 --rounds 3

Every text is translated. There are no pictures, because languages share them. The builds of one language and of three
alternate, so that whatever else the machine does affects both.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "fi", "sv")
_WORDS = {
    "en": (
        "Lamp",
        "A lamp for reading, writing and late evenings",
        "Oak and brass, turned by hand",
        "Colour",
        "Red",
        "Blue",
    ),
    "fi": (
        "Lamppu",
        "Lamppu lukemiseen, kirjoittamiseen ja pitkiin iltoihin",
        "Tammea ja messinkiä",
        "Väri",
        "Punainen",
        "Sininen",
    ),
    "sv": (
        "Lampa",
        "En lampa för läsning, skrivande och sena kvällar",
        "Ek och mässing, svarvad för hand",
        "Färg",
        "Röd",
        "Blå",
    ),
}


class Cost(NamedTuple):
    """The seconds of a build, by the clock and of all processors, and its number of files."""

    seconds: float
    cpu: float
    files: int


def main() -> None:
    """Print the cost of each build and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for the shops")
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    shops = {count: arguments.work / f"languages-{count}" for count in (1, 3)}
    for count, folder in shops.items():
        shutil.rmtree(folder, ignore_errors=True)
        write_shop(folder, LANGUAGES[:count], arguments.products)
    costs: dict[int, list[Cost]] = {1: [], 3: []}
    for _ in range(arguments.rounds):
        for count, folder in shops.items():
            costs[count].append(build(folder, cold=True))
    for count, found in costs.items():
        print(f"{count} languages, cold: {[f'{each.seconds:.2f} s, {each.cpu:.2f} s of CPU' for each in found]}")
    for field in ("seconds", "cpu", "files"):
        one, three = (statistics.median(getattr(each, field) for each in costs[count]) for count in (1, 3))
        print(f"{field}: three languages take {three / one:.2f} times one")
    word(shops[3])


def word(folder: Path) -> None:
    """Translate one word anew, and print what the build did."""
    file = folder / "content/products/lamp-0007.fi.yaml"
    file.write_text(file.read_text().replace("Lamppu 7", "Lamppunen 7"))
    done = subprocess.run(command(folder), check=True, capture_output=True, text=True)
    print(f"one word: {next(line for line in done.stdout.splitlines() if line.startswith('made '))}")


def build(folder: Path, *, cold: bool) -> Cost:
    """Build a shop, cold from nothing, and return its cost."""
    if cold:
        for name in ("output", ".storegen"):
            shutil.rmtree(folder / name, ignore_errors=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command(folder), check=True, capture_output=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu, sum(1 for path in (folder / "output").rglob("*") if path.is_file()))


def command(folder: Path) -> list[str]:
    """Return the command that builds a shop."""
    return [sys.executable, "-m", "storegen", "build", "--site", str(folder)]


def write_shop(folder: Path, languages: tuple[str, ...], products: int) -> None:
    """Write a shop with twenty categories, each text in every language."""
    for name, text in files_of(languages, products):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def files_of(languages: tuple[str, ...], products: int) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of a shop."""
    site = (
        f"name: Lamps\nurl: https://lamps.example\nlanguages: [{', '.join(languages)}]\ncurrency: EUR\n"
        "company: {legal_name: Lamps Oy, email: a@lamps.example, country: FI}\n"
        "delivery: {methods: [{id: post, name: Post, price: 5.90, days: 1-3, countries: [FI]}]}\n"
    )
    yield "site.yaml", site
    if "sv" in languages:
        yield "themes/default/locales/sv.yaml", "meta: {name: Svenska}\n"
    for language in languages:
        kind, summary, text, colour, red, blue = _WORDS[language]
        ending = "" if language == languages[0] else f".{language}"
        for number in range(20):
            yield f"content/categories/c{number:02}{ending}.yaml", f"name: {kind} {number}\nsummary: {summary}.\n"
        for number in range(products):
            facts = (
                f"price: {20 + number % 80}.50\nsku: L{number}\ncategory: c{number % 20:02}\n"
                f"options: {{{colour}: [{red}, {blue}]}}\n"
            )
            words = f"options: {{Colour: {colour}, Red: {red}, Blue: {blue}}}\nslug: {kind.lower()}-{number:04}-{language}\n"
            own = (
                f"name: {kind} {number}\nsummary: {summary}.\nspecs: {{{colour}: {red}}}\n"
                f"description: |\n  {summary}. {text}.\n\n  ## {text}\n\n  {summary}. {text}. {summary}.\n"
            )
            yield f"content/products/lamp-{number:04}{ending}.yaml", own + (words if ending else facts)


if __name__ == "__main__":
    main()
