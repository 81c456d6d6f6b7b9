"""The sentences in Chinese."""

from __future__ import annotations

from experiments.studies.discover.prim import FEWEST
from experiments.studies.discover.texts import Texts, chances


class Chinese(Texts):
    """Every sentence there may be, as in English."""

    def scope(self) -> str:
        """Say what was run, and what both arms do on average."""
        return (
            f"{len(self.found.worlds)} 个世界（{self.settings.city.label_zh}，{self.stage.months} 个月，"
            f"{len(self.stage.seeds)} 个随机种子），未校准；与现状相比，“{self.first}”平均使{self.name}变化 "
            f"{self.gains[0]} {self.unit}，“{self.second}”平均使其变化 {self.gains[1]} {self.unit}。"
        )

    def counts(self) -> str:
        """Say in how many worlds the arm wins, loses, and neither is told."""
        found = self.found
        text = (
            f"在 {found.known} 个世界中，“{self.first}”有 {found.better} 个（{self.share:.0f} %）优于“{self.second}”，"
            f"有 {found.worse} 个劣于它；其余 {found.undecided} 个凭随机种子无法区分，按未优于计。"
        )
        return text + (f"另有 {self.left} 个世界因{self.name}在某次运行中无定义而舍去。" * (self.left > 0))

    def early(self) -> str:
        """Say how many runs ran away."""
        stopped, runs = self.found.early
        return f"{runs} 次运行中有 {stopped} 次因积压失控而提前停止；各方案只比较双方都有的月份。"

    def no_box(self) -> str:
        """Say why no box is looked for."""
        found = self.found
        if found.better == 0:
            return f"没有一个世界能断定“{self.first}”优于“{self.second}”，因此没有这样的区域。"
        if found.better == found.known:
            return f"“{self.first}”在每个世界中都优于“{self.second}”，因此没有什么可区分的。"
        rest = "优于" if self.rare == found.better else "未优于"
        return f"{rest}的世界只有 {self.rare} 个，不足 {FEWEST} 个，故不寻找区域。"

    def turned(self) -> str:
        """Turn the question round."""
        return f"反过来问：“{self.first}”在哪些世界优于“{self.second}”？"

    def open_box(self) -> str:
        """Say that no limit is better than chance."""
        return f"没有哪个参数的界限能比碰运气更好地区分“{self.first}”优于“{self.second}”的世界：不存在这样的区域。"

    def box(self) -> str:
        """Say the box, its density and its coverage."""
        box = self.found.box
        assert box is not None
        return (
            f"在{'、'.join(self.where)}的世界中，“{self.first}”优于“{self.second}”的占 {100 * box.density:.0f} %"
            f"（密度；全部世界为 {self.share:.0f} %）；这占全部优于的世界的 {100 * box.coverage:.0f} %（覆盖率）："
            f"区域内 {box.n} 个世界中有 {box.k} 个。"
        )

    def limits(self) -> str:
        """Say how sure each limit is."""
        return "准 p 值（若该界限毫无意义，区域仍如此密集的概率）：" + "，".join(chances(self)) + "。"

    def holdout(self) -> str:
        """Say what such boxes are worth in worlds that were not used."""
        hold = self.hold
        if not hold["n"]:
            return "用部分世界找到的区域中没有其余的世界：该区域不可靠。"
        text = (
            f"用未参与寻找的世界检验（每五分之一由其余五分之四找到的区域来判断），区域内 {hold['n']:.0f} 个世界中有 "
            f"{hold['k']:.0f} 个：密度 {hold['density']:.0f} % [{hold['low']:.0f}, {hold['high']:.0f}]，覆盖率 "
            f"{hold['coverage']:.0f} %。"
        )
        if self.holds:
            return text + "可见这样的区域对未见过的世界也有意义。"
        return text + f"这与全部世界的 {self.share:.0f} % 无法区分：该区域不可信。"
