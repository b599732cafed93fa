"""Passwords: what is accepted, and the slow hash they are kept as."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from forum.core.errors import Refused

SHORTEST, LONGEST = 8, 256
COMMON = Path(__file__).parent / "data" / "common-passwords.txt"


@lru_cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").casefold().split())


def _hasher() -> PasswordHasher:
    time, memory, lanes = current_app.config["PASSWORD_COST"]
    return PasswordHasher(time_cost=time, memory_cost=memory, parallelism=lanes)


@lru_cache
def _dummy(cost: tuple[int, int, int]) -> str:
    return hash_password("nobody has this password")


def _one_form(password: str) -> str:
    # Keyboards differ in how they compose «й»: the same password must stay the same.
    return unicodedata.normalize("NFC", password)


def check(password: str, email: str) -> None:
    """Raise Refused (field `password`) where a password is too easy to guess: length and lists, no rules of composition."""
    folded = password.casefold()
    if len(password) < SHORTEST:
        raise Refused("password.short", field="password", limit=SHORTEST)
    if len(password) > LONGEST:
        raise Refused("password.long", field="password", limit=LONGEST)
    if folded in _common():
        raise Refused("password.common", field="password")
    if folded in (email.casefold(), email.partition("@")[0].casefold()):
        raise Refused("password.is_email", field="password")


def hash_password(password: str) -> str:
    """The argon2id hash of a password, at the cost of PASSWORD_COST."""
    return _hasher().hash(_one_form(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password of a hash. Takes as long where there is none, so that time tells nobody who has an account."""
    if len(password) > LONGEST:
        password = ""
    try:
        _hasher().verify(stored or _dummy(tuple(current_app.config["PASSWORD_COST"])), _one_form(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return _hasher().check_needs_rehash(stored)
