"""A walk over a built shop: how many clicks lead from the home page to each page."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup


def clicks(output: Path, start: str = "/") -> dict[str, int]:
    """Return the least number of clicks to each address that links lead to, by address."""
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in _links(output, here):
            if there not in found:
                found[there] = found[here] + 1
                waiting.append(there)
    return found


def products(output: Path) -> set[str]:
    """Return the addresses of the products of a built shop that search engines may list."""
    found = re.findall(r"<loc>https?://[^/]+(/products/[^/<]+/)</loc>", (output / "sitemap.xml").read_text())
    return set(map(unquote, found))


def _links(output: Path, place: str) -> list[str]:
    file = output / place.lstrip("/") / "index.html"
    if not file.is_file():
        return []
    page = BeautifulSoup(file.read_text(), "html.parser")
    targets = (urlsplit(urljoin(place, str(link["href"]))) for link in page.find_all("a", href=True))
    return [each.path for each in targets if not each.netloc and not each.scheme and each.path.endswith("/")]
