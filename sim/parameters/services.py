"""Parameters: public services of streets, what wears them and what raises them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.declare import number

_FITTED = "fitted to the index of 2020 to 2022 (published.csv)"


@dataclass(frozen=True)
class Serving:
    """Public services 七有五性: levels as shares of a standard, what wears them and what raises them."""

    service_start: float = number(
        0.504, "share of the standard", 0, 0.9, "service level in January 2019", "2019年1月公共服务水平", _FITTED
    )
    service_log_sd: float = number(
        0.15, "log", 0, 1, "spread of service levels over streets and dimensions at first", "初始服务水平的离散度"
    )
    service_wear: float = number(
        0.0131, "of the level a month", 0, 0.5, "wear of services at the base rate of problems", "服务损耗率", _FITTED
    )
    service_budget: float = number(
        0.0261, "of the deficit a month", 0, 0.5, "deficit that budgets make up", "预算补足缺口的比例", _FITTED
    )
    service_budget_log_sd: float = number(
        0.2, "log", 0, 1, "spread of service budgets over districts", "各区预算离散度"
    )
    service_deficit_power: float = number(
        0.0, "power", 0, 1, "how strongly deficits breed requests", "服务缺口引发诉求的强度", "off: 0"
    )
    service_level_2020: float = number(
        0.6, "share of the standard", 0.05, 1, "service level at which the index is 100", "指数为100时的服务水平"
    )

    def service_level_after(self, months: int) -> float:
        """Return the level so many months after January 2019, at the base rate of problems and the mean budget."""
        level = self.service_start
        for _ in range(months):
            level = level - self.service_wear * level + self.service_budget * (1.0 - level)
        return level
