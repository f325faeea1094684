"""Whether the reader should be asked about jäv before a case is shown to her."""

from __future__ import annotations

from cases.access import Opened
from cases.likeness import family_names, words_of
from cases.models import ImpartialityStatement


def should_be_asked(opened: Opened, *, name: str) -> bool:
    """Tell whether the reader's name is like the client's, and she has not given her word yet.

    Staff's home addresses are kept nowhere, so none is compared.
    """
    if not family_names(name) & words_of(opened.case.person.family_name):
        return False
    return not ImpartialityStatement.objects.filter(
        case=opened.case, created_by_id=opened.actor.user
    ).exists()
