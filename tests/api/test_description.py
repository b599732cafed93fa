"""The OpenAPI description: complete, sound, and true."""

import contextlib
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema_rs import validator_for
from schemathesis import GenerationMode

from tests.api.conftest import CARD


@pytest.fixture
def described(guest):
    return guest.get("/api/openapi.json")


def test_it_names_every_route(app, described):
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, operations in described["paths"].items() for method in operations if method != "parameters"}
    assert told == routes and len(routes) > 10


def test_it_is_openapi_and_every_reference_leads_somewhere(described):
    assert described["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(described).validate()
    for reference in re.findall(r"'\$ref': '#/([^']+)'", str(described)):
        found = described
        for part in reference.split("/"):
            found = found[part]
        assert found


def test_writing_needs_the_token_and_errors_are_problems(described):
    for operations in described["paths"].values():
        for method, operation in operations.items():
            if method in ("post", "put", "patch"):
                assert operation["security"] == [{"token": []}]
            if method != "parameters":
                assert operation["summary"] and operation["operationId"]
                assert operation["responses"]["default"] == {"$ref": "#/components/responses/DEFAULT_ERROR"}
    assert set(described["components"]["responses"]["DEFAULT_ERROR"]["content"]) == {"application/problem+json"}


BOUNDED = settings(
    max_examples=10, deadline=None, database=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck)
)


def checked(described, name, value):
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    problems = [error.message for error in validator_for(schema, validate_formats=True).iter_errors(value)]
    assert not problems, f"{name}: {problems}"


def test_what_it_says_of_cards_is_true(described, program, guest, make, card, indexed):
    checked(described, "NewCard", CARD)
    made = program(make.person()).post("/practices", card | {"publish": True})
    checked(described, "Practice", made)
    checked(described, "Practice", guest.get(f"/practices/{made['id']}"))
    checked(described, "CardChange", {name: made[name] for name in CARD})
    draft = program(make.person()).post("/practices", {"title": "Пусто"})
    checked(described, "Practice", draft)
    checked(described, "PracticesPage", guest.get("/practices"))
    comment = program(make.person()).post(f"/entries/{made['id']}/comments", {"body": "Ого"})
    checked(described, "Comment", comment)
    checked(described, "CommentsPage", guest.get(f"/practices/{made['id']}/comments"))
    indexed()
    checked(described, "SearchAnswer", guest.get("/search?q=остановки"))
    checked(described, "Problem", guest.get("/practices?limit=0", expect=422))
    checked(described, "Regions", guest.get("/regions"))
    checked(described, "Nominations", guest.get("/nominations"))


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_sent_there_is_no_crash(app, make, token, mode, indexed):
    make.comment(make.practice("Двор"))
    indexed()
    headers = {"Authorization": f"Bearer {token(make.moderator())}"}
    seen = set()
    for found in schemathesis.openapi.from_wsgi("/api/openapi.json", app).get_all_operations():
        operation = found.ok()

        @BOUNDED
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            if isinstance(case.path_parameters.get("id"), int):
                case.path_parameters["id"] = min(case.path_parameters["id"], 2)
            response = case.call(headers=headers)
            assert response.status_code < 500, case.as_curl_command()
            assert response.status_code < 400 or response.headers["content-type"] == ["application/problem+json"]
            seen.add((case.operation.label, response.status_code < 300))

        with contextlib.suppress(Unsatisfiable):  # nothing can be wrong in a request without parameters
            ask()
    assert len({label for label, well in seen if well is (mode is GenerationMode.POSITIVE)}) >= 6
