"""Who may open what: every view says it by `@access(…)`, and one guard holds it, CSRF included."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden as HTTPForbidden
from werkzeug.exceptions import Unauthorized

from forum.core.actor import GUEST, Actor
from forum.core.errors import Forbidden
from forum.extensions import csrf
from forum.web.bounds import check_form
from forum.web.transaction import SAFE

View = TypeVar("View", bound=Callable[..., Any])


class Level(IntEnum):
    """Audiences, each within the one before."""

    EVERYONE = 0
    MEMBERS = 1
    MODERATORS = 2
    ADMINS = 3


everyone, members, moderators, admins = Level.EVERYONE, Level.MEMBERS, Level.MODERATORS, Level.ADMINS


@dataclass(frozen=True, slots=True)
class Access:
    """What a view asks of its caller. `cache`: the page is the same for every guest. `csrf`: token, origin (preferences), none (API)."""

    level: Level
    cache: bool = False
    csrf: str = "token"


def access(level: Level, *, cache: bool = False, csrf: str = "token") -> Callable[[View], View]:
    """Declare the audience of a view."""

    def mark(view: View) -> View:
        view.access = Access(level, cache, csrf)  # type: ignore[attr-defined]
        return view

    return mark


def access_of(view: Any) -> Access | None:
    """What a view asks, or None where it does not say (then nobody gets in)."""
    while isinstance(view, partial):
        view = view.func
    return getattr(view, "access", None)


def require(allowed: bool) -> None:
    """Go on only where a predicate of a policy says so."""
    if not allowed:
        raise Forbidden


def init_app(app: Flask) -> None:
    # Set by accounts: finds the person behind a request, or None.
    app.extensions["identify"] = lambda: None
    # Set by accounts: tells which handles in a text are somebody's.
    app.extensions["called"] = lambda: None
    app.before_request(_guard)


def _guard() -> Response | None:
    g.actor, g.person = GUEST, None
    if request.endpoint is None:
        return None
    rule = access_of(current_app.view_functions[request.endpoint])
    if rule is None:
        abort(403)
    check_form()
    person = current_app.extensions["identify"]()
    if person is not None:
        g.person, g.actor = person, person.as_actor()
    refusal = _refusal(rule.level, g.actor)
    if refusal is not None:
        return refusal
    if request.method not in SAFE:
        _check_origin(rule)
    return None


def _refusal(level: Level, actor: Actor) -> Response | None:
    if level is Level.EVERYONE:
        return None
    if actor.is_guest:
        if request.method in SAFE and not wants_json():
            return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))  # type: ignore[return-value]
        raise Unauthorized
    if (level is Level.MODERATORS and not actor.is_moderator) or (level is Level.ADMINS and not actor.is_admin):
        raise HTTPForbidden
    return None


def _check_origin(rule: Access) -> None:
    if rule.csrf == "token":
        csrf.protect()
    elif rule.csrf == "origin" and not same_origin():
        abort(400)


def same_origin() -> bool:
    """Whether a page of ours sent this request, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def wants_json() -> bool:
    """Whether the caller is a program: a script of ours, or of somebody else."""
    accept = request.accept_mimetypes
    return request.path.startswith("/api/") or (accept["application/json"] > accept["text/html"])
