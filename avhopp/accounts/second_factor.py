"""What allauth leaves open about authenticator apps: a code counts once, and a seed is sealed before it is
confirmed.

allauth remembers used codes in a cache that each process has for itself; here the last used step stands in
the factor's own row, so a code spent in one worker is spent in all, also after a restart (ASVS 5.0 6.5.1).
"""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.http import HttpRequest

_LAST_STEP = "last_step"
_UNCONFIRMED = "accounts.unconfirmed_seed"


@transaction.atomic
def spend(*, factor: Authenticator, code: str) -> bool:
    """Note that an app's code is used; False when it, or a later one, was used before."""
    row = Authenticator.objects.select_for_update().get(pk=factor.pk)
    step = _step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(_LAST_STEP, -1):
        return False
    row.data[_LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def unconfirmed_seed(request: HttpRequest, *, anew: bool) -> str:
    """Give the seed that is being enrolled in this session, which keeps it sealed."""
    kept = request.session.get(_UNCONFIRMED)
    if kept and not anew:
        return str(decrypt(kept))
    seed: str = totp.generate_totp_secret()
    request.session[_UNCONFIRMED] = encrypt(seed)
    return seed


def confirm(request: HttpRequest, *, code: str) -> None:
    """End an enrolment: the waiting seed goes, and the code that confirmed it is used."""
    request.session.pop(_UNCONFIRMED, None)
    spend(factor=Authenticator.objects.get(user=request.user, type=Authenticator.Type.TOTP), code=code)


def _step_of(seed: str, code: str) -> int | None:
    for step in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(seed, step))
        if compare_user_code(actual=code, expected=expected):
            return int(step)
    return None
