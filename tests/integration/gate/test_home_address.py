"""A colleague who lives where the client does is asked about jäv before anything is shown, and the reviewer learns that
there may be a tie. Where she lives is kept nowhere, and is hers alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from audit.models import Leaf
from audit.review.rank import Read
from avhopp.accounts import actions as accounts
from cases import reviewing
from cases.models import HomeAddress
from tests.cast import NOW, acting
from tests.signed_in import signed_in
from tests.universe import World, people
from tests.universe.impartiality import HOME

LATER = NOW + timedelta(minutes=1)
CLIENTS = "c/o Provsson\nProvg. 3a, lgh 1102\n12345 Provstad"
ASKED = "Kan du vara jävig?"


@pytest.fixture
def world(cast, case, opened):
    return World(cast, case, opened)


@pytest.fixture
def neighbours(world, cast):
    """The client lives where the worker does, and the supervisor somewhere else."""
    people.add(world, "channel", kind="post", value=CLIENTS)
    world.unit_call(cast.worker, "impartiality.say_home", address=HOME)
    world.unit_call(cast.supervisor, "impartiality.say_home", address="Annangatan 1\n123 45")


def page(user, case) -> str:
    return signed_in(user).get(reverse("cases:case", args=[case])).content.decode()


def test_who_lives_there_is_asked_before_anything_is_shown(neighbours, cast, case):
    asked = page(cast.worker, case)
    assert ASKED in asked
    assert "Provg" not in asked
    assert ASKED not in page(cast.supervisor, case)
    signed_in(cast.worker).post(reverse("cases:case_impartiality", args=[case]))
    assert ASKED not in page(cast.worker, case)


def test_who_has_said_nothing_of_her_home_is_asked_nothing(neighbours, world, cast, case):
    world.unit_call(cast.worker, "impartiality.forget_home")
    assert ASKED not in page(cast.worker, case)


def test_reviewer_learns_that_there_may_be_a_tie(neighbours, cast, case):
    reads = [Read(cast.worker.pk, case, NOW, "assigned"), Read(cast.supervisor.pk, case, NOW, "unit")]
    assert reviewing.find(reads, LATER)[reviewing.CONNECTED] == {(cast.worker.pk, case)}


def test_who_has_no_home_here_is_no_tie_to_a_client_without_an_address(cast, case):
    reads = [Read(cast.worker.pk, case, NOW, "assigned")]
    assert reviewing.CONNECTED not in reviewing.find(reads, LATER)


def test_page_keeps_a_fingerprint_and_nothing_that_was_typed(cast):
    browser, url = signed_in(cast.worker), reverse("cases:home")
    assert "Ta bort" not in browser.get(url).content.decode()
    done = browser.post(url, {"street": "Provgatan 3 A", "postcode": "123 45"}, follow=True).content.decode()
    assert "Ett avtryck av din adress sparades" in done
    assert "Provgatan 3 A" not in done.replace("Till exempel Provgatan 3 A.", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_homeaddress WHERE cases_homeaddress::text LIKE '%Prov%'")
        assert cursor.fetchone() == (0,)
    assert Leaf.objects.filter(event="account.home_said", about=cast.worker.pk).count() == 1
    browser.post(reverse("cases:home_forget"))
    assert not HomeAddress.objects.filter(account=cast.worker).exists()
    assert Leaf.objects.filter(event="account.home_forgotten", about=cast.worker.pk).count() == 1


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"street": "", "postcode": "123 45"}, "Skriv gatuadressen."),
        ({"street": "Provgatan 3", "postcode": ""}, "Skriv postnumret."),
        ({"street": "Provgatan 3", "postcode": "1234"}, "fem siffror"),
        ({"street": "c/o Prov\nProvgatan 3", "postcode": "123 45"}, "på en rad"),
    ],
)
def test_half_an_address_is_refused_in_words_and_kept_in_the_form(cast, typed, answer):
    page = signed_in(cast.worker).post(reverse("cases:home"), typed).content.decode()
    assert answer in page
    assert all(value in page for value in typed.values())
    assert not HomeAddress.objects.exists()


def test_nobody_else_sees_where_she_lives_nor_that_she_has_said_it(neighbours, cast):
    for name, user in cast.everyone().items():
        with acting(user):
            seen = set(HomeAddress.objects.values_list("account", flat=True))
            assert seen <= {user.pk}, name


def test_it_is_forgotten_with_the_account_and_stays_when_she_changes_unit(neighbours, cast):
    with acting(cast.administrator) as by:
        accounts.close_account(account=cast.worker.pk, by=by, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('avhopp.job', 'end_access', true)")
        assert not HomeAddress.objects.filter(account=cast.worker).exists()
        assert HomeAddress.objects.filter(account=cast.supervisor).exists()
