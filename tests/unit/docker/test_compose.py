"""`docker/compose.yaml` as far as it can be checked without Docker: it parses and agrees with the project."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from kg.cli.app import app
from kg.stores import store_names

ROOT = Path(__file__).resolve().parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
LONG_RUNNING = sorted(name for name, service in SERVICES.items() if "profiles" not in service)
LOADS = sorted(name for name, service in SERVICES.items() if service.get("profiles") == ["load"])


def commands(service: dict[str, Any]) -> list[list[str]]:
    """The `kg` command lines that a service runs."""
    if "entrypoint" not in service:
        return [service["command"]]
    words = [shlex.split(part) for part in re.split(r";|\|\|", service["command"][0])]
    return [line[line.index("kg") + 1 :] for line in words if "kg" in line]


def test_services_are_those_that_the_docs_name() -> None:
    assert LONG_RUNNING == ["app", "fuseki", "neo4j"]
    assert LOADS == ["fuseki-load", "neo4j-load"]


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_long_running_service_has_a_health_check_and_listens_on_loopback_only(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert {"test", "interval", "timeout", "retries", "start_period"} <= check.keys()
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


@pytest.mark.parametrize("name", LOADS)
def test_load_waits_for_healthy_services_and_names_a_known_store(name: str) -> None:
    service = SERVICES[name]
    assert all(wait == {"condition": "service_healthy"} for wait in service["depends_on"].values())
    assert set(service["depends_on"]) <= set(LONG_RUNNING)
    _, target = service["command"]
    scheme, _, rest = target.partition("://")
    assert scheme in store_names()
    assert rest.partition(":")[0] in service["depends_on"]


@pytest.mark.parametrize("name", ["app", *LOADS])
def test_commands_exist(name: str) -> None:
    known = get_command(app).commands  # type: ignore[attr-defined]
    for command, *arguments in commands(SERVICES[name]):
        options = {option for parameter in known[command].params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("--")} <= options


def test_passwords_come_from_the_environment_only() -> None:
    text = (ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8")
    secrets = re.findall(r"(?:PASSWORD|AUTH): *(?:neo4j/)?(.+)", text)
    assert len(secrets) == 4
    assert all(re.fullmatch(r"\$\{(NEO4J|FUSEKI)_PASSWORD:\?set \1_PASSWORD\}", secret) for secret in secrets)


def test_named_volumes_are_declared() -> None:
    used = {line.partition(":")[0] for service in SERVICES.values() for line in service.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])


def test_dockerfile_copies_what_exists_and_what_is_not_ignored() -> None:
    text = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")
    copied = {word for line in re.findall(r"^COPY (.+)$", text, re.M) for word in line.split()[:-1]}
    assert all((ROOT / name).exists() for name in copied)
    kept = re.findall(r"^!(.+)$", (ROOT / "docker" / "Dockerfile.dockerignore").read_text(encoding="utf-8"), re.M)
    assert copied == set(kept)
