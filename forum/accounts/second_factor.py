"""The second factor: codes of an app (TOTP, RFC 6238) and the recovery codes for the day the phone is lost."""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import TYPE_CHECKING

import pyotp
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from forum.accounts import passwords
from forum.accounts.models import Person, RecoveryCode, SecondFactor
from forum.core.late import Late

if TYPE_CHECKING:
    from cryptography import fernet
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    fernet = Late("cryptography.fernet")
    hashes, hkdf = (Late(f"cryptography.hazmat.primitives.{name}") for name in ("hashes", "kdf.hkdf"))

STEP = 30  # seconds that a code is shown
CODES, LENGTH = 10, 12
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else: 59 bits a code
SETUP_AGE = 1_800  # seconds in which a secret that was shown may be confirmed


class Vault:
    """Encrypts secrets under a key made from the site's own."""

    def __init__(self, site_key: str) -> None:
        derived = hkdf.HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"accounts.second-factor").derive(site_key.encode())
        self._cipher = fernet.Fernet(urlsafe_b64encode(derived))

    def seal(self, person_id: int, secret: str) -> str:
        """A secret that only this site reads, and for this person only."""
        return self._cipher.encrypt(f"{person_id}:{secret}".encode()).decode()

    def open(self, person_id: int, sealed: str, age: int | None = None) -> str | None:
        """The secret; None where it is another's, damaged, or older than `age` seconds."""
        try:
            number, _, secret = self._cipher.decrypt(sealed.encode(errors="replace"), ttl=age).decode().partition(":")
        except fernet.InvalidToken:
            return None
        return secret if number == str(person_id) else None


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step of time a code belongs to: the present one, the one before or the next, since clocks differ."""
    present = int(at.timestamp()) // STEP
    totp, typed = pyotp.TOTP(secret), re.sub(r"\s", "", code).encode(errors="replace")
    near = (present, present - 1, present + 1)
    return next((step for step in near if hmac.compare_digest(totp.generate_otp(step).encode(), typed)), None)


def set_up(session: Session, vault: Vault, person: Person, secret: str, step: int, at: datetime) -> None:
    """From now on signing in asks for a code; the one of `step` has been used."""
    session.add(SecondFactor(person_id=person.id, secret=vault.seal(person.id, secret), last_step=step, made_at=at))
    person.second_factor_at = at


def remove(session: Session, person: Person) -> None:
    """Signing in asks for the password alone again."""
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    person.second_factor_at = None


def take_code(session: Session, vault: Vault, person: Person, code: str, at: datetime) -> bool:
    """Whether it is a code of the person's app that has not been used: it is now, whoever else tries at the same moment."""
    factor = session.get(SecondFactor, person.id)
    secret = vault.open(person.id, factor.secret) if factor is not None else None
    step = step_of(secret, code, at) if secret is not None else None
    if step is None:
        return False
    unused = update(SecondFactor).where(SecondFactor.person_id == person.id, SecondFactor.last_step < step)
    return _changed(session, unused.values(last_step=step))


def new_recovery_codes() -> list[str]:
    """Codes to show once: «k7mp-3xqa-9wte»."""
    texts = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES))
    return ["-".join(re.findall("....", text)) for text in texts]


def hashed(codes: list[str]) -> list[str]:
    """The slow hashes of recovery codes: to be made while no lock is held."""
    return [passwords.hash_password(_bare(code)) for code in codes]


def keep_recovery_codes(session: Session, person: Person, hashes: list[str]) -> None:
    """These, and none from before."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.add_all(RecoveryCode(person_id=person.id, hash=each) for each in hashes)


def unused(session: Session, person: Person) -> list[tuple[int, str]]:
    """Ids and hashes of the recovery codes that are left."""
    query = select(RecoveryCode.id, RecoveryCode.hash).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return [(number, text) for number, text in session.execute(query.order_by(RecoveryCode.id))]


def left(session: Session, person: Person) -> int:
    """How many recovery codes are left."""
    return session.scalar(select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))) or 0


def match_recovery(left: list[tuple[int, str]], code: str) -> int | None:
    """Which of the codes it is; slow, as hashes of passwords are. None for what cannot be one, at once."""
    text = _bare(code)
    if len(text) != LENGTH or not set(text) <= set(ALPHABET):
        return None
    return next((number for number, stored in left if passwords.matches(stored, text)), None)


def use_recovery(session: Session, code_id: int, at: datetime) -> bool:
    """Use a code up; False where somebody was first."""
    return _changed(session, update(RecoveryCode).where(RecoveryCode.id == code_id, RecoveryCode.used_at.is_(None)).values(used_at=at))


def _changed(session: Session, statement: object) -> bool:
    result: CursorResult[tuple[()]] = session.execute(statement)  # type: ignore[call-overload]
    return result.rowcount == 1


def _bare(code: str) -> str:
    return re.sub(r"[\s–—-]", "", code).casefold()
