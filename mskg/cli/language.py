"""Which language the command line speaks: ``--lang``, else MSKG_LANG, else the locale, else zh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mskg.errors import InputError

__all__ = ["LANGUAGES", "choose_language", "language", "t", "use_language"]

LANGUAGES = ("zh", "en")
_chosen = ["zh"]


def choose_language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return ``zh`` or ``en`` for the command line `arguments` and the environment.

    The language must be known before the commands are built, because help texts are
    part of them; so ``--lang`` is looked up here and not left to the option parser.

    Raises
    ------
    InputError
        If ``--lang`` or MSKG_LANG names another language.
    """
    asked = _option(arguments) or environ.get("MSKG_LANG", "")
    if not asked:
        locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
        return "en" if locale.lower().startswith("en") else "zh"
    if asked not in LANGUAGES:
        raise InputError(
            f"unknown language {asked!r}",
            hint="use --lang zh or --lang en",
            zh=f"没有语言 {asked!r}（可用 --lang zh 或 --lang en）",
        )
    return asked


def use_language(name: str) -> None:
    """Make every later `t` answer in the language `name`."""
    _chosen[0] = name


def language() -> str:
    """Return the language in use."""
    return _chosen[0]


def t(zh: str, en: str) -> str:
    """Return the one of two texts that is in the language in use."""
    return zh if _chosen[0] == "zh" else en


def _option(arguments: Sequence[str]) -> str:
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            return arguments[position + 1] if position + 1 < len(arguments) else "(none)"
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=") or "(none)"
    return ""
