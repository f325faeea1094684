"""The Celery application. Messages hold ids only, as JSON; results are kept nowhere."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The sequencer starts at the same time, and should have caught up before the log is verified.
SECONDS_UNTIL_OVERDUE = 20

app = Celery("avhopp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_hijack_root_logger=False,
    # Standard output holds the lines for the SIEM as they are.
    worker_redirect_stdouts=False,
    worker_send_task_events=False,
    timezone="Europe/Stockholm",
    beat_schedule={
        "write-down-expired-grants": {"task": "cases.write_down_expired_grants", "schedule": crontab()},
        "forget-dead-sessions": {
            "task": "accounts.forget_dead_sessions",
            "schedule": crontab(hour="3", minute="50"),
        },
        "follow-birth-dates": {
            "task": "cases.follow_birth_dates",
            "schedule": crontab(hour="4", minute="10"),
        },
        "escalate-overdue-clocks": {
            "task": "cases.escalate_overdue_clocks",
            "schedule": crontab(hour="6", minute="30"),
        },
        "tell-of-emergencies": {"task": "cases.tell_of_emergencies", "schedule": crontab()},
        "gather-facts": {"task": "followup.gather_facts", "schedule": crontab(hour="2", minute="10")},
        "find-waiting-releases": {"task": "followup.find_waiting_releases", "schedule": crontab()},
        "remind-of-deadlines": {
            "task": "cases.remind_of_deadlines",
            "schedule": crontab(hour="7", minute="30"),
        },
        "verify-log": {"task": "audit.verify_log", "schedule": crontab(minute="*/15")},
        # An opened decoy is told of within a minute.
        "watch-decoys": {"task": "audit.watch_decoys", "schedule": 15.0, "options": {"expires": 15}},
        "mind-the-review": {"task": "audit.mind_the_review", "schedule": crontab(hour="6", minute="0")},
        "sweep-documents": {"task": "cases.sweep_documents", "schedule": crontab(hour="3", minute="10")},
    },
)
app.autodiscover_tasks()


@worker_ready.connect
def begin_with_what_may_be_overdue(sender: Any, **kwargs: Any) -> None:
    """Verify the log and mind its review when the worker has started, since the clock may have stood still."""
    for name in ("audit.mind_the_review", "audit.verify_log"):
        sender.app.send_task(name, countdown=SECONDS_UNTIL_OVERDUE)


@worker_init.connect
def start_only_if_all_is_well(**kwargs: Any) -> None:
    """Run the start-up checks in the worker too; Celery swallows every exception here but SystemExit."""
    from config.checks import refuse_to_start

    try:
        refuse_to_start(is_worker=True)
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None
