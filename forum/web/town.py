"""The town a reader has chosen, as a cookie says it: the number of a municipality. What it means is for places to say.

A guest's page is kept for each town apart only where it has asked for the town (`wanted`).
"""

from flask import g, request

COOKIE = "town"


def cookie() -> int | None:
    """The number, where the cookie is one."""
    text = request.cookies.get(COOKIE, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def wanted() -> int | None:
    """The same, for what is drawn by it."""
    g.page_of_town = True
    return cookie()


def mark() -> str:
    """By what pages of one town are told from those of another."""
    return f"-{cookie() or 'none'}"
