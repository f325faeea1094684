"""A missing or weak value stops the start with a sentence that says what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(__file__).parents[3]
STRONG = "n7Vd2kQ9xLw4Zb1RfT8yHs6JmPc3GaEu0iOtKqXvBzNhDrWe5lYp"


def refused(reader, *args, **kwargs) -> str:
    with pytest.raises(ImproperlyConfigured) as refusal:
        reader(*args, **kwargs)
    return str(refusal.value)


def test_missing_value_is_named(monkeypatch):
    monkeypatch.delenv("NÅGOT", raising=False)
    assert "NÅGOT saknas. Sätt NÅGOT" in refused(env.text, "NÅGOT")


@pytest.mark.parametrize("weak", ["short", "a" * 80, "abcabcabc" * 10, "django-insecure-" + STRONG])
def test_weak_secret_is_refused_without_being_repeated(monkeypatch, weak):
    monkeypatch.setenv("HEMLIG", weak)
    message = refused(env.secret, "HEMLIG", length=50)
    assert "för svag" in message
    assert weak not in message


def test_strong_secret_is_taken(monkeypatch):
    monkeypatch.setenv("HEMLIG", STRONG)
    assert env.secret("HEMLIG", length=50) == STRONG


def test_secret_comes_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "hemlig").write_text(STRONG + "\n")
    monkeypatch.setenv("HEMLIG_FILE", str(tmp_path / "hemlig"))
    monkeypatch.setenv("HEMLIG", "the file wins")
    assert env.secret("HEMLIG", length=50) == STRONG


def test_file_that_cannot_be_read_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("HEMLIG_FILE", str(tmp_path / "saknas"))
    assert "går att läsa" in refused(env.text, "HEMLIG", "a default does not help")


@pytest.mark.parametrize("typed", ["jaa", "2", "yess", "True!"])
def test_typing_error_never_turns_a_protection_off(monkeypatch, typed):
    monkeypatch.setenv("SKYDD", typed)
    assert "ja eller nej" in refused(env.flag, "SKYDD", default=True)


@pytest.mark.parametrize(("typed", "value"), [("ja", True), ("0", False), ("TRUE", True), ("nej", False)])
def test_yes_and_no_are_read(monkeypatch, typed, value):
    monkeypatch.setenv("SKYDD", typed)
    assert env.flag("SKYDD", default=not value) is value


@pytest.mark.parametrize("url", ["sqlite:///x.db", "mysql://x/y", "x"])
def test_other_engines_are_refused(monkeypatch, url):
    monkeypatch.setenv("DB", url)
    assert "bara på PostgreSQL" in refused(env.database, "DB")


def test_address_becomes_djangos_words(monkeypatch):
    monkeypatch.setenv("DB", "postgresql://app:hemlig@db.internal:5433/avhopp?sslmode=verify-full")
    found = env.database("DB")
    assert (found["NAME"], found["USER"], found["HOST"], found["PORT"]) == (
        "avhopp",
        "app",
        "db.internal",
        "5433",
    )
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["server_side_binding"] is True
    assert found["ATOMIC_REQUESTS"] is True


def test_wrong_address_is_refused_without_being_repeated(monkeypatch):
    monkeypatch.setenv("DB", "postgresql://app:hemligt@host:port/avhopp?nonsense=1")
    assert "hemligt" not in refused(env.database, "DB")


def test_identifier_must_be_a_uuid(monkeypatch):
    monkeypatch.setenv("ORG", "sigtuna")
    assert "UUID" in refused(env.identifier, "ORG")


def test_number_must_be_whole(monkeypatch):
    monkeypatch.setenv("N", "1.5")
    assert "heltal" in refused(env.integer, "N", 1)


OBLIGATORY = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "ORGANISATION",
    "MUNICIPALITY",
    "BASE_URL",
    "ROOT_KEY_PATH",
    "DATABASE_URL",
    "BROKER_URL",
    "DOCUMENTS_PATH",
)


@pytest.mark.parametrize("name", OBLIGATORY)
def test_production_does_not_start_without(name, tmp_path):
    values = {
        "SECRET_KEY": STRONG,
        "ALLOWED_HOSTS": "avhopp.example",
        "ORGANISATION": "00000000-0000-4000-8000-000000000002",
        "MUNICIPALITY": "Provkommun",
        "BASE_URL": "https://avhopp.example",
        "ROOT_KEY_PATH": str(tmp_path / "root.key"),
        "DATABASE_URL": "postgresql://localhost/avhopp",
        "BROKER_URL": "memory://",
        "DOCUMENTS_PATH": str(tmp_path / "documents"),
    }
    values.pop(name)
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **values},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert re.search(rf"{name} saknas\. Sätt {name}", done.stderr)


def test_obligatory_list_is_that_of_the_settings():
    source = "".join(
        (ROOT / "config" / name).read_text("utf-8") for name in ("settings.py", "stores.py", "root_keys.py")
    )
    without_default = set(
        re.findall(r'env\.(?:text|words|database|identifier|secret)\("(\w+)"(?:, length=\d+)?\)', source)
    )
    # Those of the other kind of store, or of root key, are asked for where it is chosen.
    chosen = {name for name in without_default if name.startswith(("S3_", "TRANSIT_"))}
    assert (without_default | {"ROOT_KEY_PATH"}) - {"DATABASE_OWNER_URL"} - chosen == set(OBLIGATORY)


@pytest.mark.parametrize(
    ("root_key", "sentence"),
    [("transit", "TRANSIT_URL saknas. Sätt TRANSIT_URL"), ("fil", "ROOT_KEY ska vara någon av")],
)
def test_root_key_must_be_one_that_is_set_up(root_key, sentence, monkeypatch):
    monkeypatch.setenv("ROOT_KEY", root_key)
    needs = {"file": "ROOT_KEY_PATH", "transit": "TRANSIT_URL"}
    assert sentence in refused(env.choice, "ROOT_KEY", "file", among={"file"}, needs=needs)
