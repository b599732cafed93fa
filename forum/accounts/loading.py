"""Filling in the mail domains that only municipal employees have."""

import csv
from pathlib import Path

from sqlalchemy.orm import Session

from forum.accounts.models import MunicipalDomain

DATA = Path(__file__).parent / "data"


def load(session: Session) -> int:
    """The domains that come with the site; safe to repeat. Returns how many there are."""
    with (DATA / "domains.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        domain = session.get(MunicipalDomain, row["domain"])
        if domain is None:
            session.add(domain := MunicipalDomain(domain=row["domain"]))
        domain.region_code = row["region"] or None
    session.flush()
    return len(rows)
