"""Pages about adoptions: opening one, what is new, its result before its judges, lists."""

from forum.adoptions import wording
from forum.adoptions.views import details, feed, judging, lists, moving, notes, opening, reading, section  # noqa: F401 – their addresses
from forum.adoptions.views.blueprint import bp

blueprints = (bp,)
wording.register()
