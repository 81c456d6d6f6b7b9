"""Parameters: staff, minutes, care, authority and skill."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number
from sim.parameters.sources import NEAR


@dataclass(frozen=True)
class Work:
    """Staff, minutes, care, authority and skill."""

    working_minutes: float = number(
        330.0, "minutes a calendar day", 60, 720, "normal working time of one officer", "人均日工作分钟"
    )
    capacity_to_need: float = number(
        2.2, "ratio", 0.3, 10, "capacity over standard need in 2019", "2019年能力与需求比", NEAR
    )
    staff_elasticity: float = number(0.9, "-", 0, 1.5, "elasticity of staff to need over streets", "人员配置弹性")
    staff_log_sd: float = number(0.15, "log", 0, 1, "spread of staff beside need", "人员配置差异")
    staff_growth: float = number(
        0.64, "of 2019, a year", -0.2, 1, "growth of staff time since 2019", "人力年增长", NEAR
    )
    minutes_by_skill: float = number(
        1.05, "-", 0, 2, "minutes needed fall with skill to this power (θ)", "工时随技能下降指数", NEAR
    )
    patrol_minutes: int = number(15, "minutes", 0, 480, "finding one problem on patrol", "网格发现单个问题用时")
    contact_minutes: int = number(6, "minutes", 0, 60, "first contact", "首次联系用时")
    care_min: float = number(0.4, "× standard", 0.1, 1, "least care", "最低办理投入")
    care_max: float = number(3.6, "× standard", 1, 12, "most care", "最高办理投入", NEAR)
    ceiling_district: float = number(
        0.3,
        "chance",
        0,
        0.95,
        "best a street can do alone where the district's authority is needed",
        "区级权限问题的街道解决上限",
    )
    ceiling_city: float = number(
        0.15,
        "chance",
        0,
        0.95,
        "best a street can do alone where the city's authority is needed",
        "市级权限问题的街道解决上限",
    )
    hard_share: float = number(
        1.0,
        "× the city's table",
        0,
        10,
        "share of problems above a street's authority",
        "超街道权限问题占比倍数",
        "off: 1",
    )
    skill_start: float = number(0.36, "-", 0.05, 1, "skill at first", "初始技能", NEAR)
    skill_spread: float = number(0.2, "±share", 0, 0.9, "spread of skill at first", "初始技能差异")
    learning: float = number(0.054, "of the gap a month", 0, 0.2, "learning by doing at effort 1", "干中学速率", NEAR)
    learning_tickets: float = number(
        5.0, "tickets a month", 0.1, 1000, "tickets at which learning is half its most", "学习半饱和工单数"
    )
    idle_teaches: float = number(
        1.0,
        "share",
        0,
        1,
        "what an hour without work teaches, of one with work",
        "闲置工时的学习效果",
        "assumption; 1: skill follows hours paid, 0: hours worked",
    )
    diffusion: float = number(
        0.02, "of the gap a month", 0, 0.5, "methods taken over from better neighbours", "工作法扩散速率"
    )
    praise_diffusion: float = number(
        0.01,
        "of the gap a month",
        0,
        0.5,
        "methods taken over from praised streets",
        "先进工作法推广速率",
        "assumption; off: 0",
    )
