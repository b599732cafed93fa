"""Everything the site keeps about one person, for themselves (152-FZ, article 14)."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import queries
from forum.accounts.models import ApiToken, Consent
from forum.core.clock import now

# Features add theirs: given the session and a person's id, a function answers with parts of the file by name.
EXPORTERS: list[Callable[[Session, int], dict[str, Any]]] = []


def everything_about(session: Session, person_id: int) -> dict[str, Any]:
    """All parts together, ready for JSON: moments as ISO texts in UTC."""
    parts: dict[str, Any] = {"made_at": now().isoformat()}
    for exporter in [_profile, *EXPORTERS]:
        parts |= exporter(session, person_id)
    return parts


def _profile(session: Session, person_id: int) -> dict[str, Any]:
    person = session.execute(queries.as_actor(person_id)).unique().scalar_one()
    place = person.municipality
    consents = session.scalars(select(Consent).where(Consent.person_id == person_id).order_by(Consent.id))
    tokens = session.scalars(select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.id))
    plain = ("handle", "email", "name", "position", "about", "role", "lang", "approved_posts", "suspended_reason")
    settings = ("rhythm", "follows_discussions")
    moments = ("created_at", "seen_at", "confirmed_at", "verified_at", "suspended_until")
    profile: dict[str, Any] = {name: getattr(person, name) for name in (*plain, *settings)}
    profile |= {name: value.isoformat() if (value := getattr(person, name)) else None for name in moments}
    profile["municipality"] = {"name": place.name, "region": place.region_code} if place else None
    return {
        "profile": profile,
        "consents": [{"version": consent.version, "at": consent.at.isoformat()} for consent in consents],
        "tokens": [{"name": token.name, "scope": token.scope, "created_at": token.created_at.isoformat()} for token in tokens],
    }
