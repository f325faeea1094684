"""Builds the invented municipality: accounts, agreement, enquiries and cases, as if people had worked for four years.

Everything happens through the same actions as in the pages, by the right colleague, at the right time; no row of the
programme is written here (units have no verb yet and are written as rows). The content is the same every time; ids,
case numbers and keys are not.
"""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.db import transaction

from audit.events import job
from avhopp.accounts import actions, second_person
from avhopp.accounts.models import Unit, User
from avhopp.accounts.queries import waiting_requests
from avhopp.demo.clock import STOCKHOLM, tell
from avhopp.demo.colleagues import ADMINISTRATOR, COLLEAGUES, OFFICER, OTHER_UNIT, UNIT
from avhopp.demo.followup import follow_up_story
from avhopp.demo.plans import FIRST_DAY, all_plans
from avhopp.demo.reviewing import review_story
from avhopp.demo.stories import CaseStory, enquiry_stories
from avhopp.demo.unit import unit_story
from avhopp.demo.work import Office

SEED = 2023


@transaction.atomic
def build(*, now: datetime) -> None:
    """Build everything in an empty database, in one transaction: a demo is whole or not there."""
    start = datetime.combine(FIRST_DAY, datetime.min.time(), STOCKHOLM)
    office = Office(_colleagues(at=start))
    random = Random(SEED)
    plans = all_plans(today=now.astimezone(STOCKHOLM).date(), random=random)
    stories = [
        CaseStory(office=office, plan=plan, random=Random(SEED + plan.number), now=now).tell()
        for plan in plans
    ]
    stories += enquiry_stories(office=office, random=random, now=now)
    stories.append(unit_story(office=office, now=now))
    stories.append(follow_up_story(office=office, now=now))
    stories.append(review_story(office=office, now=now))
    tell(stories, until=now)


def _colleagues(*, at: datetime) -> dict[str, User]:
    units = {name: Unit.objects.create(name=name) for name in (UNIT, OTHER_UNIT)}
    users = {
        first.key: actions.create_first(
            email=first.email, name=first.name, role=first.role, by=job("demo"), now=at
        )
        for first in (ADMINISTRATOR, OFFICER)
    }
    office = Office(users)
    for colleague in COLLEAGUES:
        if colleague.key not in users:
            users[colleague.key] = actions.create_account(
                email=colleague.email,
                name=colleague.name,
                title=colleague.title,
                role=colleague.role,
                unit=units[colleague.unit] if colleague.unit else None,
                by=office.actor(ADMINISTRATOR),
                now=at,
            )
            _approve(users[colleague.key], office, at)
        if colleague.works_with_children:
            actions.authorise_for_children(
                account=users[colleague.key].pk, by=office.actor(ADMINISTRATOR), now=at
            )
    return users


def _approve(account: User, office: Office, at: datetime) -> None:
    for request in waiting_requests(account=account.pk):
        second_person.approve(request=request.pk, by=office.actor(OFFICER), now=at)
    account.refresh_from_db()
