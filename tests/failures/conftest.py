"""What did not work, and whose name is kept back."""

from tests.api.conftest import program, token  # noqa: F401 – fixtures
from tests.notifications.conftest import letters, mails, work  # noqa: F401 – fixtures
