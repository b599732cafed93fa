"""The post box of the demonstration: letters that would go to people lie in a folder, and a newcomer has to read theirs."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, make_response, render_template, url_for
from flask.blueprints import BlueprintSetupState

from forum.web.access import access, everyone
from forum.web.headers import POLICY

SHOWN = 50
NAME = re.compile(r"[\w.-]{1,200}\.eml", re.ASCII)
LOADED = "demo-loaded"
# The one page that styles itself: a letter, as it went out. Nothing runs, nothing is fetched, and only our own page may frame it.
SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
FRAMING = f"{POLICY}; frame-src 'self'"

bp = Blueprint("demo", __name__)
blueprints = (bp,)


@bp.record_once
def _note_demonstration(state: BlueprintSetupState) -> None:
    app: Flask = state.app  # type: ignore[assignment]
    app.extensions["demo"] = (Path(app.config["INSTANCE"]) / LOADED).exists()


def _folder() -> Path:
    """Where the letters lie; 404 outside the demonstration, or where letters really go out."""
    kind, _, path = current_app.config["MAIL_URL"].partition("://")
    if not current_app.extensions.get("demo") or kind != "folder":
        abort(404)
    return Path(path)


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=policy.default).parse(file)


@bp.get("/demo/mail")
@access(everyone)
def mail() -> str:
    """The newest letters."""
    paths = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return render_template("demo/mail.html", letters=[(path.name, _read(path)) for path in paths])


@bp.get("/demo/mail/<name>")
@access(everyone)
def letter(name: str) -> Response:
    """One letter, as text, whose links to this site can be followed, and as mail programs draw it."""
    message = _letter(name)
    plain = message.get_body(("plain",))
    drawn = url_for("demo.drawn", name=name) if message.get_body(("html",)) is not None else ""
    parts = _with_links(plain.get_content() if plain else "")
    page = make_response(render_template("demo/letter.html", message=message, parts=parts, drawn=drawn))
    page.headers["Content-Security-Policy"] = FRAMING
    return page


@bp.get("/demo/mail/<name>/html")
@access(everyone)
def drawn(name: str) -> Response:
    """The HTML of a letter, for a frame in which nothing of it can act."""
    html = _letter(name).get_body(("html",))
    if html is None:
        abort(404)
    return Response(html.get_content(), mimetype="text/html", headers={"Content-Security-Policy": SEALED})


def _letter(name: str) -> EmailMessage:
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        abort(404)
    return _read(path)


def _with_links(text: str) -> list[tuple[str, str]]:
    """The text in pieces, each with the path on this site it leads to, or nothing: the port may be another than letters say."""
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    pieces = re.split(rf"({re.escape(root)}/[^\s<>\"]*)", text)
    return [(piece, piece.removeprefix(root) if number % 2 else "") for number, piece in enumerate(pieces)]
