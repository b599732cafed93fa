"""Who asked not to be named is named nowhere: one walk through every place that names authors, as everybody who might read it."""

import json

import pytest

from forum.adoptions import actions
from forum.entries.models import Entry
from forum.follows import models as follows

NAME, HANDLE, POSITION, CONTACT = "Аполлинария Горностаева", "gornostaeva", "Смотритель маяка", "apollinaria@gornostaeva.example"


@pytest.fixture
def author(make):
    return make.person(NAME, handle=HANDLE, position=POSITION, email=CONTACT)


@pytest.fixture
def others(make, browser, author):
    """Everybody who must not read the name: a guest, a stranger, a colleague of the same town."""
    stranger = make.person("Анна Ветрова", region="69")
    colleague = make.person("Пётр Ильин", municipality=author.municipality)
    return {"guest": browser(), "stranger": browser().sign_in(stranger), "colleague": browser().sign_in(colleague)}, stranger


def index(app, session):
    session.commit()
    assert app.test_cli_runner().invoke(args=["search", "drain"]).exit_code == 0


def withhold(session, make, entry, author):
    session.get_one(Entry, entry.id, populate_existing=True).withhold_name(make.actor(author))
    session.commit()


def says(browser, address):
    response = browser.client.get(address, follow_redirects=True)
    assert response.status_code in (200, 401), f"{address}: {response.status_code}"  # 401: a page to sign in, at the same address
    text = response.get_data(as_text=True)
    return text if response.mimetype != "application/json" else json.dumps(response.get_json(), ensure_ascii=False)


def leaks(browsers, addresses, but=()):
    words = [NAME, NAME.split()[1], HANDLE, POSITION, CONTACT]
    found = {}
    for who, browser in browsers.items():
        for address in addresses:
            text = says(browser, address)
            said = [word for word in words if word in text]
            if said and address not in but:
                found[who, address] = said
    return found


@pytest.fixture
def told(app, session, make, author, others):
    """A practice that did not work, talked about by its author and by others."""
    practice = make.practice(
        "Мусорные баки под землёй", author=author, status="failed", contact=CONTACT, municipality=author.municipality
    )
    stranger = others[1]
    asked = make.comment(practice, "Почему встал подъёмник?", author=stranger)
    answered = make.comment(practice, "Грунтовые воды поднялись выше проекта.", author=author, parent=asked)
    again = make.comment(practice, "А насос не помог?", author=stranger, parent=answered)
    withhold(session, make, practice, author)
    late = make.comment(practice, "Насос стоил бы дороже баков.", author=author, parent=again)
    return practice, answered, late


def places(practice, comment):
    here, number = f"/practices/{practice.id}/{practice.slug}", practice.id
    pages = [here, f"{here}?order=new", f"/practices/{number}/passport?comments=1"]
    pages += [f"/practices/{number}/history", f"/practices/{number}/history/1"]
    lists = ["/", "/practices", "/practices?status=failed", "/failures", "/regions/40", f"/municipalities/{practice.municipality_id}"]
    lists += [f"/municipalities/{practice.municipality_id}?tab=people", "/regions/40?tab=people", "/badges", f"/compare?id={number}"]
    feeds = ["/feed.atom", "/regions/40/feed.atom", f"/municipalities/{practice.municipality_id}/feed.atom", "/sitemap.xml"]
    said = [f"/comments/{comment.id}", f"/comments/{comment.id}/history", f"/entries/{number}/comments/new?parent={comment.id}"]
    api = [f"/api/v1/practices/{number}", "/api/v1/practices", f"/api/v1/practices/{number}/comments"]
    search = ["/search?q=баки+под+землёй", "/search?q=грунтовые+воды", "/search?q=подъёмник&kind=comment", "/api/v1/search?q=баки"]
    search += ["/api/v1/search?q=насос&kind=comment", "/api/v1/search?q=грунтовые&kind=comment"]
    return [*pages, *lists, *feeds, *said, *api, *search]


def test_no_place_that_names_authors_names_who_asked_not_to_be(app, session, told, others):
    practice, answered, _late = told
    index(app, session)
    assert leaks(others[0], places(practice, answered)) == {}
    page = says(others[0]["guest"], f"/practices/{practice.id}/{practice.slug}")
    assert "Автор практики" in page and "Автор попросил не называть имени" in page and "Город" in page


def test_the_same_places_do_name_who_did_not_ask(app, session, make, author, others):
    practice = make.practice("Мусорные баки под землёй", author=author, status="failed", contact=CONTACT, municipality=author.municipality)
    comment = make.comment(practice, "Грунтовые воды поднялись выше проекта.", author=author)
    index(app, session)
    browsers = {"stranger": others[0]["stranger"]}
    assert len(leaks(browsers, places(practice, comment))) >= 12  # or the walk above would prove nothing


def test_the_page_of_the_person_and_the_search_for_them_know_nothing_of_it(app, session, told, others):
    practice = told[0]
    index(app, session)
    for browser in others[0].values():
        for more in ("", "?tab=comments", "?tab=thanks", "/adoptions"):
            address = f"/people/{HANDLE}{more}"
            text = says(browser, address)
            assert practice.title not in text and "Грунтовые" not in text and "Насос" not in text, address
        for question in ("/search?q=автор:", "/search?q=", "/api/v1/search?q=автор:", "/api/v1/search?q="):
            address = f"{question}Горностаева"
            text = says(browser, address)
            assert practice.title not in text and f"/practices/{practice.id}" not in text, address


def test_the_author_finds_it_and_moderators_and_the_admin_see_whose_it_is(app, session, make, author, told, browser):
    practice = told[0]
    own = browser().sign_in(author)
    assert practice.title in says(own, f"/people/{HANDLE}")
    assert "Ваше имя здесь не названо" in says(own, f"/practices/{practice.id}/{practice.slug}")
    for person in (make.moderator(), make.admin()):
        assert NAME in says(browser().sign_in(person), f"/entries/{practice.id}/moderation")


def test_notices_letters_and_the_feed_of_those_who_follow_do_not_name_them(app, session, make, author, others, told, work, letters):
    practice, answered, _late = told
    browsers, stranger = others
    make_follower = make.person("Игорь Зорин", region="69")
    follows.follow(session, make.actor(make_follower), "person", author.id)
    follows.follow(session, make.actor(make_follower), "entry", practice.id)
    session.commit()
    second = make.practice("Урны с датчиками", author=author, status="failed", state="draft")
    withhold(session, make, second, author)
    session.get_one(Entry, second.id, populate_existing=True).publish(by=make.actor(author))
    make.comment(practice, "Летом попробуем снова.", author=author)
    work(later=True)
    written = "\n".join(str(letter) for letter in letters() if letter[0] != author.email)
    assert NAME not in written and "Горностаева" not in written
    seen = says(browsers["stranger"], "/notifications")
    assert "Автор практики" in seen and "Горностаева" not in seen
    follower = {"follower": type(browsers["guest"])(app).sign_in(make_follower)}
    assert leaks(follower, ["/notifications", "/following"]) == {}
    assert "Урны с датчиками" not in says(follower["follower"], "/following")


def test_what_is_exported_has_neither_name_nor_contact(app, told, tmp_path):
    file = tmp_path / "all.jsonl"
    assert app.test_cli_runner().invoke(args=["practices", "export", str(file)]).exit_code == 0
    [row] = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert row["anonymous"] is True and not {NAME, CONTACT} & set(map(str, row.values()))


def test_a_refusal_without_names_is_the_towns_alone(app, session, make, author, others):
    practice = make.practice("Светлые дворы", municipality=make.place("Клин", region="69"))
    adoption = make.adoption(practice, author, stage="refused")
    joined = make.person("Раиса Кедрова", municipality=author.municipality)
    make.comment(adoption, "Сети оказались не нашими.", author=author)
    withhold(session, make, adoption, author)
    actions.join(session, session.get_one(type(adoption), adoption.id, populate_existing=True), make.actor(joined))
    session.commit()
    index(app, session)
    here = [f"/adoptions/{adoption.id}", f"/practices/{practice.id}/{practice.slug}", f"/practices/{practice.id}/adoptions", "/failures"]
    here += [f"/practices/{practice.id}/adoptions/feed.atom", "/regions/40/adoptions", f"/api/v1/practices/{practice.id}/adoptions"]
    here += ["/api/v1/search?q=сети&kind=comment", "/api/v1/search?q=светлые&kind=adoption", "/search?q=сети", "/regions/40?tab=people"]
    assert leaks(others[0], here) == {}
    assert "Раиса Кедрова" not in says(others[0]["stranger"], here[0])
    assert "Светлые дворы" not in says(others[0]["guest"], f"/people/{HANDLE}/adoptions")


def test_the_name_can_be_given_again_and_then_stands_everywhere(app, session, make, author, told, browser):
    practice = told[0]
    session.get_one(Entry, practice.id, populate_existing=True).give_name(make.actor(author))
    session.commit()
    page = says(browser(), f"/practices/{practice.id}/{practice.slug}")
    assert page.count(NAME) >= 3 and "Автор практики" not in page


def test_who_kept_a_refusal_with_others_can_not_name_them_again(session, make, author):
    adoption = make.adoption(make.practice(municipality=make.place(region="69")), author, stage="refused")
    joined = make.person(municipality=author.municipality)
    actions.join(session, adoption, make.actor(joined))
    withhold(session, make, adoption, author)
    entry = session.get_one(type(adoption), adoption.id, populate_existing=True)
    with pytest.raises(Exception, match=r"adoption\.others_unsigned"):
        entry.give_name(make.actor(author))
    assert entry.anonymous


def test_colleagues_who_may_edit_it_neither_read_nor_give_the_name(session, told, others):
    colleague, id = others[0]["colleague"], told[0].id
    where = ["/account/practices", f"/practices/{id}/keeper", f"/practices/{id}/edit", f"/practices/{id}/history"]
    assert leaks({"colleague": colleague}, where) == {}
    fields = colleague.open(f"/practices/{id}/edit").form(f"/practices/{id}/edit")
    assert "anonymous" not in fields
    colleague.post(f"/practices/{id}/edit", 303, data=fields | {"anonymous": "0", "title": "Баки под землёй"})
    entry = session.get(Entry, id, populate_existing=True)
    assert entry.anonymous and entry.headline == "Баки под землёй"
