"""Tells the page that comes next that a text was taken: its browser keeps a copy until then (static/js/copies.js)."""

import re

from flask import Flask, flash, get_flashed_messages, request

CATEGORY = "copy"
_TAB = re.compile(r"[\w-]{1,40}", re.ASCII)


def taken() -> None:
    """What this form said is kept for good: the copies of the tab it came from can go."""
    tab = request.form.get("tab", "")
    if _TAB.fullmatch(tab):
        flash(tab, CATEGORY)


def _needless() -> str:
    return " ".join(map(str, get_flashed_messages(category_filter=[CATEGORY])))


def init_app(app: Flask) -> None:
    app.jinja_env.globals["needless_copies"] = _needless
