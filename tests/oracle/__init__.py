"""The oracle: the model of `sim` written a second time, plainly, to check the fast engine bit for bit.

One object per resident who complains, per ticket and per office, and loops over them. It reads rules, parameters,
cities, luck and tables from `sim`, and none of the engine's mechanisms, agents or columns.
"""
