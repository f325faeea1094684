"""The invented colleagues: one of each role, and a second handläggare who sees other cases. Pure.

`DOMAIN` marks the demo's data: an account with such an address in any other database stops the start
(`config/checks.py`). The top-level domain is reserved for examples (RFC 2606 §3), so no mail ever leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from avhopp.accounts.roles import ROLE_NAMES, Role

DOMAIN = "exempelkoping.example"
DATABASE = "avhopp_demo"
UNIT = "Avhopparenheten"
OTHER_UNIT = "Stöd och förebyggande"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One invented member of staff; `key` is the local part of her address."""

    key: str
    name: str
    title: str
    role: Role
    unit: str | None
    works_with_children: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]


ADMINISTRATOR = Colleague("sam", "Sam Attrappsson", "Systemadministratör", Role.ADMINISTRATOR, None)
WORKER = Colleague("alma", "Alma Provström", "Socialsekreterare", Role.CASE_WORKER, UNIT, True)
SECOND_WORKER = Colleague("joar", "Joar Testklint", "Socialsekreterare", Role.CASE_WORKER, UNIT)
CO_WORKER = Colleague("nour", "Nour Låtsasgren", "Behandlare", Role.CO_WORKER, UNIT)
SUPERVISOR = Colleague("karin", "Karin Påhittlund", "1:e socialsekreterare", Role.SUPERVISOR, UNIT, True)
YOUTH_WORKER = Colleague("ida", "Ida Skenlund", "Socialsekreterare", Role.CASE_WORKER, OTHER_UNIT, True)
YOUTH_SUPERVISOR = Colleague(
    "olle", "Olle Exempelmark", "1:e socialsekreterare", Role.SUPERVISOR, OTHER_UNIT, True
)
AUDITOR = Colleague("greta", "Greta Fiktivberg", "Verksamhetscontroller", Role.AUDITOR, None)
OFFICER = Colleague("dan", "Dan Modellqvist", "Dataskyddsombud", Role.DATA_PROTECTION_OFFICER, None)
MANAGER = Colleague("tove", "Tove Skissholm", "Trygghetschef", Role.SAFETY_MANAGER, None)

# In the order in which the demo introduces them: the four of the main job first.
COLLEAGUES = (
    WORKER,
    SUPERVISOR,
    AUDITOR,
    MANAGER,
    SECOND_WORKER,
    CO_WORKER,
    YOUTH_WORKER,
    YOUTH_SUPERVISOR,
    OFFICER,
    ADMINISTRATOR,
)
MAIN = COLLEAGUES[:4]
