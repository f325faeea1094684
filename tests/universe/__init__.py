"""One module a noun: how each of its actions is called, and what of it a case has for the addresses of its pages.

A module gives `SCENARIOS` (action to a function of the world that prepares and returns the call) and may give
`made(given)`, which makes rows of an opened case and returns their ids by the names that addresses use.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType
from uuid import UUID

import cases.actions
from tests.cast import NOW, acting
from tests.universe.given import Given


def modules() -> list[ModuleType]:
    """The nouns, in the order of their names."""
    found = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    return [module for module in found if hasattr(module, "SCENARIOS")]


def actions() -> dict[str, object]:
    """Every verb of the programme: what a module of `cases.actions` defines as one transaction."""
    found = {}
    for info in pkgutil.iter_modules(cases.actions.__path__):
        module = importlib.import_module(f"cases.actions.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            inner = inspect.unwrap(function)
            if not name.startswith("_") and inner is not function and inner.__module__ == module.__name__:
                found[f"{info.name}.{name}"] = function
    return found


ACTIONS = actions()


class World:
    """What the scenarios stand on: the cast and a case; `call` opens it as somebody and acts."""

    def __init__(self, cast, case, opened):
        self.cast, self.case_id, self.opened = cast, case, opened

    def call(self, user, action, /, **arguments):
        with self.opened(user) as (found, actor):
            return ACTIONS[action](opened=found, by=actor, now=NOW, **arguments)

    def unit_call(self, user, action, /, **arguments):
        with acting(user) as actor:
            return ACTIONS[action](by=actor, now=NOW, **arguments)


def scenarios() -> dict[str, object]:
    """Every noun's scenarios together."""
    return {name: prepare for module in modules() for name, prepare in module.SCENARIOS.items()}


def rows_of(given: Given) -> dict[str, UUID]:
    """Everything that an opened case has, by the names that addresses use."""
    found: dict[str, UUID] = {}
    for module in modules():
        if hasattr(module, "made"):
            found |= module.made(given)
    return found
