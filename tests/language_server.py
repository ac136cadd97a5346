"""A YAML language server, driven over stdio as an editor drives it (Language Server Protocol 3.17)."""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


class LanguageServer:
    """A running server; *folder* is the workspace."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input: IO[bytes] = process.stdin
        self._output: IO[bytes] = process.stdout
        self._numbers = itertools.count(1)
        self._folder = folder
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self._send("initialized", {})

    def open(self, name: str) -> list[str]:
        """Open a file and return what the server finds wrong, as ``line: message``."""
        uri = (self._folder / name).as_uri()
        text = (self._folder / name).read_text()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:
            self._take(self._receive())
        return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in self._diagnostics.pop(uri)]

    def complete(self, name: str, line: int, column: int) -> list[str]:
        """Return what the server offers at a place of an open file; *line* counts from 1, *column* from 0."""
        place = {"line": line - 1, "character": column}
        uri = (self._folder / name).as_uri()
        answer = self._request("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
        items = answer["items"] if isinstance(answer, dict) else answer
        return [item["label"] for item in items]

    def hover(self, name: str, line: int, column: int) -> str:
        """Return what the server says of a place."""
        uri = (self._folder / name).as_uri()
        place = {"line": line - 1, "character": column}
        answer = self._request("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
        return str(answer["contents"]["value"]) if answer else ""

    def _request(self, method: str, params: object) -> Any:
        number = next(self._numbers)
        self._write({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._take(message)

    def _send(self, method: str, params: object) -> None:
        self._write({"method": method, "params": params})

    def _take(self, message: dict[str, Any]) -> None:
        """Keep diagnostics, and answer what the server asks of an editor."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message:
            asked = message.get("params") or {}
            self._write({"id": message["id"], "result": [{} for _ in asked.get("items", ())]})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._input.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while (line := self._output.readline()) not in {b"\r\n", b""}:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self._output.read(length))
        return message


@contextmanager
def language_server(command: Path, folder: Path) -> Iterator[LanguageServer]:
    """Start the server of *command* with a folder as its workspace; it is ended behind the block."""
    with subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield LanguageServer(process, folder)
        finally:
            process.kill()
