"""What stands in the head of a letter: a number that cannot be made up, the discussion it belongs to, the way out of it."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.utils import formataddr, formatdate, parseaddr
from urllib.parse import urlsplit

from flask import current_app

from forum.core.letters import Letter

NUMBER = re.compile(r"letter-(\d{1,18})\.([0-9a-f]{24})")


@dataclass(frozen=True, slots=True)
class Mailing:
    """Of a letter that one may turn off: its kind, the address that does it, whose words it brings, and the discussion it stands in."""

    kind: str
    off: str
    person_id: int
    author: str = ""
    discussion: int | None = None


def host() -> str:
    """The domain of the site, as letters name it."""
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def number_of(letter: Letter) -> str:
    """What the letter is called wherever it goes: the same however often sending is tried, and nobody else can make one up."""
    return f"letter-{letter.id}.{_mark(letter)}"


def _mark(letter: Letter) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"letter {letter.id} {letter.key} {letter.to}".encode(), hashlib.sha256).hexdigest()[:24]


def read_number(text: str) -> tuple[int, str] | None:
    """Id and mark of the first number in a text."""
    found = NUMBER.search(text)
    return (int(found[1]), found[2]) if found else None


def is_marked(letter: Letter, mark: str) -> bool:
    """Whether a number with this mark is really that of the letter."""
    return hmac.compare_digest(_mark(letter), mark)


def address(message: Message, letter: Letter, subject: str, mailing: Mailing | None) -> None:
    """Fill the head."""
    message["Subject"] = Header(" ".join(subject.split()), "utf-8", header_name="Subject").encode()
    message["From"] = _sender(mailing.author if mailing else "")
    message["To"] = " ".join(letter.to.split())
    message["Date"] = formatdate(letter.created_at.timestamp())
    message["Message-ID"] = f"<{number_of(letter)}@{host()}>"
    message["Auto-Submitted"] = "auto-generated"
    if mailing is not None:
        _name_list(message, mailing)


def _sender(author: str) -> str:
    """Who speaks, from the address of the site."""
    name, sender = parseaddr(current_app.config["MAIL_FROM"])
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in author).split())
    return formataddr((f"{plain} – {name or current_app.config['SITE_NAME']}" if plain else name, sender))


def _name_list(message: Message, mailing: Mailing) -> None:
    if mailing.discussion is not None:
        # The letter that began the discussion was never sent: it is the one all others answer, so they stand together.
        first = f"<discussion-{mailing.discussion}.{mailing.person_id}@{host()}>"
        message["In-Reply-To"] = first
        message["References"] = first
    message["List-Id"] = f"<{mailing.kind.replace('_', '-')}.{host()}>"
    # In one line: not every program unfolds it.
    message["List-Unsubscribe"] = Header(f"<{mailing.off}>", "us-ascii", maxlinelen=998)  # type: ignore[assignment]
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
