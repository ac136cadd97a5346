"""Count the clicks from the home page to each product, in shops of several sizes, as a table for docs/benchmarks.md.

    python -m benchmarks.clicks --work /tmp/clicks
    python -m benchmarks.clicks --work /tmp/clicks --products 400,2000

The shops are those of tests/real_shop.py: thirty categories in two levels. The walk follows the links of the built
pages, so the search and the filters, which need scripts, don't count.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from pathlib import Path

from storegen.build import Options, build
from tests.real_shop import write_shop
from tests.walking import clicks, products


def main() -> None:
    """Build the shops, walk them and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="a folder for the shops; it is emptied")
    parser.add_argument("--products", default="24,400,2000", help="the sizes of the shops")
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    print("| products | clicks, median | clicks, most | products without a link |\n|---|---|---|---|")
    for count in map(int, options.products.split(",")):
        folder = options.work / str(count)
        write_shop(folder, products=count)
        build(Options(folder))
        found, listed = clicks(folder / "output"), products(folder / "output")
        reached = [found[place] for place in listed if place in found]
        print(f"| {count:,} | {statistics.median(reached):g} | {max(reached)} | {len(listed) - len(reached)} |")


if __name__ == "__main__":
    main()
