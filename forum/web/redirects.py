"""Going back to where somebody came from, and never off the site."""

import re
from urllib.parse import urlsplit

from flask import request, url_for

OURS = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")


def safe_next(target: str | None, default: str | None = None) -> str:
    """The path, where it is one of ours; else the default (home)."""
    if target and len(target) < 2000 and OURS.fullmatch(target):
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc:
            return target
    return default or url_for("practices.home")


def back(default: str | None = None) -> str:
    """Where the form came from: its `next` field, else the default."""
    return safe_next(request.values.get("next"), default)
