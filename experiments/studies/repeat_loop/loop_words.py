"""What goes round: requests of a problem, how problems end, whose they are, and how a surge passes, in sentences."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from experiments.intervals import kind_of
from experiments.markup import Sheet
from experiments.studies.ran import Ran
from experiments.studies.repeat_loop.panel import DAYS, FATES, MANY
from experiments.studies.repeat_loop.texts import category, listed, percent, percent_in, plain
from experiments.words import interval_words, name_of

Tables = dict[str, pd.DataFrame]

_NAMED = 5  # traits named in a sentence, the strongest
TRAITS = {
    "en": {
        "strategic": {"yes": "strategic", "no": "cooperative"},
        "level": {"street": "street's authority", "district": "needs the district", "city": "needs the city"},
        "misplaced": {"yes": "at the wrong unit", "no": "at the right unit"},
        "aggrieved": {"yes": "had a grievance before", "no": "no grievance before"},
        "zone": {
            "core": "core",
            "urban_expansion": "urban expansion",
            "new_development": "new development",
            "ecological": "ecological",
        },
    },
    "zh": {
        "strategic": {"yes": "策略性诉求人", "no": "非策略性诉求人"},
        "level": {"street": "街道级权限", "district": "需区级权限", "city": "需市级权限"},
        "misplaced": {"yes": "派错单位", "no": "派对单位"},
        "aggrieved": {"yes": "此前已有心结", "no": "此前没有心结"},
        "zone": {
            "core": "首都功能核心区",
            "urban_expansion": "城市功能拓展区",
            "new_development": "城市发展新区",
            "ecological": "生态涵养区",
        },
    },
}
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "attempts": "Of all problems {one} % are filed once, {two} % twice, {many} % three times or more within {days} "
        "days. Those filed three times or more make {tickets} % of tickets (attempts from the third on) and "
        "{hours} % of "
        "the hours of handling.",
        "burden": "Repeats are {tickets} % of tickets and take {handling} % of handling hours and {all} % of "
        "all hours on "
        "tickets; of the hours on repeats {uses}.",
        "use": "{share} % are {name}",
        "flow": "After {days} days {resolved} % of problems ended resolved, {rests} % unresolved and let rest, "
        "{gave_up} % "
        "given up, {excluded} % excluded and not filed again, and {open} % still go round. Of those filed a "
        "second time "
        "{second} % end resolved after two requests, and {third} % are filed a third time.",
        "returns": "Problems come back after a failure ({after_failure} %), after a solution without satisfaction "
        "({dissatisfied} %), by relapse ({relapse} %) or as a case ({case} %).",
        "who": "Of {circling} circling problems a run in the panel (same problem filed {many} times or more, "
        "{rate} % of "
        "all), more often than among all problems are, most of all: {more}. Less often: {less}.",
        "who none": "Of {circling} circling problems a run in the panel ({rate} % of all) no trait is told apart from "
        "that of all problems.",
        "trait": "{name} ({circling} against {all} %)",
        "nothing": "none that is told apart",
        "back": "A surge moves {name} by {furthest} % at its furthest ({first}). Within 1 % of the path "
        "without it again, "
        "in the {n} months after: {arms}.",
        "arm back": "{arm} {back}",
        "within": "from month {months} on",
        "never": "never",
        "apart": " (not told apart from month {months} on)",
        "still apart": " (last month {relative} %, told apart)",
        "of": {"problems": "problems", "tickets": "tickets", "hours": "handling hours"},
        "attempt": "attempt",
        "open class": "{n} or more",
        "fates": {
            "resolved": "resolved",
            "excluded": "excluded",
            "rests": "let rest",
            "gave_up": "gave up",
            "open": "still open",
            "returned": "filed again",
        },
        "fate": "fate",
        "share": "of all problems, %",
        "who head": ["trait", "all, %", "circling, %", "lift", "circle, %"],
        "arm": "arm",
        "outcome": "outcome",
        "furthest": "furthest, %",
        "months 1": "months to within 1 %",
        "months 0": "months to not told apart",
        "last": "last month, %",
        "never cell": "never",
        "caption": "{title}; {interval}; uncalibrated; {digest}.",
        "title attempts": "Share of problems by requests needed, and of tickets and handling hours by attempt, "
        "per cent",
        "title flow": "Fates of problems followed for {days} days, by the attempt at which they end (panel of "
        "one in 64)",
        "title who": "Problems filed three times or more against all: per cent, and ratio with its interval",
        "title recovery": "A surge against the same runs without it",
    },
    "zh": {
        "attempts": "在全部问题中，{days} 天内只诉求一次的占 {one} %，两次的占 {two} %，三次及以上的占 {many} %。"
        "第三次及以后的诉求占工单的 {tickets} %，占办理工时的 {hours} %。",
        "burden": "重复诉求占工单的 {tickets} %，占办理工时的 {handling} %，占全部工单工时的 {all} %；"
        "重复诉求的工时中，{uses}。",
        "use": "{name}占 {share} %",
        "flow": "{days} 天后，{resolved} % 的问题以解决告终，{rests} % 未解决而搁置，{gave_up} % 的诉求人放弃，"
        "{excluded} % 被剔除且未再诉求，{open} % 仍在循环。再次诉求的问题中，{second} % 在第二次诉求后解决，"
        "{third} % 进入第三次诉求。",
        "returns": "问题再来的原因：未解决（{after_failure} %）、解决但不满意（{dissatisfied} %）、反弹"
        "（{relapse} %）、"
        "转为专办（{case} %）。",
        "who": "样本中每次运行有 {circling} 个循环问题（同一问题诉求 {many} 次及以上，占全部的 {rate} %），"
        "其中高于全部问题的有：{more}；低于的有：{less}。",
        "who none": "样本中每次运行有 {circling} 个循环问题（占全部的 {rate} %），没有任何特征可与全部问题区分。",
        "trait": "{name}（{circling} %，全部为 {all} %）",
        "nothing": "无可区分者",
        "back": "激增使{name}最多变化 {furthest} %（{first}）。此后 {n} 个月内回到无激增路径 1 % 以内的情况：{arms}。",
        "arm back": "{arm}{back}",
        "within": "自第 {months} 个月起",
        "never": "未回到",
        "apart": "（自第 {months} 个月起无法区分）",
        "still apart": "（最后一个月 {relative} %，可区分）",
        "of": {"problems": "问题", "tickets": "工单", "hours": "办理工时"},
        "attempt": "第几次诉求",
        "open class": "{n} 次及以上",
        "fates": {
            "resolved": "解决",
            "excluded": "剔除",
            "rests": "搁置",
            "gave_up": "放弃",
            "open": "仍未了结",
            "returned": "再次诉求",
        },
        "fate": "结局",
        "share": "占全部问题，%",
        "who head": ["特征", "全部，%", "循环者，%", "倍数", "循环率，%"],
        "arm": "方案",
        "outcome": "指标",
        "furthest": "最大偏离，%",
        "months 1": "回到 1 % 以内的月数",
        "months 0": "无法区分的月数",
        "last": "最后一个月，%",
        "never cell": "未回到",
        "caption": "{title}；{interval}；未校准；{digest}。",
        "title attempts": "按所需诉求次数的问题占比，以及按诉求次序的工单与办理工时占比（%）",
        "title flow": "追踪 {days} 天的问题结局，按结束时的诉求次序（每 64 个问题抽 1 个）",
        "title who": "诉求三次及以上的问题与全部问题：百分比与倍数（含区间）",
        "title recovery": "激增与同一运行无激增时的比较",
    },
}


def trait_name(ran: Ran, row: Any) -> str:
    """Return a trait's value as people read it."""
    if row["trait"] == "category":
        return category(ran.settings, row["value"], ran.language)
    return TRAITS[ran.language][row["trait"]].get(row["value"], row["value"])


def sentences(ran: Ran, tables: Tables) -> list[str]:
    """Return what goes round, in sentences."""
    return [*_attempts(ran, tables), *_flow(ran, tables), _who(ran, tables["who"]), *_back(ran, tables["recovery"])]


def _attempts(ran: Ran, tables: Tables) -> list[str]:
    words, at = WORDS[ran.language], tables["attempts"].set_index(["measure", "attempt"])
    many = {
        name: percent(math.fsum(row["mean"] for key, row in at.iterrows() if key[0] == name and key[1] >= MANY))
        for name in ("problems", "tickets", "hours")
    }
    one, two = (percent_in(at.loc[("problems", n)]) for n in (1, 2))
    said = {"many": many["problems"], "tickets": many["tickets"], "hours": many["hours"]}
    out = [words["attempts"].format(one=one, two=two, days=DAYS, **said)]
    of = tables["repeats"].set_index("of")
    shares = {"tickets": "repeat_share", "handling": "hours_on_repeats", "all": "work_on_repeats"}
    said = {key: percent_in(of.loc[name]) for key, name in shares.items()}
    uses = tables["hours_by_use"].sort_values("mean", ascending=False)
    texts = [
        words["use"].format(share=percent(row["mean"]), name=use_name(row["use"], ran.language))
        for _, row in uses.iterrows()
        if row["mean"] >= 0.005
    ]
    return [*out, words["burden"].format(uses=listed(texts, ran.language), **said)]


def use_name(name: str, language: str) -> str:
    """Return a use of hours on repeats without the words that all uses share."""
    said = name_of(name, language)
    return said.split("：" if language == "zh" else ": ", 1)[-1].split("（")[0].split(",")[0]


def _flow(ran: Ran, tables: Tables) -> list[str]:
    words, flow = WORDS[ran.language], tables["flow"]
    ends = flow[flow["fate"] != "returned"].groupby("fate")["mean"].sum()
    at = flow.set_index(["attempt", "fate"])["mean"]
    again, third = float(at.get((1, "returned"), 0.0)), float(at.get((2, "returned"), 0.0))
    of_second = {"second": at.get((2, "resolved"), 0.0) / again if again else math.nan}
    of_second |= {"third": third / again if again else math.nan}
    said = {name: percent(float(ends.get(name, 0.0))) for name in FATES}
    said |= {name: percent(float(share)) for name, share in of_second.items()}
    before = {row["before"]: percent(row["mean"]) for _, row in tables["returns"].iterrows()}
    return [words["flow"].format(days=DAYS, **said), words["returns"].format(**before)]


def _who(ran: Ran, who: pd.DataFrame) -> str:
    words, level = WORDS[ran.language], who[who["trait"] == "level"]
    circling = float(level["problems_circling"].sum())
    rate = percent(float((level["all"] * level["rate"]).sum()))
    said = {"circling": f"{circling:,.0f}", "rate": rate, "many": MANY}
    lists = {}
    for says, rising in (("more", False), ("less", True)):
        rows = who[(who["says"] == says) & (who["value"] != "no")].sort_values("lift", ascending=rising).head(_NAMED)
        texts = [
            words["trait"].format(name=trait_name(ran, row), circling=percent(row["circling"]), all=percent(row["all"]))
            for _, row in rows.iterrows()
        ]
        lists[says] = listed(texts, ran.language) or words["nothing"]
    if not (who["says"] != "unsure").any():
        return str(words["who none"].format(**said))
    return str(words["who"].format(**said, **lists))


def _back(ran: Ran, recovery: pd.DataFrame) -> list[str]:
    """Say of each outcome how far the surge carries it, and for each arm when it is back."""
    words, out, stop = WORDS[ran.language], [], "；" if ran.language == "zh" else "; "
    for name, rows in recovery.groupby("outcome", sort=False):
        arms = [
            words["arm back"].format(arm=ran.settings.labels[row["arm"]], back=_arm(words, row))
            for _, row in rows.iterrows()
        ]
        first = rows.iloc[0]
        said = {"name": name_of(str(name), ran.language), "n": int(first["months_after"])}
        said["first"] = ran.settings.labels[first["arm"]]
        said |= {"furthest": plain(100.0 * first["furthest"], digits=1, sign="+"), "arms": stop.join(arms)}
        out.append(words["back"].format(**said))
    return out


def _arm(words: dict[str, Any], row: Any) -> str:
    within, apart = row["within_1_percent"], row["not_told_apart"]
    first = words["never"] if math.isnan(within) else words["within"].format(months=int(within))
    if math.isnan(row["low"]):
        return str(first)
    if not math.isnan(apart):
        return str(first + words["apart"].format(months=int(apart)))
    return str(first + words["still apart"].format(relative=plain(100.0 * row["relative"], digits=1, sign="+")))


def sheets(ran: Ran, tables: Tables) -> dict[str, Sheet]:
    """Return the tables for print."""
    words = WORDS[ran.language]

    n = int(tables["attempts"]["n"].max())

    def caption(name: str) -> str:
        said = words[f"title {name}"].format(days=DAYS)
        kind = f"n = {n}; {interval_words(kind_of(n), ran.language)}"
        return str(words["caption"].format(title=said, interval=kind, digest=ran.digest))

    return {
        "attempts": Sheet(caption("attempts"), *_attempts_sheet(words, tables["attempts"])),
        "flow": Sheet(caption("flow"), *_flow_sheet(words, tables["flow"])),
        "who": Sheet(caption("who"), list(words["who head"]), _who_rows(ran, tables["who"])),
        "recovery": Sheet(caption("recovery"), *_recovery_sheet(ran, words, tables["recovery"]), left=2),
    }


def _attempts_sheet(words: dict[str, Any], table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    at, last = table.set_index(["measure", "attempt"]), int(table["attempt"].max())
    rows = []
    for attempt in range(1, last + 1):
        name = words["open class"].format(n=last) if attempt == last else str(attempt)
        rows.append([name, *(percent_in(at.loc[(measure, attempt)], 2) for measure in words["of"])])
    return [words["attempt"], *words["of"].values()], rows


def _flow_sheet(words: dict[str, Any], table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    at = table.set_index(["attempt", "fate"])
    rows = []
    for fate in (*FATES, "returned"):
        cells = [percent_in(at.loc[(n, fate)], 2) if (n, fate) in at.index else "–" for n in range(1, MANY + 1)]
        rows.append([words["fates"][fate], *cells])
    heads = [str(n) for n in range(1, MANY)] + [words["open class"].format(n=MANY)]
    return [words["fate"], *heads], rows


def _who_rows(ran: Ran, table: pd.DataFrame) -> list[list[str]]:
    return [
        [
            trait_name(ran, row),
            percent(row["all"]),
            percent(row["circling"]),
            plain(row["lift"], row["lift_low"], row["lift_high"]),
            percent(row["rate"], 2),
        ]
        for _, row in table.iterrows()
    ]


def _recovery_sheet(ran: Ran, words: dict[str, Any], table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    rows = []
    for _, row in table.iterrows():
        months = [
            words["never cell"] if math.isnan(row[name]) else f"{row[name]:g}"
            for name in ("within_1_percent", "not_told_apart")
        ]
        scale = row["relative"] / row["difference"] if row["difference"] else 0.0
        ends = (100.0 * row[key] * scale for key in ("difference", "low", "high"))
        cells = [plain(100.0 * row["furthest"], digits=1, sign="+"), *months, plain(*ends, digits=1, sign="+")]
        rows.append([ran.settings.labels[row["arm"]], name_of(row["outcome"], ran.language), *cells])
    return [words[key] for key in ("arm", "outcome", "furthest", "months 1", "months 0", "last")], rows
