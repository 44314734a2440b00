"""Who may do what: role × action × register, default deny, each answer with its reason.

The one decision function :func:`decide` serves the door, every query, every route and the command line alike. The roles
are those of the body (domain.md §1.2); a person may hold several, and what one of them allows is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from grc.refusal import Forbidden
from grc.text import Text, same

if TYPE_CHECKING:
    from grc.register import Register
    from grc.scope import Scope
    from grc.workflow import Transition


class Action(StrEnum):
    """What can be done with a register or a record; moves of a workflow are asked with their :class:`Transition`."""

    VIEW = "view"
    CREATE = "create"
    EDIT = "edit"
    ARCHIVE = "archive"
    VOID = "void"
    LINK = "link"
    ATTACH = "attach"
    DOWNLOAD = "download"
    EXPORT = "export"
    IMPORT = "import"


ROLES: dict[str, Text] = {
    "unit_user": Text("部門担当者", "Unit user"), "unit_head": Text("部門長", "Unit head"),
    "risk_officer": Text("リスク管理担当", "Risk officer"),
    "privacy_manager": Text("個人情報保護管理者", "Privacy manager"),
    "security_office": Text("情報セキュリティ担当", "Security office"),
    "ciso": Text("最高情報セキュリティ責任者", "CISO"), "cro": Text("最高統括リスク管理責任者", "Chief risk officer"),
    "auditor": Text("監査員", "Auditor"), "audit_chief": Text("監査責任者", "Chief auditor"),
    "kanji": Text("監事", "Auditor-general (kanji)"), "procurement": Text("契約担当", "Procurement"),
    "procurement_head": Text("契約責任者", "Head of procurement"), "secretariat": Text("委員会事務局", "Secretariat"),
    "committee": Text("委員", "Committee member"), "chair": Text("委員長", "Committee chair"),
    "admin": Text("管理者", "Administrator"),
}
BANS: tuple[tuple[frozenset[str], Text], ...] = (
    (frozenset({"privacy_manager", "audit_chief"}),
     Text("個人情報保護管理者と個人情報保護監査責任者は、別の人でなければなりません（JIS Q 15001）。",
          "Privacy manager and chief auditor must be two persons (JIS Q 15001).")),
    *((frozenset({kept, audit}), Text("監査をする人は、監査を受ける側の責任者を兼ねられません（統一基準群、ISO/IEC 27001 9.2）。",
                                      "Who audits cannot answer for what is audited (Unified Standards; ISO/IEC 27001 9.2)."))
      for kept in ("privacy_manager", "ciso", "cro", "security_office", "risk_officer", "procurement_head")
      for audit in ("auditor", "audit_chief", "kanji") if (kept, audit) != ("privacy_manager", "audit_chief")),
)
"""Roles that one person may not hold at the same time, and why."""
OPERATOR = "operator"
"""The role of the built-in ``cli`` actor: it keeps and loads data, and never approves, publishes or acknowledges."""


class Deputy(NamedTuple):
    """A role in which somebody decides in another's place: the role, that person's sign-in name and unit."""

    role: str
    grantor: str
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, the command line or a scheduled job. ``name`` stands in the trail, ``via`` is the entrance."""

    name: str
    roles: frozenset[str] = frozenset()
    display: str = ""
    unit_id: int | None = None
    via: str = "web"
    user_id: int | None = None
    lang: str = "ja"
    deputy: tuple[Deputy, ...] = ()
    """Roles in which they decide for somebody else today (代決)."""

    @property
    def called(self) -> str:
        """How people know them."""
        return self.display or self.name

    def role_words(self) -> Text:
        """Their roles in words."""
        words = [ROLES[r] for r in ROLES if r in self.roles]
        return Text("・".join(w.ja for w in words), ", ".join(w.en for w in words))


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do in a register; ``own_unit``: only with records of the person's own unit (viewing aside);
    ``scope``: only with these rows, viewing them included."""

    actions: frozenset[Action]
    own_unit: bool = False
    scope: Scope | None = None


_READ = frozenset({Action.VIEW, Action.DOWNLOAD, Action.EXPORT})
VIEW = Grant(_READ)
EDIT = Grant(frozenset(Action))
OWN_UNIT = Grant(frozenset(Action) - {Action.IMPORT}, own_unit=True)

EVERYWHERE: Mapping[str, Grant] = {
    "auditor": VIEW, "audit_chief": VIEW, "kanji": VIEW, OPERATOR: EDIT,
}
"""What roles may in every register that is not restricted: audit reads everything as evidence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed or not, and why; ``instead_of``: in whose place alone it is allowed (代決)."""

    allowed: bool
    reason: Text = field(default_factory=lambda: same(""))
    instead_of: str | None = None

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)
NOT_OURS = Verdict(False, Text("ほかの部門の記録なので、変更できません。担当部門に頼んでください。",
                               "This record belongs to another unit. Ask that unit to change it."))


def decide(actor: Actor, action: Action, register: Register, record: Mapping[str, Any] | None = None) -> Verdict:
    """Whether ``actor`` may do ``action`` in ``register``, with ``record`` where it is about one (``None``: with any)."""
    held = [(role, unit) for role, _, unit in _holdings(actor, deputy=action in _READ)]
    granted = grants_of(register)
    grants = [(granted[role], unit) for role, unit in held if role in granted and action in granted[role].actions]
    if not grants:
        return Verdict(False, _no_role(actor, action, register))
    if record is None or action in _READ or any(not grant.own_unit or _own(unit, record) for grant, unit in grants):
        return ALLOWED
    return NOT_OURS


def banned(roles: frozenset[str]) -> Text | None:
    """Why nobody may hold all of these roles at once, or ``None``."""
    return next((why for pair, why in BANS if pair <= roles), None)


def _holdings(actor: Actor, *, deputy: bool = True) -> list[tuple[str, str | None, int | None]]:
    """The roles that somebody acts in: role, in whose place, whose unit; their own ones first."""
    own = [(role, None, actor.unit_id) for role in sorted(actor.roles)]
    return [*own, *((d.role, d.grantor, d.unit_id) for d in actor.deputy)] if deputy else [*own]


def _own(unit_id: int | None, record: Mapping[str, Any]) -> bool:
    return unit_id is not None and record.get("unit_id") in (unit_id, None)


def decide_move(actor: Actor, transition: Transition, register: Register, record: Mapping[str, Any]) -> Verdict:
    """Whether the roles of ``actor`` may make this move, and in whose place (state, four eyes, evidence and the rows that
    a role reaches are the door's to judge)."""
    grants = grants_of(register)
    holding = [(role, grantor, unit) for role, grantor, unit in _holdings(actor) if role in transition.roles]
    for role, grantor, unit in holding:
        if role not in grants or not grants[role].own_unit or _own(unit, record):
            return Verdict(True, instead_of=grantor)
    if holding:
        return NOT_OURS
    if OPERATOR in actor.roles and not transition.approves:
        return ALLOWED
    who = _words(transition.roles)
    return Verdict(False, Text(f"「{transition.label.ja}」は{who.ja}がします。", f'"{transition.label.en}" is done by: {who.en}.'))


def require(actor: Actor, action: Action, register: Register, record: Mapping[str, Any] | None = None) -> None:
    """Raise ``Forbidden`` with the reason unless allowed."""
    verdict = decide(actor, action, register, record)
    if not verdict:
        raise Forbidden(verdict.reason)


def require_role(actor: Actor, *roles: str, to: Text) -> None:
    """Raise ``Forbidden`` unless the actor holds one of ``roles``; ``to`` says what for."""
    if not actor.roles & set(roles):
        who = _words(roles)
        raise Forbidden(Text(f"{to.ja}権限がありません。{who.ja}に頼んでください。", f"You may not {to.en}. Ask: {who.en}."))


def grants_of(register: Register) -> dict[str, Grant]:
    """Every role's grant in a register: what is declared, over what holds everywhere unless it is restricted."""
    return {**({} if register.restricted else EVERYWHERE), **register.may}


def visible(actor: Actor, register: Register, roles: Collection[str] = ROLES) -> sa.ColumnElement[bool] | None:
    """Which rows of a register an actor may see, as a condition; ``None`` for all of them. ``roles``: in these alone."""
    grants = grants_of(register)
    scopes = [(grants[role].scope, grantor or actor.name) for role, grantor, _ in _holdings(actor)
              if role in grants and Action.VIEW in grants[role].actions and (role in roles or role == OPERATOR)]
    some = [scope.condition(name, register) for scope, name in scopes if scope is not None]
    granted = sa.or_(*some) if some and len(some) == len(scopes) else None
    whole = None if register.scope is None else register.scope.condition(actor.name, register)
    return granted if whole is None else whole if granted is None else granted & whole


_VERBS = {
    Action.VIEW: Text("見る", "see"), Action.CREATE: Text("登録する", "add to"), Action.EDIT: Text("変更する", "change"),
    Action.ARCHIVE: Text("保管にする", "archive in"), Action.VOID: Text("取り消す", "void in"),
    Action.LINK: Text("関連付ける", "link in"), Action.ATTACH: Text("証跡を加える", "attach evidence in"),
    Action.DOWNLOAD: Text("証跡を開く", "open evidence of"), Action.EXPORT: Text("書き出す", "export"),
    Action.IMPORT: Text("取り込む", "import into"),
}


def _no_role(actor: Actor, action: Action, register: Register) -> Text:
    asked = Action.EDIT if action in _READ else action  # who keeps the register, not everybody who may read it
    keepers = [role for role, grant in register.may.items() if asked in grant.actions]
    who = _words(tuple(keepers)) if keepers else ROLES["admin"]
    verb = _VERBS.get(action, Text("扱う", "handle"))
    return Text(f"「{register.title.ja}」を{verb.ja}権限がありません。必要なときは{who.ja}に頼んでください。",
                f'You may not {verb.en} "{register.title.en}". If you need it, ask: {who.en}.')


def _words(roles: tuple[str, ...]) -> Text:
    words = [ROLES[r] for r in roles if r in ROLES]
    return Text("・".join(w.ja for w in words), ", ".join(w.en for w in words))
