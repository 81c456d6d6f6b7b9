"""Pressure: the targets in force, how districts lean on their streets, and what the lists have brought."""

from __future__ import annotations

import numpy as np

from sim.points import ANSWERS


class Pressure:
    """Targets and their consequences; by district (D,), by street (S,). NaN: no target yet."""

    def __init__(self, n_streets: int, n_districts: int) -> None:
        self.city_target = float("nan")
        self.district_target = np.full(n_districts, np.nan)  # as the district hands it to its streets
        self.assigned = np.full(n_streets, np.nan)  # by the district
        self.target = np.full(n_streets, np.nan)  # what a street is held to
        self.held_to = np.full(n_streets, np.nan)  # the target of the month that has just ended
        self.year_answers = np.zeros((n_streets, ANSWERS), dtype=np.int64)  # call-backs that count, since the new year
        self.lean = np.ones(n_districts)  # factor of b_T
        self.raise_by = np.zeros(n_districts)  # of the gap to 1, on the way down
        self.meets = np.zeros(n_districts, dtype=bool)  # holds a review meeting
        self.praised = np.zeros(n_streets, dtype=np.int64)  # months of praise left
        self.project_left = np.zeros(n_streets, dtype=np.int64)  # months
        self.project_category = np.zeros(n_streets, dtype=np.int64)
