"""An example for every model of the API, put together from those of its fields.

What may be left out is left out, unless it has an example of its own; so an example shows
a request or an answer as it usually is.
"""

from typing import Any, Final

_REF: Final = "#/components/schemas/"
_PLAIN: Final = {"boolean": False, "array": [], "object": {}}
_BY_FORMAT: Final = {
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "date-time": "2026-03-04T12:00:00Z",
}
_ADDRESS: Final = "/api/v1/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6/film.mp4?composition=3"
Schema = dict[str, Any]


def add_examples(schemas: dict[str, Schema]) -> None:
    """Give each model an example, unless it has one."""
    for schema in schemas.values():
        if "examples" not in schema:
            schema["examples"] = [_example(schema, schemas)]


def _example(schema: Schema, schemas: dict[str, Schema]) -> Any:
    """Return a value that fits a schema."""
    match schema:
        case {"examples": [first, *_]} | {"const": first} | {"default": first}:
            return first
        case {"enum": [first, *_]}:
            return first
        case {"$ref": name}:
            return _example(schemas[name.removeprefix(_REF)], schemas)
        case {"properties": _}:
            return _fields(schema, schemas)
        case {"type": "array", "items": {"$ref": _} as item}:
            return [_example(item, schemas)]
        case _:
            return _BY_FORMAT.get(schema.get("format", ""), _PLAIN.get(schema.get("type", "")))


def _fields(schema: Schema, schemas: dict[str, Schema]) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        name: _ADDRESS if name == "url" and "examples" not in field else _example(field, schemas)
        for name, field in schema["properties"].items()
        if name in required or "examples" in field
    }
