"""`manage.py keys`: what the keeper of the keys does, by hand or by the clock. Run it with DATABASE_URL naming the
keeper's role. Everything may be killed and begun again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from avhopp.crypto.envelope import CannotOpen
from avhopp.sealed.keeping import reencrypt, retire, rotation
from avhopp.sealed.keeping.runs import AlreadyAtWork, NotTheKeeper
from avhopp.sealed.keeping.standing import standing
from avhopp.sealed.keyring import KeyDestroyed
from avhopp.sealed.models import ScopeKey

STEPS = ("status", "rotate", "rotate-data", "rewrap", "reencrypt", "retire")


class Command(BaseCommand):
    help = "Visar och byter nycklar. Med --dry-run öppnas ett stickprov och ingenting ändras."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=STEPS)
        parser.add_argument("--dry-run", action="store_true", help="öppna ett stickprov, säg vad som väntar")

    def handle(self, *, step: str, dry_run: bool, **options: Any) -> None:
        if step == "status":
            self._status()
            return
        try:
            self._say(f"Stickprov: {rotation.open_sample()} nycklar gick att öppna.")
            if step == "reencrypt":
                self._say(f"Stickprov: {reencrypt.open_sample()} rader gick att öppna.")
            if dry_run:
                self._say(f"Väntar: {self._waiting(step)}. Ingenting har ändrats.")
            else:
                self._do(step)
        except (CannotOpen, KeyDestroyed):
            raise CommandError(
                "En nyckel eller ett värde i stickprovet gick inte att öppna. Ingenting har ändrats. "
                "Kör manage.py verify_log, och se docs/operations.md om nyckeln är borta."
            ) from None
        except NotTheKeeper:
            raise CommandError(
                "Nycklar byts av nyckelvårdarens databasroll. Kör med DATABASE_URL som pekar på den."
            ) from None
        except AlreadyAtWork:
            raise CommandError("Nycklarna byts redan av en annan process. Vänta tills den är klar.") from None

    def _waiting(self, step: str) -> int:
        now = timezone.now()
        if step == "reencrypt":
            return reencrypt.waiting()
        if step == "retire":
            return retire.due_data_keys(at=now) + len(retire.due_epochs(at=now))
        return 1 if step == "rotate" else ScopeKey.objects.filter(wrapped__isnull=False).count()

    def _do(self, step: str) -> None:
        given: dict[str, Any] = {"clock": timezone.now, "tell": self._tell}
        if step == "rotate":
            self._say(f"Ny period: {rotation.rotate_epoch(**given).epoch}.")
        elif step == "rotate-data":
            number = rotation.rotate_data(made_before=timezone.now(), **given)
            self._say(f"{number} nya datanycklar. Kör keys reencrypt härnäst.")
        elif step == "rewrap":
            self._say(f"{rotation.rewrap(**given)} nycklar slogs in på nytt.")
        elif step == "reencrypt":
            done, damaged = reencrypt.reencrypt(**given)
            self._say(f"{done} rader krypterades om.")
            if damaged:
                raise CommandError(f"{damaged} rader gick inte att öppna. Kör manage.py verify_log.")
        else:
            data_keys, epochs = retire.retire(**given)
            self._say(f"{data_keys} datanycklar togs bort och {epochs} perioders nycklar förstördes.")

    def _status(self) -> None:
        found = standing(at=timezone.now())
        for epoch in found.epochs:
            if epoch.destroyed_at:
                state = f"förstörd {epoch.destroyed_at:%Y-%m-%d}"
            else:
                state = f"tom sedan {epoch.emptied_at:%Y-%m-%d}" if epoch.emptied_at else "i bruk"
            self._say(f"period {epoch.number}  {epoch.root:<8}  {epoch.keys:>7} nycklar  {state}")
        for state, number in found.data_keys.items():
            self._say(f"datanycklar {state:<10} {number:>7}")
        self._say(f"rader som väntar på omkryptering: {reencrypt.waiting()}")
        for run in found.runs:
            end = "klar" if run.ended_at else "pågår eller avbruten"
            self._say(f"{run.started_at:%Y-%m-%d %H:%M}  {run.work:<12} {run.done} av {run.total}  {end}")

    def _tell(self, done: int, total: int) -> None:
        self._say(f"  {done} av {total}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
