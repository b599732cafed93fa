"""What an administrator looks up."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from forum.accounts.models import MunicipalDomain, Person, Role
from forum.places.models import Municipality
from forum.search.models import SynonymGroup


def people(text: str, role: str = "") -> Select[Person]:
    """People whose name, address or handle contains a text, with their places; of one role, where one is given."""
    query = select(Person).options(joinedload(Person.municipality).joinedload(Municipality.region))
    if role:
        query = query.where(Person.role == role)
    if not text:
        return query
    # SQLite folds the case of Latin letters only: the usual ways to write a name are tried one by one.
    ways = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    columns = (Person.name, Person.email, Person.handle)
    return query.where(or_(*(column.contains(way, autoescape=True) for column in columns for way in ways)))


def person(handle: str) -> Select[Person]:
    """One person with place and scope."""
    return (
        select(Person)
        .where(Person.handle == handle)
        .options(joinedload(Person.municipality).joinedload(Municipality.region), selectinload(Person.moderated))
    )


def counts() -> Select[int, int, int, int, int, int]:
    """All people; those whose address is not confirmed; confirmed but not verified; moderators; admins; those whose letters came back."""
    return select(
        func.count(),
        func.count().filter(Person.confirmed_at.is_(None)),
        func.count().filter(Person.confirmed_at.is_not(None), Person.verified_at.is_(None), Person.role == Role.EMPLOYEE),
        func.count().filter(Person.role == Role.MODERATOR),
        func.count().filter(Person.role == Role.ADMIN),
        func.count().filter(Person.mail_paused_at.is_not(None)),
    ).select_from(Person)


def domains(text: str = "") -> Select[MunicipalDomain]:
    """Municipal mail domains that contain a text, or of the region with this code."""
    query = select(MunicipalDomain)
    if not text:
        return query
    return query.where(or_(MunicipalDomain.domain.contains(text.lower(), autoescape=True), MunicipalDomain.region_code == text))


def synonym_groups() -> Select[SynonymGroup]:
    """All groups of words that mean the same."""
    return select(SynonymGroup).order_by(SynonymGroup.id)


def synonym_group(id: int) -> Select[SynonymGroup]:
    """One of them."""
    return select(SynonymGroup).where(SynonymGroup.id == id)
