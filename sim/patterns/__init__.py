"""Patterns: what the model should be able to show, each a check that can fail (model: patterns).

None of them is put in. A pattern is a list of measures of a family of runs that differ in the strength of the
tournament alone; it comes out if every measure lies where the pattern says.
"""

from __future__ import annotations

from sim.patterns.all import PATTERNS
from sim.patterns.elsewhere import ELSEWHERE, Elsewhere
from sim.patterns.pattern import Family, Measure, Pattern, Tables

__all__ = ["ELSEWHERE", "PATTERNS", "Elsewhere", "Family", "Measure", "Pattern", "Tables"]
