"""Read city.toml: a city's name and labels, what it extends, its streets and the weekdays."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from sim.city_files import SETTINGS_FILE, CityError, decode, nearest

_KEYS = ("name", "label_en", "label_zh", "extends", "streets", "weekday")
_WEEKDAY_KEYS = ("factors", "high", "low", "source")


@dataclass(frozen=True)
class Settings:
    """What city.toml says; `extends` and `streets` are None for a city that stands by itself.

    `weekday` holds the tickets by day of the week, Monday to Sunday, mean 1; None if the base city's hold.
    """

    name: str
    label_en: str
    label_zh: str
    extends: str | None
    streets: tuple[int, ...] | None
    weekday: tuple[float, ...] | None


def parse_settings(data: bytes, file: str = SETTINGS_FILE) -> Settings:
    """Parse city.toml; raises CityError for bad toml, an unknown or missing key, or a value that breaks its rule."""
    try:
        said = tomllib.loads(decode(file, data))
    except CityError:
        raise
    except (ValueError, RecursionError) as error:
        raise CityError(f"{file}: must be valid toml ({error})") from error
    _check_keys(file, "", said, _KEYS)
    for key in ("name", "label_en", "label_zh"):
        if key not in said:
            raise CityError(f"{file}, key {key} is missing")
    for key in ("name", "label_en", "label_zh", "extends"):
        if key in said and not (isinstance(said[key], str) and said[key].strip()):
            _fail(file, key, said[key], "must be some text")
    extends = said.get("extends")
    if "weekday" not in said and extends is None:
        raise CityError(f"{file}, key weekday is missing")
    streets = _streets(file, said["streets"], extends) if "streets" in said else None
    weekday = _weekday(file, said["weekday"]) if "weekday" in said else None
    return Settings(said["name"], said["label_en"], said["label_zh"], extends, streets, weekday)


def _streets(file: str, codes: Any, extends: str | None) -> tuple[int, ...]:
    if not (isinstance(codes, list) and codes and all(type(code) is int for code in codes)):
        _fail(file, "streets", codes, "must be a list of street codes")
    if extends is None:
        raise CityError(f"{file}, key streets: must come with the key extends")
    seen: set[int] = set()
    for code in codes:
        if code in seen:
            _fail(file, "streets", code, "must not appear twice")
        seen.add(code)
    return tuple(codes)


def _weekday(file: str, said: Any) -> tuple[float, ...]:
    if not isinstance(said, dict):
        _fail(file, "weekday", said, f"must be a table with {', '.join(_WEEKDAY_KEYS)}")
    _check_keys(file, "weekday.", said, _WEEKDAY_KEYS)
    for key in _WEEKDAY_KEYS:
        if key not in said:
            raise CityError(f"{file}, key weekday.{key} is missing")
    low, high, source, factors = said["low"], said["high"], said["source"], said["factors"]
    if not (isinstance(source, str) and source.strip()):
        _fail(file, "weekday.source", source, "must be some text")
    for key in ("low", "high"):
        if not _is_factor(said[key]):
            _fail(file, f"weekday.{key}", said[key], "must be a number from 0 to 7")
    if not (isinstance(factors, list) and len(factors) == 7 and all(_is_factor(factor) for factor in factors)):
        _fail(file, "weekday.factors", factors, "must be 7 numbers from 0 to 7")
    if not all(low <= factor <= high for factor in factors):
        _fail(file, "weekday.factors", factors, f"must lie from {low} to {high}, as low and high say")
    if abs(math.fsum(factors) / 7 - 1) > 1e-9:
        _fail(file, "weekday.factors", factors, f"must have mean 1, not {math.fsum(factors) / 7:.9g}")
    return tuple(float(factor) for factor in factors)


def _is_factor(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 7


def _check_keys(file: str, prefix: str, said: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in said:
        if key not in known:
            near = nearest(key, list(known))
            raise CityError(f"{file}, key '{prefix}{key}' is unknown{near}; known: {', '.join(known)}")


def _fail(file: str, key: str, value: Any, rule: str) -> NoReturn:
    shown = repr(value)
    raise CityError(f"{file}, key {key}: {shown if len(shown) <= 60 else shown[:57] + '…'} {rule}")
