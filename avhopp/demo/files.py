"""What lies in some of the demo's cases beside notes, and what a unit keeps outside them; through the same verbs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from audit.events import Actor
from avhopp.files.sealing import seal
from cases.access import Opened
from cases.actions import agreements, breaches, disclosures, documents, particulars
from cases.catalogue.legal_bases import SOL
from cases.models import Consent
from cases.models.agreement import Party, Signed
from cases.models.consent import Receiver
from cases.models.disclosure import Answer, Initiative, Matter, Verification, Way
from cases.models.document import Direction
from cases.models.identity import AliasKind
from cases.models.relation import RelationKind, Threat
from cases.queries.person import Particular
from cases.workflow import Stage

LIMIT = 1_000_000
LETTER = """Intyg (påhittat)

Personen har varit i kontakt med mottagningen och har bokat en ny tid.

Exempelköpings vårdcentral
"""


def fill(*, opened: Opened, by: Actor, at: datetime) -> None:
    """Write down what a case in its stage would hold."""
    given: dict[str, Any] = {"opened": opened, "by": by, "now": at}
    _person(given)
    _document(given, opened)
    if opened.case.stage in {Stage.STABILISING, Stage.ESTABLISHING}:
        _agreement(given, at.date(), broken=opened.case.stage == Stage.STABILISING)
        _disclosure(given, opened, at.date())


def _person(given: dict[str, Any]) -> None:
    rows: tuple[tuple[Particular, dict[str, Any]], ...] = (
        (Particular.ALIAS, {"kind": AliasKind.NICKNAME, "text": "Provet"}),
        (
            Particular.RELATION,
            {
                "kind": RelationKind.SIBLING,
                "name": "Syskon Exempelsson",
                "birth_date": date(2012, 5, 20),
                "role": "Bor kvar hos föräldrarna.",
                "is_threatened": True,
            },
        ),
        (
            Particular.TIE,
            {"label": "Den äldre bekanta", "role": "Gav uppdrag", "threat": Threat.POSSIBLE, "note": ""},
        ),
    )
    for particular, values in rows:
        particulars.add(particular=particular, values=values, **given)


def _document(given: dict[str, Any], opened: Opened) -> None:
    documents.add(
        values={
            "direction": Direction.IN,
            "title": "Intyg från vårdcentralen",
            "dated_on": given["now"].date(),
            "counterpart": "Exempelköpings vårdcentral",
            "secrecy": "",
        },
        file_name="intyg.txt",
        sealed=seal([LETTER.encode()], scope=opened.case.pk, limit=LIMIT),
        **given,
    )


def _agreement(given: dict[str, Any], day: date, *, broken: bool) -> None:
    agreement = agreements.write(
        values={
            "parties": [Party.CLIENT, Party.MUNICIPALITY, Party.POLICE],
            "other_party": "",
            "conditions": "Kommer till bokade möten. Har ingen kontakt med nätverket. Lämnar drogtest.",
            "starts_on": day,
            "ends_on": None,
        },
        **given,
    )
    for what in (Signed.CLIENT, Signed.MUNICIPALITY, Signed.POLICE, Signed.POLICE_FORM):
        agreements.sign(agreement=agreement, what=what, on=day, **given)
    if broken:
        breaches.note(agreement=agreement, happened_on=day, what="Uteblev från två bokade möten.", **given)


def _disclosure(given: dict[str, Any], opened: Opened, day: date) -> None:
    asked = disclosures.register(
        values={
            "initiative": Initiative.REQUEST,
            "receiver": Receiver.POLICE,
            "receiver_name": "Inspektör Provman, lokalpolisområde Exempel",
            "received_on": day,
            "matter": Matter.OTHER,
            "what": "Tider för nästa veckas möten.",
            "aim": "Samordna skyddet vid resor.",
        },
        **given,
    )
    consent = Consent.objects.filter(case=opened.case).first()
    if consent is None or not consent.is_in_force(day):
        return
    verdict = disclosures.Verdict(
        answer=Answer.ALL,
        verification=Verification.SWITCHBOARD,
        verified_how="Ringde tillbaka genom växeln.",
        consent=consent,
        balance="Samtycket omfattar tider för möten.",
        sent_text="Möte tisdag kl. 10 och torsdag kl. 14.",
        sent_on=day,
        sent_how=Way.PHONE,
    )
    disclosures.decide(disclosure=asked, version=asked.version, verdict=verdict, **given)


PROVIDERS: tuple[dict[str, Any], ...] = (
    {
        "name": "Påhittade Hemmet AB",
        "kind": "protected_housing",
        "contract_from": date(2023, 1, 1),
        "contract_to": None,
        "needs_permit": True,
        "permit_number": "PROV-2023-1",
        "permit_until": None,
        "checked_on": date(2026, 1, 15),
        "note": "",
    },
    {
        "name": "Fiktiva Behandlingen AB",
        "kind": "treatment",
        "contract_from": date(2023, 1, 1),
        "contract_to": date(2025, 12, 31),
        "needs_permit": True,
        "permit_number": "PROV-2023-2",
        "permit_until": date(2025, 6, 30),
        "checked_on": date(2024, 2, 1),
        "note": "Avtalet förhandlas om.",
    },
)
DELEGATED_FROM = SOL
INCIDENT: dict[str, Any] = {
    "kind": "threat",
    "against": "staff",
    "place": "Receptionen",
    "text": "En besökare ställde hotfulla frågor om vem som arbetar här.",
    "at_once": "Besökaren visades ut av väktare.",
    "safety": "Larmet prövades, och ingen går ensam till bilen den här veckan.",
    "police": "made",
    "police_reference": "5000-K0001-26",
}
DEVIATION: dict[str, Any] = {
    "kind": "lex_sarah",
    "text": "Ett brev skickades till en adress som inte skulle användas.",
    "consequences": "Någon kunde ha fått veta att personen har kontakt med oss.",
    "at_once": "Brevet hämtades oöppnat.",
}
SEARCH_REQUEST: dict[str, Any] = {
    "receiver": "police",
    "receiver_name": "Inspektör Provman, lokalpolisområde Exempel",
    "what": "Alla klienter som är kopplade till ett visst nätverk.",
    "answer": "no_search",
    "answer_text": "En sådan sökning finns inte i systemet.",
}


def days_before(now: datetime, days: int) -> datetime:
    """Nine in the morning, so many days ago."""
    return (now - timedelta(days=days)).replace(hour=9, minute=0)
