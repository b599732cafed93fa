"""Which language a page is in: the person's own, a guest's cookie, else Russian."""

from flask import current_app, g, has_request_context, request

COOKIE = "lang"


def select() -> str:
    """`ru` or `en`."""
    if not has_request_context():
        return str(current_app.config["BABEL_DEFAULT_LOCALE"])
    person = g.get("person")
    wanted = person.lang if person is not None else request.cookies.get(COOKIE)
    return wanted if wanted in current_app.config["LANGUAGES"] else str(current_app.config["BABEL_DEFAULT_LOCALE"])
