"""The demo's sign-in page, and that it is not there otherwise."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import clear_url_caches, include, path

import avhopp.accounts.urls


@pytest.fixture
def demo(settings, cast):
    """The same installation as a demo."""
    settings.DEMO = True
    accounts = importlib.reload(avhopp.accounts.urls)
    root = importlib.import_module(configured.ROOT_URLCONF)
    urls = ModuleType("demo_urls_of_the_test")
    rest = [pattern for pattern in root.urlpatterns if str(pattern.pattern) != "konto/"]
    urls.urlpatterns = [path("konto/", include(accounts)), *rest]
    sys.modules[urls.__name__] = urls
    settings.ROOT_URLCONF = urls.__name__
    clear_url_caches()
    yield cast
    settings.DEMO = False
    importlib.reload(avhopp.accounts.urls)
    del sys.modules[urls.__name__]
    clear_url_caches()


def test_demo_module_refuses_to_load_outside_the_demo(settings):
    from django.core.exceptions import ImproperlyConfigured

    sys.modules.pop("avhopp.accounts.demo_signin", None)
    with pytest.raises(ImproperlyConfigured):
        importlib.import_module("avhopp.accounts.demo_signin")


def test_click_signs_in_as_a_colleague_and_counts_as_second_factor(demo, leaves, last_leaf):
    client = Client()
    page = client.get("/konto/logga-in/").content.decode()
    assert demo.worker.name in page
    assert "Arbetsledare" in page
    answer = client.post("/konto/logga-in/", {"person": str(demo.worker.pk)})
    assert answer["Location"] == "/"
    assert leaves() == ["account.signed_in"]
    assert last_leaf()["methods"] == ["demo"]
    assert client.get("/").status_code == 200


def test_next_page_is_kept(demo):
    answer = Client().post("/konto/logga-in/?next=/konto/inloggningar/", {"person": str(demo.worker.pk)})
    assert answer["Location"] == "/konto/inloggningar/"


def test_next_page_on_another_site_is_not_followed(demo):
    answer = Client().post("/konto/logga-in/?next=https://example.org/", {"person": str(demo.worker.pk)})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_nobody_is_404(demo, key):
    assert Client().post("/konto/logga-in/", {"person": key}).status_code == 404


def test_closed_colleague_is_not_offered(demo):
    demo.worker.is_active = False
    demo.worker.save()
    client = Client()
    assert str(demo.worker.pk) not in client.get("/konto/logga-in/").content.decode()
    assert client.post("/konto/logga-in/", {"person": str(demo.worker.pk)}).status_code == 404


def test_switching_colleague_signs_the_first_one_out(demo, leaves):
    client = Client()
    client.post("/konto/logga-in/", {"person": str(demo.worker.pk)})
    client.post("/konto/byt-kollega/", {"person": str(demo.supervisor.pk)})
    assert leaves() == ["account.signed_in", "account.signed_out", "account.signed_in"]


def test_click_confirms_who_one_is(demo, leaves):
    client = Client()
    client.post("/konto/logga-in/", {"person": str(demo.administrator.pk)})
    asked = client.get("/konto/hantera/nytt/")
    assert asked["Location"].startswith("/konto/bekrafta/demo/")
    done = client.post("/konto/bekrafta/demo/", {"next": "/konto/hantera/nytt/"})
    assert done["Location"] == "/konto/hantera/nytt/"
    assert client.get("/konto/hantera/nytt/").status_code == 200


def test_a_session_of_the_demo_is_worth_nothing_when_the_demo_is_off(demo, settings):
    client = Client()
    client.post("/konto/logga-in/", {"person": str(demo.worker.pk)})
    assert client.get("/").status_code == 200
    settings.DEMO = False
    assert client.get("/").status_code == 302
