"""How often the package of a practice was downloaded: once a day and visitor, without a trace of who it was."""

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import Engine, update

from forum.core import attempts
from forum.core.brief import briefly
from forum.core.clock import now
from forum.core.stamps import QUIET
from forum.practices.models import Practice

DAY = timedelta(days=1)


def count(engine: Engine, secret: str, practice_id: int, visitor: str) -> bool:
    """One more, unless this visitor was counted today; whether it was. Raises OperationalError rather than keep the reader waiting.

    `visitor` is what is known of who asks while the request lasts; what is kept of it is a hash that only the site's secret could tell.
    """
    message = "\0".join([f"{now():%Y-%m-%d}", str(practice_id), visitor]).encode(errors="replace")
    key = f"package:{hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:40]}"
    with briefly(engine, writing=False) as session:
        if attempts.wait_needed(session, key, 1, DAY) is not None:
            return False
    with briefly(engine, writing=True) as session:
        # Not through the entry: nobody's words have changed, and pages kept for guests may tell the number of a moment ago.
        raised = update(Practice.__table__).where(Practice.__table__.c.id == practice_id)  # type: ignore[arg-type]
        session.execute(raised.values(package_downloads=Practice.package_downloads + 1), execution_options=QUIET)
        attempts.note(session, key)
        session.commit()
    return True
