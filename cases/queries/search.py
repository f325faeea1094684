"""Search among what the searcher may see, by name, identity number and case number alone (F637 15 §).

Nothing sealed is indexed: the actor's own cases are opened and compared, and what does not match is forgotten. Each
search leaves a leaf that says what kind of term it was and what it showed, never the term.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from audit.events import Actor
from audit.models import Leaf
from cases import events
from cases.access import open_list, scan, visible_cases
from cases.models import Case
from cases.searching import Kind, Term, matches_name, matches_number

MOST = 20
WITHIN = timedelta(minutes=10)
SHOWN = 25


class TooMany(Exception):
    """So many searches in so short a time are not work; wait, or find the case in the list."""


def found(*, actor: Actor, at: datetime, term: Term) -> list[Case]:
    """The actor's cases that match, opened for showing, at most a page; raises `TooMany`."""
    earlier = Leaf.objects.filter(event=events.CASES_SEARCHED.code, actor=actor.user, at__gt=at - WITHIN)
    if earlier.count() >= MOST:
        raise TooMany
    cases = visible_cases(actor=actor, at=at).select_related("person", "responsible")
    if term.kind == Kind.CASE_NUMBER:
        cases = cases.filter(number=term.words[0])
    else:
        cases = cases.filter(pk__in=scan(actor=actor, at=at, matches=lambda case: _matches(term, case)))
    return open_list(
        actor=actor,
        at=at,
        cases=cases.order_by("number")[:SHOWN],
        event=events.CASES_SEARCHED,
        purpose=f"search?kind={term.kind}",
    )


def _matches(term: Term, case: Case) -> bool:
    if term.kind == Kind.IDENTITY_NUMBER:
        return matches_number(term, case.person.identity_number)
    return matches_name(term, case.person.full_name)
