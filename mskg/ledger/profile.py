"""Profiles: by which rules and in which colours a standing is judged (``data/profiles``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from mskg import resources
from mskg.errors import InputError
from mskg.lexicon.tables import read_table

__all__ = ["Colour", "Profile", "profile_names", "read_profile", "status_word"]

_DEFAULT: Final = "default"
_CHOICES: Final = {"fallback": ("linear", "half", "none"), "ambiguous": ("warn", "early", "late")}
_GREY: Final = "#718096"


class Colour(NamedTuple):
    """Colour word of the government, its English, and a CSS colour."""

    zh: str
    en: str
    css: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Rules for the standing at a date; ``data/profiles/default.toml`` explains each."""

    id: str
    zh: str
    en: str
    fallback: str
    stage: Decimal
    assumed: Decimal
    ahead: Decimal
    about: Decimal
    stale_days: int
    jump: Decimal
    ambiguous: str
    colours: dict[str, Colour]

    def colour(self, state: str, pace: str) -> Colour:
        """Return the colour of a row; that of its state where the profile has one."""
        return self.colours.get(state) or self.colours.get(pace) or Colour("", "", _GREY)


def profile_names() -> list[str]:
    """Return the names of the profiles that come with mskg."""
    return sorted(path.stem for path in (resources.folder("data") / "profiles").glob("*.toml"))


@cache
def read_profile(name: str = _DEFAULT) -> Profile:
    """Return the profile `name`, or that of the file at the path `name`.

    What a profile leaves out is as in the default one.

    Raises
    ------
    InputError
        If there is no such profile, or a setting of it can't be used.
    """
    settings = _settings(_DEFAULT)
    for section, value in _settings(name).items():
        if isinstance(value, dict):
            unknown = set(value) - set(settings.get(section, {})) - {"terminated"}
            if section not in settings or unknown:
                raise _wrong(name, f"[{section}] {' '.join(sorted(unknown))}".strip(), "?")
            settings[section] = settings[section] | value
        else:
            settings[section] = value
    return _profile(name, settings)


def _settings(name: str) -> dict[str, Any]:
    if name in profile_names():
        return tomllib.loads(resources.read_text(f"data/profiles/{name}.toml"))
    if not name.endswith(".toml"):
        known = " ".join(profile_names())
        raise InputError(
            f"no profile {name!r}",
            hint=f"one of {known}, or the path of a .toml file",
            zh=f"没有名为 {name!r} 的规则（可用 {known}，或一个 .toml 文件的路径）",
        )
    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"{name}: no profile can be read from it ({error})", zh=f"{name}：读不出规则（{error}）"
        ) from error


def _profile(name: str, settings: dict[str, Any]) -> Profile:
    limits = {key: _number(name, key, value) for key, value in settings["thresholds"].items()}
    chosen = {
        "fallback": settings["expected"]["fallback"],
        "ambiguous": settings["dates"]["ambiguous"],
    }
    for key, value in chosen.items():
        if value not in _CHOICES[key]:
            raise _wrong(name, key, value, " ".join(_CHOICES[key]))
    colours = {}
    for key, words in settings["colours"].items():
        if not (isinstance(words, list) and len(words) == 3 and all(map(str, words))):
            raise _wrong(name, key, words, '["红", "red", "#c53030"]')
        colours[key] = Colour(*map(str, words))
    days = int(limits.pop("stale_days"))
    return Profile(
        str(settings["id"]),
        str(settings["zh"]),
        str(settings["en"]),
        stale_days=days,
        colours=colours,
        **chosen,
        **limits,  # type: ignore[arg-type]
    )


def _number(name: str, key: str, value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(name, key, value, "1.0") from None
    if isinstance(value, bool) or not number.is_finite() or number < 0:
        raise _wrong(name, key, value, "1.0")
    return number


def _wrong(name: str, key: str, value: object, example: str = "") -> InputError:
    hint = f"such as {example}" if example else "see data/profiles/default.toml"
    zh = f"（应如 {example}）" if example else "（见 data/profiles/default.toml）"
    return InputError(
        f"profile {name}: {key} = {value!r} can't be used",
        hint=hint,
        zh=f"规则 {name}：{key} = {value!r} 不能用{zh}",
    )


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["id"]: {"zh": row["zh"], "en": row["en"]} for row in read_table("statuses")}


def status_word(notation: str, language: str = "zh") -> str:
    """Return the word for a state or a pace; empty for an empty notation."""
    return _words()[notation][language] if notation else ""
