"""What must happen once, whoever else tries: a row with a unique key, and a form that is sent twice."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import String, Text, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core.clock import now
from forum.core.model import Base

KEPT = timedelta(days=7)  # longer than anybody leaves a page open


class Submission(Base):
    """A form that was sent: by whom, and under which key, which each drawn form has of its own.

    `digest` is that of its fields; `location` where it led, `entry_id` what it made, both None until then.
    """

    __tablename__ = "submissions"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    digest: Mapped[str] = mapped_column(String(64))
    location: Mapped[str | None] = mapped_column(Text)
    entry_id: Mapped[int | None]


def insert_once(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row; False where a unique key says it is there already."""
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table.__table__).values(**values).on_conflict_do_nothing()
    # Asked for its key, not counted: psycopg knows no count of rows here and answers -1.
    return session.execute(insert.returning(*table.__table__.primary_key)).first() is not None


def submit(session: Session, person_id: int, key: str, digest: str) -> tuple[Submission, bool]:
    """The row of a form that arrives, and whether it arrives for the first time.

    A second press waits here until the first is committed, or becomes the first where that one came to nothing.
    """
    first = insert_once(session, Submission, person_id=person_id, key=key, at=now(), digest=digest)
    return session.get_one(Submission, (person_id, key), populate_existing=True), first


def purge(session: Session) -> None:
    """Forget forms that nobody will send again."""
    session.execute(delete(Submission).where(Submission.at < now() - KEPT))
