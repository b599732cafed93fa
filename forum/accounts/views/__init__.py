"""Pages of accounts."""

from forum.accounts.views import access_by_mail, data, keys, registration, sessions, settings, sign_in  # noqa: F401 – they hang their pages on it
from forum.accounts.views.blueprint import bp

blueprints = (bp,)
