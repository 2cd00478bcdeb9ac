"""What holds for every test: none measures time, for a busy machine is no fault of a change."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("mskg", settings.default, deadline=None)
settings.load_profile("mskg")
