"""Benchmarks of the project: ``python -m benchmarks accuracy`` and ``python -m benchmarks speed``."""
