"""Wiring only: settings, URLs, the Celery application and the start-up checks."""
