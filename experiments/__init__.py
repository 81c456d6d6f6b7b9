"""Experiments: many runs, compared in pairs; `python -m experiments.run --help` says how."""
