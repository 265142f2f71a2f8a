"""Frozen dataclasses as plain JSON and back: strict both ways, so that neither side guesses."""

import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from facialis.errors import FacialisError

MOST_SHOWN = 40
"""Characters of a wrong value that a sentence repeats."""
ALLOWED: Mapping[type, str] = {
    float: "a finite number",
    int: "a whole number",
    bool: "true or false",
    str: "a text",
    date: "a day such as 2026-11-22",
}
"""The single values of messages, in words."""

_Message = TypeVar("_Message")


class MessageError(FacialisError):
    """A message between the clinic and its planner holds what it must not."""

    code = "planner_message_invalid"


def to_plain(value: Any) -> Any:
    """Dataclasses, dates, tuples and mappings as what JSON knows.

    Raises
    ------
    MessageError    A number that is not finite, or a kind of value that no message has.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise MessageError(f"A message would hold the number {value}; only finite numbers are sent.")
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    raise MessageError(f"A message cannot hold a {type(value).__name__}.")


def from_plain(kind: type[_Message], value: Any, where: str) -> _Message:
    """The message of a kind that plain JSON stands for.

    Parameters
    ----------
    kind : type     A dataclass.
    value : object  As `json.loads` gives it.
    where : str     What it is, to begin a sentence.

    Raises
    ------
    MessageError    A key is missing or unknown, or a value of the wrong kind.
    """
    found: _Message = _read(kind, value, where)
    return found


def _key(key: Any) -> str:
    if isinstance(key, date):
        return key.isoformat()
    if not isinstance(key, str):
        raise MessageError(f"A message cannot hold an object with a {type(key).__name__} for a name.")
    return key


def _read(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _read_maybe(kind, value, where)
    if origin is tuple:
        return _read_tuple(get_args(kind), value, where)
    if origin is not None and issubclass(origin, Mapping):
        return _read_mapping(get_args(kind), value, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, value, where)
    return _read_single(kind, value, where)


def _read_maybe(kind: Any, value: Any, where: str) -> Any:
    (inner,) = (one for one in get_args(kind) if one is not type(None))
    return None if value is None else _read(inner, value, where)


def _read_tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _refuse(where, value, "a list")
    each = [kinds[0]] * len(value) if kinds[1:] == (Ellipsis,) else list(kinds)
    if len(each) != len(value):
        _refuse(where, value, f"a list of {len(each)}")
    return tuple(_read(k, v, f"{where}[{i}]") for i, (k, v) in enumerate(zip(each, value, strict=True)))


def _read_mapping(kinds: tuple[Any, ...], value: Any, where: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        _refuse(where, value, "an object")
    of_key, of_value = kinds
    return {
        _read(of_key, key, f"A name in {where}"): _read(of_value, item, f"{where}.{key[:MOST_SHOWN]}")
        for key, item in value.items()
    }


def _read_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        _refuse(where, value, "an object")
    known = {item.name: item for item in fields(kind)}
    unknown = next((key for key in value if key not in known), None)
    if unknown is not None:
        raise MessageError(
            f"{where} has the unknown key '{unknown[:MOST_SHOWN]}'; allowed are {', '.join(known)}."
        )
    for name, item in known.items():
        if name not in value and item.default is MISSING and item.default_factory is MISSING:
            raise MessageError(f"{where} has no '{name}'.")
    kinds = get_type_hints(kind)
    read = {name: _read(kinds[name], item, f"{where}.{name}") for name, item in value.items()}
    return kind(**read)


def _read_single(kind: Any, value: Any, where: str) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is float and is_number and math.isfinite(value):
        return float(value)
    if kind is date and isinstance(value, str):
        return _day(value, where)
    if kind in {bool, str} and isinstance(value, kind):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    return _refuse(where, value, ALLOWED[kind])


def _day(text: str, where: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        _refuse(where, text, "a day such as 2026-11-22")
    if found.isoformat() != text:
        _refuse(where, text, "a day such as 2026-11-22")
    return found


def _refuse(where: str, value: Any, allowed: str) -> NoReturn:
    shown = repr(value)[:MOST_SHOWN]
    if isinstance(value, dict | list):
        shown = "an object" if isinstance(value, dict) else "a list"
    raise MessageError(f"{where} is {shown}; allowed is {allowed}.")
