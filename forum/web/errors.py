"""Errors as pages in the site's look, or as problem details (RFC 9457) for programs."""

import errno
import math
import time

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, Unauthorized

from forum.core.actor import GUEST
from forum.core.errors import Conflict, Forbidden, Refused
from forum.core.files import StoreAway
from forum.extensions import db, limiter
from forum.web import carry, refusals, tracing
from forum.web.access import same_origin, wants_json

log = structlog.get_logger()
NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO))
Answer = tuple[str | Response, int] | Response


def _title(status: int) -> str:
    titles = {
        400: _("Запрос не понят"),
        401: _("Нужно войти"),
        403: _("Сюда нельзя"),
        404: _("Такой страницы нет"),
        405: _("Так сюда не обращаются"),
        409: _("Пока вы писали, запись изменилась"),
        410: _("Этой записи больше нет"),
        413: _("Слишком много данных"),
        422: _("Так не получится"),
        429: _("Слишком часто"),
        500: _("У нас ошибка"),
        503: _("Сайт ненадолго недоступен"),
    }
    return titles.get(status) or _("Ошибка")


def problem(status: int, detail: str = "", **more: object) -> Response:
    """Problem details for a program."""
    body = {"type": "about:blank", "title": _title(status), "status": status, **({"detail": detail} if detail else {}), **more}
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def answer(status: int, detail: str = "") -> Response:
    """The error as the caller can read it."""
    if wants_json():
        return problem(status, detail)
    return Response(render_template("errors/error.html", status=status, title=_title(status), detail=detail), status)


def _typed_here() -> bool:
    """Whether there is a form to give back. One that another site filled in is not: its reader would send it with one press."""
    try:
        return same_origin() and bool(request.form)
    except (HTTPException, OSError):  # too large, or too many parts, or no room to read it at all
        return False


def _given_back(status: int, detail: str) -> Response:
    """The error with what was typed, ready to be sent again; for a request without a form the plain error."""
    if wants_json() or not _typed_here():
        return answer(status, detail)
    page = render_template("errors/refused.html", title=_title(status), detail=detail, carried=carry.of_request())
    return Response(page, status)


def slow_down(seconds: float) -> Response:
    """Too often: when it may be done again, and what was typed."""
    wait, words = max(1, math.ceil(seconds)), refusals.too_often(seconds)
    response = problem(429, words, code="too_often", retry_after=wait) if wants_json() else _given_back(429, words)
    response.headers["Retry-After"] = str(wait)
    return response


def _limited(error: RateLimitExceeded) -> Answer:
    limit = limiter.current_limit
    log.warning("rate_limited", endpoint=request.endpoint, address=request.remote_addr, limit=str(error.limit.limit))
    return slow_down(limit.reset_at - time.time() if limit else 60)


def _http(error: HTTPException) -> Answer:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = answer(error.code)
    retry = getattr(error, "retry_after", None)
    if retry:
        response.headers["Retry-After"] = str(int(retry))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _unauthorized(error: Unauthorized) -> Answer:
    if wants_json():
        return problem(401)
    if not _typed_here():
        return render_template("errors/sign_in.html", carried=""), 401
    carried = carry.of_request()
    errand = carry.errand_of(carried)
    if errand:
        carry.leave(carried)
    said = {"promise": errand.promise if errand else "", "has_text": bool(carried.fields), "files": carried.files}
    return render_template("errors/sign_in.html", carried=carry.pack(carried), **said), 401


def _csrf(error: CSRFError) -> Answer:
    if wants_json():
        return problem(400, _("Страница устарела. Обновите её и попробуйте снова."))
    if not same_origin():
        return answer(400)
    return carry.resend_page(carry.of_request(), expired=True), 400


def _refused(error: Refused) -> Answer:
    if error.code == "too_often":
        return slow_down(refusals.seconds_left(error))
    if wants_json():
        return problem(422, refusals.words(error), code=error.code, field=error.field)
    return _given_back(422, refusals.words(error))


def _database(error: OperationalError) -> Answer:
    log.error("database_unavailable", error=str(error.orig)[:200])
    return _away()


def _away() -> Response:
    db.session.rollback()
    # The page must not ask the database about its reader again.
    g.person, g.actor = None, GUEST
    response = _given_back(503, _("Попробуйте ещё раз через минуту."))
    response.headers["Retry-After"] = "5"
    return response


def _storage(error: OSError) -> Answer:
    """No room on a disk, or the store of files away. Any other fault of the system is one of ours."""
    if not isinstance(error, StoreAway) and error.errno not in NO_ROOM:
        raise error
    log.error("storage_unavailable", error=str(error)[:200])
    return _away()


def _unfit(error: DataError) -> Answer:
    """What PostgreSQL can't hold and SQLite would take: a NUL in an address, above all."""
    db.session.rollback()
    log.warning("unfit_value", path=request.path, error=str(error.orig)[:200])
    return answer(400)


def _forbidden(error: Forbidden) -> Answer:
    actor = g.get("actor", GUEST)
    why = _("Это может сделать только автор или модератор.")
    if actor.suspended:
        why = _("Пока действует временная блокировка, можно только читать.")
    elif actor.warned:
        why = _("Модератор вас предупредил. Прочтите предупреждение вверху страницы и нажмите «Предупреждение прочитано», чтобы писать.")
    elif not actor.is_guest and not actor.confirmed:
        why = _("Сначала подтвердите почту: ссылка в письме.")
    return _given_back(403, why)


def _crash(error: InternalServerError) -> Answer:
    cause = error.original_exception
    if isinstance(cause, OperationalError):  # at the commit, after the view had its say
        return _database(cause)
    db.session.rollback()
    log.exception("crash", path=request.path, method=request.method, exc_info=error.original_exception)
    return _given_back(500, _("Мы уже знаем об ошибке. Если станете писать о ней, назовите номер %(number)s.", number=tracing.number()))


def _say_when(response: Response) -> Response:
    """A form that came back because of a limit says when to try again, as the page of the error does."""
    if response.status_code == 429 and "retry_after" in g:
        response.headers.setdefault("Retry-After", str(g.retry_after))
    return response


def init_app(app: Flask) -> None:
    app.after_request(_say_when)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RateLimitExceeded, _limited)
    app.register_error_handler(Unauthorized, _unauthorized)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(Conflict, lambda error: answer(409))
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _storage)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(InternalServerError, _crash)
