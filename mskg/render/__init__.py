"""Dumb writers: rows and page models in, text or bytes out; they know nothing of plans."""

from __future__ import annotations
