"""The provider of FORUM_OIDC_*, spoken to by Authlib: authorization code with PKCE, state and nonce; signatures are checked."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, Response, current_app, session

from forum.accounts.addresses import normal
from forum.core.clock import now
from forum.core.late import Late

if TYPE_CHECKING:
    from authlib.integrations import flask_client
    from requests import exceptions
else:
    flask_client, exceptions = Late("authlib.integrations.flask_client"), Late("requests.exceptions")

TIMEOUT = 10
HALF_OPEN = 15 * 60  # seconds in which somebody who has come back may go on
COOKIE = "outside"

log = structlog.get_logger()


class Unreachable(Exception):
    """The provider does not answer, or not with what it should."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider says of a person; `email` is empty where it has not checked it."""

    issuer: str
    subject: str
    email: str
    name: str


def init_app(app: Flask) -> None:
    """Make the provider known to the application, where there is one."""
    if not app.config["OIDC_ISSUER"]:
        app.extensions["oidc"] = None
        return
    oauth = flask_client.OAuth(app)
    app.extensions["oidc"] = oauth.register(
        "outside",
        client_id=app.config["OIDC_CLIENT_ID"],
        client_secret=app.config["OIDC_CLIENT_SECRET"],
        server_metadata_url=app.config["OIDC_ISSUER"].rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": TIMEOUT},
    )


def is_there() -> bool:
    """Whether the site has a provider."""
    return current_app.extensions["oidc"] is not None


def depart(return_url: str) -> Response:
    """Send the reader to the provider. Raises Unreachable."""
    try:
        answer: Response = current_app.extensions["oidc"].authorize_redirect(return_url)
    except (exceptions.RequestException, ValueError, KeyError, RuntimeError) as error:
        log.warning("oidc_unreachable", error=type(error).__name__)
        raise Unreachable from error
    return answer


def arrive() -> Claims:
    """What the provider says of who has come back with the present request. Raises Unreachable.

    Whatever is wrong (a foreign state, a code that was used, a signature) is one to who comes: try again.
    """
    try:
        token = current_app.extensions["oidc"].authorize_access_token()
        said: dict[str, Any] = token["userinfo"]
        subject = str(said["sub"])
    except Exception as error:  # of three libraries, each with errors of its own
        log.warning("oidc_failed", error=type(error).__name__)
        raise Unreachable from error
    email = normal(str(said.get("email") or "")) if said.get("email_verified") is True else None
    return Claims(str(said["iss"])[:255], subject[:255], email or "", " ".join(str(said.get("name") or "").split())[:120])


def remember(claims: Claims) -> None:
    """Keep what was said in the reader's signed cookie for some minutes, until they say what is to come of it."""
    session[COOKIE] = {**asdict(claims), "at": int(now().timestamp())}


def remembered() -> Claims | None:
    """What was kept, if it is not too old."""
    found = session.get(COOKIE)
    if not isinstance(found, dict) or now().timestamp() - int(found.get("at", 0)) > HALF_OPEN:
        return None
    return Claims(*(str(found[name]) for name in ("issuer", "subject", "email", "name")))
