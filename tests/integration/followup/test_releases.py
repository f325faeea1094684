"""From proposal to publication: judged, approved by somebody else, frozen, numbered, signed; or refused in silence."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction

from audit.models import Leaf
from avhopp.sealed.scope import Denied
from followup import signing
from followup.actions import counting, releases, statements
from followup.actions.reading import NotThere, open_release
from followup.actions.releases import AlreadyOpen, CommentMissing, NoSuchStep, NotCorrectable, NotReportable
from followup.disclosure import apart
from followup.disclosure.check import check
from followup.disclosure.ledger import Refused
from followup.disclosure.release import Broken, read_release
from followup.models import Certificate, Release, SigningKey, Statement
from followup.policies import NotAllowed
from followup.queries import ledger
from followup.steps import WAYS, Step
from tests.cast import acting
from tests.followup_made import JANUARY, JULY, approve, count, courses, fresh, propose, published

SPRING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def crowd(cast, agreement):
    """Enough people for figures that say something, and few enough for figures that must not."""
    courses(cast, 14, met_after=1)
    courses(cast, 2, met_after=9, track="prevention")
    courses(cast, 8, track=None)
    return agreement


def printed(release) -> dict:
    found = Statement.objects.filter(release=release)
    return {tuple(map(tuple, statement.cell)): statement.printed for statement in found}


def leaf(event: str) -> dict:
    return json.loads(bytes(Leaf.objects.get(event=event).body))


@pytest.mark.engine_apart
def test_release_goes_all_the_way_and_says_only_what_is_safe(cast, crowd):
    release = published(cast, crowd)
    assert (release.step, release.number, release.period) == (Step.PUBLISHED, 1, "2025H2")
    said = printed(release)
    assert said[()] == "25"
    assert said[("slag", "avhopparärenden"),] == "15"
    assert said[("slag", "förebyggande ärenden"),] == ".."
    assert check(releases=ledger.files_of(crowd)).holds
    assert not {"24", "14", "2", "16", "8"} & set(said.values())


def test_each_step_leaves_one_leaf_and_the_last_names_the_hash(cast, crowd):
    release = published(cast, crowd)
    steps = Leaf.objects.filter(event__startswith="followup.release").exclude(kind="read")
    assert sorted(steps.values_list("event", flat=True)) == [
        "followup.release_approved",
        "followup.release_audited",
        "followup.release_counting",
        "followup.release_proposed",
        "followup.release_published",
    ]
    assert f"sha256={release.sha256}" in leaf("followup.release_published")["purpose"]
    assert leaf("followup.release_approved")["actor"] == str(cast.officer.pk)
    assert leaf("followup.release_published")["role"] == "job:followup"


def test_series_is_signed_and_a_stranger_sees_what_is_changed_or_missing(cast, crowd):
    first = published(cast, crowd)
    courses(cast, 9, at=SPRING, met_after=1)
    second = published(cast, crowd, plan="grov-halvar", period="2026H1", now=JULY)
    files, public = ledger.files_of(crowd), ledger.public_key()
    data = signing.bundle(releases=files, note=second.signature)
    assert signing.read(data=data, public=public) == files
    with pytest.raises(Broken):
        signing.read(data=signing.bundle(releases=files[:1], note=second.signature), public=public)
    assert signing.read(data=signing.bundle(releases=files[:1], note=first.signature), public=public)
    for position in range(0, len(data), 97):
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        with pytest.raises(ValueError):
            signing.read(data=changed, public=public)


def test_somebody_elses_signature_is_not_ours(cast, crowd):
    release = published(cast, crowd)
    from audit.note import KeyKind
    from audit.note import SigningKey as Key

    other = Key(name="annan.example/uppfoljning", kind=KeyKind.LOG, seed=b"7" * 32)
    files = ledger.files_of(crowd)
    data = signing.bundle(releases=files, note=release.signature)
    with pytest.raises(Broken):
        signing.read(data=data, public=str(other.verifier))
    forged = signing.bundle(releases=files, note=signing.sign(releases=files, key=other))
    with pytest.raises(Broken):
        signing.read(data=forged, public=ledger.public_key())


def test_unsafe_release_is_refused_with_its_reason_for_the_data_owner_alone(cast, crowd):
    release = count(propose(cast, crowd, plan="utforlig"))
    assert release.step == Step.REFUSED
    with acting(cast.manager, at=JANUARY) as actor:
        opened = open_release(release=release.pk, by=actor, now=JANUARY)
        assert "skulle kunna räknas ut" in opened.reason
        assert opened.file is None
    with acting(cast.officer, at=JANUARY) as actor, pytest.raises(NotThere):
        open_release(release=release.pk, by=actor, now=JANUARY)
    with acting(cast.officer, at=JANUARY), pytest.raises(Denied):
        Release.objects.get().reason  # noqa: B018 - touching it is the attempt
    assert not Statement.objects.exists()
    assert not Certificate.objects.exists()
    body = bytes(Leaf.objects.get(event="followup.release_refused").body).decode()
    assert "räknas ut" not in body


def test_after_a_refusal_a_coarser_plan_may_be_proposed(cast, crowd):
    count(propose(cast, crowd, plan="utforlig"))
    assert published(cast, crowd).step == Step.PUBLISHED


@pytest.mark.parametrize(
    ("plan", "period", "now"),
    [
        ("grov-ar", "2026H2", JULY),  # not ended
        ("grov-ar", "2025H1", JANUARY),  # the plan is yearly
        ("grov-halvar", "2022H2", JANUARY),  # before the agreement
        ("grov-halvar", "2027H1", JANUARY),
        ("grov-halvar", "nonsense", JANUARY),
    ],
)
def test_period_that_cannot_be_reported_is_refused(cast, crowd, plan, period, now):
    with pytest.raises(NotReportable):
        propose(cast, crowd, plan=plan, period=period, now=now)


def test_period_that_is_released_or_passed_is_not_released_again(cast, crowd):
    published(cast, crowd)
    for period in ("2025H2", "2025H1", "2024H2"):
        with pytest.raises(NotReportable):
            propose(cast, crowd, plan="grov-halvar", period=period)


def test_one_release_at_a_time_is_under_way(cast, crowd):
    propose(cast, crowd)
    with pytest.raises(AlreadyOpen):
        propose(cast, crowd, plan="grov-halvar", period="2025H1")


def test_only_whoever_prepares_proposes_and_nobody_approves_her_own(cast, crowd):
    for who in ("officer", "supervisor", "worker", "administrator"):
        with pytest.raises(NotAllowed):
            propose(cast, crowd, by=getattr(cast, who))
    release = count(propose(cast, crowd))
    for who in ("manager", "supervisor", "worker", "administrator"):
        with acting(getattr(cast, who), at=JANUARY) as actor, pytest.raises(NotAllowed):
            releases.approve(release=release, seen=release.sha256, by=actor, now=JANUARY)
    release = fresh(release)
    assert release.step == Step.AUDITED


def test_database_refuses_self_approval_by_raw_sql(cast, crowd):
    release = propose(cast, crowd)
    with pytest.raises(IntegrityError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE followup_release SET approved_by_id = proposed_by_id")
    release = fresh(release)
    assert release.approved_by_id is None


def test_approval_is_bound_to_what_was_seen(cast, crowd):
    release = count(propose(cast, crowd))
    for seen in ("", "0" * 64, release.sha256[:-1]):
        with acting(cast.officer, at=JANUARY) as actor, pytest.raises(NoSuchStep):
            releases.approve(release=release, seen=seen, by=actor, now=JANUARY)


def test_returned_release_says_why_to_whoever_proposed_it_and_is_over(cast, crowd):
    release = count(propose(cast, crowd))
    with acting(cast.officer, at=JANUARY) as actor:
        with pytest.raises(CommentMissing):
            releases.send_back(release=release, comment=" ", by=actor, now=JANUARY)
        releases.send_back(release=release, comment="Vänta på augusti.", by=actor, now=JANUARY)
        with pytest.raises(NoSuchStep):
            releases.approve(release=release, seen=release.sha256, by=actor, now=JANUARY)
    with acting(cast.manager, at=JANUARY) as actor:
        assert open_release(release=release.pk, by=actor, now=JANUARY).reason == "Vänta på augusti."
    assert propose(cast, crowd).step == Step.WAITING


def test_withdrawn_release_is_not_counted_and_not_published(cast, crowd):
    release = propose(cast, crowd)
    with acting(cast.manager, at=JANUARY) as actor:
        releases.withdraw(release=release, by=actor, now=JANUARY)
    release = count(release)
    counting.publish(release=release.pk, clock=lambda: JANUARY)
    release = fresh(release)
    assert release.step == Step.WITHDRAWN


def test_release_taken_back_while_it_is_counted_stops_the_engine(cast, crowd, monkeypatch):
    release = propose(cast, crowd)

    def meanwhile(*, counts, seconds, progress, is_cancelled):
        progress(3, 9)
        assert ledger.progress(release) == (3, 9)
        assert not is_cancelled()
        with acting(cast.manager, at=JANUARY) as actor:
            releases.withdraw(release=release, by=actor, now=JANUARY)
        assert is_cancelled()
        raise apart.Cancelled

    monkeypatch.setattr(apart, "propose_apart", meanwhile)
    release = count(release)
    assert release.step == Step.WITHDRAWN


@pytest.mark.parametrize("fault", [Refused("Beräkningen blev inte klar i tid"), ValueError("19900607-2384")])
def test_whatever_goes_wrong_ends_as_a_refusal_and_nothing_is_published(cast, crowd, monkeypatch, fault):
    release = propose(cast, crowd)

    def breaks(**given):
        raise fault

    monkeypatch.setattr(apart, "propose_apart", breaks)
    if isinstance(fault, Refused):
        release = count(release)
    else:
        with pytest.raises(ValueError, match="2384"):
            count(release)
    release = fresh(release)
    assert release.step == Step.REFUSED
    with acting(cast.manager, at=JANUARY) as actor:
        reason = open_release(release=release.pk, by=actor, now=JANUARY).reason
    assert reason
    assert "2384" not in reason
    assert not Statement.objects.exists()


def test_proof_that_does_not_hold_when_it_is_tabulated_again_is_a_refusal(cast, crowd, monkeypatch):
    release = count(propose(cast, crowd))
    monkeypatch.setattr(apart, "verify_apart", lambda **given: (_ for _ in ()).throw(Refused("håller inte")))
    release = approve(cast, release)
    assert release.step == Step.REFUSED
    assert not Statement.objects.exists()


def test_what_has_become_known_since_the_proof_stops_the_publishing(cast, crowd):
    release = count(propose(cast, crowd))
    with acting(cast.manager, at=JANUARY) as actor:
        statements.enter_known(
            agreement=crowd,
            period="2025H2",
            cell=(("slag", "avhopparärenden"),),
            low=10,
            high=40,
            source="protokoll 12 §",
            by=actor,
            now=JANUARY,
        )
    release = approve(cast, release)
    assert release.step == Step.REFUSED
    again = published(cast, crowd)
    assert [e.source for e in read_release(data=again.content.encode()).elsewhere] == ["protokoll 12 §"]


def test_figure_known_from_elsewhere_counts_as_if_we_had_printed_it(cast, crowd):
    with acting(cast.manager, at=JANUARY) as actor:
        given = {"agreement": crowd, "period": "2025H2", "source": "tidningen", "by": actor, "now": JANUARY}
        with pytest.raises(statements.NoSuchCount):
            statements.enter_known(cell=(("bostadsort", "annan"),), low=3, high=3, **given)
        statements.enter_known(cell=(("slag", "förebyggande ärenden"),), low=3, high=3, **given)
    release = count(propose(cast, crowd))
    assert release.step == Step.REFUSED


def test_correction_is_a_new_release_that_says_so(cast, crowd):
    first = published(cast, crowd)
    courses(cast, 9, track=None)
    corrected = published(cast, crowd, corrects=first)
    assert (corrected.number, corrected.corrects) == (2, first)
    assert read_release(data=corrected.content.encode()).corrects == 1
    assert printed(first)[()] == "25"
    assert printed(corrected)[()] == "35"
    with pytest.raises(NotCorrectable):
        propose(cast, crowd, corrects=first)


def test_what_comes_later_never_moves_a_released_figure(cast, crowd):
    first = published(cast, crowd)
    before = (first.content, printed(first))
    courses(cast, 9, met_after=1)
    published(cast, crowd, plan="grov-halvar", period="2026H1", now=JULY)
    first = fresh(first)
    assert (first.content, printed(first)) == before


CHANGES = (
    "UPDATE followup_statement SET printed = '15'",
    "DELETE FROM followup_statement",
    "UPDATE followup_release SET content = 'x'",
    "DELETE FROM followup_release",
    "UPDATE followup_certificate SET solver = 'x'",
)


@pytest.mark.parametrize("change", CHANGES)
def test_database_refuses_to_change_what_is_released(own_database, cast, change):
    from tests.followup_made import make_agreement

    with transaction.atomic():
        agreement = make_agreement(cast)
        courses(cast, 12, met_after=1)
        published(cast, agreement)
    for alias in ("default", "owner"):
        with (
            pytest.raises((IntegrityError, ProgrammingError)),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(change)


def test_proof_counts_and_signing_key_are_sealed_and_no_person_opens_them(cast, crowd):
    published(cast, crowd)
    for who in ("manager", "officer", "worker", "supervisor"):
        with acting(getattr(cast, who), at=JANUARY):
            for model, field in ((Certificate, "witnesses"), (Certificate, "rows"), (SigningKey, "private")):
                with pytest.raises(Denied):
                    getattr(model.objects.get(), field)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rows, witnesses FROM followup_certificate")
        for value in cursor.fetchone():
            assert b"avhopp" not in bytes(value)


def test_released_file_holds_no_exact_count(cast, crowd):
    content = published(cast, crowd).content
    assert '"n"' not in content
    found = json.loads(content)
    assert {cell["printed"] for cell in found["cells"]} <= {"..", *(str(n) for n in range(10, 60, 5))} | {
        cell["printed"] for cell in found["cells"] if "–" in cell["printed"]
    }


def test_twenty_people_a_year_are_reported_each_half_year(cast, agreement):
    """Twenty people a year: something true is said each half-year, also of so few."""
    numbers = []
    for period, month, now in (("2023H1", 3, (2023, 7, 14)), ("2023H2", 9, (2024, 1, 14))):
        courses(cast, 7, at=datetime(2023, month, 1, 9, tzinfo=UTC), met_after=2)
        courses(cast, 3, at=datetime(2023, month, 2, 9, tzinfo=UTC), track=None)
        at = datetime(*now, tzinfo=UTC)
        release = published(cast, agreement, plan="grov-halvar", period=period, now=at)
        numbers.append(printed(release)[()])
    assert numbers == ["10", "20"]


def test_every_way_of_the_table_is_taken_by_a_verb_and_nothing_goes_back():
    order = [*Step]
    assert {origin for origin, _ in WAYS} | {target for _, target in WAYS} == set(Step)
    assert all(order.index(target) > order.index(origin) for origin, target in WAYS)


def test_every_row_of_the_follow_up_is_as_the_record_tells(cast, crowd):
    """What `verify_log` compares: the digest in the last leaf that tells of a row, and the row as it stands."""
    from audit.digest import row_digest
    from audit.models import LeafSubject
    from followup.models import Fact

    count(propose(cast, crowd, plan="utforlig"))
    published(cast, crowd)
    for model in (Fact, Release):
        rows = {row.pk: row_digest(row).hex() for row in model.objects.all()}
        told = {}
        for subject in LeafSubject.objects.filter(label=model._meta.label_lower):
            written = json.loads(bytes(Leaf.objects.get(pk=subject.leaf).body))["subjects"][subject.position]
            if written["digest"]:
                told.setdefault(subject.row, set()).add(written["digest"])
        assert set(rows) == set(told)
        assert all(digest in told[row] for row, digest in rows.items())
