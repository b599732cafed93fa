"""The number of an entry out of what somebody copied from the browser's line: the address of its page here, or the number alone."""

import re
from urllib.parse import urlsplit

from flask import current_app, request

_ADDRESS = re.compile(
    r"(?:(?:https?://)?(?P<host>[^\s/?#]+))?/(?P<kind>[a-z]{1,20})/(?P<number>[0-9]{1,12})(?:[/?#]\S*)?", re.IGNORECASE
)
_ALONE = re.compile(r"\d{1,12}", re.ASCII)


def number_in(typed: str, kind: str) -> int | None:
    """The number; None where there is none, where the page is of another kind (`kind`: the first part of its path), or another site's."""
    text = typed.strip()
    if _ALONE.fullmatch(text):
        return int(text)
    found = _ADDRESS.fullmatch(text)
    if found is None or found["kind"].lower() != kind or (found["host"] or request.host).lower() not in _own_hosts():
        return None
    return int(found["number"])


def _own_hosts() -> set[str]:
    """Where this site is: where it was asked, and where letters say it is."""
    return {request.host.lower(), urlsplit(current_app.config["PUBLIC_URL"]).netloc.lower()}
