"""A practice belongs to its municipality: people known to work there change it, others don't, and its author is told."""

from sqlalchemy import select

from forum.accounts.digests import digest
from forum.accounts.models import ApiToken, Person
from forum.entries.models import Revision


def edited(town, person, expect=303, **fields):
    """The form as the person sees it, sent with other words."""
    browser = town.as_(person)
    form = browser.open(f"/practices/{town.practice.id}/edit").form("/edit") | {"action": "save"} | fields
    return browser.post(f"/practices/{town.practice.id}/edit", expect=expect, token=False, data=form)


def test_a_colleague_edits_without_a_reason_and_the_author_is_told(town):
    edited(town, town.colleague, title="Светлые дворы и парк")
    assert town.now().title == "Светлые дворы и парк"
    last = town.session.scalar(select(Revision).order_by(Revision.id.desc()))
    assert last.author_id == town.colleague.id
    assert town.told(town.author) == ["keeping"]
    assert "Ваш коллега изменил практику" in town.as_(town.author).open("/notifications").words


def test_what_the_author_changes_is_news_to_nobody(town):
    edited(town, town.author, title="Светлые дворы и парк")
    assert (town.told(town.author), town.told(town.colleague)) == ([], [])


def test_strangers_the_unproved_and_drafts_stay_outside(town, make):
    address = f"/practices/{town.practice.id}/edit"
    for stranger in (make.person(), make.person(municipality=town.place, trusted=False), make.person(municipality=None)):
        browser = town.as_(stranger)
        browser.open(address, expect=403)
        browser.post(address, expect=403, title="Чужое")
    draft = make.practice(state="draft", author=town.author, municipality=town.place)
    town.as_(town.colleague).open(f"/practices/{draft.id}/edit", expect=404)


def test_who_names_another_municipality_gets_no_hold_of_its_practices_until_vouched_for(town, make, browser):
    newcomer = make.person("Олег Новый")
    visitor = browser().sign_in(newcomer)
    form = visitor.open("/account").form("/account") | {"municipality": "Обнинск, Калужская область"}
    visitor.post("/account", token=False, data=form)
    visitor.open(f"/practices/{town.practice.id}/edit", expect=403)
    assert "Место работы ещё не подтверждено" in visitor.open("/account/practices").words
    browser().sign_in(make.moderator()).post(f"/people/{newcomer.handle}/verification")
    visitor.open(f"/practices/{town.practice.id}/edit")
    town.session.commit()
    assert not town.session.get(Person, newcomer.id, populate_existing=True).unproved_place


def test_a_colleague_cannot_give_it_to_another_municipality(town, make):
    other = make.place("Тарбагатай")
    page = edited(town, town.colleague, expect=422, municipality=f"{other.name}, Калужская область")
    assert "Практика принадлежит вашему муниципалитету" in page.words
    assert town.now().municipality_id == town.place.id


def test_a_program_of_a_colleague_changes_it_too(town):
    town.session.add(ApiToken(person_id=town.colleague.id, name="обмен", digest=digest("key"), scope="write"))
    town.session.commit()
    sent = {"json": {"title": "Дворы со светом"}, "headers": {"Authorization": "Bearer key"}}
    answer = town.browser().client.patch(f"/api/v1/practices/{town.practice.id}", **sent)
    assert (answer.status_code, answer.json["title"]) == (200, "Дворы со светом")
    assert town.told(town.author) == ["keeping"]
