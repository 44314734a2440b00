"""The pages of the monthly disclosure: the year's board, and a month with what stands between now and publication."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

import streamlit as st

from grc import calendar, people, states
from grc.disclosure import month as months
from grc.disclosure.checks import CHECKS
from grc.disclosure.forms import by_form
from grc.disclosure.month import Finding, Month
from grc.kinds import DATE, YEN, short
from grc.problem import Severity
from grc.refusal import Refusal
from grc.register import publishing
from grc.text import Text, many
from grc.ui import links, look
from grc.ui.escape import escape
from grc.ui.tasks import Task, waiting
from grc.ui.viewer import Viewer

TITLE = Text("月ごとの公表", "Monthly disclosure")
SECTION = Text("契約公表", "Disclosure")
PAGE = "publication"
FIRST_YEAR = 2019
STEPS = (Text("作成", "Build"), Text("検査", "Check"), Text("承認", "Approve"), Text("公表", "Publish"))
NOT_YET = Text("まだ", "Not yet")
PUBLIC = Text("公表ページを開く", "Open the public page")
PASSWORD = Text("あなたのパスワード", "Your password")
NONE = Text("該当なし", "None")
T_BUILD, T_AGAIN = Text("作成する", "Build"), Text("もう一度作成する", "Build again")
T_MEND = Text("検査の結果を確かめる", "See the checks")
T_APPROVE, T_PUBLISH = Text("承認する", "Approve"), Text("公表する", "Publish")
T_ACK, T_REASON = Text("確認した旨を書く", "Acknowledge"), Text("確認した内容", "What you found")
T_WHICH = Text("どの警告を", "Which warning")
T_HEADS = (Text("区分", "Level"), Text("何が", "What"), Text("どうする", "What to do"))
T_FORM_HEADS = (Text("様式", "Form"), Text("件数", "Contracts"), Text("契約金額の合計（円）", "Total (yen)"))
T_BOARD = (Text("月", "Month"), Text("状態", "State"), Text("台帳の件数", "In the ledger"), Text("作成", "Built"), Text("承認", "Approved"),
           Text("公表", "Published"), Text("公表期限", "Legal day"))
FEW = 5


def board(v: Viewer, asked: str) -> None:
    """The twelve months of a fiscal year: built, approved, published, and the legal day of each."""
    today = calendar.today()
    this = calendar.fiscal_year(today)
    year = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked) <= this + 1 else this
    found = months.board(v.office, v.actor, year)
    era = Text(f"{calendar.japanese(date(year, 5, 1)).split('年')[0]}年度", f"FY{year}")
    with look.heading([look.Crumb(v.t(SECTION)), look.Crumb(v.t(TITLE))], v.t(TITLE), escape(v.t(era))):
        links.link(v.t(Text("前の年度", "Previous year")), PAGE, {"fy": str(year - 1)}, icon=":material/chevron_left:")
        links.link(v.t(Text("次の年度", "Next year")), PAGE, {"fy": str(year + 1)}, icon=":material/chevron_right:")
        st.markdown(links.cell(v.t(PUBLIC), "/disclosure/"))
    names = _names(v)
    look.read_table([v.t(h) for h in T_BOARD], [_board_row(v, m, names, today) for m in found],
                    alt=v.t(Text("月ごとの公表の進み具合", "How far each month is")), key="board", number=3)


def _board_row(v: Viewer, m: Month, names: dict[str, str], today: date) -> list[str]:
    over = m.month < f"{today:%Y-%m}"
    state = months.STATES[m.state]
    due = "―" if m.due is None else escape(_short(v, m.due))
    if m.due is not None and m.state != "published" and over:
        due += " " + look.badge(states.deadline(m.due, today), v.lang)
    marked = look.badge(state, v.lang) if m.state != "none" or over else "―"
    return [links.cell(v.t(_month(m.month)), links.address(PAGE, {"month": m.month})), marked,
            f"{m.ledger:,}" if m.ledger else escape(v.t(NONE)) if over else "―",
            _who(v, names, m.built_by, m.built_at), _who(v, names, m.approved_by, m.approved_at), _when(v, m.published_at), due]


def show(v: Viewer, month: str) -> None:
    """One month: what stands between now and publication, and who must do it."""
    m = months.show(v.office, v.actor, month)
    findings = months.check(v.office, v.actor, month) if m.state != "none" else []
    names = _names(v)
    title = Text(f"{calendar.japanese_month(month)}分の契約公表", f"Contracts of {month}")
    crumbs = [look.Crumb(v.t(SECTION)), look.Crumb(v.t(TITLE), PAGE), look.Crumb(v.t(_month(month)))]
    with look.heading(crumbs, v.t(title), _line(v, m)):
        links.link(v.t(Text("前の月", "Previous month")), PAGE, {"month": _step(month, -1)}, icon=":material/chevron_left:")
        links.link(v.t(Text("次の月", "Next month")), PAGE, {"month": _step(month, 1)}, icon=":material/chevron_right:")
    look.said(v.lang)
    look.steps(_steps(v, m, findings, names))
    _next(v, m, findings, names)
    if m.state == "none":
        return
    left, right = st.columns([2.4, 1], gap="large")
    with left:
        _checks(v, m, findings, names)
        _forms(v, m)
    with right:
        _beside(v, m, names)


def _line(v: Viewer, m: Month) -> str:
    parts = [look.badge(months.STATES[m.state], v.lang)]
    if m.due and m.state != "published":
        parts.append(look.badge(states.deadline(m.due, calendar.today()), v.lang))
        parts.append(escape(v.t(Text(f"公表期限 {_date(v, m.due)}", f"Legal day {_date(v, m.due)}"))))
    if m.version:
        parts += [escape(v.t(Text(f"第{m.version}版", f"version {m.version}"))), escape(v.t(Text(f"{m.count:,}件", many(m.count, "contract")))),
                  escape(YEN.show(m.total, v.lang))]
    return "　".join(parts)


def _steps(v: Viewer, m: Month, findings: Sequence[Finding], names: dict[str, str]) -> list[look.Step]:
    stops = [f for f in findings if f.stops]
    errors = sum(f.problem.severity is Severity.ERROR for f in stops)
    done = {"none": 0, "built": 2 if not stops else 1, "approved": 3, "published": 4}[m.state]
    checked = Text(f"エラー{errors}・未確認の警告{len(stops) - errors}", f"{many(errors, 'error')}, {many(len(stops) - errors, 'open warning')}")
    results = [_who(v, names, m.built_by, m.built_at), "" if m.state == "none" else v.t(checked),
               _who(v, names, m.approved_by, m.approved_at), _when(v, m.published_at)]
    found = []
    for n, (label, result) in enumerate(zip(STEPS, results, strict=True)):
        state = "done" if n < done else "fault" if n == done == 1 and errors else "now" if n == done else "todo"
        found.append(look.Step(v.t(label), state, "" if result == "―" else result))  # type: ignore[arg-type]
    return found


def _next(v: Viewer, m: Month, findings: Sequence[Finding], names: dict[str, str]) -> None:
    maker, checker = v.actor.roles & set(months.MAKERS), v.actor.roles & set(months.CHECKERS)
    if m.state == "published":
        with look.next_box(v.t(Text("公表済みです", "Published")), v.t(Text(
                "この版は変わりません。誤りがあるときは、訂正の版を出します。", "This version never changes. An error is corrected by a new version.")), key="month"):
            st.markdown(links.cell(v.t(PUBLIC), f"/disclosure/{m.month[:4]}/{m.month[5:]}/"))
        return
    if m.state == "none" or not m.fresh:
        _next_build(v, m, bool(maker))
        return
    stops = [f for f in findings if f.stops]
    errors = sum(f.problem.severity is Severity.ERROR for f in stops)
    if stops:
        title = (Text(f"エラーを{errors}件直すと、承認に出せます", f"Mend {many(errors, 'error')}, then it can be approved") if errors else
                 Text(f"警告{len(stops)}件を確かめると、承認に出せます", f"Acknowledge {many(len(stops), 'warning')}, then it can be approved"))
        with look.next_box(v.t(title), v.t(Text("警告は、確認した旨を書けば先へ進めます。書いた文は残ります。",
                                                "A warning may stay when somebody writes why. What is written is kept.")),
                           kind="late" if errors else "next", key="month"):
            if maker:
                st.button(v.t(T_AGAIN), icon=":material/refresh:", on_click=_do, args=(v, lambda: months.build(v.office, v.actor, m.month), T_BUILT))
        return
    approving = m.state == "built"
    may = bool(checker) and not (approving and m.built_by == v.actor.name)
    if not may:
        who = Text("作成した人は承認できません。", "Who built it cannot approve it.") if m.built_by == v.actor.name and approving else Text("", "")
        with look.next_box(v.t(Text("契約責任者の承認を待っています" if approving else "契約責任者の公表を待っています",
                                    "Waiting for the head of procurement")), v.t(who), kind="wait", key="month"):
            if maker and approving and m.built_by != v.actor.name:  # the head built it: somebody else must, so that she can approve
                st.button(v.t(T_AGAIN), icon=":material/refresh:", on_click=_do, args=(v, lambda: months.build(v.office, v.actor, m.month), T_BUILT))
        return
    _sign(v, m, T_APPROVE if approving else T_PUBLISH)


def _next_build(v: Viewer, m: Month, maker: bool) -> None:
    stale = m.state != "none"
    text = (Text("作成した後で契約が変わりました。もう一度作成してください。", "A contract changed since it was built. Build it again.") if stale else
            Text(f"台帳には {m.ledger:,}件 あります。", f"The ledger holds {many(m.ledger, 'contract')}."))
    ahead = m.ledger == 0 and m.month >= f"{calendar.today():%Y-%m}"
    if ahead and not stale:
        with look.next_box(v.t(Text("この月はまだ終わっていません", "This month is not over")),
                           v.t(Text("契約を取り込むか登録すると、作成できるようになります。", "It can be built once there are contracts in it.")),
                           kind="wait", key="month"):
            pass
        return
    lines = [v.t(text)]
    if m.unsigned:
        lines.append(v.t(Text(f"ほかに、締結していないか中止した契約が{m.unsigned:,}件あり、公表しません。",
                              f"{m.unsigned:,} more are not signed, or cancelled, and are not published.")))
    if maker and v.actor.roles & set(months.CHECKERS):
        lines.append(v.t(Text("作成した人は承認できません。", "Who builds it cannot approve it.")))
    with look.next_box(v.t(Text("次にすること：この月を作成する", "Next: build this month")), "\n".join(lines), key="month"):
        if maker:
            st.button(v.t(T_AGAIN if stale else T_BUILD), type="primary", icon=":material/playlist_add_check:", on_click=_do,
                      args=(v, lambda: months.build(v.office, v.actor, m.month, none=m.ledger == 0), T_BUILT))
    if maker and m.ledger == 0:
        st.warning(v.t(Text("この月の契約は1件もありません。作成すると「該当なし」として公表します。",
                            "There are no contracts this month. Building it publishes that there were none.")))


def _sign(v: Viewer, m: Month, act: Text) -> None:
    """The approval or the publication: what it is about, in full, and the person's password."""
    publish = act is T_PUBLISH
    facts = Text(f"{calendar.japanese_month(m.month)}分　第{m.version}版　{m.count:,}件　{YEN.show(m.total)}",
                 f"{m.month}, version {m.version}, {m.count:,} contracts, {YEN.show(m.total, 'en')}")
    after = (Text("公表すると、この版は変えられません。", "Once published, this version cannot be changed.") if publish else
             Text("承認すると、公表できるようになります。", "Once approved, it can be published."))
    title = Text(f"次にすること：{act.ja}", f"Next: {act.en.lower()}")
    icon = ":material/public:" if publish else ":material/approval:"
    with look.next_box(v.t(title), f"{v.t(facts)}\n{v.t(after)}", key="month"), st.form("sign", border=False, enter_to_submit=False):
        password = st.text_input(v.t(PASSWORD), type="password", autocomplete="current-password", key=f"sign:{act.en}", width=300)
        pressed = st.form_submit_button(v.t(act), type="primary", icon=icon)
    if pressed:
        verb = months.publish if publish else months.approve
        _do(v, lambda: verb(v.office, v.actor, m.month, password), T_PUBLISHED if publish else T_APPROVED, rerun=True)


T_BUILT = Text("作成しました。", "Built.")
T_APPROVED = Text("承認しました。", "Approved.")
T_PUBLISHED = Text("公表しました。", "Published.")
T_WRITTEN = Text("確認した旨を書きました。", "Acknowledged.")


def _do(v: Viewer, act: Callable[[], object], done: Text, *, rerun: bool = False) -> None:
    try:
        act()
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        return
    look.say(done)
    if rerun:
        st.rerun()


def _checks(v: Viewer, m: Month, findings: Sequence[Finding], names: dict[str, str]) -> None:
    st.header(v.t(Text(f"検査の結果　{len(CHECKS)}項目", f"Checks: {len(CHECKS)}")), anchor="checks")
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for f in findings:
        groups[str(f.problem.severity), f.problem.code].append(f)
    order = {"E": 0, "W": 1, "I": 2}
    rows = [_check_row(v, group, names) for _, group in sorted(groups.items(), key=lambda g: (order[g[0][0]], g[0][1]))]
    passed = [c for c in CHECKS if c.code not in {code for _, code in groups}]
    rows.append([look.badge(states.PASS, v.lang), escape(v.t(Text(f"{len(passed)}項目は適合", f"{len(passed)} passed"))),
                 escape(", ".join(c.code for c in passed))])
    look.read_table([v.t(h) for h in T_HEADS], rows, alt=v.t(Text("検査の結果", "Results of the checks")), key="checks")
    open_ = sorted({f.problem.code for f in findings if f.stops and f.problem.severity is Severity.WARNING})
    if open_ and m.state == "built" and v.actor.roles & set(months.MAKERS):
        _acknowledge(v, m, open_)


def _check_row(v: Viewer, group: Sequence[Finding], names: dict[str, str]) -> list[str]:
    first = group[0].problem
    slug = publishing()[0].slug
    lines = []
    for f in group[:FEW]:
        where = links.cell(f.problem.record, links.address(slug, {"id": f.problem.record})) if f.problem.record else ""
        lines.append(f"{escape(v.t(f.problem.message))} {where}".strip())
    title = next((v.t(c.title) for c in CHECKS if c.code == first.code), first.code)
    head = f"**{escape(title)}（{escape(first.code)}）** {escape(v.t(Text(f'{len(group)}件', f'{len(group)}')))}"
    if len(group) > FEW:
        more = {"f_code": [f.problem.record for f in group if f.problem.record][:100]}
        lines.append(links.cell(v.t(Text(f"{len(group)}件をすべて見る", f"See all {len(group)}")), links.address(slug, more)))
    todo = escape(v.t(first.remedy))
    if group[0].acknowledged:
        todo += "  \n" + escape(f"✓ {group[0].acknowledged}（{names.get(group[0].by or '', group[0].by)}）")
    return [look.badge(states.SEVERITIES[str(first.severity)], v.lang), "  \n".join([head, *lines]), todo]


def _acknowledge(v: Viewer, m: Month, codes: Sequence[str]) -> None:
    with st.expander(v.t(T_ACK), icon=":material/edit_note:"), st.form("acknowledge", border=False, enter_to_submit=False, clear_on_submit=False):
        code = st.selectbox(v.t(T_WHICH), codes)
        reason = st.text_area(v.t(T_REASON))
        password = st.text_input(v.t(PASSWORD), type="password", autocomplete="current-password", key="ack:password", width=300)
        pressed = st.form_submit_button(v.t(Text("確認したと書く", "Write it down")))
    if pressed:
        _do(v, lambda: months.acknowledge(v.office, v.actor, m.month, code, reason, password), T_WRITTEN, rerun=True)


def _forms(v: Viewer, m: Month) -> None:
    st.header(v.t(Text("様式ごとの中身", "What each form holds")), anchor="forms")
    rows = []
    for form, held in by_form(m.rows):
        total = sum(r.amount or 0 for r in held)
        name = form.caption if v.lang != "en" else f"{form.number} {form.title.en}"
        rows.append([escape(name), f"{len(held):,}" if held else escape(v.t(NONE)), f"{total:,}" if held else "―"])
    look.read_table([v.t(h) for h in T_FORM_HEADS], rows, alt=v.t(Text("様式ごとの件数と合計", "Contracts and totals by form")), key="forms", number=3)


def _beside(v: Viewer, m: Month, names: dict[str, str]) -> None:
    st.header(v.t(Text("2人で確かめる", "Two people")), anchor=False)
    look.seals([look.Seal(v.t(STEPS[0]), names.get(m.built_by, m.built_by), _stamp(m.built_at)),
                look.Seal(v.t(STEPS[2]), names.get(m.approved_by, "―") if m.approved_by else "―", _stamp(m.approved_at))])
    st.caption(v.t(Text("作成した人と、最後の承認より後に契約を変えた人は承認できません。",
                        "Who built it, or changed a contract in it since, cannot approve it.")))
    st.header(v.t(Text("数の一致", "The counts agree")), anchor=False)
    same = m.ledger == m.count
    pairs = [(v.t(Text("台帳", "Ledger")), f"{m.ledger:,}"), (v.t(Text("公表", "Published list")), f"{m.count:,}")]
    if m.unsigned:
        pairs.append((v.t(Text("締結前・中止（公表しません）", "Not signed, or cancelled: not published")), f"{m.unsigned:,}"))
    look.facts(pairs, alt=v.t(Text("台帳と公表の件数", "Counts")), key="counts")
    st.markdown(f"{':green[:material/check_circle:]' if same else ':red[:material/error:]'} {m.ledger:,} {'=' if same else '≠'} {m.count:,}")
    if m.state == "published":
        st.header(v.t(Text("版", "Versions")), anchor=False)
        place = f"/disclosure/{m.month[:4]}/{m.month[5:]}/v{m.version}/"
        st.markdown(links.cell(v.t(Text(f"第{m.version}版", f"Version {m.version}")), place))
        st.caption(f"SHA-256 {m.sha256[:16]}…", help=m.sha256)


def tasks(v: Viewer) -> list[Task]:
    """The months that wait for this person, for the home page."""
    words = {"build": T_BUILD, "mend": T_MEND, "approve": T_APPROVE, "publish": T_PUBLISH}
    return [Task(words[what], SECTION, v.t(Text(f"{calendar.japanese_month(month)}分", month)), PAGE, {"month": month}, due)
            for what, month, due in months.waiting(v.office, v.actor)]


waiting.append(tasks)


def _names(v: Viewer) -> dict[str, str]:
    with v.office.db.read() as conn:
        return people.display_names(conn)


def _month(month: str) -> Text:
    return Text(calendar.japanese_month(month), month)


def _step(month: str, by: int) -> str:
    n = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{n // 12:04d}-{n % 12 + 1:02d}"


def _date(v: Viewer, day: date) -> str:
    return DATE.show(day, v.lang)


def _short(v: Viewer, day: date) -> str:
    return short(day, v.lang)


def _when(v: Viewer, at: datetime | None) -> str:
    return _short(v, calendar.tokyo(at).date()) if at else "―"


def _stamp(at: datetime | None) -> str:
    return short(calendar.tokyo(at).date(), "ja").removeprefix("R") if at else ""


def _who(v: Viewer, names: dict[str, str], name: str, at: datetime | None) -> str:
    return f"{names.get(name, name)} {_when(v, at)}" if name else "―"
