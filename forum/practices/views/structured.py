"""A practice as search engines read it: schema.org, as JSON-LD."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from forum.core.text import excerpt
from forum.practices.models import Practice
from forum.practices.views.blueprint import bp
from forum.web import language
from forum.web.canonical import outside
from forum.web.language import named


@bp.app_template_global("structured")
def structured(practice: Practice) -> dict[str, Any]:
    """An article and the way to it from the front page."""
    return {"@context": "https://schema.org", "@graph": [_article(practice), _way(practice)]}


def _article(practice: Practice) -> dict[str, Any]:
    here = outside("practices.show", id=practice.id, slug=practice.slug)
    changed = practice.edited_at or practice.published_at
    found = {
        "@type": "Article",
        "@id": here,
        "url": here,
        "headline": excerpt(practice.title, 110),
        "description": excerpt(practice.summary or "", 300),
        "inLanguage": "ru",
        "image": outside("practices.poster", id=practice.id, v=practice.version),
        "datePublished": practice.published_at and practice.published_at.isoformat(),
        "dateModified": changed and changed.isoformat(),
        "author": _author(practice),
        "publisher": {"@type": "Organization", "name": current_app.config["SITE_NAME"], "url": outside("practices.home")},
        "keywords": [tag.name for tag in practice.tags],
    }
    return {name: value for name, value in found.items() if value}


def _author(practice: Practice) -> dict[str, Any] | None:
    """The person; the municipality where they asked not to be named."""
    author, place = practice.author, practice.municipality
    if not practice.anonymous:
        return {"@type": "Person", "name": author.name, "url": outside("practices.person", handle=author.handle)}
    return {"@type": "Organization", "name": place.name} if place is not None else None


def _way(practice: Practice) -> dict[str, Any]:
    steps = [(_("Практики"), outside("practices.index"))]
    place = practice.municipality
    if place is not None:
        steps.append((named(place.region, lang=language.select()), outside("practices.region", code=place.region_code)))
        steps.append((named(place, lang=language.select()), outside("practices.municipality", id=place.id)))
    items = [{"@type": "ListItem", "position": at, "name": name, "item": url} for at, (name, url) in enumerate(steps, 1)]
    last = {"@type": "ListItem", "position": len(items) + 1, "name": practice.title}
    return {"@type": "BreadcrumbList", "itemListElement": [*items, last]}
