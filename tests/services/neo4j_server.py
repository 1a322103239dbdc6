"""A real Neo4j Community server for the tests: fetched from Maven Central once, started once, stopped after.

The jars (116 MB) are kept in `.cache/` of the checkout, or where `KG_CACHE` says.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from services.fetched import fetched

HERE = Path(__file__).resolve().parent
VERSION = "5.26.12"
READY_SECONDS = 120
_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData")
"""The server lives for a minute: what compiles slowly never pays."""
_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


class ServerMissing(Exception):
    """The server cannot be started here; the message says how to get what it lacks."""


@dataclass(frozen=True)
class Neo4jServer:
    """A running server."""

    url: str
    user: str
    password: str
    home: Path


def fetch_jars() -> Path:
    """The folder of the server's jars, filled by Maven where it is not there yet."""
    if shutil.which("java") is None:
        raise ServerMissing("java is not installed: install Java 17 to test Neo4j")
    return fetched(f"neo4j-{VERSION}", _fetch_jars) / "lib"


def _fetch_jars(folder: Path) -> None:
    if shutil.which("mvn") is None:
        raise ServerMissing("mvn is not installed: install Maven to fetch Neo4j for its tests")
    shutil.copy(HERE / "pom.xml", folder / "pom.xml")
    command = ["mvn", "-B", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise ServerMissing(f"Maven could not fetch Neo4j {VERSION}: {(done.stdout + done.stderr)[-400:]}")


def _java(home: Path, main: str, *arguments: str) -> list[str]:
    opens = [f"--add-opens={name}=ALL-UNNAMED" for name in _OPENS]
    return ["java", "-Xmx512m", *_QUICK_START, *opens, "-cp", f"{fetch_jars()}/*", main, *arguments]


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}


def admin(home: Path, *arguments: str) -> str:
    """Run `neo4j-admin` with these arguments; raises `CalledProcessError` where it fails."""
    command = _java(home, "org.neo4j.cli.AdminTool", *arguments)
    options = {"capture_output": True, "text": True, "timeout": 300}
    done = subprocess.run(command, env=_environment(home), check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise AssertionError(f"neo4j-admin {' '.join(arguments[:2])}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return str(done.stdout)


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_home(home: Path, bolt: int) -> None:
    """A server's folder with its settings."""
    for name in ("conf", "data", "logs", "plugins", "import", "run", "licenses"):
        (home / name).mkdir(parents=True, exist_ok=True)
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "128m",
        "dbms.usage_report.enabled": "false",
    }
    (home / "conf" / "neo4j.conf").write_text("".join(f"{k}={v}\n" for k, v in settings.items()), encoding="utf-8")


@contextmanager
def running_neo4j(home: Path) -> Iterator[Neo4jServer]:
    """A server that listens on free loopback ports, stopped at the end."""
    bolt, password = free_port(), secrets.token_hex(8)
    make_home(home, bolt)
    admin(home, "dbms", "set-initial-password", password)
    main = "org.neo4j.server.CommunityEntryPoint"
    command = _java(home, main, f"--home-dir={home}", f"--config-dir={home / 'conf'}")
    with (home / "logs" / "console.log").open("wb") as log:
        process = subprocess.Popen(command, env=_environment(home), stdout=log, stderr=log)
    try:
        _wait(process, bolt, home)
        yield Neo4jServer(f"neo4j://127.0.0.1:{bolt}", "neo4j", password, home)
    finally:
        # Its data are thrown away, so it need not take its ten seconds for an orderly end.
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, home: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    log = home / "logs" / "neo4j.log"
    while time.monotonic() < end and process.poll() is None:
        if log.exists() and "Started." in log.read_text(errors="replace"):
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        time.sleep(0.2)
    raise ServerMissing((home / "logs" / "console.log").read_text(errors="replace")[-1500:])


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The server of this run. Tests that use it belong to the xdist group `neo4j`, so that there is only one."""
    try:
        fetch_jars()
    except ServerMissing as exc:
        if os.environ.get("CI"):
            pytest.fail(str(exc))
        pytest.skip(str(exc))
    with running_neo4j(tmp_path_factory.mktemp("neo4j")) as server:
        yield server
