"""The demo's procurement beside the months: last year's contracts with their amendments, and the oversight committee."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from grc.cli.demo.ledgers import SUPPLIERS
from grc.cli.demo.stage import Made, Stage

CONTRACTS: tuple[tuple[Any, ...], ...] = (
    # title, signed, method, bidders, estimated price, amount, supplier, kind, how it ended
    ("住民情報基盤の改修業務（令和7年度）", date(2025, 4, 14), "sole_source", None, 82_000_000, 81_400_000, 1, "services", "completed"),
    ("全国ネットワーク監視業務（令和7年度）", date(2025, 4, 1), "open", 1, 121_000_000, 120_450_000, 5, "services", "completed"),
    ("通知書の印刷及び封入封緘業務（令和7年度）", date(2025, 5, 20), "open", 3, 11_000_000, 9_350_000, 0, "services", "completed"),
    ("端末装置の賃貸借（令和7年度から令和11年度まで）", date(2025, 7, 1), "open", 2, 96_000_000, 88_200_000, 7, "lease_in", "in_performance"),
    ("脆弱性診断業務（令和7年度）", date(2025, 8, 18), "open", 1, 17_600_000, 17_490_000, 10, "services", "completed"),
    ("庁舎警備業務（令和7年度下半期）", date(2025, 9, 24), "open", 4, 12_100_000, 9_020_000, 8, "services", "completed"),
    ("研修教材の制作業務", date(2025, 11, 10), "proposal", 2, 8_800_000, 8_580_000, 9, "services", "completed"),
    ("データセンター利用契約の更新（令和7年度）", date(2026, 1, 15), "sole_source", None, 34_100_000, 34_100_000, 3, "services", "in_performance"),
)
AMENDMENTS: tuple[tuple[int, dict[str, Any]], ...] = (
    (0, {"amended_on": date(2025, 10, 6), "amount_after": 108_900_000, "period_end_after": date(2026, 3, 31), "reason": "法令の改正に伴う改修の追加"}),
    (2, {"amended_on": date(2025, 9, 8), "amount_after": 9_900_000, "reason": "通知書の件数の増"}),
    (3, {"amended_on": date(2026, 2, 2), "period_end_after": date(2030, 9, 30), "reason": "納入の遅れによる期間の変更"}),
)
REVIEWS: tuple[tuple[Any, ...], ...] = (
    # contract, title where there is none, round, ground, other grounds, last step, opinion
    (None, "会議録作成支援サービスの利用（令和6年度）", 1, "new_negotiated", None, "publish", "競争に付すことができないか、次の更新までに調べること。"),
    (None, "文書保管及び溶解処理業務（令和6年度）", 1, "repeated_single_bid", None, "publish", "保管場所の条件を緩め、参加できる者を増やすこと。"),
    (None, "認証基盤の運用保守業務（令和6年度）", 1, "large_negotiated", None, "publish", None),
    (0, None, 2, "large_change", "高額の随意契約", "respond", "追加の改修は別の契約とすることを検討すること。"),
    (1, None, 2, "single_bid", "高落札率", "give_opinion", "公告の期間を延ばし、仕様書の意見招請を行うこと。"),
    (4, None, 2, "high_rate", "一者応札", "discuss", None),
    (7, None, 3, "large_negotiated", None, None, None),
)
STEPS = ("explain", "discuss", "give_opinion", "respond", "publish")
TEXTS = {"explanation": "契約の経緯と、相手方を選んだ理由を説明した。", "question": "ほかに履行できる者はいなかったのか。",
         "answer": "説明会には3者が参加したが、応札したのは1者であった。"}


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
    made = [_contract(stage, *contract) for contract in CONTRACTS]
    _reviews(stage, made)


def _contract(stage: Stage, title: str, signed: date, method: str, bidders: int | None, estimate: int, amount: int, supplier: int, kind: str, end: str) -> Made:
    name, number, address = SUPPLIERS[supplier]
    last = date(2026, 3, 31) if end == "completed" else date(2030, 6, 30) if kind == "lease_in" else date(2026, 12, 31)
    contract = stage.add(
        "contracts", "kobayashi", signed, title=title, contract_date=signed, method=method, bidder_count=bidders, estimated_price=estimate, amount=amount,
        supplier_name=name, supplier_jcn=number, supplier_address=address, contract_type=kind, category="goods", period_start=signed, period_end=last,
        officer="契約担当役　総務部長　高橋　直樹", reason="当該業務を行える者が契約の相手方に限られるため。" if method == "sole_source" else None,
        legal_basis="契約事務規程第26条第1項第2号" if method == "sole_source" else None)
    contract = stage.move(contract, "sign", "perform", by="kobayashi", on=signed)
    for n, row in AMENDMENTS:
        if CONTRACTS[n][0] == title:
            contract = stage.move(contract, "amend", by="kobayashi", on=row["amended_on"], row=row)
    return stage.move(contract, "complete", by="kobayashi", on=date(2026, 3, 31)) if end == "completed" else contract


def _reviews(stage: Stage, contracts: list[Made]) -> None:
    committee = next((row["id"] for row in stage.find("committees") if row.get("number") == "CM-05"), None)
    held = {row["number"]: row for row in stage.find("meetings", committee_id=committee)} if committee else {}
    for n, title, round, ground, others, last, opinion in REVIEWS:
        on = {1: date(2025, 6, 24), 2: date(2025, 11, 25), 3: date(2026, 3, 24)}[round]
        review = stage.add("oversight-reviews", "kobayashi", on, title=title or CONTRACTS[n][0], contract_id=None if n is None else contracts[n], round=f"第{round}回",
                           selected_on=on, ground=ground, other_grounds=others, committee_id=committee, meeting_id=held[round]["id"] if round in held else None)
        if last is None:
            continue
        review = stage.change(review, "kobayashi", on + timedelta(days=30), **TEXTS, opinion=opinion, summary="質疑の要旨は別紙のとおり。",
                              response="意見を踏まえて仕様書と公告の期間を見直した。" if opinion and last in ("respond", "publish") else None,
                              response_due_on=on + timedelta(days=120) if opinion else None)
        for k, step in enumerate(STEPS[:STEPS.index(last) + 1]):
            if opinion or step in ("explain", "discuss", "publish"):
                review = stage.move(review, step, by="yamamoto" if step == "publish" else "kobayashi", on=on + timedelta(days=30 * (k + 1)))
