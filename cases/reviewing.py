"""The programme's part in the monthly review of the record: what its files are called, and the signs that only it sees.

Names, addresses and protection are opened for comparison alone, by a job that shows nobody anything; each opening
leaves its leaf. The reviewer learns that there is a sign, never what was compared: one sentence covers every way of
being connected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from audit import log, words
from audit.events import Kind, declare, job
from audit.review import knowledge
from audit.review.rank import Pair, Read, Sign
from avhopp.accounts.models import User
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope
from avhopp.translation import gettext_noop
from cases import events
from cases.likeness import family_names, words_of
from cases.models import Case, ContactChannel, HomeAddress, Person, Recusal
from cases.models.person import Protection
from cases.queries.impartiality import homes_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
JOB = "compare_for_review"
BASIS = "log_review"
PEOPLE_AT_A_TIME = 50
# Closing an ended case properly takes a while.
CLOSING = timedelta(days=30)
EMERGENCY_BASES = {"emergency"}

COMPARED = declare("person.compared", Kind.READ, gettext_noop("jämfördes med personalens namn och adresser"))
CONNECTED = Sign("connected", 8, gettext_noop("Kan ha en personlig koppling till den som ärendet gäller."))
EMERGENCY = Sign("emergency", 9, gettext_noop("Läste med nödåtkomst."))
RECUSED = Sign("recused", 10, gettext_noop("Är jävig i ärendet."))
CLOSED = Sign("closed", 4, gettext_noop("Ärendet var avslutat sedan mer än en månad."))
RESTRICTED = Sign("restricted", 3, gettext_noop("Ärendet är begränsat till namngivna."))
PROTECTED = Sign("protected", 2, gettext_noop("Den som ärendet gäller har skyddade personuppgifter."))


class _Client(NamedTuple):
    names: set[str]
    homes: set[int]
    is_protected: bool


def register() -> None:
    """Tell the review of the programme's files; called once when the application starts."""
    knowledge.register(
        knowledge.Files(
            labels=frozenset({Case._meta.label_lower, "cases.enquiry"}),
            listings=frozenset({events.CASES_LISTED.code, events.ENQUIRIES_LISTED.code}),
            signs=(CONNECTED, EMERGENCY, RECUSED, CLOSED, RESTRICTED, PROTECTED),
            find=find,
            numbers=numbers,
        )
    )
    words.register(
        bases={BASIS: gettext_noop("jämförelse inför loggkontrollen")},
        purposes={BASIS: gettext_noop("loggkontroll")},
        jobs={JOB: gettext_noop("Systemet, inför loggkontrollen")},
    )


def numbers(files: Iterable[UUID]) -> Mapping[UUID, str]:
    """The case numbers of files that still exist; a number says nothing of whom the case is about."""
    with scopes.asking_as(JOB):
        return dict(Case.objects.filter(pk__in=list(files)).values_list("pk", "number"))


def find(reads: Sequence[Read], now: datetime) -> dict[Sign, set[Pair]]:
    """Look for the programme's signs among a month's readings."""
    found: dict[Sign, set[Pair]] = defaultdict(set)
    readers = {read.person for read in reads}
    with scopes.asking_as(JOB):
        cases = {case.pk: case for case in Case.objects.filter(pk__in={read.file for read in reads})}
        recused = set(Recusal.objects.filter(case__in=cases).values_list("user", "case"))
        homes = dict(HomeAddress.objects.filter(account__in=readers).values_list("account", "fingerprint"))
    people = _compared(sorted({case.person_id for case in cases.values()}), now)
    staff = {user.pk: family_names(user.name) for user in User.objects.filter(pk__in=readers)}
    for read in reads:
        case = cases.get(read.file)
        if (read.person, read.file) in recused:
            found[RECUSED].add((read.person, read.file))
        if read.basis in EMERGENCY_BASES:
            found[EMERGENCY].add((read.person, read.file))
        if case is None:
            continue
        if case.is_restricted:
            found[RESTRICTED].add((read.person, read.file))
        client = people[case.person_id]
        if client.names & staff.get(read.person, set()) or homes.get(read.person) in client.homes:
            found[CONNECTED].add((read.person, read.file))
        if client.is_protected:
            found[PROTECTED].add((read.person, read.file))
        if case.closed_on and _day(read.at) > case.closed_on + CLOSING:
            found[CLOSED].add((read.person, read.file))
    return found


def _compared(people: Sequence[UUID], now: datetime) -> dict[UUID, _Client]:
    """Open name, homes and protection of each person, as the job that compares them and nobody else."""
    found = {}
    with CryptoScope(actor=job(JOB), purpose=BASIS, at=now):
        for start in range(0, len(people), PEOPLE_AT_A_TIME):
            for person in _admitted(people[start : start + PEOPLE_AT_A_TIME]):
                homes = homes_of(ContactChannel.objects.filter(person=person))
                is_protected = person.protection != Protection.NONE
                found[person.pk] = _Client(words_of(person.family_name), homes, is_protected)
    return found


def _admitted(people: Sequence[UUID]) -> list[Person]:
    """Let the job open these people, leaving one leaf that names each; this is the gate's work for a job."""
    chunk = list(Person.objects.filter(pk__in=people).order_by("pk"))
    open_scope = scopes.current()
    log.record(
        event=COMPARED,
        actor=open_scope.actor,
        at=open_scope.at,
        basis=BASIS,
        purpose=open_scope.purpose,
        subjects=[log.read(person) for person in chunk],
    )
    open_scope.admit([person.pk for person in chunk], basis=BASIS)
    return chunk


def _day(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()
