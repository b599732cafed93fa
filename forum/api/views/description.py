"""What the API can do, for programs: OpenAPI 3.1."""

import re
from typing import Any

import apispec
from apispec.ext.marshmallow import MarshmallowPlugin, resolver
from flask import Blueprint, Flask, Response, current_app, jsonify
from flask_smorest import Api

from forum.api.blueprint import v1
from forum.api.schemas.answers import Problem
from forum.web.access import access, everyone

bp = Blueprint("api_description", __name__, url_prefix="/api")

class Described(Api):
    """flask-smorest's description, with the errors of this site, which its own pages already tell."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        content = {"application/problem+json": {"schema": Problem}}
        self.spec.components.response("DEFAULT_ERROR", {"description": "Problem details (RFC 9457)", "content": content})
        self.spec.components.response("UNPROCESSABLE_ENTITY", {"description": "Fields that can't be accepted", "content": content})

    def _register_pagination_header(self) -> None:
        pass


def describe(app: Flask) -> dict[str, Any]:
    """The description, made at the first question and kept."""
    kept: dict[str, Any] | None = app.extensions.get("openapi")
    if kept is None:
        about = {"title": f"{app.config['SITE_NAME']}: API", "version": "1", "openapi_version": "3.1.0"}
        api = Described()
        api.init_app(app, spec_kwargs={**about, "marshmallow_plugin": MarshmallowPlugin(_name_of)})
        api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
        v1.register_views_in_doc(api, app, api.spec, name=v1.name, parameters=None)
        api.spec.tag({"name": v1.name, "description": v1.description})
        kept = app.extensions["openapi"] = _finished(api.spec)
    return kept


def _name_of(schema: Any) -> str:
    return str(resolver(schema)).removesuffix("Shape")


def _finished(spec: apispec.APISpec) -> dict[str, Any]:
    """Name each operation, and say which need a token."""
    whole = spec.to_dict()
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                operation["operationId"] = "_".join([method, *re.findall(r"\w+", path.removeprefix("/api/v1"))])
                operation["security"] = [{"token": []}] if method != "get" else [{}, {"token": []}]
    return whole


@bp.get("/openapi.json")
@access(everyone, cache=True, csrf="none")
def openapi() -> Response:
    """The description."""
    return jsonify(describe(current_app._get_current_object()))  # type: ignore[attr-defined]
