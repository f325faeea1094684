"""The first account of a new installation."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from .conftest import PASSWORD, type_password

EMAIL = "forst@example.invalid"


def test_second_first_administrator_is_refused(cast):
    with pytest.raises(CommandError, match="finns redan ett sådant konto"):
        call_command("first_administrator", EMAIL, "Först", stdout=StringIO())


def test_first_administrator_gets_a_link_and_signs_in(db, leaves, settings):
    printed = StringIO()
    call_command("first_administrator", EMAIL, "Först", stdout=printed)
    link = printed.getvalue().split()[-1].removeprefix(settings.BASE_URL)
    client = Client()
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert type_password(client, EMAIL).status_code == 302
    assert client.get("/")["Location"] == "/konto/andra-faktor/"
    assert leaves() == ["account.created", "account.link_used", "account.signed_in"]


def test_the_one_who_approves_is_made_in_the_same_way_and_nobody_else_is(db):
    call_command("first_administrator", EMAIL, "Först", stdout=StringIO())
    call_command("first_administrator", "ombud@example.invalid", "Ombud", "--approver", stdout=StringIO())
    for more in ([], ["--approver"]):
        with pytest.raises(CommandError, match="finns redan ett sådant konto"):
            call_command("first_administrator", "till@example.invalid", "Till", *more, stdout=StringIO())
