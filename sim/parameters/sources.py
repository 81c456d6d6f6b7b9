"""Sources that many parameters share."""

from __future__ import annotations

MODEL = "assumption (starting value of a mean-field fit)"
NEAR = "assumption (set by hand so that the published series is near; not calibrated)"
