"""What administrators do, and nobody else."""

import pytest
from sqlalchemy import select

from forum.accounts.models import MunicipalDomain, Person
from forum.core.events import Event


@pytest.fixture
def admin(visitor, make):
    person = make.admin()
    visitor.sign_in(person)
    return person


def last_event(session):
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    session.expunge_all()
    session.rollback()
    return event


@pytest.mark.parametrize("address", ["/admin", "/admin/domains", "/admin/people/person1"])
def test_only_admins_come_in(browser, make, address):
    browser().open(address, expect=302)
    browser().sign_in(make.person()).open(address, expect=403)
    browser().sign_in(make.moderator()).open(address, expect=403)
    browser().sign_in(make.admin()).open(address)


def test_people_are_found_by_parts_of_their_names(visitor, admin, make):
    make.person("Зоя Кравцова", email="zoya@kaluga.example")
    make.person("Пётр Дёмин")
    words = visitor.open("/admin?q=кравцо").words
    assert "Зоя Кравцова" in words
    assert "Пётр Дёмин" not in words
    assert "Зоя Кравцова" in visitor.open("/admin?q=ZOYA@kaluga").words
    assert "Никого не нашлось" in visitor.open("/admin?q=%25").words
    assert "Зоя" not in visitor.open("/admin?role=moderator").words


def test_a_role_is_given_with_its_regions_and_on_record(visitor, admin, make, session):
    person = make.person(handle="zoya")
    visitor.post("/admin/people/zoya/role", data={"role": "moderator", "regions": ["40"]})
    actor = make.actor(person)
    assert (actor.role, actor.regions) == ("moderator", frozenset(["40"]))
    event = last_event(session)
    assert (event.kind, event.person_id, event.actor_id) == ("admin.role_changed", person.id, admin.id)
    assert event.data == {"was": "employee", "to": "moderator", "before": [], "regions": ["40"]}
    visitor.post("/admin/people/zoya/role", data={"role": "moderator"})
    assert make.actor(person).regions is None
    session.expunge_all()
    session.rollback()
    visitor.post("/admin/people/zoya/role", expect=422, data={"role": "emperor"})
    visitor.post("/admin/people/zoya/role", expect=422, data={"role": "moderator", "regions": ["98"]})
    assert make.actor(person).role == "moderator"


def test_nobody_changes_their_own_role(visitor, admin):
    visitor.post(f"/admin/people/{admin.handle}/role", expect=403, role="employee")
    assert "Свою роль сменить нельзя" in visitor.open(f"/admin/people/{admin.handle}").words


def test_an_admin_verifies_from_the_persons_page(visitor, admin, make, session):
    person = make.person(trusted=False)
    page = visitor.open(f"/admin/people/{person.handle}")
    action = f"/people/{person.handle}/verification"
    answer = visitor.post(action, **page.form(action))
    assert answer.response.location == f"/admin/people/{person.handle}"
    assert session.scalar(select(Person.verified_by_id).where(Person.id == person.id)) == admin.id


def test_domains_are_added_and_removed_on_record(visitor, admin, session):
    form = visitor.open("/admin/domains").form("/admin/domains")
    visitor.post("/admin/domains", **{**form, "domain": "@WWW.Adm-Test.ru"})
    assert session.scalars(select(MunicipalDomain.domain)).all() == ["adm-test.ru"]
    session.rollback()
    assert last_event(session).kind == "admin.domain_added"
    assert "уже в списке" in visitor.post("/admin/domains", expect=422, domain="adm-test.ru", region="").words
    visitor.post("/admin/domains/adm-test.ru/removal")
    assert last_event(session).data == {"domain": "adm-test.ru"}
    assert session.scalars(select(MunicipalDomain.domain)).all() == []


@pytest.mark.parametrize("domain", ["ru", "не домен", "mail.ru", "a..b", "-a.ru", "127.0.0.1", "x" * 200 + ".ru"])
def test_what_is_no_municipal_domain_is_refused(visitor, admin, domain):
    assert visitor.post("/admin/domains", expect=422, domain=domain, region="").form("/admin/domains")["domain"] == domain


def test_the_front_of_administration_tells_how_far_search_lags(sign_in, make, visit):
    sign_in(make.admin())
    assert "Поиск ещё не видел" in visit("/admin").words


def test_domains_come_in_pages_and_by_a_part_of_their_name(visitor, admin, session, make):
    make.region("69", "Тверская область", x=69, y=2)
    session.add_all(MunicipalDomain(domain=f"adm{number:02}.ru", region_code="69" if number == 7 else None) for number in range(60))
    session.commit()
    first = visitor.open("/admin/domains")
    assert "adm00.ru" in first.words and "adm59.ru" not in first.words
    second = visitor.open(next(link for link in first.links() if "page=" in link))
    assert "adm59.ru" in second.words and "adm00.ru" not in second.words
    found = visitor.open("/admin/domains?q=ADM4")
    assert found.words.count(".ru Убрать") == 10
    assert "adm07.ru" in visitor.open("/admin/domains?q=69").words
    back = visitor.post("/admin/domains/adm41.ru/removal", **found.form("/adm41.ru/removal"))
    assert back.response.location == "/admin/domains?q=ADM4"
    assert "Такого домена нет" in visitor.open("/admin/domains?q=%25").words
