"""Nothing typed is lost: a form that could not be taken is carried over to where it can be sent again."""

from dataclasses import dataclass

from flask import current_app, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer

DAY = 86_400
SECRET = ("password", "csrf_token")


@dataclass(frozen=True, slots=True)
class Carried:
    """A form on its way: where it goes and its fields in order. `files`: it had files, which can't be carried.

    `secrets`: names of its passwords, which are not carried either and have to be typed again.
    """

    path: str
    fields: list[tuple[str, str]]
    files: bool = False
    secrets: tuple[str, ...] = ()


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
