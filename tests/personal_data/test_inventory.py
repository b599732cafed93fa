"""Whatever refers to a person is in the inventory: nothing is forgotten in a copy or an erasure."""

from forum.core.model import Base
from forum.entries.models import Entry
from forum.personal_data.inventory import CONTINUED, INVENTORY, SECRET


def test_every_reference_to_people_is_in_the_inventory(app):
    people = Base.metadata.tables["people"]
    referring = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table is people for key in column.foreign_keys)
    }
    assert {(place.table, place.column) for place in INVENTORY} == referring


def test_every_kind_of_entry_is_taken_along(app):
    kinds = {mapper.local_table.name for mapper in Entry.__mapper__.self_and_descendants} - {"entries"}
    assert kinds == set(CONTINUED)


def test_what_sounds_like_a_secret_is_one(app):
    copied = {place.table for place in INVENTORY if place.copied} | {"people"}
    words = ("secret", "hash", "digest", "token", "password")
    suspicious = {
        column.name for name in copied for column in Base.metadata.tables[name].columns if any(word in column.name for word in words)
    }
    assert suspicious <= SECRET
