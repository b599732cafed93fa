"""Sending letters: rendered when they go out, so that nobody is told of what they may no longer see."""

from collections.abc import Callable
from datetime import timedelta
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import structlog
from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select

from forum.core.clock import now
from forum.core.database import reading
from forum.core.letters import Letter
from forum.extensions import db
from forum.notifications import bounces
from forum.notifications.envelope import Mailing, address
from forum.notifications.transport import Transport, open_transport, refusal

MAX_TRIES = 10

log = structlog.get_logger()

# By template: told a letter's parameters, says whether it may still go out, and adds what it is rendered with. A `mailing` among
# that makes it a letter one may turn off, with an HTML alternative; others, those of security, are text alone.
guards: dict[str, Callable[[dict[str, object]], dict[str, object] | None]] = {}


def compose(letter: Letter) -> Message | None:
    """The message of a letter, or None where it may not go out any more. The first line of a template is the subject."""
    guard = guards.get(letter.template)
    params = guard(letter.params) if guard else letter.params
    if params is None:
        return None
    mailing = params.get("mailing")
    mailing = mailing if isinstance(mailing, Mailing) else None
    site = {"site_name": current_app.config["SITE_NAME"], "public_url": current_app.config["PUBLIC_URL"].rstrip("/")}
    with force_locale(letter.lang):
        text = render_template(f"emails/{letter.template}.txt", **params, **site)
        html = render_template(f"emails/{letter.template}.html", letter_lang=letter.lang, **params, **site) if mailing else ""
    subject, _, body = text.strip().partition("\n")
    # Not EmailMessage: folding a long subject that is not ASCII, it loses spaces between words (CPython gh-92081).
    plain = MIMEText(body.strip() + "\n", "plain", "utf-8")
    message: Message = MIMEMultipart("alternative", _subparts=[plain, MIMEText(html, "html", "utf-8")]) if html else plain
    address(message, letter, subject, mailing)
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
        _fail(db.session.get_one(Letter, letter_id), error)
    db.session.commit()


def _fail(letter: Letter, error: Exception) -> None:
    """Try again later; never where the server said that there is nobody to take it."""
    log.warning("letter_failed", letter=letter.id, error=str(error)[:200])
    letter.tries += 1
    letter.error = f"{type(error).__name__}: {error}"[:1000]
    said = refusal(error)
    if said is not None:
        bounces.note(db.session(), letter, bounces.status_in(said), said)
    given_up = said is not None or letter.tries >= MAX_TRIES
    letter.due_at = None if given_up else now() + timedelta(seconds=min(30 * 2**letter.tries, 86_400))
