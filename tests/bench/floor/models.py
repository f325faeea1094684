"""Plain tables with the same columns that the measured pages show. No migration knows them: `tables` makes them as the
owner in a throwaway database, and nothing outside the bench may import this module."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connections, models
from psycopg import sql

TRACKS = [("exit", "Avhopparärende")]


class FloorPerson(models.Model):
    """A person in clear text."""

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "floor_person"


class FloorCase(models.Model):
    """A case that everyone sees."""

    number = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(FloorPerson, on_delete=models.PROTECT, related_name="+")
    track = models.CharField(max_length=12, choices=TRACKS)
    stage = models.CharField(max_length=24, choices=[("intake", "Aktualisering")])
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    next_deadline = models.DateField(null=True)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "floor_case"
        indexes = [models.Index(fields=["next_deadline", "number"], name="floor_by_deadline")]


class FloorNote(models.Model):
    """A note in clear text, without versions."""

    case = models.ForeignKey(FloorCase, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[("contact", "Samtal eller möte")])
    event_date = models.DateField(null=True)
    facts = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "floor_note"
        indexes = [models.Index(fields=["case", "-created_at"], name="floor_note_by_case")]


def make_tables(made: Sequence[type[models.Model]] = (FloorPerson, FloorCase, FloorNote)) -> None:
    """Make the tables as the owner and let the application use them."""
    owner = connections["owner"]
    application = connections["default"].settings_dict["USER"]
    with owner.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    with owner.cursor() as cursor:
        for model in made:
            cursor.execute(
                sql.SQL("GRANT SELECT, INSERT, UPDATE ON {} TO {}").format(
                    sql.Identifier(model._meta.db_table), sql.Identifier(application)
                )
            )
