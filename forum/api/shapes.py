"""From rows to what the schemas write."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, url_for

from forum.adoptions.models import Adoption
from forum.adoptions.totals import cost_per_resident
from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.practices.costs import FIGURES
from forum.practices.lists import appeared
from forum.practices.models import Practice
from forum.practices.models.rows import as_dict
from forum.practices.peers import Standing
from forum.practices.policy import sees_contact
from forum.search import highlight
from forum.search.found import Found, Item
from forum.search.page import about, address, document_address
from forum.solution_requests.models import Offer, SolutionRequest

_AS_THEY_ARE = (
    "id", "external_id", "state", "version", "title", "summary", *Practice.MARKDOWN, "region", "status", "started", "finished", "costs",
    "upkeep", "beneficiaries", "participants", "total", "per_resident", "shares", "valid_on", "obstacles", "score", "ups", "downs",
    "comments_count", "created_at", "published_at", "edited_at", "stale",
)  # fmt: skip
# What the figures are called here.
CALLED = dict(zip(FIGURES, ("per_resident", "per_beneficiary", "extra_share", "upkeep_per_resident"), strict=True))


def path(id: int, slug: str) -> str:
    """Where a practice is read by people."""
    return url_for("practices.show", id=id, slug=slug)


def card(
    practice: Practice, donor: Any, files: Sequence[Attachment], actor: Actor, standing: Standing | None
) -> dict[str, Any]:
    """The whole card; the contact is not for guests. `donor`: its donor's row, if the actor may read that; `files`: documents."""
    shown = {name: getattr(practice, name) for name in _AS_THEY_ARE}
    shown |= {name: [as_dict(row) for row in getattr(practice, name)] for name in Practice.ROWS}
    shown |= {"html": {name: practice.html.get(name, "") for name in Practice.MARKDOWN}, "tags": [tag.name for tag in practice.tags]}
    if sees_contact(actor) and (not practice.anonymous or actor.id == practice.author_id):
        shown["contact"] = practice.contact
    place = practice.municipality
    return shown | {
        "url": path(practice.id, practice.slug),
        "confirmed_on": confirmed_on(practice),
        "author": author(practice),
        "anonymous": practice.anonymous,
        "municipality": place.name if place else None,
        "place": place,
        "nomination": practice.nomination_id,
        "adoptions": practice.list_adoptions or 0,
        "open_adoptions": practice.open_adoptions,
        "donor": donor.external_id if donor else None,
        "donor_id": donor.id if donor else None,
        "comparable_cost": placed(standing) if standing else None,
        "documents": [document(file) for file in files],
        "package": url_for("practices.package", id=practice.id) if files else None,
    }


def author(entry: Practice | Comment) -> dict[str, str | None]:
    """Who wrote it (`author` must be loaded); nobody where they asked not to be named, who asks for it included."""
    person = entry.author
    return {"name": None, "handle": None} if entry.anonymous else {"name": person.name, "handle": person.handle}


def costs_told(figures: Mapping[str, float | None], level: int | None) -> dict[str, Any] | None:
    """Comparable cost; None where nothing of it is known."""
    if level is None or all(value is None for value in figures.values()):
        return None
    return {"price_level": level} | {CALLED[name]: value for name, value in figures.items()}


def placed(standing: Standing) -> dict[str, Any]:
    """The same with its places among similar practices."""
    places = {
        CALLED[name]: {
            "circle": step,
            "count": place.count,
            "more_than": place.less,
            "less_than": place.more,
            "least": place.least,
            "lower_quartile": place.lower,
            "median": place.median,
            "upper_quartile": place.upper,
            "most": place.most,
        }
        for name, (step, place) in standing.places.items()
    }
    return {**(costs_told(standing.figures, standing.level) or {}), "places": places}


def document(file: Attachment) -> dict[str, Any]:
    """A document of a practice."""
    address = url_for("attachments.file", id=file.id, name=file.name)
    return {**file.described(), "media_type": file.media_type, "size": file.size, "url": address}


def confirmed_on(row: Any) -> date | None:
    """The day on which somebody last said that it was still true."""
    at = row.confirmed_at
    return at.astimezone(ZoneInfo(current_app.config["TIMEZONE"])).date() if at is not None else None


def item(row: Any) -> dict[str, Any]:
    """A row of `queries.items`."""
    costs = {source: getattr(row, f"cost_{source}") for source in Practice.COSTS}
    known = [cost for cost in costs.values() if cost is not None]
    total = sum(known) if known else None
    return {
        **{name: getattr(row, name) for name in ("id", "external_id", "title", "summary", "region", "status", "started", "finished")},
        "url": path(row.id, row.slug),
        "municipality": row.place,
        "nomination": row.nomination_id,
        "costs": costs,
        "comparable_cost": costs_told({name: getattr(row, name) for name in CALLED}, row.price_level),
        "total": total,
        "per_resident": total / row.population if total is not None and row.population else None,
        "published_at": appeared(row),
        "stale": row.stale,
        "confirmed_on": confirmed_on(row),
        "score": row.list_score,
        "comments_count": row.list_comments,
        "adoptions": row.list_adoptions or 0,
        "open_adoptions": row.open_adoptions,
    }


def adoption(row: Any) -> dict[str, Any]:
    """A row of `adoptions.lists.whole`."""
    names = ("id", "stage", "opened_on", "closed_on", "upkeep", "region", *Adoption.MARKDOWN)
    return {name: getattr(row, name) for name in names} | {
        "url": url_for("adoptions.show", id=row.id),
        "practice": row.practice_id,
        "municipality": row.place,
        "confirmed": row.confirmed_at is not None,
        "costs": {source: getattr(row, f"cost_{source}") for source in Adoption.COSTS},
        "per_resident": cost_per_resident(row),
        "indicators": [one for one in json.loads(row.indicators) if (one.get("before"), one.get("after")) != (None, None)],
        "obstacle": row.obstacle_code,
        "published_at": row.listed_at,
    }


def request(row: Any) -> dict[str, Any]:
    """A row of `solution_requests.lists.rows` (whole)."""
    names = ("id", "title", "outcome", "until", "closed_on", "needed_by", "most_cost", "region", "offers_count", *SolutionRequest.MARKDOWN)
    return {name: getattr(row, name) for name in names} | {
        "url": url_for("requests.show", id=row.id, slug=row.slug),
        "municipality": row.place,
        "nomination": row.nomination_id,
        "solution": row.practice_id,
        "wanted": row.list_wanted,
        "published_at": row.listed_at,
    }


def whole_request(found: SolutionRequest, offers: Sequence[Offer]) -> dict[str, Any]:
    """One request; with tags, and the offers that the reader may see."""
    names = ("id", "title", "outcome", "until", "closed_on", "needed_by", "most_cost", "region", "offers_count", *SolutionRequest.MARKDOWN)
    return {name: getattr(found, name) for name in names} | {
        "url": url_for("requests.show", id=found.id, slug=found.slug),
        "municipality": found.municipality.name,
        "nomination": found.nomination_id,
        "solution": found.practice_id,
        "wanted": found.ups,
        "published_at": found.published_at,
        "tags": [tag.name for tag in found.tags],
        "offers": [
            {"practice": offer.practice_id, "comment": offer.comment_id, "helped": offer.helped_at is not None, "at": offer.at}
            for offer in offers
        ],
    }


def remark(comment: Comment) -> dict[str, Any]:
    """A comment; `author` must be loaded."""
    names = ("id", "state", "body", "html", "score", "created_at", "published_at", "edited_at")
    return {name: getattr(comment, name) for name in names} | {
        "url": url_for("comments.show", id=comment.id),
        "author": author(comment),
        "on": comment.on_id,
        "parent": comment.parent_id,
        "thread": comment.thread_id,
    }


def results(found: Found) -> dict[str, Any]:
    """An answer of search."""
    answer = found.results
    return {
        "total": answer.total,
        "took_ms": answer.took_ms,
        "suggestion": answer.suggestion,
        "items": [result(one, answer.terms) for one in found.items],
        "facets": answer.facets,
    }


def result(found: Item, terms: frozenset[str]) -> dict[str, Any]:
    """One thing that was found, with the words that answer marked."""
    subject, text = found.subject, found.text
    first = {name: next(iter(values), None) for name, values in text.facets.items()}
    root = getattr(subject, "root", None)
    place = text.municipality
    return {
        "id": subject.id,
        "external_id": getattr(subject, "external_id", None),
        "kind": found.kind,
        "title": text.title or about(found),
        "url": address(found),
        "score": round(found.score, 4),
        "highlight": str(highlight.snippets(text.body, terms)),
        "documents": [{"name": one.name, "url": document_address(one), "highlight": str(one.text)} for one in found.passages],
        "summary": text.summary,
        "votes": text.score,
        "comments_count": getattr(subject, "comments_count", 0),
        "published_at": text.published_at,
        "author": text.author,
        "handle": subject.handle or None,
        "on": root.id if root else None,
        "municipality": place.name if place else None,
        "place": place,
        **{name: first.get(name) for name in ("region", "nomination", "status", "year")},
        "per_resident": text.figures.per_resident,
        "stale": text.stale,
    }
