"""The words of the loop gain: sentences, readings and heads of tables, in English and Chinese."""

from __future__ import annotations

from experiments.studies.repeat_loop.gains import FADES, GAIN, LASTING, RISING, STOPPED

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "today": "Today ({place}) an extra problem makes {m} tickets within {window} months: loop gain Λ = {gain}, "
        "hours gain Λ_h = {hours}. By its own repeats alone Λ would be {b} (b); what lies between is congestion: "
        "tickets of others that fail for want of hours.",
        "today lost": "Today ({place}) no loop gain can be told, for the loop runs away there ({verdict}).",
        "highest": "Over {n} places ({over}) Λ is from {least} to {most}, highest at "
        "{place}; "
        "congestion adds most, {more}, at {crowded}.",
        "none": "Nowhere among them does the loop run away: no run was stopped, no backlog rose for a year, and "
        "the extra "
        "repeats fade everywhere ({late} for every extra problem in the last quarter of the window at most).",
        "somewhere": "The loop runs away at {places}.",
        "harder": "{other}: Λ reaches {gain} at {place}, where an extra problem makes {m} tickets; {verdict}",
        "returning": "If residents return more readily",
        "it fades": "even there the extra repeats fade, from {early} for every extra problem in the window's second "
        "quarter to {late} in its last.",
        "it lasts": "it runs away at {places}.",
        "without": "{place}: Λ = {gain}. The tickets that an extra problem makes fall most without this: {name}, to "
        "{fall} of what they are; {others}. {stops}",
        "stops": "Without this it no longer runs away: {names}.",
        "stays": "It runs away without any one of them, too.",
        "without one": "also told apart from nothing: {names}",
        "without none": "no other mechanism is told apart from nothing",
        "without nothing": "{place}: Λ = {gain}. No mechanism switched off lowers the gain in a way that is told apart "
        "from nothing. {stops}",
        "single": "One seed only: no intervals, and nothing is told apart.",
        STOPPED: "stopped",
        RISING: "backlog rising",
        LASTING: "does not fade",
        GAIN: "Λ ≥ 1",
        FADES: "fades",
        "caption": "Loop gain from pairs with and without a small surge of one month; M: tickets for every "
        "extra problem in "
        "{window} months; b: own repeats",
        "pooled": "{n}; 95 % t intervals pooled over points",
        "of stage": "reading",
        "repeats": "repeats, %",
        "real": "really resolved, %",
        "point": "point",
        "off": "without",
        "as it is": "as it is",
    },
    "zh": {
        "today": "现状（{place}）下，每多一个问题在 {window} 个月内带来 {m} 件工单：循环增益 Λ = {gain}，"
        "工时增益 Λ_h = {hours}。仅由自身的重复诉求，Λ 应为 {b}（b），两者之间是挤占：其他工单因工时不足而失败。",
        "today lost": "现状（{place}）下无法得出循环增益，因为该处循环失控（{verdict}）。",
        "highest": "在 {n} 处（{over}）中，Λ 在 {least} 至 {most} 之间，最高处为{place}；"
        "挤占增加最多之处为{crowded}，增加 {more}。",
        "none": "其中没有一处循环失控：没有运行被中止，没有积压连续一年上升，多出的重复诉求处处消退"
        "（观察期最后一季每多一个问题至多 {late} 件）。",
        "somewhere": "循环在以下各处失控：{places}。",
        "harder": "{other}：在{place}处 Λ 达到 {gain}，每多一个问题带来 {m} 件工单；{verdict}",
        "returning": "若居民更倾向于再次诉求",
        "it fades": "即便如此，多出的重复诉求仍会消退：每多一个问题，观察期第二季为 {early} 件，最后一季为 {late} 件。",
        "it lasts": "循环在以下各处失控：{places}。",
        "without": "{place}：Λ = {gain}。关闭“{name}”使每多一个问题带来的工单减少最多，降至原来的 {fall}；"
        "{others}。{stops}",
        "stops": "关闭下列任一机制后不再失控：{names}。",
        "stays": "关闭其中任何一个，循环仍然失控。",
        "without one": "同样可与零区分的还有：{names}",
        "without none": "其他机制均无法与零区分",
        "without nothing": "{place}：Λ = {gain}。关闭任何一个机制对增益的降低都无法与零区分。{stops}",
        "single": "只有一个随机种子：没有区间，也无法区分。",
        STOPPED: "中止",
        RISING: "积压上升",
        LASTING: "不消退",
        GAIN: "Λ ≥ 1",
        FADES: "消退",
        "caption": "循环增益，由有无一个月小幅激增的成对运行得出；M 为每多一个问题在 {window} 个月内带来的工单；"
        "b 为自身重复",
        "pooled": "{n}；95 % t 区间，由各点合并估计",
        "of stage": "解读",
        "repeats": "重复诉求，%",
        "real": "真实解决，%",
        "point": "位置",
        "off": "关闭",
        "as it is": "现状",
    },
}
