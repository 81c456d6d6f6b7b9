"""The sentences in English."""

from __future__ import annotations

from experiments.studies.discover.prim import FEWEST
from experiments.studies.discover.texts import Texts, chances, listed, upper


class English(Texts):
    """Every sentence there may be."""

    def scope(self) -> str:
        """Say what was run, and what both arms do on average."""
        return (
            f"{len(self.found.worlds)} worlds ({self.settings.city.label_en}, {self.stage.months} months, "
            f"{len(self.stage.seeds)} seeds), uncalibrated; over them {self.first} changes {self.name} by "
            f"{self.gains[0]} and {self.second} by {self.gains[1]} {self.unit} on average, against the baseline."
        )

    def counts(self) -> str:
        """Say in how many worlds the arm wins, loses, and neither is told."""
        found = self.found
        text = (
            f"{upper(self.first)} beats {self.second} in {found.better} of {found.known} worlds ({self.share:.0f} %) "
            f"and loses to it in {found.worse}; in {found.undecided} the seeds do not tell them apart, which counts as "
            "not beating."
        )
        return text + (
            f" In {self.left} worlds {self.name} is undefined in some run; they are left out." * (self.left > 0)
        )

    def early(self) -> str:
        """Say how many runs ran away."""
        stopped, runs = self.found.early
        return f"{stopped} of {runs} runs ran away and were stopped; arms are compared over the months that both had."

    def no_box(self) -> str:
        """Say why no box is looked for."""
        found = self.found
        if found.better == 0:
            return f"There is no world here in which {self.first} is told to beat {self.second}, so there is no box."
        if found.better == found.known:
            return f"{upper(self.first)} beats {self.second} in every world here, so there is nothing to tell apart."
        rest = "in which it does" if self.rare == found.better else "in which it does not"
        return f"With only {self.rare} worlds {rest} no box is looked for; it needs {FEWEST}."

    def turned(self) -> str:
        """Turn the question round."""
        return f"The other way round: where does {self.first} beat {self.second}?"

    def open_box(self) -> str:
        """Say that no limit is better than chance."""
        return (
            f"No limit of any parameter tells the worlds where {self.first} beats {self.second} from the others better "
            "than chance: there is no box."
        )

    def box(self) -> str:
        """Say the box, its density and its coverage."""
        box = self.found.box
        assert box is not None
        return (
            f"In worlds where {listed(self.where, ' and ')}, {self.first} beats {self.second} in "
            f"{100 * box.density:.0f} % of cases (density; {self.share:.0f} % over all worlds); these are "
            f"{100 * box.coverage:.0f} % of all the worlds where it does (coverage): {box.k} of {box.n} in the box."
        )

    def limits(self) -> str:
        """Say how sure each limit is."""
        return "Quasi-p, the chance of a box as dense if a limit told nothing: " + listed(chances(self), ", ") + "."

    def holdout(self) -> str:
        """Say what such boxes are worth in worlds that were not used."""
        hold = self.hold
        if not hold["n"]:
            return "In the parts of the worlds the method finds no box that other worlds lie in: it does not hold."
        text = (
            f"Judged by boxes found without them (each fifth by the other four), {hold['k']:.0f} of {hold['n']:.0f} "
            f"worlds in boxes are such cases: density {hold['density']:.0f} % [{hold['low']:.0f}, {hold['high']:.0f}], "
            f"coverage {hold['coverage']:.0f} %. "
        )
        if self.holds:
            return text + "So such a box tells something of worlds not seen."
        return (
            text + f"That is not told apart from the {self.share:.0f} % over all worlds: the box is not to be trusted."
        )
