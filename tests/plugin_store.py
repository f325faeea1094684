"""Gives a test a store of documents of its own."""

from __future__ import annotations

import pytest


@pytest.fixture
def store_folder(settings, tmp_path):
    """Let documents lie in a folder that only this test sees."""
    folder = tmp_path / "documents"
    entry = settings.STORAGES["documents"]
    options = {**entry["OPTIONS"], "location": str(folder)}
    settings.STORAGES = {**settings.STORAGES, "documents": {**entry, "OPTIONS": options}}
    return folder
