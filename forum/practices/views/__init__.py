"""Pages about practices: reading, writing, and the lists."""

from forum.practices.views import (  # noqa: F401 – their addresses
    buttons,
    costs,
    drafts,
    feeds,
    following,
    history,
    home,
    keeping,
    lists,
    package,
    passport,
    people,
    pictures,
    places,
    posters,
    regions,
    show,
    similar,
    structured,
    tags,
    town,
    versions,
    write,
)
from forum.practices.views.blueprint import bp

blueprints = (bp,)
