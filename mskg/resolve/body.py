"""A public body apart from its place."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Body"]


@dataclass(frozen=True, slots=True)
class Body:
    """A public body apart from its place.

    Parameters
    ----------
    template:
        Full name with ``{r}`` for the place, ``{w}`` for its party committee and ``{p}``
        for the party in the place.
    slug:
        Stable identity inside the place.
    functions:
        Ids of its functions.
    known:
        Whether the authority tables hold it.
    kind:
        bureau, commission, centre, firm, zone, township …; ``branch`` has its stem in `slug`
        and its place as printed in `branch`.
    short:
        Whether the name is printed in an abbreviated form.
    joint:
        Whether it stands for several bodies, such as 两办.
    """

    template: str
    slug: str
    functions: tuple[str, ...] = ()
    known: bool = True
    kind: str = "bureau"
    branch: str = ""
    short: bool = False
    joint: bool = False
