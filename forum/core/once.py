"""Inserting a row that must exist once, whoever else tries."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from forum.core.model import Base


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row; False where a unique key says it is there already."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table.__table__).values(**values).on_conflict_do_nothing()
    # Asked for its key, not counted: psycopg knows no count of rows here and answers -1.
    return session.execute(insert.returning(*table.__table__.primary_key)).first() is not None
