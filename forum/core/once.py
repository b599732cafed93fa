"""Inserting a row that must exist once, whoever else tries."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forum.core.model import Base


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row; False where a unique key says it is there already."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    result: Any = session.execute(dialect.insert(table.__table__).values(**values).on_conflict_do_nothing())
    return bool(result.rowcount)
