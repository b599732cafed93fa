"""Finding identities."""

from sqlalchemy import Select, select

from forum.single_sign_on.models import OutsideIdentity


def known(issuer: str, subject: str) -> Select[OutsideIdentity]:
    """The identity of a subject."""
    return select(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)


def of_person(person_id: int | None) -> Select[OutsideIdentity]:
    """How a person can sign in from outside."""
    return select(OutsideIdentity).where(OutsideIdentity.person_id == person_id).order_by(OutsideIdentity.id)
