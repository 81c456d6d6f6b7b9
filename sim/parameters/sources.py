"""Sources that many parameters share."""

from __future__ import annotations

MODEL = "assumption (starting value of a mean-field fit)"
NEAR = "a first fit to the published series up to 2022, rounded (experiments/fit.py); other values fit as well"
