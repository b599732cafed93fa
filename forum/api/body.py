"""Reading what a program sends. Whatever it is, the answer is data or a 4xx."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from flask import Request, abort, request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from forum.core.errors import Refused
from forum.web import refusals

MAX_BODY = 2 * 1024 * 1024
Errors = dict[str, list[str]]


class Invalid(Exception):
    """Fields that can't be accepted, each with its reasons."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors

    @classmethod
    def of(cls, problems: Iterable[Refused]) -> "Invalid":
        """From refusals of the domain; one of the whole object stands under `body`."""
        errors: Errors = {}
        for one in problems:
            errors.setdefault(one.field or "body", []).append(refusals.words(one))
        return cls(errors)


def json_body() -> Any:
    """The JSON of the request; 415 where it does not say that it is JSON, 400 where it is not, 413 where it is too long."""
    if request.mimetype != "application/json":
        abort(415)
    try:
        data = json.loads(request.get_data(), parse_constant=_no_constant)
        # Half a surrogate pair is JSON, but no text that could be kept.
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        abort(400)
    return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class Parser(FlaskParser):
    """webargs, with our errors."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        return json_body()

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        # A NUL is no part of any text here, and databases choke on it.
        if any("\x00" in value for values in req.args.listvalues() for value in values):
            abort(400)
        return super().load_querystring(req, schema)

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **more: Any) -> NoReturn:
        raise Invalid(_flat(next(iter(error.normalized_messages().values()))))


def _flat(messages: Any, name: str = "") -> Errors:
    """`{"region": {0: ["…"]}}` as `{"region-0": ["…"]}`: the names that fields have everywhere on the site."""
    if not isinstance(messages, Mapping):
        return {name or "body": [str(one) for one in messages]}
    errors: Errors = {}
    for key, inner in messages.items():
        part = "body" if key == "_schema" else str(key)[:40]
        errors |= _flat(inner, f"{name}-{part}" if name else part)
    return errors
