"""Switches: each mechanism that may make a pattern, and the settings at which it does nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Switch:
    """A mechanism to switch off: words on the command line that set it to nothing."""

    en: str
    zh: str
    words: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return what the mechanism is called."""
        return self.zh if language == "zh" else self.en

    def values(self) -> dict[str, Any]:
        """Return the settings by name, "rules.exclusion.allowed" → False."""
        return {name: json.loads(text) for name, _, text in (word.partition("=") for word in self.words)}


SWITCHES: dict[str, Switch] = {
    "morale_pressure": Switch("undeserved losses hurt morale", "不当扣分伤士气", ("parameters.morale_pressure=0",)),
    "morale": Switch(
        "morale moves at all",
        "士气变化",
        (
            *("parameters.morale_pressure=0", "parameters.morale_overwork=0", "parameters.morale_files=0"),
            "parameters.morale_recovery=0",
        ),
    ),
    "documentation": Switch("exclusion and its documents", "剔除与材料", ("rules.exclusion.allowed=false",)),
    "refusal": Switch(
        "contacts in vain with strategic residents", "不配合者的额外联系", ("parameters.refusal_contacts=0",)
    ),
    "patrols": Switch("grid patrols", "网格巡查", ("rules.patrol.coverage=0",)),
    "prevention": Switch("prevention pays", "预防", ("parameters.discount=0", "parameters.prevention_yield=0")),
    "learning": Switch("skill grows", "技能增长", ("parameters.learning=0", "parameters.diffusion=0")),
    "perception": Switch("noise in the perception of scores", "分数感知误差", ("parameters.perception=0",)),
    "decisions": Switch("offices' decisions move", "各单位的决策调整", ("parameters.step=0",)),
    "lists": Switch(
        "what lists bring: talks, projects, praise",
        "榜单的后果：约谈、专项与表扬",
        (
            *("rules.lists.talk_minutes=0", "rules.lists.project_staff=0", "rules.lists.project_relief=0"),
            "parameters.praise_diffusion=0",
        ),
    ),
    "expectation": Switch("expectations rise", "期望上升", ("parameters.expectation=0",)),
    "joint_review": Switch("joint review of unclear tickets", "疑难诉求会商", ("rules.joint_review.allowed=false",)),
    "whistles": Switch("whistles", "吹哨报到", ("rules.whistle.allowed=false",)),
    "district_centres": Switch(
        "tickets by way of district centres", "经区级中心派单", ("rules.dispatch.by_district=0",)
    ),
    "duplicates": Switch("filing again while a ticket is open", "未办结时重复提交", ("parameters.duplicate_hazard=0",)),
    "casework": Switch("casework on request", "申请专办", ("parameters.casework_request=0",)),
    "care_by_stake": Switch("care by stake", "按利害投入", ("parameters.stake_power=0",)),
    "targets": Switch(
        "targets and meetings", "目标与点评会", ("rules.targets.worth=0", "rules.targets.meeting_minutes=0")
    ),
    "leaving": Switch("officers leave", "人员流失", ("parameters.leaving_base=0", "parameters.leaving_by_morale=0")),
    "theme": Switch("the monthly theme", "每月一题", ("rules.theme.kinds_a_month=0",)),
    "reserves": Switch("districts' reserves", "区机动资源", ("rules.reserves.staff_share=0",)),
    "relapse": Switch("solved problems relapse", "问题反弹", ("parameters.relapse=0",)),
    "hard_core": Switch(
        "tickets beyond an office's reach",
        "硬骨头（超权限、误派、不配合）",
        ("parameters.hard_share=0", "parameters.wrong_loss=0", "parameters.strategic_share=0"),
    ),
    "staff_growth": Switch("staff grows", "人力增长", ("parameters.staff_growth=0",)),
    "effort_bound": Switch("the bound on effort", "投入上限", ("parameters.effort_most=3",)),
    "care_bound": Switch("the bound on care", "办理投入上限", ("parameters.care_max=12",)),
    "idle_blindness": Switch("blindness to idle hours", "对闲置工时视而不见", ("parameters.idle_seen=1",)),
    "idle_teaching": Switch("what idle hours teach", "闲置工时的学习效应", ("parameters.idle_teaches=0",)),
    "service_wear": Switch("problems wear services", "问题损耗公共服务", ("parameters.service_wear=0",)),
    "service_budgets": Switch(
        "districts' service budgets are unequal", "各区公共服务预算不等", ("parameters.service_budget_log_sd=0",)
    ),
    "service_start": Switch("services are unequal at first", "初始公共服务水平不等", ("parameters.service_log_sd=0",)),
    "grievance": Switch("grievance builds up", "心结累积", ("parameters.grievance_gain=0",)),
}
