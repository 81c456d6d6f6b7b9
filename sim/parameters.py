"""Parameters: how people and offices behave. Numbers without a source are assumptions with a range."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import check, number

_MODEL = "assumption (starting value of a mean-field fit)"
_NEAR = "assumption (set by hand so that the published series is near; not calibrated)"


@dataclass(frozen=True)
class Parameters:
    """Behaviour, fixed for a run; in the order of a request's life, then of the month."""

    # requests and people
    demand: float = number(
        1.0, "× base rate", 0, 6, "actual demand over the base rate", "诉求需求倍数", "1 is the published volume"
    )
    exposure_log_sd: float = number(
        0.3, "log", 0, 1, "spread of base rates over streets within a category", "街道诉求差异"
    )
    propensity_log_sd: float = number(
        1.5,
        "log",
        0,
        2.5,
        "spread of the propensity to complain",
        "诉求倾向差异",
        "Boston 311, 2012: 76 % call once (O'Brien 2015)",
    )
    grievance_share: float = number(0.02, "share", 0, 0.2, "residents who start with a grievance", "初始有心结者占比")
    grievance_start: float = number(0.5, "0–1", 0, 1, "grievance of those who start with one", "初始心结强度")
    strategic_share: float = number(0.008, "share", 0, 0.1, "strategic residents", "策略性诉求人占比", _MODEL)
    trust_start: float = number(0.6, "0–1", 0, 1, "mean trust at first (people differ by ± 0.3)", "初始信任")
    trust_gain: float = number(0.1, "share of the gap", 0, 1, "trust gained by a real resolution", "解决后信任上升")
    trust_loss: float = number(0.1, "share", 0, 1, "trust lost by a failure", "失败后信任下降")
    refusal: float = number(0.5, "chance", 0, 1, "one who has given up lets a new problem pass", "放弃者不再诉求的概率")

    # dispatch and dispute
    accuracy_start: float = number(0.79, "share", 0, 1, "accuracy of dispatch at first", "初始派单准确率", _NEAR)
    accuracy_decay: float = number(
        0.01, "a month", 0, 0.05, "accuracy lost to new kinds of request", "新型诉求造成的准确率下降"
    )
    wrong_to_department: float = number(
        0.5, "share", 0, 1, "a street's ticket sent wrongly goes to a department", "误派部门占比"
    )
    wrong_loss: float = number(
        0.8, "share", 0, 1, "chance of resolution lost at the wrong unit", "误派的解决率损失", _MODEL
    )
    dispute_recognition: float = number(
        0.8, "chance", 0, 1, "a wrong dispatch is recognised by the unit", "识别误派的概率"
    )
    dispute_mistake: float = number(0.02, "chance", 0, 1, "a right dispatch is taken for a wrong one", "误认误派的概率")
    dispute_minutes: int = number(20, "minutes", 0, 480, "a unit's work on one dispute", "提出异议用时")
    dispute_error: float = number(0.1, "chance", 0, 1, "error of a dispute ruling", "异议裁定差错率")

    # work
    working_minutes: float = number(
        330.0, "minutes a calendar day", 60, 720, "normal working time of one officer", "人均日工作分钟"
    )
    capacity_to_need: float = number(
        2.2, "ratio", 0.3, 10, "capacity over standard need in 2019", "2019年能力与需求比", _NEAR
    )
    staff_elasticity: float = number(0.9, "-", 0, 1.5, "elasticity of staff to need over streets", "人员配置弹性")
    staff_log_sd: float = number(0.15, "log", 0, 1, "spread of staff beside need", "人员配置差异")
    staff_growth: float = number(
        0.5, "of 2019, a year", -0.2, 1, "growth of staff time since 2019", "人力年增长", _NEAR
    )
    minutes_by_skill: float = number(
        1.0, "-", 0, 2, "minutes needed fall with skill to this power (θ)", "工时随技能下降指数", _NEAR
    )
    contact_minutes: int = number(6, "minutes", 0, 60, "first contact", "首次联系用时")
    care_min: float = number(0.4, "× standard", 0.1, 1, "least care", "最低办理投入")
    care_max: float = number(3.6, "× standard", 1, 3.9, "most care", "最高办理投入", _NEAR)
    ceiling_district: float = number(
        0.4, "chance", 0, 0.95, "best a unit can do where the district's authority is needed", "区级权限问题的解决上限"
    )
    ceiling_city: float = number(
        0.25, "chance", 0, 0.95, "best a unit can do where the city's authority is needed", "市级权限问题的解决上限"
    )
    skill_start: float = number(0.4, "-", 0.05, 1, "skill at first", "初始技能", _NEAR)
    skill_spread: float = number(0.2, "±share", 0, 0.9, "spread of skill at first", "初始技能差异")
    learning: float = number(0.1, "of the gap a month", 0, 0.2, "learning by doing at effort 1", "干中学速率", _NEAR)
    learning_tickets: float = number(
        5.0, "tickets a month", 0.1, 1000, "tickets at which learning is half its most", "学习半饱和工单数"
    )
    diffusion: float = number(
        0.02, "of the gap a month", 0, 0.5, "methods taken over from better neighbours", "工作法扩散速率"
    )

    # exclusion
    file_minutes: int = number(
        280,
        "minutes",
        10,
        4800,
        "compiling one exclusion file",
        "单件剔除材料用时",
        "2.4 × a ticket's hours (assumption)",
    )
    accepted_prior: float = number(
        0.5, "share", 0, 1, "acceptance believed of files before experience", "对剔除通过率的先验", _NEAR
    )
    exclusion_recognition: float = number(
        0.8, "chance", 0.5, 1, "a unit knows whether a ticket can be excluded", "识别可剔除工单的概率"
    )
    exclusion_true: float = number(
        0.7, "chance", 0, 1, "acceptance: strategic, or not the unit's", "应剔除工单的通过率"
    )
    exclusion_false: float = number(0.12, "chance", 0, 1, "acceptance of any other ticket", "不应剔除工单的通过率")

    # call-back
    reach: float = number(0.8, "chance", 0, 1, "the resident is reached", "回访接通率")
    confirm: float = number(0.98, "chance", 0, 1, "a first contact in time is confirmed", "确认响应的概率")
    misreport: float = number(0.02, "chance", 0, 0.5, "“resolved?” is answered or noted wrongly", "解决情况误记率")
    satisfied_resolved: float = number(0.97, "chance", 0, 1, "satisfied if resolved, at best", "解决者满意概率上限")
    satisfied_unresolved: float = number(
        0.65, "chance", 0, 1, "satisfied if unresolved, at full care seen", "未解决者满意概率上限"
    )
    late_effect: float = number(0.3, "share", 0, 1, "satisfaction lost by full lateness", "逾期的满意度损失")
    expectation: float = number(0.05, "-", 0, 0.3, "satisfaction lost to expectation", "期望的满意度损失")

    # coming back
    return_street: float = number(
        0.26, "chance", 0, 0.9, "files again: street's authority", "街道级问题再诉概率", _MODEL
    )
    return_district: float = number(
        0.40, "chance", 0, 0.9, "files again: district's authority", "区级问题再诉概率", _MODEL
    )
    return_city: float = number(0.48, "chance", 0, 0.9, "files again: city's authority", "市级问题再诉概率", _MODEL)
    return_grievance: float = number(0.3, "chance", 0, 0.9, "added by full grievance", "心结增加的再诉概率")
    return_dissatisfied: float = number(
        0.3, "share", 0, 1, "of it, if resolved but not satisfied", "解决但不满意者的再诉系数"
    )
    return_most: float = number(0.9, "chance", 0, 0.99, "highest chance of filing again", "再诉概率上限")
    return_days: float = number(14.0, "days", 1, 60, "mean wait before filing again, beyond two days", "再诉平均间隔")
    give_up: float = number(0.5, "chance", 0, 1, "giving up, with no patience and full trust", "放弃概率系数")
    grievance_gain: float = number(0.2, "of the gap", 0, 1, "grievance added by a failure", "失败增加的心结")
    grievance_fade: float = number(0.02, "a month", 0, 0.5, "grievance fading", "心结消退")

    # streets' decisions
    effort_rest: float = number(0.6, "of normal time", 0.2, 1.4, "effort without a tournament", "无锦标赛时的投入")
    effort_cost: float = number(1.5, "-", 0.1, 20, "cost of effort (κ)", "投入成本系数", _NEAR)
    step: float = number(0.05, "-", 0, 1, "speed of adjustment (η)", "调整速度", "0.2 gives collective waves")
    perception: float = number(0.01, "score", 0, 0.05, "noise in the perception of scores (s₀)", "分数感知误差")
    discount: float = number(0.7, "-", 0, 1, "weight of requests prevented (δ)", "预防收益折扣")
    prevention_yield: float = number(
        0.2, "requests an hour", 0, 5, "requests that an hour of prevention takes away, over time", "每小时预防减少诉求"
    )
    defect_return: float = number(0.05, "of the gap a month", 0, 1, "defects growing back", "缺陷回升速率")

    # morale
    morale_start: float = number(0.9, "0–1", 0.05, 1, "morale at first", "初始士气")
    morale_recovery: float = number(0.036, "of the gap a month", 0, 0.5, "recovery of morale", "士气恢复速率", _MODEL)
    morale_overwork: float = number(
        0.08, "per effort above rest", 0, 1, "morale lost to overwork", "超负荷的士气损失", _NEAR
    )
    morale_pressure: float = number(
        0.017, "a month", 0, 0.2, "morale lost to undeserved losses", "不当扣分的士气损失", _MODEL
    )
    morale_files: float = number(
        0.01, "per share of time", 0, 0.2, "morale lost to compiling files", "材料负担的士气损失", _MODEL
    )
    morale_worth: float = number(
        7.0, "per score", 0.1, 50, "worth of a point at which pressure is full (v₁)", "压力基准"
    )

    # guard
    runaway_months: float = number(
        20.0, "months of arrivals", 1, 1000, "open tickets at which a run is stopped as runaway", "失控判定", "guard"
    )

    def __post_init__(self) -> None:
        check(self)
