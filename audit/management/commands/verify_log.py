"""`manage.py verify_log`: exit code 0 when the log is whole, 1 when it is not, with the first fault named."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.note import BadKey, VerifyKey, keys_of
from audit.verification.faults import Report
from audit.verification.heads import NotBelievable
from audit.verification.outside import NoAddress, witness_copy
from audit.verify import NotEveryRow, Trust, verify

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Kontrollerar att åtkomstloggen är hel. Slutkod 0 om den är det, annars 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--log-key", default=settings.LOG_PUBLIC_KEY, help="loggens offentliga nyckel")
        parser.add_argument(
            "--witness-key",
            action="append",
            default=None,
            help="ett vittnes offentliga nyckel (kan ges flera gånger)",
        )
        parser.add_argument("--witness-url", default=settings.WITNESS_URL, help="vittnets adress")
        parser.add_argument(
            "--seen",
            action="append",
            type=Path,
            default=[],
            help="fil med en kontrollpunkt som någon har sparat",
        )
        parser.add_argument(
            "--receipts", type=Path, help="fil med raderna som SIEM har fått, en JSON-rad per händelse"
        )
        parser.add_argument("--without-rows", action="store_true", help="jämför inte raderna med loggen")

    def handle(
        self,
        *,
        log_key: str,
        witness_key: list[str] | None,
        witness_url: str,
        seen: list[Path],
        receipts: Path | None,
        without_rows: bool,
        **options: Any,
    ) -> None:
        if not log_key:
            raise CommandError("Ge loggens offentliga nyckel med --log-key eller LOG_PUBLIC_KEY.")
        texts = witness_key if witness_key is not None else settings.WITNESS_PUBLIC_KEY.split(",")
        try:
            log, witnesses = VerifyKey.parse(log_key), keys_of(texts)
            notes = [path.read_text(encoding="utf-8") for path in seen]
            answer = witness_copy(url=witness_url, origin=log.name) if witness_url else None
            held = [*notes, *([answer] if answer else [])]
            with receipts.open(encoding="utf-8") if receipts else nullcontext(()) as lines:
                trust = Trust(log=log, witnesses=witnesses, seen=held, receipts=lines)
                report = verify(trust=trust, now=timezone.now(), with_rows=not without_rows)
        except NoAddress:
            raise CommandError("Vittnets adress ska börja med https://.") from None
        except BadKey:
            raise CommandError("En av nycklarna är ingen offentlig nyckel.") from None
        except OSError as error:
            raise CommandError(f"En fil går inte att läsa ({error.strerror}).") from None
        except NotEveryRow:
            raise CommandError(
                "Databasrollen ser inte alla rader. Kör med DATABASE_URL som arbetarens roll, "
                "eller med --without-rows."
            ) from None
        except NotBelievable:
            raise CommandError(
                "En kontrollpunkt utifrån är varken signerad av loggen eller av ett känt vittne."
            ) from None
        if receipts and not report.receipts:
            report.notes.append("Filen innehåller inga kvitton på händelser i loggen.")
        if witness_url and answer is None:
            report.notes.append("Vittnet svarade inte, så dess egen kopia är inte jämförd.")
        self._tell(report)
        if not report.is_whole:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        if report.is_whole:
            self.stdout.write(f"Loggen är hel: {report.size} blad sedan {report.first_at or '–'}.")
        else:
            self.stdout.write(f"Loggen är INTE hel. Antal fel: {report.count}.")
            self.stdout.write(f"Första felet: {report.first}")
            for fault in report.faults[:MOST_SHOWN]:
                self.stdout.write(f"  [{fault.kind.value}] {fault}")
        self.stdout.write(
            f"Kontrollpunkter: {report.checkpoints}. Medsignerade blad: {report.witnessed}. "
            f"Jämförda rader: {report.rows}. Jämförda åtkomster: {report.grants}. "
            f"Jämförda kvitton: {report.receipts}. "
            f"Ämnen som har gallrats: {report.disposed}. Rot: {report.root.hex()}"
        )
        for note in report.notes:
            self.stdout.write(f"Obs: {note}")
