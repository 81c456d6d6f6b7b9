"""Agents: offices decide; residents and tickets are columns that agents are views of."""
