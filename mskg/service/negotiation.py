"""Content negotiation (RFC 9110, section 12.5): media types, languages, codings."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["accepts_gzip", "best", "language"]


@lru_cache(maxsize=1024)
def best(accept: str, offers: tuple[str, ...]) -> str:
    """Return the offer that a client likes best; empty where it takes none.

    Parameters
    ----------
    accept:
        The header ``Accept``; empty takes anything.
    offers:
        Media types, the one to prefer first.
    """
    wanted = _parsed(accept) or [("*/*", 1.0)]
    chosen, highest = "", 0.0
    for offer in offers:
        quality = _quality(offer, wanted)
        if quality > highest:
            chosen, highest = offer, quality
    return chosen


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Return whether the header ``Accept-Encoding`` allows gzip."""
    wanted = dict(_parsed(header))
    return wanted.get("gzip", wanted.get("*", 0.0)) > 0


@lru_cache(maxsize=256)
def language(header: str) -> str:
    """Return ``zh`` or ``en`` by the header ``Accept-Language``; ``zh`` where it says nothing."""
    ordered = sorted(_parsed(header), key=lambda entry: -entry[1])
    for tag, quality in ordered:
        if quality and tag[:2] in {"zh", "en"}:
            return tag[:2]
    return "en" if ordered and ordered[0][0] != "*" else "zh"


def _parsed(header: str) -> list[tuple[str, float]]:
    found = []
    for entry in header.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found.append((name, quality))
    return found


def _quality(offer: str, wanted: list[tuple[str, float]]) -> float:
    """Return what the most precise range says of `offer`: a/b before a/* before */*."""
    kind = offer.partition("/")[0]
    for pattern in (offer, f"{kind}/*", "*/*"):
        found = [quality for name, quality in wanted if name == pattern]
        if found:
            return max(found)
    return 0.0
