"""Measure the filters of a long category: bytes of the file, and the time from a press to the cards on a slow phone.

    python benchmarks/filters.py --work /tmp/filters
    python benchmarks/filters.py --work /tmp/filters --products 1000 --slower 4

All products are in one category. The browser is Chromium at 390 × 664 with its processor slowed down. A press counts as
answered when the number of products and the cards on the page are those of the new choice.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import itertools
import random
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SIZES = ("XS", "S", "M", "L", "XL", "XXL", "3XL")
COLOURS = ("Black", "White", "Red", "Blue", "Green", "Sand")
BRANDS = tuple(f"Brand {number}" for number in range(1, 13))
_SITE = """\
name: Filters
url: https://filters.example
currency: EUR
timezone: Europe/Helsinki
company: {legal_name: Filters Oy, street: Street 1, postcode: "00100", city: Helsinki, country: FI, email: a@filters.example}
delivery: {methods: [{id: post, name: Post, price: 5.00, days: 1-3, countries: [FI]}]}
search: no
"""
# Press a value, and wait until the list has been drawn for it.
_PRESS = """(chip) => new Promise((done) => {
    const list = document.querySelector("filter-list");
    const cards = list.querySelector(".product-cards");
    const start = performance.now();
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }).observe(cards, { childList: true });
    chip.click();
})"""


def main() -> None:
    """Build the shop, and print what is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="a folder for the shop; it is emptied")
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--presses", type=int, default=20)
    parser.add_argument("--slower", type=float, default=4, help="how many times slower the processor is")
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    for name, text in _files(options.products):
        path = options.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run([sys.executable, "-m", "storegen", "build", "--site", str(options.work)], check=True)
    facts = options.work / "output/goods/facets.bin"
    print(f"facts of {options.products} products: {facts.stat().st_size:,} bytes, compressed")
    times, moved = _measure(options.work / "output", options.presses, options.slower)
    print(
        f"press to result, processor {options.slower:g} times slower: median {statistics.median(times):.0f} ms, ",
        end="",
    )
    print(f"first {times[0]:.0f} ms, worst {max(times):.0f} ms; layout shift {moved:g}")


def _files(count: int) -> Iterator[tuple[str, str]]:
    pick = random.Random(1)
    yield "site.yaml", _SITE
    yield "content/categories/goods.yaml", "name: Goods\n"
    for number in range(count):
        sizes = sorted(pick.sample(SIZES, pick.randint(2, 7)), key=SIZES.index)
        colours = sorted(pick.sample(COLOURS, pick.randint(1, 4)), key=COLOURS.index)
        variants = "".join(
            f"  - {{sku: {number}-{size}-{colour}, options: {{Size: {size}, Colour: {colour}}}, "
            f"stock: {pick.choice((0, 3, 9, 9))}}}\n"
            for size, colour in itertools.product(sizes, colours)
        )
        text = (
            f"name: Product number {number}\ncategory: goods\nprice: {pick.randint(900, 24000) / 100:.2f}\n"
            f"brand: {pick.choice(BRANDS)}\nfact: A fact about number {number}\n"
            f"options: {{Size: [{', '.join(sizes)}], Colour: [{', '.join(colours)}]}}\nvariants:\n{variants}"
        )
        yield f"content/products/p{number}.yaml", text


def _measure(output: Path, presses: int, slower: float) -> tuple[list[float], float]:
    """Return the milliseconds of each press, and how far the page moved by itself."""
    handler = functools.partial(_Quiet, directory=str(output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"))
        page = browser.new_context(viewport={"width": 390, "height": 664}).new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/goods/")
        page.locator(".chip__count", has_text="1").first.wait_for()
        moved = _shift(page)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        pick, times = random.Random(2), []
        for _ in range(presses):
            chips = page.locator("[data-facet]:visible").all()
            times.append(float(pick.choice(chips).evaluate(_PRESS)))
        browser.close()
        server.shutdown()
    return times, moved


def _shift(page: Page) -> float:
    page.evaluate(
        "() => { window.moved = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) "
        "window.moved += each.value; }).observe({type: 'layout-shift', buffered: true}); }"
    )
    page.wait_for_timeout(300)
    return float(page.evaluate("window.moved"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        return


if __name__ == "__main__":
    main()
