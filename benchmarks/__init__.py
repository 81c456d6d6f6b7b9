"""Benchmarks, run on demand and never as timed tests: `uv run python -m benchmarks.speed` and its neighbours.

Every figure is measured beside the one it is compared with, in one run, and printed with its budget.
"""
