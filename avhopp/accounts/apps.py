"""Django's registration of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "avhopp.accounts"
    label = "accounts"
    verbose_name = "Konton"

    def ready(self) -> None:
        from allauth.usersessions.models import UserSession
        from django.contrib.sessions.models import Session

        from avhopp.database.grants import register_worker_tables

        # It forgets dead sittings, and begins none.
        tables = [model._meta.db_table for model in (Session, UserSession)]
        register_worker_tables(tables=tables, rights="SELECT, DELETE")
