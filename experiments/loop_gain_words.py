"""What the loop gain says, in both languages."""

from __future__ import annotations

WORDS = {
    "en": {
        "arm": "arm",
        "of": "of",
        "m": "extra per fresh one, M",
        "gain": "loop gain Λ = 1 − 1/M",
        "tickets": "tickets",
        "hours": "hours",
        "branching": "{arm}: repeats per closed ticket (own offspring only) {value}",
        "unknown": "not known yet (needs 180 days more)",
        "note": "Pairs of runs with the same luck; {said}; Λ ≥ 1 would be a runaway; uncalibrated.",
        "intervals": "95 % intervals over seeds",
        "none": "no intervals",
    },
    "zh": {
        "arm": "方案",
        "of": "口径",
        "m": "每件新增诉求带来的增量 M",
        "gain": "循环增益 Λ = 1 − 1/M",
        "tickets": "工单",
        "hours": "工时",
        "branching": "{arm}：每件办结工单带来的重复诉求（仅直接后代）{value}",
        "unknown": "尚不可知（还需 180 天）",
        "note": "同一运气下的成对运行；{said}；Λ ≥ 1 即为失控；未校准。",
        "intervals": "随机种子间的 95 % 区间",
        "none": "无区间",
    },
}
