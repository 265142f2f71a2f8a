"""An OpenAPI document of the clinic, made from its addresses and from the forms that its pages show."""

import re

from facialis.clinic.accounts.models import Role
from tests.fuzz.forms import patterns, room_of
from tests.fuzz.sending import ALLOWED

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
ANSWERS = (
    "text/html",
    "application/json",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "text/csv",
    "text/plain",
)
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_TURNED_OFF = "absent"
"""View of the addresses that allauth has and the clinic has not."""


def document_of(world, catalogue):
    """Every address: GET with what may follow its question mark, and POST with the fields of its forms."""
    paths = {}
    for route, name, view in patterns():
        if (
            route.startswith(("^", "account/^"))
            or getattr(view, "__name__", "") == _TURNED_OFF
            or name is None
        ):
            continue
        path = "/" + _PARAMETER.sub(r"{\2}", route)
        operations = {"parameters": [_path_parameter(world, *found) for found in _PARAMETER.findall(route)]}
        full = _full_name(catalogue, name)
        operations["get"] = _operation(name, "get", room_of(view)) | {
            "parameters": [_query_parameter(one) for one in sorted(catalogue.queries.get(full, ()))]
        }
        forms = [one.form for one in catalogue.forms if one.name == full and one.form.method == "post"]
        operations["post"] = _operation(name, "post", room_of(view)) | {"requestBody": _body(forms)}
        paths.setdefault(path, operations)
    return {
        "openapi": "3.1.0",
        "info": {"title": "The clinic, as a browser sees it", "version": "1"},
        "paths": paths,
    }


def role_of(catalogue, operation_name):
    """Who can do the most at an address: the first to find a form there."""
    full = _full_name(catalogue, operation_name)
    found = next((one.role for one in catalogue.forms if one.name == full), None)
    return found or Role.CLINICIAN.value


def _full_name(catalogue, name):
    return next((one for one in catalogue.names if one.rpartition(":")[2] == name), name)


def _operation(name, method, room):
    content = {kind: {"schema": {}} for kind in ANSWERS}
    return {
        "operationId": f"{method} {name}",
        "tags": [room],
        "responses": {
            str(status): {"description": "as it was asked", **({"content": content} if status != 204 else {})}
            for status in sorted(ALLOWED)
        },
    }


def _path_parameter(world, converter, name):
    schema = {"type": "string", "minLength": 1, "pattern": "^[a-z_-]+$"}
    if converter == "uuid":
        schema = {"enum": [*world.ours.keys(), *world.theirs.keys()]}
    elif converter == "int":
        people = [person.pk for small in (world.ours, world.theirs) for person in small.people.values()]
        schema = {"anyOf": [{"enum": people}, {"type": "integer", "minimum": 0}]}
    elif name == "instrument":
        schema = {"enum": ["house_brackmann", "sunnybrook", "eface", "fdi", "no_such_instrument"]}
    elif name == "kind":
        schema = {"enum": ["treatment", "photographs", "research", "other"]}
    elif name == "language":
        schema = {"enum": ["en", "de", "fr"]}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameter(name):
    return {"name": name, "in": "query", "schema": {"type": "string"}}


def _body(forms):
    shapes = [_shape(form) for form in forms] or [
        {"type": "object", "additionalProperties": {"type": "string"}}
    ]
    kind = MULTIPART if any(form.enctype == MULTIPART for form in forms) else FORM
    return {
        "required": True,
        "content": {kind: {"schema": shapes[0] if len(shapes) == 1 else {"anyOf": shapes}}},
    }


def _shape(form):
    fields = [one for one in form.fields if not one.is_secret]
    return {
        "type": "object",
        "properties": {one.name: _schema(one) for one in fields},
        "required": [one.name for one in fields if "required" in one.limits and one.kind != "file"],
        "additionalProperties": False,
    }


def _schema(one):
    if one.kind == "file":
        return {"type": "string", "format": "binary"}
    if one.options:
        known = {"enum": sorted(set(one.options))}
        is_many = "multiple" in one.limits or (one.kind == "checkbox" and len(one.options) > 1)
        return {"type": "array", "items": known, "maxItems": 3} if is_many else known
    if one.values and one.kind == "hidden" and one.values[0]:
        return {"anyOf": [{"enum": list(one.values)}, {"type": "string"}]}
    if one.kind == "number":
        edges = {"min": "minimum", "max": "maximum"}
        return {"type": "number"} | {
            edges[name]: float(value)
            for name, value in one.limits.items()
            if name in edges and _is_number(value)
        }
    formats = {"date": "date", "datetime-local": "date-time", "time": "time", "email": "email"}
    text = {"type": "string"} | ({"format": formats[one.kind]} if one.kind in formats else {})
    if one.limits.get("maxlength", "").isdecimal():
        text["maxLength"] = int(one.limits["maxlength"])
    return text


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
