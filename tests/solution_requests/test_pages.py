"""Requests as people meet them: asking, offering, thanking, and every way one can end."""

import pytest
from sqlalchemy import select

from forum.practices.models import Practice
from forum.search import indexing
from forum.solution_requests.models import Offer, SolutionRequest

ASKED = {"title": "Чем чистить тротуары", "problem": "Техники нет, а **дворников** двое.", "most_cost": "1 200 000", "tags": "дворы"}


def address(request):
    return f"/requests/{request.id}/{request.slug}"


@pytest.fixture
def practice(make):
    return make.practice("Светлые дворы без своей техники")


def test_a_town_asks_and_everybody_reads_it(make, session, browser):
    asker = browser().sign_in(make.person("Инна Белова", region="69"))
    form = asker.open("/requests/new?title=Чем+чистить").form("/requests")
    assert form["title"] == "Чем чистить" and form["municipality"].endswith("Область 69") and form["until"]
    there = asker.post("/requests", 303, **form | ASKED).response.location
    page = browser().open(there)
    assert page.heading == "Чем чистить тротуары" and "<strong>дворников</strong>" in page.text
    assert "1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}000" in page.text and "/login?next=" in page.text
    made = session.scalars(select(SolutionRequest)).one()
    assert browser().open(f"/requests/{made.id}", 301).response.location == there
    assert "Чем чистить тротуары" in browser().open("/requests").words
    assert "Чем чистить тротуары" in browser().open("/").words
    assert "Чем чистить тротуары" in browser().open("/requests/feed.atom", check=False).text


def test_nothing_typed_is_lost_where_something_is_missing(make, browser):
    asker = browser().sign_in(make.person(region="69"))
    form = asker.open("/requests/new").form("/requests")
    page = asker.post("/requests", 422, **form | {"problem": "Длинно.", "most_cost": "много", "until": "01.01.2001", "tags": "дворы"})
    assert "Напишите одной фразой" in page.words and "целое число" in page.words
    assert "нет ли лишних нулей" in asker.post("/requests", 422, **form | {"most_cost": "9" * 20}).words
    again = page.form("/requests")
    assert (again["problem"], again["most_cost"], again["tags"]) == ("Длинно.", "много", "дворы")
    past = asker.post("/requests", 422, **form | ASKED | {"until": "01.01.2001", "once": "another-key"})
    assert "уже прошёл" in past.words and past.form("/requests")["title"] == ASKED["title"]


def test_what_fits_is_shown_before_and_after(app, make, session, browser, practice):
    indexing.drain(session, app.extensions["search"])
    session.commit()
    person = make.person(region="69")
    asker = browser().sign_in(person)
    form = asker.open("/requests/new").form("/requests") | {"title": "Светлые дворы", "problem": "Темно, а техники нет."}
    preview = asker.post("/requests", 200, **form | {"preview": "all"})
    assert "Может помочь" in preview.words and preview.form("/requests")["title"] == "Светлые дворы"
    found = asker.client.get("/requests/similar?title=Светлые+дворы&problem=темно").json["html"]
    assert "Светлые дворы без своей техники" in found
    request = make.request("Светлые дворы", person, problem="Темно, а техники нет.")
    assert "Похоже на это" in browser().open(address(request)).words
    app.extensions["search"].close()


def test_a_practice_is_offered_once_thanked_and_said_to_have_helped(make, session, browser, practice):
    request = make.request()
    helper, asker = browser().sign_in(make.person("Пётр Нилов", region="71")), browser().sign_in(request.author)
    form = helper.open(f"{address(request)}?offer={practice.id}").form("/offers")
    assert form["practice"] == str(practice.id)
    empty = helper.post(f"/requests/{request.id}/offers", 422, **form)
    assert "почему эта практика подойдёт" in empty.words
    wrong = helper.post(f"/requests/{request.id}/offers", 422, **form | {"practice": "987654", "words": "Подойдёт."})
    assert "Такой практики нет" in wrong.words and wrong.form("/offers")["words"] == "Подойдёт."
    helper.post(f"/requests/{request.id}/offers", 303, **form | {"words": "Мы обошлись **без техники**."})
    again = helper.post(f"/requests/{request.id}/offers", 422, **form | {"words": "Ещё раз.", "once": "another-key"})
    assert "уже предложили" in again.words
    page = browser().open(address(request))
    assert "Светлые дворы без своей техники" in page.words and page.words.count("без техники") == 2  # where it is discussed too
    asker.post(f"/requests/{request.id}/offers/{practice.id}/thanks", 303)
    assert "автор запроса благодарит" in browser().open(address(request)).words
    closing = asker.open(f"/requests/{request.id}/closing?practice={practice.id}").form("/closing")
    assert closing["practice"] == str(practice.id)
    asker.post(f"/requests/{request.id}/closing", 422, **closing | {"practice": "", "words": " "})
    asker.post(f"/requests/{request.id}/closing", 303, **closing | {"words": "Наняли соседей."})
    solved = browser().open(address(request)).words
    assert "Решение нашлось" in solved and "помогло" in solved and "Наняли соседей." in solved
    assert "Чем чистить тротуары" in browser().open("/requests?show=solved").words
    assert "Чем чистить тротуары" not in browser().open("/requests?show=open").words
    late = helper.post(f"/requests/{request.id}/offers", 422, **form | {"words": "Поздно.", "once": "third-key"})
    assert "Запрос уже решён" in late.words and late.form("/offers")["words"] == "Поздно."


def test_who_carries_out_what_was_offered_has_the_answer(make, session, browser, practice):
    request = make.request()
    make.offer(request, practice)
    asker = browser().sign_in(request.author)
    there = asker.post(f"/requests/{request.id}/adoption", 303, practice=str(practice.id)).response.location
    assert there.startswith("/adoptions/")
    assert asker.post(f"/requests/{request.id}/adoption", 303, practice=str(practice.id)).response.location == there
    page = browser().open(address(request))
    assert "Решено: внедряем практику" in page.words and there in page.links()
    asker.post(f"/requests/{request.id}/closing", 403)
    browser().sign_in(practice.author).post(f"/entries/{practice.id}/withdrawal", 303)
    left = browser().open(address(request))
    assert "Эта практика сейчас не опубликована" in left.words and left.tree.find(".//section[@id='offers']") is None


def test_what_cant_be_adopted_is_explained_and_the_request_stays(make, session, browser):
    request = make.request()
    own = make.practice(author=request.author, municipality=request.municipality)
    asker = browser().sign_in(request.author)
    assert asker.post(f"/requests/{request.id}/adoption", 303, practice=str(own.id)).response.location.endswith("/adoptions/new")
    asker.post(f"/requests/{request.id}/adoption", 404, practice="нет")
    assert session.get_one(SolutionRequest, request.id, populate_existing=True).is_open


def test_a_term_is_lengthened_within_reason(make, browser):
    request = make.request()
    asker = browser().sign_in(request.author)
    for day in ("", "01.01.2001", "01.01.2199", "завтра"):
        asker.post(f"/requests/{request.id}/term", 422, until=day)
    form = asker.open(address(request)).form("/term")
    asker.post(f"/requests/{request.id}/term", 303, **form)
    assert "открыт до нового срока" in asker.open(address(request)).text


def test_its_author_changes_it_and_nobody_else_does(make, browser):
    request = make.request()
    asker = browser().sign_in(request.author)
    form = asker.open(f"/requests/{request.id}/edit").form("/edit")
    late = asker.post(f"/requests/{request.id}/edit", 422, **form | {"needed_by": "01.01.2001"})
    assert "Этот день уже прошёл" in late.words and late.form("/edit")["needed_by"] == "01.01.2001"
    asker.post(f"/requests/{request.id}/edit", 303, **form | {"problem": "Дворников стало трое.", "tags": "уборка"})
    assert "Дворников стало трое." in browser().open(address(request)).words
    clash = asker.post(f"/requests/{request.id}/edit", 409, **form | {"problem": "Четверо."})
    assert clash.form("/edit")["problem"] == "Четверо."
    stranger = browser().sign_in(make.person(region="71"))
    stranger.open(f"/requests/{request.id}/edit", 403)
    for step in ("edit", "closing", "adoption", "term", f"offers/{request.id}/thanks"):
        stranger.post(f"/requests/{request.id}/{step}", 403)
    asker.post(f"/requests/{request.id}/offers", 403, practice="1", words="Сам себе.")


def test_me_too_is_a_vote_that_orders_the_list(make, browser):
    make.request("Нужно одному")
    many = make.request("Нужно многим")
    make.request("Нужно потом")
    reader = browser().sign_in(make.person(region="71"))
    assert reader.open(address(many)).form(f"/entries/{many.id}/vote")["next"] == address(many)
    reader.post(f"/entries/{many.id}/vote", 303, value="1", next=address(many))
    heads = browser().open("/requests?sort=wanted").tree.findall(".//ul[@class='results']/li/h2/a")
    assert heads[0].text == "Нужно многим" and "нужно ещё 1 участнику" in browser().open("/requests").words


def test_first_words_of_newcomers_wait_and_hidden_ones_are_gone(make, session, browser, practice):
    asker = browser().sign_in(make.person(region="69", trusted=False))
    there = asker.post("/requests", 303, **asker.open("/requests/new").form("/requests") | ASKED).response.location
    browser().open(there, 404)
    assert "Ждёт проверки" in asker.open(there).words and "на проверке" in asker.open("/requests/mine").words
    request = make.request("Видно всем")
    helper = browser().sign_in(make.person(region="71", trusted=False))
    helper.post(f"/requests/{request.id}/offers", 303, practice=str(practice.id), words="Попробуйте **так**.")
    assert "Попробуйте" not in browser().open(address(request)).words
    offer = session.scalars(select(Offer)).one()
    moderator = browser().sign_in(make.moderator())
    moderator.post(f"/entries/{offer.comment_id}/approval", 302)
    assert "Попробуйте" in browser().open(address(request)).words
    moderator.post(f"/entries/{request.id}/hiding", 302, reason="Реклама")
    browser().open(address(request), 404)
    browser().open(f"/api/v1/requests/{request.id}", 404)
    assert "Видно всем" not in browser().open("/requests").words


def test_a_search_that_found_nothing_may_become_a_request(make, browser):
    make.region("40")
    make.request("Без ответа пока")
    assert "Без ответа пока" in browser().open("/demand").words
    narrowed = browser().open("/requests?show=unanswered&region=69")
    assert "Без ответа пока" in narrowed.words and any("/requests.csv?show=unanswered" in link for link in narrowed.links())
    assert "Без ответа пока" not in browser().open("/requests?show=unanswered&region=40").words


def test_those_without_an_answer_are_taken_away_and_no_cell_is_a_formula(make, browser, practice):
    make.request("=cmd|' /C calc'!A0", problem="+7 900")
    answered = make.request("Есть предложение")
    make.offer(answered, practice)
    table = browser().client.get("/requests/unanswered.csv")
    assert table.mimetype == "text/csv" and "'=cmd" in table.text and "'+7 900" in table.text and "Есть предложение" not in table.text
    items = browser().client.get("/requests/unanswered.json").json["items"]
    assert [item["title"] for item in items] == ["=cmd|' /C calc'!A0"] and items[0]["municipality"]


def test_programs_read_requests(make, browser, practice):
    request = make.request(tags=["уборка"])
    make.offer(request, practice)
    make.request("Другой")
    client = browser().client
    listed = client.get("/api/v1/requests?limit=1").json
    assert [item["title"] for item in listed["items"]] == ["Другой"]
    more = client.get(f"/api/v1/requests?limit=1&cursor={listed['next']}").json
    assert more["items"][0]["offers_count"] == 1 and more["next"] is None
    assert [item["title"] for item in client.get("/api/v1/requests?show=unanswered&region=69").json["items"]] == ["Другой"]
    one = client.get(f"/api/v1/requests/{request.id}").json
    assert one["offers"][0]["practice"] == practice.id and one["tags"] == ["уборка"] and one["outcome"] == "open"
    assert client.get("/api/v1/requests?show=что-то").status_code == 422


def test_search_finds_requests_and_gives_practices_unless_asked(app, make, session, browser):
    make.request("Чем чистить тротуары")
    indexing.drain(session, app.extensions["search"])
    session.commit()
    client = browser().client
    assert client.get("/api/v1/search?q=тротуар").json["total"] == 0
    found = client.get("/api/v1/search?q=тротуар&kind=request").json
    assert found["items"][0]["title"] == "Чем чистить тротуары" and found["items"][0]["url"].startswith("/requests/")
    assert "Ищут решение" in browser().open("/search?q=тротуары").words
    app.extensions["search"].close()


@pytest.mark.parametrize("path", ["/requests", "{page}"])
def test_pages_cost_the_same_however_much_there_is(make, browser, count_queries, path):
    request = make.request()
    make.offer(request, make.practice())
    path = path.format(page=address(request))
    browser().open(path)
    make.comment(request)
    few = count_queries(lambda: browser().open(f"{path}?x=1"))
    for _ in range(4):
        make.offer(request, make.practice())
        make.request(tags=["уборка"])
    many = count_queries(lambda: browser().open(f"{path}?x=2"))
    assert few == many <= 8
    for person in (make.person(), request.author):
        reader = browser().sign_in(person)
        assert count_queries(lambda reader=reader: reader.open(path)) <= 12


def test_practices_that_vanish_take_their_offers_along(make, session, browser, practice):
    request = make.request()
    make.offer(request, practice)
    browser().sign_in(practice.author).post(f"/entries/{practice.id}/withdrawal", 303)
    page = browser().open(address(request))
    assert "Светлые дворы" not in page.words and "svetlye-dvory" not in page.text  # nor in the comment that offered it
    assert session.get_one(Practice, practice.id, populate_existing=True).state == "withdrawn"
