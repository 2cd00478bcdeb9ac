"""A SPARQL 1.1 endpoint over a store, read-only: protocol, graph store, pages, REST.

Every answer comes from a copy of the store without personal data (`mskg.store.public`), out
of processes that can be ended (`mskg.service.readers`).
"""

from __future__ import annotations

from mskg.service.limits import Limits
from mskg.service.server import serve

__all__ = ["Limits", "serve"]
