"""A municipality became another: the people of the one that there is now look after its practices."""

from datetime import timedelta

from forum.core.clock import now
from forum.practices import ownership


def merged(town, make):
    """The town of the fixture is part of another now; somebody who works there."""
    heir = make.place("Новый округ", region=town.place.region_code)
    place = town.session.get_one(type(town.place), town.place.id)
    place.successor_id = heir.id
    town.session.commit()
    return heir, make.person("Пётр Наследник", municipality=heir)


def test_its_people_edit_take_over_and_confirm(town, make):
    heir, person = merged(town, make)
    stranger = make.person("Чужой", municipality=make.place(region="69"))
    practice = town.now()
    practice.keeper_id, practice.check_at = None, now() - timedelta(days=1)
    town.session.commit()
    reader, id = town.as_(person), practice.id
    town.as_(stranger).open(f"/practices/{id}/edit", 403)
    reader.open(f"/practices/{id}/edit")
    assert practice.title in reader.open("/account/practices").words
    reader.post(f"/practices/{id}/keeper", 303, contact="8 (484) 555-01-06")
    assert town.now().keeper_id == person.id
    reader.post(f"/practices/{id}/confirmation", 303)
    assert town.now().confirmed_at is not None
    assert ownership.mend(town.session) == 0  # by night nobody takes it away
    assert person.id in [one.id for one in town.session.execute(ownership.colleagues(town.place.id))]


def test_both_pages_lead_to_each_other_and_the_new_one_lists_what_it_came_by(town, make, visit):
    heir, _person = merged(town, make)
    page = visit(f"/municipalities/{heir.id}")
    assert f"/municipalities/{town.place.id}" in page.links() and town.practice.title in page.words
    assert f"/municipalities/{heir.id}" in visit(f"/municipalities/{town.place.id}").links()
    town.now().hide(by=make.actor(make.moderator()), reason="Проверяем")
    town.session.commit()
    assert town.practice.title not in visit(f"/municipalities/{heir.id}").words


def test_who_only_says_they_work_there_has_no_part_in_it(town, make):
    _heir, person = merged(town, make)
    person = town.session.get_one(type(person), person.id)
    person.unproved_place = True
    town.session.commit()
    town.as_(person).open(f"/practices/{town.practice.id}/edit", 403)
