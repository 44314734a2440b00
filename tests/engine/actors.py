"""Who acts in the tests of the engine."""

from grc.permissions import Actor

OFFICER = Actor("tanaka", frozenset({"risk_officer"}), "田中 恵子", via="test")
SECOND = Actor("sato", frozenset({"risk_officer"}), "佐藤 美咲", via="test")
AUDITOR = Actor("kansa", frozenset({"auditor"}), via="test")
ADMIN = Actor("kanri", frozenset({"admin"}), via="test")
BUYER = Actor("keiyaku", frozenset({"procurement"}), "小林", via="test")
NOBODY = Actor("dareka", frozenset(), via="test")
