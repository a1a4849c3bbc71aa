"""taplo and tombi, the tools with which editors read TOML, run without a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

SCHEMA = "format-1.schema.json"
TOMBI_SETTINGS = "[schema]\ncatalog = { paths = [] }\n"
"""Without this, tombi asks a catalogue on the network which schema a file has."""


def program(name: str) -> str:
    """The path of a program that was installed beside this Python; missing, it is a failure."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is not installed: pip install -e '.[dev]'"
    return found


def surroundings(home: Path) -> dict[str, str]:
    """An environment in which nobody's settings and nobody's cache are found."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "APPDATA"), str(home))
    return kept | places


def call(name: str) -> list[str]:
    """The command that checks one file."""
    if name == "taplo":
        return [program(name), "lint", "--no-auto-config"]
    return [program(name), "lint", "--offline", "--error-on-warnings"]


def said(name: str, path: Path, proxies: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Whether a tool takes a file, and what it says of it; the folder above is its home."""
    (path.parent / "tombi.toml").write_text(TOMBI_SETTINGS, "utf-8")
    ran = subprocess.run(
        [*call(name), path.name],
        cwd=path.parent,
        env=surroundings(path.parent.parent) | dict(proxies or {}),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return ran.returncode == 0, ran.stdout + ran.stderr


class Editor:
    """tombi's language server with one file open, as an editor drives it."""

    def __init__(self, path: Path) -> None:
        (path.parent / "tombi.toml").write_text(TOMBI_SETTINGS, "utf-8")
        self.uri, self.text, self.last = path.as_uri(), path.read_text("utf-8"), 0
        self.server = subprocess.Popen(
            [program("tombi"), "lsp", "--offline"],
            cwd=path.parent,
            env=surroundings(path.parent.parent),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        folder = {"uri": path.parent.as_uri(), "name": "folder"}
        start = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder]}
        offers = {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}}
        can = {"textDocument": {"completion": offers, "hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", start | {"capabilities": can})
        self.tell("initialized", {})
        document = {"uri": self.uri, "languageId": "toml", "version": 1, "text": self.text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def __enter__(self) -> Editor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.server.kill()
        self.server.communicate()

    def hover(self, text: str) -> str:
        """What is shown over the first letter of a text."""
        shown: Any = self._once_ready("textDocument/hover", self.text.index(text) + 1)
        return str(shown["contents"]["value"])

    def complete(self, text: str) -> set[str]:
        """What is offered in the line above a text."""
        found: Any = self._once_ready("textDocument/completion", self.text.index(text) - 1)
        items = found if isinstance(found, list) else found["items"]
        return {str(item["label"]) for item in items}

    def _once_ready(self, method: str, offset: int) -> object:
        """The answer about a place; a server that has not yet read the file knows nothing of it."""
        for _ in range(200):
            answer = self.ask(method, self._at(offset))
            if answer:
                return answer
            time.sleep(0.05)
        raise TimeoutError(method)

    def _at(self, offset: int) -> dict[str, Any]:
        line = self.text.count("\n", 0, offset)
        character = offset - self.text.rfind("\n", 0, offset) - 1
        position = {"line": line, "character": character}
        return {"textDocument": {"uri": self.uri}, "position": position}

    def ask(self, method: str, params: Mapping[str, Any]) -> object:
        """The answer to a request."""
        self.last += 1
        self._send({"id": self.last, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" in message and "id" in message:  # the server asks in its turn
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self.last:
                return message["result"]

    def tell(self, method: str, params: Mapping[str, Any]) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self.server.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.server.stdout is not None
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.server.stdout.read(length))
        return message
