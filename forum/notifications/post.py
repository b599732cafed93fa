"""Sending letters: rendered when they go out, so that nobody is told of what they may no longer see."""

import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.header import Header
from email.message import Message
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import structlog
from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select

from forum.core.clock import now
from forum.core.database import reading
from forum.core.letters import Letter
from forum.extensions import db

MAX_TRIES = 10
TIMEOUT = 20

log = structlog.get_logger()

# By template: told a letter's parameters, says whether it may still go out, and adds what it is rendered with.
guards: dict[str, Callable[[dict[str, object]], dict[str, object] | None]] = {}


class Transport(Protocol):
    """Takes a finished message to where it goes."""

    def send(self, message: Message) -> None: ...


class Folder:
    """Letters as `.eml` files, for the demonstration and development."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Message) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = re.sub(r"[^\w.-]", "_", str(message["Message-ID"]).strip("<>"))
        (self.folder / f"{now():%Y%m%dT%H%M%S%f}-{name}.eml").write_bytes(bytes(message))


class Smtp:
    """A mail server: smtp:// (STARTTLS where it is offered) or smtps://."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)

    def send(self, message: Message) -> None:
        host, port = self.parts.hostname or "localhost", self.parts.port
        secure = self.parts.scheme == "smtps"
        connection = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT) if secure else smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
        with connection as server:
            if not secure and server.ehlo() and server.has_extn("starttls"):
                server.starttls()
            if self.parts.username:
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
            server.send_message(message)


def open_transport(url: str) -> Transport:
    """The transport of FORUM_MAIL_URL."""
    scheme, _, rest = url.partition("://")
    if scheme == "folder":
        return Folder(Path(rest))
    if scheme in ("smtp", "smtps"):
        return Smtp(url)
    raise ValueError(f"FORUM_MAIL_URL: unknown kind of mail {scheme!r}")


def compose(letter: Letter) -> Message | None:
    """The message of a letter, or None where it may not go out any more. The first line of a template is the subject."""
    guard = guards.get(letter.template)
    params = guard(letter.params) if guard else letter.params
    if params is None:
        return None
    site = {"site_name": current_app.config["SITE_NAME"], "public_url": current_app.config["PUBLIC_URL"].rstrip("/")}
    with force_locale(letter.lang):
        text = render_template(f"emails/{letter.template}.txt", **params, **site)
    subject, _, body = text.strip().partition("\n")
    # Not EmailMessage: folding a long subject that is not ASCII, it loses spaces between words (CPython gh-92081).
    message = MIMEText(body.strip() + "\n", "plain", "utf-8")
    message["Subject"] = Header(" ".join(subject.split()), "utf-8", header_name="Subject").encode()
    message["From"] = formataddr(parseaddr(current_app.config["MAIL_FROM"]))
    message["To"] = " ".join(letter.to.split())
    message["Date"] = formatdate(letter.created_at.timestamp())
    # The same however often sending is tried, so that mail programs show it once.
    message["Message-ID"] = f"<letter-{letter.id}@{urlsplit(site['public_url']).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def send_due(limit: int = 50) -> int:
    """Send the letters whose time has come, each in its own transaction; the number tried."""
    query = select(Letter.id).where(Letter.sent_at.is_(None), Letter.due_at <= now()).order_by(Letter.due_at).limit(limit)
    with reading():
        ids = db.session.scalars(query).all()
        db.session.rollback()
    transport = open_transport(current_app.config["MAIL_URL"]) if ids else None
    for letter_id in ids:
        _send(letter_id, transport)
    return len(ids)


def _send(letter_id: int, transport: Transport | None) -> None:
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.sent_at is not None or transport is None:
        db.session.rollback()
        return
    try:
        message = compose(letter)
        # A slow server must not hold the database's write lock.
        db.session.rollback()
        if message is not None:
            transport.send(message)
        letter = db.session.get_one(Letter, letter_id)
        letter.sent_at, letter.params, letter.error = now(), {}, None if message is not None else "no longer due"
    except Exception as error:
        db.session.rollback()
        log.warning("letter_failed", letter=letter_id, error=str(error)[:200])
        letter = db.session.get_one(Letter, letter_id)
        letter.tries += 1
        letter.error = f"{type(error).__name__}: {error}"[:1000]
        letter.due_at = now() + timedelta(seconds=min(30 * 2**letter.tries, 86_400)) if letter.tries < MAX_TRIES else None
    db.session.commit()
