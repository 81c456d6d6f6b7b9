"""The captions of the study's figures."""

from __future__ import annotations

from collections.abc import Iterable

from experiments.settings import Settings
from experiments.studies.captions import Of, captioned
from experiments.studies.ran import Ran
from experiments.studies.sensitivity.wording import MOST

TEXTS = {
    "en": {
        "screening": "Morris screening of outcomes at “{base}”: the {most} parameters that move each most. Bars are "
        "μ*, "
        "the mean size of what going through a parameter's range changes (means over months and seeds), whiskers "
        "SALib's 95 % intervals over trajectories; hollow: not told apart from luck; the upright mark is what luck "
        "alone would give.",
        "screening_effects": "Morris screening of what each arm changes against “{base}”, paired seed by seed: the "
        "{most} parameters that move it most. Bars are μ*, the mean size of what going through a parameter's range "
        "changes, whiskers SALib's 95 % intervals over trajectories; hollow: not told apart from luck; the upright "
        "mark "
        "is what luck alone would give.",
        "indices": "Sobol indices of outcomes at “{base}” and of what each arm changes against it: share of the "
        "variance over worlds that goes with a parameter alone (S1, filled) and with its interactions too (ST, "
        "hollow); "
        "whiskers are SALib's 95 % intervals over resampled points; dashed: the share that is luck of the seeds.",
    },
    "zh": {
        "screening": "“{base}”下各指标的 Morris 筛选：影响最大的 {most} 个参数。条为 μ*，"
        "即参数走完其取值范围所带来变化的"
        "平均大小（对月份与种子取均值），误差线为 SALib 对轨迹的 95 % 区间；空心：与运气无法区分；"
        "竖标为仅由运气造成的大小。",
        "screening_effects": "各方案与“{base}”之差（逐种子配对）的 Morris 筛选：影响最大的 {most} 个参数。"
        "条为 μ*，即参数走完其取值范围所带来变化的平均大小，误差线为 SALib 对轨迹的 95 % 区间；空心：与运气无法区分；"
        "竖标为仅由运气造成的大小。",
        "indices": "“{base}”下各指标及各方案与其之差的 Sobol 指数：世界间方差中由参数单独（S1，实心）及连同交互"
        "（ST，空心）解释的份额；误差线为 SALib 对重抽样点的 95 % 区间；虚线：属于种子运气的份额。",
    },
}
_METHOD = {"screening": "morris", "screening_effects": "morris", "indices": "saltelli"}


def of_figure(name: str, settings: Settings) -> Of:
    """Return of which stages a figure or sheet is: all of its design; its intervals are not over seeds."""
    stages = settings.all_stages.items()
    return Of(tuple(one for one, stage in stages if stage.design["method"] == _METHOD[name]), over_seeds=False)


def captions_of(ran: Ran, figures: Iterable[str]) -> dict[str, str]:
    """Return the captions."""
    settings, texts = ran.settings, TEXTS[ran.language]
    numbers = {"base": settings.labels[settings.baseline], "most": MOST}
    return {name: captioned(ran, texts[name].format(**numbers), of_figure(name, settings)) for name in figures}
