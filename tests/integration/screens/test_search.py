"""Search finds the reader's own cases, leaves a leaf without the term, and tells nothing of the others."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from audit.models import Leaf
from cases.queries.search import MOST
from tests.cast import make_case

ADDRESS = "/sok/"


@pytest.fixture
def hers(cast):
    return make_case(worker=cast.worker, given_name="Sällsynt", family_name="Namnsson")


@pytest.fixture
def theirs(cast):
    return make_case(worker=cast.stranger, given_name="Sällsynt", family_name="Främmande")


def ask(client, term):
    return client.post(ADDRESS, {"term": term})


@pytest.mark.parametrize("term", ["sällsynt", "Namnsson Säll", "19900607-2384", "9006072384"])
def test_own_case_is_found_and_a_foreign_one_is_not(browse, cast, hers, theirs, term):
    response = ask(browse(cast.worker), term)
    page = response.content.decode()
    assert reverse("cases:case", args=[hers]) in page
    assert str(theirs) not in page
    assert "Främmande" not in page


def test_case_number_finds_the_case(browse, cast, hers):
    from cases.models import Case

    number = Case.objects.get(pk=hers).number
    assert reverse("cases:case", args=[hers]) in ask(browse(cast.worker), number.lower()).content.decode()


def test_foreign_and_missing_give_the_same_bytes(browse, cast, hers, theirs):
    from cases.models import Case

    client = browse(cast.worker)
    number = Case.objects.get(pk=theirs).number
    foreign, missing = ask(client, number), ask(client, "26-00000")
    by_name = ask(client, "Främmande")
    shown = {_without_form(page.content.decode()) for page in (foreign, missing, by_name)}
    assert len(shown) == 1


def _without_form(page: str) -> str:
    rest = page[page.index("</form>", page.index("app-form--search")) :]
    return re.sub(r'"[A-Za-z0-9]{64}"', "", rest)


def test_one_letter_is_refused_with_what_to_do(browse, cast, hers):
    response = ask(browse(cast.worker), "s")
    assert response.status_code == 422
    assert "minst tre bokstäver" in response.content.decode()
    assert not Leaf.objects.filter(event="case.searched").exists()


def test_each_search_leaves_one_leaf_that_does_not_hold_the_term(browse, cast, hers):
    client = browse(cast.worker)
    for term in ("Sällsynt", "Ingensådan"):
        ask(client, term)
    leaves = list(Leaf.objects.filter(event="case.searched"))
    assert len(leaves) == 2
    assert all(b"llsynt" not in bytes(leaf.body) and b"Ingens" not in bytes(leaf.body) for leaf in leaves)
    assert all("kind=name" in bytes(leaf.body).decode() for leaf in leaves)


def test_scanned_cases_that_did_not_match_stay_closed(cast, hers):
    from avhopp.sealed.scope import CryptoScope
    from cases.access import scan
    from tests.cast import NOW, actor_for

    actor = actor_for(cast.worker)
    with CryptoScope(actor=actor, purpose="test", at=NOW) as outer:
        assert scan(actor=actor, at=NOW, matches=lambda case: bool(case.person.full_name)) == [hers]
        assert outer.basis_of(hers) is None


def test_many_searches_in_a_short_time_are_stopped(browse, cast, hers):
    client = browse(cast.worker)
    for _ in range(MOST):
        assert ask(client, "Sällsynt").status_code == 200
    response = ask(client, "Sällsynt")
    assert response.status_code == 429
    assert "Vänta" in response.content.decode()


def test_protected_person_is_found_by_name_and_shown_by_code_name(browse, cast):
    make_case(worker=cast.worker, given_name="Hemliga", family_name="Personen", protection="marked")
    page = ask(browse(cast.worker), "Hemliga").content.decode()
    assert "Hemliga Personen" not in page
    assert "Träffar" in page


@pytest.mark.parametrize("who", ["auditor", "officer", "manager", "administrator"])
def test_role_without_cases_cannot_search(browse, cast, who):
    assert browse(getattr(cast, who)).get(ADDRESS).status_code == 403
