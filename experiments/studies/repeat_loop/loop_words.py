"""The words of what goes round: sentences, traits, fates and heads of tables, in English and Chinese."""

from __future__ import annotations

from typing import Any

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
        "the hours of handling and casework.",
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
        "who nobody": "No problem of the panel circles (same problem filed {many} times or more).",
        "trait": "{name} ({circling} against {all} %)",
        "nothing": "none that is told apart",
        "back": "A surge moves {name} by {furthest} % at its furthest ({first}). Within 1 % of the path "
        "without it again, "
        "in the {n} months after: {arms}.",
        "back short": "A surge moves {name} by {furthest} % at its furthest ({first}); no run goes on beyond it, so "
        "when that passes cannot be said.",
        "back none": "What a surge does to {name} cannot be said in per cent: without it there is nothing, or no month "
        "is known.",
        "arm back": "{arm} {back}",
        "within": "from month {months} on",
        "never": "never",
        "apart": " (not told apart from month {months} on)",
        "still apart": " (last month {relative} %, told apart)",
        "of": {"problems": "problems", "tickets": "tickets", "hours": "handling and casework hours"},
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
        "title attempts": "Share of problems by requests needed, and of tickets and hours of handling and casework "
        "by attempt, per cent",
        "title flow": "Fates of problems followed for {days} days, by the attempt at which they end (panel of "
        "one in 64)",
        "title who": "Problems filed three times or more against all: per cent, and ratio with its interval",
        "title recovery": "A surge against the same runs without it",
    },
    "zh": {
        "attempts": "在全部问题中，{days} 天内只诉求一次的占 {one} %，两次的占 {two} %，三次及以上的占 {many} %。"
        "第三次及以后的诉求占工单的 {tickets} %，占办理与专办工时的 {hours} %。",
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
        "who nobody": "样本中没有循环问题（同一问题诉求 {many} 次及以上）。",
        "trait": "{name}（{circling} %，全部为 {all} %）",
        "nothing": "无可区分者",
        "back": "激增使{name}最多变化 {furthest} %（{first}）。此后 {n} 个月内回到无激增路径 1 % 以内的情况：{arms}。",
        "back short": "激增使{name}最多变化 {furthest} %（{first}）；没有运行延续到激增之后，因此无法说明何时消退。",
        "back none": "激增对{name}的影响无法以百分比说明：无激增时为零，或没有已知的月份。",
        "arm back": "{arm}{back}",
        "within": "自第 {months} 个月起",
        "never": "未回到",
        "apart": "（自第 {months} 个月起无法区分）",
        "still apart": "（最后一个月 {relative} %，可区分）",
        "of": {"problems": "问题", "tickets": "工单", "hours": "办理与专办工时"},
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
        "title attempts": "按所需诉求次数的问题占比，以及按诉求次序的工单、办理与专办工时占比（%）",
        "title flow": "追踪 {days} 天的问题结局，按结束时的诉求次序（每 64 个问题抽 1 个）",
        "title who": "诉求三次及以上的问题与全部问题：百分比与倍数（含区间）",
        "title recovery": "激增与同一运行无激增时的比较",
    },
}
