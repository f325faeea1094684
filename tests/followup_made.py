"""What the tests of the follow-up stand on: an agreement, people who came, releases; all made through the verbs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from audit.note import KeyKind, SigningKey
from followup.actions import agreements, counting, gathering, neighbours, releases
from followup.actions.reading import open_release
from followup.catalogue import COUNTED, PLANS
from followup.definition import AgreementData, AreaData, IndicatorData, MeasureData, PlanData
from followup.periods import Every
from tests.cast import acting

KEY = str(SigningKey(name="granne.example/uppfoljning", kind=KeyKind.LOG, seed=b"7" * 32).verifier)
DECIDED = datetime(2023, 5, 9, 8, tzinfo=UTC)
AUTUMN = datetime(2025, 9, 1, 9, tzinfo=UTC)
JANUARY = datetime(2026, 1, 14, 9, tzinfo=UTC)
JULY = datetime(2026, 7, 14, 9, tzinfo=UTC)


def definition_data(**changes) -> AgreementData:
    """An agreement with one counted and one typed indicator and the shipped plans."""
    counted = COUNTED["exit_cases"]
    values = {
        "name": "Samverkansöverenskommelse 2023–2026",
        "parties": ("Provkommun", "Lokalpolisområde Prov"),
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2026, 12, 31),
        "decided_on": date(2023, 5, 8),
        "decided_by": "Kommunstyrelsen",
        "purpose": "Mindre brottslighet i den offentliga miljön.",
        "areas": (
            AreaData(
                2,
                "Vidareutveckla modellen för avhopparverksamheten.",
                indicators=tuple(
                    IndicatorData(
                        code=row.code,
                        name=row.name,
                        definition=row.definition,
                        unit=row.unit,
                        every=Every.HALF,
                        source="verksamheten",
                        counted=row.code,
                    )
                    for row in (counted, *(row for row in COUNTED.values() if row is not counted))
                ),
                measures=(MeasureData("En väg in.", "Enheten", "ongoing"),),
            ),
            AreaData(
                4,
                "Minska antalet otrygghetsskapande händelser.",
                indicators=(
                    IndicatorData(
                        code="otrygga",
                        name="Otrygga utomhus",
                        definition="Andel otrygga sena kvällar.",
                        unit="procent",
                        every=Every.YEAR,
                        source="trygghetsmätningen",
                        target="högst 20 procent",
                    ),
                    IndicatorData(
                        code="ordning",
                        name="Ordningsstörningar",
                        definition="Registrerade störningar.",
                        unit="händelser",
                        every=Every.HALF,
                        source="polisen",
                    ),
                ),
            ),
        ),
        "plans": tuple(
            PlanData(p.code, 1, p.name, p.explanation, p.every, p.method, p.tables) for p in PLANS
        ),
    }
    return AgreementData(**{**values, **changes})


def make_agreement(cast, **changes):
    """Register the agreement as the safety manager does."""
    with acting(cast.manager, at=DECIDED) as actor:
        return agreements.register_agreement(data=definition_data(**changes), by=actor, now=DECIDED)


def rows(cast) -> dict[str, UUID]:
    """One of everything in the follow-up that has an address; nobody owns any of it."""
    agreement = make_agreement(cast)
    area = agreement.areas.first()
    with acting(cast.manager, at=JANUARY) as actor:
        neighbour = neighbours.add_neighbour(name="Grannkommun", public=KEY, by=actor, now=JANUARY)
    return {
        "area": area.pk,
        "indicator": area.indicators.first().pk,
        "measure": area.measures.first().pk,
        "release": propose(cast, agreement).pk,
        "neighbour": neighbour.pk,
    }


def gathered(*, now: datetime = JANUARY) -> None:
    """Let the nightly job code what has happened."""
    from followup import vault

    with vault.opened(at=now, purpose="facts"):
        gathering.gather(by=vault.JOB, now=now)


def counts_by(*dimensions, since="2023H1", period="2025H2") -> Counter:
    """The exact counts by some dimensions, as the worker alone can see them."""
    from followup import vault

    with vault.opened(at=JANUARY, purpose="facts"):
        names = [dimension.name for dimension in dimensions]
        found = gathering.tabulated(since=since, period=period, names=names)
    return Counter({tuple(dict(row)[name] for name in names): n for row, n in found.items()})


def propose(cast, agreement, *, plan="grov-ar", period="2025H2", now=JANUARY, corrects=None, by=None):
    """Propose a release; the plan by its code."""
    with acting(by or cast.manager, at=now) as actor:
        return releases.propose(
            agreement=agreement,
            plan=agreement.plans.get(code=plan),
            period=period,
            corrects=corrects,
            by=actor,
            now=now,
        )


def fresh(release):
    """A release as it stands; nothing sealed is opened."""
    return type(release).objects.get(pk=release.pk)


def count(release, *, now=JANUARY):
    """Let the worker count a release."""
    counting.count(release=release.pk, clock=lambda: now)
    return fresh(release)


def approve(cast, release, *, now=JANUARY, by=None, seen=None):
    """Let the data protection officer approve what she saw, and the worker publish it."""
    with acting(by or cast.officer, at=now) as actor:
        opened = open_release(release=release.pk, by=actor, now=now)
        releases.approve(release=opened.release, seen=seen or opened.release.sha256, by=actor, now=now)
    counting.publish(release=release.pk, clock=lambda: now)
    return fresh(release)


def published(cast, agreement, **given):
    """A release all the way."""
    now = given.get("now", JANUARY)
    release = count(propose(cast, agreement, **given), now=now)
    return approve(cast, release, now=now)


def courses(cast, number, *, at=AUTUMN, track="exit", met_after=None):
    """Let so many people contact the programme and become cases; `met_after` days until the first meeting."""
    from cases.actions import enquiries
    from cases.actions.cases import open_case
    from cases.models.enquiry import Source
    from cases.workflow import Track
    from tests.cast import person_data
    from tests.universe.enquiries import contact

    made = []
    for _ in range(number):
        with acting(cast.worker, at=at) as actor:
            enquiry = enquiries.register(**contact(received_at=at), by=actor, now=at)
            if met_after is not None:
                day = (at + timedelta(days=met_after)).date()
                enquiry = enquiries.note_first_meeting(enquiry=enquiry, on=day, by=actor, now=at)
            if track:
                made.append(
                    open_case(
                        track=Track(track),
                        person=person_data(),
                        source=Source.SELF,
                        need="Kanarieöarna",
                        enquiry=enquiry,
                        responsible=cast.worker,
                        by=actor,
                        now=at,
                    ).pk
                )
            else:
                made.append(enquiry.pk)
    return made
