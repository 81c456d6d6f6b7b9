"""The patterns of the hotline that have measures: all but P6, which is in `elsewhere.py`."""

from __future__ import annotations

from sim.patterns import answers, ranks, services
from sim.patterns.pattern import Measure, Pattern

PATTERNS: dict[str, Pattern] = {
    pattern.name: pattern
    for pattern in (
        Pattern(
            "P1",
            "the published series, of which the tournament makes a part",
            "公布的解决率和满意率序列，其中锦标赛贡献了一部分",
            "published.csv (calibrated)",
            (0.0, 1.0),
            (
                Measure(
                    "mean distance to published resolution",
                    "与公布解决率的平均差距",
                    "share",
                    answers.distance("resolution_rate"),
                    below=0.03,
                ),
                Measure(
                    "mean distance to published satisfaction",
                    "与公布满意率的平均差距",
                    "share",
                    answers.distance("satisfaction_rate"),
                    below=0.03,
                ),
                Measure(
                    "satisfaction minus reported resolution",
                    "满意率与解决率之差",
                    "share",
                    answers.satisfied_above_resolved,
                    above=0.0,
                ),
                Measure(
                    "reported resolution, β = 1 minus β = 0",
                    "解决率：β=1 减 β=0",
                    "share",
                    answers.effect("reported_resolution", 0.0, 1.0),
                    above=0.0,
                ),
            ),
        ),
        Pattern(
            "P2",
            "real resolution has its maximum at a finite strength; reported minus real widens",
            "真实解决率在有限强度处达到最大；考核与真实之差扩大",
            "report 二(二)",
            (1.0, 2.0, 5.0),
            (
                Measure(
                    "real resolution, β = 5 minus β = 2",
                    "真实解决率：β=5 减 β=2",
                    "share",
                    answers.effect("real_resolution", 2.0, 5.0),
                    below=0.0,
                ),
                Measure(
                    "reporting gap, β = 5 minus β = 1",
                    "考核与真实之差：β=5 减 β=1",
                    "share",
                    answers.effect("reporting_gap", 1.0, 5.0),
                    above=0.0,
                ),
            ),
        ),
        Pattern(
            "P3",
            "from β = 1 to 2 documentation still rises, prevention falls, more is withdrawn from unranked duties",
            "β 从 1 到 2，材料工时仍上升，预防工时下降，从非考核工作抽走更多工时",
            "report 二(二)",
            (1.0, 2.0),
            (
                Measure(
                    "documentation's share of hours, β = 2 minus β = 1",
                    "材料工时占比变化",
                    "share",
                    answers.effect("documentation_share", 1.0, 2.0),
                    above=0.0,
                ),
                Measure(
                    "prevention's share of hours, β = 2 minus β = 1",
                    "预防工时占比变化",
                    "share",
                    answers.effect("prevention_share", 1.0, 2.0),
                    below=0.0,
                ),
                Measure(
                    "hours withdrawn, β = 2 minus β = 1",
                    "抽走的工时变化",
                    "hours",
                    answers.effect("withdrawn", 1.0, 2.0),
                    above=0.0,
                ),
            ),
        ),
        Pattern(
            "P4",
            "repeats are a small share of tickets and a larger share of hours",
            "重复诉求占比不高，但占用更多工时",
            "report 二(二) “占比虽不高”",
            (1.0,),
            (
                Measure(
                    "repeats among tickets",
                    "重复诉求占比",
                    "share",
                    answers.level("repeat_share"),
                    below=0.25,
                ),
                Measure(
                    "their share of handling hours over their share of tickets",
                    "办理工时占比与工单占比之比",
                    "ratio",
                    answers.over_tickets("hours_on_repeats"),
                    above=1.0,
                ),
                Measure(
                    "further attempts' share of all hours on tickets over their share of tickets and cases",
                    "后续办理（含专办）占全部工单工时之比与占工单数之比的比值",
                    "ratio",
                    answers.over_attempts("work_on_repeats"),
                    above=1.0,
                ),
            ),
        ),
        Pattern(
            "P5",
            "in the top decile more than half of the variance of scores is noise",
            "前百分之十的街道，得分方差一半以上是噪声",
            "sampling theory",
            (1.0,),
            (
                Measure(
                    "noise among the top decile's scores",
                    "前百分之十得分中的噪声占比",
                    "share",
                    ranks.top_noise,
                    above=0.5,
                ),
            ),
        ),
        Pattern(
            "P7",
            "tickets per 10 000 residents differ over districts by a factor of two",
            "各区万人诉求比相差约一倍",
            "published_districts.csv",
            (1.0,),
            (
                Measure(
                    "highest over lowest district",
                    "最高区与最低区之比",
                    "ratio",
                    ranks.district_load,
                    above=1.5,
                    below=3.0,
                ),
            ),
        ),
        Pattern(
            "P8",
            "after a low rank the score rises, after a high one it falls, beyond regression to the mean",
            "排名靠后则得分上升，排名靠前则下降，超出向均值回归的部分",
            "theory of interim ranks",
            (0.0, 1.0),
            (
                Measure(
                    "month after less month before the bottom decile, beyond trend and β = 0",
                    "位居后百分之十：次月得分减上月（减趋势和 β=0）",
                    "score",
                    ranks.after("bottom"),
                    above=0.0,
                ),
                Measure(
                    "month after less month before the top decile, beyond trend and β = 0",
                    "位居前百分之十：次月得分减上月（减趋势和 β=0）",
                    "score",
                    ranks.after("top"),
                    below=0.0,
                ),
            ),
        ),
        Pattern(
            "P9",
            "streets with a higher service index score higher",
            "“七有”“五性”指数高的街道，接诉即办得分也高",
            "report 三(三)",
            (0.0, 1.0),
            (
                Measure(
                    "correlation of service index and score, β = 1",
                    "指数与得分的相关系数：β=1",
                    "correlation",
                    services.with_score(1.0),
                    above=0.0,
                ),
                Measure(
                    "correlation of service index and score, β = 0",
                    "指数与得分的相关系数：β=0",
                    "correlation",
                    services.with_score(0.0),
                    above=0.0,
                ),
            ),
        ),
    )
}
