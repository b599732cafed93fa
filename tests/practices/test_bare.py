"""What results read of a practice past the unit of work is what the card itself says."""

from dataclasses import fields

from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.entries.public_text import PublicText
from forum.extensions import db
from forum.places.plain import plain
from forum.practices.models import Practice
from forum.search import documents


def told(text: PublicText) -> dict[str, object]:
    """All that a text says, the place as results show it."""
    return {field.name: getattr(text, field.name) for field in fields(text)} | {"municipality": plain(text.municipality)}


def test_every_practice_of_the_demonstration_reads_the_same_either_way(demonstration):
    with demonstration.app_context(), Session(db.engine) as session:
        cards = session.scalars(documents.public_of("practice")).all()
        bare = {one.id: one for one in Practice.bare(session, [card.id for card in cards])}
        assert len(cards) > 40 and len(bare) == len(cards)
        assert any(card.tags for card in cards) and any(card.status == "failed" for card in cards)
        for card in cards:
            own = bare[card.id]
            assert (own.headline, own.slug, own.external_id, own.kind) == (card.headline, card.slug, card.external_id, card.kind)
            text = card.public_text()
            assert (own.public_text() is None) == (text is None)
            if text is not None:
                assert told(own.public_text()) == told(text)


def test_without_a_place_without_a_name_and_hidden(make, session):
    nowhere, unsigned, hidden = make.practice("Нигде"), make.practice("Без имени", status="failed"), make.practice("Скрыта")
    nowhere.municipality_id = nowhere.municipality = nowhere.region = None
    unsigned.anonymous = True
    hidden.state = "hidden"
    session.commit()
    found = {one.id: one.public_text() for one in Practice.bare(session, [nowhere.id, unsigned.id, hidden.id])}
    assert found[hidden.id] is None
    assert found[nowhere.id].municipality is None and found[nowhere.id].facets["region"] == []
    assert found[unsigned.id].author == "" and found[nowhere.id].author == session.get(Person, nowhere.author_id).name
