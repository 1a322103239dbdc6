"""User and password of a server: from the environment or from a prompt, never from a URL or an argument list."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from kg.errors import StoreError


@dataclass(frozen=True, slots=True)
class Credentials:
    """A login; printing it does not show the password."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A server's URL without its options."""

    url: str
    options: Mapping[str, str]


def find_credentials(product: str, environment: Mapping[str, str] | None = None) -> Credentials | None:
    """KG_STORE_USER and KG_STORE_PASSWORD, else `product`_USERNAME and `product`_PASSWORD; None without a password."""
    values = os.environ if environment is None else environment
    for user, password in (("KG_STORE_USER", "KG_STORE_PASSWORD"), (f"{product}_USERNAME", f"{product}_PASSWORD")):
        if values.get(password):
            return Credentials(values.get(user) or product.lower(), values[password])
    return None


def split_target(url: str) -> Target:
    """A URL's address and options; raises `StoreError` for one that holds a login."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as exc:
        raise StoreError(f"not a URL of a server: {exc}") from None
    if "@" in parts.netloc:
        where = parts.netloc.rpartition("@")[2]
        raise StoreError(
            f"{parts.scheme}://{where}: give user and password by KG_STORE_USER and KG_STORE_PASSWORD, not in the URL"
        )
    if not host:
        raise StoreError(f"{parts.scheme}://: the URL names no host")
    return Target(parts._replace(query="", fragment="").geturl(), dict(parse_qsl(parts.query)))
