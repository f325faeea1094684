"""The list of cases among a hundred thousand: for one who sees sixty, five thousand, and all of them.

The cases beyond the first thousand are copies of their rows, made by the owner past the program: nobody opens them,
since they lie behind every first page, but the database must pass by them. Row-level security is on, as everywhere.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.urls import reverse

from avhopp.accounts.models import User
from avhopp.database.router import OWNER
from tests.bench.floor import pages as floor
from tests.bench.made import Made
from tests.bench.pages import _request
from tests.bench.ratios import Compared, against, measure
from tests.signed_in import signed_in

CASES, OF_WORKER, OF_UNIT = 100_000, 60, 5_000
ROUNDS = 25
GOALS = {"60 of 100,000 cases": 1.6, "5,000 of 100,000": 1.8, "all 100,000": 2.2}

# Numbers that no case has, and days that lie behind those of the real ones.
_COPY = """
INSERT INTO cases_case ({columns})
SELECT {values} FROM generate_series(1, %s) AS n
JOIN (SELECT row_number() OVER () - 1 AS place, * FROM (SELECT * FROM cases_case LIMIT 500) AS few) AS c
  ON c.place = n %% 500
"""
_GRANT = """
INSERT INTO cases_casegrant (id, permission_id, content_object_id, user_id, granted_by_id, basis, starts_at, expires_at)
SELECT gen_random_uuid(), g.permission_id, c.id, %s, g.granted_by_id, 'deputy', g.starts_at, g.expires_at
FROM (SELECT id FROM cases_case {which}) AS c,
     (SELECT * FROM cases_casegrant WHERE permission_id = %s LIMIT 1) AS g
"""


def compare(made: Made) -> list[Compared]:
    """Measure the worker's page among a thousand, then all three among a hundred thousand."""
    worker = signed_in(made.worker)
    url = reverse("cases:list")
    before = measure({"1,000": _request(worker, url)}, rounds=ROUNDS)["1,000"]
    director = _many(made)
    plain = floor.client_like(worker)
    measured = measure(
        {
            "floor of 100,000": _request(plain, "/arenden/"),
            "60 of 100,000 cases": _request(worker, url),
            "5,000 of 100,000": _request(signed_in(made.supervisor), url),
            "all 100,000": _request(signed_in(director), url),
        },
        rounds=ROUNDS,
    )
    flat = "60 of 100,000 cases, beside the same page among 1,000"
    among = against(
        {"1,000": before, flat: measured["60 of 100,000 cases"]}, base="1,000", goals={flat: 1.25}
    )
    return [*against(measured, base="floor of 100,000", goals=GOALS), *among]


def _many(made: Made) -> Any:
    unit = made.worker.unit
    director = User.objects.create_user(
        email="alla@example.invalid", name="Alla", title="", role="supervisor", unit=unit
    )
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'cases_case' ORDER BY 1"
        )
        columns = [name for (name,) in cursor.fetchall()]
        made_up = {
            "id": "gen_random_uuid()",
            "number": "'X' || n",
            "next_deadline": "c.next_deadline + 1000 + (n % 300)::int".replace("%", "%%"),
        }
        values = ", ".join(made_up.get(name, f"c.{name}") for name in columns)
        cursor.execute("SELECT count(*) FROM cases_case")
        cursor.execute(
            _COPY.format(columns=", ".join(columns), values=values), [CASES - cursor.fetchone()[0]]
        )
        cursor.execute("SELECT id FROM auth_permission WHERE codename = 'supervise_case'")
        supervise = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM auth_permission WHERE codename = 'work_case'")
        work = cursor.fetchone()[0]
        for user, which, permission in (
            (made.worker, f"WHERE number LIKE 'X%%' LIMIT {OF_WORKER - 40}", work),
            (made.supervisor, f"WHERE number LIKE 'X%%' LIMIT {OF_UNIT - 200}", supervise),
            (director, "", supervise),
        ):
            cursor.execute(_GRANT.format(which=which), [user.pk, permission])
        # The same number of plain rows; the floor shows those of everybody, without permissions.
        cursor.execute("SELECT count(*) FROM floor_case")
        cursor.execute(
            "INSERT INTO floor_case (number, person_id, track, stage, responsible_id, next_deadline)"
            " SELECT 'X' || n, c.person_id, c.track, c.stage, c.responsible_id, c.next_deadline + 1000"
            " FROM generate_series(1, %s) AS n JOIN (SELECT row_number() OVER () - 1 AS place, *"
            " FROM (SELECT * FROM floor_case LIMIT 500) AS few) AS c ON c.place = n %% 500",
            [CASES - cursor.fetchone()[0]],
        )
        cursor.execute("ANALYZE")
    return director
