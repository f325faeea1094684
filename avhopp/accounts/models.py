"""Staff accounts and units.

Accounts are never deleted, because the record names them; they are closed. Nobody is a superuser: a constraint in
the database says so, since Django lets a superuser through every permission check.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from avhopp.accounts.roles import ROLE_NAMES, Role


class Unit(models.Model):
    """A unit (enhet) of the social services."""

    worker_may = "SELECT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("enhet", max_length=100, unique=True)

    plain_because = {"name": "organisationens egen uppgift"}

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes accounts through `avhopp.accounts.actions`; there is no way to make a superuser."""

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account; without a password nobody can sign in to it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff, with exactly one role in exactly one unit."""

    # For the check at the start that no account is the demo's.
    keeper_may = "SELECT (id, email)"
    # Who locks a row must be let change something in it.
    worker_may = "SELECT, UPDATE (last_login)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=150)
    title = models.CharField("titel", max_length=100, blank=True)
    role = models.CharField("roll", max_length=32, choices=[(role.value, ROLE_NAMES[role]) for role in Role])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name="enhet")
    # Behörig enligt 25 kap. 1 § SoL: says with whom she may work, never what she may open.
    works_with_children = models.BooleanField("behörig för arbete med barn", default=False)
    is_active = models.BooleanField("aktivt", default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    plain_because = {
        "password": "Argon2id",
        "last_login": "personalens egen uppgift",
        "is_superuser": "alltid falskt, se villkoret",
        "email": "personalens adress i tjänsten",
        "name": "visas i ärenden och logg",
        "title": "visas vid signatur",
        "role": "styr behörighet",
        "unit": "styr behörighet",
        "works_with_children": "personalens egen behörighet",
        "is_active": "styr behörighet",
        "created_at": "drift",
        "closed_at": "drift",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_superuser"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="role_is_known"
            ),
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[Role(self.role)]


class RequestKind(models.TextChoices):
    """What of an account somebody else must approve."""

    ROLE = "role", gettext_lazy("Ny roll")
    UNIT = "unit", gettext_lazy("Ny enhet")
    OPEN = "open", gettext_lazy("Öppna kontot")


class AccountRequest(models.Model):
    """A change that a systemadministratör has asked for, and who answered for it."""

    worker_may = "SELECT"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RequestKind)
    role = models.CharField(max_length=32, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(default=False)

    plain_because = {
        "account": "den anställda",
        "kind": "kod",
        "role": "styr behörighet",
        "unit": "styr behörighet",
        "asked_by": "den anställda",
        "asked_at": "drift",
        "decided_by": "den anställda",
        "decided_at": "drift",
        "is_approved": "säger hur det gick",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("asked_by"))
                & ~models.Q(decided_by=models.F("account"))
                & ~models.Q(asked_by=models.F("account")),
                name="an_account_is_changed_by_two_others",
            ),
            models.CheckConstraint(
                condition=models.Q(is_approved=False) | models.Q(decided_by__isnull=False),
                name="an_approval_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"accounts.accountrequest {self.pk}"

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[Role(self.role)] if self.role else ""
