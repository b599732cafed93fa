"""Adoptions as people meet them: the way from a practice's page to a result that counts, and what others may do."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from forum.adoptions.models import Adoption, AdoptionNote
from forum.practices.models import Indicator, Practice


@pytest.fixture
def practice(make):
    return make.practice("Светлые дворы", indicators=[Indicator("Расход энергии", "тыс. кВт·ч", 410, 197)])


def photo():
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "gray").save(file, "JPEG")
    return io.BytesIO(file.getvalue()), "двор.jpg"


def page_of(practice):
    return f"/practices/{practice.id}/{practice.slug}"


def test_a_town_goes_from_interest_to_a_result_that_counts(make, session, browser, practice):
    keeper, author = browser().sign_in(make.person(region="69")), browser().sign_in(practice.author)
    opening = keeper.open(f"/practices/{practice.id}/adoptions/new").form("/adoptions")
    there = keeper.post(f"/practices/{practice.id}/adoptions", 303, **opening | {"body": "Хотим **так же**."}).response.location
    assert "внедряет 1 муниципалитет" in keeper.open(page_of(practice)).words.lower()
    form = keeper.open(f"{there}/notes/new?stage=launch").form("/notes")
    assert form["stage"] == "launch"
    keeper.post(f"{there}/notes", 303, **form | {"body": "Купили светильники."})
    keeper.post(f"{there}/notes", 303, **form | {"stage": "result", "body": "Дворы светлые.", "once": "other-key-of-this-form"})
    details = keeper.open(f"{there}/edit").form("/edit")
    assert details["indicators-0-name"] == "Расход энергии" and details["indicators-0-before"] == ""
    figures = {"indicators-0-before": "100", "indicators-0-after": "60", "costs-local": "620 000", "advice": "Начните со схемы."}
    keeper.post(f"{there}/edit", 303, **details | figures)
    assert "Муниципалитет сообщает о результате" in author.open(there).words
    author.post(f"{there}/confirmation", 303)
    words = browser().open(there).words
    assert (
        "Внедрили, результат подтверждён" in words and "−40 %" in words.replace("\N{NO-BREAK SPACE}", " ") and "Начните со схемы." in words
    )
    assert session.get_one(Practice, practice.id, populate_existing=True).list_adoptions == 1
    told = browser().open(f"/practices/{practice.id}/adoptions").words
    assert "Внедрил 1 муниципалитет" in told and "У авторов практики" in told
    assert "Дворы светлые." in browser().open(f"/practices/{practice.id}/adoptions/feed.atom", check=False).text


def test_a_refusal_is_told_with_its_obstacle_and_nothing_typed_is_lost(make, browser, practice):
    make.obstacle()
    person = make.person(region="69")
    there = f"/adoptions/{make.adoption(practice, person).id}"
    keeper = browser().sign_in(person)
    form = keeper.open(f"{there}/notes/new").form("/notes")
    refused = keeper.post(f"{there}/notes", 422, **form | {"stage": "refused", "body": "Бюджет урезали."})
    assert "Выберите, что помешало" in refused.words and refused.form("/notes")["body"] == "Бюджет урезали."
    keeper.post(f"{there}/notes", 303, **form | {"stage": "refused", "body": "Бюджет урезали.", "obstacle": "money"})
    assert "Не нашлось денег." in browser().open(there).words
    assert "Почему отказывались" in browser().open(f"/practices/{practice.id}/adoptions").words


def test_photos_stand_in_the_timeline_and_need_a_description(make, session, browser, practice):
    person = make.person(region="69")
    there = f"/adoptions/{make.adoption(practice, person).id}"
    keeper = browser().sign_in(person)
    form = keeper.open(f"{there}/notes/new").form("/notes") | {"body": "Вот двор."}
    assert "Опишите, что на фото" in keeper.post(f"{there}/notes", 422, data=form | {"photo1": photo()}).words
    document = keeper.post(f"{there}/notes", 422, data=form | {"photo1": (io.BytesIO(b"text"), "двор.txt"), "alt1": "Двор ночью"}).words
    assert "Это не картинка. Подойдут JPEG, PNG и WebP. На каком" in document
    keeper.post(f"{there}/notes", 303, data=form | {"photo1": photo(), "alt1": "Двор ночью"})
    assert [note.photos != [] for note in session.scalars(select(AdoptionNote).order_by(AdoptionNote.id))] == [False, True]
    assert 'alt="Двор ночью"' in browser().open(there).text


def test_a_colleague_joins_and_leaves_and_strangers_keep_out(make, browser, practice):
    person = make.person(region="69")
    there = f"/adoptions/{make.adoption(practice, person).id}"
    colleague = browser().sign_in(make.person("Ольга", municipality=person.municipality))
    colleague.post(f"{there}/people", 303)
    colleague.open(f"{there}/edit")
    colleague.post(f"{there}/people", 303, value="0")
    colleague.open(f"{there}/edit", 403)
    stranger = browser().sign_in(make.person(region="71"))
    for address in ("people", "notes", "edit", "confirmation", "question", "reminders", "practice"):
        stranger.post(f"{there}/{address}", 403)


def test_what_a_second_of_the_town_wrote_meanwhile_is_not_lost(make, session, browser, practice):
    person = make.person(region="69")
    first, second = browser().sign_in(person), browser().sign_in(make.person("Ольга", municipality=person.municipality))
    where = f"/practices/{practice.id}/adoptions"
    forms = [one.open(f"{where}/new").form("/adoptions") for one in (first, first, second)]
    first.post(where, 303, **forms[0] | {"body": "Начинаем с трёх дворов."})
    first.post(where, 303, **forms[1] | {"body": "И с одного сквера."})
    second.post(where, 303, **forms[2] | {"body": "Склад даст опоры."})
    second.post(where, 303, **forms[2] | {"body": "Склад даст опоры.", "once": "another-key"})
    adoption = session.scalars(select(Adoption)).one()
    said = [note.body for note in session.scalars(select(AdoptionNote).order_by(AdoptionNote.id))]
    assert said == ["Начинаем с трёх дворов.", "И с одного сквера.", "Склад даст опоры."]
    assert "Склад даст опоры." in browser().open(f"/adoptions/{adoption.id}").words


def test_who_writes_after_the_fact_says_when_it_began(make, session, browser, practice):
    keeper = browser().sign_in(make.person(region="69"))
    where = f"/practices/{practice.id}/adoptions"
    form = keeper.open(f"{where}/new").form("/adoptions") | {"body": "Начали весной."}
    assert "ещё не наступил" in keeper.post(where, 422, **form | {"happened_on": "01.01.2999"}).words
    keeper.post(where, 303, **form | {"happened_on": "05.03.2024"})
    there = f"/adoptions/{session.scalars(select(Adoption.id)).one()}"
    session.commit()
    notes = keeper.open(f"{there}/notes/new").form("/notes")
    keeper.post(f"{there}/notes", 303, **notes | {"stage": "launch", "body": "Запустили.", "happened_on": "01.02.2024"})
    notes = keeper.open(f"{there}/notes/new").form("/notes")
    keeper.post(f"{there}/notes", 303, **notes | {"stage": "result", "body": "Светло.", "happened_on": "01.02.2024"})
    dates = keeper.open(there).tree.findall(".//article/p[@class='eyebrow']/span")[-1]
    assert "".join(dates.itertext()).split() == ["1", "февраля", "2024"]  # from and until are one day


def test_who_helps_to_keep_a_record_neither_votes_for_it_nor_reports_it(make, browser, practice):
    person = make.person(region="69")
    adoption = make.adoption(practice, person)
    colleague = browser().sign_in(make.person("Ольга", municipality=person.municipality))
    colleague.post(f"/adoptions/{adoption.id}/people", 303)
    colleague.post(f"/entries/{adoption.id}/vote", 403, value="1")
    assert "Пожаловаться" not in colleague.open(f"/adoptions/{adoption.id}").words


def test_a_town_in_a_profile_proves_nothing(make, session, browser, practice):
    person = make.person(region="69")
    there = f"/adoptions/{make.adoption(practice, person).id}"
    claims = browser().sign_in(make.person("Пётр", trusted=False, municipality=person.municipality))
    claims.post(f"{there}/people", 403)
    refused = claims.post(f"/practices/{practice.id}/adoptions", 422, body="Мы тоже начали.")
    assert "попросите модератора подтвердить вас" in refused.words and "Мы тоже начали." in refused.text
    claims.open(f"{there}/edit", 403)


def test_nobody_judges_the_result_of_their_own_town(make, browser, practice):
    person = make.person(region="69")
    there = f"/adoptions/{make.adoption(practice, person, stage='result').id}"
    browser().sign_in(make.moderator(municipality=person.municipality)).post(f"{there}/confirmation", 403)
    browser().sign_in(make.moderator(region="71", regions=["71"])).post(f"{there}/confirmation", 403)
    browser().sign_in(make.moderator(region="71", regions=["40"])).post(f"{there}/confirmation", 303)


def test_a_question_is_asked_answered_and_then_confirmed(make, browser, practice):
    person = make.person(region="69")
    there = f"/adoptions/{make.adoption(practice, person, stage='result').id}"
    author, keeper = browser().sign_in(practice.author), browser().sign_in(person)
    author.post(f"{there}/question", 422, question=" ")
    author.post(f"{there}/question", 303, **author.open(f"{there}/question").form("/question") | {"question": "Сколько светильников?"})
    assert "О вашем результате спрашивают" in keeper.open(there).words
    keeper.post(f"{there}/notes", 303, **keeper.open(f"{there}/notes/new").form("/notes") | {"body": "Сорок."})
    author.post(f"{there}/confirmation", 303)
    assert "результат подтверждён" in browser().open(there).words


def test_who_cant_adopt_is_told_calmly_what_is_missing(make, session, browser, practice):
    assert "/login?next=" in browser().open(page_of(practice)).text
    at_home = browser().sign_in(make.person(municipality=practice.municipality))
    assert "Это практика вашего муниципалитета" in at_home.open(f"/practices/{practice.id}/adoptions/new").words
    at_home.post(f"/practices/{practice.id}/adoptions", 403)
    assert "Внедряем у себя" not in at_home.open(page_of(practice)).words
    homeless = make.person(region="69")
    homeless.municipality = None
    session.commit()
    assert "не указан" in browser().sign_in(homeless).open(f"/practices/{practice.id}/adoptions/new").words


def test_a_practice_of_ones_own_begins_from_a_result_with_its_donor(make, session, browser, practice):
    person = make.person(region="69")
    adoption = make.adoption(practice, person, stage="result", confirmed=True)
    keeper = browser().sign_in(person)
    keeper.post(f"/adoptions/{adoption.id}/practice", 303)
    own = session.scalars(select(Practice).where(Practice.donor_id == practice.id)).one()
    assert (own.author_id, own.state, own.municipality_id, own.results) == (
        person.id,
        "draft",
        person.municipality_id,
        "Светильники заменили.",
    )
    own.write("problem", "Темно.")
    own.write("solution", "Светильники.")
    own.summary = "Светло и у нас."
    own.publish(by=make.actor(person))
    session.commit()
    family = browser().open(f"/practices/{practice.id}/adoptions").tree.find(".//ul[@class='family']")
    assert family is not None and len(family.findall(".//li")) == 2


def test_two_who_change_the_same_figures_are_told(make, session, browser, practice):
    person = make.person(region="69")
    adoption = make.adoption(practice, person, stage="result")
    keeper = browser().sign_in(person)
    form = keeper.open(f"/adoptions/{adoption.id}/edit").form("/edit")
    keeper.post(f"/adoptions/{adoption.id}/edit", 303, **form | {"advice": "Раз."})
    keeper.post(f"/adoptions/{adoption.id}/edit", 303, **form | {"changed": "Другое поле."})
    clash = keeper.post(f"/adoptions/{adoption.id}/edit", 409, **form | {"advice": "Два."})
    keeper.post(f"/adoptions/{adoption.id}/edit", 303, **clash.form("/edit"))
    found = session.get_one(Adoption, adoption.id, populate_existing=True)
    assert (found.advice, found.changed) == ("Два.", "Другое поле.")


def test_votes_for_ones_own_record_are_a_number_with_a_word(make, browser, practice):
    person = make.person(region="69")
    adoption = make.adoption(practice, person)
    (alone,) = browser().sign_in(person).open(f"/adoptions/{adoption.id}").tree.findall(".//*[@class='score alone']")
    assert "".join(alone.itertext()) == "Голоса: 0" and alone.find(".//*[@class='sr']") is None


def test_towns_regions_and_people_show_what_they_adopted(make, browser, practice):
    person = make.person(region="69")
    make.adoption(practice, person)
    for address in (f"/municipalities/{person.municipality_id}", "/regions/69", f"/people/{person.handle}"):
        assert "Светлые дворы" in browser().open(f"{address}/adoptions").words
        assert f"{address}/adoptions" in browser().open(address).links()


def test_an_adoption_is_found_by_search_and_talked_about(app, make, browser, practice):
    adoption = make.adoption(practice, stage="result")
    member = browser().sign_in(make.person("Пётр"))
    member.post(f"/entries/{adoption.id}/comments", 303, body="Какие светильники взяли?")
    member.post(f"/entries/{adoption.id}/vote", 303, value="1")
    assert "Какие светильники взяли?" in browser().open(f"/adoptions/{adoption.id}").words


def test_forms_name_the_town_in_the_language_of_their_reader(make, browser, practice):
    town = make.place("Боровичи", region="53", name_en="Borovichi")
    keeper, colleague = make.person(municipality=town), make.person(municipality=town, lang="en")
    adoption = make.adoption(practice, keeper)
    for person, name in ((keeper, "Боровичи"), (colleague, "Borovichi")):
        reader = browser().sign_in(person)
        reader.post(f"/practices/{practice.id}/adoptions", 303)
        for form in ("notes/new", "edit"):
            assert f"{name} – Светлые дворы" in reader.open(f"/adoptions/{adoption.id}/{form}").words
