"""Where each root key lives, by name, as the environment says; settings name the one that wraps from now on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config import env

RootKey = tuple[str, dict[str, Any]]
NEEDS = {"file": "ROOT_KEY_PATH", "pkcs11": "PKCS11_MODULE", "transit": "TRANSIT_URL"}


def held() -> dict[str, RootKey]:
    """Give those that are set up: the provider's class and what it is made with."""
    return dict(_held())


def _held() -> Iterator[tuple[str, RootKey]]:
    if path := env.text("ROOT_KEY_PATH", ""):
        yield "file", ("avhopp.crypto.providers.file.FileRootKey", {"path": Path(path)})
    if module := env.text("PKCS11_MODULE", ""):
        token, pin = env.text("PKCS11_TOKEN", "avhopp"), env.text("PKCS11_PIN", "")
        given = {"module": module, "token": token, "pin": pin}
        yield "pkcs11", ("avhopp.crypto.providers.hardware.HardwareRootKey", given)
    if url := env.text("TRANSIT_URL", ""):
        yield "transit", ("avhopp.crypto.providers.transit.TransitRootKey", _transit(url))


def _transit(url: str) -> dict[str, Any]:
    return {
        "url": url,
        "token_file": Path(env.text("TRANSIT_TOKEN_PATH")),
        "mount": env.text("TRANSIT_MOUNT", "transit"),
        "ca": env.text("TRANSIT_CA", ""),
        "namespace": env.text("TRANSIT_NAMESPACE", ""),
    }
