"""Pages about adoptions: opening one, what is new, its result before its judges, lists."""

from forum.adoptions import labels, rewording, wording  # noqa: F401 – what moderators can put right
from forum.adoptions.views import details, feed, judging, lists, mending, moving, notes, opening, reading, section  # noqa: F401 – their addresses
from forum.adoptions.views.blueprint import bp
from forum.moderation.moving_forms import LABELS

blueprints = (bp,)
wording.register()
LABELS["adoption"] = labels.text
