"""The pages of notices and of letters."""

from forum.notifications import letters
from forum.notifications.views import address, off, page, settings  # noqa: F401 – they fill the blueprints
from forum.notifications.views.blueprint import bp, letters_bp

blueprints = (bp, letters_bp)
letters.register()
