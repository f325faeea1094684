"""Scenario 30: a report on three women under eighteen tells nothing of them, and the one before is not counted anew."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from followup.dimensions import AGE, CLOSURE, FROM_18, IMPOSSIBLE, MEN, SEX, STATE, UNDER_18, WOMEN
from followup.disclosure.check import check
from followup.models import Release, Statement
from followup.queries import ledger
from tests.followup_made import AUTUMN, JANUARY, JULY, counts_by, fresh, gathered, make_agreement, published
from tests.oracle.attacker import Attacker, Query

SPRING = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEPT = (STATE.name, AGE.name, SEX.name, CLOSURE.name)
GIRL, YOUNG_MAN = (
    {"birth_date": datetime(2009, 3, 4).date(), "legal_sex": "woman"},
    {
        "birth_date": datetime(2004, 3, 4).date(),
        "legal_sex": "man",
    },
)


def arrive(cast, number, person, *, at=AUTUMN):
    from tests.cast import make_case

    for _ in range(number):
        make_case(worker=cast.worker, at=at, identity_number="", **person)


@pytest.fixture
def report(cast):
    """Three women of sixteen among twenty-one men of twenty-one, released at the end of the year."""
    agreement = make_agreement(cast)
    arrive(cast, 3, GIRL)
    arrive(cast, 21, YOUNG_MAN)
    release = published(cast, agreement)
    assert release.number == 1
    return agreement, release


def printed(release: Release) -> dict[tuple[tuple[str, str], ...], str]:
    found = Statement.objects.filter(release=release)
    return {tuple(map(tuple, statement.cell)): statement.printed for statement in found}


def attacker(agreement) -> Attacker:
    """Somebody who has every released file, knows the rules that hold everywhere, and shares no code with us."""
    files = [json.loads(file.to_bytes()) for file in ledger.files_of(agreement)]
    for file in files:
        levels = file["plan"]["levels"]
        for cell in file["cells"]:
            cell["cell"] = [
                [levels[name]["of"], levels[name]["groups"][value]] if name in levels else [name, value]
                for name, value in cell["cell"]
            ]
        nobody = [{"cell": list(where.items()), "lo": 0, "hi": 0} for where in IMPOSSIBLE]
        file["cells"] = [
            cell for cell in (*file["cells"], *nobody) if all(name in KEPT for name, _ in cell["cell"])
        ]
        file["plan"]["dims"] = {name: file["plan"]["dims"][name] for name in KEPT}
        file["plan"]["cumulative"] = [
            rule for rule in file["plan"]["cumulative"] if set(rule.get("where", {})) <= set(KEPT)
        ]
    return Attacker(files, 5)


def about_them(reader: Attacker, release: int) -> dict[str, Query]:
    """What gives them away: themselves, everybody but the others, and how many more there are than before."""
    women, girls = reader.members({SEX.name: WOMEN}), reader.members({AGE.name: UNDER_18})
    others = reader.members({SEX.name: MEN}) | reader.members({AGE.name: FROM_18})
    sets = {"women": women, "under 18": girls, "both": women & girls, "all but the others": ~others}
    found = {name: Query((release, members), None) for name, members in sets.items()}
    if release:
        found |= {
            f"more {name}": Query((release, members), (release - 1, members))
            for name, members in sets.items()
        }
    return found


def test_value_and_what_it_could_be_worked_out_from_are_hidden(cast, report):
    agreement, release = report
    assert counts_by(SEX, AGE)[WOMEN, UNDER_18] == 3
    said = printed(release)
    assert said[(SEX.name, WOMEN),] == ".."
    assert said[(AGE.name, UNDER_18),] == ".."
    assert said[()] == "25"
    assert not {"3", "21", "24"} & set(said.values())
    assert check(releases=ledger.files_of(agreement)).holds


def test_total_less_the_others_leaves_five_possible_numbers(report):
    reader = attacker(report[0])
    for name, query in about_them(reader, 0).items():
        assert not reader.learns_too_much(query), name


@pytest.mark.parametrize("friends", [1, 2])
def test_one_of_the_three_and_her_friend_learn_no_more_than_that(report, friends):
    reader = attacker(report[0])
    herself = next(
        number
        for number, atom in enumerate(reader.atoms)
        if atom == ("avhopp pågår", UNDER_18, WOMEN, "inte avslutat")
    )
    for name, query in about_them(reader, 0).items():
        assert not reader.learns_too_much(query, [(herself,)] * friends), name


def test_attacker_would_have_found_them_had_the_others_been_printed(report):
    """Seen to fail: with the number of men and the total exact, the three are there."""
    reader = attacker(report[0])
    for members, n in ((reader.members({SEX.name: MEN}), 21), (np.ones(reader.size, dtype=bool), 24)):
        reader.statements.append((0, members, n, n))
    reader.matrix, reader.low, reader.high = reader._constraints()
    assert reader.learns_too_much(Query((0, reader.members({SEX.name: WOMEN})), None))


def test_fourth_in_the_next_half_year_is_hidden_and_the_earlier_report_is_not_counted_anew(cast, report):
    agreement, first = report
    before = (first.content, first.sha256, printed(first))
    arrive(cast, 1, GIRL, at=SPRING)
    arrive(cast, 9, YOUNG_MAN, at=SPRING)
    second = published(cast, agreement, plan="grov-halvar", period="2026H1", now=JULY)
    assert second.number == 2
    first = fresh(first)
    assert (first.content, first.sha256, printed(first)) == before
    reader = attacker(agreement)
    for name, query in about_them(reader, 1).items():
        assert not reader.learns_too_much(query), name


def test_correction_of_her_sex_afterwards_moves_nobody_in_what_is_released(cast, report):
    from cases.access import get_case
    from cases.actions.people import edit_person
    from cases.models import Case
    from tests.cast import acting

    agreement, first = report
    before = first.content
    for case in Case.objects.values_list("pk", flat=True):
        with acting(cast.worker, at=JANUARY) as actor:
            opened = get_case(actor=actor, case=case, at=JANUARY)
            if opened.case.person.legal_sex == "woman":
                version = opened.case.version
                edit_person(
                    opened=opened, changes={"legal_sex": "man"}, version=version, by=actor, now=JANUARY
                )
                break
    gathered()
    assert counts_by(SEX)[WOMEN,] == 3
    assert fresh(first).content == before
    assert agreement.name
