"""Reports of mail servers that a letter was not delivered (RFC 3464)."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from forum.notifications.envelope import read_number

LARGEST = 1 << 20  # bytes: a report quotes the head of the letter, sometimes all of it


class NotAReport(Exception):
    """What was handed in is no report about a letter of ours."""


@dataclass(frozen=True, slots=True)
class Report:
    """Which letter, by its number (id and mark), and what became of it."""

    letter_id: int
    mark: str
    failed: bool  # for good
    status: str
    detail: str


def read(raw: bytes) -> Report:
    """Read a report. Raises NotAReport."""
    if len(raw) > LARGEST:
        raise NotAReport("larger than any report")
    message = message_from_bytes(raw)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        raise NotAReport("no delivery report: multipart/report was expected")
    fields = [block for part in message.walk() if part.get_content_type() == "message/delivery-status" for block in _blocks(part)]
    if not fields:
        raise NotAReport("a report without message/delivery-status")
    found = next((number for text in _names(message, fields) if (number := read_number(text)) is not None), None)
    if found is None:
        raise NotAReport("it names no letter of this site")
    told = next((block for block in fields if block["Action"]), fields[0])
    status = str(told["Status"] or "").split(" ")[0].strip()
    failed = str(told["Action"] or "").strip().lower() == "failed" and not status.startswith("4")
    return Report(*found, failed, status or "5.0.0", " ".join(str(told["Diagnostic-Code"] or "").split()))


def _blocks(part: Message) -> Iterator[Message]:
    """Those of the message as a whole and of each receiver."""
    payload = part.get_payload()
    yield from (block for block in (payload if isinstance(payload, list) else []) if isinstance(block, Message))


def _names(message: Message, fields: list[Message]) -> Iterator[str]:
    """Where a letter may be named: by the envelope, or in the head that is sent back."""
    yield from (str(block["Original-Envelope-Id"]) for block in fields if block["Original-Envelope-Id"])
    for part in message.walk():
        if part is not message and part["Message-ID"]:
            yield str(part["Message-ID"])
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            yield str(message_from_bytes(payload if isinstance(payload, bytes) else b"")["Message-ID"])
