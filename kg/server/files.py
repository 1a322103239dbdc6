"""The whole site as files that any web host can serve."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
from starlette.applications import Starlette

from kg.errors import KgError
from kg.server.render import ASSETS
from kg.server.settings import Settings

_LISTS = ("/papers", "/datasets", "/methods", "/metrics", "/tasks")
_LONGEST = 200
"""Characters of a file's name; a page with a longer one is left out."""


async def write(app: Starlette, settings: Settings, out: Path) -> int:
    """Write all pages with their JSON and CSV into `out`; gives the number of files.

    A page `/dataset/x` becomes `dataset/x/index.html`, as hosts expect, its JSON `dataset/x.json`.
    """
    if out.exists() and any(out.iterdir()):
        raise KgError(f"{out}: the folder is not empty")
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://site") as client,
    ):
        await app.state.indexed.wait()
        things = await app.state.pages.call("everything", seconds=3600)
        for path in ["/", *_LISTS, *(f"/{thing}" for thing in things)]:
            for name, suffix in _files(path):
                count += await _save(client, settings.prefix + quote(path) + suffix, out / name)
    shutil.copytree(ASSETS, out / "static", dirs_exist_ok=True)
    return count


def _files(path: str) -> Iterator[tuple[str, str]]:
    """Names of the files of a page, each with the suffix of the path that it is fetched from."""
    inner = path.strip("/")
    parts = inner.split("/")
    if any(part in ("", ".", "..") or len(part.encode()) > _LONGEST for part in parts if inner):
        return
    yield (f"{inner}/index.html" if inner else "index.html"), ""
    for suffix in (".json", ".csv"):
        yield f"{inner or 'index'}{suffix}", suffix if inner else f"index{suffix}"


async def _save(client: httpx.AsyncClient, path: str, file: Path) -> int:
    answer = await client.get(path, headers={"accept": "text/html"})
    if answer.status_code != 200:
        raise KgError(f"{path}: not written: {answer.status_code} {answer.text[:200]}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(answer.content)
    return 1
