"""Browsers of colleagues who have signed in with a second factor, for the pages of the programme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.signed_in import signed_in


@pytest.fixture
def browse(db) -> Callable[..., Client]:
    """A client in which a colleague has signed in with password and key: `browse(cast.worker)`."""
    return signed_in
