"""Benchmarks of the pages beside a floor: run by `python -m bench`, written as ratios so that machines can be compared."""
