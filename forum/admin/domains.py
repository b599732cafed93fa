"""Municipal mail domains: adding and removing them, on record."""

import re

from sqlalchemy.orm import Session

from forum.accounts.models import MunicipalDomain
from forum.core import events
from forum.core.actor import Actor
from forum.core.errors import Refused

DOMAIN = re.compile(r"(?=.{4,120}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
# Boxes that anybody gets there would make anybody a municipal employee.
# fmt: off
PUBLIC = frozenset({
    "mail.ru", "bk.ru", "list.ru", "inbox.ru", "internet.ru", "yandex.ru", "ya.ru",
    "yandex.com", "rambler.ru", "lenta.ru", "gmail.com", "googlemail.com", "outlook.com", "hotmail.com",
    "live.com", "yahoo.com", "icloud.com", "vk.com", "proton.me", "protonmail.com",
})
# fmt: on


def normal(text: str) -> str:
    """The one spelling of a domain: ASCII, lower case, without «@» or «www.»; raises Refused `domain.invalid`, `domain.public`."""
    name = text.strip().lower().rpartition("@")[2].removeprefix("www.").rstrip(".")
    try:
        name = name.encode("idna").decode()
    except UnicodeError as error:
        raise Refused("domain.invalid", field="domain") from error
    if not DOMAIN.fullmatch(name):
        raise Refused("domain.invalid", field="domain")
    if name in PUBLIC:
        raise Refused("domain.public", field="domain")
    return name


def add(session: Session, text: str, region_code: str | None, by: Actor) -> MunicipalDomain:
    """From now on an address of this domain, or of one below it, verifies its owner."""
    name = normal(text)
    if session.get(MunicipalDomain, name) is not None:
        raise Refused("domain.known", field="domain")
    domain = MunicipalDomain(domain=name, region_code=region_code)
    session.add(domain)
    events.record(session, "admin.domain_added", by=by, domain=name, region=region_code)
    return domain


def remove(session: Session, domain: MunicipalDomain, by: Actor) -> None:
    """It verifies nobody any more; those it has verified stay so."""
    session.delete(domain)
    events.record(session, "admin.domain_removed", by=by, domain=domain.domain)
