"""End every access of somebody who leaves her unit or her role; whoever leads her cases finds them in her list. Where
she lives is forgotten with her account."""

from __future__ import annotations

from datetime import datetime

from audit import log
from audit.events import Actor
from avhopp.accounts.models import User
from avhopp.sealed import scope as scopes
from cases import events
from cases.actions.cases import grant_detail
from cases.actions.grants import ended
from cases.models import CaseGrant, HomeAddress

JOB = "end_access"


def end_access(*, account: User, by: Actor, now: datetime) -> None:
    """End her grants, a leaf a case; the administrator who closes an account sees none of them."""
    with scopes.asking_as(JOB):
        if not account.is_active:
            HomeAddress.objects.filter(account=account).delete()
        grants = CaseGrant.objects.select_for_update(of=("self",)).select_related(
            "permission", "content_object"
        )
        hers = list(
            grants.filter(user=account, expires_at__gt=now).order_by("content_object", "starts_at", "id")
        )
        ended(hers, now=now)
        for case in {grant.content_object_id: grant.content_object for grant in hers}.values():
            mine = [grant for grant in hers if grant.content_object_id == case.pk]
            log.record(
                event=events.ACCESS_ENDED,
                actor=by,
                at=now,
                basis="left",
                about=account.pk,
                subjects=[log.read(case)],
                detail={"grants": [grant_detail(grant) for grant in mine]},
            )
