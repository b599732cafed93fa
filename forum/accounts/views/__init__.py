"""Pages of accounts."""

from forum.accounts.views import (  # noqa: F401 – they hang their pages on it
    access_by_mail,
    address,
    data,
    invitations,
    invited,
    keys,
    registration,
    second_factor,
    second_factor_reset,
    second_step,
    sessions,
    settings,
    sign_in,
)
from forum.accounts.views.blueprint import bp

blueprints = (bp,)
