"""Mechanisms: one file is one submodel; the order in which they run is in `sim/model.py`."""
