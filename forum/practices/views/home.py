"""The front page, and what the site says of itself."""

from flask import render_template, url_for

from forum.extensions import db
from forum.practices import home as front
from forum.practices.counts import counts
from forum.practices.reference import reference
from forum.practices.views import labels
from forum.practices.views.blueprint import bp
from forum.practices.views.cards import cards
from forum.practices.views.listing import ask
from forum.practices.views.regions import drawn, tiles
from forum.web import language
from forum.web.access import access, everyone

NEWEST, DISCUSSED, FAILURES, THEMES, LEADERS = 6, 5, 4, 10, 9


@bp.get("/")
@access(everyone, cache=True)
def home() -> str:
    """What is new, what is talked about, and the ways in."""
    session, known, numbers = db.session(), ask(reference), ask(counts)
    nominations = [
        {"text": text, "url": url_for("practices.index", nomination=key), "count": numbers.nominations.get(key, 0)}
        for key, text in labels.nominations(known).items()
    ]
    map_tiles, fresh = tiles(numbers.regions), session.execute(front.fresh(NEWEST, FAILURES)).all()
    discussed, themes = front.lively(session, DISCUSSED, THEMES)
    return render_template(
        "practices/home.html",
        counts=numbers,
        nominations=nominations,
        map=drawn(map_tiles, language.select()),
        leaders=[tile for tile in sorted(map_tiles, key=lambda tile: -tile.count)[:LEADERS] if tile.count],
        newest=cards([row for row in fresh if not row.failed], known, level=3),
        failures=[row for row in fresh if row.failed],
        discussed=discussed,
        themes=themes,
    )


@bp.get("/about")
@access(everyone, cache=True)
def about() -> str:
    """What this place is."""
    return render_template("practices/about.html")
