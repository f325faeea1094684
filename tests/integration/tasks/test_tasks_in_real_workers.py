"""A real worker process takes the tasks from a real broker, and no message holds more than ids."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from uuid import UUID

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu import Connection

from audit.models import Leaf
from avhopp.database.roles import Urls
from cases.access import get_case
from cases.actions import grants, tasks
from cases.models import Basis
from cases.models.task import TaskKind
from tests.cast import Cast, acting, make_case

pytestmark = pytest.mark.slow
BROKERS = {
    "folder": "filesystem://",
    "redis": os.environ.get("TEST_REDIS_URL"),
    "rabbitmq": os.environ.get("TEST_AMQP_URL"),
}
PLANTED = "Kanariefågelns hemlighet"
SECONDS = 60
UUID_TEXT = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@pytest.fixture(params=sorted(BROKERS))
def broker(request, tmp_path):
    """A broker, its options, and a queue that nobody else reads."""
    url = BROKERS[request.param]
    if url is None:
        pytest.skip("no such broker: set TEST_REDIS_URL or TEST_AMQP_URL")
    folder = tmp_path / "broker"
    folder.mkdir(mode=0o700)
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder)}
    return url, options if request.param == "folder" else {}, f"test-{secrets.token_hex(4)}"


@pytest.fixture
def client(broker):
    """The sending side, as the clock and the web server have it."""
    url, options, queue = broker
    app = Celery("client", broker=url)
    app.conf.update(broker_transport_options=options, task_default_queue=queue, task_ignore_result=True)
    with app:
        yield app
    if not url.startswith("filesystem"):
        with Connection(url) as connection, connection.channel() as channel:
            channel.queue_delete(queue)


@dataclass
class Programme:
    """An overdue case full of planted words, and the way to let a colleague's access to it run out."""

    urls: Urls
    cast: Cast
    case: UUID
    before: datetime

    def let_access_run_out(self) -> str:
        """Give a colleague access that ended the day before yesterday; return the grant's id."""
        with transaction.atomic(), acting(self.cast.supervisor, at=self.before) as actor:
            opened = get_case(actor=actor, case=self.case, at=self.before)
            grant = grants.give(
                opened=opened,
                user=self.cast.colleague,
                basis=Basis.CO_WORKER,
                expires_at=self.before + timedelta(days=1),
                by=actor,
                now=self.before,
            )
        self.before += timedelta(hours=25)
        return str(grant.id)


@pytest.fixture
def programme(own_database, cast):
    """A worker with an overdue case, in a database of the test's own."""
    now = timezone.now()
    before = now - timedelta(days=9)
    with transaction.atomic():
        case = make_case(worker=cast.worker, at=before, need=PLANTED, given_name=PLANTED)
        with acting(cast.worker, at=before) as actor:
            opened = get_case(actor=actor, case=case, at=before)
            given = {"opened": opened, "by": actor, "now": before}
            due = now.date() - timedelta(days=1)
            tasks.add(kind=TaskKind.OTHER, text="", due_on=due, assigned_to=cast.worker.pk, **given)
    return Programme(own_database, cast, case, before)


@pytest.fixture
def worker(broker, programme, tmp_path):
    """A worker process as in operation, on the test's own database, whose mail goes to a folder."""
    url, options, queue = broker
    module = tmp_path / "worker_settings.py"
    module.write_text(
        "from config.settings_test import *\n"
        f"CELERY_BROKER_TRANSPORT_OPTIONS = {options!r}\n"
        f"CELERY_TASK_DEFAULT_QUEUE = {queue!r}\n"
        "EMAIL_BACKEND = 'django.core.mail.backends.filebased.EmailBackend'\n"
        f"EMAIL_FILE_PATH = {str(tmp_path / 'mail')!r}\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "worker_settings",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{settings.BASE_DIR}",
        "DATABASE_URL": programme.urls.app,
        "DATABASE_OWNER_URL": programme.urls.owner,
        "BROKER_URL": url,
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-P", "threads", "-c", "2"]
    log = (tmp_path / "worker.log").open("wb")
    process = subprocess.Popen(
        [*command, "--without-gossip", "--without-mingle", "-l", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=log,
        stderr=log,
    )
    yield process
    process.terminate()
    try:
        process.wait(timeout=20)
    finally:
        process.kill()
        process.wait()
        log.close()


def until(found, tmp_path):
    """Wait for something to be there, or show what the worker said."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found():
            return
        time.sleep(0.2)
    pytest.fail((tmp_path / "worker.log").read_text(errors="replace"))


def messages(client, count):
    """Take messages from the queue and read them whole, headers and all."""
    taken = []
    with client.connection_for_read() as connection:
        queue = connection.SimpleQueue(client.conf.task_default_queue)
        for _ in range(count):
            message = queue.get(timeout=5)
            taken.append((message.headers, json.loads(message.body), str(message.properties)))
            message.ack()
        queue.close()
    return taken


def test_a_message_holds_a_task_and_ids_and_nothing_else(client, programme, cast):
    client.send_task("cases.remind_of_deadlines")
    client.send_task("cases.remind_of_deadline", [str(cast.worker.pk)])
    # A folder keeps the order of messages only if they are a millisecond apart.
    first, second = sorted(messages(client, 2), key=lambda message: len(message[1][0]))
    assert first[1][0] == []
    assert second[1][0] == [str(cast.worker.pk)]
    for headers, (arguments, keywords, embedded), properties in (first, second):
        assert keywords == {}
        assert all(value is None for value in embedded.values())
        assert re.fullmatch(rf"[\(\[]('{UUID_TEXT}',?)?[\)\]]", headers["argsrepr"])
        everything = f"{headers}{arguments}{properties}"
        assert PLANTED not in everything
        assert cast.worker.email not in everything
        assert cast.worker.name not in everything


def test_worker_writes_down_and_reminds_once_although_told_twice(client, worker, programme, tmp_path):
    grant = programme.let_access_run_out()
    client.send_task("cases.write_down_expired_grants")
    client.send_task("cases.remind_of_deadlines")
    until(lambda: expired() == 1 and mails(tmp_path), tmp_path)
    client.send_task("cases.write_down_expired_grants")
    client.send_task("cases.write_down_expired_grant", [grant])
    client.send_task("cases.remind_of_deadlines")
    # A queue is first in, first out: when what was sent after them is done, they and what they sent have been taken.
    for done in (2, 3):
        client.send_task("cases.write_down_expired_grant", [programme.let_access_run_out()])
        until(lambda done=done: expired() == done, tmp_path)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    assert expired() == 3
    assert Leaf.objects.filter(event="person.reminded").count() == 1
    (sent,) = mails(tmp_path)
    message = message_from_bytes(sent.split(b"\n-----")[0])
    assert message["To"] == programme.cast.worker.email
    assert message.get_payload(decode=True).decode().strip() == "Du har en ny händelse i Avhopp. Logga in."
    assert PLANTED.encode() not in sent


def expired():
    return Leaf.objects.filter(event="grant.expired").count()


def mails(tmp_path):
    return [path.read_bytes() for path in (tmp_path / "mail").glob("*.log")]
