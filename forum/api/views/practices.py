"""Reading and writing practices."""

from typing import Any

from flask import g, url_for

from forum.api import near, queries, shapes, writing
from forum.api.blueprint import v1
from forum.api.body import json_body
from forum.api.schemas.answers import PracticeShape, PracticesPage
from forum.api.schemas.card import CardChange, NewCard
from forum.api.schemas.questions import PracticesQuestion
from forum.attachments.queries import documents_of
from forum.entries.policy import can_edit
from forum.entries.queries import kept_instead
from forum.extensions import db
from forum.practices.filters import NAMES, Filters, Near
from forum.practices.models import Practice
from forum.practices.peers import standings
from forum.practices.reference import reference
from forum.practices.views.listing import weights
from forum.web.access import access, everyone, require
from forum.web.lookup import find_or_404


def sent_as(shape: type) -> dict[str, Any]:
    """How the description tells what is sent; it is `practices.importing` that reads it."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": shape}}}}


@v1.get("/practices")
@access(everyone, cache=True, csrf="none")
@v1.arguments(PracticesQuestion, location="query")
@v1.response(200, PracticesPage)
def practices(asked: dict[str, Any]) -> dict[str, Any]:
    """Published practices"""
    values: dict[str, Any] = {name: tuple(dict.fromkeys(asked[name])) for name in NAMES}
    town = near.town(asked)
    chosen = Filters(**values, sort=asked["sort"], near=Near(town, str(town.id)) if town else None)
    page = queries.items(db.session(), chosen, reference(db.session()), weights, asked.get("cursor"), asked["limit"])
    return {"items": [shapes.item(row) for row in page.items], "next": page.next}


@v1.get("/practices/<int:id>")
@access(everyone, cache=True, csrf="none")
@v1.response(200, PracticeShape)
def practice(id: int) -> dict[str, Any]:
    """One practice, the whole card; of one that was merged into another, that other's"""
    return _card(kept_instead(db.session(), id) or id)


@v1.post("/practices")
@access(everyone, csrf="none")
@v1.doc(**sent_as(NewCard))
@v1.response(201, PracticeShape)
def create() -> tuple[dict[str, Any], dict[str, str]]:
    """Write a practice; a draft unless `publish`"""
    written = writing.create(db.session(), json_body(), g.actor)
    return _card(written.id), {"Location": url_for("api.practice", id=written.id)}


@v1.patch("/practices/<int:id>")
@access(everyone, csrf="none")
@v1.doc(**sent_as(CardChange))
@v1.response(200, PracticeShape)
def change(id: int) -> dict[str, Any]:
    """Change fields of a practice of one's own, of one's municipality, or of one's scope as a moderator"""
    found = find_or_404(queries.for_writing(id, g.actor))
    require(can_edit(g.actor, found))
    writing.change(db.session(), found, json_body(), g.actor)
    return _card(id)


def _card(id: int) -> dict[str, Any]:
    found: Practice = find_or_404(queries.practice(id, g.actor).execution_options(populate_existing=True))
    donor = db.session.execute(queries.donor(found.donor_id, g.actor)).one_or_none() if found.donor_id else None
    files = db.session.scalars(documents_of(found.id)).all()
    return shapes.card(found, donor, files, g.actor, standings(db.session(), [found]).get(found.id))
