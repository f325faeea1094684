"""What the pages about accounts ask for. Forms check shape; policies and actions decide."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from avhopp.accounts import lockout, queries, second_factor
from avhopp.accounts.roles import ROLE_NAMES, Role

LONGEST_PASSWORD = 256


class _CountedCode(BaseAuthenticateForm):  # type: ignore[misc]
    """A code from an app or a recovery code: counted like a password when wrong, and good for once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Kod")
        self.fields["code"].help_text = _("Sex siffror från appen, eller en av dina reservkoder.")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        request = context.request
        if lockout.is_locked(request, email=self.user.email):
            raise get_adapter().validation_error("incorrect_code")
        try:
            code: str = super().clean_code()
            if self.authenticator.type == Authenticator.Type.TOTP and not second_factor.spend(
                factor=self.authenticator, code=code
            ):
                raise get_adapter().validation_error("incorrect_code")
        except ValidationError:
            lockout.count_failure(request, email=self.user.email)
            raise
        return code


class CodeForm(_CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ReauthenticationCodeForm(_CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """The same code, to confirm who one is."""


class NewAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """Adds an authenticator app. The seed waits sealed in the session until a code has confirmed it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        # Not super(): allauth's own __init__ would put the seed into the session in clear.
        forms.Form.__init__(self, *args, **kwargs)
        self.secret = second_factor.unconfirmed_seed(context.request, anew=not self.is_bound)
        self.fields["code"].label = _("Kod från appen")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Adds a security key or the device's own lock; by default one that is enough to sign in with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Namn på nyckeln")
        self.fields["name"].help_text = _("Så att du känner igen den bland dina nycklar.")
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = _("Logga in med bara nyckeln")
        self.fields["passwordless"].help_text = _(
            "Nyckeln frågar då efter sin PIN-kod, ditt finger eller ansikte."
        )
        self.fields["passwordless"].initial = True


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("Nytt lösenord"),
        help_text=_("Minst 15 tecken. Fyra, fem ord i rad är lätta att minnas och svåra att gissa."),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Samma lösenord igen"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", gettext("Lösenorden är inte lika. Skriv samma två gånger."))
        return cleaned


class RoleForm(forms.Form):
    """Which role an account has."""

    role = forms.TypedChoiceField(
        label=_("Roll"), choices=[(role.value, ROLE_NAMES[role]) for role in Role], coerce=Role
    )


class UnitForm(forms.Form):
    """Which unit an account belongs to."""

    unit: Any = forms.ModelChoiceField(
        label=_("Enhet"), queryset=None, required=False, empty_label=_("Ingen enhet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.units()  # type: ignore[attr-defined]


class AccountForm(UnitForm, RoleForm):
    """A new account."""

    name = forms.CharField(
        label=_("Namn"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-postadress i tjänsten"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    title = forms.CharField(label=_("Titel"), max_length=100, required=False)
    field_order = ("name", "email", "title", "role", "unit")
