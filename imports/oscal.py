"""Control catalogues in OSCAL JSON (NIST OSCAL 1.x, catalog model): groups within groups, controls within controls. Pure.

A catalogue is read, and nothing else of OSCAL: profiles and component definitions only point to controls of a catalogue.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grc.refusal import Unreadable
from grc.text import Text
from imports.frameworks import OTHER, Catalogue, Listed, unlike

MOST_BYTES, DEEPEST = 64 * 2**20, 32
LONGEST = 20_000
MODELS = {
    "profile": Text("プロファイル", "a profile"), "component-definition": Text("コンポーネント定義", "a component definition"),
    "mapping-collection": Text("対応表", "a mapping collection"), "system-security-plan": Text("システムセキュリティ計画", "a system security plan"),
    "assessment-plan": Text("評価計画", "an assessment plan"), "assessment-results": Text("評価結果", "assessment results"),
    "plan-of-action-and-milestones": Text("改善計画（POA&M）", "a plan of action and milestones"),
}
_EMPHASIS = re.compile(r"(\*\*?|__?)(\S(?:.*?\S)?)\1")
_INSERT = re.compile(r"\{\{\s*(?:insert:\s*param,\s*|param:)?([\w.\[\]-]+)\s*\}\}")
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """A control where it stands: itself, the group around it, the control above it."""

    node: Node
    theme: str | None
    parent: str | None


def read_oscal(data: bytes, name: str) -> Catalogue:
    """The catalogue in a JSON file. Raises ``Unreadable`` for what is no OSCAL catalog, saying what it is instead."""
    catalog = _catalog(_document(data, name), name)
    params = {str(p["id"]): p for p in _params(catalog, name) if "id" in p}
    found = list(_controls(catalog, None, None, name, 0))
    labels = Counter(_label(f.node) for f in found)
    number = {_id(f.node, name): label if (label := _label(f.node)) and labels[label] == 1 else _id(f.node, name) for f in found}
    controls = [_listed(f, number, params, name) for f in found]
    title = _title(_dict(catalog.get("metadata"), name)) or name
    return Catalogue(OTHER, title[:200], unlike(controls, name))


def _document(data: bytes, name: str) -> Node:
    try:
        if len(data) > MOST_BYTES:
            raise ValueError
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable(Text(f"「{name}」は JSON として読めません。何も登録していません。", f'"{name}" cannot be read as JSON. Nothing was saved.')) from None
    return found if isinstance(found, dict) else {}


def _catalog(document: Node, name: str) -> Node:
    if isinstance(document.get("catalog"), dict):
        return document["catalog"]  # type: ignore[no-any-return]
    model = next((words for key, words in MODELS.items() if key in document), None)
    if model is None:
        raise Unreadable(Text(f"「{name}」は OSCAL のカタログではありません（catalog がありません）。何も登録していません。",
                              f'"{name}" is no OSCAL catalog (it has no "catalog"). Nothing was saved.'))
    raise Unreadable(Text(f"「{name}」は OSCAL の{model.ja}です。管理策そのものが入っているカタログ（catalog）を選んでください。何も登録していません。",
                          f'"{name}" is {model.en} in OSCAL. Choose the catalog, which holds the controls themselves. Nothing was saved.'))


def _controls(node: Node, theme: str | None, parent: str | None, name: str, depth: int) -> Iterator[_Found]:
    """Every control below a node that is not withdrawn, in the order of the file."""
    if depth > DEEPEST:
        raise _broken(name)
    for group in _nodes(node, "groups", name):
        yield from _controls(group, _title(group) or theme, None, name, depth + 1)
    for control in _nodes(node, "controls", name):
        gone = any(p.get("name") == "status" and str(p.get("value")).casefold() == "withdrawn" for p in _nodes(control, "props", name))
        if not gone:
            yield _Found(control, theme, parent)
        yield from _controls(control, theme, parent if gone else _id(control, name), name, depth + 1)


def _listed(found: _Found, number: Mapping[str, str], params: Mapping[str, Node], name: str) -> Listed:
    id = _id(found.node, name)
    title = _title(found.node) or number[id]
    statement = "\n".join(line for part in _nodes(found.node, "parts", name) if part.get("name") == "statement" for line in _lines(part, params, name, 0))
    kind = found.node.get("class")
    return Listed(number[id], title, title if title.isascii() else None, found.theme, number[found.parent] if found.parent else None,
                  "\n".join([f"id: {id}", *([f"class: {kind}"] if isinstance(kind, str) else [])]), None, statement[:LONGEST] or None)


def _lines(part: Node, params: Mapping[str, Node], name: str, depth: int) -> Iterator[str]:
    """The prose of a part and of those in it, each with its label before it."""
    if depth > DEEPEST:
        raise _broken(name)
    label, prose = _label(part), _plain(_filled(part.get("prose"), params))
    if prose:
        yield f"{label} {prose}" if label else prose
    for inner in _nodes(part, "parts", name):
        yield from _lines(inner, params, name, depth + 1)


def _filled(prose: object, params: Mapping[str, Node], depth: int = 0) -> object:
    """Prose with the names of its parameters in it: ``[frequency]``."""
    def named(found: re.Match[str]) -> str:
        param = params.get(found[1], {})
        select = param.get("select")
        choice = select.get("choice") if isinstance(select, dict) else None
        words = param.get("label") or ("; ".join(map(str, choice)) if isinstance(choice, list) else found[1])
        return f"[{_filled(words, params, depth + 1)}]"

    return _INSERT.sub(named, prose) if isinstance(prose, str) and depth < 4 else prose


def _params(node: Node, name: str, depth: int = 0) -> Iterator[Node]:
    """The parameters of a catalogue, its groups and its controls."""
    if depth > DEEPEST:
        raise _broken(name)
    yield from _nodes(node, "params", name)
    for key in ("groups", "controls"):
        for inner in _nodes(node, key, name):
            yield from _params(inner, name, depth + 1)


def _label(node: Node) -> str | None:
    """The label of a control or part as people write it: ``AC-1``, not the padded one."""
    props = node.get("props")
    labels = [p for p in props if isinstance(p, dict) and p.get("name") == "label"] if isinstance(props, list) else []
    plain = next((p for p in labels if "class" not in p), labels[0] if labels else {})
    return _plain(plain.get("value")) or None


def _id(node: Node, name: str) -> str:
    if not isinstance(node.get("id"), str) or not node["id"].strip():
        raise _broken(name)
    return str(node["id"]).strip()


def _nodes(node: Node, key: str, name: str) -> Sequence[Node]:
    found = node.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _broken(name)
    return found


def _dict(value: object, name: str) -> Node:
    if not isinstance(value, dict):
        raise _broken(name)
    return value


def _plain(text: object) -> str:
    """A text without outer space."""
    return text.strip() if isinstance(text, str) else ""


def _title(node: Node) -> str:
    """A title without its marks of emphasis."""
    return _EMPHASIS.sub(r"\2", _plain(node.get("title")))


def _broken(name: str) -> Unreadable:
    return Unreadable(Text(f"「{name}」は OSCAL のカタログの形になっていません。何も登録していません。",
                           f'"{name}" is not laid out as an OSCAL catalog. Nothing was saved.'))
