"""How often somebody may try: counted by account and by address, in the database that all processes share."""

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, request

from forum.accounts.digests import digest
from forum.core import attempts
from forum.core.errors import Refused
from forum.extensions import db


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within a period."""

    name: str
    times: int
    period: timedelta


SIGN_IN = Limit("signin", 10, timedelta(minutes=5))
# A hall full of colleagues may register together from one address.
REGISTER = Limit("register", 30, timedelta(hours=1))
RESET = Limit("reset", 20, timedelta(hours=1))
# Letters to one address, of whatever kind: nobody's box is flooded through us.
LETTERS = Limit("letters", 4, timedelta(hours=1))
# Changes of address: their notices go out whatever else goes to the old one.
ADDRESS = Limit("change-address", 3, timedelta(hours=1))
PASSWORD = Limit("password", 10, timedelta(minutes=5))
# Of a million codes three are good at a time: at this pace a guess takes years, and the owner of the password hears of it.
CODE = Limit("code", 5, timedelta(minutes=10))


def account(email: str) -> str:
    """The part of a key that stands for an address of mail; the address itself is not kept."""
    return f"account:{digest(email)[:40]}"


def address() -> str:
    """The part of a key that stands for where the request comes from: an IPv4 address, or the /64 of an IPv6 one.

    Only PROXIES trusted proxies may say so by X-Forwarded-For (ProxyFix).
    """
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "address:unknown"
    if isinstance(found, ipaddress.IPv6Address) and not found.ipv4_mapped:
        return f"address:{ipaddress.ip_network((found, 64), strict=False).network_address}"
    return f"address:{getattr(found, 'ipv4_mapped', None) or found}"


def take(limit: Limit, *whose: str) -> list[attempts.Attempt]:
    """Count one try for each key; raises Refused `too_often` (minutes) where one is used up. Nothing where RATE_LIMITS is off."""
    if current_app.config["RATE_LIMITS"] == "off":
        return []
    keys = [f"{limit.name}:{key}" for key in whose]
    waits = [attempts.wait_needed(db.session(), key, limit.times, limit.period) for key in keys]
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        raise Refused("too_often", minutes=max(1, math.ceil(longest.total_seconds() / 60)))
    return [attempts.note(db.session(), key) for key in keys]


def give_back(notes: list[attempts.Attempt]) -> None:
    """Take back what a success has counted: only failures use up a limit."""
    for note in notes:
        db.session.delete(note)


def may(limit: Limit, *whose: str) -> bool:
    """Count one try and say whether it is allowed, where nobody may be told of a limit."""
    try:
        take(limit, *whose)
    except Refused:
        return False
    return True
