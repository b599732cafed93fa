"""A browser without JavaScript: signs in through the real form, checks every page it opens, submits forms as they stand."""

import re
import time
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.extensions import db
from tests.factories.make import PASSWORD
from tests.markup import tree
from tests.markup import valid_html as faults

TOKEN = re.compile(r'name="csrf_token"[^<>]* value="([^"]+)"')
YOUNG = 600  # seconds for which a token is sent again


@dataclass
class Opened:
    """A page as it came back."""

    response: TestResponse

    @property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def tree(self) -> Any:
        return tree(self.text)

    @property
    def heading(self) -> str:
        return " ".join("".join(self.tree.find(".//h1").itertext()).split())

    @property
    def words(self) -> str:
        """All text of the page's main part, with single spaces."""
        main = self.tree.find(".//main")
        return " ".join("".join(main.itertext() if main is not None else self.tree.itertext()).split())

    def links(self) -> list[str]:
        return [a.get("href") for a in self.tree.iter("a") if a.get("href")]

    def form(self, action: str) -> dict[str, Any]:
        """The fields of the form whose address ends so, as a browser would send them untouched."""
        found = next(
            (f for f in self.tree.iter("form") if (f.get("action") or "").endswith(action) and f.get("method", "get").lower() == "post"),
            None,
        )
        if found is None:
            raise AssertionError(f"no form to {action}: {[f.get('action') for f in self.tree.iter('form')]}")
        return _fields(found)


def _fields(form: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for element in (each for each in form.iter() if each.tag in ("input", "textarea", "select")):
        name, kind = element.get("name"), element.get("type", "text")
        if not name or kind in ("submit", "file", "image", "button"):
            continue
        if element.tag == "textarea":
            fields[name] = ("".join(element.itertext())).removeprefix("\n")
        elif element.tag == "select":
            chosen = [o.get("value", o.text) for o in element.iter("option") if o.get("selected") is not None]
            options = [o.get("value", o.text) for o in element.iter("option")]
            if chosen or (options and element.get("multiple") is None):
                fields[name] = chosen[0] if chosen else options[0]
        elif kind in ("checkbox", "radio"):
            if element.get("checked") is not None:
                fields[name] = element.get("value", "on")
        else:
            fields[name] = element.get("value", "")
    return fields


def put_away(app: Flask) -> None:
    """Close what an application holds open: its connections, and the files of its index."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    # A test may have put something else in its place.
    getattr(app.extensions["search"], "close", lambda: None)()


class Browser:
    """One visitor with cookies of their own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.kept: tuple[str | None, str, float] = (None, "", 0)  # what the session goes by, the last page's token, and since when

    def open(self, address: str, expect: int = 200, check: bool = True, **more: Any) -> Opened:
        """GET a page; it must have the expected status and be valid."""
        response = self.client.get(address, **more)
        assert response.status_code == expect, f"{address}: {response.status_code}, not {expect}\n{response.get_data(as_text=True)[:1500]}"
        page = Opened(response)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 304):
            assert not (check and (found := faults(page.text))), f"{address}: {found}"
            self._keep_token(page.text)
        return page

    def token(self, address: str = "/about") -> str:
        """A CSRF token as the pages of a signed-in person carry it."""
        text = self.open(address, check=False).text
        found = TOKEN.search(text)
        assert found, f"{address} carries no token\n{text[:1500]}"
        return found[1]

    def _keep_token(self, text: str) -> None:
        if found := TOKEN.search(text):
            self.kept = self._secret(), found[1], time.time()

    def _secret(self) -> str | None:
        """What tokens of the present session are made from; another one with every sign-in."""
        cookie = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        return serializer.loads(cookie.value).get("csrf_token") if cookie and serializer else None

    def _known_token(self) -> str | None:
        """That of the page which was open last, as a browser sends it, while the session lasts."""
        secret, token, since = self.kept
        return token if secret and secret == self._secret() and 0 <= time.time() - since < YOUNG else None

    def post(self, address: str, expect: int = 302, token: bool = True, **fields: Any) -> Opened:
        """POST fields, with a CSRF token of the session unless told not to."""
        more = {k: fields.pop(k) for k in ("headers", "content_type", "json") if k in fields}
        data = {k.replace("__", "-"): v for k, v in fields.pop("data", {}).items()} | fields
        if token and "csrf_token" not in data:
            data["csrf_token"] = self._known_token() or self.token("/about" if self.signed_in else "/login")
        response = self.client.post(address, data=data, **more)
        assert response.status_code == expect, f"{address}: {response.status_code}, not {expect}\n{response.get_data(as_text=True)[:1500]}"
        page = Opened(response)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303):
            assert not (found := faults(page.text)), f"{address}: {found}"
            self._keep_token(page.text)
        return page

    signed_in = False

    def sign_in(self, person: Any, password: str = PASSWORD) -> "Browser":
        """Through the sign-in form, as anybody does."""
        email = person if isinstance(person, str) else person.email
        self.post("/login", email=email, password=password)
        self.signed_in = True
        return self

    def sign_out(self) -> None:
        self.post("/logout")
        self.signed_in = False
