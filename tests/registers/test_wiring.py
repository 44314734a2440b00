"""Every rule that is written is asked: no guard, effect or formula stands beside the declarations unused."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import registers.rules
from grc.register import all_registers

KINDS = {"Text | None": "guard", "Iterable[Consequence]": "effect", "Iterable[Change]": "effect", "Iterator[Consequence]": "effect"}
"""What a rule answers, by what a function of a case returns."""


def rules() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions of one case in registers/rules that judge it or say what follows."""
    for found in pkgutil.iter_modules(registers.rules.__path__):
        module = importlib.import_module(f"registers.rules.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            signature = inspect.signature(function)
            takes = [p.annotation for p in signature.parameters.values()]
            if function.__module__ == module.__name__ and not name.startswith("_") and takes == ["Case"] and signature.return_annotation in KINDS:
                yield f"{found.name}.{name}", function


def declared() -> set[Callable[..., Any]]:
    """Every guard and effect that a register or a move names."""
    found: set[Callable[..., Any]] = set()
    for register in all_registers():
        found.update(register.guards, register.effects, [register.reserved] if register.reserved else [])
        for move in register.workflow.transitions:
            found.update(move.guards, move.effects)
    return found


def called() -> set[str]:
    """The names that functions of registers/rules call."""
    found: set[str] = set()
    for each in pkgutil.iter_modules(registers.rules.__path__):
        module = importlib.import_module(f"registers.rules.{each.name}")
        for _, function in inspect.getmembers(module, inspect.isfunction):
            found.update(function.__code__.co_names)
    return found


@pytest.mark.parametrize(("name", "rule"), list(rules()))
def test_every_rule_is_asked_by_a_register_or_by_another_rule(name: str, rule: Callable[..., Any]) -> None:
    assert rule in declared() or rule.__name__ in called(), f"{name} is written, but nothing asks it"
