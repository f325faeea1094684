"""How provisions are cited on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from cases.models import LegalBasis


def places(*, on: date) -> dict[str, str]:
    """Where each provision in force that day stands, by its code: `{"sol_3_4": "3 kap. 4 § SoL"}`."""
    found = LegalBasis.objects.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))
    return dict(found.order_by("valid_from").values_list("code", "place"))
