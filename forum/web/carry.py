"""Nothing typed is lost: a form that could not be taken is carried over to where it can be sent again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, request, session
from flask.sansio.app import App
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

DAY = 86_400
SECRET = ("password", "csrf_token")
LEFT, ROOM = "errand", 1500  # in the cookie; characters that an errand may take there


@dataclass(frozen=True, slots=True)
class Carried:
    """A form on its way: where it goes and its fields in order. `files`: it had files, which can't be carried.

    `secrets`: names of its passwords, which are not carried either and have to be typed again.
    """

    path: str
    fields: list[tuple[str, str]]
    files: bool = False
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """A form so small that it wants no second press: `run` does it for who has just signed in, `promise` says so to who has not."""

    promise: Any
    run: Callable[[MultiDict[str, str]], Response]


def at_sign_in(app: App, path: str, errand: Errand) -> None:
    """Run an errand in place of a form that a guest sent to this path."""
    app.extensions.setdefault("errands", {})[path] = errand


def errand_of(carried: Carried) -> Errand | None:
    """What is done of a form without asking again."""
    errand: Errand | None = current_app.extensions.get("errands", {}).get(carried.path)
    return errand


def leave(carried: Carried) -> None:
    """Keep an errand in this browser for who has no account yet and joins first; one too large for a cookie waits for a sign-in only."""
    packed = pack(carried)
    if len(packed) <= ROOM:
        session[LEFT] = packed


def left() -> Carried | None:
    """The errand that waits in this browser for somebody to join."""
    carried = unpack(session.get(LEFT, ""))
    return carried if carried is not None and errand_of(carried) else None


def go_on(carried: Carried) -> Response | str:
    """After signing in: the errand of the form, else the form to be sent with one press."""
    errand = errand_of(carried)
    return errand.run(MultiDict(carried.fields)) if errand else resend_page(carried, expired=False)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="carry")


def of_request() -> Carried:
    """The form of this request, without passwords and tokens."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if not name.startswith(SECRET)]
    secrets = tuple(name for name in request.form if name.startswith("password"))
    return Carried(request.full_path.rstrip("?"), fields, any(f.filename for f in request.files.values()), secrets)


def pack(carried: Carried) -> str:
    """Into one signed string, for a hidden field."""
    return _signer().dumps([carried.path, carried.fields, carried.files, carried.secrets])


def unpack(token: str) -> Carried | None:
    """Back from the hidden field; None where it is not ours or older than a day."""
    try:
        path, fields, files, secrets = _signer().loads(token, max_age=DAY)
    except BadData:
        return None
    return Carried(path, [(name, value) for name, value in fields], files, tuple(secrets))


def resend_page(carried: Carried, *, expired: bool) -> str:
    """A page that shows what was typed and sends it with one press. `expired`: the form was too old, else they just signed in."""
    return render_template("errors/resend.html", carried=carried, expired=expired)
