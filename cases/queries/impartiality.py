"""Whether the reader should be asked about jäv before a case is shown to her."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from avhopp.sealed.indexes import home_fingerprint
from cases.access import Opened
from cases.likeness import family_names, homes_in, words_of
from cases.models import ContactChannel, HomeAddress, ImpartialityStatement
from cases.models.contact import ChannelKind


def should_be_asked(opened: Opened, *, name: str) -> bool:
    """Tell whether the reader's name or home is like the client's, and she has not given her word yet."""
    if not (family_names(name) & words_of(opened.case.person.family_name) or _shares_home(opened)):
        return False
    return not ImpartialityStatement.objects.filter(
        case=opened.case, created_by_id=opened.actor.user
    ).exists()


def home_address(account: UUID) -> HomeAddress | None:
    """What a colleague has said of where she lives."""
    return HomeAddress.objects.filter(account=account).first()


def homes_of(channels: Iterable[ContactChannel]) -> set[int]:
    """The fingerprints of the homes among a client's ways of contact, which are opened for it."""
    addresses = [way.value for way in channels if way.kind == ChannelKind.POST]
    return {home_fingerprint(*home) for address in addresses for home in homes_in(address)}


def _shares_home(opened: Opened) -> bool:
    mine = HomeAddress.objects.filter(account=opened.actor.user).values_list("fingerprint", flat=True).first()
    if mine is None:
        return False
    return mine in homes_of(ContactChannel.objects.filter(person=opened.case.person_id))
