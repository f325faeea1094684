"""Each start-up check refuses what it is for and lets the ordinary pass; every sentence says what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config import checks

HERE = ["localhost", "127.0.0.1", "[::1]", "app.localhost"]
THERE = ["avhopp.kommun.example", "*", ".example", "0.0.0.0", "192.0.2.7", "127.0.0.1.example"]
DEMO_DATABASE = {"NAME": "avhopp_demo", "HOST": "/run/somewhere", "PORT": ""}


def ids(found):
    assert all(message.msg and message.hint for message in found)
    return [message.id for message in found]


@pytest.mark.parametrize("host", THERE)
def test_debug_with_a_host_beyond_this_machine_is_refused(settings, host):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost", host]
    assert ids(checks.debug_stays_here(None)) == ["config.E001"]


@pytest.mark.parametrize(("debug", "hosts"), [(True, HERE), (False, THERE)])
def test_debug_here_or_no_debug_passes(settings, debug, hosts):
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, hosts
    assert checks.debug_stays_here(None) == []


@pytest.mark.parametrize("host", THERE)
def test_demo_with_a_host_beyond_this_machine_is_refused(settings, host):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["localhost", host]
    assert ids(checks.demo_stays_here(None)) == ["config.E002"]


@pytest.mark.parametrize(("demo", "hosts"), [(True, HERE), (False, THERE)])
def test_demo_here_or_no_demo_passes(settings, demo, hosts):
    settings.DEMO, settings.ALLOWED_HOSTS = demo, hosts
    assert checks.demo_stays_here(None) == []


@pytest.mark.parametrize(
    "other", [{"HOST": "db.example"}, {"HOST": "127.0.0.1"}, {"NAME": "avhopp"}, {"PORT": "5432"}]
)
def test_demo_with_another_database_is_refused(settings, monkeypatch, other):
    settings.DEMO = True
    monkeypatch.setattr(connections, "settings", {"default": DEMO_DATABASE, "owner": DEMO_DATABASE | other})
    assert ids(checks.demo_has_its_own_database(None)) == ["config.E003"]


@pytest.mark.parametrize(("demo", "change"), [(True, {}), (False, {"HOST": "db.example", "NAME": "avhopp"})])
def test_demo_with_its_own_database_or_no_demo_passes(settings, monkeypatch, demo, change):
    settings.DEMO = demo
    monkeypatch.setattr(connections, "settings", {"default": DEMO_DATABASE | change})
    assert checks.demo_has_its_own_database(None) == []


def test_root_key_in_a_file_is_warned_of_outside_the_demo(settings):
    settings.DEMO, settings.ROOT_KEY = False, "file"
    assert ids(checks.root_key_is_held_elsewhere(None)) == ["config.W001"]


@pytest.mark.parametrize(("demo", "provider"), [(True, "file"), (False, "pkcs11")])
def test_root_key_elsewhere_or_in_the_demo_passes(settings, demo, provider):
    settings.DEMO, settings.ROOT_KEY = demo, provider
    assert checks.root_key_is_held_elsewhere(None) == []


def test_database_is_left_alone_by_a_check_that_nobody_asked_to_ask_it():
    assert checks.no_demo_data(None, databases=None) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ALLOWED_HOSTS": "avhopp.kommun.example"}, "Demon visas bara på den här datorn"),
        ({"DEMO_DIRECTORY": "", "ALLOWED_HOSTS": "0.0.0.0"}, "Ta bort ALLOWED_HOSTS"),
    ],
)
def test_demo_settings_refuse_to_serve_beyond_this_machine(tmp_path, changes, sentence):
    result = in_demo_settings(tmp_path, "pass", changes)
    assert result.returncode != 0
    assert sentence in result.stderr


@pytest.mark.slow
def test_demo_settings_take_neither_database_nor_secrets_from_the_environment(tmp_path):
    real = tmp_path / "real"
    real.write_text("postgresql://app:hemligt@db.example/avhopp")
    changes = {
        "DATABASE_URL": "postgresql://app:hemligt@db.example/avhopp",
        "DATABASE_OWNER_URL_FILE": str(real),
        "SECRET_KEY_FILE": str(real),
        "ROOT_KEY_PATH": "/etc/avhopp/root.key",
        "BROKER_URL": "redis://broker.example",
    }
    code = (
        "from django.conf import settings as s; "
        "print(s.DATABASES, s.SECRET_KEY, s.ROOT_KEYS, s.CELERY_BROKER_URL)"
    )
    result = in_demo_settings(tmp_path, code, changes)
    assert result.returncode == 0, result.stderr
    assert "avhopp_demo" in result.stdout
    for foreign in ("db.example", "hemligt", "/etc/avhopp", "broker.example"):
        assert foreign not in result.stdout


@pytest.mark.slow
def test_demo_secrets_are_made_once_and_for_their_owner_alone(tmp_path):
    code = "from django.conf import settings as s; print(s.SECRET_KEY, s.ORGANISATION)"
    first, second = (in_demo_settings(tmp_path, code, {}) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    demo = tmp_path / "demo"
    modes = {path.name: path.stat().st_mode & 0o777 for path in [demo, *demo.iterdir()]}
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert {"secrets.json", "root.key", "broker", "mail", "log"} <= set(modes)


def in_demo_settings(tmp_path, code, changes):
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings_demo",
        "DEMO_DIRECTORY": str(tmp_path / "demo"),
    }
    command = [sys.executable, "-c", f"from django.conf import settings; settings.DEBUG; {code}"]
    environment |= {key: value for key, value in changes.items() if value}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_refusal_to_start_carries_every_sentence(settings, monkeypatch):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["avhopp.kommun.example"]
    monkeypatch.setattr(checks, "application_role_is_bound", lambda *args, **kwargs: [])
    monkeypatch.setattr(checks.queries, "account_id", lambda **kwargs: None)
    with pytest.raises(ImproperlyConfigured, match=r"DEBUG är på.*Sätt DEBUG=nej"):
        checks.refuse_to_start()
