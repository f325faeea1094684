"""The types of the rows that the queries of the review give, for the signatures of pages, which import no models."""

from __future__ import annotations

from audit.models import Review, ReviewItem

__all__ = ["Review", "ReviewItem"]
