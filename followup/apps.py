"""Django's registration of the follow-up."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "followup"
    verbose_name = "Uppföljning"

    def ready(self) -> None:
        from audit import words
        from followup import events, hearing, vault

        words.register(
            subjects=events.SUBJECTS, bases=events.BASES, purposes=events.PURPOSES, jobs=events.JOBS
        )
        vault.register()
        hearing.register()
