"""A real Apache Jena Fuseki for the tests: one jar from Maven Central, started on a free port."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.fetched import fetched
from services.processes import Unavailable, free_port, served

VERSION = "5.6.0"


def fetch_jar() -> Path:
    """The server's jar, fetched once into the cache; raises `Unavailable` without Maven."""
    return fetched(f"fuseki-{VERSION}", _fetch_jar) / f"jena-fuseki-server-{VERSION}.jar"


def _fetch_jar(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("Fuseki is fetched with Maven, and mvn is not installed")
    artifact = f"org.apache.jena:jena-fuseki-server:{VERSION}"
    command = [maven, "-B", "-q", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise Unavailable(f"Maven could not fetch Fuseki {VERSION}: {(done.stdout + done.stderr)[-400:]}")


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of an empty dataset in a fresh server, which is stopped afterwards; it keeps its logs in `folder`."""
    java = shutil.which("java")
    if java is None:
        raise Unavailable("Fuseki needs Java 17 or newer, and java is not installed")
    port = free_port()
    command = [java, "-Xmx1g", "-jar", str(fetch_jar()), "--localhost", f"--port={port}", "--mem", "--update", "/ds"]
    with served(command, folder, f"http://127.0.0.1:{port}/$/ping", env={**os.environ, "FUSEKI_BASE": str(folder)}):
        yield f"http://127.0.0.1:{port}/ds"
