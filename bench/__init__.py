"""Benchmarks: every row names its baseline and its target; `make bench` runs them all."""
