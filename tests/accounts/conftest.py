"""Letters as their readers get them, and limits switched on."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from forum.core.database import intend
from forum.notifications import post
from tests.mailbox import sent

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@pytest.fixture
def letters(app: Flask) -> Callable[[], list[EmailMessage]]:
    """Sends what is due, and gives all letters so far, oldest first."""

    def read() -> list[EmailMessage]:
        with app.app_context():
            intend(True)
            post.send_due()
        return sent(Path(app.config["MAIL_URL"].partition("://")[2]))

    return read


@pytest.fixture
def link_in() -> Callable[[EmailMessage], str]:
    """The path of the first link of a letter that leads to a page by a token."""
    return lambda letter: next(path for path in LINK.findall(letter.get_content()) if path.count("/") > 1)


@pytest.fixture
def limits(app: Flask) -> None:
    """Throttling as in production."""
    app.config["RATE_LIMITS"] = "on"
