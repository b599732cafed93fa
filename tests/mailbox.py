"""What the site has sent, where mail goes into a folder."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path


def sent(folder: Path) -> list[EmailMessage]:
    """The messages in the order of sending."""
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted(folder.glob("*.eml"))]  # type: ignore[misc]
