"""Makes the first account of a new installation and prints its one-time link, this once.

It works only while there is no account at all, so it is no way round the record or the second person later.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.events import job
from avhopp.accounts import actions, one_time
from avhopp.accounts.policies import NotAllowed
from avhopp.accounts.roles import Role


class Command(BaseCommand):
    help = (
        "Lägger upp den första systemadministratören, eller den som godkänner, och skriver ut en engångslänk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument(
            "--approver",
            action="store_true",
            help="lägg i stället upp dataskyddsombudet, som godkänner vad administratören begär",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            account = actions.create_first(
                email=options["email"],
                name=options["name"],
                role=Role.DATA_PROTECTION_OFFICER if options["approver"] else Role.ADMINISTRATOR,
                by=job("first_administrator"),
                now=now,
            )
        except NotAllowed as error:
            raise CommandError(error.reason) from None
        path = reverse("accounts:one_time_link", args=[one_time.make(account=account, now=now)])
        self.stdout.write(
            f"Öppna länken inom ett dygn och välj lösenord: {settings.BASE_URL.rstrip('/')}{path}"
        )
