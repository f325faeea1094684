"""Tells the record how cases are numbered and what the programme's codes mean, since it imports nothing from here.

A number resolves to the case's random id and to nothing else; no case is opened, and no key is asked for.
"""

from __future__ import annotations

from audit import log, queries, words
from avhopp.sealed import scope as scopes
from avhopp.translation import gettext_noop
from cases.models import Basis, Case
from cases.naming import ALPHABET

EXAMPLE = "26-7KQ4M"
SUBJECTS = {
    "cases.case": gettext_noop("ett ärende"),
    "cases.task": gettext_noop("en uppgift"),
    "cases.consent": gettext_noop("ett samtycke"),
    "cases.agreement": gettext_noop("en överenskommelse"),
    "cases.agreementsignature": gettext_noop("en underskrift på en överenskommelse"),
    "cases.agreementbreach": gettext_noop("ett avsteg från en överenskommelse"),
    "cases.transfer": gettext_noop("en begäran om överflyttning"),
    "cases.decision": gettext_noop("ett beslut"),
    "cases.decisionevent": gettext_noop("en händelse efter ett beslut"),
    "cases.delegation": gettext_noop("en delegation"),
    "cases.legalbasis": gettext_noop("ett lagrum"),
    "cases.standingchange": gettext_noop("ett ändrat läge"),
    "cases.programmeperiod": gettext_noop("en tid i det gemensamma programmet"),
    "cases.followup": gettext_noop("en uppföljning"),
    "cases.registerimport": gettext_noop("ett register"),
    "cases.document": gettext_noop("en handling"),
    "cases.workflow": gettext_noop("en version av arbetssättet"),
    "cases.stagerule": gettext_noop("vad ett skede kräver"),
    "cases.disclosure": gettext_noop("ett utlämnande"),
    "cases.incident": gettext_noop("en hothändelse"),
    "cases.deviation": gettext_noop("en avvikelse"),
    "cases.unitrequest": gettext_noop("en begäran utan ärende"),
    "cases.person": gettext_noop("en person"),
    "cases.alias": gettext_noop("ett alias"),
    "cases.earliernumber": gettext_noop("ett tidigare nummer"),
    "cases.contactchannel": gettext_noop("en kontaktväg"),
    "cases.contact": gettext_noop("en kontakt"),
    "cases.guardian": gettext_noop("en vårdnadshavare"),
    "cases.representative": gettext_noop("en ställföreträdare"),
    "cases.relation": gettext_noop("en närstående"),
    "cases.networktie": gettext_noop("någon i nätverket"),
    "cases.note": gettext_noop("en anteckning"),
    "cases.enquiry": gettext_noop("en förfrågan"),
    "cases.needsmapping": gettext_noop("en kartläggning"),
    "cases.assessment": gettext_noop("en bedömning"),
    "cases.plan": gettext_noop("en plan"),
    "cases.planfollowup": gettext_noop("en uppföljning av en plan"),
    "cases.emergencyaccess": gettext_noop("en nödåtkomst"),
    "cases.unmasking": gettext_noop("visning av skyddade uppgifter"),
    "cases.impartialitystatement": gettext_noop("en försäkran om att inte vara jävig"),
    "cases.meeting": gettext_noop("ett möte"),
    "cases.keepapart": gettext_noop("att två hålls isär"),
    "cases.stafftie": gettext_noop("en kollegas anknytning"),
    "cases.restriction": gettext_noop("en begränsning av ett ärende"),
    "cases.disposal": gettext_noop("ett förslag till gallring"),
    "cases.retentionhold": gettext_noop("ett hinder för gallring"),
    "cases.recusal": gettext_noop("en anmälan om jäv"),
    "cases.provider": gettext_noop("en utförare"),
    "cases.stagerequest": gettext_noop("en begäran om nytt skede"),
}
BASES = {
    **{basis.value: str(basis.label) for basis in Basis},
    "left": gettext_noop("kollegan lämnade enheten eller rollen"),
    "duplicates": gettext_noop("jämförelse när ett ärende öppnas"),
    "granted": gettext_noop("åtkomst till vart och ett av ärendena"),
    "unit": gettext_noop("förfrågan hör till den egna enheten"),
    "reporter": gettext_noop("egen anmälan"),
    "unit_lead": gettext_noop("leder enheten"),
}
PURPOSES = {
    "access": gettext_noop("vem som har åtkomst till ärendet"),
    "approvals": gettext_noop("godkännande av skeden"),
    "ages": gettext_noop("uppgifter efter den enskildes ålder"),
    "casework": gettext_noop("arbete i ärendet"),
    "catalogue": gettext_noop("katalogen över lagrum och tidsfrister"),
    "enquiries": gettext_noop("arbete med förfrågningar"),
    "unit": gettext_noop("enhetens utförare och ordning"),
    "open_case": gettext_noop("öppnande av ett ärende"),
    "import": gettext_noop("inläsning av ett register"),
    "retention": gettext_noop("hinder för gallring"),
    "search": gettext_noop("sökning bland egna ärenden"),
    "emergency": gettext_noop("nödåtkomst"),
    "outside": gettext_noop("händelser och begäran utanför ärendena"),
    "work_list": gettext_noop("arbetslistan"),
}
JOBS = {
    "check_register": gettext_noop("Systemet, som kontrollerar ett register"),
    "read_register": gettext_noop("Systemet, som läser in ett register"),
    "compare_persons": gettext_noop("Systemet, som jämför personer när ett ärende öppnas"),
    "write_down_expired_grants": gettext_noop("Systemet, som antecknar åtkomst som har löpt ut"),
    "sweep_documents": gettext_noop("Systemet, som städar i lagret"),
    "remind_of_deadlines": gettext_noop("Systemet, som påminner om tidsfrister"),
    "tell_of_emergencies": gettext_noop("Systemet, som underrättar om nödåtkomst"),
    "escalate_overdue_clocks": gettext_noop("Systemet, som lyfter försenade tidsfrister"),
    "follow_birth_dates": gettext_noop("Systemet, som sätter uppgifter efter ålder"),
}


def register() -> None:
    """Fill the record's catalogues; called once when the application starts."""
    queries.register_case_numbers(
        pattern=rf"\d\d-[{ALPHABET}]{{5}}", example=EXAMPLE, resolve=subject_of_number
    )
    words.register(subjects=SUBJECTS, bases=BASES, purposes=PURPOSES, jobs=JOBS)


def subject_of_number(number: str) -> log.Subject | None:
    """Name the case of an exact number."""
    with scopes.asking_as("search_log"):
        found = Case.objects.only("id").filter(number=number).first()
    return log.read(found) if found else None
