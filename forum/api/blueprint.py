"""The API's blueprint: who may pass, and how everything that goes wrong is told."""

from flask import Response, g, request
from flask_babel import gettext as _
from flask_smorest import Blueprint
from sqlalchemy.exc import IntegrityError

from forum.api.body import MAX_BODY, Invalid, Parser
from forum.practices.importing import Rejected
from forum.web.errors import problem
from forum.web.transaction import SAFE


class Version(Blueprint):
    """Routes of one version, with arguments read by our parser."""

    ARGUMENTS_PARSER = Parser()


v1 = Version("api", __name__, url_prefix="/api/v1", description="Practices, discussions, votes and search")


@v1.before_request
def _check_token() -> Response | None:
    """A token that is shown must be good, and writing needs one that may write."""
    request.max_content_length = MAX_BODY
    if g.actor.is_guest:
        if "Authorization" in request.headers:
            return _unauthorized(_("Такого ключа нет, или его отозвали."), 'Bearer error="invalid_token"')
        return None if request.method in SAFE else _unauthorized(_("Нужен ключ: Authorization: Bearer …"), "Bearer")
    if request.method in SAFE:
        return None
    if g.get("token_scope") != "write":
        return problem(403, _("Этот ключ только для чтения."))
    if not g.actor.may_write:
        return problem(403, _("Писать можно с подтверждённой почтой и пока доступ не приостановлен."))
    return None


def _unauthorized(detail: str, challenge: str) -> Response:
    response = problem(401, detail)
    response.headers["WWW-Authenticate"] = challenge
    return response


@v1.after_request
def _vary(response: Response) -> Response:
    response.vary.add("Authorization")
    return response


@v1.errorhandler(Invalid)
def _invalid(error: Invalid) -> Response:
    return problem(422, _("Исправьте поля, названные в errors."), errors=error.errors)


@v1.errorhandler(Rejected)
def _rejected(error: Rejected) -> Response:
    return _invalid(Invalid.of(error.problems))


@v1.errorhandler(IntegrityError)
def _clash(error: IntegrityError) -> Response:
    # Two callers gave the same unique value at the same moment: one of them was first.
    return problem(409, _("Кто-то успел раньше: перечитайте запись и повторите."))
