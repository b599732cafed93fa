"""A program that knows the contract and nothing else: standard library, no JavaScript, forms as they stand."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser


class Forms(HTMLParser):
    """The forms of a page: their addresses, methods and fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append({"action": values.get("action", ""), "method": values.get("method", "get").lower(), "fields": {}})
        elif self.forms and values.get("name"):
            self._field(tag, values)
        if tag == "option" and self._select and self.forms and ("selected" in values or self._select not in self.forms[-1]["fields"]):
            self.forms[-1]["fields"][self._select] = values.get("value", "")

    def _field(self, tag: str, values: dict[str, str]) -> None:
        fields = self.forms[-1]["fields"]
        if tag == "textarea":
            self._area = values["name"]
            fields[self._area] = ""
        elif tag == "select":
            self._select = values["name"]
        elif tag == "input" and self._sent(values):
            fields[values["name"]] = values.get("value", "")

    @staticmethod
    def _sent(values: dict[str, str]) -> bool:
        kind = values.get("type", "text")
        return kind not in ("submit", "file", "button", "image") and (kind not in ("checkbox", "radio") or "checked" in values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1]["fields"][self._area] += data


class Stranger:
    """One visitor of a site."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.at = url

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of an address."""
        return self._send(urllib.request.Request(urllib.parse.urljoin(self.url, path), headers=headers))

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Status and text after a form was sent and redirects were followed."""
        return self._send(urllib.request.Request(urllib.parse.urljoin(self.url, path), data=urllib.parse.urlencode(fields).encode()))

    def _send(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as response:
                self.at = response.geturl()
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def token(self, path: str) -> str:
        """The CSRF token of a page."""
        for form in Forms(self.get(path)[1]).forms:
            if "csrf_token" in form["fields"]:
                return form["fields"]["csrf_token"]
        raise AssertionError(f"{path} has no form with csrf_token")

    def sign_in(self, email: str, password: str = "demo-password") -> "Stranger":
        """Through /login."""
        status, text = self.post("/login", email=email, password=password, csrf_token=self.token("/login"))
        assert status == 200, text[:500]
        return self

    def found(self, query: str) -> list[str]:
        """Titles that the API finds."""
        status, text = self.get("/api/v1/search?" + urllib.parse.urlencode({"q": query, "limit": 10}))
        assert status == 200
        return [item["title"] for item in json.loads(text)["items"]]
