"""`manage.py mail_checkpoint`: sends the latest checkpoint to people outside, once a day, as a witness on paper would.

A checkpoint holds a number, a hash and signatures, and nothing about anybody.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit import health


class Command(BaseCommand):
    help = "Mejlar loggens senaste kontrollpunkt till dem som ska spara den utanför systemet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("recipient", nargs="+", help="e-postadress")

    def handle(self, *, recipient: list[str], **options: Any) -> None:
        last = health.head()
        if last is None:
            raise CommandError(
                "Loggen har ingen kontrollpunkt ännu. Starta sekvenseraren: manage.py sequence."
            )
        message = EmailMessage(
            subject=_("Kontrollpunkt {number} för åtkomstloggen").format(number=last.number),
            body=_(
                "Spara det här brevet. Den bifogade filen visar vad loggen innehöll i dag och röjer ingenting om "
                "någon. Ge den till verify_log eller verify_avhopp_log.py med --seen, så syns det om loggen har "
                "ändrats sedan dess."
            ),
            to=recipient,
        )
        message.attach(f"kontrollpunkt-{last.number}.txt", last.text, "text/plain")
        message.send()
        self.stdout.write(f"Kontrollpunkt {last.number} är skickad.")
