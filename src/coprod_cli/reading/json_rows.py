"""Objects of JSON go in; the same as rows and other values of the model, with NaN or -1 for null, come out."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from math import nan
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

ValueT = TypeVar("ValueT")
WITHHELD = -1
_FOR_NULL: dict[type, object] = {float: nan, int: WITHHELD, str: "", bool: False}


def take_value(kind: type[ValueT], values: Mapping[str, Any], **given: object) -> ValueT:
    """One NamedTuple or dataclass of the model from an object with the same names.

    Args:
        kind: its type; a field that the object lacks takes its default.
        values: the object; what it holds besides is passed over.
        given: fields that stand elsewhere, or under another name.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is not what coprod writes.
    """
    hints = get_type_hints(kind, include_extras=True)
    optional = _list_optional(kind)
    taken = dict(given)
    for name, hint in hints.items():
        if name in taken or (name not in values and name in optional) or name not in _list_names(kind):
            continue
        taken[name] = _take(hint, values[name])
    return kind(**taken)


def _list_names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else tuple(getattr(kind, "_fields", ()))


def _list_optional(kind: type) -> set[str]:
    if is_dataclass(kind):
        return {
            each.name for each in fields(kind) if each.default is not MISSING or each.default_factory is not MISSING
        }
    return set(getattr(kind, "_field_defaults", {}))


def _take(hint: Any, value: Any) -> Any:  # noqa: ANN401 - a type as written in the model, and a value of JSON
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if hint in _FOR_NULL:
        return _FOR_NULL[hint] if value is None else hint(value)
    if get_origin(hint) is tuple:
        kinds = get_args(hint)
        alike = len(kinds) > 1 and kinds[1] is Ellipsis
        values = list(value or ())
        return tuple(_take(kinds[0] if alike else kinds[place], each) for place, each in enumerate(values))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields")):
        return take_value(hint, value)
    return value
