"""How a finished message leaves: into a folder, or to a mail server."""

import re
import smtplib
from email.message import Message
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from forum.core.clock import now

TIMEOUT = 20


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
        whole = self.folder / f"{now():%Y%m%dT%H%M%S%f}-{name}.eml"
        part = whole.with_suffix(".part")
        part.write_bytes(bytes(message))
        part.rename(whole)  # whoever reads the folder meanwhile never meets half a letter


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
            server.ehlo_or_helo_if_needed()
            # Where the server can, a report of its failure names the letter.
            number = str(message["Message-ID"]).strip("<>").partition("@")[0]
            server.send_message(message, mail_options=(f"ENVID={number}", "RET=HDRS") if server.has_extn("dsn") else ())


def open_transport(url: str) -> Transport:
    """The transport of FORUM_MAIL_URL."""
    scheme, _, rest = url.partition("://")
    if scheme == "folder":
        return Folder(Path(rest))
    if scheme in ("smtp", "smtps"):
        return Smtp(url)
    raise ValueError(f"FORUM_MAIL_URL: unknown kind of mail {scheme!r}")


def refusal(error: Exception) -> str | None:
    """What the server said where it refused the receiver for good (5xx); None for any other failure."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return None
    said = error.recipients.values()
    return next((f"{code} {bytes(words).decode('utf-8', 'replace')}" for code, words in said if 500 <= code < 600), None)
