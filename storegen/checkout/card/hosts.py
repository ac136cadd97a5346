"""The hosts that can run the payment function: where each expects the file, and how the file begins and ends."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec


class FunctionFile(msgspec.Struct, frozen=True):
    """The place of the function. *folder* is relative to the folder that contains ``output``, empty for ``output``."""

    folder: str
    name: str


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """A host. *folder* and *file* are the place of the function; *file* may contain ``{path}``.

    *adapter* is a module in ``scripts/hosts``. *imports* are functions of further modules there, and *end* is the end
    of the generated module, which has ``serve``; ``$PATH`` in it is the function's path. *path* is a pattern for that
    path.
    """

    title: str
    folder: str = ""
    file: str
    adapter: str = "plain"
    imports: Mapping[str, tuple[str, ...]] = {}
    end: str = "export default { fetch: serve };"
    path: str = r"(?:/[\w-]+)+"
    example: str = "/api/checkout"

    def function_file(self, path: str) -> FunctionFile:
        """Return the place of the function that answers at *path*."""
        return FunctionFile(self.folder, self.file.format(path=path.rpartition("/")[2]))

    def takes(self, path: str) -> bool:
        """Return whether the function can have this path on the site."""
        return re.fullmatch(self.path, path) is not None


# Sources: the documentation of the hosts, read 2026-09 to 2026-11; docs/checkout/card.md names the pages.
HOSTS: Mapping[str, Host] = {
    # Advanced mode: one file in the published folder, which Cloudflare runs and never serves.
    "cloudflare": Host(title="Cloudflare Pages", file="_worker.js", adapter="cloudflare"),
    # Netlify reads the path from the text, so it must be a literal.
    "netlify": Host(
        title="Netlify",
        folder="netlify/functions",
        file="{path}.mjs",
        end='export default serve;\nexport const config = { path: "$PATH" };',
    ),
    # Vercel takes the address from the place of the file.
    "vercel": Host(title="Vercel", folder="api", file="{path}.mjs", path=r"/api/[\w-]+"),
    "deno": Host(title="Deno Deploy", folder="function", file="main.mjs"),
    "lambda": Host(
        title="AWS Lambda",
        folder="function",
        file="index.mjs",
        imports={"lambda": ("handlerOf",)},
        end="export default { fetch: serve };\nexport const handler = handlerOf(serve);",
    ),
    "node": Host(
        title="your own server with Node.js",
        folder="function",
        file="server.mjs",
        imports={"node": ("isMain", "listen")},
        end="export default { fetch: serve };\nif (await isMain(import.meta.url)) await listen(serve);",
    ),
}
# The folders beside ``output`` that builds may write to.
FOLDERS = tuple(dict.fromkeys(host.folder for host in HOSTS.values() if host.folder))
