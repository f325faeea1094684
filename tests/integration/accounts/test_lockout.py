"""Five failures of one name from one address lock that pair for a quarter of an hour, and axes keeps no names."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from .conftest import PASSWORD, totp, type_password

WRONG = "fel lösenord helt och hållet"


def fail(email: str, times: int, **extra) -> list[int]:
    return [type_password(Client(), email, WRONG, **extra).status_code for _ in range(times)]


def test_fifth_failure_locks_and_the_right_password_does_not_help(person, clock, leaves):
    assert fail(person.email, 5) == [200, 200, 200, 200, 429]
    answer = type_password(Client(), person.email)
    assert answer.status_code == 429
    assert "För många försök" in answer.content.decode()
    assert answer["Retry-After"] == "900"
    assert leaves() == ["account.sign_in_failed"] * 4 + ["account.sign_in_locked"] * 2


def test_unknown_address_is_locked_in_the_same_way(person, clock):
    assert fail("nobody@example.invalid", 6) == [200, 200, 200, 200, 429, 429]


def test_lock_does_not_reach_a_colleague_or_another_address(person, cast, clock):
    fail(person.email, 5)
    assert fail(cast.colleague.email, 1) == [200]
    assert type_password(Client(), person.email, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_lock_counts_one_person_however_she_writes_her_address(person, clock):
    assert fail(person.email, 3) + fail(person.email.upper(), 2) == [200, 200, 200, 200, 429]


def test_lock_ends_after_a_quarter_of_an_hour(person, clock):
    fail(person.email, 5)
    clock.shift(timedelta(minutes=14, seconds=59))
    assert type_password(Client(), person.email).status_code == 429
    clock.shift(timedelta(seconds=2))
    assert type_password(Client(), person.email).status_code == 302


def test_lock_stands_in_the_database_not_in_a_process(person, clock):
    from django.core.cache import cache

    fail(person.email, 5)
    cache.clear()
    assert type_password(Client(), person.email).status_code == 429


def test_wrong_codes_lock_like_wrong_passwords(person, enrolled, clock, leaves):
    client = Client()
    type_password(client, person.email)
    statuses = [
        client.post("/konto/logga-in/andra-faktor/", {"code": "000000"}).status_code for _ in range(5)
    ]
    assert statuses == [200, 200, 200, 200, 429]
    assert client.post("/konto/logga-in/andra-faktor/", {"code": totp(enrolled)}).status_code == 429
    assert leaves() == ["account.factor_failed"] * 4 + ["account.sign_in_locked"] * 2


def test_success_clears_the_count(person, enrolled, clock):
    fail(person.email, 4)
    client = Client()
    type_password(client, person.email)
    assert client.post("/konto/logga-in/andra-faktor/", {"code": totp(enrolled)}).status_code == 302
    assert fail(person.email, 4) == [200] * 4


def test_axes_tables_hold_no_name_path_browser_or_form(person, clock):
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    client = Client(headers={"user-agent": "Mozilla/5.0 (sondmärke)", "accept": "text/sondmärke"})
    client.post("/konto/logga-in/?next=/arende/sondmarke/", {"login": PASSWORD, "password": "sondmärke"})
    type_password(client, person.email, "sondmärke")
    rows = [*AccessAttempt.objects.values(), *AccessLog.objects.values(), *AccessFailureLog.objects.values()]
    assert rows
    for row in rows:
        text = str(row)
        for planted in ("sondm", person.email, PASSWORD, "Mozilla", "/konto/"):
            assert planted not in text


@pytest.mark.parametrize("level", ["INFO"])
def test_axes_log_names_nobody(person, clock, caplog, level):
    with caplog.at_level(level):
        fail(person.email, 5)
    assert person.email not in caplog.text
    assert WRONG not in caplog.text


def test_many_names_from_one_address_are_slowed_in_swedish(person, clock):
    answers = [type_password(Client(), f"nobody{number}@example.invalid", WRONG) for number in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "För många försök" in answers[-1].content.decode()
