"""What every answer carries, and what it looks like when something is wrong."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path, reverse

from audit.models import Leaf
from tests.signed_in import signed_in

CANARY = "Provsson"


def test_every_answer_has_the_headers(cast):
    for response in (
        Client().get("/konto/logga-in/"),
        signed_in(cast.worker).get("/"),
        Client().get("/saknas/"),
    ):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "data:" not in policy
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_session_cookie_is_not_for_scripts_or_other_sites(cast):
    response = signed_in(cast.worker).post(reverse("theme"), {"theme": "dark", "next": "/"})
    cookie = response.cookies["theme"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_theme_never_leads_to_another_host(cast, target):
    response = signed_in(cast.worker).post(reverse("theme"), {"theme": "dark", "next": target})
    assert response.headers["Location"] == "/"


def test_health_says_nothing_but_that_it_lives(db):
    response = Client().get(reverse("health"))
    assert (response.status_code, response.content) == (200, b"ok")


def test_forms_without_their_token_are_refused_in_swedish(cast):
    client = signed_in(cast.worker, enforce_csrf_checks=True)
    response = client.post(reverse("theme"), {"theme": "dark"})
    assert response.status_code == 403
    assert 'lang="sv"' in response.content.decode()


def test_case_that_cannot_be_recorded_is_503_and_shows_nothing(cast, case, monkeypatch):
    def broken(**kwargs):
        raise DatabaseError

    url = reverse("cases:case", kwargs={"case": case})
    assert CANARY in signed_in(cast.worker).get(url).content.decode()
    client = signed_in(cast.worker)
    monkeypatch.setattr(Leaf.objects, "create", broken)
    response = client.get(url)
    assert response.status_code == 503
    assert CANARY not in response.content.decode()
    assert response.headers["Retry-After"]


def test_view_that_forgets_the_gate_is_404_and_shows_nothing(cast, case):
    """The last line: a page of a stranger's that fetched the row itself gets no plaintext out of it."""
    from avhopp.web.guard import page
    from cases.models import Case

    fetched = Case.objects.select_related("person").get(pk=case)

    @page(right=None, purpose="test")
    def careless(request, case):
        # The database gives a stranger no row (tests/integration/gate), so this one was got hold of in another way.
        return HttpResponse(fetched.person.family_name)

    urls = [path("careless/<uuid:case>/", careless), *get_resolver().url_patterns]
    with override_settings(ROOT_URLCONF=type("urls", (), {"urlpatterns": urls})):
        response = signed_in(cast.stranger).get(f"/careless/{case}/")
        own = signed_in(cast.worker).get(f"/careless/{case}/")
    assert response.status_code == 404
    assert CANARY not in response.content.decode()
    assert Leaf.objects.get(event="key.refused").actor == cast.stranger.pk
    assert own.content.decode() == CANARY
