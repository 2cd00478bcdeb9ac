"""Benchmarks of the project: ``python -m benchmarks accuracy`` and ``… speed``."""
